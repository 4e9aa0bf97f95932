"""Which figure of a read table belongs in which cell of the form: told by labels, never guessed.

A place counts only where the row and the column it stands in are both named. What is named twice
with different figures, or lies under several headings, stays unread, and it is said why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from app.forms import Block, Cell, Column, Row, Table
from app.importing.labels import Vocabulary, bare
from app.importing.paper import Lattice
from app.layout import Box

T = TypeVar("T")

UNDER_SEVERAL = "一个数占了几列"
SEVERAL_IN_ONE = "一格里有几个数"
TWICE = "出现了两次，数字不同"
SEVERAL_ROWS = "表头下面有几行数"
ROW_UNCLEAR = "行标题看不准"
ORDER_UNCLEAR = "列数与表头对不上"
IS_LABEL = "这里写的是标题"


@dataclass
class Placed:
    """What was found of one table, cell by cell."""

    texts: dict[Cell, str] = field(default_factory=dict)
    """What stands in a cell, '' where nothing does."""
    unsure: dict[Cell, str] = field(default_factory=dict)
    """Cells whose figure is there somewhere but cannot be told for sure, and why."""

    def put(self, cell: Cell, text: str) -> None:
        """Note what stands in a cell; a second figure that differs makes it unsure."""
        known = self.texts.get(cell, "")
        if known and text and known != text:
            self.doubt(cell, TWICE)
        elif cell not in self.unsure:
            self.texts[cell] = known or text

    def doubt(self, cell: Cell, why: str) -> None:
        """Note that it cannot be told for sure what stands in a cell."""
        self.texts.pop(cell, None)
        self.unsure[cell] = why

    def merge(self, other: Placed) -> None:
        """Take over what another part of the file says of the same table."""
        for cell, text in other.texts.items():
            self.put(cell, text)
        for cell, why in other.unsure.items():
            self.doubt(cell, why)


def place(lattice: Lattice, table: Table) -> Placed:
    """Find the cells of a table of the form in a table that was read."""
    reading = _Across if table.across else _Down
    if lattice.ragged and lattice.even:
        found = reading(replace(lattice, ragged=False), table).placed()
        if found.texts:
            return found
    return reading(lattice, table).placed()


class _Place(NamedTuple):
    """A row of the form, and which block it is in."""

    block: int
    row: Row


class _Lines(Generic[T]):
    """The rows or the columns of a table, found by their path of labels."""

    def __init__(self, paths: Iterable[tuple[tuple[str, ...], T]]) -> None:
        self.paths: Mapping[T, tuple[str, ...]] = {thing: path for path, thing in paths}
        self.depth = max(map(len, self.paths.values()))
        groups = {label for path in self.paths.values() for label in path[:-1]}
        self.groups = Vocabulary((label, bare(label)) for label in groups)
        leaves = [(path[-1], thing) for thing, path in self.paths.items()]
        # With the groups among them none of these is taken for a leaf that sounds like it.
        self._labels = Vocabulary[T | None]([*((label, None) for label in groups), *leaves])

    def named(self, text: str) -> tuple[T, ...]:
        """All lines whose last label a text says."""
        return tuple(thing for thing in self._labels.find(text) if thing is not None)

    def choose(self, text: str, above: Iterable[str]) -> T | None:
        """The one line that a label names below other labels; None where that is not sure."""
        said = {label for one in above for label in self.groups.find(one)}
        fitting = {
            thing: groups
            for thing in self.named(text)
            if said <= (groups := set(map(bare, self.paths[thing][:-1])))
        }
        whole = [thing for thing, groups in fitting.items() if groups <= said]
        chosen = whole or list(fitting)
        return chosen[0] if len(chosen) == 1 else None


class _Reading:
    """A read table with its boxes at hand by row."""

    def __init__(self, lattice: Lattice, table: Table) -> None:
        self.table = table
        self.lattice = lattice
        self.result = Placed()

    @cached_property
    def by_row(self) -> list[list[Box]]:
        """The boxes that cover each row, from left to right."""
        rows: list[list[Box]] = [[] for _ in range(self.lattice.rows)]
        for box in self.lattice.boxes:
            for row in range(box.row, box.row + box.rows):
                rows[row].append(box)
        return [sorted(boxes, key=lambda box: box.column) for boxes in rows]

    def above(self, box: Box, top: int) -> Iterator[str]:
        """The texts above a box, from a row on."""
        for row in range(top, box.row):
            yield from (one.text for one in self.by_row[row] if overlap(one, box))

    def put_all(self, cells: Mapping[Cell, Box], figures: Iterable[Box]) -> None:
        """Give each heading the figure below it."""
        below: dict[Cell, list[Box]] = {}
        for figure in figures:
            over = [cell for cell, heading in cells.items() if overlap(heading, figure)]
            for cell in over:
                if len(over) > 1 and figure.text:
                    self.result.doubt(cell, UNDER_SEVERAL)
                below.setdefault(cell, []).append(figure)
        for cell, boxes in below.items():
            if cell not in self.result.unsure:
                self._put(cell, [box.text for box in boxes])

    def _put(self, cell: Cell, texts: Sequence[str]) -> None:
        said = [text for text in texts if text]
        if len(said) > 1:
            self.result.doubt(cell, SEVERAL_IN_ONE)
        elif said and self.is_label(said[0]):
            self.result.doubt(cell, IS_LABEL)
        else:
            self.result.put(cell, said[0] if said else "")

    def is_label(self, text: str) -> bool:
        """Tell whether a text is one of the labels of the table."""
        raise NotImplementedError


class _Down(_Reading):
    """A table whose rows have names at the left and whose columns have headings above."""

    def __init__(self, lattice: Lattice, table: Table) -> None:
        super().__init__(lattice, table)
        rows = [
            (row.label, _Place(number, row))
            for number, block in enumerate(table.blocks)
            for row in block.rows
        ]
        self._rows = _Lines(rows)
        self._columns = [
            _Lines((column.label, column) for column in block.columns) for block in table.blocks
        ]
        self._found: dict[int, tuple[Box, _Place]] = {}

    def is_label(self, text: str) -> bool:
        return bool(self._rows.named(text)) or any(one.named(text) for one in self._columns)

    def placed(self) -> Placed:
        for row, boxes in enumerate(self.by_row):
            if not self._heads(boxes) and (found := self._row(boxes)):
                self._found[row] = found
        for box, found_place in dict.fromkeys(self._found.values()):
            self._place_row(box, *found_place)
        return self.result

    def _heads(self, boxes: Sequence[Box]) -> bool:
        """Two columns named in a row make it a heading, whatever else it says."""
        return any(
            len({thing for box in boxes for thing in lines.named(box.text)}) > 1
            and sum(bool(lines.named(box.text)) for box in boxes) > 1
            for lines in self._columns
        )

    def _row(self, boxes: Sequence[Box]) -> tuple[Box, _Place] | None:
        """The row that is named farthest right, with no more before it than a path is long."""
        for at in range(len(boxes) - 1, -1, -1):
            before = [box.text for box in boxes[:at] if box.text]
            if len(before) <= self._rows.depth and self._rows.named(boxes[at].text):
                chosen = self._rows.choose(boxes[at].text, before)
                return (boxes[at], chosen) if chosen else None
        return None

    def _place_row(self, name: Box, number: int, row: Row) -> None:
        block = self.table.blocks[number]
        right = name.column + name.columns
        within = range(name.row, name.row + name.rows)
        figures = list(
            dict.fromkeys(box for at in within for box in self.by_row[at] if box.column >= right)
        )
        headings = self._headings(name.row, number)
        if self.lattice.ragged:
            self._place_in_order(row, block, headings, figures)
            return
        cells = {Cell(self.table.id, row.id, one.id): box for one, box in headings.items()}
        first = min((box.column for box in headings.values()), default=right)
        if any(box.text and box.column + box.columns <= first for box in figures):
            for cell in cells:
                self.result.doubt(cell, ROW_UNCLEAR)
            return
        self.put_all(cells, figures)

    def _place_in_order(
        self, row: Row, block: Block, headings: Mapping[Column, Box], figures: Sequence[Box]
    ) -> None:
        """Figures that only follow each other belong to the columns where these do the same."""
        cells = [Cell(self.table.id, row.id, column.id) for column in block.columns]
        if set(headings) != set(block.columns) or not _in_order(block.columns, headings):
            return
        texts = fitted([box.text for box in figures], len(cells))
        tops = {box.row for box in headings.values()}
        if (
            len(tops) == 1
            and figures
            and len(self.by_row[figures[0].row]) != len(self.by_row[tops.pop()])
        ):
            texts = None  # a row of another length than its only row of headings
        for cell, text in zip(cells, texts or [""] * len(cells), strict=True):
            if texts is None:
                self.result.doubt(cell, ORDER_UNCLEAR)
            else:
                self._put(cell, [text])

    def _headings(self, row: int, number: int) -> dict[Column, Box]:
        """The nearest headings above a row that name columns of its block."""
        lines, found = self._columns[number], dict[Column, Box]()
        top = self._top(row)
        for at in top:
            for box in self.by_row[at]:
                if box.row != at or not lines.named(box.text):
                    continue
                above = () if self.lattice.ragged else self.above(box, top.start)
                chosen = lines.choose(box.text, above)
                if chosen:
                    found.setdefault(chosen, box)
        return found

    def _top(self, row: int) -> range:
        """The nearest rows above a row that head columns, whosever these are."""
        below = row
        while below and below - 1 in self._found:
            below -= 1
        above = below
        while above and above - 1 not in self._found:
            above -= 1
        texts = [box.text for at in range(above, below) for box in self.by_row[at]]
        if not above or any(lines.named(text) for lines in self._columns for text in texts):
            return range(above, below)
        return self._top(above)  # rows of figures that nobody knows


class _Across(_Reading):
    """A table whose figures stand side by side, each below its path of headings."""

    def __init__(self, lattice: Lattice, table: Table) -> None:
        super().__init__(lattice, table)
        self._lines = _Lines(
            ((*row.label, *column.label), Cell(table.id, row.id, column.id))
            for block in table.blocks
            for row in block.rows
            for column in block.columns
        )

    def is_label(self, text: str) -> bool:
        return bool(self._lines.named(text) or self._lines.groups.find(text))

    def placed(self) -> Placed:
        heads = [box for box in self.lattice.boxes if self._lines.named(box.text)]
        if not any(self._lines.groups.find(box.text) for box in self.lattice.boxes):
            return self.result
        if self.lattice.ragged:
            self._place_in_order(heads)
            return self.result
        cells: dict[Cell, Box] = {}
        for box in heads:
            chosen = self._lines.choose(box.text, self.above(box, 0))
            if chosen:
                cells[chosen] = box
        below = max((box.row + box.rows for box in cells.values()), default=0)
        figures = list(self._figures(cells, below))
        if len({box.row for box in figures if box.text}) > 1:
            for cell in cells:
                self.result.doubt(cell, SEVERAL_ROWS)
        else:
            self.put_all(cells, figures)
        return self.result

    def _figures(self, cells: Mapping[Cell, Box], row: int) -> Iterator[Box]:
        """The figures below the headings, down to where something else begins."""
        for at in range(row, self.lattice.rows):
            boxes = self.by_row[at]
            others = [
                box
                for box in boxes
                if box.text
                and (
                    self.is_label(box.text) or sum(overlap(one, box) for one in cells.values()) > 1
                )
            ]
            if others:
                return
            yield from (box for box in boxes if box.row == at)

    def _place_in_order(self, heads: Sequence[Box]) -> None:
        heads = sorted(heads, key=lambda box: (box.row, box.column))
        wanted = [bare(path[-1]) for path in self._lines.paths.values()]
        cells = list(self._lines.paths)
        groups = {bare(label) for path in self._lines.paths.values() for label in path[:-1]}
        said = {label for box in self.lattice.boxes for label in self._lines.groups.find(box.text)}
        if [bare(box.text) for box in heads] != wanted or groups != said:
            return
        below = range(heads[-1].row + 1, self.lattice.rows)
        found = [fitted([box.text for box in self.by_row[row]], len(cells)) for row in below]
        filled = [texts for texts in found if texts is not None and any(texts)]
        for cell, text in zip(cells, filled[0] if filled else [], strict=False):
            if len(filled) > 1:
                self.result.doubt(cell, SEVERAL_ROWS)
            else:
                self._put(cell, [text])


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share a column."""
    return one.column < other.column + other.columns and other.column < one.column + one.columns


def fitted(texts: Sequence[str], wanted: int) -> Sequence[str] | None:
    """As many texts as are wanted; None where that is not sure.

    Blank ones before them are of merged names, if there is none among the figures.
    """
    extra = len(texts) - wanted
    if extra == 0:
        return texts
    sure = extra > 0 and not any(texts[:extra]) and all(texts[extra:])
    return texts[extra:] if sure else None


def _in_order(columns: Sequence[Column], headings: Mapping[Column, Box]) -> bool:
    """Tell whether headings in the same row follow each other as the columns of the form do."""
    at: dict[int, int] = {}
    for column in columns:
        box = headings[column]
        if box.column <= at.get(box.row, -1):
            return False
        at[box.row] = box.column
    return True
