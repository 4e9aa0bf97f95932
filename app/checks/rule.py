"""What a rule reads and how it makes itself known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto
from functools import cached_property

from app.checks.finding import Fault, Passage
from app.forms import Cell, Form
from app.narrative import fill_in
from app.numbers import show
from app.prose import Prose, read_prose
from app.report import Report
from app.settings import Settings
from app.totals import Figures, compute


@dataclass(frozen=True, eq=False)
class Subject:
    """A report with its totals computed, last year's beside it, and its texts as they read."""

    report: Report
    figures: Figures
    settings: Settings = field(default_factory=Settings)

    @property
    def form(self) -> Form:
        """The form of the report."""
        return self.report.form

    @property
    def previous(self) -> Report | None:
        """Last year's report of the same organ, None where none was given."""
        return self.report.previous

    @cached_property
    def previous_figures(self) -> Figures | None:
        """Last year's figures with every total computed."""
        return compute(self.previous.form, self.previous.cells) if self.previous else None

    @cached_property
    def prose(self) -> Mapping[str, Prose]:
        """The written parts by id, in the order of the form; empty ones are left out."""
        parts = ((part.id, self.report.text(part.id)) for part in self.form.text_sections)
        return {part: read_prose(part, text, self.figures) for part, text in parts if text.strip()}

    def passage(self, prose: Prose, start: int, end: int) -> Passage:
        """The characters the clerk wrote that a piece of the plain text stands for.

        They are quoted as the clerk sees them: a live number as its figure.
        """
        place = prose.in_raw(start, end)
        quote = fill_in(prose.raw[place.start : place.end], self.figures)
        return Passage(prose.part, *place, quote)

    def sum_in_words(self, cells: tuple[Cell, ...], names: Callable[[Cell], str]) -> str:
        """Write an addition as a clerk would, parts that are 0 left out: 「自然人 3 + 其他 1」."""
        numbers = [(names(cell), self.figures.number(cell)) for cell in cells]
        parts = [f"{name} {show(number)}" for name, number in numbers if number]
        return " + ".join(parts) or "各项均为 0"


class Reads(Flag):
    """What a rule looks at, so that it runs again only when that has changed."""

    FIGURES = auto()
    TEXTS = auto()
    BOTH = FIGURES | TEXTS


Rule = Callable[[Subject], Iterator[Fault]]
RULES: dict[str, Rule] = {}
"""The rules imported so far by their function's name, which is their key in the catalogue."""
READS: dict[str, Reads] = {}


def rule(reads: Reads) -> Callable[[Rule], Rule]:
    """Register a rule that looks at `reads`; year, organ and form are open to every rule."""

    def register(function: Rule) -> Rule:
        RULES[function.__name__] = function
        READS[function.__name__] = reads
        return function

    return register
