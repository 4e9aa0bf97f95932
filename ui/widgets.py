"""Small pieces the pages are made of, and the two ways to speak to the clerk in a dialog."""

from __future__ import annotations

from itertools import pairwise

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.by_name import set_by_name

DOTS = ("…", "...")


def label(text: str, role: str = "") -> QLabel:
    """Return a label of plain text; `role` names its look in the style sheet."""
    made = QLabel(text)
    made.setObjectName(role)
    set_by_name(made, textFormat="PlainText")
    return made


def wrapped(text: str, role: str = "") -> QLabel:
    """Return a label that wraps."""
    made = label(text, role)
    made.setWordWrap(True)
    return made


class Elided(QLabel):
    """One line of plain text in what room there is; all of it on hover.

    It takes all the room it can get; without `stretch` no more than the text is wide. What is left
    out is at the end, or in the `middle`.
    """

    def __init__(self, role: str = "", *, stretch: bool = True, middle: bool = False) -> None:
        super().__init__()
        self._middle = middle
        self.setIndent(0)  # where the shortened text begins as well
        self.setObjectName(role)
        set_by_name(self, textFormat="PlainText")
        across = QSizePolicy.Policy.Ignored if stretch else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, shortened where it does not fit."""
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
        self.setToolTip("" if fits else self.text())
        if fits:
            super().paintEvent(event)
        else:
            self._paint_shortened()

    def _paint_shortened(self) -> None:
        names, room = QtCore.Qt, self.contentsRect()
        mode = names.TextElideMode.ElideMiddle if self._middle else names.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(self.text(), mode, room.width())
        if text not in DOTS:  # dots alone tell nothing
            QtGui.QPainter(self).drawText(room, names.AlignmentFlag.AlignVCenter, text)


def primary(text: str) -> QPushButton:
    """Return the one button of a page that does what the page is for."""
    made = QPushButton(text)
    made.setObjectName("primary")
    return made


def card(title: str) -> tuple[QFrame, QVBoxLayout]:
    """Return a framed box with a title, and the column to fill it by."""
    frame = QFrame()
    return frame, card_column(frame, title)


def card_column(frame: QFrame, title: str) -> QVBoxLayout:
    """Make a framed box with a title of a frame, and return the column to fill it by."""
    frame.setObjectName("card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(18, 14, 18, 16)
    column.setSpacing(10)
    column.addWidget(label(title, "cardTitle"))
    return column


def scrolled(page: QWidget) -> QScrollArea:
    """Return a page that scrolls where the screen is too small for it."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    set_by_name(area, focusPolicy="NoFocus")
    area.setWidget(page)
    return area


def lead_through(*widgets: QWidget) -> None:
    """Have Tab go from each of these to the next."""
    stops = (one for one in widgets if one.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus)
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def go_to(field: QWidget) -> None:
    """Give a field the keyboard, and bring it into view; Qt does that for Tab alone."""
    field.setFocus()
    around = field.parentWidget()
    while around:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(field)
        around = around.parentWidget()


def upright(*widgets: QWidget) -> Upright:
    """Return widgets one below the other that scroll where there is too little room for them."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    for one in widgets:
        column.addWidget(one)
    return Upright(inside)


class Upright(QScrollArea):
    """Scrolls up and down; it is never narrower than what is in it."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """As high as what is in it at the present width, where there is room."""
        inside = self.widget()
        if not inside:
            return super().sizeHint()
        wrapped = inside.heightForWidth(self.contentsRect().width())
        return QSize(inside.sizeHint().width(), max(wrapped, inside.minimumSizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height the words need as they wrap now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As wide as what is in it can be made."""
        bar = self.verticalScrollBar().sizeHint().width()
        inside = self.widget().minimumSizeHint().width() if self.widget() else 0
        return QSize(inside + bar, 2 * self.fontMetrics().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for more room, or less, when what is in it has changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def settle() -> None:
    """Have the line that is being edited hand over what is in it; the focus stays there."""
    line = QApplication.focusWidget()
    if isinstance(line, QLineEdit):
        line.clearFocus()
        place = line if line.isVisible() else line.parentWidget()
        if place:
            place.setFocus()


def tell(parent: QWidget, text: str) -> None:
    """Say something the clerk must know before going on."""
    _answered(parent, text, "知道了")


def ask(parent: QWidget, text: str, yes: str, no: str, *, careful: bool = False) -> bool:
    """Ask a question; Escape means no, and so does Enter where yes may cost something."""
    return _answered(parent, text, yes, no, careful=careful)


def _answered(parent: QWidget, text: str, yes: str, no: str = "", *, careful: bool = False) -> bool:
    # Imported here: it is slow to load, and the window should be there at once.
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415

    box = QMessageBox(parent)
    box.setWindowTitle("公开年报")
    box.setIcon(QMessageBox.Icon.Question if no else QMessageBox.Icon.Information)
    box.setTextFormat(QtCore.Qt.TextFormat.PlainText)
    box.setText(text)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(accept)
    if no:
        refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(refuse)
        box.setDefaultButton(refuse if careful else accept)
    box.exec()
    answer = box.clickedButton() is accept
    box.deleteLater()
    return answer
