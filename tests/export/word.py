"""A Word file read back by walking its XML, as any other program would find it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile

NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def w(*names: str) -> str:
    """Spell a path of Word's elements, or the name of one of its attributes."""
    return "/".join(f"{NAMESPACE}{name}" for name in names)


@dataclass(frozen=True)
class WordCell:
    """One box of a table: where it stands, what it covers, what it says."""

    row: int
    column: int
    rows: int
    columns: int
    text: str

    @property
    def place(self) -> tuple[int, int, int, int]:
        """Row, column, rows covered, columns covered."""
        return self.row, self.column, self.rows, self.columns

    @property
    def folded(self) -> str:
        """Its text without spaces and line breaks, which make a label fit its box."""
        return re.sub(r"\s", "", self.text)


@dataclass(frozen=True)
class WordTable:
    """The widths of its grid in twips, and its boxes in reading order."""

    widths: list[int]
    cells: list[WordCell]


class WordFile:
    """The parts of a file."""

    def __init__(self, source: bytes | Path) -> None:
        data = source if isinstance(source, bytes) else source.read_bytes()
        with ZipFile(io.BytesIO(data)) as archive:
            self.raw = {name: archive.read(name) for name in archive.namelist()}

    def root(self, part: str) -> Element:
        """A part of it, parsed."""
        return ElementTree.fromstring(self.raw[part])

    @cached_property
    def body(self) -> Element:
        """What the document consists of."""
        return self.root("word/document.xml")[0]

    @cached_property
    def styles(self) -> dict[str, Element]:
        """Its styles by their ids."""
        found = self.root("word/styles.xml").iter(w("style"))
        return {one.attrib[w("styleId")]: one for one in found}

    @property
    def tables(self) -> list[WordTable]:
        """Its tables in order."""
        return [_table(one) for one in self.body.iter(w("tbl"))]

    @property
    def paragraphs(self) -> list[tuple[str, str]]:
        """The style and the text of every paragraph outside of tables."""
        return [(style_of(one), text_of(one)) for one in self.body.findall(w("p"))]

    def paragraph(self, text: str) -> Element:
        """The one paragraph outside of tables that says this."""
        (found,) = (one for one in self.body.findall(w("p")) if text_of(one) == text)
        return found


def text_of(element: Element) -> str:
    """What a reader sees of an element; a line break is a newline."""
    parts = (one for run in element.iter(w("r")) for one in run)
    return "".join("\n" if one.tag == w("br") else one.text or "" for one in parts)


def style_of(paragraph: Element) -> str:
    """The id of its style, '' for the normal one."""
    named = paragraph.find(w("pPr", "pStyle"))
    return "" if named is None else named.attrib[w("val")]


def value(element: Element, *path: str, of: str = "val") -> str | None:
    """An attribute of the element that a path leads to, None where there is no such element."""
    found = element.find(w(*path))
    return None if found is None else found.get(w(of))


def _table(table: Element) -> WordTable:
    widths = [int(one.attrib[w("w")]) for one in table.findall(w("tblGrid", "gridCol"))]
    open_ones: dict[int, int] = {}
    cells: list[WordCell] = []
    for row, line in enumerate(table.findall(w("tr"))):
        for column, columns, cell in _row(line):
            merge = cell.find(w("tcPr", "vMerge"))
            if merge is not None and merge.get(w("val")) != "restart":
                above = cells[open_ones[column]]
                assert above.columns == columns
                cells[open_ones[column]] = replace(above, rows=above.rows + 1)
                continue
            open_ones[column] = len(cells)
            text = "\n".join(text_of(one) for one in cell.findall(w("p")))
            cells.append(WordCell(row, column, 1, columns, text))
    return WordTable(widths, cells)


def _row(line: Element) -> Iterator[tuple[int, int, Element]]:
    column = int(value(line, "trPr", "gridBefore") or 0)
    for cell in line.findall(w("tc")):
        columns = int(value(cell, "tcPr", "gridSpan") or 1)
        yield column, columns, cell
        column += columns
