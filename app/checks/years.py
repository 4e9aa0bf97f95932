"""Rules on the figures of two years in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.forms import Cell, Form
from app.forms.model import Chain
from app.numbers import Number, gap, show
from app.patterns import pattern
from app.report import Report
from app.totals import Figures, add

LEAP_TIMES, LEAP_GAP = 10, 100
"""From where a change is worth a second look. No official number exists; these are ours.

Both must be reached, so that neither 1 → 30 nor 5000 → 9000 is ever spoken of, but a figure in the
wrong unit, in the wrong row or left out is. What was 0 and what becomes 0 needs the gap alone.
"""
SPELLING = pattern(r"\s|(人民)?政府|办事处")
"""What one name of an organ may have and another spelling of it may lack."""


class Term(NamedTuple):
    """One figure of an addition over two years."""

    sign: str
    name: str
    number: Number


def not_compared(report: Report) -> str | None:
    """Why the rules of this module cannot use last year's report, in one sentence.

    None where they can, and where there is none.
    """
    last = report.previous
    if last is None:
        return None
    if last.year != report.year - 1:
        return (
            f"上年报告是 {last.year} 年度的，这份是 {report.year} 年度的；"
            "跨年度规则只比较相邻两年，这次没有比较。请改用上一年度的报告。"
        )
    if not _same_organ(last.organ, report.organ):
        return (
            f"上年报告的单位是“{last.organ}”，这份是“{report.organ}”；"
            "跨年度规则只比较同一单位，这次没有比较。请核对单位名称。"
        )
    return None


def _same_organ(one: str, other: str) -> bool:
    """Names are spelled with or without the county before them; a missing one fits any."""
    short, long = sorted((SPELLING.sub("", name) for name in (one, other)), key=len)
    return long.endswith(short)


@rule(Reads.FIGURES)
def carried_over(subject: Subject) -> Iterator[Fault]:
    """What was carried in is what last year's report carried out (表三, both forms)."""
    return _broken_chains(subject, "carried-over")


@rule(Reads.FIGURES)
def in_force_chain(subject: Subject) -> Iterator[Fault]:
    """What is in force was so a year ago or was issued since, and is not repealed (表二, 2021)."""
    return _broken_chains(subject, "in-force-chain")


@rule(Reads.FIGURES)
def items_chain(subject: Subject) -> Iterator[Fault]:
    """上一年项目数量 goes on from last year's number and its change (表二, 2019)."""
    return _broken_chains(subject, "items-chain")


@rule(Reads.FIGURES)
def disputes_without_requests(subject: Subject) -> Iterator[Fault]:
    """Reviews and suits come from applications of this year or the last (表四 after 表三)."""
    if subject.previous is None or not_compared(subject.report):
        return
    for table in subject.form.tables.values():
        source = subject.form.tables.get(table.follows)
        if (
            source
            and _is_all_zero(subject.figures, source.id)
            and _was_all_zero(subject, source.id)
        ):
            yield from _out_of_nothing(subject, table.id, source.id)


def _is_all_zero(figures: Figures, table: str) -> bool:
    numbers = [figures.number(one.cell) for one in figures.form.typed(table)]
    return bool(numbers) and all(number == 0 for number in numbers)


def _was_all_zero(subject: Subject, table: str) -> bool:
    return bool(subject.previous_figures and _is_all_zero(subject.previous_figures, table))


def _out_of_nothing(subject: Subject, table: str, source: str) -> Iterator[Fault]:
    cells = [one.cell for one in subject.form.typed(table) if subject.figures.number(one.cell)]
    if cells:
        total = subject.figures.add(cells).number
        here, there = (subject.form.section(one).number for one in (table, source))
        year = subject.report.year
        message = (
            f"表{here}共有 {show(total)} 件，而表{there} {year - 1}、{year} 两年都是 0。"
            f"请核对表{there}是否漏填，或这些案件是否由政府信息公开引起。"
        )
        yield Fault(message, tuple(cells), expected="0", found=show(total))


@rule(Reads.FIGURES)
def jump(subject: Subject) -> Iterator[Fault]:
    """A figure that leaps against last year's is looked at again; chains say more of theirs."""
    last = _last_figures(subject)
    if last is None:
        return
    for cell in _compared(subject.form, last.form):
        now, before = subject.figures.number(cell), last.number(cell)
        if now is not None and before is not None and _leaps(before, now):
            yield _leap(subject, cell, before, now)


def _last_figures(subject: Subject) -> Figures | None:
    return None if not_compared(subject.report) else subject.previous_figures


def _broken_chains(subject: Subject, name: str) -> Iterator[Fault]:
    last = _last_figures(subject)
    if last is None:
        return
    for table in subject.form.tables.values():
        for chain in table.chains:
            if chain.rule == name:
                yield from _breaks(subject, last, chain, table.id)


def _breaks(subject: Subject, last: Figures, chain: Chain, table: str) -> Iterator[Fault]:
    """The cells in which a chain breaks; a total is told where its parts do not tell it."""
    told: dict[Cell, bool] = {}
    for cell in _targets(subject, chain, table):
        parts = [told.get(part) for part in subject.form.fields[cell].leaves]
        if parts and (True in parts or None not in parts):
            continue
        found, terms = subject.figures.number(cell), _terms(subject, last, chain, cell)
        if found is not None and terms:
            expected = _sum(terms)
            told[cell] = found != expected
            if found != expected:
                yield _break(subject, chain, cell, terms)


def _targets(subject: Subject, chain: Chain, table: str) -> list[Cell]:
    """This year's cells of a chain, typed ones first; those an organ may not fill are left out."""
    fields = [
        one
        for cell, one in subject.form.fields.items()
        if cell.table == table
        and cell == chain.beside(cell, chain.line)
        and subject.report.kind.value not in one.row.barred
    ]
    return [one.cell for one in sorted(fields, key=lambda one: one.derived)]


def _terms(subject: Subject, last: Figures, chain: Chain, cell: Cell) -> list[Term]:
    """What a cell goes on from; nothing where a figure or a line of last year's form is missing."""
    sources = [
        *((last, "+", line) for line in chain.before),
        *((subject.figures, "+", line) for line in chain.plus),
        *((subject.figures, "−", line) for line in chain.minus),
    ]
    terms = []
    for figures, sign, line in sources:
        source = chain.beside(cell, line)
        if source not in figures.form.fields or (number := figures.number(source)) is None:
            return []
        terms.append(Term(sign, _line_name(figures.form, chain, source), number))
    return terms


def _sum(terms: list[Term]) -> Number:
    return add(one.number if one.sign == "+" else -one.number for one in terms).number


def _break(subject: Subject, chain: Chain, cell: Cell, terms: list[Term]) -> Fault:
    assert subject.previous
    one, found, expected = subject.form.fields[cell], subject.figures.number(cell), _sum(terms)
    assert found is not None
    table = subject.form.section(cell.table).number
    place = f"{one.column.short}列" if chain.lines == "rows" else one.row.short
    said = "是" if one.derived else "填了"
    message = (
        f"表{table} {place}：{_line_name(subject.form, chain, cell)}{said} {show(found)}，"
        f"{subject.previous.year} 年度报告的{_in_words(terms)}，"
        f"相差 {show(gap(found, expected))}。{chain.advice}"
    )
    partners = tuple(chain.beside(cell, line) for line in (*chain.plus, *chain.minus))
    return Fault(message, (cell, *partners), expected=show(expected), found=show(found))


def _line_name(form: Form, chain: Chain, cell: Cell) -> str:
    one = form.fields[cell]
    return one.row.short if chain.lines == "rows" else one.column.short


def _in_words(terms: list[Term]) -> str:
    """Write an addition as a clerk would: 「现行有效件数 7 + 本年制发件数 2 = 9」."""
    first, *others = terms
    if not others:
        return f"{first.name}是 {show(first.number)}"
    rest = "".join(f" {one.sign} {one.name} {show(one.number)}" for one in others)
    return f"{first.name} {show(first.number)}{rest} = {show(_sum(terms))}"


def _compared(form: Form, last: Form) -> Iterator[Cell]:
    """The cells that mean the same in both forms and that no chain speaks of."""
    for cell, one in form.fields.items():
        table, before = form.tables[cell.table], last.fields.get(cell)
        if cell.column not in table.compared or before is None:
            continue
        same = (before.row.label, before.column.unit) == (one.row.label, one.column.unit)
        if same and not any(chain.speaks_of(cell) for chain in table.chains):
            yield cell


def _leaps(before: Number, now: Number) -> bool:
    small, large = sorted((before, now))
    return small >= 0 and large - small >= LEAP_GAP and large >= LEAP_TIMES * small


def _leap(subject: Subject, cell: Cell, before: Number, now: Number) -> Fault:
    assert subject.previous
    unit = subject.form.fields[cell].column.unit
    message = (
        f"{subject.form.place(cell)}是 {show(now)} {unit}，"
        f"{subject.previous.year} 年度报告是 {show(before)} {unit}，相差 {show(gap(now, before))}。"
        "请核对数字、单位和行次；情况属实的不必改。"
    )
    return Fault(message, (cell,), found=show(now))
