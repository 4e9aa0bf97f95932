"""What a clerk knows from Excel to do with chosen cells: cut, copy, paste, fill down, clear."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QTableView

from app.clipboard import Block, as_html, as_text, read_block
from app.forms import Cell
from app.numbers import InputError, show
from app.pasting import Chosen, paste
from ui.bridge import Bridge
from ui.mime import emptied
from ui.table_model import FormTableModel

EDITABLE = Qt.ItemFlag.ItemIsEditable
Keys = QKeySequence.StandardKey


class Spreadsheet(QObject):
    """The actions of one table on its chosen cells; each is one step to undo."""

    told = Signal(str)
    """A sentence for the status line."""
    noticed = Signal(object)
    """Sentences on what was not done as it was asked, to stay in view; none where all was."""

    def __init__(self, bridge: Bridge, model: FormTableModel, view: QTableView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._model = model
        self._view = view
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._add("剪切", self.cut, QKeySequence(Keys.Cut))
        self._add("复制", self.copy, QKeySequence(Keys.Copy))
        self._add("粘贴", self.paste, QKeySequence(Keys.Paste))
        self._add("向下填充", self.fill_down, QKeySequence("Ctrl+D"))
        self._add("清除", self.clear, QKeySequence("Del"), QKeySequence("Backspace"))

    def cut(self) -> None:
        """Copy the chosen cells and clear them."""
        self.copy()
        self._blank("剪切")

    def copy(self) -> None:
        """Copy the chosen cells, as text for a spreadsheet and as a table for Word."""
        chosen = self._indexes()
        places = {(one.row(), one.column()): _shown(one) for one in chosen}
        if not places:
            return
        rows, columns = (range(min(axis), max(axis) + 1) for axis in zip(*places, strict=True))
        block = [[places.get((row, column), "") for column in columns] for row in rows]
        data = emptied(self._model.mimeData(chosen))
        data.setText(as_text(block))
        data.setHtml(as_html(block))
        QGuiApplication.clipboard().setMimeData(data)
        self.told.emit(f"复制了 {len(places)} 格。")

    def clear(self) -> None:
        """Blank the chosen typed cells; totals stay."""
        self._blank("清除")

    def _blank(self, name: str) -> None:
        self._bridge.session.put(dict.fromkeys(map(self._cell, self._typed())), name)

    def paste(self) -> None:
        """Put in what is on the clipboard, and say what did not go in as it was."""
        report, model = self._bridge.report, self._model
        places = frozenset(
            (one.row() + model.top, one.column() + model.left) for one in self._indexes()
        )
        if not places:
            return
        try:
            pasted = paste(clipboard_block(), report.form, model.grid, Chosen(places))
        except InputError as error:
            self.told.emit(str(error))
            self.noticed.emit((str(error),))
            return
        self._bridge.session.put(pasted.figures, "粘贴")
        self.told.emit(pasted.in_short(report))
        self.noticed.emit(pasted.in_full(report))

    def fill_down(self) -> None:
        """Repeat the first chosen row in the others; of a single row, the one above it."""
        typed, sources = self._typed(), self._sources()
        cells = {self._cell(one): sources.get(one.column()) for one in typed}
        texts = {
            cell: show(self._bridge.checked.figures.shown(source))
            for cell, source in cells.items()
            if source and source != cell
        }
        self._bridge.session.fill(texts, "向下填充")
        self.told.emit(f"向下填充了 {len(texts)} 格。" if texts else "上面没有可以填充的格。")

    def _sources(self) -> dict[int, Cell]:
        """For each chosen column the cell whose figure goes down."""
        chosen = self._indexes()
        top = min((one.row() for one in chosen), default=0)
        single = all(one.row() == top for one in chosen)
        model, sources = self._model, dict[int, Cell]()
        for one in chosen:
            rows = range(top - 1, -1, -1) if single else range(one.row(), one.row() + 1)
            found = (model.cell(model.index(row, one.column())) for row in rows)
            if source := next(filter(None, found), None):
                sources.setdefault(one.column(), source)
        return sources

    def _indexes(self) -> list[QModelIndex]:
        """The chosen figures, row by row; where none is chosen, the one in focus."""
        chosen = self._view.selectedIndexes() or [self._view.currentIndex()]
        figures = [one for one in chosen if self._model.cell(one)]
        return sorted(figures, key=lambda one: (one.row(), one.column()))

    def _typed(self) -> list[QModelIndex]:
        return [one for one in self._indexes() if one.flags() & EDITABLE]

    def _cell(self, index: QModelIndex) -> Cell:
        cell = self._model.cell(index)
        assert cell, "only figures are ever chosen"
        return cell

    def _add(self, text: str, do: Callable[[], object], *keys: QKeySequence) -> None:
        action = QAction(text, self)
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(do)
        self._view.addAction(action)


def clipboard_block() -> Block:
    """The cells on the clipboard. Raises InputError where there are far too many."""
    data = QGuiApplication.clipboard().mimeData()
    return read_block(data.text(), data.html() if data.hasHtml() else "")


def holds_block() -> bool:
    """Tell whether the clipboard holds more than one cell."""
    try:
        block = clipboard_block()
    except InputError:
        return True
    return len(block) > 1 or any(len(row) > 1 for row in block)


def _shown(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.EditRole) or "")
