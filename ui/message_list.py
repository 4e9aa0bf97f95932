"""A list of messages that wrap, each with quiet lines below it where there is something to add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
)

from app.checks import Finding, Level
from ui.reason_field import ReasonField
from ui.theme import RESTYLED, colours

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

FINDING = Qt.ItemDataRole.UserRole
BESIDE = FINDING + 1
"""What stands below the message."""
SIDES = 20
"""Pixels left and right of a message that its lines cannot use."""
ABOVE = 7
WRAP = Qt.TextFlag.TextWordWrap.value


class Row(NamedTuple):
    """One line of the list as it is to be shown; without a level it is no finding."""

    text: str
    level: Level | None = None
    beside: str = ""
    """Lines below the text, in grey."""
    bold: bool = False
    faint: bool = False
    """Nothing that is open."""


class MessageList(QListWidget):
    """Shows rows and keeps those that stay: the chosen one, the scrolling, a click half done."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        """What is shown, as it was handed in."""
        self._field: tuple[QListWidgetItem, ReasonField] | None = None
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setItemDelegate(_Lines(self))

    def show_rows(self, rows: list[Row], findings: Sequence[Finding | str | None]) -> None:
        """Show these rows and the findings they stand for; nothing is chosen if that one is gone.

        A row may stand for a part of the report instead, by its id.

        Rows that stay are left alone, whatever becomes of their findings' places.
        """
        before, behind = _unchanged(self.rows, rows)
        chosen, scrolled = self.currentRow(), self.verticalScrollBar().value()
        lost = self.rows[chosen] if before <= chosen < len(self.rows) - behind else None
        if lost:
            self.setCurrentRow(-1)
        for row in reversed(range(before, len(self.rows) - behind)):
            self.takeItem(row)
        for row in range(before, len(rows) - behind):
            self.insertItem(row, self._item(rows[row]))
        self.rows = rows
        for row, finding in enumerate(findings):
            if self.item(row).data(FINDING) != finding:
                self.item(row).setData(FINDING, finding)
        if lost in rows:
            self.setCurrentRow(rows.index(lost))
        self.verticalScrollBar().setValue(scrolled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        for row in range(self.count()):
            self._fit(self.item(row))

    def show_field(self, row: int, field: ReasonField) -> None:
        """Show a field below the message of a row, which grows by it; -1 puts it away."""
        before, item = self._field, self.item(row) if row >= 0 else None
        self._field = (item, field) if item else None
        if item:
            field.setParent(self.viewport())
        for one in (before and before[0], item):
            if one and self.row(one) >= 0:
                self._fit(one)
        self._place_field()

    def updateGeometries(self) -> None:
        """Keep the field in its row."""
        super().updateGeometries()
        self._place_field()

    def _place_field(self) -> None:
        if not self._field:
            return
        item, field = self._field
        field.setVisible(self.row(item) >= 0)
        if field.isVisible():
            box = self.visualItemRect(item)
            high = field.height_for(box.width())
            field.setGeometry(box.left(), box.bottom() - high, box.width(), high)

    def changeEvent(self, event: QEvent) -> None:
        """Fit another font, show other colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            for at, row in enumerate(self.rows):
                self._dress(self.item(at), row)

    def _item(self, row: Row) -> QListWidgetItem:
        item = QListWidgetItem(row.text)
        item.setData(BESIDE, row.beside)
        if row.level is None:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        else:
            spoken = "\n".join(filter(None, [f"{row.level.chinese}：{row.text}", row.beside]))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        self._dress(item, row)
        return item

    def _dress(self, item: QListWidgetItem, row: Row) -> None:
        """Give a row the font and the colours of the moment, and the height they need."""
        if row.bold:
            font = QFont(self.font())
            font.setBold(True)
            item.setFont(font)
        if row.level in (Level.ERROR, Level.QUERY):
            item.setForeground(QBrush(colours().of(row.level)))
        if row.faint:
            item.setForeground(QBrush(colours().faint))
        self._fit(item)

    def _fit(self, item: QListWidgetItem) -> None:
        """Give a row the height its text needs at the present width."""
        metrics = QFontMetrics(item.data(Qt.ItemDataRole.FontRole) or self.font())
        width = self.viewport().width() - SIDES
        needed = height(metrics, width, item.text())
        if beside := item.data(BESIDE):
            needed += height(self.fontMetrics(), width, beside)
        if self._field and self._field[0] is item:
            needed += self._field[1].height_for(self.viewport().width())
        item.setSizeHint(QSize(1, needed + 2 * ABOVE))


class _Lines(QStyledItemDelegate):
    """Paints the message in the colour of its level, and in grey what stands below it."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw ground and frame as the style does, then both texts."""
        from PySide6.QtWidgets import QStyle  # noqa: PLC0415  (slow to load, and seldom needed)

        self.initStyleOption(option, index)
        untyped: Any = option
        text, untyped.text = untyped.text, ""
        box: QRect = untyped.rect
        style: QStyle = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, untyped.widget)
        painter.save()
        painter.setFont(untyped.font)
        painter.setPen(untyped.palette.color(QPalette.ColorRole.Text))
        room = box.adjusted(SIDES // 2, ABOVE, -SIDES // 2, 0)
        painter.drawText(room, WRAP, text)
        if beside := index.data(BESIDE):
            room.setTop(room.top() + height(untyped.fontMetrics, room.width(), text))
            painter.setPen(colours().faint)
            painter.drawText(room, WRAP, beside)
        painter.restore()


def height(metrics: QFontMetrics, width: int, text: str) -> int:
    """How high a text is when it wraps at this width."""
    return metrics.boundingRect(QRect(0, 0, max(width, 1), 10_000), WRAP, text).height()


def _unchanged(old: list[Row], new: list[Row]) -> tuple[int, int]:
    """How many rows two lists share at their beginnings, and behind that at their ends."""
    least = min(len(old), len(new))
    before = next((at for at in range(least) if old[at] != new[at]), least)
    rest = least - before
    behind = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return before, behind
