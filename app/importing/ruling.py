"""Tables that are drawn: from ruled lines to cells, each with the rectangle it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.importing.edges import Edges

NEAR = 3.0
"""Points within which lines meet, or are one line."""


class Rule(NamedTuple):
    """A straight line along an axis, as the rectangle from its lower left to its upper right."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def upright(self) -> bool:
        """Tell whether it parts columns."""
        return self.top - self.bottom > self.right - self.left

    def touches(self, other: Rule) -> bool:
        """Tell whether two lines meet."""
        across = self.left - NEAR <= other.right and other.left - NEAR <= self.right
        return across and self.bottom - NEAR <= other.top and other.bottom - NEAR <= self.top


def drawn_tables(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The cells of each table that lines make, as rectangles; rows from the top down."""
    for group in _groups(rules):
        upright = [rule for rule in group if rule.upright]
        level = [rule for rule in group if not rule.upright]
        if len(upright) > 1 and len(level) > 1:
            yield list(_cells(group, upright, level))


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines that meet, directly or by way of others."""
    groups: list[list[Rule]] = []
    for rule in rules:
        met = [group for group in groups if any(rule.touches(one) for one in group)]
        apart = [group for group in groups if group not in met]
        groups = [*apart, [rule, *(one for group in met for one in group)]]
    return groups


def _cells(group: Sequence[Rule], upright: Sequence[Rule], level: Sequence[Rule]) -> Iterator[Rule]:
    # A table that goes on over the page may have no line at that end: how far it reaches counts.
    ends = (min(one.left for one in group), max(one.right for one in group))
    heights = (min(one.bottom for one in group), max(one.top for one in group))
    columns = _positions([*(_middle(one)[0] for one in upright), *ends])
    rows = _positions([*(_middle(one)[1] for one in level), *heights])[::-1]
    walls = _Walls(columns, rows, upright, level)
    taken: set[tuple[int, int]] = set()
    for at in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            if (at, column) in taken:
                continue
            right, below = walls.reach(at, column)
            taken.update((y, x) for y in range(at, below) for x in range(column, right))
            yield Rule(columns[column], rows[below], columns[right], rows[at])


class _Walls:
    """Where lines part neighbouring fields of the finest grid."""

    def __init__(
        self,
        columns: Sequence[float],
        rows: Sequence[float],
        upright: Sequence[Rule],
        level: Sequence[Rule],
    ) -> None:
        self._size = (len(rows) - 1, len(columns) - 1)
        self._right = {
            (at, column)
            for at in range(self._size[0])
            for column in range(self._size[1])
            if _covered(upright, columns[column + 1], (rows[at] + rows[at + 1]) / 2)
        }
        self._below = {
            (at, column)
            for at in range(self._size[0])
            for column in range(self._size[1])
            if _covered(level, (columns[column] + columns[column + 1]) / 2, rows[at + 1])
        }

    def reach(self, row: int, column: int) -> tuple[int, int]:
        """How far right and down a cell reaches that begins in a field."""
        right = column + 1
        while right < self._size[1] and (row, right - 1) not in self._right:
            right += 1
        below = row + 1
        while below < self._size[0] and self._open(below - 1, column, right):
            below += 1
        return right, below

    def _open(self, row: int, left: int, right: int) -> bool:
        """Tell whether fields side by side go on below, and nothing parts them there."""
        down = all((row, column) not in self._below for column in range(left, right))
        return down and all(
            (row + 1, column) not in self._right for column in range(left, right - 1)
        )


def _covered(rules: Iterable[Rule], x: float, y: float) -> bool:
    return any(
        one.left - NEAR <= x <= one.right + NEAR and one.bottom - NEAR <= y <= one.top + NEAR
        for one in rules
    )


def _positions(values: Iterable[float]) -> list[float]:
    """Where the edges lie, from low to high; those nearly at the same place are one."""
    values = sorted(values)
    edges = Edges(values, NEAR)
    found: dict[int, float] = {}
    for value in values:
        found.setdefault(edges.at(value), value)
    return [found[at] for at in sorted(found)]


def _middle(rule: Rule) -> tuple[float, float]:
    return (rule.left + rule.right) / 2, (rule.bottom + rule.top) / 2
