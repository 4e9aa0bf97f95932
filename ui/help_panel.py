"""Help beside the work, of the cell or the text one is at, and a note of one's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QDockWidget,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.forms import Cell
from ui.bridge import Bridge
from ui.focus import lasting, still_seen
from ui.plain_editor import PlainEditor
from ui.rail import START
from ui.theme import RESTYLED
from ui.widgets import label, wrapped

Place = Cell | str
"""A cell, or the id of a part or step."""
PAUSE_MS = 30
"""How long a key is let be painted before the page is written."""
NOTE_LINES = 2
STILL_LAST_YEARS = "这条备注是上年写的，今年还没有改过。"
NARROWEST = 14
"""Characters to a line that can still be read with ease."""


class HelpPanel(QDockWidget):
    """Shows what is known of one place; written anew only while it can be seen."""

    wanted = Signal()
    """Help is asked for and is to be brought to the front."""
    left = Signal()
    """The clerk is done reading."""
    lost = Signal()
    """What the keyboard came from is gone by now."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("填写说明", parent)
        self._bridge = bridge
        self._place: Place = START
        self._seen = False
        self._came_from: QWidget | None = None
        self._shown = ""
        self._told_of: Place = START
        self._note_lines = NOTE_LINES
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._show_page)
        self.setObjectName("help")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.text = QTextBrowser()
        self.text.setAccessibleName("填写说明")
        self.text.setOpenLinks(False)
        self.note = PlainEditor()
        self.note.setAccessibleName("我的备注")
        self.note.setAccessibleDescription("只留在草稿里，不打印，不导出")
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.note.setPlaceholderText("如：数字是谁报的、还要问谁")
        self._last_note = wrapped("", "guide")
        self._name = label("我的备注(&M)")
        self._arrange()
        self.note.textChanged.connect(self._write)
        self.visibilityChanged.connect(self._be_seen)
        bridge.changed.connect(self.refresh)
        bridge.opened.connect(self._begin)

    def sizeHint(self) -> QSize:
        """As wide as the findings it shares its place with."""
        return QSize(self.fontMetrics().horizontalAdvance("国") * 20, 200)

    def show_place(self, place: Place) -> None:
        """Tell of another place from now on."""
        if place != self._place:
            self._place = place
            self.refresh()

    def open(self) -> None:
        """Bring the help to the front and give it the keyboard; once more gives it back."""
        focus = QApplication.focusWidget()
        if focus and self.isAncestorOf(focus):
            self.leave()
            return
        self._came_from = lasting(focus)
        self.wanted.emit()
        self._show_page()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shorten(self, *, low: bool) -> None:
        """Leave the note a single line, beside its name, where the window is low."""
        way = QBoxLayout.Direction
        self._noted.setDirection(way.LeftToRight if low else way.TopToBottom)
        self._note_lines = 1 if low else NOTE_LINES
        self._measure()

    def leave(self) -> None:
        """Give the keyboard back to where it came from."""
        back, self._came_from = self._came_from, None
        if back and still_seen(back):
            back.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.lost.emit()
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit another font, show other colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._measure()
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to work with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        """Tell what holds now; out of sight this waits, and the page waits for the next paint."""
        if not self._seen:
            return
        report, key = self._bridge.report, str(self._place)
        self._pause.start()
        note = report.notes.get(key, "")
        if self.note.written() != note:
            self.note.setPlainText(note)
        noted = report.previous.notes.get(key, "") if report.previous else ""
        self._last_note.setText(STILL_LAST_YEARS if note == noted else f"上年备注：{noted}")
        self._last_note.setVisible(bool(noted))
        for one in (self._name, self.note):
            one.setVisible(self._bridge.draft is not None)

    def _show_page(self) -> None:
        """Write the page where it has changed; told of the same place it stays scrolled."""
        # Imported here: the window should be there at once, and at first it shows no help.
        from app.side_help import help_for_cell, help_for_part  # noqa: PLC0415
        from ui.help_page import cell_page, part_page, style  # noqa: PLC0415

        self._pause.stop()
        checked, place = self._bridge.checked, self._place
        if isinstance(place, Cell):
            if place not in checked.report.form.fields:  # the form has just been changed
                return
            page = cell_page(help_for_cell(checked, place))
        else:
            page = part_page(help_for_part(checked, place))
        page = f"<style>{style()}</style>{page}"
        if page != self._shown:
            at = self.text.verticalScrollBar().value() if place == self._told_of else 0
            self._shown, self._told_of = page, place
            self.text.setHtml(page)
            self.text.verticalScrollBar().setValue(at)

    def _write(self) -> None:
        written, key = self.note.written(), str(self._place)
        if self._bridge.draft and written != self._bridge.report.notes.get(key, ""):
            self._bridge.session.note(key, written)

    def _be_seen(self, seen: bool) -> None:
        self._seen = seen
        self.refresh()

    def _begin(self) -> None:
        self._came_from = None
        self._place = START
        self.refresh()

    def _measure(self) -> None:
        metrics = self.note.fontMetrics()
        edges = 24 if self._note_lines > 1 else 14
        self.note.setFixedHeight(metrics.lineSpacing() * self._note_lines + edges)
        self.text.setMinimumWidth(metrics.horizontalAdvance("国") * NARROWEST)

    def _arrange(self) -> None:
        self._name.setBuddy(self.note)
        self._measure()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 6)
        column.setSpacing(4)
        column.addWidget(self.text, 1)
        self._noted = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._noted.addWidget(self._name)
        self._noted.addWidget(self.note)
        column.addLayout(self._noted)
        column.addWidget(self._last_note)
        self.setWidget(inside)
