"""What Excel, WPS, LibreOffice and Word put on the clipboard, read as a grid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clipboard import MOST_COLUMNS, MOST_ROWS, as_html, as_text, read_block
from app.numbers import InputError

EXCEL = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><style>
<!--table {mso-displayed-decimal-separator:"\\.";} td {padding:1px;}--></style></head>
<body link=blue vlink=purple><table border=0 cellpadding=0 width=192>
 <col width=64 span=3 style='width:48pt'>
<!--StartFragment-->
 <tr height=19 style='height:14.25pt'>
  <td rowspan=2 height=38 class=xl65 width=64>一</td>
  <td colspan=2 class=xl65 x:num="1234">1,234</td>
 </tr>
 <tr height=19>
  <td height=19 align=right x:num>3</td>
  <td>&nbsp;</td>
 </tr>
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'><td width=64></td><td width=64></td><td width=64></td></tr>
 <![endif]>
<!--EndFragment-->
</table></body></html>"""

WORD = """<html><head><title>表</title></head><body lang=ZH-CN>
<p class=MsoNormal>表三</p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>
 <tr style='mso-yfti-irow:0'><td width=83 rowspan=2 style='border:solid'>
  <p class=MsoNormal><span lang=EN-US style='font-family:宋体'>1<o:p></o:p></span></p></td>
  <td width=83 colspan=2><p class=MsoNormal align=center><span><span
  style='mso-spacerun:yes'>&nbsp;</span><b>2</b></span><span>件</span></p></td></tr>
 <tr><td><p class=MsoNormal>3</p><p class=MsoNormal>4</p></td><td><p><o:p>&nbsp;</o:p></p></td></tr>
 <![if !supportMisalignedColumns]><tr height=0><td width=83 style='border:none'></td></tr><![endif]>
</table></body></html>"""

LIBREOFFICE = """<!DOCTYPE html><html><head><style type="text/css">td { font-size: x-small }</style>
</head><body><table cellspacing="0" border="0"><colgroup span="2" width="85"></colgroup>
<tr><td height="17" align="right" sdval="3" sdnum="1033;">3</td><td align="left"><br></td></tr>
<tr><td height="17" align="left">合计</td><td sdval="1234.5" sdnum="1033;">1,234.5</td>
</tr></table></body></html>"""


def test_that_merged_cells_of_excel_shift_no_other() -> None:
    assert read_block("一\t1,234\t\r\n\t3\t\r\n", EXCEL) == (
        ("一", "1,234", None),
        (None, "3", "\u00a0"),
    )


def test_that_a_word_table_is_read_cell_by_cell_though_its_text_has_lost_the_grid() -> None:
    assert read_block("表三\n1\n 2件\n3\n4\n", WORD) == (
        ("1", "\u00a02件", None),
        (None, "3 4", "\u00a0"),
    )


def test_that_a_sheet_of_libreoffice_is_read_as_it_is_shown() -> None:
    assert read_block("3\t\n合计\t1,234.5", LIBREOFFICE) == (("3", ""), ("合计", "1,234.5"))


def test_that_a_table_in_a_cell_is_text_of_that_cell() -> None:
    inner = "<table><tr><td>2</td><td>3</td></tr></table>"
    html = f"<table><tr><td>1</td><td>{inner}</td></tr><tr><td>4<td>5</table>"
    assert read_block("", html) == (("1", "2 3"), ("4", "5"))


def test_that_several_tables_stand_one_below_the_other() -> None:
    one = "<table><tr><td rowspan=2>1</td><td>2</td></tr><tr><td>3</td></tr></table>"
    assert read_block("", f"<p>甲</p>{one}<p>乙</p>{one}") == (("1", "2"), (None, "3")) * 2


def test_that_a_merged_cell_longer_than_the_table_does_not_reach_into_the_next() -> None:
    html = "<table><tr><td rowspan=9>1</td><td>2</td></tr></table><table><tr><td>3</table>"
    block = read_block("", html)
    assert [row for row in block if "3" in row] == [("3", "")]


@pytest.mark.parametrize(
    "html", ["", "<p>3</p>", "<title>3</title>", "<table></table>", "<![x[<td"]
)
def test_that_text_is_read_where_the_html_has_no_table(html: str) -> None:
    assert read_block("1\t2\r\n3\t\r\n", html) == (("1", "2"), ("3", ""))


def test_that_a_single_cell_around_a_whole_page_is_not_the_table() -> None:
    html = "<table><tr><td>1 2 3 4</td></tr></table>"
    assert read_block("1\t2\n3\t4", html) == (("1", "2"), ("3", "4"))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_that_lines_end_as_they_may(line_end: str) -> None:
    text = line_end.join(["1\t2", "", "3", ""])
    assert read_block(text) == (("1", "2"), ("",), ("3",))


def test_that_a_cell_of_several_lines_is_one_cell_where_excel_has_quoted_it() -> None:
    assert read_block('"2\n件"\t3\r\n4\t"他说""无"""\r\n') == (("2\n件", "3"), ("4", '他说"无"'))
    assert read_block('"2\n3') == (('"2',), ("3",))  # a quotation mark is only that


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("1\n" * (MOST_ROWS + 1), ""),
        ("\t" * MOST_COLUMNS, ""),
        ("", "<table>" + "<tr><td>1</td></tr>" * (MOST_ROWS + 2) + "</table>"),
        ("", "<table><tr><td colspan=99999 rowspan=99999>1</td><td>2</td></tr></table>"),
    ],
)
def test_that_a_whole_sheet_is_refused_in_words(text: str, html: str) -> None:
    with pytest.raises(InputError, match="没有粘贴"):
        read_block(text, html)


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "２", "²", "1" * 50])
def test_that_a_span_that_is_nonsense_is_one_cell(span: str) -> None:
    html = f"<table><tr><td rowspan='{span}' colspan='{span}'>1</td><td>2</td></tr></table>"
    assert read_block("", html) == (("1", "2"),)


def test_that_other_signs_for_a_new_line_divide_no_row_beside_a_quoted_cell() -> None:
    assert read_block('"甲\n乙"\t1\u2028丙\n2\t3') == (("甲\n乙", "1\u2028丙"), ("2", "3"))


def test_that_a_head_without_its_end_hides_no_cell() -> None:
    page = "<head><title>表</title><body><table><tr><td>1<td>2</table>"
    assert read_block("", page) == (("1", "2"),)


def test_that_what_is_copied_is_read_again_from_either_form() -> None:
    rows = [["1", "", "22（其中修订16件）"], ["<b>", "&amp;", "0.242"]]
    as_read = tuple(map(tuple, rows))
    assert read_block(as_text(rows)) == as_read
    assert read_block("", as_html(rows)) == as_read


def test_that_a_text_of_several_lines_stays_one_cell_when_it_is_copied() -> None:
    assert as_text([["2\n件\t多", "3"]]) == "2 件 多\t3"


PIECES = """<table>|</table>|<tr>|<tr height=0>|</tr>|<td>|<td rowspan=3>|<td colspan=2>|</td>|<th>
|<style>|</style>|<p>|<!--|-->|<![if|]>|&nbsp;|&#0;|&#x110000;|3|件|\0|\ud800|<|<td|\t"""
hostile_html = st.lists(st.sampled_from(PIECES.replace("\n", "").split("|")), max_size=40)


@given(hostile_html, st.text('12\t\n"件', max_size=20))
def test_that_any_clipboard_is_a_block_or_refused_and_its_rows_are_texts(
    html: list[str], text: str
) -> None:
    block = read_block(text, "".join(html))
    assert all(cell is None or isinstance(cell, str) for row in block for cell in row)
