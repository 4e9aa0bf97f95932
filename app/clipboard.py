"""A block of cells as spreadsheets and Word tables put it on the clipboard, read and written.

Every program offers it twice: as text with tabs, and as HTML. Only the HTML knows which cells are
merged, and only it keeps a cell of several lines whole.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from html import escape
from io import StringIO

from app.numbers import InputError

Block = tuple[tuple[str | None, ...], ...]
"""Rows of texts; None where a merged cell that begins elsewhere covers the place."""

MOST_ROWS, MOST_COLUMNS = 500, 100
"""Far more than any table of the form has; a whole sheet is copied by mistake."""
MOST_CHARACTERS = 4_000_000
TOO_MUCH = (
    f"复制的内容太多（超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列），没有粘贴。"
    "请只复制表格里要用的部分。"
)


def read_block(text: str, html: str = "") -> Block:
    """Return the cells that were copied, as the program that copied them knew them; () for none.

    Raises InputError where there are too many to be meant.
    """
    if max(len(text), len(html)) > MOST_CHARACTERS:
        raise InputError(TOO_MUCH)
    block = _of_html(html) if "<t" in html.lower() else ()
    if len(block) == 1 == len(block[0]) and "\t" in text:
        block = ()  # a single cell around it all is there for the looks of a web page
    if not block:
        block = _of_text(text)
    if len(block) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in block):
        raise InputError(TOO_MUCH)
    return block


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """A block as a spreadsheet takes it: tabs between cells, a line for each row."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def as_html(rows: Sequence[Sequence[str]]) -> str:
    """A block as a Word table takes it, which would put text with tabs into a single cell."""
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f'<table border="1">{"".join(f"<tr>{line}</tr>" for line in lines)}</table>'


def _of_html(html: str) -> Block:
    from app.clipboard_html import TableReader  # noqa: PLC0415  (only who pastes needs it)

    reader = TableReader(MOST_ROWS + 1, MOST_COLUMNS + 1)
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # what Python's parser says of a declaration it does not know
        return ()
    return reader.block()


def _of_text(text: str) -> Block:
    if not text:
        return ()
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    lines = text.split("\n")[: MOST_ROWS + 1]
    rows = [line.split("\t") for line in lines]
    if any(cell.startswith('"') for row in rows for cell in row):
        rows = _unquoted(text) or rows
    return tuple(tuple(row) for row in rows)


def _unquoted(text: str) -> list[list[str]]:
    """The rows of a text in which Excel has quoted the cells of several lines; [] if it has not."""
    try:
        reader = csv.reader(StringIO(text), "excel-tab", strict=True)
        return [row for row, _ in zip(reader, range(MOST_ROWS + 1), strict=False)]
    except csv.Error:
        return []
