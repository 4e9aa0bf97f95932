"""Where each heading and figure of a table stands: one grid for the screen and every export.

Equal neighbouring headings merge and a short path of headings stretches, on both axes; only
this module knows positions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby

from app.forms import Block, Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the grid that holds either a heading (`text`) or a figure (`cell`)."""

    row: int
    column: int
    rows: int
    columns: int
    text: str = ""
    cell: Cell | None = None


@dataclass(frozen=True)
class Grid:
    """A table laid out: its boxes cover `rows` × `columns` without gap or overlap."""

    rows: int
    columns: int
    boxes: tuple[Box, ...]
    head_rows: int
    """Rows at the top that head the whole table and are repeated on each page."""
    stub_columns: int
    """Columns at the left that name the rows."""
    bands: tuple[range, ...]
    """The heading rows of each block, banner included; one band where there is one block."""

    @cached_property
    def places(self) -> dict[Cell, Box]:
        """The box of each cell."""
        return {box.cell: box for box in self.boxes if box.cell}


def lay_out(table: Table) -> Grid:
    """Return the official layout of a table."""
    return _across(table) if table.across else _down(table)


def _down(table: Table) -> Grid:
    stub = max(len(row.label) for block in table.blocks for row in block.rows)
    boxes: list[Box] = []
    bands: list[range] = []
    top = 0
    for block in table.blocks:
        head = top + bool(block.banner) + max(len(column.label) for column in block.columns)
        boxes += _block_boxes(block, top, head, stub, len(table.frame))
        bands.append(range(top, head))
        top = head + len(block.rows)
    head_rows = len(bands[0]) if len(bands) == 1 else 0
    boxes += _figure_boxes(table, bands, stub)
    return Grid(top, len(table.frame), tuple(_ordered(boxes)), head_rows, stub, tuple(bands))


def _block_boxes(block: Block, top: int, head: int, stub: int, width: int) -> Iterator[Box]:
    below = top + bool(block.banner)
    if block.banner:
        yield Box(top, 0, 1, width, block.banner)
    yield Box(below, 0, head - below, stub, block.corner)
    lefts = _lefts(block.columns, stub)
    for level, first, levels, lines, text in headings([one.label for one in block.columns]):
        covered = lefts[first + lines] - lefts[first]
        yield Box(below + level, lefts[first], levels, covered, text)
    for level, first, levels, lines, text in headings([row.label for row in block.rows], stub):
        yield Box(head + first, level, lines, levels, text)


def _figure_boxes(table: Table, bands: Sequence[range], stub: int) -> Iterator[Box]:
    for block, band in zip(table.blocks, bands, strict=True):
        lefts = _lefts(block.columns, stub)
        for down, row in enumerate(block.rows):
            for left, column in zip(lefts, block.columns, strict=False):
                cell = Cell(table.id, row.id, column.id)
                yield Box(band.stop + down, left, 1, column.span, cell=cell)


def _lefts(columns: Sequence[Column], stub: int) -> list[int]:
    return list(accumulate((column.span for column in columns), initial=stub))


def _across(table: Table) -> Grid:
    pairs: list[tuple[Row, Column]] = [
        (row, column) for block in table.blocks for row in block.rows for column in block.columns
    ]
    depth = max(len(row.label) + len(column.label) for row, column in pairs)
    paths = [(*row.label, *column.label) for row, column in pairs]
    boxes = [
        Box(level, first, levels, lines, text)
        for level, first, levels, lines, text in headings(paths, depth)
    ]
    boxes += [
        Box(depth, at, 1, 1, cell=Cell(table.id, row.id, column.id))
        for at, (row, column) in enumerate(pairs)
    ]
    return Grid(depth + 1, len(pairs), tuple(_ordered(boxes)), depth, 0, (range(depth),))


def headings(
    paths: Sequence[tuple[str, ...]], depth: int = 0
) -> Iterator[tuple[int, int, int, int, str]]:
    """Merge equal neighbours; yield (level, first line, levels covered, lines covered, text)."""
    depth = max(depth, *map(len, paths))
    for level in range(depth):
        at = 0
        for prefix, group in groupby(paths, key=lambda path: path[: level + 1]):
            members = list(group)
            if len(prefix) > level:
                ends_here = len(members[0]) == level + 1
                yield level, at, depth - level if ends_here else 1, len(members), prefix[-1]
            at += len(members)


def _ordered(boxes: Sequence[Box]) -> list[Box]:
    return sorted(boxes, key=lambda box: (box.row, box.column))
