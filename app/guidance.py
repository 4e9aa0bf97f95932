"""What each row, column and part of a form asks for, in our own words: `resources/guidance/`.

None of it is official. Where an article or a meaning is our own finding, the text says so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.forms import Cell, Form, Section
from app.paths import resources
from app.report import Kind

OWN_WORDS = "说明由本程序编写，不是官方的填表说明；与县里口径不一致的，以县里口径为准。"
UNSURE = "没有查到官方的解释，请以县里口径为准。"
REGULATION = "《政府信息公开条例》"
OUR_READING = "（条款是本程序对应的，请以县里口径为准）"


class GuidanceError(Exception):
    """A guidance file of ours has a mistake in it."""


@dataclass(frozen=True, slots=True)
class LineGuide:
    """What is said of one row or one column."""

    counts: str
    beware: str = ""
    article: str = ""
    """Of the regulation; which row it belongs to is our own finding."""
    basis: str = ""
    """A document that is known to say so."""
    unsure: bool = False
    """No official explanation is known."""


UNTOLD = LineGuide("")
"""Of a line of a form that is newer than our guidance."""


@dataclass(frozen=True, slots=True)
class PartGuide:
    """What must be in a part, and what reviewers send back."""

    contains: tuple[str, ...]
    returned: tuple[str, ...]
    title: str = ""
    """Of a step that is no part of the report."""
    with_fee: tuple[str, ...] = ()
    """What more is said where the form wants the fee for processing reported."""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class CellGuide:
    """What is said of one cell."""

    counts: tuple[str, ...]
    beware: tuple[str, ...]
    basis: tuple[str, ...]


def cell_guide(form: Form, cell: Cell) -> CellGuide:
    """What a cell counts, what goes wrong there, and where that stands."""
    lines = [
        line_guide(form, cell.table, "rows", cell.row),
        line_guide(form, cell.table, "columns", cell.column),
    ]
    beware = [one.beware for one in lines if one.beware]
    if any(one.unsure for one in lines):
        beware.append(UNSURE)
    return CellGuide(
        counts=tuple(one.counts for one in lines if one.counts),
        beware=tuple(beware),
        basis=tuple(_basis(form, cell, lines)),
    )


def line_guide(form: Form, table: str, lines: str, name: str) -> LineGuide:
    """What is said of a row (`lines` is rows) or of a column (columns) on this form."""
    guides = line_guides(table)[lines]
    return guides.get(f"{name}@{form.version}") or guides.get(name) or UNTOLD


def part_guide(part: str) -> PartGuide:
    """What is said of a part, or of the first or the last step of the wizard."""
    return part_guides().get(part) or PartGuide((), ())


def asked_of(section: Section, kind: Kind) -> list[str]:
    """What an organ of this kind must speak of in a part, as the form lists it."""
    topics = (*section.topics, *section.accountability, *section.asked)
    return [one.name for one in topics if not one.kinds or kind.value in one.kinds]


@cache
def line_guides(table: str) -> Mapping[str, Mapping[str, LineGuide]]:
    """All that is said of the rows and of the columns of a table, by id."""
    data = _file(table)
    try:
        return {
            lines: {name: LineGuide(**one) for name, one in data.get(lines, {}).items()}
            for lines in ("rows", "columns")
        }
    except (AttributeError, TypeError) as error:
        raise GuidanceError(f"guidance/{table}.toml: {error!r}") from error


@cache
def part_guides() -> Mapping[str, PartGuide]:
    """All that is said of parts and steps, by id."""
    try:
        return {part: PartGuide(**_tuples(one)) for part, one in _file("sections").items()}
    except (AttributeError, TypeError) as error:
        raise GuidanceError(f"guidance/sections.toml: {error!r}") from error


def _basis(form: Form, cell: Cell, lines: list[LineGuide]) -> Iterator[str]:
    banners = [
        block.banner
        for block in form.tables[cell.table].blocks
        if block.banner and any(row.id == cell.row for row in block.rows)
    ]
    yield from (f"{REGULATION}{banner}" for banner in banners)
    for one in lines:
        if one.article:
            yield f"{REGULATION}{one.article}{OUR_READING}"
        if one.basis:
            yield one.basis


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(one) if isinstance(one, list) else one for key, one in data.items()}


def _file(name: str) -> dict[str, Any]:
    path = resources() / "guidance" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
