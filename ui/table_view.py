"""A table of the form on screen: the official grid, entered like a spreadsheet."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView

from app.forms import Cell
from app.layout import Box
from ui.block_view import BlockView
from ui.bridge import Bridge
from ui.delegate import FigureDelegate
from ui.enter_key import enter_goes_right
from ui.headings import PADDING, CornerBox, HeadingBand, HeadingView, wrapped_height
from ui.spreadsheet import EDITABLE, Spreadsheet
from ui.table_model import FormTableModel, Index
from ui.theme import RESTYLED

ROW_HEIGHT, LOW_ROW_HEIGHT = 30, 24
ROOMY, TIGHT = 12, 5
"""Pixels a row is higher than its letters, and a row in a low window."""
NARROWEST_FIGURE = 46
STUB_CHARACTERS = 27
"""Width of the row labels beside a table, in characters of its font."""
NARROWEST_STUB = 17.5
"""Width in characters in which most labels still stand on one line."""
Move = QAbstractItemView.CursorAction
ARROWS = {
    Move.MoveUp: (-1, 0),
    Move.MoveDown: (1, 0),
    Move.MoveLeft: (0, -1),
    Move.MoveRight: (0, 1),
}
"""Rows down and columns to the right."""
ENSURE_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible


class FormTableView(BlockView):
    """Shows a FormTableModel. Enter goes down, Tab goes on, blocks are copied and pasted."""

    moved = Signal(object)
    """The cell that has the focus now, None at a heading."""

    ended = Signal()
    """Enter or Tab would go on, but this is the last cell."""

    def __init__(self, bridge: Bridge, model: FormTableModel) -> None:
        super().__init__()
        self.form_model = model
        self.setModel(model)
        self.figures = FigureDelegate(model, self)
        self.setItemDelegate(self.figures)
        self.sheet = Spreadsheet(bridge, model, self)
        self.figures.block_pasted.connect(self.sheet.paste)
        self._editing = False
        self._room = ROOMY
        self._corner: CornerBox | None = None
        self._labels: list[Box] = model.labels()
        self._stub = self._stub_widths()
        self._row_names = HeadingView(Qt.Orientation.Vertical, self._labels, self._stub, self)
        self._band = HeadingBand(self.viewport(), self._box_rect)
        self._set_behaviour()
        self._set_headers()
        self._set_spans()
        self.verticalScrollBar().valueChanged.connect(self._keep_heading)
        self.verticalScrollBar().valueChanged.connect(self._row_names.scrolled)
        self.setAccessibleName(bridge.report.form.section(model.table.id).heading)

    def go_to(self, cell: Cell, partners: frozenset[Cell] = frozenset()) -> None:
        """Put the focus on a cell and light up its partners."""
        self.figures.partners = partners - {cell}
        index = self.form_model.index_of(cell)
        # Not `setCurrentIndex`, which adds to what is chosen while Ctrl or Shift is held.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, only)
        self.scrollTo(index)
        self.setFocus()
        self.viewport().update()

    def first_typed(self) -> QModelIndex:
        """Where entry begins."""
        return next(self._typed_indexes(), QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and edit as a spreadsheet does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._enter(-1 if back else 1)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._go_on(1 if event.key() == Qt.Key.Key_Tab else -1)
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go from figure to figure, past the headings that stand among them.

        Qt, too, takes the first typed cell when the focus comes to the table.
        """
        if action == Move.MoveNext:
            return self._neighbour(_along_rows, 1)
        if action in ARROWS:
            to_edge = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
            return self._towards(*ARROWS[action], to_edge=to_edge)
        figures = self._figures()
        if action == Move.MoveEnd and modifiers & Qt.KeyboardModifier.ControlModifier:
            return figures[-1]
        there = super().moveCursor(action, modifiers)
        behind = (one for one in figures if _along_rows(one) >= _along_rows(there))
        return next(behind, figures[-1])  # what stands there, or the first figure behind a heading

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say which cell has the focus."""
        super().currentChanged(current, previous)
        self.moved.emit(self.form_model.cell(current))

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Want no input method: figures are typed as they are."""
        return query != Qt.InputMethodQuery.ImEnabled and super().inputMethodQuery(query)

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = ENSURE_VISIBLE) -> None:
        """Bring a cell into view, and out from under the headings kept at the top."""
        super().scrollTo(index, hint)
        hidden = self._band.height() - self.visualRect(index).top()
        if self._band.isVisible() and hidden > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - hidden)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stay painted as it is while a cell is edited: all of it need not be painted anew."""
        focus = QApplication.focusWidget()
        self._editing = bool(focus and self.viewport().isAncestorOf(focus))
        if self._editing:
            self.update(self.currentIndex())
        else:
            super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come back from the cell that was edited just as well."""
        if self._editing and self.currentIndex().isValid():
            self._editing = False
            self.update(self.currentIndex())
        else:
            super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit row heights to the labels as they wrap now."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit another font."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._fit()

    def fit_height(self, *, low: bool) -> None:
        """Make rows and headings as low as can be where the window is."""
        room = TIGHT if low else ROOMY
        if room != self._room:
            self._room = room
            self._fit()

    def _fit(self) -> None:
        """Give labels and headings the room they need now."""
        self._across.set_levels(self._heading_heights())
        self._across.setMinimumSectionSize(self._narrowest())
        if self._stub != self._stub_widths():
            self._stub = self._stub_widths()
            self._row_names.set_levels(self._stub)
        self.updateGeometries()
        self._fit_rows()
        self._place_corner()
        self._keep_heading()

    def _set_behaviour(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(True)
        self.setWordWrap(True)

    def _set_headers(self) -> None:
        model, grid = self.form_model, self.form_model.grid
        across, heights = model.headings(), self._heading_heights()
        self._across = HeadingView(Qt.Orientation.Horizontal, across, heights, self)
        self.setHorizontalHeader(self._across)
        self.horizontalScrollBar().valueChanged.connect(self._across.scrolled)
        self.setVerticalHeader(self._row_names)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setVisible(bool(model.top))
        self.verticalHeader().setVisible(bool(model.left))
        if model.top and model.left:
            note = next(box.text for box in grid.boxes if not box.row and not box.column)
            self._corner = CornerBox(note, self)

    def _heading_heights(self) -> list[int]:
        """The height of each level of column headings; the lowest has room for two lines."""
        line = self.fontMetrics().lineSpacing()
        heights = [line + self._room // 2] * self.form_model.top
        if heights:
            heights[-1] += line
        return heights

    def _narrowest(self) -> int:
        """The width at which every heading of a single column still fits on two lines."""
        longest = max(
            (len(box.text) for box in self.form_model.headings() if box.columns == 1), default=0
        )
        em = self.fontMetrics().horizontalAdvance("国")
        return max(NARROWEST_FIGURE, (longest + 1) // 2 * em + 2 * PADDING + 2)

    def _stub_widths(self) -> list[int]:
        frame = self.form_model.table.frame[: self.form_model.left]
        em = self.fontMetrics().horizontalAdvance("国")
        whole = min(STUB_CHARACTERS * em, max(self.width() * 0.45, NARROWEST_STUB * em))
        return [round(whole * width / sum(frame)) for width in frame]

    def _set_spans(self) -> None:
        model = self.form_model
        for box in model.grid.boxes:
            inside = box.row >= model.top and box.column >= model.left
            if inside and (box.rows > 1 or box.columns > 1):
                self.setSpan(box.row - model.top, box.column - model.left, box.rows, box.columns)

    def _fit_rows(self) -> None:
        metrics = self.fontMetrics()
        least = ROW_HEIGHT if self._room == ROOMY else LOW_ROW_HEIGHT
        needed = [max(least, metrics.height() + self._room)] * self.form_model.rowCount()
        columns = [self.columnWidth(at) for at in range(self.form_model.columnCount())]
        inside = [(box, columns) for box in self.form_model.inner_headings()]
        for box, widths in [*((box, self._stub) for box in self._labels), *inside]:
            if box.rows == 1:
                width = sum(widths[box.column : box.column + box.columns])
                high = wrapped_height(metrics, box.text, width) - 10 + min(self._room, 10)
                needed[box.row] = max(needed[box.row], high)
        for row, height in enumerate(needed):
            self.setRowHeight(row, height)

    def _place_corner(self) -> None:
        if self._corner:
            wide, high = self.verticalHeader().width(), self.horizontalHeader().height()
            self._corner.setGeometry(self.frameWidth(), self.frameWidth(), wide, high)

    def _keep_heading(self) -> None:
        """Show the headings of the block at the top once they are scrolled out of view."""
        model, grid = self.form_model, self.form_model.grid
        if model.top:
            return
        top_row = self.rowAt(0)
        before = [band for band in grid.bands if band.start <= top_row]
        boxes = [box for box in grid.boxes if before and box.row in before[-1]]
        self._band.show_boxes(boxes if boxes and self._out_of_view(before[-1]) else [])

    def _out_of_view(self, band: range) -> bool:
        """Tell whether a block's headings are scrolled away, and figures of it will be seen below.

        Where the next block comes up, its own headings are not covered by those before.
        """
        top = self.rowViewportPosition(band.start)
        height = sum(map(self.rowHeight, band))
        ends = [other.start for other in self.form_model.grid.bands if other.start > band.start]
        end = ends[0] if ends else self.form_model.rowCount()
        below = top + sum(map(self.rowHeight, range(band.start, end)))
        return top < 0 and below > height

    def _box_rect(self, box: Box) -> QRect:
        model = self.form_model
        first = self.visualRect(model.index(box.row - model.top, box.column - model.left))
        last = self.visualRect(
            model.index(
                box.row + box.rows - 1 - model.top, box.column + box.columns - 1 - model.left
            )
        )
        return first.united(last).adjusted(0, 0, 1, 1)  # with the grid lines

    def _typed_indexes(self) -> Iterator[QModelIndex]:
        model = self.form_model
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                if model.box(index) and index.flags() & EDITABLE:
                    yield index

    def _neighbour(self, order: Callable[[Index], tuple[int, int]], step: int) -> QModelIndex:
        """The next typed cell (1) or the one before (-1); the current one at the end."""
        stops, here = self._stops[order], order(self.currentIndex())
        behind, before = bisect(stops, here, key=order), bisect_left(stops, here, key=order) - 1
        at = behind if step > 0 else before
        return stops[at] if 0 <= at < len(stops) else self.currentIndex()

    @cached_property
    def _stops(self) -> dict[Callable[[Index], tuple[int, int]], list[QModelIndex]]:
        """The typed cells in both orders; a form does not change."""
        typed = list(self._typed_indexes())
        return {order: sorted(typed, key=order) for order in (_along_rows, _down_columns)}

    def _towards(self, down: int, right: int, *, to_edge: bool = False) -> QModelIndex:
        """The next figure in a direction, whatever it spans, or the last; none leaves it here."""
        model, here = self.form_model, self.currentIndex()
        box = model.box(here)
        if not box:
            return self.first_typed()
        row, column = here.row(), here.column()
        row += box.rows if down > 0 else down
        column += box.columns if right > 0 else right
        found = here
        while (there := model.index_over(row, column)).isValid():
            if model.cell(there):
                found = there
                if not to_edge:
                    break
            row, column = row + down, column + right
        return found

    def _figures(self) -> list[QModelIndex]:
        """Every cell along the rows, totals too."""
        return sorted(map(self.form_model.index_of, self.form_model.grid.places), key=_along_rows)

    def _enter(self, step: int) -> None:
        right = enter_goes_right()
        (self._go_on if right else self._go_down)(step)

    def _go_on(self, step: int) -> None:
        """Go to the next typed cell along the row, then to the next row."""
        self._step(_along_rows, step)

    def _go_down(self, step: int) -> None:
        """Go to the next typed cell down the column, then to the head of the next column."""
        self._step(_down_columns, step)

    def _step(self, order: Callable[[Index], tuple[int, int]], step: int) -> None:
        here = self._neighbour(order, step)
        if step > 0 and here == self.currentIndex():
            self.ended.emit()
        self.setCurrentIndex(here)


def _along_rows(index: Index) -> tuple[int, int]:
    return index.row(), index.column()


def _down_columns(index: Index) -> tuple[int, int]:
    return index.column(), index.row()
