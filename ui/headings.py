"""The official headings beside a table: merged boxes that stay in view while it scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from app.layout import Box
from ui.theme import colours

CENTRED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
LEFT = (
    Qt.AlignmentFlag.AlignLeft.value
    | Qt.AlignmentFlag.AlignVCenter.value
    | Qt.TextFlag.TextWordWrap.value
)
PADDING = 5


class HeadingView(QHeaderView):
    """A header of several levels; `levels` are their widths (rows) or heights (columns) in px."""

    def __init__(
        self,
        orientation: Qt.Orientation,
        boxes: Sequence[Box],
        levels: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(orientation, parent)
        self._boxes = tuple(boxes)
        self._levels = tuple(levels)
        self._down = orientation == Qt.Orientation.Vertical
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_levels(self, levels: Sequence[int]) -> None:
        """Give the levels other thicknesses."""
        if tuple(levels) != self._levels:
            self._levels = tuple(levels)
            self.updateGeometry()
            self.viewport().update()

    def scrolled(self) -> None:
        """Draw all anew: a merged heading moves within its box while the box is scrolled."""
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """As thick as all levels together."""
        thick = sum(self._levels)
        if self._down:
            return QSize(thick, super().sizeHint().height())
        return QSize(super().sizeHint().width(), thick)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes concerned whole: merged headings know no sections."""
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        for box in self._boxes:
            rect = self._rect(box)
            seen = rect.intersected(self.viewport().rect())
            if seen.intersects(event.rect()):
                merged = box.rows > 1 if self._down else box.columns > 1
                middle = seen if merged else rect
                paint_heading(painter, rect, box.text, self._flags(box), middle)

    def _rect(self, box: Box) -> QRect:
        down = self._down
        first, count = (box.row, box.rows) if down else (box.column, box.columns)
        level, covered = (box.column, box.columns) if down else (box.row, box.rows)
        start = self.sectionViewportPosition(first)
        length = sum(self.sectionSize(first + at) for at in range(count))
        thick_from = sum(self._levels[:level])
        thick = sum(self._levels[level : level + covered])
        return (
            QRect(thick_from, start, thick, length)
            if down
            else QRect(start, thick_from, length, thick)
        )

    def _flags(self, box: Box) -> int:
        names_a_row = box.column + box.columns == len(self._levels)
        return LEFT if self._down and names_a_row else CENTRED


class CornerBox(QWidget):
    """The box where row labels and column headings meet; holds the form's own note."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the note as a heading."""
        painter = QPainter(self)
        paint_heading(painter, self.rect(), self._text, CENTRED)


class HeadingBand(QWidget):
    """Headings of a block, shown over a table whose own have been scrolled out of view."""

    def __init__(self, parent: QWidget, rect_of: Callable[[Box], QRect]) -> None:
        super().__init__(parent)
        self._over = parent
        self._rect_of = rect_of
        self._boxes: tuple[Box, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        """Show these boxes at the top; hide where there are none."""
        self._boxes = tuple(boxes)
        self.setVisible(bool(boxes))
        if boxes:
            rects = [self._rect_of(box) for box in boxes]
            self.setGeometry(0, 0, self._over.width(), _height(rects))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the headings as the table draws them."""
        painter = QPainter(self)
        rects = [self._rect_of(box) for box in self._boxes]
        top = min(rect.top() for rect in rects)
        for box, rect in zip(self._boxes, rects, strict=True):
            paint_heading(painter, rect.translated(QPoint(0, -top)), box.text, CENTRED)


def paint_heading(
    painter: QPainter, rect: QRect, text: str, flags: int, seen: QRect | None = None
) -> None:
    """Draw one heading with its ground and lines; its text stands in the part that is `seen`."""
    tints = colours()
    painter.fillRect(rect, tints.heading)
    painter.setPen(tints.line)
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.drawLine(rect.topRight(), rect.bottomRight())
    if not text:
        return
    painter.setPen(QGuiApplication.palette().text().color())
    inside = _room(painter.fontMetrics(), text, rect, seen or rect)
    painter.drawText(inside, flags, _balanced(text, inside.width(), painter.fontMetrics()))


def _room(metrics: QFontMetrics, text: str, rect: QRect, seen: QRect) -> QRect:
    """Where the text goes: in what is seen of the heading, past its edge if that is too small."""
    needed = min(wrapped_height(metrics, text, rect.width()), rect.height())
    top = seen.top()
    if seen.height() < needed:
        top = min(top, rect.bottom() + 1 - needed)
    wide = min(metrics.horizontalAdvance(text) + 2 * PADDING + 2, rect.width())
    left = seen.left()
    if seen.width() < wide and left > rect.left():
        left = seen.right() + 1 - wide
    room = QRect(left, top, max(seen.width(), wide), max(seen.height(), needed))
    return room.adjusted(PADDING, 1, -PADDING, -1)


def _balanced(text: str, width: int, metrics: QFontMetrics) -> str:
    """Break a heading of four characters in the middle rather than after the third."""
    if len(text) == 4 and metrics.horizontalAdvance(text) > width:
        return f"{text[:2]}\n{text[2:]}"
    return text


def wrapped_height(metrics: QFontMetrics, text: str, width: int) -> int:
    """How many pixels a label needs in height when it is wrapped to a width."""
    inside = QRect(0, 0, max(width - 2 * PADDING, 1), 10_000)
    return metrics.boundingRect(inside, LEFT, text).height() + 10


def _height(rects: Sequence[QRect]) -> int:
    return max(rect.bottom() for rect in rects) - min(rect.top() for rect in rects) + 1
