"""The report as a fragment of HTML that the editor of a government portal takes by paste.

Headings, paragraphs and real tables, styled in place: no ids, no classes, no scripts, nothing
from elsewhere. Elements are built as a tree, so that no text can be forgotten to be escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

from app.export.document import Content, Document, TableContent
from app.export.paragraph import Paragraph
from app.layout import Box, Grid

SIGNATURE = "\ufeff"
"""Tells a browser that opens the file by itself that it is UTF-8; an editor never sees it."""
MARK = "color:#c00;font-weight:bold;text-align:center"
CENTRED = "text-align:center"
INDENTED = "text-indent:2em"
SIGNED = "text-align:right"
TABLE = "border-collapse:collapse;width:100%"
CAPTION = "text-align:right"
FRAMED = "border:1px solid #000;padding:4px"
FIGURE = f"{FRAMED};text-align:center"
LABEL = f"{FRAMED};text-align:center;font-weight:normal"
LEAF_LABEL = f"{FRAMED};text-align:left;font-weight:normal"
BANNER = f"{LABEL};background-color:#c6d9f1"
AS_TYPED = "white-space:pre-wrap"
"""Where blanks in a row would otherwise be shown as one."""
FIRST_INNER_HEADING = 3


def render(document: Document) -> bytes:
    """Return the fragment as UTF-8; equal documents give equal bytes."""
    lines = (tostring(block, "unicode", method="html") for block in _blocks(document))
    return "\n".join([SIGNATURE + next(lines), *lines, ""]).encode()


def _blocks(document: Document) -> Iterator[Element]:
    if document.mark:
        yield _leaf("p", document.mark, MARK)
    yield _leaf("h1", document.title, CENTRED)
    for part in document.parts:
        if part.heading:
            yield _leaf("h2", part.heading)
        yield from _paragraphs(part.paragraphs)
        if part.table:
            yield _table(part.heading, part.table)
    if document.date:
        yield from (_leaf("p", text, SIGNED) for text in (document.organ, document.date) if text)


def _leaf(tag: str, text: str, style: str = "") -> Element:
    """Make an element that holds nothing but text."""
    made = Element(tag)
    made.text = text
    blanks = AS_TYPED if "\t" in text or "  " in text else ""
    if styles := ";".join(filter(None, [style, blanks])):
        made.set("style", styles)
    return made


def _paragraphs(paragraphs: Iterable[Paragraph]) -> Iterator[Element]:
    """Make each paragraph; no level of the headings among them is left out."""
    paragraphs = list(paragraphs)
    levels = sorted({one.level for one in paragraphs if one.is_heading})
    for one in paragraphs:
        if one.is_heading:
            yield _leaf(f"h{FIRST_INNER_HEADING + levels.index(one.level)}", one.text)
        else:
            yield _paragraph(one)


def _paragraph(paragraph: Paragraph) -> Element:
    made = _leaf("p", paragraph.text, INDENTED)
    if paragraph.head:
        made.text = None
        head = SubElement(made, "strong")
        head.text, head.tail = paragraph.text[: paragraph.head], paragraph.text[paragraph.head :]
    return made


def _table(heading: str, content: TableContent) -> Element:
    made = Element("table", style=TABLE)
    made.append(_leaf("caption", f"表{heading.partition('、')[0]}　{content.units}", CAPTION))
    made.append(_columns(content.table.frame))
    for tag, rows in _groups(content.grid):
        group = SubElement(made, tag)
        lines = {row: SubElement(group, "tr") for row in rows}
        for one in content.contents:
            if one.box.row in lines:
                lines[one.box.row].append(_cell(one, content.grid))
    _spread(made)
    return made


def _columns(frame: Sequence[int]) -> Element:
    """Share out the width as the official form does."""
    made = Element("colgroup")
    for width in frame:
        SubElement(made, "col", style=f"width:{100 * width / sum(frame):.1f}%")
    return made


def _groups(grid: Grid) -> Iterator[tuple[str, range]]:
    """The rows that head the whole table, if any, and the others, each band with its own."""
    if grid.head_rows:
        yield "thead", range(grid.head_rows)
        yield "tbody", range(grid.head_rows, grid.rows)
    else:
        borders = [*(band.start for band in grid.bands), grid.rows]
        yield from (("tbody", range(*one)) for one in pairwise(borders))


def _cell(content: Content, grid: Grid) -> Element:
    box = content.box
    if box.cell:
        made = _leaf("td", content.text + content.unit if content.text else "", FIGURE)
    else:
        made = _leaf("th", box.text, _label_style(box, grid))
        made.set("scope", _scope(box, grid))
    if box.rows > 1:
        made.set("rowspan", str(box.rows))
    if box.columns > 1:
        made.set("colspan", str(box.columns))
    return made


def _scope(box: Box, grid: Grid) -> str:
    if _heads_columns(box, grid):
        return "colgroup" if box.columns > 1 else "col"
    return "rowgroup" if box.rows > 1 else "row"


def _heads_columns(box: Box, grid: Grid) -> bool:
    return any(box.row in band for band in grid.bands)


def _label_style(box: Box, grid: Grid) -> str:
    if box.columns == grid.columns:
        return BANNER
    ends_stub = not _heads_columns(box, grid) and box.column + box.columns == grid.stub_columns
    return LEAF_LABEL if ends_stub and grid.stub_columns > 1 else LABEL


def _spread(element: Element, depth: int = 1) -> None:
    """Put each part of a table on a line of its own, where a blank means nothing."""
    element.text = "\n" + "  " * depth
    for child in element:
        child.tail = element.text
        if len(child):
            _spread(child, depth + 1)
    element[-1].tail = "\n" + "  " * (depth - 1)
