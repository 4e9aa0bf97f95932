"""Columns told by where their edges lie, for files whose tables are drawn rather than counted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Edges:
    """Positions that lie closer together than a tolerance are one edge."""

    def __init__(self, positions: Iterable[float], tolerance: float) -> None:
        self._bounds: list[float] = []
        """Where one edge ends and the next begins: halfway between neighbours."""
        last: float | None = None
        for position in sorted(set(positions)):
            if last is not None and position - last > tolerance:
                self._bounds.append((last + position) / 2)
            last = position

    def __len__(self) -> int:
        """How many edges there are, where there is any position."""
        return len(self._bounds) + 1

    def at(self, position: float) -> int:
        """The number of the edge at a position, from 0."""
        return bisect_left(self._bounds, position)
