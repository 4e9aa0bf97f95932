"""What differs between two states, and between two years, in words and with both values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.differences import CellChange, against_last_year, differences
from app.report import Kind, Report
from tests.reports import all_zeros, at, changed, form, fully_stated

PERSON = at("requests.received.person")


def of_figures(before: Report, after: Report) -> list[tuple[str, str, str, str]]:
    return [(one.place, one.before, one.after, one.by) for one in differences(before, after).cells]


def test_that_a_report_does_not_differ_from_itself() -> None:
    assert not differences(fully_stated("2021"), fully_stated("2021"))


def test_that_a_changed_figure_is_told_by_its_words_with_both_values() -> None:
    before = all_zeros()
    after = before.with_cells({PERSON: 3, at("disclosure.fees.amount"): None})
    assert of_figures(before, after) == [
        ("表二 · 行政事业性收费 · 本年收费金额", "0", "（空）", ""),
        ("表三 · 一（新收） · 自然人", "0", "3", "+3"),
    ]
    assert of_figures(after, before)[1][3] == "−3"


def test_that_what_cannot_be_read_is_told_as_it_stands() -> None:
    before = all_zeros()
    after = changed(before, {"cells": {str(PERSON): "三件左右"}})
    assert of_figures(before, after) == [("表三 · 一（新收） · 自然人", "0", "三件左右", "")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("召开会议三次。", "召开会议五次。", "删去 1 字，新增 1 字"),
        ("召开会议。", "召开会议。另有培训。", "新增 5 字"),
        ("召开会议。另有培训。", "召开会议。", "删去 5 字"),
        ("召开 会议", "召开会议", "只改了空格或换行"),
        ("", "新写的", "新增 3 字"),
    ],
)
def test_that_a_changed_text_tells_how_many_characters_went_and_came(
    old: str, new: str, told: str
) -> None:
    before = all_zeros().with_text("overview", old)
    (change,) = differences(before, before.with_text("overview", new)).texts
    assert (change.part, change.name, str(change)) == ("overview", "总体情况", told)


@given(st.text("天地玄黄 \n", max_size=30), st.text("天地玄黄 \n", max_size=30))
def test_that_characters_that_went_and_came_make_up_the_difference_of_lengths(
    old: str, new: str
) -> None:
    before = all_zeros().with_text("other", old)
    for change in differences(before, before.with_text("other", new)).texts:
        lengths = [len("".join(one.split())) for one in (old, new)]
        assert change.added - change.removed == lengths[1] - lengths[0]


def test_that_of_very_long_texts_all_between_equal_ends_counts_as_changed() -> None:
    before = all_zeros().with_text("overview", "天地玄黄" * 50_000)
    after = before.with_text("overview", "头" + "宇宙洪荒" * 50_000)
    (change,) = differences(before, after).texts
    assert (change.removed, change.added) == (200_000, 200_001)


def test_that_what_the_whole_report_is_of_is_told() -> None:
    before = all_zeros()
    after = replace(
        before,
        organ="红石街道办事处",
        stated_kind=Kind.SUBDISTRICT,
        date=date(2027, 1, 12),
        previous=all_zeros(year=2025),
    )
    told = [(one.name, one.before, one.after) for one in differences(before, after).details]
    assert told == [
        ("单位名称", "青石镇人民政府", "红石街道办事处"),
        ("单位类型", "乡镇", "街道"),
        ("落款日期", "（空）", "2027-01-12"),
        ("上年报告", "没有", "2025 年度"),
    ]


def test_that_a_changed_form_tells_the_figures_of_both() -> None:
    before = all_zeros("2019", 2020)
    after = replace(before, form=form("2021"), year=2021, cells={PERSON: 0})
    found = differences(before, after)
    assert [one.name for one in found.details] == ["报告年度", "报告格式"]
    places = [one.place for one in found.cells]
    assert len(places) == len(set(places))
    assert any("上一年项目数量" in one for one in places)


def test_that_reasons_and_what_helps_to_write_are_told_apart() -> None:
    before = all_zeros()
    assert differences(before, replace(before, reasons=({"rule": "jump"},))).reasons
    found = differences(before, replace(before, extra={"note": 1}))
    assert (found.reasons, found.rest, bool(found)) == (False, True, True)


def two_years(now: dict[str, int | str], then: dict[str, int | str]) -> tuple[CellChange, ...]:
    last = changed(all_zeros(year=2025), {"cells": then})
    return against_last_year(replace(changed(all_zeros(), {"cells": now}), previous=last))


def test_that_against_last_year_only_what_differs_is_told_and_the_largest_first() -> None:
    told = two_years(
        {
            "requests.received.person": 3,
            "disclosure.licences.decisions": 100,
            "disclosure.fees.amount": "1.25",
            "disputes.review.upheld": 2,
        },
        {
            "requests.received.person": 1,
            "disclosure.licences.decisions": 400,
            "disputes.review.upheld": 2,
        },
    )
    assert [(one.place, one.before, one.after, one.by) for one in told] == [
        ("表二 · 行政许可 · 本年处理决定数量", "400", "100", "−300"),
        ("表三 · 一（新收） · 自然人", "1", "3", "+2"),
        ("表二 · 行政事业性收费 · 本年收费金额", "0", "1.25", "+1.25"),
    ]


def test_that_a_figure_missing_in_one_year_comes_last() -> None:
    told = two_years({"requests.received.person": 5}, {"disputes.review.upheld": "无"})
    assert [(one.before, one.after, one.by) for one in told] == [("0", "5", "+5"), ("无", "0", "")]


def test_that_totals_are_not_told_beside_their_parts() -> None:
    told = two_years({"requests.received.person": 5}, {})
    assert [one.cell for one in told] == [PERSON]


def test_that_cells_which_mean_something_else_in_the_other_form_are_not_compared() -> None:
    last = fully_stated("2019")
    report = replace(all_zeros("2021", 2021), previous=replace(last, year=2020))
    compared = {one.cell for one in against_last_year(report)}
    assert PERSON not in compared or last.cells[PERSON] != 0
    assert not any(cell.table == "disclosure" and cell.column == "issued" for cell in compared)


def test_that_without_last_years_report_there_is_nothing_to_tell() -> None:
    assert against_last_year(all_zeros()) == ()
