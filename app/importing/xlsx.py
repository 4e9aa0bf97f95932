"""An Excel workbook as tables, and what its sheets say outright about the report.

Its XML is read directly: values as they were last shown, no formula is computed, and nothing that
the file claims about its own size is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from app.characters import printable
from app.files import FileError
from app.importing.archive import DAMAGED, Archive, attribute, child, children, local
from app.importing.paper import (
    MOST_BOXES,
    TOO_LARGE,
    Boxes,
    Lattice,
    Line,
    Paper,
    Piece,
)
from app.layout import Box

LARGEST_MERGE = 20_000
MOST_DIGITS = 15
"""What Excel itself knows of a number; digits behind that are noise."""
NO_VALUE = (
    "有 {} 个格是公式，文件里没有存它的结果，没有读到。请用 WPS 或 Excel 打开、保存一次再试。"
)
HIDDEN = ("hidden", "veryHidden")
OTHER = "这不是 Excel 表格（.xlsx）。"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


def read(data: bytes) -> Paper:
    """Return what a workbook holds. Raises FileError."""
    archive = Archive(data)
    main = archive.main_part()
    book = archive.xml(main)
    if local(book) != "workbook":
        raise FileError(OTHER)
    reader = _Reader(archive, main)
    pieces = list(reader.pieces(book))
    notices = (NO_VALUE.format(reader.formulas),) if reader.formulas else ()
    return Paper(tuple(pieces), notices)


class _Reader:
    """Reads the sheets one after the other."""

    def __init__(self, archive: Archive, main: str) -> None:
        self._archive = archive
        self._relations = archive.relations(main)
        self._strings = list(self._shared())
        self._boxes = Boxes()
        self.formulas = 0
        """Formulas whose value the file does not tell."""

    def pieces(self, book: Element) -> Iterator[Piece]:
        """The sheets that can be seen, each a table; lines that stand alone are lines, too."""
        sheets = child(book, "sheets")
        for sheet in sheets if sheets is not None else ():
            part, kind = self._relations.get(_relation(sheet), ("", ""))
            if attribute(sheet, "state") in HIDDEN or not kind.endswith("/worksheet"):
                continue
            boxes = tuple(self._sheet(self._archive.xml(part)))
            yield from (Line(text) for text in _alone(boxes))
            yield Lattice(boxes)

    def _shared(self) -> Iterator[str]:
        for part, kind in self._relations.values():
            if kind.endswith("/sharedStrings") and part in self._archive.names:
                yield from map(_string, children(self._archive.xml(part), "si"))

    def _sheet(self, sheet: Element) -> Iterator[Box]:
        merges = _merges(sheet)
        covered = {
            (row, column)
            for (top, left), (rows, columns) in merges.items()
            for row in range(top, top + rows)
            for column in range(left, left + columns)
        }
        rows = child(sheet, "sheetData")
        at = -1
        for row in rows if rows is not None else ():
            place = _place(f"A{attribute(row, 'r')}")
            at = place[0] if place else at + 1
            column = -1
            for cell in children(row, "c"):
                place = _place(attribute(cell, "r"))
                at, column = place if place else (at, column + 1)
                text = self._value(cell)
                if (at, column) in merges:
                    yield self._box(at, column, merges.pop((at, column)), text)
                elif (at, column) not in covered:
                    yield self._box(at, column, (1, 1), text)
        yield from (self._box(*place, size, "") for place, size in merges.items())

    def _box(self, row: int, column: int, size: tuple[int, int], text: str) -> Box:
        rows, columns = size
        self._boxes.one_more(row + rows - 1, column + columns - 1)
        return Box(row, column, rows, columns, text)

    def _value(self, cell: Element) -> str:
        kind, value = attribute(cell, "t"), child(cell, "v")
        if kind == "inlineStr":
            inline = child(cell, "is")
            return _string(inline).strip() if inline is not None else ""
        if value is None or value.text is None:
            self.formulas += child(cell, "f") is not None
            return ""
        if kind == "s":
            at = value.text.strip()
            known = at.isascii() and at.isdigit() and int(at) < len(self._strings)
            return self._strings[int(at)].strip() if known else ""
        return printable(value.text).strip() if kind in ("str", "e", "b") else _number(value.text)


def _relation(sheet: Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _string(item: Element) -> str:
    """The text of a string, its phonetic readings left out."""
    texts = [*children(item, "t")]
    texts += [text for run in children(item, "r") for text in children(run, "t")]
    plain = "".join(text.text or "" for text in texts)
    return printable(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), plain))


def _number(text: str) -> str:
    """A number as it is shown: 8.3 where the file says 8.300000000000001."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return text.strip()
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        return text.strip()
    if len(number.as_tuple().digits) > MOST_DIGITS:
        number = Decimal(f"{number:.{MOST_DIGITS - 1}e}").normalize()
    return f"{number:f}"


def _merges(sheet: Element) -> dict[tuple[int, int], tuple[int, int]]:
    """How far merged cells reach, by their first cell."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    covered = 0
    merged = child(sheet, "mergeCells")
    for one in merged if merged is not None else ():
        first, _, last = attribute(one, "ref").partition(":")
        start, end = _place(first), _place(last or first)
        if start is None or end is None:
            raise FileError(DAMAGED)
        rows, columns = end[0] - start[0] + 1, end[1] - start[1] + 1
        covered += rows * columns
        if min(rows, columns) < 1 or rows * columns > LARGEST_MERGE or covered > MOST_BOXES:
            raise FileError(TOO_LARGE)
        found[start] = (rows, columns)
    return found


def _place(reference: str) -> tuple[int, int] | None:
    found = _PLACE.fullmatch(reference.replace("$", ""))
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _alone(boxes: tuple[Box, ...]) -> Iterator[str]:
    """Texts that have a row to themselves, from top to bottom."""
    by_row: dict[int, list[str]] = {}
    for box in boxes:
        if box.text:
            by_row.setdefault(box.row, []).append(box.text)
    return (texts[0] for _, texts in sorted(by_row.items()) if len(texts) == 1)
