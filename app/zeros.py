"""Writing 0 honestly: only where nothing stands, only when it is asked for, and said how often."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from app.forms import Cell, Form
from app.paths import resources
from app.report import Report


def blanks(report: Report, *tables: str) -> tuple[Cell, ...]:
    """The typed cells of some tables in which nothing stands yet."""
    return tuple(
        one.cell
        for table in tables
        for one in report.form.typed(table)
        if one.cell not in report.cells
    )


@dataclass(frozen=True, slots=True)
class NothingHappened:
    """What it takes to report that in a year nobody applied: zeros, and a sentence to go with."""

    blanks: tuple[Cell, ...]
    """The cells to fill with 0."""
    standing: tuple[Cell, ...]
    """Cells in which something other than 0 stands; while there are any, it is not true."""
    part: str
    """The text the sentence belongs in."""
    sentence: str
    """What may be said in the text; '' where it is said already."""

    @property
    def possible(self) -> bool:
        """Tell whether there is anything left to do."""
        return bool(self.blanks or (self.sentence and not self.standing))


def followed(form: Form, table: str) -> bool:
    """Tell whether a table is the one without whose figures others have none."""
    return any(other.follows == table for other in form.tables.values())


def nothing_happened(report: Report, table: str) -> NothingHappened:
    """What is to be done where a table, and those that follow it, have nothing to tell."""
    form = report.form
    tables = [table, *(other.id for other in form.tables.values() if other.follows == table)]
    cells = [one.cell for name in tables for one in form.typed(name)]
    part = next(one for one in form.text_sections if one.topics).id
    sentence = _sentence().format(year=report.year)
    return NothingHappened(
        blanks=blanks(report, *tables),
        standing=tuple(cell for cell in cells if report.cells.get(cell, 0) != 0),
        part=part,
        sentence="" if sentence in report.text(part) else sentence,
    )


@cache
def _sentence() -> str:
    path = resources() / "wording.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return str(data["entry"]["nothing_happened"])
