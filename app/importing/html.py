"""A web page, or a piece of one, as lines and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.characters import printable
from app.clipboard_html import CELLS, SILENT, span
from app.files import FileError
from app.importing.paper import (
    MOST_BOXES,
    MOST_COLUMNS,
    Boxes,
    Lattice,
    Line,
    Paper,
    Piece,
    Role,
)
from app.importing.text import decode
from app.layout import Box

MOST_ELEMENTS = 400_000
DEEPEST = 150
"""Elements within each other; what lies deeper is taken as lying there."""
TOO_LARGE = "网页太大，不像是一份年度报告，没有打开。"
DAMAGED = "网页读不下去，可能已损坏。请在浏览器里打开，另存为网页再试。"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol", "li", "dl", "dt", "dd")
_PARTS = ("section", "article", "header", "footer", "main", "nav", "aside", "form", "fieldset")
_TEXTS = ("p", "div", "pre", "blockquote", "center", "address", "hr", "figure", "figcaption")
BLOCKS = frozenset((*_HEADINGS, *_LISTS, *_PARTS, *_TEXTS, "caption", "body", "html"))
VOID = frozenset(
    ("br", "hr", "img", "input", "meta", "link", "col", "base", "area", "wbr", "source")
)
SELF_ENDING = {"p": ("p",), "li": ("li",), "tr": ("tr", *CELLS), "td": CELLS, "th": CELLS}
"""What the beginning of an element ends, where its end was left out."""
SPACE = re.compile("[ \t\n\r\f]+")


@dataclass(slots=True)
class Node:
    """An element with what is in it."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    @property
    def style(self) -> str:
        """The style that is given in place, without spaces."""
        return (self.attributes.get("style") or "").replace(" ", "").lower()

    @property
    def unseen(self) -> bool:
        """Tell whether nobody sees it."""
        return "display:none" in self.style or "mso-hide:all" in self.style


def read(data: bytes) -> Paper:
    """Return what a page holds. Raises FileError."""
    builder = _Builder()
    try:
        builder.feed(printable(decode(data)))
        builder.close()
    except (AssertionError, ValueError) as error:  # what the parser of the library says of nonsense
        raise FileError(DAMAGED) from error
    return Paper(tuple(_Reader().pieces(builder.root)))


class _Builder(HTMLParser):
    """Builds the tree; ends that were left out or are too many do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("html")
        self._open = [self.root]
        self._silent = 0
        self._count = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begin an element."""
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise FileError(TOO_LARGE)
        if tag in SILENT:
            self._silent += 1
            return
        if tag in BLOCKS or tag == "table":
            self._silent = 0  # the end of a head may be left out
        self._end_open(SELF_ENDING.get(tag, ()))
        node = Node(tag, dict(attrs))
        self._open[-1].inside.append(node)
        if tag not in VOID and len(self._open) < DEEPEST:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Take an element without contents."""
        if tag not in SILENT:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element and all that is still open within it."""
        if tag in SILENT:
            self._silent = max(self._silent - 1, 0)
            return
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return
            if self._open[at].tag == "table" and tag not in ("body", "html"):
                return

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not self._silent:
            self._open[-1].inside.append(data)

    def _end_open(self, tags: Sequence[str]) -> None:
        if self._open[-1].tag in tags:
            self._open.pop()
            self._end_open(tags)


class _Reader:
    """Walks the tree in reading order."""

    def __init__(self) -> None:
        self._boxes = Boxes()

    def pieces(self, node: Node) -> Iterator[Piece]:
        """The lines and tables in an element."""
        words: list[str] = []
        for one in node.inside:
            if isinstance(one, str) or not _parts(one):
                words.append(_said(one, kept=_keeps_blanks(node)))
                continue
            if one.unseen:
                continue
            yield from _line(words, node)
            words = []
            yield from self._table(one) if one.tag == "table" else self.pieces(one)
        yield from _line(words, node)

    def _table(self, table: Node) -> Iterator[Piece]:
        """A table; where it only arranges others or is one column of text, its contents."""
        rows = list(_rows(table))
        cells = [cell for row in rows for cell in row.inside if isinstance(cell, Node)]
        nested = any(_holds(cell, "table") for cell in cells)
        boxes = [] if nested else list(self._boxes_of(rows))
        if len({box.column for box in boxes}) > 1:
            yield from (
                line
                for one in table.inside
                if isinstance(one, Node) and one.tag == "caption"
                for line in self.pieces(one)
            )
            yield Lattice(tuple(boxes))
        else:
            for cell in cells:
                yield from self.pieces(cell)

    def _boxes_of(self, rows: Sequence[Node]) -> Iterator[Box]:
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(rows):
            column = 0
            for cell in row.inside:
                if not isinstance(cell, Node) or cell.tag not in CELLS or cell.unseen:
                    continue
                while (at, column) in taken:
                    column += 1
                down = min(span(cell.attributes, "rowspan"), len(rows) - at)
                right = min(span(cell.attributes, "colspan"), MOST_COLUMNS)
                self._boxes.one_more(at, column + right - 1)
                if len(taken) > MOST_BOXES:
                    raise FileError(TOO_LARGE)
                taken.update((at + y, column + x) for y in range(down) for x in range(right))
                yield Box(at, column, down, right, _words(cell).strip())
                column += right


def _rows(table: Node) -> Iterator[Node]:
    """The rows of a table; one that only sets the widths of a merged table is none."""
    for one in table.inside:
        if isinstance(one, Node):
            if one.tag == "tr":
                if one.attributes.get("height") != "0" and not one.unseen:
                    yield one
            elif one.tag in ("tbody", "thead", "tfoot", "form"):
                yield from _rows(one)


def _parts(node: Node) -> bool:
    """Tell whether an element makes lines of its own."""
    return node.tag in BLOCKS or node.tag == "table" or _holds(node, *BLOCKS, "table")


def _holds(node: Node, *tags: str) -> bool:
    return any(
        one.tag in tags or _holds(one, *tags) for one in node.inside if isinstance(one, Node)
    )


def _line(words: Sequence[str], node: Node) -> Iterator[Line]:
    text = "".join(words)
    if text.strip():
        signed = "text-align:right" in node.style or node.attributes.get("align") == "right"
        plain = Role.SIGNATURE if signed else Role.PLAIN
        kept = _keeps_blanks(node)
        yield Line(text if kept else text.strip(" \n"), Role.TITLE if node.tag == "h1" else plain)


def _words(node: Node) -> str:
    """The words in an element, line ends where it says so or begins another block."""
    kept = _keeps_blanks(node)
    return "".join(_said(one, kept=kept) for one in node.inside)


def _said(one: Node | str, *, kept: bool) -> str:
    if isinstance(one, str):
        return one if kept else SPACE.sub(" ", one)
    if one.tag == "br":
        return "\n"
    if one.unseen:
        return ""
    return f"\n{_words(one)}\n" if one.tag in BLOCKS or one.tag == "tr" else _words(one)


def _keeps_blanks(node: Node) -> bool:
    return "pre-wrap" in node.style or node.tag == "pre"
