"""What the two official forms say, copied from the official texts and not from `resources`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.forms import Cell

VERSIONS = ("2019", "2021")

Place = tuple[int, int, int, int]
"""Row, column, rows covered, columns covered."""
Relation = tuple[frozenset[Cell], frozenset[Cell]]
"""Cells that add up to other cells."""


@dataclass(frozen=True)
class OfficialTable:
    """One table as it is printed."""

    heading: str
    rows: int
    columns: int
    widths: list[int] | None
    labels: dict[Place, str]
    figures: dict[Place, Cell]
    kinds: dict[Cell, str]
    relations: frozenset[Relation]


@dataclass(frozen=True)
class OfficialForm:
    """One official version."""

    source: str
    first_year: int
    last_year: int | None
    headings: list[str]
    tables: dict[str, OfficialTable]

    @property
    def relations(self) -> frozenset[Relation]:
        """Every equation of every table."""
        return frozenset(one for table in self.tables.values() for one in table.relations)


@cache
def official(version: str) -> OfficialForm:
    """Return the facts of a version."""
    data = json.loads(Path(__file__).with_name("forms.json").read_text(encoding="utf-8"))
    form = data["forms"][version]
    tables = {name: _table(name, facts) for name, facts in form["tables"].items()}
    first, last = form["years"]
    return OfficialForm(form["source"], first, last, form["sections"], tables)


def _table(name: str, facts: dict[str, Any]) -> OfficialTable:
    figures = list(_figures(name, facts["figures"]))
    cells = [cell for _, cell, _ in figures]
    rows, columns = facts["grid"]
    return OfficialTable(
        facts["heading"],
        rows,
        columns,
        facts["widths"],
        {(row, column, down, along): text for row, column, down, along, text in facts["labels"]},
        {place: cell for place, cell, _ in figures},
        {cell: kind for _, cell, kind in figures},
        frozenset(one for text in facts["equations"] for one in _relations(text, cells)),
    )


def _figures(name: str, groups: list[dict[str, Any]]) -> Iterator[tuple[Place, Cell, str]]:
    for group in groups:
        for row, down in group["rows"].items():
            for column, (across, span, kind) in group["columns"].items():
                yield (down, across, 1, span), Cell(name, row, column), kind


def _relations(text: str, cells: list[Cell]) -> Iterator[Relation]:
    """Read 「received.* + carried_in.* = …」 once for each row or column the star stands for."""
    left, right = (
        [tuple(one.strip().split(".")) for one in side.split("+")] for side in text.split("=")
    )
    along_rows = left[0][0] == "*"
    for line in dict.fromkeys(cell.row if along_rows else cell.column for cell in cells):
        yield _cells(cells[0].table, left, line), _cells(cells[0].table, right, line)


def _cells(table: str, named: list[tuple[str, ...]], line: str) -> frozenset[Cell]:
    return frozenset(Cell(table, *(line if one == "*" else one for one in name)) for name in named)
