"""Tables for the page: how wide and high each box is, how its text is set, where it may divide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise

from app.export.document import Content, TableContent
from app.export.page import EM, LEFT, PITCH, ROOM, WIDTH, Item, Text, width_of
from app.export.pdf_cell import FIGURE, FIGURE_SIDE, LEADING, printed, set_box, texts_of
from app.layout import Box
from app.numbers import Unreadable

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
"""From 5号 down: the largest with which a table and its heading come on one page is taken."""
BORDER = 0.5
PADDING = 3.0
"""Left free above and below, at least."""
BELOW = PITCH - EM
"""Left free between a table and what follows."""
WIDE, NARROWEST = 1.25, 0.6
"""A column so much wider than the mean may shrink to so much, for long figures elsewhere."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One box of a table where it stands on the sheet, with its text."""

    content: Content
    left: float
    bottom: float
    right: float
    top: float
    texts: tuple[Text, ...]
    shaded: bool = False


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table with its measures: edges of columns from the left of the sheet, heights of rows."""

    content: TableContent
    size: float
    edges: tuple[float, ...]
    heights: tuple[float, ...]

    @cached_property
    def head(self) -> float:
        """The height of the rows that are repeated on every page."""
        return sum(self.heights[: self.content.grid.head_rows])

    def grown(self, row_height: float) -> Sheet:
        """Return it with single rows of this height and others as much higher, if a page allows."""
        spare = (ROOM - sum(self.heights)) / len(self.heights)
        more = max(0.0, min(spare, row_height - min(self.heights)))
        return replace(self, heights=tuple(height + more for height in self.heights))

    def shades(self, box: Box) -> bool:
        """Tell whether a box is a banner: a heading as wide as the table."""
        return bool(box.text) and box.columns == self.content.grid.columns

    def items(self) -> list[Rows]:
        """Divide the table where pages may part it: a band stays whole if a page can hold it."""
        groups = list(_groups(self.content, self.heights))
        return [
            Rows(
                self,
                rows,
                height=sum(self.heights[rows.start : rows.stop]),
                below=BELOW if rows == groups[-1] else 0.0,
                repeated=self.head if rows.start else 0.0,
            )
            for rows in groups
        ]

    def place(self, rows: range, top: float) -> list[Placed]:
        """Place these rows, with the heading rows above them where they continue the table."""
        head = self.content.grid.head_rows if rows.start else 0
        shown = [*range(head), *rows]
        falls = accumulate((self.heights[row] for row in shown), initial=0.0)
        spans = {
            row: (top - above, top - below)
            for row, (above, below) in zip(shown, pairwise(falls), strict=True)
        }
        return [
            self._placed(content, spans[there[0]][0], spans[there[-1]][1])
            for content in self.content.contents
            if (there := [row for row in _rows(content.box) if row in spans])
        ]

    def _placed(self, content: Content, top: float, bottom: float) -> Placed:
        box = content.box
        left, right = self.edges[box.column], self.edges[box.column + box.columns]
        block = set_box(content, self.content.grid, right - left, self.size, top - bottom)
        texts = texts_of(block, left, right, (top + bottom) / 2)
        return Placed(content, left, bottom, right, top, tuple(texts), self.shades(box))


@dataclass(frozen=True, slots=True)
class Rows(Item):
    """Rows of a table that stay on one page."""

    sheet: Sheet
    rows: range


def lay_sheet(content: TableContent) -> Sheet:
    """Measure a table, with rows as low as may be: on one page with its heading if possible."""
    for size in SIZES:
        edges = _edges(content, size)
        heights = _heights(content, edges, size)
        if sum(heights) <= ROOM:
            break
    return Sheet(content, size, edges, tuple(heights))


def _groups(content: TableContent, heights: Sequence[float]) -> Iterator[range]:
    bands = content.grid.bands
    stops = [*(band.start for band in bands[1:]), content.grid.rows]
    for band, stop in zip(bands, stops, strict=True):
        if sum(heights[band.start : stop]) <= ROOM:
            yield range(band.start, stop)
            continue
        yield range(band.start, band.stop + 1)
        yield from (range(row, row + 1) for row in range(band.stop + 1, stop))


def _rows(box: Box) -> range:
    return range(box.row, box.row + box.rows)


def _edges(content: TableContent, size: float) -> tuple[float, ...]:
    """Scale the official column widths to the type area; wide columns give way to long figures."""
    frame = content.table.frame
    scale = (WIDTH - BORDER) / sum(frame)
    widths = [width * scale for width in frame]
    lacking = [
        max(0.0, need - width) for need, width in zip(_needs(content, size), widths, strict=True)
    ]
    mean = sum(widths) / len(widths)
    spare = [(1 - NARROWEST) * width if width > WIDE * mean else 0.0 for width in widths]
    given = min(sum(lacking), sum(spare))
    if given:
        get, give = given / sum(lacking), given / sum(spare)
        changes = [get * lack - give * over for lack, over in zip(lacking, spare, strict=True)]
        widths = [width + change for width, change in zip(widths, changes, strict=True)]
    return tuple(accumulate(widths, initial=LEFT + BORDER / 2))


def _needs(content: TableContent, size: float) -> list[float]:
    """Tell how wide each column must be for its figures to stand in full size."""
    needs = [0.0] * content.grid.columns
    for one in content.contents:
        if one.box.cell and one.box.columns == 1 and not isinstance(one.figure, Unreadable):
            need = width_of(printed(one), FIGURE, size) + 2 * FIGURE_SIDE
            needs[one.box.column] = max(needs[one.box.column], need)
    return needs


def _heights(content: TableContent, edges: Sequence[float], size: float) -> list[float]:
    """Give each row what its boxes need; a box over several rows spreads its need over them."""
    heights = [size * LEADING + 2 * PADDING] * content.grid.rows
    for one in sorted(content.contents, key=lambda one: one.box.rows):
        box = one.box
        width = edges[box.column + box.columns] - edges[box.column]
        need = set_box(one, content.grid, width, size).height + 2 * PADDING
        lack = need - sum(heights[box.row : box.row + box.rows])
        if lack > 0:
            for row in _rows(box):
                heights[row] += lack / box.rows
    return heights
