"""What differs between two reports, in the clerk's words: figures, texts, and what they are of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeGuard

from app.forms import Cell, Field, Form
from app.narrative import length
from app.numbers import Figure, Number, Unreadable, gap, show
from app.report import Report
from app.unchanged import unchanged_ends

MOST_COMPARED = 4_000_000
"""Pairs of characters that are compared one by one; more of them would take seconds."""
BLANK = "（空）"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure that is another one now."""

    cell: Cell
    place: str
    before: str
    after: str
    by: str
    """With its sign (「+3」, 「−2」); '' where one of the two is no number."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that reads differently now."""

    part: str
    name: str
    removed: int
    added: int
    """Characters as a reader counts them."""

    def __str__(self) -> str:
        told = [
            f"删去 {self.removed} 字" if self.removed else "",
            f"新增 {self.added} 字" if self.added else "",
        ]
        return "，".join(filter(None, told)) or "只改了空格或换行"


@dataclass(frozen=True, slots=True)
class DetailChange:
    """Year, form, organ, kind, title or day: something the whole report is of."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs between two reports."""

    details: tuple[DetailChange, ...]
    cells: tuple[CellChange, ...]
    """In the order of the form."""
    texts: tuple[TextChange, ...]
    reasons: bool
    """Another set of queries is accepted with reasons, or for other ones."""

    rest: bool
    """Something that helps to fill in the report, and is no part of it."""

    def __bool__(self) -> bool:
        return bool(self.details or self.cells or self.texts or self.reasons or self.rest)


def differences(before: Report, after: Report) -> Differences:
    """Compare two states of one report."""
    return Differences(
        details=tuple(_details(before, after)),
        cells=tuple(_cells(before, after)),
        texts=tuple(_texts(before, after)),
        reasons=before.reasons != after.reasons,
        rest=_without_what_is_told(before, after) != after,
    )


def against_last_year(report: Report) -> tuple[CellChange, ...]:
    """The typed figures that are not last year's, what changed most first.

    Only cells that mean the same in both years' forms are compared; a figure that is missing in
    one of the two comes last.
    """
    last = report.previous
    if last is None:
        return ()
    changes = [
        _change(report.form, cell, last.cells.get(cell), report.cells.get(cell))
        for cell in _same_in_both(report.form, last.form)
        if last.cells.get(cell) != report.cells.get(cell)
    ]
    return tuple(sorted(changes, key=lambda one: _size(last, report, one.cell)))


def _without_what_is_told(before: Report, after: Report) -> Report:
    """The report as it was, with all that is told apart already as it is now."""
    return replace(
        before,
        form=after.form,
        year=after.year,
        organ=after.organ,
        stated_kind=after.stated_kind,
        stated_title=after.stated_title,
        date=after.date,
        texts=after.texts,
        cells=after.cells,
        reasons=after.reasons,
        previous=after.previous,
    )


def _same_in_both(form: Form, last: Form) -> Iterator[Cell]:
    for one in form.typed():
        other = last.fields.get(one.cell)
        if other and not other.derived and _meaning(one) == _meaning(other):
            yield one.cell


def _meaning(field: Field) -> tuple[object, ...]:
    return field.row.label, field.column.label, field.column.unit


def _size(last: Report, report: Report, cell: Cell) -> tuple[bool, object]:
    before, after = last.cells.get(cell), report.cells.get(cell)
    if _is_number(before) and _is_number(after):
        return False, -gap(before, after)
    return True, 0


def _cells(before: Report, after: Report) -> Iterator[CellChange]:
    """Cells of the present form first; what only the other form has a name for behind."""
    for form, others in ((after.form, {}), (before.form, after.form.fields)):
        for cell in form.fields:
            old, new = before.cells.get(cell), after.cells.get(cell)
            if cell not in others and old != new:
                yield _change(form, cell, old, new)
        if before.form is after.form:
            return


def _change(form: Form, cell: Cell, old: Figure | None, new: Figure | None) -> CellChange:
    by = ""
    if _is_number(old) and _is_number(new):
        by = f"{'+' if new > old else '−'}{show(gap(old, new))}"
    return CellChange(cell, form.place(cell), show(old) or BLANK, show(new) or BLANK, by)


def _is_number(figure: Figure | None) -> TypeGuard[Number]:
    return figure is not None and not isinstance(figure, Unreadable)


def _texts(before: Report, after: Report) -> Iterator[TextChange]:
    names = {part.id: part.short for form in (before.form, after.form) for part in form.sections}
    for part in {**names, **before.texts, **after.texts}:
        old, new = before.text(part), after.text(part)
        if old != new:
            removed, added = _characters_changed(old, new)
            yield TextChange(part, names.get(part, part), removed, added)


def _characters_changed(old: str, new: str) -> tuple[int, int]:
    """How many characters went and came; of very long texts what lies between equal ends."""
    start, end = unchanged_ends(old, new)
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if len(old) * len(new) > MOST_COMPARED:
        return length(old), length(new)
    removed = added = 0
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            removed += length(old[a:b])
            added += length(new[c:d])
    return removed, added


def _details(before: Report, after: Report) -> Iterator[DetailChange]:
    old, new = _described(before), _described(after)
    for name, told in new.items():
        if old[name] != told:
            yield DetailChange(name, old[name] or BLANK, told or BLANK)
    last = [f"{one.previous.year} 年度" if one.previous else "没有" for one in (before, after)]
    if before.previous != after.previous:
        yield DetailChange("上年报告", *last)


def _described(report: Report) -> dict[str, str]:
    return {
        "单位名称": report.organ,
        "单位类型": report.kind.chinese,
        "报告年度": str(report.year),
        "报告格式": report.form.name,
        "标题": report.stated_title,
        "落款日期": report.date.isoformat() if report.date else "",
    }
