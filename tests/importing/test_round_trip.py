"""What our exporters write is read back whole, whatever the report says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.characters import printable
from app.drafts import load
from app.forms import Cell, FigureKind, all_forms, form_for_year
from app.importing.result import Wanted
from app.numbers import Figure, Unreadable, show
from app.paths import examples
from app.report import Report
from tests.export.test_hostile import HOSTILE, PERSON, bearing
from tests.importing.reading import bare, exported, imported, shown, stated, told
from tests.reports import all_zeros, fully_stated

FORMATS = ("docx", "html", "pdf", "xlsx")
WITH_TEXTS = ("docx", "html", "pdf")
EVERY_FORMAT = pytest.mark.parametrize("name", FORMATS)
WORDS = st.text(
    alphabet="村民公开信息办事大厅窗口，；：“”（）0123456789 %A", min_size=1, max_size=40
)
TEXT = st.lists(WORDS, max_size=4).map("\n".join)
TEXT_END = TEXT.map(lambda text: f"{text}\n全部说明完毕。")
ODD = st.sampled_from(["/", "—", "无", "22（其中修订16件）", "约3", "待定"]).map(Unreadable)
KINDS: dict[FigureKind, st.SearchStrategy[Figure]] = {
    FigureKind.COUNT: st.integers(0, 99_999),
    FigureKind.CHANGE: st.integers(-99, 99),
    FigureKind.MONEY: st.decimals(0, 10**8, places=4, allow_nan=False),
}
YEARS = st.sampled_from([2019, 2020, 2021, 2026])


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any report: some cells blank, some unreadable, some totals stated otherwise."""
    year = draw(YEARS)
    form = form_for_year(year)
    assert form
    organ = draw(st.sampled_from(["青石镇人民政府", "红石乡人民政府", "东关街道办事处", "水务局"]))
    title = draw(st.sampled_from(["", f"关于{organ}{year}年信息公开的年报", "年度情况"]))
    cells: dict[Cell, Figure | None] = {}
    blanks = draw(st.sets(st.sampled_from(sorted(form.fields)), max_size=20))
    seed = draw(st.integers(0, 10**6))
    for number, (cell, one) in enumerate(form.fields.items()):
        if cell not in blanks and not one.derived:
            cells[cell] = (seed * (number + 1)) % 997
    for cell in draw(st.sets(st.sampled_from(sorted(form.fields)), max_size=12)):
        one = form.fields[cell]
        odd = st.none() if one.column.printed_unit else ODD
        cells[cell] = draw(KINDS[one.column.figure] | odd)
    texts = {part.id: draw(TEXT) for part in form.text_sections}
    texts["other"] = draw(TEXT_END)
    day = draw(st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)))
    report = Report(form, year, organ, stated_title=title, texts=texts, date=day)
    return report.with_cells(cells)


@EVERY_FORMAT
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(report=reports())
def test_that_what_is_exported_is_read_back_whole(name: str, report: Report) -> None:
    read = imported(exported(report, name), Wanted(report.year))
    again = read.report
    assert again.form is report.form
    assert stated(again) == shown(report)
    assert read.complete
    assert bare(again.title) == bare(report.title)
    if name in WITH_TEXTS:
        assert told(again) == told(report)
    if report.date or name == "xlsx":
        assert (again.organ, again.date) == (report.organ, report.date)


@pytest.mark.parametrize("name", WITH_TEXTS)
def test_that_a_paragraph_that_fills_its_line_is_not_joined_to_the_next(name: str) -> None:
    words = (
        "000000“””””事公大“““““开开民（””，；\n全部说明完毕。"  # a PDF's title begins further left
    )
    report = replace(all_zeros(year=2019), texts={"other": words})
    assert told(imported(exported(report, name), Wanted(2019)).report) == told(report)


@EVERY_FORMAT
def test_that_the_example_comes_back_with_all_that_is_printed(name: str) -> None:
    report = load(examples() / "qingshi-2026.json").report
    read = imported(exported(report, name), Wanted())
    assert stated(read.report) == shown(report)
    assert (read.report.year, read.report.organ, read.report.date) == (
        report.year,
        report.organ,
        report.date,
    )
    assert read.report.stated_title == report.title
    if name in WITH_TEXTS:
        assert told(read.report) == told(report)


@EVERY_FORMAT
@pytest.mark.parametrize("version", [form.version for form in all_forms()])
def test_that_every_total_that_is_stated_is_kept(name: str, version: str) -> None:
    report = fully_stated(version)
    read = imported(exported(report, name), Wanted())
    assert stated(read.report) == stated(report)
    totals = sum(one.derived for one in report.form.fields.values())
    assert sum(table.totals for table in read.tables) == totals


@EVERY_FORMAT
def test_that_a_total_that_does_not_add_up_is_kept_as_it_is_stated(name: str) -> None:
    total = Cell("requests", "processed", "person")
    read = imported(exported(all_zeros().with_cells({total: 7}), name), Wanted())
    assert read.report.cells[total] == 7


@EVERY_FORMAT
def test_that_blank_cells_stay_blank_and_are_told(name: str) -> None:
    person = Cell("requests", "received", "person")
    report = all_zeros().with_cells({person: None})
    read = imported(exported(report, name), Wanted())
    assert person not in read.report.cells
    assert read.tables[1].blank == 1
    assert "1 格是空的" in "".join(read.tables[1].in_words())


@pytest.mark.parametrize("name", WITH_TEXTS)
def test_that_the_mark_of_an_unchecked_report_is_no_part_of_its_texts(name: str) -> None:
    report = replace(all_zeros(), date=date(2027, 1, 12)).with_text("preface", "")
    report = report.with_cells({Cell("requests", "received", "person"): None})
    read = imported(exported(report, name), Wanted())
    assert read.report.text("preface") == ""
    assert read.report.stated_title == report.title


@EVERY_FORMAT
def test_that_hostile_text_comes_back_as_it_is_printed(name: str) -> None:
    for what, text in HOSTILE.items():
        report = bearing(text)
        again = imported(exported(report, name), Wanted(2026)).report
        assert bare(show(again.cells[PERSON])) == bare(printable(text)), what
        assert bare(again.title) == bare(printable(report.title)), what
        if name != "pdf":  # there, an organ as long as half a line is a paragraph
            assert bare(again.organ) == bare(printable(text)), what
            assert name == "xlsx" or told(again) == told(report), what
