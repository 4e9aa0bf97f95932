"""Tables in a piece of HTML as a grid: every cell at its place, however the cells are merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser

CELLS = ("td", "th")
SILENT = ("head", "style", "script", "title")
"""What these hold is not for reading."""
BREAKS = ("br", "p", "div", "li", "tr", "td", "th", "table")
"""Tags where a new line begins, which separates words as a space does."""
SPACES = dict.fromkeys(map(ord, " \t\n\r\f"), " ")
"""What is one space to a reader of HTML; no-break spaces stay."""


class TableReader(HTMLParser):
    """Collects the cells of all tables, one table below the other.

    A table within a cell is part of that cell's text. Nothing is kept beyond the given size.
    """

    def __init__(self, most_rows: int, most_columns: int) -> None:
        super().__init__(convert_charrefs=True)
        self._most = (most_rows, most_columns)
        self._places: dict[tuple[int, int], str | None] = {}
        self._row = -1
        self._ends = 0
        """The first row below the rows of this table and their merged cells."""
        self._column = 0
        self._depth = 0
        self._silent = 0
        self._skipping = False
        self._cell: tuple[int, int] | None = None
        self._text: list[str] = []

    def block(self) -> tuple[tuple[str | None, ...], ...]:
        """What was found, as long as its longest row."""
        self._end_cell()
        columns = 1 + max((column for _, column in self._places), default=-1)
        rows = 1 + max((row for row, _ in self._places), default=-1)
        return tuple(
            tuple(self._places.get((row, column), "") for column in range(columns))
            for row in range(rows)
        )

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        if tag in SILENT:
            self._silent += 1
        elif tag == "table":
            self._silent = 0  # the end of a head may be left out
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self._begin_row(dict(attrs))
        elif self._depth == 1 and tag in CELLS:
            self._end_cell()
            self._begin_cell(dict(attrs))
        if tag in BREAKS:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End what was begun; ends that were left out do no harm."""
        if tag in SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
                self._row = max(self._row, self._ends - 1)
            self._depth -= 1
        elif self._depth == 1 and tag in (*CELLS, "tr"):
            self._end_cell()
        if tag in BREAKS:
            self._text.append(" ")

    def handle_data(self, data: str) -> None:
        """Take the words of the cell that is open."""
        if self._cell and not self._silent:
            self._text.append(data)

    def _begin_row(self, attributes: dict[str, str | None]) -> None:
        # Word and Excel end a table of merged cells with a row that only sets the widths.
        style = (attributes.get("style") or "").replace(" ", "").lower()
        self._skipping = attributes.get("height") == "0" or "display:none" in style
        if not self._skipping:
            self._row += 1
            self._column = 0

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        if self._skipping:
            return
        self._row = max(self._row, 0)  # a cell without its row
        while (self._row, self._column) in self._places:
            self._column += 1
        most_rows, most_columns = self._most
        down = min(span(attributes, "rowspan"), most_rows - self._row)
        right = min(span(attributes, "colspan"), most_columns - self._column)
        for row in range(self._row, self._row + down):
            for column in range(self._column, self._column + right):
                self._places.setdefault((row, column), None)
        self._ends = max(self._ends, self._row + down)
        self._cell, self._text = (self._row, self._column), []
        self._column += max(right, 1)

    def _end_cell(self) -> None:
        if self._cell in self._places:
            words = "".join(self._text).translate(SPACES).split(" ")
            self._places[self._cell] = " ".join(filter(None, words))
        self._cell = None


def span(attributes: Mapping[str, str | None], name: str) -> int:
    """How far a cell reaches (`rowspan`, `colspan`); 1 where it is not said, or nonsense."""
    said = (attributes.get(name) or "").strip()
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 6 else 1
