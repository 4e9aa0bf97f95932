"""What a rule reads and how it makes itself known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.checks.finding import Fault
from app.forms import Cell, Form
from app.numbers import show
from app.report import Report
from app.totals import Figures


@dataclass(frozen=True, slots=True)
class Subject:
    """A report with its totals computed."""

    report: Report
    figures: Figures

    @property
    def form(self) -> Form:
        """The form of the report."""
        return self.report.form

    def sum_in_words(self, cells: tuple[Cell, ...], names: Callable[[Cell], str]) -> str:
        """Write an addition as a clerk would, parts that are 0 left out: 「自然人 3 + 其他 1」."""
        numbers = [(names(cell), self.figures.number(cell)) for cell in cells]
        parts = [f"{name} {show(number)}" for name, number in numbers if number]
        return " + ".join(parts) or "各项均为 0"


Rule = Callable[[Subject], Iterator[Fault]]
RULES: dict[str, Rule] = {}


def rule(function: Rule) -> Rule:
    """Register a rule under its function's name, which is its key in the catalogue."""
    RULES[function.__name__] = function
    return function
