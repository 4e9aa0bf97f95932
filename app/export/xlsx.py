"""The tables of a report as an Excel workbook: one sheet each, laid out like the official form.

Everything is a value: previewers and Excel's protected view compute no formulas. No text can turn
into one, and the same document gives the same bytes.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import accumulate
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import _HeaderFooterPart as HeaderFooterPart
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_APP

from app.export.archive import undated
from app.export.document import Content, Document, TableContent
from app.files import FileError
from app.layout import Box, Grid
from app.numbers import Unreadable

# Lengths in twips, as the official form states them; row heights in points, as Excel wants them.
TWIPS_PER_POINT = 20
TWIPS_PER_WIDTH = 120
"""One unit of a column's width: 8 pixels of 1/96 inch, a digit of the base font."""
A4 = (11906, 16838)
SIDE_MARGIN = 1000
END_MARGIN = 864
FOOT_MARGIN = 430
PADDING = 90
"""What a cell keeps free at its left and right together."""
INDENT = 200
LONG_LINE = 6
"""Ems from which a line may end one early, for the sake of punctuation."""
FACT_FRAME = (2200, 7540)

LOWEST_ROW, EASY_ROW, HIGHEST_ROW = 18.5, 26.0, 409.0
EASY_TABLE = 500
"""The height below which a table's rows get more than they need."""
LINE_PITCH = 1.38
ROW_PADDING = 4.5
WIDEST_TEXT = 40
"""Ems a column may grow to for a figure that cannot be read."""
TURNED_IF = 1.1
"""How much larger a sheet must come out for its paper to be turned."""
SMALLEST_SCALE = 0.6
"""What would have to be printed smaller to stand on one page goes on over several."""

LONGEST_TEXT = 32_767
"""UTF-16 units a cell can hold; openpyxl would silently cut what is longer."""
NO_DATE = datetime(1980, 1, 1)
NAMELESS = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
FORMULA_STARTS = tuple("=+-@\t\r\n")
ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads _x0041_ in a text as the character of that number."""

BASE_FONT = Font(name="宋体", size=11)
"""Excel counts column widths in its digits, which in 宋体 are half as wide as a 汉字."""
TITLE_FONT = Font(name="方正小标宋简体", size=18)
HEADING_FONT = Font(name="黑体", size=14)
TEXT_SIZE = 10.5
TEXT_FONT = Font(name="宋体", size=TEXT_SIZE)
FACT_FONT = Font(name="宋体", size=12)
MARK_FONT = Font(name="宋体", size=14, bold=True, color="FFFF0000")
LINE = Side(style="thin", color="FF000000")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True)
FITTED = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)


@dataclass(frozen=True, slots=True)
class Look:
    """How a box of a sheet is drawn; a figure has a number format."""

    font: Font = TEXT_FONT
    alignment: Alignment = CENTRED
    framed: bool = True
    number_format: str = ""
    air: float = 0
    """Points of height beyond what the text needs."""


TITLE = Look(TITLE_FONT, framed=False, air=16)
HEADING = Look(HEADING_FONT, framed=False, air=8)
MARK = Look(MARK_FONT, framed=False, air=2)
NOTE = Look(alignment=LEFT, framed=False)
NOTE_AT_RIGHT = Look(alignment=RIGHT, framed=False)
SIGNED = replace(NOTE, air=10)
SIGNED_AT_RIGHT = replace(NOTE_AT_RIGHT, air=10)
LABEL = Look()
LEAF_LABEL = Look(alignment=LEFT)
FACT_NAME = Look(FACT_FONT, air=6)
FACT = Look(FACT_FONT, INDENTED, air=6)


def render(document: Document) -> bytes:
    """Return the workbook: a sheet of basic facts, then a sheet for each table.

    Raises FileError where a text is longer than a cell can hold.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    vars(workbook)["_named_styles"]["Normal"].font = BASE_FONT  # openpyxl has no other way in
    _fact_page(workbook, document)
    for heading, table in document.tables:
        _table_page(workbook, document, heading, table)
    _tell_no_tales(workbook, document)
    return _packed(workbook)


class Page:
    """A sheet in the making: boxes are placed on it, `finish` lets its rows grow to hold them."""

    def __init__(self, workbook: Workbook, name: str, widths: Sequence[float], mark: str) -> None:
        self.sheet = workbook.create_sheet(name)
        self.widths = widths
        self.mark = mark
        self.top = 0
        """The first row below the lines at the head."""
        self._lows: list[tuple[Box, float]] = []
        if mark:
            self.add_line(mark, MARK)

    @property
    def columns(self) -> int:
        """How many columns the sheet uses."""
        return len(self.widths)

    def add_line(self, text: str, look: Look) -> None:
        """Put a line across the whole sheet below those already there."""
        self.place(Box(self.top, 0, 1, self.columns, text), look)
        self.top += 1

    def place(self, box: Box, look: Look) -> None:
        """Write the text of a box at its place, merge what it covers and draw its frame."""
        last = (box.row + box.rows, box.column + box.columns)
        if box.rows * box.columns > 1:
            self.sheet.merge_cells(None, box.row + 1, box.column + 1, *last)
        if look.framed:
            for row in range(box.row, last[0]):
                for column in range(box.column, last[1]):
                    self.sheet.cell(row + 1, column + 1).border = FRAME
        self._write(box, look)
        self._lows.append((box, self._low(box, look)))

    def finish(self) -> None:
        """Set widths, heights and everything the printer needs."""
        heights = _heights(self._lows)
        for at, height in heights.items():
            self.sheet.row_dimensions[at + 1].height = round(min(height, HIGHEST_ROW), 2)
        for at, width in enumerate(self.widths, 1):
            letter = get_column_letter(at)
            self.sheet.column_dimensions[letter].width = round(width / TWIPS_PER_WIDTH, 2)
        self.sheet.sheet_view.showGridLines = False
        self._set_paper(sum(heights.values()) * TWIPS_PER_POINT)
        self._set_margins()

    def repeat(self, grid: Grid) -> None:
        """Keep the headings of a table in sight: frozen on the screen, repeated on each page."""
        below = self.top + grid.head_rows + 1
        beside = grid.stub_columns + 1 if grid.head_rows else 1
        self.sheet.freeze_panes = f"{get_column_letter(beside)}{below}"
        if grid.head_rows:
            self.sheet.print_title_rows = f"{self.top + 1}:{self.top + grid.head_rows}"

    def _write(self, box: Box, look: Look) -> None:
        cell = self.sheet.cell(box.row + 1, box.column + 1)
        cell.font = look.font
        cell.alignment = look.alignment
        if not box.text:
            return
        if look.number_format:
            cell.value = box.text  # digits as they are: openpyxl makes 8.300000000000001 of 8.3
            cell.data_type = "n"
            cell.number_format = look.number_format
            return
        cell.value = _fitting(ESCAPE_LIKE.sub("_x005F_", box.text))
        cell.data_type = "s"
        cell.quotePrefix = box.text.startswith(FORMULA_STARTS)

    def _low(self, box: Box, look: Look) -> float:
        """The points a box needs in height."""
        size = float(look.font.size)
        width = sum(self.widths[box.column : box.column + box.columns])
        width -= PADDING + INDENT * look.alignment.indent
        lines = _lines(box.text, width, size) if look.alignment.wrap_text else 1
        return lines * size * LINE_PITCH + ROW_PADDING + look.air

    def _set_paper(self, height: float) -> None:
        width = sum(self.widths)
        upright, turned = _scale(width, height, A4), _scale(width, height, A4[::-1])
        setup = self.sheet.page_setup
        setup.paperSize = self.sheet.PAPERSIZE_A4
        setup.orientation = "landscape" if turned > TURNED_IF * upright else "portrait"
        setup.fitToWidth = 1
        setup.fitToHeight = int(max(upright, turned) >= SMALLEST_SCALE)
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def _set_margins(self) -> None:
        margins = self.sheet.page_margins
        margins.left = margins.right = SIDE_MARGIN / 1440
        margins.top = margins.bottom = END_MARGIN / 1440
        margins.header = margins.footer = FOOT_MARGIN / 1440
        self.sheet.print_options.horizontalCentered = True
        self.sheet.oddFooter.center = HeaderFooterPart("第 &P 页", "宋体", 10)
        if self.mark:
            part = HeaderFooterPart(self.mark.replace("&", "&&"), "宋体,Bold", 12, "FF0000")
            self.sheet.oddHeader.center = part


def _fact_page(workbook: Workbook, document: Document) -> None:
    page = Page(workbook, "基本情况", FACT_FRAME, document.mark)
    page.add_line(document.title, TITLE)
    for at, (name, text, look) in enumerate(_facts(document), page.top):
        page.place(Box(at, 0, 1, 1, name), FACT_NAME)
        page.place(Box(at, 1, 1, 1, text), look)
    page.finish()


def _fitting(text: str) -> str:
    """Return a text that one cell can hold. Raises FileError where it cannot."""
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise FileError(
            f"没有导出 Excel 表格：“{text[:10]}……”有 {len(text)} 个字，"
            f"一格最多放得下 {LONGEST_TEXT} 个。请改短后再导出，或不选 Excel。"
        )
    return text


def _facts(document: Document) -> Iterator[tuple[str, str, Look]]:
    yield "报告名称", document.title, FACT
    yield "填报单位", document.organ, FACT
    yield "报告年度", str(document.year), replace(FACT, number_format='0"年"')
    yield "落款日期", document.date, FACT
    for heading, table in document.tables:
        yield _name(heading), f"{heading}（{table.units}）", FACT


def _table_page(workbook: Workbook, document: Document, heading: str, table: TableContent) -> None:
    page = Page(workbook, _name(heading), _widths(table), document.mark)
    page.add_line(heading, HEADING)
    half = _half(page.widths)
    page.place(Box(page.top, 0, 1, half, f"填报单位：{document.organ}"), NOTE)
    right = f"{document.year}年度　{table.units}"
    page.place(Box(page.top, half, 1, page.columns - half, right), NOTE_AT_RIGHT)
    page.top += 1
    air = min(EASY_ROW, max(LOWEST_ROW, EASY_TABLE / table.grid.rows)) - LOWEST_ROW
    for content in table.contents:
        box = replace(content.box, row=content.box.row + page.top, text=content.text)
        page.place(box, replace(_look(content, table.grid), air=air))
    _sign(page, document, page.top + table.grid.rows, half)
    page.repeat(table.grid)
    page.finish()


def _sign(page: Page, document: Document, row: int, half: int) -> None:
    """Leave room below a table for those who answer for it, as on any statistical form."""
    gap = "\u3000" * 4
    page.place(Box(row, 0, 1, half, f"单位负责人：{gap}填表人：{gap}"), SIGNED)
    day = document.date or "\u3000\u3000年\u3000月\u3000日"
    page.place(Box(row, half, 1, page.columns - half, f"填报日期：{day}"), SIGNED_AT_RIGHT)


def _name(heading: str) -> str:
    """Name the sheet of a table as clerks name the table: by the numeral of its heading."""
    return f"表{heading.partition('、')[0]}"[:31]


def _look(content: Content, grid: Grid) -> Look:
    box = content.box
    if _is_number(content):
        return Look(alignment=FITTED, number_format=_number_format(content))
    in_stub = box.column < grid.stub_columns and not any(box.row in band for band in grid.bands)
    if in_stub and grid.stub_columns > 1 and box.rows == 1:
        return LEAF_LABEL
    return LABEL


def _is_number(content: Content) -> bool:
    return content.figure is not None and not isinstance(content.figure, Unreadable)


def _number_format(content: Content) -> str:
    """Show a count as it is and an amount to its last decimal, with its unit if it has one."""
    plain = "0"
    if isinstance(content.figure, Decimal):
        decimals = len(content.text.partition(".")[2])
        plain = "0.00".ljust(max(len("0.00####"), 2 + decimals), "#")
    return plain + (f'"{content.unit}"' if content.unit else "")


def _widths(table: TableContent) -> list[float]:
    """Take the widths of the official form, wider where a figure would not fit."""
    widths = [float(width) for width in table.table.frame]
    for content in table.contents:
        if content.figure is not None:
            covered = range(content.box.column, content.box.column + content.box.columns)
            lack = _width_wanted(content) - sum(widths[at] for at in covered)
            for at in covered:
                widths[at] += max(0, lack) / len(covered)
    return widths


def _width_wanted(content: Content) -> float:
    ems = _ems(content.text + content.unit)
    if not _is_number(content):
        ems = min(ems / 6, WIDEST_TEXT)
    elif isinstance(content.figure, Decimal):
        ems += _ems(".00")
    return ems * TEXT_SIZE * TWIPS_PER_POINT + 3 * PADDING


def _half(widths: Sequence[float]) -> int:
    """How many columns come nearest to half the width of the sheet; at least one on each side."""
    middle = sum(widths) / 2
    edges = list(accumulate(widths))[:-1]
    return 1 + min(range(len(edges)), key=lambda at: abs(edges[at] - middle))


def _ems(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(sign) in "WFA" for sign in text)
    return (len(text) + wide) / 2


def _lines(text: str, width: float, size: float) -> int:
    """How many lines a wrapped text takes at most."""
    fitting = max(1, int(width / (size * TWIPS_PER_POINT)))
    fitting -= fitting > LONG_LINE
    return sum(max(1, -int(-_ems(part) // fitting)) for part in text.split("\n"))


def _scale(width: float, height: float, paper: tuple[int, int]) -> float:
    """How far a sheet must shrink to stand on one page."""
    return min(1, (paper[0] - 2 * SIDE_MARGIN) / width, (paper[1] - 2 * END_MARGIN) / height)


def _heights(lows: Sequence[tuple[Box, float]]) -> dict[int, float]:
    """Give each row its height; what a box over several rows lacks, they share."""
    heights: dict[int, float] = {}
    for box, low in sorted(lows, key=lambda one: one[0].rows):
        rows = range(box.row, box.row + box.rows)
        lack = max(0, low - sum(heights.setdefault(row, LOWEST_ROW) for row in rows))
        for row in rows:
            heights[row] += lack / box.rows
    return heights


def _tell_no_tales(workbook: Workbook, document: Document) -> None:
    """Leave nobody's name and no real date in the file, nor a reason to recompute it."""
    properties = workbook.properties
    properties.title = document.title
    properties.creator = None
    properties.created = properties.modified = NO_DATE
    workbook.calculation.fullCalcOnLoad = False


def _packed(workbook: Workbook) -> bytes:
    """Zip the parts without dates, the one that names the library without its name."""
    raw = io.BytesIO()
    ExcelWriter(workbook, ZipFile(raw, "w")).save()
    return undated(raw.getvalue(), {ARC_APP: NAMELESS})
