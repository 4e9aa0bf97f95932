"""How a cell of a table is painted and edited."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.checks import Level
from app.forms import Cell
from ui.headings import CENTRED, paint_heading
from ui.spreadsheet import holds_block
from ui.table_model import FormTableModel
from ui.theme import SIGNS, colours

Index = QModelIndex | QPersistentModelIndex
ENDING_KEYS = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)
ORIGIN = 8
"""Pixels of the legs of the triangle in the corner of a figure that was carried in."""
SIGN_SHARE = 0.7
"""Of a figure's size."""
SIDES = 8
"""Pixels of a cell's width that its figure cannot use."""


class FigureLine(QLineEdit):
    """A line that takes its keys as they are; pasted, it still takes anything."""

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None) -> Any:
        """Want no input method. Qt's attribute for that is not asked by those who switch it on."""
        return query != Qt.InputMethodQuery.ImEnabled and super().inputMethodQuery(query, argument)


class FigureDelegate(QStyledItemDelegate):
    """Paints a figure by what it is and what the checks say; edits it in a plain line."""

    block_pasted = Signal()
    """A block is pasted while a single cell is being edited; the edit has ended."""

    def __init__(self, model: FormTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.partners: frozenset[Cell] = frozenset()
        """Cells lit up as partners of the one a finding was followed to."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, figure and mark of a cell, or a heading inside the table."""
        box = self._model.box(index)
        if box is None or box.cell is None:
            if box:
                # Its lines lie on those of the grid, which are outside the cell.
                paint_heading(painter, _rect(option).adjusted(0, 0, 1, 1), box.text, CENTRED)
            return
        self._ground(painter, option, index, box.cell)
        super().paint(painter, option, index)
        self._frame(painter, option, box.cell)
        untyped: Any = option
        if untyped.state & QStyle.StateFlag.State_HasFocus:
            self._outline(painter, option, colours().accent, Qt.PenStyle.SolidLine, 0)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Give the figure its colour: faint while a total is incomplete."""
        super().initStyleOption(option, index)
        cell = self._model.cell(index)
        if cell is None:
            return
        untyped: Any = option
        untyped.palette.setColor(QPalette.ColorRole.Highlight, colours().chosen)
        if finding := self._model.to_change(cell):
            untyped.font.setBold(True)
            _write_in(option, colours().of(finding.level))
        elif self._model.is_partial(cell):
            _write_in(option, colours().faint)
        else:
            _write_in(option, untyped.palette.color(QPalette.ColorRole.Text))
        if not self._model.is_unreadable(cell):
            _shrink(option)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line without input method: figures need none."""
        editor = FigureLine(parent)
        editor.setFrame(False)
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the line once; what is being typed is never written over."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed, only where something was."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text())
            editor.setModified(False)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Leave the keys that end an edit to the table, which moves on by them."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        if event.key() in ENDING_KEYS:
            self._end(editor)
            self.moved_on(event)
            return True
        if event.matches(QKeySequence.StandardKey.Paste) and holds_block():
            self._end(editor)
            self.block_pasted.emit()
            return True
        return super().eventFilter(editor, event)

    def _end(self, editor: QObject) -> None:
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)

    def moved_on(self, event: QKeyEvent) -> None:
        """Pass a key that ended an edit to the table, so that it moves as without an edit."""
        view = self.parent()
        if isinstance(view, QWidget):
            view.keyPressEvent(event)

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, cell: Cell
    ) -> None:
        if self._model.is_blank(cell):
            painter.fillRect(_rect(option), colours().blank)
        elif not index.flags() & Qt.ItemFlag.ItemIsEditable:
            painter.fillRect(_rect(option), colours().derived)

    def _frame(self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell) -> None:
        if finding := self._model.to_change(cell):
            self._outline(painter, option, colours().of(finding.level), Qt.PenStyle.SolidLine, 2)
            self._corner(painter, option, finding.level)
        elif cell in self.partners:
            self._outline(painter, option, colours().query, Qt.PenStyle.DashLine, 2)
        if self._model.source(cell):
            paint_origin(painter, _rect(option))

    def _outline(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        colour: QColor,
        style: Qt.PenStyle,
        inset: int,
    ) -> None:
        painter.save()
        painter.setPen(QPen(colour, 2, style))
        painter.drawRect(_rect(option).adjusted(1 + inset, 1 + inset, -1 - inset, -1 - inset))
        painter.restore()

    def _corner(self, painter: QPainter, option: QStyleOptionViewItem, level: Level) -> None:
        """A sign beside the colour: state is never told by colour alone."""
        painter.save()
        painter.setPen(colours().of(level))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * SIGN_SHARE)
        painter.setFont(font)
        place = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignTop.value
        painter.drawText(_rect(option).adjusted(0, 3, -5, 0), place, SIGNS[level])
        painter.restore()


def paint_origin(painter: QPainter, box: QRect) -> None:
    """Mark a figure that was carried in by a triangle in its corner, as a spreadsheet would."""
    left, top = box.left() + 1, box.top() + 1
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours().accent)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawPolygon([QPoint(left, top), QPoint(left + ORIGIN, top), QPoint(left, top + ORIGIN)])
    painter.restore()


def _write_in(option: QStyleOptionViewItem, colour: QColor) -> None:
    """Write in this colour, chosen or not."""
    untyped: Any = option
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
        untyped.palette.setColor(role, colour)


def _shrink(option: QStyleOptionViewItem) -> None:
    """Write a figure that is too long for its cell smaller: a figure is never cut."""
    untyped: Any = option
    room = untyped.rect.width() - SIDES
    wide = QFontMetrics(untyped.font).horizontalAdvance(untyped.text)
    if wide > room:
        untyped.font.setPointSizeF(untyped.font.pointSizeF() * max(room, 1) / wide)


def _rect(option: QStyleOptionViewItem) -> QRect:
    untyped: Any = option  # the stubs leave out the fields of style options
    rect: QRect = untyped.rect
    return rect
