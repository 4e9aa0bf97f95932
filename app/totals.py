"""What figures add up to, and whether all parts are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context
from typing import NamedTuple

from app.forms import Cell, Equation, Form
from app.numbers import Figure, Number, Unreadable

EXACT = Context(prec=50)
"""Holds any sum of amounts whole: 15 digits before the point, 15 behind it, and many of them."""


class Amount(NamedTuple):
    """A sum of what is there; `missing` parts are blank or unreadable."""

    number: Number
    missing: int

    @property
    def complete(self) -> bool:
        """Tell whether every part was a number."""
        return not self.missing


def add(figures: Iterable[Figure | None]) -> Amount:
    """Add up exactly; what is blank or unreadable counts as missing, never as 0."""
    number: Number = 0
    missing = 0
    for figure in figures:
        if type(figure) is int and type(number) is int:  # nearly all there is: asked first
            number += figure
        elif figure is None or isinstance(figure, Unreadable):
            missing += 1
        else:
            number = EXACT.add(number, figure)
    return Amount(number, missing)


@dataclass(frozen=True)
class Figures:
    """All figures of a report at one moment: typed, stated on paper, and computed."""

    form: Form
    cells: Mapping[Cell, Figure]
    computed: Mapping[Cell, Amount]
    """For each total what its typed parts add up to."""

    def shown(self, cell: Cell) -> Figure | None:
        """What stands in a cell: what is typed or stated, else the computed total once complete."""
        figure = self.cells.get(cell)
        if figure is None and (amount := self.computed.get(cell)) and amount.complete:
            return amount.number
        return figure

    def number(self, cell: Cell) -> Number | None:
        """The number that stands in a cell; None where it is blank, unreadable or incomplete."""
        figure = self.shown(cell)
        return None if isinstance(figure, Unreadable) else figure

    def add(self, cells: Iterable[Cell]) -> Amount:
        """Add up what stands in these cells."""
        return add(map(self.shown, cells))

    def add_typed(self, cells: Iterable[Cell]) -> Amount:
        """Add up these cells by what is typed; totals stated on paper are not believed."""
        amounts = [self.computed.get(cell) or add([self.cells.get(cell)]) for cell in cells]
        return Amount(
            add(one.number for one in amounts).number, sum(one.missing for one in amounts)
        )

    def stated(self, cell: Cell) -> Figure | None:
        """The total that is stated in a cell rather than computed; None for typed cells."""
        return self.cells.get(cell) if cell in self.computed else None

    def holds(self, equation: Equation) -> bool | None:
        """Tell whether an equation holds; None while a figure in it is missing.

        Stated totals are taken at their word: a paper is judged by what is printed on it. A total
        that is not stated is computed, so its sum holds as soon as it is complete.
        """
        if equation.balance is None and equation.right[0] not in self.cells:
            return self.computed[equation.right[0]].complete or None
        left, right = self.add(equation.left), self.add(equation.right)
        if left.missing or right.missing:
            return None
        return left.number == right.number


def compute(form: Form, cells: Mapping[Cell, Figure]) -> Figures:
    """Compute every total of a form from its typed cells."""
    computed = {
        cell: add(map(cells.get, one.leaves)) for cell, one in form.fields.items() if one.derived
    }
    return Figures(form, cells, computed)
