"""A list of lines to choose from, as light as the first page needs it."""

from __future__ import annotations

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView

from ui.by_name import set_by_name


class LineList(QListView):
    """Lines of text, one of which is the current one.

    Beside a QListWidget it needs no enumeration of Qt's namespace (see `ui.by_name`) to say that a
    line cannot be chosen, or how it is read aloud.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines = QStandardItemModel(self)
        self.setModel(self._lines)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        set_by_name(self, horizontalScrollBarPolicy="ScrollBarAlwaysOff")

    def count(self) -> int:
        """How many lines there are."""
        return self._lines.rowCount()

    def item(self, row: int) -> QStandardItem:
        """The line in a row."""
        return self._lines.item(row)

    def items(self) -> list[QStandardItem]:
        """All lines from the top."""
        return list(map(self.item, range(self.count())))

    def add(self, text: str = "") -> QStandardItem:
        """Put another line below the others, and return it."""
        line = QStandardItem(text)
        self._lines.appendRow(line)
        return line

    def clear(self) -> None:
        """Take all lines away; none is the current one then."""
        self._lines.clear()

    def current_row(self) -> int:
        """The row of the current line, -1 for none."""
        return self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Make a line the current one if it can be chosen; -1 for none."""
        self.setCurrentIndex(self._lines.index(row, 0))
