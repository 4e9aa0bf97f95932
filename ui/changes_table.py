"""A list of what differs, value beside value; a row may lead to its cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from app.forms import Cell

CELL = Qt.ItemDataRole.UserRole


class Change(NamedTuple):
    """One row: the words of its columns, and the cell it leads to, if any."""

    words: tuple[str, ...]
    cell: Cell | None = None


class ChangesTable(QTableWidget):
    """Shows changes; read only, chosen row by row, Enter or a double click leads to the cell."""

    followed = Signal(object)
    """The cell of the row that was chosen."""

    def __init__(self, name: str, headings: tuple[str, ...]) -> None:
        super().__init__(0, len(headings))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(headings)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setAlternatingRowColors(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self.itemActivated.connect(self._follow)

    def show_changes(self, changes: Iterable[Change]) -> None:
        """Show these, in their order."""
        rows = list(changes)
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, words in enumerate(row.words):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                item.setData(CELL, row.cell)
                spoken = "，".join(row.words).replace(" · ", "，")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
                self.setItem(at, column, item)
        self.resizeRowsToContents()

    def _follow(self, item: QTableWidgetItem) -> None:
        cell = item.data(CELL)
        if cell:
            self.followed.emit(cell)
