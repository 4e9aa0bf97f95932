"""Where a copied block belongs in a table: by the official labels in it, if it brings any.

A clerk who copies rows with their names, or a whole table with its headings, means those rows and
columns, wherever the cursor stands.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.clipboard import Block
from app.layout import Box, Grid
from app.numbers import InputError

FEWEST_HEADINGS = 2
"""Column headings that must be known before they count; one alone may be a word in a cell."""
UNCLEAR = "看不出复制的各列对应表里的哪一列，没有粘贴。请连表头一起复制，或者只复制数字。"

Labels = Mapping[str, tuple[Box, ...]]
"""The labels of one sort by their words; several boxes may say the same."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The row and the column of the grid for each of a block; None where there is none."""

    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    named: bool = False
    """Told by labels, rather than by where the cursor stands."""


def align(block: Block, grid: Grid) -> Alignment | None:
    """Find where a block belongs by its labels; None where it brings none.

    Raises InputError where it brings some, but which columns are meant cannot be told.
    """
    names = _labels(box for box in grid.boxes if box.text and box.column < grid.stub_columns)
    heads = _labels(box for box in grid.boxes if box.text and box.column >= grid.stub_columns)
    naming = [column for _, column, _ in _found(block, names)]
    heading = [(column, box) for _, column, boxes in _found(block, heads) for box in boxes]
    known_heads = sum(1 for _ in _found(block, heads))
    alone = len(block) == 1 and len(block[0]) == 1
    if alone or not (naming or known_heads >= FEWEST_HEADINGS):
        return None
    width = max(map(len, block))
    offset = _offset(grid, width, naming, heading)
    columns = tuple(
        at - offset if grid.stub_columns <= at - offset < grid.columns else None
        for at in range(width)
    )
    return Alignment(tuple(_rows(block, names, heads, offset + grid.stub_columns)), columns, True)


class Known:
    """All labels of a table, to tell a label from other words, however it is spaced."""

    def __init__(self, grid: Grid) -> None:
        self._words = frozenset(_words(box.text) for box in grid.boxes if box.text)

    def __contains__(self, text: str) -> bool:
        return _words(text) in self._words


def _labels(boxes: Iterator[Box]) -> Labels:
    labels: dict[str, tuple[Box, ...]] = {}
    for box in boxes:
        key = _words(box.text)
        labels[key] = (*labels.get(key, ()), box)
    return labels


def _words(text: str) -> str:
    """A label without its spaces and line ends, full-width signs as plain ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _found(block: Block, labels: Labels) -> Iterator[tuple[int, int, tuple[Box, ...]]]:
    """Where in a block labels of a sort stand: row, column, and the boxes that say the same."""
    for row, texts in enumerate(block):
        for column, text in enumerate(texts):
            if text and (boxes := labels.get(_words(text))):
                yield row, column, boxes


def _offset(grid: Grid, width: int, naming: list[int], heading: list[tuple[int, Box]]) -> int:
    """How many columns further right in the block a column stands than in the grid."""
    votes = Counter(column - box.column for column, box in heading).most_common(2)
    if len(votes) == 1 or (votes and votes[0][1] > votes[1][1]):
        return votes[0][0]
    # Without headings the block must reach to the last column, or nobody could tell.
    labels = width - (grid.columns - grid.stub_columns)
    if not naming or labels <= max(naming):
        raise InputError(UNCLEAR)
    return labels - grid.stub_columns


def _rows(block: Block, names: Labels, heads: Labels, labels: int) -> Iterator[int | None]:
    """The row of the grid for each row of a block: by its names, else the one that follows.

    A row whose name is none of the table's has no place.
    """
    expected: int | None = None
    for texts in block:
        said = [text for text in texts if text and text.strip()]
        named = [text for text in texts[:labels] if text and text.strip()]
        row = _most_named(said, names, expected)
        if row is None:
            row = _most_named(said, heads, expected)
        if row is None and not named:
            row = expected
        yield row
        expected = row + 1 if row is not None else None


def _most_named(texts: list[str], labels: Labels, expected: int | None) -> int | None:
    """The row that most of the texts name; of several the expected one, else the last."""
    votes = Counter(
        row
        for text in texts
        for row in {
            row
            for box in labels.get(_words(text), ())
            for row in range(box.row, box.row + box.rows)
        }
    )
    most = max(votes.values(), default=0)
    best = [row for row, count in votes.items() if count == most]
    if not best:
        return None
    return expected if expected in best else max(best)
