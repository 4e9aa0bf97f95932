"""The fragment for the portal's editor, read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.characters import printable
from app.checks import check
from app.drafts import load
from app.export.document import UNCHECKED_MARK, Document, Part, TableContent, document_of
from app.export.html import render
from app.export.paragraph import read_paragraph
from app.forms import all_forms
from app.numbers import Unreadable
from app.paths import examples
from app.report import Report
from tests.export.fragment import Node, expanded, read_fragment
from tests.reports import at, fully_stated

FORMS = [form.version for form in all_forms()]
EXAMPLE = load(examples() / "qingshi-2026.json").report
GOLDEN = Path(__file__).parents[1] / "golden" / "qingshi-2026.html"
PERSON = at("requests.received.person")
TEXTS = ("h1", "h2", "h3", "h4", "h5", "p")


def document(report: Report = EXAMPLE) -> Document:
    return document_of(check(report))


def fragment(report: Report = EXAMPLE) -> Node:
    return read_fragment(render(document(report)))


def prose(*paragraphs: str) -> list[tuple[str, str]]:
    """Each element made of the paragraphs of one section, by tag and text."""
    part = Part("一、甲", tuple(map(read_paragraph, paragraphs)))
    root = read_fragment(render(Document("题", "镇", 2026, "", "", (part,))))
    return [(node.tag, node.text) for node in root.children[2:]]


def signed(report: Report) -> Report:
    return replace(report, date=date(2027, 1, 12))


def told(subject: Document) -> list[str]:
    """All a fragment must say outside the cells of its tables, in order."""
    said: list[str] = []
    for part in subject.parts:
        said += [part.heading, *(one.text for one in part.paragraphs)]
        said += [f"表{part.heading[0]}　{part.table.units}"] if part.table else []
    signature = [subject.organ, subject.date] if subject.date else []
    return [subject.title, *filter(None, [*said, *signature])]


# ── The whole ──


@pytest.mark.parametrize("version", FORMS)
def test_that_every_text_comes_back_in_its_order(version: str) -> None:
    subject = document(signed(fully_stated(version)))
    assert subject.mark == ""
    found = read_fragment(render(subject)).all(*TEXTS, "caption")
    assert [node.text for node in found] == told(subject)


def test_that_the_example_reads_as_the_golden_fragment() -> None:
    assert fragment() == read_fragment(GOLDEN.read_bytes())


def test_that_equal_documents_give_equal_bytes_in_utf_8_that_say_so() -> None:
    assert render(document()) == render(document())
    assert render(document()).startswith("\ufeff<h1".encode())
    assert render(document()).endswith(b"\n")


@given(st.text(st.characters(), max_size=60))
def test_that_any_text_comes_back_exactly(text: str) -> None:
    report = replace(signed(EXAMPLE), organ=text, stated_title=f"年报{text}")
    report = report.with_text("other", text).with_cells({PERSON: Unreadable(text)})
    subject = document(report)
    root = read_fragment(render(subject))
    mark, *found = root.all(*TEXTS, "caption")
    assert mark.text == UNCHECKED_MARK
    assert [node.text for node in found] == told(subject)
    assert found[0].text == "年报" + printable(text).replace("\n", "")
    assert printable(text).replace("\n", " ") in [cell.text for cell in root.all("td")]


@pytest.mark.parametrize("text", ["甲  乙", "甲\t乙"])
def test_that_blanks_in_a_row_are_shown_as_they_were_typed(text: str) -> None:
    part = Part("", (read_paragraph(text), read_paragraph("甲 乙")))
    blanks, plain = read_fragment(render(Document("题", "", 2026, "", "", (part,)))).children[1:]
    assert "pre-wrap" in blanks.attributes["style"]
    assert "pre-wrap" not in plain.attributes["style"]


# ── Mark and signature ──


def test_that_an_unclean_report_bears_a_red_mark_on_top_and_no_other_does() -> None:
    first = fragment(replace(EXAMPLE, cells={})).children[0]
    assert (first.tag, first.text) == ("p", UNCHECKED_MARK)
    assert "color:#c00" in first.attributes["style"]
    assert fragment().children[0].tag == "h1"
    assert UNCHECKED_MARK not in fragment().text


def test_that_a_report_without_a_date_is_not_signed() -> None:
    root = fragment(replace(EXAMPLE, date=None))
    assert EXAMPLE.organ not in [node.text for node in root.children]


# ── Headings ──


def test_that_headings_within_a_text_begin_below_that_of_the_section() -> None:
    assert prose("一、甲", "（一）乙", "1.丙", "丁") == [
        ("h3", "一、甲"),
        ("h4", "（一）乙"),
        ("h5", "1.丙"),
        ("p", "丁"),
    ]


def test_that_no_level_of_headings_is_left_out() -> None:
    assert prose("（一）乙", "1.丙", "（二）丁") == [
        ("h3", "（一）乙"),
        ("h4", "1.丙"),
        ("h3", "（二）丁"),
    ]


def test_that_a_heading_before_its_text_is_strong() -> None:
    part = Part("", (read_paragraph("（一）收费<b>情况。没有收费&。"),))
    (made,) = read_fragment(render(Document("题", "", 2026, "", "", (part,)))).all("p")
    assert made.text == "（一）收费<b>情况。没有收费&。"
    assert [one.text for one in made.all("strong")] == ["（一）收费<b>情况。"]


# ── Tables ──


def tables(version: str) -> list[tuple[Node, TableContent]]:
    subject = document(fully_stated(version))
    found = read_fragment(render(subject)).all("table")
    return list(zip(found, (table for _, table in subject.tables), strict=True))


@pytest.mark.parametrize("version", FORMS)
def test_that_the_grid_is_that_of_the_layout(version: str) -> None:
    for table, content in tables(version):
        grid = expanded(table)
        assert (len(grid), len(grid[0])) == (content.grid.rows, content.grid.columns)
        for one in content.contents:
            box = one.box
            covered = {
                id(grid[row][column])
                for row in range(box.row, box.row + box.rows)
                for column in range(box.column, box.column + box.columns)
            }
            cell = grid[box.row][box.column]
            assert covered == {id(cell)}
            assert cell.tag == ("td" if box.cell else "th")
            assert cell.text == (one.text + one.unit if box.cell else box.text)


def test_that_a_unit_no_heading_names_stands_behind_its_figure() -> None:
    assert any(cell.text.endswith("万元") for cell in tables("2019")[0][0].all("td"))


def test_that_a_blank_figure_is_an_empty_cell() -> None:
    texts = [cell.text for cell in fragment(replace(EXAMPLE, cells={})).all("td")]
    assert {*texts} == {""}


@pytest.mark.parametrize("version", FORMS)
def test_that_each_heading_says_what_it_heads(version: str) -> None:
    for table, content in tables(version):
        grid = expanded(table)
        for one in content.contents:
            box = one.box
            cell = grid[box.row][box.column]
            if box.cell:
                assert "scope" not in cell.attributes
                continue
            heads_columns = any(box.row in band for band in content.grid.bands)
            many = (box.columns if heads_columns else box.rows) > 1
            scope = ("col" if heads_columns else "row") + "group" * many
            assert cell.attributes["scope"] == scope


def test_that_heading_rows_are_the_head_and_each_band_is_a_body_of_its_own() -> None:
    disclosure, requests, disputes = (table for table, _ in tables("2021"))
    assert [len(one.all("tr")) for one in requests.all("thead")] == [3]
    assert [len(one.all("tr")) for one in disputes.all("thead", "tbody")] == [3, 1]
    assert disclosure.all("thead") == []
    assert len(disclosure.all("tbody")) == 4


@pytest.mark.parametrize("version", FORMS)
def test_that_columns_are_as_wide_as_on_the_official_form(version: str) -> None:
    for table, content in tables(version):
        shares = [float(one.attributes["style"].strip("width:%")) / 100 for one in table.all("col")]
        frame = content.table.frame
        assert shares == pytest.approx([one / sum(frame) for one in frame], abs=0.001)
