"""The report that follows last year's: what it goes on from is carried in, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.checks.years import not_compared
from app.forms import Cell, form_for_year
from app.forms.model import Chain
from app.numbers import Number, show
from app.report import Report
from app.taking import take_all
from app.totals import Figures, add, compute


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A row or a column that goes on from last year's report, cell by cell."""

    table: str
    name: str
    """As the clerk knows it: 「表三 二（上年结转）」."""
    figures: Mapping[Cell, Number]
    missing: int
    """Cells of it that last year's report gives no figure for."""


def next_report(previous: Report, *, copy_text: bool = False) -> Report:
    """Begin the report on the year after: same organ, with what it goes on from carried in.

    The clerk's own notes stay. The title is made anew from organ and year; reasons and the day
    begin empty, and so do the texts unless they are to be copied: then every year and number in
    them waits to be confirmed.
    """
    year = previous.year + 1
    begun = Report(
        form=form_for_year(year) or previous.form,
        year=year,
        organ=previous.organ,
        stated_kind=previous.stated_kind,
        previous=replace(previous, previous=None),
        notes=previous.notes,
    )
    begun = begun.with_cells(carried_in(begun))
    return take_all(begun) if copy_text else begun


def carried_in(report: Report) -> dict[Cell, Number]:
    """What last year's report says for cells of this year's; nothing where they do not belong."""
    return {cell: number for line in carried_lines(report) for cell, number in line.figures.items()}


def carried_lines(report: Report) -> list[CarriedLine]:
    """The lines of this year's form that go on from last year's, in the order of the form."""
    last = report.previous
    if last is None or not_compared(report):
        return []
    figures = compute(last.form, last.cells)
    return [
        line
        for table in report.form.tables.values()
        for chain in table.chains
        if (line := _line(report, figures, chain, table.id))
    ]


def source_in_words(report: Report, cell: Cell, carried: Mapping[Cell, Number]) -> str:
    """Say of a figure that it is last year's: 「来自 2025 年报」; '' for any other.

    The clerk's own it is as soon as it is another figure, or confirmed.
    """
    same = cell in carried and report.cells.get(cell) == carried[cell]
    own = cell in report.drafting.confirmed
    return f"来自 {report.year - 1} 年报" if same and not own else ""


def confirmed(report: Report, cell: Cell) -> Report:
    """The report with a figure that was carried in confirmed; unchanged for any other."""
    if not source_in_words(report, cell, carried_in(report)):
        return report
    drafting = report.drafting
    own = drafting.confirmed | {cell}
    return replace(report, drafting=replace(drafting, confirmed=own))


def line_in_words(line: CarriedLine, report: Report) -> str:
    """Say what was carried in: 「表三 二（上年结转）：自然人 1，其余 5 格为 0」."""
    shown = [
        f"{_other_end(report, line, cell)} {show(number)}"
        for cell, number in line.figures.items()
        if number
    ]
    zeros = len(line.figures) - len(shown)
    if zeros:
        shown.append(f"其余 {zeros} 格为 0" if shown else f"{zeros} 格都是 0")
    if line.missing:
        shown.append(f"{line.missing} 格上年没有填好，没有带入")
    return f"{line.name}：{'，'.join(shown)}"


def _line(report: Report, last: Figures, chain: Chain, table: str) -> CarriedLine | None:
    cells = list(_cells(report, last, chain, table))
    if not cells:
        return None
    found = {cell: _number(last, chain, cell) for cell in cells}
    figures = {cell: number for cell, number in found.items() if number is not None}
    first = report.form.fields[cells[0]]
    own = first.row.short if chain.lines == "rows" else first.column.short
    name = f"表{report.form.section(table).number} {own}"
    return CarriedLine(table, name, figures, len(found) - len(figures))


def _cells(report: Report, last: Figures, chain: Chain, table: str) -> Iterator[Cell]:
    """The typed cells of a chain this organ may fill and last year's form knows the source of."""
    for one in report.form.typed(table):
        cell = one.cell
        sources = [chain.beside(cell, line) for line in chain.before]
        known = all(source in last.form.fields for source in sources)
        allowed = report.kind.value not in one.row.barred
        if cell == chain.beside(cell, chain.line) and known and allowed:
            yield cell


def _number(last: Figures, chain: Chain, cell: Cell) -> Number | None:
    numbers = [last.number(chain.beside(cell, line)) for line in chain.before]
    if None in numbers:
        return None
    total = add(numbers).number
    return total if total >= 0 else None


def _other_end(report: Report, line: CarriedLine, cell: Cell) -> str:
    """Name a cell of a line by what tells it from the others: its column, or its row."""
    one = report.form.fields[cell]
    rows = {other.row for other in line.figures}
    return one.column.short if len(rows) == 1 and len(line.figures) > 1 else one.row.short
