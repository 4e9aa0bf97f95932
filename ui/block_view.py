"""A table in which blocks are chosen as in a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTableView

Shift = Qt.KeyboardModifier.ShiftModifier
Flag = QItemSelectionModel.SelectionFlag
Key = Qt.Key
MOVING = (
    *(Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right),
    *(Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown),
)


class BlockView(QTableView):
    """Where a block is chosen, the cell it was begun at stays the one that is typed into."""

    def __init__(self) -> None:
        super().__init__()
        self._begun = QModelIndex()
        """Where a block is being chosen from."""
        self._reached = QModelIndex()
        """Where the block that was chosen last reaches to."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Have Shift move the far end of the block; Qt would move the current cell along."""
        if event.key() not in MOVING or not event.modifiers() & Shift:
            super().keyPressEvent(event)
            return
        self._begun = self.currentIndex()
        self._move_to(self._far_end())
        super().keyPressEvent(event)
        self._end_block()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a block, or with Shift reach from the current cell to here."""
        reaches = bool(event.modifiers() & Shift)
        self._begun = self.currentIndex() if reaches else self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go back to where the block was begun."""
        super().mouseReleaseEvent(event)
        self._end_block()

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> Flag:
        """Have keys with Ctrl choose as they do without; Qt would leave the old choice standing."""
        command = super().selectionCommand(index, event)
        if command != Flag.NoUpdate or not isinstance(event, QKeyEvent):
            return command
        return Flag.SelectCurrent if event.modifiers() & Shift else Flag.ClearAndSelect

    def _end_block(self) -> None:
        self._reached = self.currentIndex()
        if self._begun.isValid() and len(self.selectedIndexes()) > 1:
            self._move_to(self._begun)
        self._begun = QModelIndex()

    def _far_end(self) -> QModelIndex:
        """Where the block reaches to; where nothing but one cell is chosen, that cell."""
        chosen = self.selectedIndexes()
        return self._reached if self._reached in chosen else self.currentIndex()

    def _move_to(self, index: QModelIndex) -> None:
        """Make a cell the current one; what is chosen and what is in view stay as they are."""
        scrolls = self.hasAutoScroll()
        self.setAutoScroll(False)
        self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)
        self.setAutoScroll(scrolls)
