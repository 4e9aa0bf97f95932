"""A Word file as lines and tables; its XML is walked, so that no way of writing text is missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from xml.etree.ElementTree import Element

from app.characters import printable
from app.files import FileError
from app.importing.archive import Archive, attribute, child, children, local
from app.importing.edges import Edges
from app.importing.paper import Boxes, Lattice, Line, Paper, Piece, Role
from app.layout import Box

TOLERANCE = 60.0
"""Twips below which two edges are one; converters leave columns of one twip."""
DEEPEST = 60
_CHANGES = ("ins", "moveTo")
_CONTROLS = ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo")
_DRAWN = ("AlternateContent", "Choice", "pict", "drawing", "inline", "anchor", "graphic")
_SHAPES = ("graphicData", "wsp", "wgp", "group", "shape", "textbox", "txbx", "txbxContent")
AROUND = frozenset((*_CHANGES, *_CONTROLS, *_DRAWN, *_SHAPES, "ruby", "rubyBase", "r"))
"""What stands around text without being text; what was deleted (`del`) is not among it."""
OFF = ("0", "false", "off")
TITLE_STYLES = ("title", "标题")
SIGNATURE_STYLES = ("signature", "签名")
OTHER = "这不是 Word 文档（.docx）。"


def read(data: bytes) -> Paper:
    """Return what a Word file holds. Raises FileError."""
    archive = Archive(data)
    main = archive.main_part()
    root = archive.xml(main)
    if local(root) != "document":
        raise FileError(OTHER)
    body = child(root, "body")
    reader = _Reader(_styles(archive, main))
    return Paper(tuple(reader.pieces(body if body is not None else root)))


def _styles(archive: Archive, main: str) -> dict[str, Role]:
    """The styles, by their ids, that say what a line is."""
    roles: dict[str, Role] = {}
    for part, kind in archive.relations(main).values():
        if kind.endswith("/styles") and part in archive.names:
            for style in children(archive.xml(part), "style"):
                name = attribute(_or_empty(child(style, "name")), "val").lower()
                if name in TITLE_STYLES:
                    roles[attribute(style, "styleId")] = Role.TITLE
                elif name in SIGNATURE_STYLES:
                    roles[attribute(style, "styleId")] = Role.SIGNATURE
    return roles


class _Reader:
    """Walks the elements of a document in reading order."""

    def __init__(self, roles: dict[str, Role]) -> None:
        self._roles = roles
        self._boxes = Boxes()

    def pieces(self, parent: Element, depth: int = 0) -> Iterator[Piece]:
        """The lines and tables below an element."""
        for one in _inside(parent):
            if local(one) == "p":
                yield from self._paragraph(one, depth)
            elif local(one) == "tbl":
                yield from self._table(one, depth)

    def _paragraph(self, paragraph: Element, depth: int) -> Iterator[Piece]:
        style = attribute(_or_empty(child(paragraph, "pPr", "pStyle")), "val")
        yield Line(_text(paragraph), self._roles.get(style, Role.PLAIN))
        if depth < DEEPEST:
            for box in _text_boxes(paragraph):
                yield from self.pieces(box, depth + 1)

    def _table(self, table: Element, depth: int) -> Iterator[Piece]:
        """A table; where it only arranges other tables or is one column of text, its contents."""
        rows = [one for one in _inside(table) if local(one) == "tr" and not _deleted(one)]
        nested = any(
            local(one) == "tbl" for row in rows for cell in _cells(row) for one in _inside(cell)
        )
        boxes = [] if nested else list(self._boxes_of(table, rows))
        if len({box.column for box in boxes}) > 1:
            yield Lattice(tuple(boxes))
        elif depth < DEEPEST:
            for row in rows:
                for cell in _cells(row):
                    yield from self.pieces(cell, depth + 1)

    def _boxes_of(self, table: Element, rows: list[Element]) -> Iterator[Box]:
        widths = [
            _number(attribute(one, "w"))
            for one in children(_or_empty(child(table, "tblGrid")), "gridCol")
        ]
        grid = list(accumulate(widths, initial=0))
        edges = Edges(grid, TOLERANCE) if any(widths) else None
        open_ones: dict[int, Box] = {}
        """Boxes that a cell in the next row may go on with, by their column."""
        for at, row in enumerate(rows):
            going_on: dict[int, Box] = {}
            for start, span, cell in _spans(row):
                left, right = _placed(start, grid, edges), _placed(start + span, grid, edges)
                text = _cell_text(cell)
                if right <= left and not text:
                    continue
                merge = child(cell, "tcPr", "vMerge")
                if merge is not None and attribute(merge, "val") != "restart" and left in open_ones:
                    box = open_ones[left]
                    box = replace(box, rows=at - box.row + 1)
                    going_on[left] = box
                    continue
                self._boxes.one_more(at, right - 1)
                box = Box(at, left, 1, max(right - left, 1), text)
                if merge is not None:
                    going_on[left] = box
                else:
                    yield box
            yield from (
                box
                for left, box in open_ones.items()
                if left not in going_on or going_on[left].row != box.row
            )
            open_ones = going_on
        yield from open_ones.values()


def _inside(parent: Element, depth: int = 0) -> Iterator[Element]:
    """Paragraphs, tables, rows, cells and runs below an element, whatever is put around them."""
    for one in parent:
        name = local(one)
        if name in AROUND and name != "r" and depth < DEEPEST:
            yield from _inside(one, depth + 1)
        else:
            yield one


def _cells(row: Element) -> Iterator[Element]:
    return (one for one in _inside(row) if local(one) == "tc")


def _spans(row: Element) -> Iterator[tuple[int, int, Element]]:
    """The cells of a row with the column of the grid they begin in and how many they cover."""
    at = _number(attribute(_or_empty(child(row, "trPr", "gridBefore")), "val"))
    merged: tuple[int, int, Element] | None = None
    for cell in _cells(row):
        span = max(_number(attribute(_or_empty(child(cell, "tcPr", "gridSpan")), "val")), 1)
        across = child(cell, "tcPr", "hMerge")
        if merged and across is not None and attribute(across, "val") != "restart":
            merged = (merged[0], merged[1] + span, merged[2])
        else:
            if merged:
                yield merged
            merged = (at, span, cell)
        at += span
    if merged:
        yield merged


def _placed(column: int, grid: list[int], edges: Edges | None) -> int:
    if edges is None:
        return column
    beyond = max(column - len(grid) + 1, 0)
    return edges.at(grid[min(column, len(grid) - 1)]) + beyond


def _cell_text(cell: Element) -> str:
    lines = (_text(one) for one in _inside(cell) if local(one) == "p")
    return "\n".join(lines).strip()


def _text(paragraph: Element) -> str:
    return printable("".join(_words(paragraph)))


def _words(parent: Element, depth: int = 0) -> Iterator[str]:
    for one in parent:
        name = local(one)
        if name == "t":
            yield one.text or ""
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif (
            name in AROUND
            and name not in ("pict", "drawing", "AlternateContent")
            and depth < DEEPEST
        ):
            yield from () if name == "r" and _hidden(one) else _words(one, depth + 1)


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes that hang on a paragraph; of alternatives the first."""
    skipped: set[Element] = set()
    for one in paragraph.iter():
        if local(one) == "Fallback":
            skipped.update(one.iter())
        elif local(one) == "txbxContent" and one not in skipped:
            skipped.update(one.iter())
            yield one


def _hidden(run: Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and attribute(vanish, "val") not in OFF


def _deleted(row: Element) -> bool:
    return child(row, "trPr", "del") is not None


def _or_empty(element: Element | None) -> Element:
    return element if element is not None else Element("none")


def _number(text: str) -> int:
    plain = text.strip().split(".")[0]
    return min(int(plain), 10**6) if plain.isascii() and plain.isdigit() and len(plain) < 12 else 0
