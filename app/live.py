"""Live numbers: figures of the tables that stand in a text by their address, and how they look.

The clerk sees the figure, the draft holds `{{requests.received.total}}`; `Shown` leads from the
characters of the one to those of the other.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.forms import Cell, Form
from app.narrative import LIVE_NUMBER, fill_in
from app.prose import Span
from app.totals import Figures


class Piece(NamedTuple):
    """A run of a text: ordinary words, or one live number."""

    raw: str
    """As the draft holds it."""
    shown: str
    """As the clerk sees it."""
    cell: Cell | None = None
    """The cell a live number follows; None for ordinary words."""


class Place(NamedTuple):
    """A cell as one looks for it: its words, and the figure that stands there now."""

    cell: Cell
    words: str
    figure: str


def live(cell: Cell) -> str:
    """The live number of a cell as a text holds it."""
    return f"{{{{{cell}}}}}"


def pieces(text: str, figures: Figures) -> tuple[Piece, ...]:
    """Split a text into ordinary words and live numbers, in order; no piece is empty."""
    return tuple(_pieces(text, figures))


def _pieces(text: str, figures: Figures) -> Iterator[Piece]:
    at = 0
    for match in LIVE_NUMBER.finditer(text):
        cell = Cell(*match.groups())
        if cell in figures.form.fields:
            if at < match.start():
                yield Piece(text[at : match.start()], text[at : match.start()])
            yield Piece(match.group(), fill_in(match.group(), figures), cell)
            at = match.end()
    if at < len(text):
        yield Piece(text[at:], text[at:])


@dataclass(frozen=True, eq=False)
class Shown:
    """A text as it is seen, every live number as its figure."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, text: str, figures: Figures) -> Shown:
        """How a text is seen with these figures."""
        return cls(pieces(text, figures))

    @cached_property
    def text(self) -> str:
        """The words and figures the clerk sees."""
        return "".join(one.shown for one in self.pieces)

    @cached_property
    def live_spans(self) -> tuple[Span, ...]:
        """Where live numbers stand in what is seen."""
        return tuple(one.there for one in self._runs if one.live)

    def seen(self, start: int, end: int) -> Span:
        """Where the clerk sees these characters of the draft; a live number is one whole."""
        return _carried(self._runs, start, end)

    def in_raw(self, start: int, end: int) -> Span:
        """Where the draft holds these characters that are seen; a live number is one whole."""
        return _carried(self._runs_back, start, end)

    @cached_property
    def _runs(self) -> tuple[_Run, ...]:
        return tuple(self._run_by_run())

    @cached_property
    def _runs_back(self) -> tuple[_Run, ...]:
        return tuple(_Run(one.there, one.here, one.live) for one in self._runs)

    def _run_by_run(self) -> Iterator[_Run]:
        raw = shown = 0
        for one in self.pieces:
            here, there = Span(raw, raw + len(one.raw)), Span(shown, shown + len(one.shown))
            yield _Run(here, there, one.cell is not None)
            raw, shown = here.end, there.end


class _Run(NamedTuple):
    """The same piece in two texts."""

    here: Span
    there: Span
    live: bool

    def carried(self, place: int, *, ends: bool) -> int:
        """Where a place of `here` lies in the other text; within a live number there is none."""
        if self.live and self.here.start < place < self.here.end:
            return self.there.end if ends else self.there.start
        if place >= self.here.end:
            return self.there.end
        return self.there.start + place - self.here.start


def _carried(runs: tuple[_Run, ...], start: int, end: int) -> Span:
    def run_at(place: int) -> _Run:
        return runs[max(bisect_right(runs, place, key=lambda one: one.here.start) - 1, 0)]

    if not runs:
        return Span(0, 0)
    first = run_at(start).carried(start, ends=False)
    return Span(first, max(first, run_at(end).carried(end, ends=True)))


def places(figures: Figures, words: str = "") -> tuple[Place, ...]:
    """The cells whose words hold all of what is looked for, in the order of the form.

    What is looked for may be in any order and spelling (「总计 新收」, full-width digits).
    """
    wanted = _folded(words).split()
    return tuple(one for one in _all(figures) if _holds(one, wanted, figures.form))


def _all(figures: Figures) -> Iterable[Place]:
    for cell in figures.form.fields:
        yield Place(cell, figures.form.place(cell), fill_in(live(cell), figures))


def _holds(place: Place, wanted: list[str], form: Form) -> bool:
    one = form.fields[place.cell]
    said = _folded(" ".join((place.words, *one.row.label, *one.column.label)))
    return all(word in said for word in wanted)


def _folded(words: str) -> str:
    return unicodedata.normalize("NFKC", words).replace("·", " ").casefold()
