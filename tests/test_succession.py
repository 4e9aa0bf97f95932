"""Next year's report: what goes on from last year's is carried in, and nothing else is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.checks import check
from app.drafts import report_from, report_to
from app.forms import Cell
from app.report import Kind, Report
from app.succession import (
    carried_in,
    carried_lines,
    confirmed,
    line_in_words,
    next_report,
    source_in_words,
)
from tests.reports import all_zeros, at, changed, fully_stated

CARRIED_OUT = {"requests.carried_out.person": 2, "requests.carried_out.business": 1}
IN_FORCE = {"disclosure.normative.in_force": 7}


def with_figures() -> Report:
    return changed(all_zeros(year=2025), {"cells": {**CARRIED_OUT, **IN_FORCE}})


def test_that_what_was_left_open_and_what_was_in_force_is_carried_in() -> None:
    report = next_report(with_figures())
    assert report.cells[at("requests.carried_in.person")] == 2
    assert report.cells[at("requests.carried_in.business")] == 1
    assert report.cells[at("requests.carried_in.other")] == 0
    assert report.cells[at("disclosure.normative.in_force")] == 7
    assert {(cell.row, cell.column == "in_force") for cell in report.cells} == {
        ("carried_in", False),
        ("normative", True),
    }


def test_that_it_is_the_report_on_the_year_after_on_the_form_of_that_year() -> None:
    last = replace(all_zeros("2019", 2020), stated_kind=Kind.SUBDISTRICT)
    report = next_report(last)
    assert (report.year, report.form.version) == (2021, "2021")
    assert (report.organ, report.stated_kind) == (last.organ, Kind.SUBDISTRICT)
    assert report.previous == last


def test_that_nothing_of_last_year_that_must_be_new_is_taken_along() -> None:
    last = replace(
        with_figures(),
        stated_title="青石镇2025年年报",
        date=date(2026, 1, 8),
        reasons=({"rule": "jump"},),
        extra={"note": 1},
        previous=all_zeros(year=2024),
    )
    report = next_report(last)
    assert report.title == "青石镇2026年政府信息公开工作年度报告"
    assert (report.date, report.reasons, report.extra, dict(report.texts)) == (None, (), {}, {})
    assert report.previous
    assert report.previous.previous is None


def with_texts() -> Report:
    last = with_figures().with_text("overview", "2025年，收到申请3件。\n全年培训2次。")
    return last.with_text("problems", "公开不及时；2026年每月检查1次。")


def test_that_texts_are_copied_only_where_that_is_asked_for() -> None:
    assert not any(next_report(with_texts()).texts.values())
    copied = next_report(with_texts(), copy_text=True)
    for part in ("preface", "overview", "problems", "other"):
        assert copied.text(part) == with_texts().text(part)


def test_that_every_year_and_number_of_a_copied_text_waits_and_none_is_advanced() -> None:
    report = next_report(with_texts(), copy_text=True)
    waiting = [(one.part, one.quote) for one in report.drafting.unconfirmed]
    assert waiting == [
        ("overview", "2025年"),
        ("overview", "3件"),
        ("overview", "2次"),
        ("problems", "2026年"),
        ("problems", "1次"),
    ]
    for one in report.drafting.unconfirmed:
        assert report.text(one.part)[one.start : one.end] == one.quote
    queries = [one for one in check(report).findings if one.rule == "unconfirmed"]
    assert len(queries) == len(waiting)


def test_that_a_live_number_in_a_copied_text_follows_this_years_table() -> None:
    last = with_figures().with_text("overview", "收到申请{{requests.received.total}}件。")
    report = next_report(last, copy_text=True)
    assert report.text("overview") == "收到申请{{requests.received.total}}件。"
    assert not [one for one in report.drafting.unconfirmed if one.part == "overview"]


def test_that_what_waits_still_waits_after_the_draft_was_saved_and_opened() -> None:
    report = next_report(with_texts(), copy_text=True)
    assert report_from(report_to(report)).drafting == report.drafting


def test_that_the_clerks_own_notes_are_there_again() -> None:
    last = with_figures().with_note("disclosure.fees.amount", "数字向财政所要")
    assert next_report(last).notes == {"disclosure.fees.amount": "数字向财政所要"}


def test_that_the_rules_on_two_years_are_content_with_what_was_carried_in() -> None:
    report = next_report(with_figures())
    filled = report.with_cells(
        {one.cell: 0 for one in report.form.typed() if one.cell not in report.cells}
    )
    rules = {one.rule for one in check(filled).findings}
    assert not rules & {"carried-over", "in-force-chain", "items-chain"}


def test_that_figures_pass_from_the_old_form_to_the_new_where_both_have_the_line() -> None:
    last = changed(all_zeros("2019", 2020), {"form": "2019", "cells": CARRIED_OUT})
    report = next_report(replace(last, year=2020))
    assert report.cells[at("requests.carried_in.person")] == 2
    assert {cell.table for cell in report.cells} == {"requests"}


def test_that_the_2019_form_goes_on_from_last_years_number_and_its_change() -> None:
    last = all_zeros("2019", 2019).with_cells(
        {at("disclosure.licences.previous"): 9, at("disclosure.licences.change"): -2}
    )
    assert next_report(last).cells[at("disclosure.licences.previous")] == 7


def test_that_a_sum_below_zero_is_not_carried_in() -> None:
    last = all_zeros("2019", 2019).with_cells(
        {at("disclosure.licences.previous"): 1, at("disclosure.licences.change"): -2}
    )
    assert at("disclosure.licences.previous") not in next_report(last).cells


@pytest.mark.parametrize("value", ["", "无", "3件左右"])
def test_that_what_last_year_left_blank_or_unreadable_stays_blank(value: str) -> None:
    last = with_figures()
    last = (
        changed(last, {"cells": {"requests.carried_out.person": value}})
        if value
        else (last.with_cells({at("requests.carried_out.person"): None}))
    )
    report = next_report(last)
    assert at("requests.carried_in.person") not in report.cells
    assert report.cells[at("requests.carried_in.business")] == 1
    line = next(one for one in carried_lines(report) if one.table == "requests")
    assert line.missing == 1
    assert "1 格上年没有填好，没有带入" in line_in_words(line, report)


def test_that_a_row_the_organ_may_not_fill_is_left_alone() -> None:
    last = with_figures().with_cells({at("disclosure.regulations.in_force"): 4})
    assert at("disclosure.regulations.in_force") not in next_report(last).cells
    county = replace(last, organ="青石县人民政府", stated_kind=None)
    assert next_report(county).cells[at("disclosure.regulations.in_force")] == 4


def test_that_a_total_stated_on_paper_is_not_believed_where_its_parts_are_typed() -> None:
    last = with_figures().with_cells({at("requests.carried_out.total"): 99})
    report = next_report(last)
    assert at("requests.carried_in.total") not in report.cells


def test_that_a_figure_says_it_is_last_years_while_it_is() -> None:
    report = next_report(with_figures())
    carried = carried_in(report)
    cell = at("requests.carried_in.person")
    assert source_in_words(report, cell, carried) == "来自 2025 年报"
    assert source_in_words(report.with_cells({cell: 3}), cell, carried) == ""
    assert source_in_words(report.with_cells({cell: None}), cell, carried) == ""
    assert source_in_words(report, at("requests.received.person"), carried) == ""


def test_that_a_figure_carried_in_is_the_clerks_own_once_confirmed() -> None:
    report = next_report(with_figures())
    carried = carried_in(report)
    cell, other = at("requests.carried_in.person"), at("requests.received.person")
    own = confirmed(report, cell)
    assert source_in_words(own, cell, carried) == ""
    assert own.cells == report.cells
    assert confirmed(own, cell) is own
    assert confirmed(report, other) is report


def test_that_it_says_so_still_after_the_draft_was_saved_and_opened() -> None:
    report = report_from(report_to(next_report(with_figures())))
    assert set(carried_in(report)) == set(next_report(with_figures()).cells)


@pytest.mark.parametrize(
    "other", [{"year": 2027}, {"organ": "红石乡人民政府"}], ids=["a year between", "another organ"]
)
def test_that_nothing_is_carried_in_from_a_report_that_is_not_last_years(
    other: dict[str, object],
) -> None:
    report = changed(next_report(with_figures()), other)
    assert carried_in(report) == {}


def test_that_without_last_years_report_nothing_is_carried_in() -> None:
    assert carried_in(all_zeros()) == {}


def test_that_what_was_carried_in_is_told_line_by_line() -> None:
    report = next_report(with_figures())
    lines = [line_in_words(one, report) for one in carried_lines(report)]
    assert lines == [
        "表二 现行有效件数：行政规范性文件 7",
        "表三 二（上年结转）：自然人 2，商业企业 1，其余 4 格为 0",
    ]
    zeros = next_report(all_zeros(year=2025))
    assert line_in_words(carried_lines(zeros)[1], zeros) == "表三 二（上年结转）：6 格都是 0"


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_that_every_figure_carried_in_stands_in_a_typed_cell(version: str) -> None:
    report = next_report(fully_stated(version))
    derived = {cell for cell, one in report.form.fields.items() if one.derived}
    assert report.cells
    assert not derived & set(report.cells)
    assert all(isinstance(cell, Cell) for cell in report.cells)
