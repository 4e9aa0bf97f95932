"""A text file as lines and tables: rows of cells with tabs between, or a cell to each line.

Programs that turn Word into text write either. What merged cells covered is lost in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from app.characters import printable
from app.importing.labels import LONGEST
from app.importing.paper import Line, Paper, Piece, from_rows
from app.importing.text import decode


def read(data: bytes) -> Paper:
    """Return what a text file holds. Raises FileError where it is no text."""
    return Paper(tuple(_pieces(printable(decode(data)).split("\n"))))


def _pieces(lines: Sequence[str]) -> Iterator[Piece]:
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        block = lines[at:end]
        if rows := _rows(block):
            yield from_rows(rows)
        else:
            end = max(end, at + 1)
            yield from (Line(line) for line in lines[at:end])
        at = end


def _table_end(lines: Sequence[str], start: int) -> int:
    """Where a table that begins at a line ends: at a line without tabs that follows a blank one.

    Lines without tabs that follow a cell go on with it.
    """
    end = start
    if "\t" not in lines[start]:
        return start
    for at in range(start, len(lines)):
        line = lines[at]
        if line.strip(" ") and "\t" not in line and not (at and lines[at - 1].strip(" ")):
            break
        if line.strip(" "):
            end = at + 1
    return end


def _rows(block: Sequence[str]) -> list[list[str]]:
    """The rows of a table; none where it is running text that only begins with tabs."""
    if not block:
        return []
    inner = any("\t" in line[1:] for line in block)
    rows = _rows_of_lines(block) if inner else list(_rows_of_cells(block))
    words = [text for row in rows for text in row]
    prose = len(rows) < 2 or max(map(len, rows)) < 2 or any(len(one) > LONGEST for one in words)
    return [] if prose else rows


def _rows_of_lines(block: Sequence[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in block:
        if "\t" in line:
            rows.append([text.strip(' "') for text in line.split("\t")])
        elif line.strip() and rows:
            rows[-1][-1] += line.strip(' "')
    return rows


def _rows_of_cells(block: Sequence[str]) -> Iterator[list[str]]:
    """A cell to each line that begins with a tab, an empty line between rows."""
    for blank, group in groupby(block, key=lambda line: not line.strip(" ")):
        if blank:
            continue
        row: list[str] = []
        for line in group:
            if line.startswith("\t") or not row:
                row.append(line.strip())
            else:
                row[-1] += line.strip()
        yield row
