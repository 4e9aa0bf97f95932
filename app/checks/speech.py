"""How texts speak of the figures of a table: `resources/speech.toml`, resolved for one form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.forms import Form, Line
from app.paths import resources

Sums = tuple[tuple[str, ...], ...]
"""Ways to reckon what a phrase means: each is a group of lines, by id, that add up."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to speak of rows or columns."""

    sums: Sums
    rank: int
    """Gives way to a wording of a lower rank in the same clause."""


@dataclass(frozen=True, slots=True)
class Match:
    """A wording found in a clause."""

    start: int
    end: int
    wording: Wording


@dataclass(frozen=True)
class Axis:
    """All ways to speak of the rows, or of the columns, of a table."""

    pattern: re.Pattern[str]
    wordings: tuple[Wording, ...]

    def find(self, clause: str) -> list[Match]:
        """Every wording in a clause, in order."""
        return [
            Match(found.start(), found.end(), self.wordings[int((found.lastgroup or "_0")[1:])])
            for found in self.pattern.finditer(clause)
        ]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """How texts speak of one table."""

    table: str
    about: re.Pattern[str]
    """Shows that a sentence is about this table."""
    beside: re.Pattern[str]
    """Shows that a clause counts something else."""
    elsewhere: re.Pattern[str] | None
    """Shows that a whole sentence does."""
    rows: Axis
    columns: Axis
    whole: Sums
    """The columns meant where none is named; empty where one must be named."""
    denied: re.Pattern[str]
    """What stands behind 没有 or 未 where the text says that there was none."""
    denied_rows: Sums
    """The rows meant by that where none is named."""
    finished: re.Pattern[str] | None
    """Says that nothing was left open."""
    unfinished_rows: Sums
    """The rows that are 0 then."""


@cache
def vocabularies(form: Form) -> Mapping[str, Vocabulary]:
    """The vocabulary of each table of a form that texts speak of."""
    path = resources() / "speech.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    known = {table: one for table, one in data.items() if table in form.tables}
    return {table: _vocabulary(form, table, one) for table, one in known.items()}


def _vocabulary(form: Form, table: str, data: Mapping[str, Any]) -> Vocabulary:
    blocks = form.tables[table].blocks
    rows = [row for block in blocks for row in block.rows]
    columns = list({column.id: column for block in blocks for column in block.columns}.values())
    return Vocabulary(
        table,
        re.compile(data["about"]),
        re.compile(data["beside"]),
        re.compile(data["elsewhere"]) if "elsewhere" in data else None,
        _axis(rows, data["rows"]),
        _axis(columns, data["columns"]),
        _sums(columns, [[data["whole"]]]) if data["whole"] else (),
        re.compile(data["denied"]),
        _sums(rows, [data["denied_rows"]]) if "denied_rows" in data else (),
        re.compile(data["finished"]) if "finished" in data else None,
        _sums(rows, [data["unfinished_rows"]]) if "unfinished_rows" in data else (),
    )


def _axis(lines: Sequence[Line], data: Sequence[Mapping[str, Any]]) -> Axis:
    known = [(one["said"], _wording(lines, one)) for one in data]
    known = [(said, wording) for said, wording in known if wording.sums]
    pattern = "|".join(f"(?P<_{index}>{said})" for index, (said, _) in enumerate(known))
    wordings = tuple(wording for _, wording in known)
    return Axis(re.compile(pattern), wordings)


def _wording(lines: Sequence[Line], data: Mapping[str, Any]) -> Wording:
    return Wording(_sums(lines, data["means"]), data.get("rank", 0))


def _sums(lines: Sequence[Line], means: Sequence[Sequence[str]]) -> Sums:
    """Resolve headings to line ids; a reckoning that the form has no heading for is left out."""
    groups = [[_named(lines, heading) for heading in one] for one in means]
    return tuple(tuple(sum(group, ())) for group in groups if all(group))


def _named(lines: Sequence[Line], heading: str) -> tuple[str, ...]:
    """The lines under the headings that hold these words, the ones that add up others apart."""
    found = [line for line in lines if any(heading in one for one in line.label)]
    written = [line for line in found if not line.sum]
    return tuple(line.id for line in (written or found))
