"""A table of the form as Qt sees it: headings and figures by place; it keeps no figure itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.checks import Finding
from app.forms import Cell, Field, FigureKind, Table
from app.layout import Box, lay_out
from app.numbers import Unreadable, show
from app.session import Update
from app.succession import carried_in, source_in_words
from ui.bridge import Bridge
from ui.spoken import description_of, heading_of, name_of

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Flag = Qt.ItemFlag
NOWHERE = QModelIndex()


class FormTableModel(QAbstractTableModel):
    """The body of one table. A table of one block leaves its headings to the header views."""

    def __init__(self, bridge: Bridge, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._form = bridge.report.form
        self.table = table
        self.grid = lay_out(table)
        single = self.grid.head_rows > 0
        self.top = self.grid.head_rows
        self.left = self.grid.stub_columns if single else 0
        self._boxes = {
            (box.row - self.top, box.column - self.left): box
            for box in self.grid.boxes
            if box.row >= self.top and box.column >= self.left
        }
        self._starts = {
            (row - self.top, column - self.left): (box.row - self.top, box.column - self.left)
            for box in self.grid.boxes
            for row in range(box.row, box.row + box.rows)
            for column in range(box.column, box.column + box.columns)
        }
        """For each place the one where the box that covers it begins."""
        self._carried = carried_in(bridge.report)
        bridge.changed.connect(self._show)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """The rows below the header."""
        return 0 if parent.isValid() else self.grid.rows - self.top

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The columns right of the row labels."""
        return 0 if parent.isValid() else self.grid.columns - self.left

    def headings(self) -> list[Box]:
        """The column headings above the body, counted from its first column."""
        return [
            replace(box, column=box.column - self.left)
            for box in self.grid.boxes
            if box.row < self.top and box.column >= self.left
        ]

    def labels(self) -> list[Box]:
        """The row labels left of the body, counted from its first row."""
        return [
            replace(box, row=box.row - self.top)
            for box in self.grid.boxes
            if box.row >= self.top and box.column < self.left
        ]

    def inner_headings(self) -> list[Box]:
        """The headings that stand among the figures, where a table has several blocks."""
        return [] if self.top else [box for box in self.grid.boxes if box.text]

    def box(self, index: Index) -> Box | None:
        """What stands at an index; None inside a box that begins elsewhere."""
        return self._boxes.get((index.row(), index.column()))

    def cell(self, index: Index) -> Cell | None:
        """The cell at an index, None at a heading."""
        box = self.box(index)
        return box.cell if box else None

    def field(self, index: Index) -> Field | None:
        """The form's field at an index, None at a heading."""
        cell = self.cell(index)
        return self._form.fields.get(cell) if cell else None

    def index_of(self, cell: Cell) -> QModelIndex:
        """Where a cell stands."""
        box = self.grid.places[cell]
        return self.index(box.row - self.top, box.column - self.left)

    def index_over(self, row: int, column: int) -> QModelIndex:
        """The index of the box that covers a place; an invalid one outside the table."""
        start = self._starts.get((row, column))
        return self.index(*start) if start else QModelIndex()

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return the heading or the figure, what is wrong with it, and its spoken name."""
        box = self.box(index)
        if box is None:
            return None
        if box.cell is None:
            return box.text if role in (Role.DisplayRole, Role.AccessibleTextRole) else None
        match role:
            case Role.DisplayRole:
                return self.shown(box.cell)
            case Role.EditRole:
                return self._text(box.cell)
            case Role.ToolTipRole:
                return self.explain(box.cell)
            case Role.AccessibleTextRole:
                return "，".join(
                    filter(None, [name_of(self._bridge.checked, box.cell), self.source(box.cell)])
                )
            case Role.AccessibleDescriptionRole:
                return description_of(self._bridge.checked, box.cell)
            case Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Return what a heading is called; its looks are the header view's own."""
        of_row = orientation == Qt.Orientation.Vertical
        if role == Role.AccessibleTextRole and (self.left if of_row else self.top):
            return heading_of(self.table, section, of_row=of_row)
        return None

    def flags(self, index: Index) -> Flag:
        """Only typed cells can be edited; headings only shown."""
        field = self.field(index)
        if field is None:
            return Flag.ItemIsEnabled if self.box(index) else Flag.NoItemFlags
        shown = Flag.ItemIsEnabled | Flag.ItemIsSelectable
        return shown if field.derived else shown | Flag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Hand what was typed to the session, which keeps it even where it is no figure."""
        field = self.field(index)
        if field is None or field.derived or role != Role.EditRole:
            return False
        self._bridge.session.type(field.cell, str(value))
        return True

    def findings(self, cell: Cell) -> tuple[Finding, ...]:
        """What the checks say of a cell, worst first."""
        return self._bridge.checked.marks.get(cell, ())

    def to_change(self, cell: Cell) -> Finding | None:
        """The worst finding that names this cell as the one to change, None where there is none."""
        return next((one for one in self.findings(cell) if one.cells[0] == cell), None)

    def shown(self, cell: Cell) -> str:
        """What stands in a cell, with its unit where no heading names it."""
        return self._text(cell) + self._unit(cell)

    def is_derived(self, cell: Cell) -> bool:
        """Tell whether a cell is computed rather than typed."""
        return self._fields(cell).derived

    def is_blank(self, cell: Cell) -> bool:
        """Tell whether a cell is still to be typed."""
        return cell not in self._bridge.report.cells and not self._fields(cell).derived

    def is_partial(self, cell: Cell) -> bool:
        """Tell whether a total is shown though some of its parts are missing."""
        amount = self._bridge.checked.figures.computed.get(cell)
        return bool(amount and amount.missing and cell not in self._bridge.report.cells)

    def is_unreadable(self, cell: Cell) -> bool:
        """Tell whether a cell holds text instead of a figure."""
        return isinstance(self._bridge.report.cells.get(cell), Unreadable)

    def source(self, cell: Cell) -> str:
        """Where a figure comes from that nobody typed: 「来自 2025 年报」; '' for all others."""
        return source_in_words(self._bridge.report, cell, self._carried)

    def explain(self, cell: Cell) -> str:
        """What a clerk should know of a cell: its findings, else how its total is made."""
        told = self._explained(cell)
        return f"{told}\n{source}" if (source := self.source(cell)) else told

    def _explained(self, cell: Cell) -> str:
        if findings := self.findings(cell):
            return "\n".join(finding.message for finding in findings)
        return "\n".join([self._what_it_is(cell), *self._answers(cell)])

    def _what_it_is(self, cell: Cell) -> str:
        field, figures = self._fields(cell), self._bridge.checked.figures
        place = self._form.place(cell)
        if not field.derived:
            money = field.column.figure is FigureKind.MONEY
            return f"{place}（单位：{field.column.unit}）" if money else place
        amount = figures.computed[cell]
        if amount.missing:
            return f"{place}：还有 {amount.missing} 格没有填，暂计 {show(amount.number)}"
        return f"{place} {show(amount.number)} = {self._sum(field)}"

    def _answers(self, cell: Cell) -> list[str]:
        """The reasons that were given for what is odd about a cell."""
        accepted = self._bridge.checked.accepted
        return [f"已说明理由：{reason}" for finding, reason in accepted if cell in finding.cells]

    def _sum(self, field: Field) -> str:
        figures, fields = self._bridge.checked.figures, self._form.fields
        parts = [(fields[part], figures.number(part)) for part in field.sums[-1]]
        along_row = field.sums[-1][0].row == field.cell.row
        names = [
            f"{(part.column if along_row else part.row).short} {show(number)}"
            for part, number in parts
            if number
        ]
        return " + ".join(names) or "各项都是 0"

    def _text(self, cell: Cell) -> str:
        figure = self._bridge.checked.figures.shown(cell)
        if figure is None and self.is_partial(cell):
            amount = self._bridge.checked.figures.computed[cell]
            return show(amount.number) if amount.missing < len(self._fields(cell).leaves) else ""
        return show(figure)

    def _unit(self, cell: Cell) -> str:
        """The unit that goes behind a number where no heading names it."""
        number = self._bridge.checked.figures.number(cell)
        return "" if number is None else self._fields(cell).column.printed_unit

    def _fields(self, cell: Cell) -> Field:
        return self._form.fields[cell]

    def _show(self, update: Update) -> None:
        if update.details:
            self._carried = carried_in(self._bridge.report)
        for cell in update.cells:
            if cell.table == self.table.id and cell in self.grid.places:
                index = self.index_of(cell)
                self.dataChanged.emit(index, index)
