"""Last year's words taken over: their numbers wait to be confirmed, through edits and saving."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks import Level, check
from app.drafting import Unconfirmed
from app.report import Report
from app.taking import (
    confirm,
    earlier_paragraphs,
    next_unconfirmed,
    numbers_in,
    take_all,
    take_over,
    take_paragraph,
)
from tests.reports import NEUTRAL, all_zeros, form

LAST = (
    "2025年，镇里在便民服务中心设了两台查询机，专人引导，村民拿着户口簿就能查到补贴发放清单和宅基地批复。\n"
    "\n"
    "　　全年收到申请{{requests.received.total}}件，下村宣讲12次。"
)


def with_last(text: str = LAST, now: str = "") -> Report:
    last = replace(all_zeros(year=2025), texts={**NEUTRAL, "problems": text})
    return replace(all_zeros().with_text("problems", now), previous=last)


def taken(text: str, before: str = "", behind: str = "") -> Report:
    report = all_zeros().with_text("other", before + behind)
    return take_over(report, "other", len(before), len(before), text)


def waiting(report: Report) -> list[str]:
    for one in report.drafting.unconfirmed:
        assert report.text(one.part)[one.start : one.end] == one.quote
    return [one.quote for one in report.drafting.unconfirmed]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2025年，公开信息286条。", ["2025年", "286条"]),
        ("二〇二五年召开会议三次。", ["二〇二五年", "三次"]),
        ("统计期限为2025年1月1日至2025年12月31日。", ["2025年1月1日", "2025年12月31日"]),
        ("满意率93.75%，增加１２件。", ["93.75%", "１２件"]),
        ("共 1,234 条", ["1,234 条"]),
        ("编号是 17。", ["17"]),
        ("按照国办公开办函〔2021〕30号和国务院令第711号编制。", []),
        ("依照第五十条和第三方意见。", []),
        ("收到申请{{requests.received.total}}件。", []),
        ("一是公开及时；二是答复及时。", []),
        ("没有数字。", []),
    ],
)
def test_that_every_year_and_number_is_seen(text: str, numbers: list[str]) -> None:
    found = numbers_in(text, all_zeros())
    assert [text[one.start : one.end] for one in found] == numbers


def test_that_the_numbers_of_words_taken_over_wait_where_they_stand() -> None:
    report = taken("2025年公开286条。", "新的话，今年3件。", "完。")
    assert report.text("other") == "新的话，今年3件。2025年公开286条。完。"
    assert waiting(report) == ["2025年", "286条"]


def test_that_each_of_them_is_a_query_until_it_is_confirmed_or_changed() -> None:
    report = taken("2025年，召开会议4次。", "没有收取信息处理费。")

    def said(one: Report) -> list[str | None]:
        found = [each for each in check(one).findings if each.rule == "unconfirmed"]
        assert {each.level for each in found} <= {Level.QUERY}
        return [each.fault.found for each in found]

    assert said(report) == ["2025年", "4次"]
    changed = report.with_text("other", report.text("other").replace("2025年", "2026年"))
    assert said(changed) == ["4次"]
    place = changed.text("other").index("4次")
    assert said(confirm(changed, "other", place, place)) == []


def test_that_words_written_around_them_take_nothing_away() -> None:
    report = taken("2025年公开286条。")
    before = report.with_text("other", "前面的话。" + report.text("other"))
    between = before.with_text("other", before.text("other").replace("公开", "共公开"))
    behind = between.with_text("other", between.text("other") + "后面。")
    assert waiting(behind) == ["2025年", "286条"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("286条", "28条"), ("286", "12286"), ("286条", ""), ("2025年公开286条。", "无")],
)
def test_that_what_was_changed_waits_no_longer(old: str, new: str) -> None:
    report = taken("2025年公开286条。")
    changed = report.with_text("other", report.text("other").replace(old, new))
    assert "286条" not in waiting(changed)


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 4), st.text("12年条字，", max_size=3)),
        max_size=12,
    )
)
def test_that_whatever_is_edited_a_waiting_number_is_one_that_was_taken(
    edits: list[tuple[int, int, str]],
) -> None:
    report = taken("2025年公开286条，检查12次。", "开头。", "结尾。")
    quotes = set(waiting(report))
    for at, size, text in edits:
        old = report.text("other")
        report = report.with_text("other", old[:at] + text + old[at + size :])
        assert set(waiting(report)) <= quotes


def test_that_last_years_text_comes_by_paragraphs_as_it_was_printed() -> None:
    first, second = earlier_paragraphs(with_last(), "problems")
    assert first.shown == first.text == LAST.splitlines()[0]
    assert second.shown == "全年收到申请0件，下村宣讲12次。"
    assert "{{requests.received.total}}" in second.text
    assert first.copied == second.copied == ()
    assert earlier_paragraphs(all_zeros(), "problems") == ()
    assert earlier_paragraphs(with_last(" \n"), "problems") == ()


def test_that_what_stands_in_this_years_text_again_is_told() -> None:
    now = "今年，镇里在便民服务中心设了两台查询机，专人引导。"
    first, second = earlier_paragraphs(with_last(now=now), "problems")
    (again,) = first.copied
    assert first.shown[again.start : again.end].endswith(
        "镇里在便民服务中心设了两台查询机，专人引导"
    )
    assert second.copied == ()


def test_that_a_live_number_of_a_cell_this_years_form_has_not_is_written_out() -> None:
    last = replace(
        all_zeros("2019", 2020), texts={"other": "采购{{disclosure.procurement.items}}项。"}
    )
    report = replace(all_zeros("2021", 2021), previous=last)
    (only,) = earlier_paragraphs(report, "other")
    assert only.text == only.shown == "采购0项。"


@pytest.mark.parametrize(
    ("text", "place", "taken", "end"),
    [
        ("", 0, "2025年。", 6),
        ("一。\n二。", 1, "一。\n2025年。\n二。", 9),
        ("一。\n二。", 5, "一。\n二。\n2025年。", 12),
        ("一。\n\u3000\n二。", 3, "一。\n2025年。\n二。", 9),
    ],
)
def test_that_a_paragraph_comes_behind_the_one_of_the_cursor(
    text: str, place: int, taken: str, end: int
) -> None:
    report = all_zeros().with_text("other", text)
    done, stands_to = take_paragraph(report, "other", place, "2025年。")
    assert (done.text("other"), stands_to) == (taken, end)
    assert waiting(done) == ["2025年"]


def test_that_all_of_last_years_texts_are_taken_where_nothing_is_written_yet() -> None:
    report = replace(with_last(now="已经写了。"), texts={"problems": "已经写了。", "other": " "})
    done = take_all(report)
    assert done.text("problems") == "已经写了。"
    assert done.text("other") == NEUTRAL["other"]
    assert done.text("overview") == NEUTRAL["overview"]
    assert {one.part for one in done.drafting.unconfirmed} == set()
    again = take_all(replace(with_last(), texts={}))
    assert "{{requests.received.total}}" in again.text("problems")
    assert [quote for quote in waiting(again) if "次" in quote] == ["12次"]
    assert take_all(all_zeros()) == all_zeros()


def test_that_one_is_led_from_number_to_number_through_the_parts_and_round() -> None:
    report = take_over(taken("4次，5次。"), "overview", 0, 0, "6次。")
    first = next_unconfirmed(report, "overview", 0)
    assert first
    assert first.quote == "6次"
    second = next_unconfirmed(report, "overview", first.end)
    assert second
    assert (second.part, second.quote) == ("other", "4次")
    last = next_unconfirmed(report, "other", second.end)
    assert last
    assert last.quote == "5次"
    assert next_unconfirmed(report, "other", last.end) == first
    assert next_unconfirmed(all_zeros(), "other", 0) is None


def test_that_a_number_of_a_part_the_form_has_not_leads_nowhere() -> None:
    report = all_zeros()
    stray = Unconfirmed("nowhere", 0, 1, "1")
    strayed = replace(report, drafting=replace(report.drafting, unconfirmed=(stray,)))
    assert next_unconfirmed(strayed, "other", 0) is None
    assert "unconfirmed" not in {one.rule for one in check(strayed).findings}
    assert form() is report.form
