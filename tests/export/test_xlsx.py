"""The Excel workbook, read back."""

from __future__ import annotations

import getpass
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.checks import check
from app.drafts import load
from app.export.document import UNCHECKED_MARK, Document, TableContent, document_of
from app.export.xlsx import render
from app.forms import Cell, FigureKind, Form, all_forms, form_named
from app.layout import Box
from app.numbers import LARGEST_COUNT, Figure, Unreadable, show
from app.paths import resources
from app.report import Report
from app.totals import compute

FORMS = [form.version for form in all_forms()]
MONEY = {
    "2019": Cell("disclosure", "procurement", "amount"),
    "2021": Cell("disclosure", "fees", "amount"),
}
ANY = Cell("requests", "granted", "person")
FACTS = ("报告名称", "填报单位", "报告年度", "落款日期", "表二", "表三", "表四")
FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "#N/A", "=1\n2"]


def numbered(form: Form) -> dict[Cell, Figure]:
    """Give every typed cell a figure of its own."""
    money = FigureKind.MONEY
    return {
        one.cell: Decimal(at) / 8 if one.column.figure is money else at
        for at, one in enumerate(form.typed(), 1000)
    }


def report_on(version: str, **changes: Any) -> Report:
    form = form_named(version)
    assert form
    blank = Report(form, form.first_year, "青石镇人民政府", date=date(2027, 1, 12))
    return replace(blank, **{"cells": numbered(form), **changes})


def example() -> Report:
    return load(resources() / "examples" / "qingshi-2026.json").report


def opened(document: Document) -> Workbook:
    return load_workbook(io.BytesIO(render(document)))


def written(report: Report) -> Workbook:
    return opened(document_of(check(report)))


def parts_of(data: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def tables(document: Document) -> Iterator[tuple[Worksheet, TableContent, int]]:
    """Each table's sheet, the table, and how many lines stand above its grid."""
    book = opened(document)
    above = 3 if document.mark else 2
    for sheet, (_, table) in zip(book.worksheets[1:], document.tables, strict=True):
        yield sheet, table, above


def find(report: Report, cell: Cell) -> Any:
    """The sheet's cell where a figure of the report stands."""
    document = document_of(check(report))
    for sheet, table, above in tables(document):
        if box := table.grid.places.get(cell):
            return sheet.cell(above + box.row + 1, box.column + 1)
    raise AssertionError(cell)


def facts(sheet: Worksheet) -> dict[Any, Any]:
    """What the two columns of the first sheet say of each other."""
    names, values = list(sheet.iter_cols(max_col=2, values_only=True))
    return {name: value for name, value in zip(names, values, strict=True) if name in FACTS}


def covered(box: Box, above: int) -> Iterator[tuple[int, int]]:
    for row in range(box.row, box.row + box.rows):
        for column in range(box.column, box.column + box.columns):
            yield above + row + 1, column + 1


@pytest.mark.parametrize("version", FORMS)
def test_that_every_label_and_figure_stands_at_its_place_in_the_grid(version: str) -> None:
    report = report_on(version)
    figures = compute(report.form, report.cells)
    seen = 0
    for sheet, table, above in tables(document_of(check(report))):
        for box in table.grid.boxes:
            value = sheet.cell(above + box.row + 1, box.column + 1).value
            assert value == (figures.number(box.cell) if box.cell else box.text)
            seen += box.cell is not None
        signed = above + table.grid.rows + 1
        assert (sheet.max_row, sheet.max_column) == (signed, table.grid.columns)
    assert seen == len(report.form.fields)


@pytest.mark.parametrize("version", FORMS)
def test_that_totals_are_numbers_equal_to_ours(version: str) -> None:
    report = report_on(version)
    figures = compute(report.form, report.cells)
    totals = [one.cell for one in report.form.fields.values() if one.derived]
    placed = {
        box.cell: sheet.cell(above + box.row + 1, box.column + 1)
        for sheet, table, above in tables(document_of(check(report)))
        for box in table.grid.boxes
    }
    assert totals
    for cell in totals:
        assert (placed[cell].data_type, placed[cell].value) == ("n", figures.number(cell))


@pytest.mark.parametrize("version", FORMS)
def test_that_merges_are_those_of_the_grid(version: str) -> None:
    for sheet, table, above in tables(document_of(check(report_on(version)))):
        wanted = {
            (
                above + box.row + 1,
                box.column + 1,
                above + box.row + box.rows,
                box.column + box.columns,
            )
            for box in table.grid.boxes
            if box.rows * box.columns > 1
        }
        merged = {
            (one.min_row, one.min_col, one.max_row, one.max_col)
            for one in sheet.merged_cells.ranges
            if above < one.min_row <= above + table.grid.rows
        }
        assert merged == wanted


@pytest.mark.parametrize("version", FORMS)
def test_that_every_cell_of_a_merge_has_its_border_in_the_file(version: str) -> None:
    parts = parts_of(render(document_of(check(report_on(version)))))
    borders = re.findall(
        r"<xf [^>]*borderId=\"(\d+)\"", parts["xl/styles.xml"].split("<cellXfs")[1]
    )
    assert parts["xl/styles.xml"].count('style="thin"') == 4  # the one border: all round
    book_tables = tables(document_of(check(report_on(version))))
    for at, (sheet, table, above) in enumerate(book_tables, 2):
        style = dict(re.findall(r'<c r="(\w+)" s="(\d+)"', parts[f"xl/worksheets/sheet{at}.xml"]))
        for box in table.grid.boxes:
            for row, column in covered(box, above):
                name = sheet.cell(row, column).coordinate
                assert borders[int(style[name])] == "1"


def test_that_a_blank_stays_empty_and_a_zero_is_a_zero() -> None:
    assert find(report_on("2021", cells={}), ANY).value is None
    zero = find(report_on("2021", cells={ANY: 0}), ANY)
    assert (zero.value, zero.data_type, zero.number_format) == (0, "n", "0")


def test_that_the_total_of_a_row_with_a_blank_stays_empty() -> None:
    assert find(report_on("2021", cells={ANY: 3}), ANY._replace(column="total")).value is None


@pytest.mark.parametrize("text", ["2（其中电子1件）", "１２件多", "1e5", " 7 ", "无", "_x0041_"])
def test_that_what_cannot_be_read_stands_as_it_was_written(text: str) -> None:
    cell = find(report_on("2021", cells={ANY: Unreadable(text)}), ANY)
    assert cell.data_type == "s"
    assert cell.value.replace("_x005F_", "_") == text


@pytest.mark.parametrize("text", FORMULAS)
def test_that_no_text_becomes_a_formula(text: str) -> None:
    report = report_on(
        "2021", organ=text, stated_title=text, cells={ANY: Unreadable(text)}, texts={"other": text}
    )
    data = render(document_of(check(report)))
    assert not any(re.search("<f[ />]", part) for part in parts_of(data).values())
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert cell.data_type in ("s", "n")
            assert cell.quotePrefix == str(cell.value).startswith(tuple("=+-@\t"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@x", "\t1"])
def test_that_text_that_looks_like_a_formula_is_quoted(text: str) -> None:
    assert find(report_on("2021", cells={ANY: Unreadable(text)}), ANY).quotePrefix
    assert not find(report_on("2021", cells={ANY: Unreadable("无")}), ANY).quotePrefix


@pytest.mark.parametrize("count", [1234567890, LARGEST_COUNT, -3])
def test_that_large_counts_are_exact(count: int) -> None:
    cell = find(report_on("2021", cells={ANY: count}), ANY)
    assert (cell.value, cell.number_format) == (count, "0")


@pytest.mark.parametrize("version", FORMS)
@pytest.mark.parametrize(
    "amount", ["24252.311082", "96171.6", "0.242", "8.3", "0", "123456.78901", "0.000000001"]
)
def test_that_amounts_stand_in_the_file_digit_for_digit(version: str, amount: str) -> None:
    report = report_on(version, cells={MONEY[version]: Decimal(amount)})
    sheet = parts_of(render(document_of(check(report))))["xl/worksheets/sheet2.xml"]
    assert re.findall(r"<v>(.*?)</v>", sheet) == [amount]


@pytest.mark.parametrize("version", FORMS)
def test_that_amounts_are_shown_to_the_last_digit_with_the_unit_no_heading_names(
    version: str,
) -> None:
    unit = '"万元"' if version == "2019" else ""
    for amount, shown in (("96171.6", "0.00####"), ("0.12345678", "0.00######")):
        cell = find(report_on(version, cells={MONEY[version]: Decimal(amount)}), MONEY[version])
        assert cell.number_format == shown + unit


@settings(max_examples=25, deadline=None)
@given(
    st.decimals(0, LARGEST_COUNT, allow_nan=False, places=6).filter(
        lambda one: len(one.as_tuple().digits) <= 15
    )
)
def test_that_no_amount_changes_its_value(amount: Decimal) -> None:
    cell = find(report_on("2021", cells={MONEY["2021"]: amount}), MONEY["2021"])
    assert cell.value == float(show(amount))


@pytest.mark.parametrize("clean", [True, False])
def test_that_every_sheet_bears_the_mark_where_the_report_is_not_clean(clean: bool) -> None:
    report = example() if clean else example().with_cells({ANY: None})
    for sheet in written(report).worksheets:
        first = sheet["A1"]
        assert (first.value == UNCHECKED_MARK) is not clean
        assert (first.font.color is not None and first.font.color.rgb == "FFFF0000") is not clean
        assert sheet.oddHeader is not None
        assert (sheet.oddHeader.center.text == UNCHECKED_MARK) is not clean


def test_that_the_first_sheet_tells_the_basic_facts() -> None:
    sheet = written(example()).worksheets[0]
    assert sheet.title == "基本情况"
    assert facts(sheet) == {
        "报告名称": "青石镇2026年政府信息公开工作年度报告",
        "填报单位": "青石镇人民政府",
        "报告年度": 2026,
        "落款日期": "2027年1月12日",
        "表二": "二、主动公开政府信息情况（计量单位：件、万元）",
        "表三": "三、收到和处理政府信息公开申请情况（计量单位：件）",
        "表四": "四、政府信息公开行政复议、行政诉讼情况（计量单位：件）",
    }


def test_that_each_table_sheet_names_section_organ_year_and_units() -> None:
    book = written(example())
    assert book.sheetnames[1:] == ["表二", "表三", "表四"]
    head = [
        [cell for cell in row if cell]
        for row in book["表三"].iter_rows(max_row=2, values_only=True)
    ]
    assert head[0] == ["三、收到和处理政府信息公开申请情况"]
    assert head[1] == ["填报单位：青石镇人民政府", "2026年度　计量单位：件"]


def test_that_those_who_answer_for_a_table_can_sign_below_it() -> None:
    assert signed(written(example())["表四"]) == ["单位负责人：填表人：", "填报日期：2027年1月12日"]
    undated = written(report_on("2021", organ="", date=None))["表四"]
    assert signed(undated)[1] == "填报日期：年月日"


def signed(sheet: Worksheet) -> list[str]:
    """What stands below the table, the room to write in left out."""
    cells = (str(cell.value or "") for cell in sheet[sheet.max_row])
    return [text.replace("\u3000", "") for text in cells if text]


def test_that_a_report_without_organ_and_date_leaves_their_places_empty() -> None:
    values = facts(written(report_on("2021", organ="", date=None)).worksheets[0])
    assert values["填报单位"] is None
    assert values["落款日期"] is None


@pytest.mark.parametrize("version", FORMS)
def test_that_every_sheet_prints_on_a4_one_page_wide_with_a_page_number(version: str) -> None:
    for sheet in written(report_on(version)).worksheets:
        assert str(sheet.page_setup.paperSize) == Worksheet.PAPERSIZE_A4
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.page_setup.orientation == "portrait"
        assert sheet.print_options.horizontalCentered
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.center.text == "第 &P 页"


@pytest.mark.parametrize("version", FORMS)
def test_that_heading_rows_are_frozen_and_repeated(version: str) -> None:
    for sheet, table, above in tables(document_of(check(report_on(version)))):
        head = table.grid.head_rows
        assert str(sheet.freeze_panes).strip("ABCD") == str(above + head + 1)
        wanted = f"${above + 1}:${above + head}" if head else None
        assert sheet.print_title_rows == wanted


def test_that_the_stub_of_a_table_with_heading_rows_is_frozen() -> None:
    assert written(example())["表三"].freeze_panes == "D6"


def test_that_a_table_of_many_wide_figures_is_turned() -> None:
    wide = dict.fromkeys(report_on("2021").cells, 10**9)
    book = written(report_on("2021", cells=wide))
    assert book["表四"].page_setup.orientation == "landscape"


def test_that_columns_grow_with_their_figures() -> None:
    def width(count: int) -> float:
        cell = find(report_on("2021", cells={ANY: count}), ANY)
        return float(cell.parent.column_dimensions[cell.column_letter].width)

    assert width(99) == pytest.approx(685 / 120, abs=0.01)
    assert width(10**11) > 12 * 10.5 / 11


def test_that_rows_grow_with_the_text_they_must_hold() -> None:
    def height(text: str) -> float:
        cell = find(report_on("2021", cells={ANY: Unreadable(text)}), ANY)
        return float(cell.parent.row_dimensions[cell.row].height)

    assert height("无") < 20
    assert height("无法统计" * 6) > 3 * 10.5
    assert height("无" * 30_000) <= 409


def test_that_a_label_over_many_rows_in_a_narrow_column_has_room() -> None:
    for sheet, table, above in tables(document_of(check(example()))):
        for box in table.grid.boxes:
            rows = range(above + box.row + 1, above + box.row + box.rows + 1)
            letters = [get_column_letter(box.column + 1 + at) for at in range(box.columns)]
            wide = sum(sheet.column_dimensions[letter].width for letter in letters) * 6  # points
            high = sum(sheet.row_dimensions[row].height for row in rows)
            assert len(box.text) * 10.5**2 <= wide * high


@pytest.mark.parametrize("organ", ["青\x00石\x1f镇", "青\u202e石\ud800镇\ufffe", "青\v石镇\x7f"])
def test_that_control_characters_do_not_spoil_the_file(organ: str) -> None:
    assert written(report_on("2021", organ=organ)).worksheets[0]["B4"].value == "青石镇"


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_that_any_text_gives_a_file_that_opens(text: str) -> None:
    written(report_on("2021", organ=text, stated_title=text, cells={ANY: Unreadable(text)}))


def test_that_the_file_names_nobody() -> None:
    data = render(document_of(check(example())))
    whole = "\n".join(parts_of(data).values())
    for trace in (
        "creator",
        "lastModifiedBy",
        "/home/",
        "/root",
        "C:\\",
        "<Company>",
        "<Manager>",
        f">{getpass.getuser()}<",
    ):
        assert trace not in whole


SCRIPT = """
import hashlib, sys
from app.checks import check
from app.drafts import load
from app.export.document import document_of
from app.export.xlsx import render
from app.paths import resources
report = load(resources() / "examples" / "qingshi-2026.json").report
print(hashlib.sha256(render(document_of(check(report)))).hexdigest())
"""


def test_that_the_same_report_gives_the_same_bytes_in_every_process() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            check=True,
            capture_output=True,
            cwd=resources().parent,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
