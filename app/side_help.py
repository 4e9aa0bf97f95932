"""What is told beside the work: of the cell in focus, or of the part that is being written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from app.checks import Checked, Level, catalogue, fees, figures, text_and_tables, years
from app.checks.levels import levels
from app.checks.speech import vocabularies
from app.forms import Cell, Equation, Field
from app.guidance import asked_of, cell_guide, part_guide
from app.numbers import gap, show
from app.report import Report
from app.totals import compute


class State(Enum):
    """How a relation stands at the moment."""

    HOLDS = "成立"
    BROKEN = "不符"
    ASKED = "核实"
    OPEN = "待填"
    UNKNOWN = ""
    """A rule that finds nothing may hold, or may have had nothing to compare."""


FOUND = {Level.ERROR: State.BROKEN, Level.QUERY: State.ASKED, Level.HINT: State.ASKED}


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing a cell is tied to, in the clerk's words."""

    sentence: str
    state: State = State.UNKNOWN


@dataclass(frozen=True, slots=True)
class CellHelp:
    """All that is told of a cell, the clerk's own notes apart."""

    title: str
    counts: tuple[str, ...]
    beware: tuple[str, ...]
    basis: tuple[str, ...]
    last_year: tuple[str, ...]
    """What last year's report has there, and what it hands on to this cell."""
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class PartHelp:
    """All that is told of a part of the report, or of a step of the wizard."""

    title: str
    asked: tuple[str, ...]
    """What the form lists that must be spoken of."""
    contains: tuple[str, ...]
    returned: tuple[str, ...]
    basis: tuple[str, ...]


def help_for_cell(checked: Checked, cell: Cell) -> CellHelp:
    """What a clerk may want to know of a cell while filling it in."""
    form = checked.report.form
    guide = cell_guide(form, cell)
    return CellHelp(
        title=form.place(cell),
        counts=guide.counts,
        beware=guide.beware,
        basis=guide.basis,
        last_year=tuple(_last_year(checked.report, cell)),
        relations=tuple(_relations(checked, form.fields[cell])),
    )


def help_for_part(checked: Checked, part: str) -> PartHelp:
    """What must be in a part, and what reviewers send back; also for the first and last step."""
    report, guide = checked.report, part_guide(part)
    section = next((one for one in report.form.sections if one.id == part), None)
    fee = report.form.processing_fee
    return PartHelp(
        title=(section.heading or section.short) if section else guide.title,
        asked=tuple(asked_of(section, report.kind)) if section else (),
        contains=(
            *((section.guide,) if section and section.guide else ()),
            *guide.contains,
            *(guide.with_fee if fee and fee.part == part else ()),
        ),
        returned=guide.returned,
        basis=(guide.basis,) if guide.basis else (),
    )


def _last_year(report: Report, cell: Cell) -> Iterator[str]:
    """What last year's report has in this cell, and in those that this one goes on from."""
    last = report.previous
    if last is None:
        return
    own, then = report.form.fields[cell], compute(last.form, last.cells)
    same = last.form.fields.get(cell)
    if same is None or (same.row.label, same.column.unit) != (own.row.label, own.column.unit):
        yield f"{last.year} 年度用{last.form.name}，没有这一格"
    else:
        yield f"{last.year} 年度这一格：{_with_unit(show(then.shown(cell)), same)}"
    for chain in report.form.tables[cell.table].chains:
        if cell == chain.beside(cell, chain.line):
            sources = [chain.beside(cell, line) for line in chain.before]
            for source in sources:
                field = last.form.fields.get(source)
                if field and source != cell:
                    shown = _with_unit(show(then.shown(source)), field)
                    yield f"{last.year} 年度的{last.form.place(source)}：{shown}"


def _with_unit(figure: str, field: Field) -> str:
    return f"{figure} {field.column.unit}" if figure else "没有填"


def _relations(checked: Checked, field: Field) -> Iterator[Relation]:
    yield from _total(checked, field)
    for equation in checked.report.form.equations:
        if equation.balance and _goes_into(checked, field.cell, equation):
            yield _balance(checked, equation)
    in_force = levels(checked.settings)
    for rule in _rules(checked.report, field):
        if in_force[rule]:
            yield Relation(catalogue()[rule].sentence, _state_of(checked, field.cell, rule))


def _goes_into(checked: Checked, cell: Cell, equation: Equation) -> bool:
    """Tell whether a cell stands in an equation, or in a total of its own column that does."""
    fields = checked.report.form.fields
    return cell in equation.cells or any(
        cell in fields[one].leaves for one in equation.cells if one.column == cell.column
    )


def _balance(checked: Checked, equation: Equation) -> Relation:
    fields = checked.report.form.fields
    left, right = (
        " + ".join(fields[cell].row.short for cell in side)
        for side in (equation.left, equation.right)
    )
    sentence = f"{equation.line.short}列：{left} = {right}"
    ins, outs = checked.figures.add(equation.left), checked.figures.add(equation.right)
    if ins.missing or outs.missing:
        return Relation(sentence, State.OPEN)
    if ins.number == outs.number:
        return Relation(f"{sentence}，两边都是 {show(ins.number)}", State.HOLDS)
    apart = f"相差 {show(gap(ins.number, outs.number))}"
    return Relation(
        f"{sentence}，现在 {show(ins.number)} ≠ {show(outs.number)}，{apart}", State.BROKEN
    )


def _total(checked: Checked, field: Field) -> Iterator[Relation]:
    """The totals a figure goes into; of a total, that it needs no typing."""
    fields = checked.report.form.fields.values()
    if field.derived:
        yield Relation("总计自动计算，不用填")
        return
    totals = [one for one in fields if any(field.cell in parts for parts in one.sums)]
    names = [one.column.short if one.row == field.row else one.row.short for one in totals]
    if names:
        yield Relation(f"自动计入{'、'.join(names)}")


def _rules(report: Report, field: Field) -> Iterator[str]:
    """The rules of the catalogue that look at a cell beyond its equations."""
    form, cell, table = report.form, field.cell, report.form.tables[field.cell.table]
    if report.kind.value in field.row.barred:
        yield figures.township_regulations.__name__
    if any(cell.row == one.row and cell.column in (*one.part, *one.whole) for one in table.limits):
        yield figures.stock.__name__
    chained = {chain.rule for chain in table.chains if chain.speaks_of(cell)}
    yield from (entry.id for entry in catalogue().values() if entry.name in chained)
    if form.processing_fee and form.processing_fee.charged == cell:
        yield fees.fee_unit.__name__
    if _told_in_texts(report, cell):
        yield text_and_tables.text_against_tables.__name__
    if report.previous and table.follows:
        yield years.disputes_without_requests.__name__
    if report.previous and cell.column in table.compared and not chained:
        yield years.jump.__name__


def _told_in_texts(report: Report, cell: Cell) -> bool:
    """Tell whether texts use to give this number: a total, or what has a name of its own."""
    vocabulary = vocabularies(report.form).get(cell.table)
    if vocabulary is None:
        return False
    named = [group for one in vocabulary.columns.wordings for group in one.sums]
    columns = {column for group in vocabulary.whole or named for column in group}
    rows = {row for one in vocabulary.rows.wordings for group in one.sums for row in group}
    return cell.row in rows and cell.column in columns


def _state_of(checked: Checked, cell: Cell, rule: str) -> State:
    name = catalogue()[rule].name
    found = [one.level for one in checked.marks.get(cell, ()) if one.rule == name]
    return FOUND[found[0]] if found else State.UNKNOWN
