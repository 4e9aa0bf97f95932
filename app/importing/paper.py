"""What stands in a file, whatever its format: lines of text and tables, from top to bottom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from app.files import FileError
from app.layout import Box

MOST_BOXES = 200_000
"""Boxes of all tables together; no report has a hundredth of that."""
MOST_ROWS, MOST_COLUMNS = 20_000, 500
TOO_LARGE = "表格太大，不像是一份年度报告，没有打开。"


class Role(Enum):
    """What a file says of a line beyond its words."""

    PLAIN = "plain"
    TITLE = "title"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph."""

    text: str
    role: Role = Role.PLAIN


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table: boxes of text at their places.

    A `ragged` one does not tell which columns its boxes cover, only how they follow each other.
    """

    boxes: tuple[Box, ...]
    ragged: bool = False

    @property
    def even(self) -> bool:
        """Tell whether its rows are equally long, so that boxes below each other are a column."""
        ends = Counter(box.row for box in self.boxes)
        return len(set(ends.values())) == 1

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return max((box.row + box.rows for box in self.boxes), default=0)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return max((box.column + box.columns for box in self.boxes), default=0)


Piece: TypeAlias = Line | Lattice


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole file as read."""

    pieces: tuple[Piece, ...]
    notices: tuple[str, ...] = ()
    """What the reader of the format has to tell the clerk, in Chinese."""


class Boxes:
    """Counts the boxes of a file as they are read, and refuses what no report has."""

    def __init__(self) -> None:
        self._count = 0

    def one_more(self, row: int, column: int) -> None:
        """Take note of a box that ends at this row and column, from 0. Raises FileError."""
        self._count += 1
        if self._count > MOST_BOXES or row >= MOST_ROWS or column >= MOST_COLUMNS:
            raise FileError(TOO_LARGE)


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Put a table that was split over pages together again, empty lines between left out.

    Only what follows directly and has as many columns can be its continuation.
    """
    whole: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Line) and not piece.text.strip():
            continue
        last = whole[-1] if whole else None
        if (
            isinstance(piece, Lattice)
            and isinstance(last, Lattice)
            and (last.columns, last.ragged) == (piece.columns, piece.ragged)
        ):
            whole[-1] = _below(last, piece)
        else:
            whole.append(piece)
    return tuple(whole)


def from_rows(rows: Sequence[Sequence[str]]) -> Lattice:
    """A ragged table of plain rows."""
    return Lattice(
        tuple(
            Box(row, column, 1, 1, text)
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        ),
        ragged=True,
    )


def _below(upper: Lattice, lower: Lattice) -> Lattice:
    top = upper.rows
    moved = (replace(box, row=box.row + top) for box in lower.boxes)
    return replace(upper, boxes=(*upper.boxes, *moved))
