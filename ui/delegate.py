"""How a cell of a table is painted and edited."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.forms import Cell
from ui.cell_painter import Look, paint_cell
from ui.headings import CENTRED, paint_heading
from ui.spreadsheet import holds_block
from ui.table_model import FormTableModel
from ui.theme import colours
from ui.window_keys import Line

Index = QModelIndex | QPersistentModelIndex
ENDING_KEYS = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)
MENU_KEYS = (Qt.Key.Key_Alt, Qt.Key.Key_F10)


class FigureLine(Line):
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
        untyped: Any = option
        state = untyped.state
        look = self.look(box.cell, chosen=bool(state & QStyle.StateFlag.State_Selected))
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        paint_cell(painter, untyped.rect, look, focused=focused)

    def look(self, cell: Cell, *, chosen: bool = False) -> Look:
        """What a cell shows: by what it is and what the checks say of it."""
        model, tints = self._model, colours()
        derived = model.is_derived(cell)
        ground = tints.chosen if chosen else tints.derived if derived else None
        if not (derived or chosen) and model.is_blank(cell):
            ground = tints.blank
        finding = model.to_change(cell)
        partial = derived and model.is_partial(cell)
        ink = tints.faint if partial else QGuiApplication.palette().color(QPalette.ColorRole.Text)
        return Look(
            text=model.shown(cell),
            ink=tints.of(finding.level) if finding else ink,
            ground=ground,
            level=finding.level if finding else None,
            partner=cell in self.partners,
            carried=bool(model.source(cell)),
            figure=not model.is_unreadable(cell),
        )

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
        if _goes_to_menu(event):
            self._end(editor)  # the menu shall give the keyboard back to the table
            return False
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


def _goes_to_menu(event: QEvent) -> bool:
    """Tell whether Alt is pressed, alone or with the letter of a menu or a button."""
    asked_first = event.type() == QEvent.Type.ShortcutOverride
    if not asked_first or not isinstance(event, QKeyEvent):
        return False
    return event.key() in MENU_KEYS or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


def _rect(option: QStyleOptionViewItem) -> QRect:
    untyped: Any = option  # the stubs leave out the fields of style options
    rect: QRect = untyped.rect
    return rect
