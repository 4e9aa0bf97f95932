"""A table of the official form for Word: its spans, its widths, and rows as high as in the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from app.export.document import Content
from app.export.docx_styles import FIGURES, LABELS, TABLE_SIZE
from app.export.docx_xml import Element, exactly, hexadecimal, make, paragraph, run, size, twips
from app.export.page import PITCH, ROOM, width_of
from app.export.pdf import ROW_HEIGHTS, SHADE
from app.export.pdf_cell import FIGURE, FIGURE_SIDE, LEADING, SMALLEST, printed, set_box
from app.export.pdf_table import BORDER, Sheet
from app.numbers import Unreadable

POINT = 20
"""A point in twips, of which widths of the official form are given."""
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
ABOVE = 5.0
"""Left free above a table, where lines of Word stand lower."""
LESS = ABOVE + 4 * BORDER
"""What all rows together give up for that, and because Word counts some borders besides."""


def table(sheet: Sheet) -> Element:
    """Return a table with the columns of the official form."""
    frame = sheet.content.table.frame
    return make(
        "tbl",
        _properties(sum(frame)),
        make("tblGrid", *(make("gridCol", w=width) for width in frame)),
        *_rows(sheet),
    )


def _properties(width: int) -> Element:
    line = {"val": "single", "sz": round(8 * BORDER), "space": 0, "color": "000000"}
    margin = {"w": twips(FIGURE_SIDE), "type": "dxa"}
    return make(
        "tblPr",
        make("tblW", w=width, type="dxa"),
        make("jc", val="center"),
        make("tblBorders", *(make(edge, **line) for edge in EDGES)),
        make("tblLayout", type="fixed"),
        make("tblCellMar", make("left", **margin), make("right", **margin)),
    )


def _rows(sheet: Sheet) -> Iterator[Element]:
    grid = sheet.content.grid
    less = _given_up(sheet) / len(sheet.heights)
    kept = set(chain.from_iterable(item.rows[:-1] for item in sheet.items()))
    cells: list[list[tuple[int, Element]]] = [[] for _ in range(grid.rows)]
    for content in sheet.content.contents:
        box = content.box
        for row in range(box.row, box.row + box.rows):
            cell = _cell(sheet, content, first=row == box.row, keep=row in kept)
            cells[row].append((box.column, cell))
    for row, (height, line) in enumerate(zip(sheet.heights, cells, strict=True)):
        properties = make(
            "trPr",
            make("cantSplit"),
            make("trHeight", val=twips(height - less), hRule="atLeast"),
            make("tblHeader") if row < grid.head_rows else None,
        )
        yield make("tr", properties, *(cell for _, cell in sorted(line, key=lambda one: one[0])))


def _given_up(sheet: Sheet) -> float:
    """Tell how much lower a table is here; one closed up below text makes up for a line more."""
    closed_up = min(sheet.heights) < ROW_HEIGHTS[0] and sum(sheet.heights) + PITCH <= ROOM
    return LESS + PITCH if closed_up else LESS


def _cell(sheet: Sheet, content: Content, *, first: bool, keep: bool) -> Element:
    """Return a box, or in rows below its first one what Word has there instead."""
    box = content.box
    width = sum(sheet.content.table.frame[box.column : box.column + box.columns])
    properties = make(
        "tcPr",
        make("tcW", w=width, type="dxa"),
        make("gridSpan", val=box.columns) if box.columns > 1 else None,
        make("vMerge", val="restart" if first else "continue") if box.rows > 1 else None,
        make("shd", val="clear", color="auto", fill=hexadecimal(SHADE))
        if sheet.shades(box)
        else None,
        make("vAlign", val="center"),
    )
    keeping = make("keepNext") if keep else None
    if not first:
        return make("tc", properties, paragraph(LABELS, [], keeping))
    words = _figure if box.cell else _label
    return make("tc", properties, words(sheet, content, width / POINT, keeping))


def _label(sheet: Sheet, content: Content, width: float, keep: Element | None) -> Element:
    """Break a heading into the lines of the PDF file, but let Word break the sentence of a row."""
    block = set_box(content, sheet.content.grid, width, sheet.size)
    lines = "\n".join(line.text for line in block.lines)
    left = indent = None
    if block.upright:  # its punctuation hangs beside it
        indent = make("ind", left=twips((width - block.size) / 2 - FIGURE_SIDE), right=0)
    if block.upright or not block.centred:
        left = make("jc", val="left")
    written = _run(lines if block.centred else content.box.text, block.size)
    return paragraph(LABELS, written, keep, _spacing(block.size), indent, left)


def _figure(sheet: Sheet, content: Content, width: float, keep: Element | None) -> Element:
    text = printed(content)
    if isinstance(content.figure, Unreadable):
        points = set_box(content, sheet.content.grid, width, sheet.size).size
    else:
        natural = width_of(text, FIGURE, sheet.size) or 1.0
        points = max(SMALLEST, min(1.0, (width - 2 * FIGURE_SIDE) / natural) * sheet.size)
    return paragraph(FIGURES, _run(text, points), keep, _spacing(points))


def _run(text: str, points: float) -> list[Element]:
    if not text:
        return []
    return [run(text, *(size(points) if points != TABLE_SIZE else ()))]


def _spacing(points: float) -> Element | None:
    return exactly(twips(points * LEADING)) if points != TABLE_SIZE else None
