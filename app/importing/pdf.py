"""A PDF file as lines and tables: words by where they stand, tables by the lines around them."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from app.characters import printable
from app.files import FileError
from app.importing.edges import Edges
from app.importing.paper import MOST_BOXES, Lattice, Line, Paper, Piece, Role
from app.importing.ruling import NEAR, Rule, drawn_tables
from app.layout import Box

MOST_PAGES = 200
MOST_RULES = 6_000
THICKEST = 2.5
"""Points of a filled bar that is still a line."""
SHORTEST = 2.0
MARGIN = 0.12
"""The part of a page's height at its ends where page numbers stand."""
LARGER = 1.2
"""How much larger than others the letters of a title are."""
ASTRAY = 4.0
"""Letters by which lines may end before tables do."""
FAR = 0.4
"""The part of a line behind which only a signature begins."""
INDENT, LACK = 0.8, 2.5
"""Letters by which the first line of a paragraph is shorter at least, and the last may be."""
NO_TEXT = "这个 PDF 是扫描的图片，里面没有文字，读不出来。请找 Word、Excel 或网页格式的文件。"
LOCKED = "这个 PDF 加了密码，打不开。请去掉密码后再试。"
DAMAGED = "这个 PDF 打不开，可能已损坏。请重新导出一份再试。"
_PAGE_NUMBER = re.compile(r"[—–\-－·\s第]*\d{1,3}[—–\-－·\s页]*")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\w%])|(?<=[\w%]) +(?=[\u4e00-\u9fff])")
_RADICALS = range(0x2E80, 0x2FE0)
"""Signs that some programs write in place of the 汉字 that look the same."""


class Sign(NamedTuple):
    """A character where it stands."""

    text: str
    left: float
    right: float
    middle: float
    size: float


NOWHERE = Sign("\n", -1.0, -1.0, -1.0, 0.0)


@dataclass
class Row:
    """A printed line."""

    signs: list[Sign] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(sign.text for sign in self.signs).strip()

    @property
    def left(self) -> float:
        """Where it begins."""
        return min(sign.left for sign in self.signs)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(sign.right for sign in self.signs)

    @property
    def size(self) -> float:
        """How large its letters are: as wide as a 汉字, where it has any."""
        wide = [sign.right - sign.left for sign in self.signs if "\u4e00" <= sign.text <= "\u9fff"]
        return median(wide) if wide else max(sign.size for sign in self.signs)


class _Page(NamedTuple):
    """Where lines begin and end, and how large the letters of most of them are."""

    left: float
    right: float
    size: float


@dataclass
class Table:
    """A drawn table: its cells from the top down, each with what stands in it."""

    cells: list[tuple[Rule, list[str]]]

    @property
    def worded(self) -> bool:
        """Tell whether there are any words in it."""
        return any(texts for _, texts in self.cells)

    @property
    def top(self) -> float:
        """Where it begins."""
        return max(cell.top for cell, _ in self.cells)


def read(data: bytes) -> Paper:
    """Return what a PDF file holds. Raises FileError."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MOST_PAGES:
                raise FileError("这个 PDF 页数太多，不像是一份年度报告，没有打开。")
            parts = [part for page in document for part in _page(page)]
    except pypdfium2.PdfiumError as error:
        raise FileError(LOCKED if "password" in str(error).lower() else DAMAGED) from error
    if not any(isinstance(part, Row) or part.worded for part in parts):
        raise FileError(NO_TEXT)
    return Paper(tuple(_pieces(parts)))


def _page(page: pypdfium2.PdfPage) -> Iterator[Row | Table]:
    """The lines and tables of a page, from the top down."""
    tables = [Table([(cell, []) for cell in cells]) for cells in drawn_tables(_rules(page))]
    rows: list[Row] = [Row()]
    for sign in _signs(page):
        if (cell := _cell_around(tables, sign)) is not None:
            cell.append(sign.text)
        elif sign.text == "\n":
            rows.append(Row())
        elif rows[-1].signs or sign.text.strip():
            rows[-1].signs.append(sign)
    height = page.get_height()
    placed: list[tuple[float, Row | Table]] = [(table.top, table) for table in tables]
    for row in rows:
        if row.signs:
            middle = row.signs[0].middle
            at_end = not height * MARGIN < middle < height * (1 - MARGIN)
            if not (at_end and _PAGE_NUMBER.fullmatch(row.text)):
                placed.append((middle, row))
    yield from (part for _, part in sorted(placed, key=lambda one: -one[0]))


def _cell_around(tables: Sequence[Table], sign: Sign) -> list[str] | None:
    middle = (sign.left + sign.right) / 2
    for table in tables:
        for cell, texts in table.cells:
            if cell.left <= middle <= cell.right and cell.bottom <= sign.middle <= cell.top:
                return texts
    return None


def _signs(page: pypdfium2.PdfPage) -> Iterator[Sign]:
    """The characters of a page in reading order; each line ends with a line end."""
    text, last, high = page.get_textpage(), NOWHERE, 0
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, at)
        if 0xD800 <= code < 0xDC00:  # the first half of a rare 汉字, told apart from the second
            high = code
            continue
        sign = _character(code, high)
        high = 0
        if sign == "\n":
            yield NOWHERE
        elif (shown := printable(sign).strip("\n")) and pdfium.FPDFText_IsGenerated(text.raw, at):
            yield last._replace(text=shown, left=last.right)  # a gap, which stands nowhere itself
        elif shown:
            left, bottom, right, top = text.get_charbox(at, loose=True)
            yield (last := Sign(shown, left, right, (bottom + top) / 2, top - bottom))


def _character(code: int, high: int) -> str:
    if high and 0xDC00 <= code < 0xE000:
        code = 0x10000 + (high - 0xD800) * 0x400 + code - 0xDC00
    sign = chr(code) if 0 < code <= 0x10FFFF else ""
    return unicodedata.normalize("NFKC", sign) if code in _RADICALS else sign


def _rules(page: pypdfium2.PdfPage) -> list[Rule]:
    """The lines of a page that run along an axis."""
    rules: list[Rule] = []
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(drawn.raw, fill, stroke)
        for points in _strokes(drawn):
            if stroke.value:
                rules += [_rule(pair) for pair in pairwise(points)]
            elif fill.value:
                rules.append(_rule(points))
        if len(rules) > MOST_RULES:
            raise FileError("这个 PDF 里线条太多，不像是一份年度报告，没有打开。")
    return list(dict.fromkeys(rule for rule in rules if _is_line(rule)))


def _strokes(drawn: pypdfium2.PdfObject) -> Iterator[list[tuple[float, float]]]:
    """The corners of each stretch of a path, where they stand on the page."""
    matrix = drawn.get_matrix()
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(pdfium.FPDFPath_CountSegments(drawn.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.raw, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            yield points
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield points


def _rule(points: Sequence[tuple[float, float]]) -> Rule:
    across, up = [x for x, _ in points], [y for _, y in points]
    if not points:
        return Rule(0, 0, 0, 0)
    return Rule(min(across), min(up), max(across), max(up))


def _is_line(rule: Rule) -> bool:
    width, height = rule.right - rule.left, rule.top - rule.bottom
    return min(width, height) <= THICKEST and max(width, height) >= SHORTEST


def _pieces(parts: Sequence[Row | Table]) -> Iterator[Piece]:
    """Join what belongs together: printed lines to paragraphs, tables to what they go on with."""
    page = _type_area(parts)
    for kind, group in groupby(parts, key=type):
        if kind is Table:
            yield _lattice([part for part in group if isinstance(part, Table)])
        else:
            yield from _paragraphs([part for part in group if isinstance(part, Row)], page)


def _type_area(parts: Sequence[Row | Table]) -> _Page:
    """Where lines begin and most of them end.

    Tables are about as wide as lines: where lines agree on less, all of them are short ones.
    A title begins anywhere.
    """
    rows = [part for part in parts if isinstance(part, Row)]
    cells = [cell for part in parts if isinstance(part, Table) for cell, _ in part.cells]
    size = median([row.size for row in rows] or [0.0])
    ends = Counter(round(row.right) for row in rows).most_common(1)
    right: float = ends[0][0] if ends else 0.0
    left = min([row.left for row in rows if row.size <= size * LARGER], default=0.0)
    if cells:
        beside, behind = min(cell.left for cell in cells), max(cell.right for cell in cells)
        right = right if right > behind - size * ASTRAY else behind
        left = left if left < beside + size * INDENT * 2 else beside
    return _Page(left, right, size)


def _paragraphs(rows: Sequence[Row], page: _Page) -> Iterator[Line]:
    """A line that begins at the margin goes on with a full one before it."""
    text, role, full = "", Role.PLAIN, False
    for row in rows:
        begins = not full or row.left > page.left + row.size * INDENT
        now = _role(row, page)
        if text and (begins or Role.TITLE in (role, now)):
            yield Line(_closed(text), role)
            text = ""
        role = role if text else now
        text += row.text
        full = row.right > page.right - row.size * LACK
    if text:
        yield Line(_closed(text), role)


def _role(row: Row, page: _Page) -> Role:
    if row.size > page.size * LARGER:
        return Role.TITLE
    far = row.left > page.left + (page.right - page.left) * FAR
    return Role.SIGNATURE if far else Role.PLAIN


def _closed(text: str) -> str:
    """A text without the gaps that are set between 汉字 and figures."""
    return _GAP.sub("", text)


def _lattice(tables: Sequence[Table]) -> Lattice:
    """Tables with nothing between them as one; its columns are told by where their edges lie."""
    cells = [cell for table in tables for cell, _ in table.cells]
    if len(cells) > MOST_BOXES:
        raise FileError(DAMAGED)
    columns = Edges([edge for cell in cells for edge in (cell.left, cell.right)], NEAR)
    boxes: list[Box] = []
    above = 0
    for table in tables:
        rows = Edges([-edge for cell, _ in table.cells for edge in (cell.top, cell.bottom)], NEAR)
        for cell, texts in table.cells:
            at, column = rows.at(-cell.top), columns.at(cell.left)
            down, wide = rows.at(-cell.bottom) - at, columns.at(cell.right) - column
            boxes.append(Box(above + at, column, down, wide, "".join(texts).strip()))
        above += len(rows) - 1
    return Lattice(tuple(boxes))
