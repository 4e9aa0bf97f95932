"""Composed words come into the text where they belong, and never over the clerk's own unasked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks import check
from app.report import Report
from app.totals import compute
from app.writing.compose import tell
from app.writing.guide import Told, sheet_of
from app.writing.placing import Standing, Way, spot, written
from tests.reports import NEUTRAL, all_zeros
from tests.writing.answering import answered

NAMES = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
WORDS = dict(
    zip(NAMES, ("甲公开了。", "乙申请了。", "丙管理了。", "丁建设了。", "戊保障了。"), strict=True)
)


def empty(text: str = "", part: str = "overview") -> Report:
    return replace(all_zeros(), texts={**NEUTRAL, part: text})


def told(report: Report, name: str, words: str = "", part: str = "overview") -> Told:
    sheet = sheet_of(report, part)
    assert sheet
    topic = next(one for one in sheet.topics if one.name == name)
    return Told(sheet, topic, words or WORDS[name])


def put(report: Report, name: str, way: Way = Way.ADD, words: str = "", cursor: int = 0) -> Report:
    one = told(report, name, words)
    done, place = written(report, one, way, cursor)
    assert done.text("overview")[slice(*place)] == one.paragraph
    assert done.drafting.composed[one.key] == one.paragraph
    return done


def standing(report: Report, name: str, words: str = "") -> Standing:
    return spot(report, told(report, name, words)).standing


ALL = "\n".join(
    f"（{number}）{name}\n{WORDS[name]}" for number, name in zip("一二三四五", NAMES, strict=True)
)


@given(st.permutations(NAMES))
def test_that_the_topics_come_in_their_order_whatever_was_written_first(order: list[str]) -> None:
    report = empty()
    for name in order:
        assert standing(report, name) is Standing.NEW
        report = put(report, name)
        assert standing(report, name) is Standing.WRITTEN
    assert report.text("overview") == ALL


def test_that_an_opening_stays_before_the_first_heading() -> None:
    report = put(put(empty("本镇一年的工作如下。"), "监督保障"), "主动公开")
    assert report.text("overview") == (
        "本镇一年的工作如下。\n（一）主动公开\n甲公开了。\n（二）监督保障\n戊保障了。"
    )


def test_that_composed_words_that_look_like_a_heading_are_written_to_the_letter() -> None:
    report = put(put(empty(), "监督保障"), "主动公开", words="（三）类信息已经公开。")
    assert report.text("overview") == (
        "（一）主动公开\n（三）类信息已经公开。\n（二）监督保障\n戊保障了。"
    )


def test_that_words_go_below_the_heading_the_clerk_has_written() -> None:
    text = "（一）主动公开情况\n自己写的。\n\n（二）依申请公开情况。自己写的申请。\n（三）平台\n"
    report = put(put(put(empty(text), "主动公开"), "依申请公开"), "政府信息公开平台建设")
    assert report.text("overview") == (
        "（一）主动公开情况\n自己写的。\n甲公开了。\n\n（二）依申请公开情况。自己写的申请。\n乙申请了。\n"
        "（三）平台\n丁建设了。"
    )


def test_that_headings_the_clerk_numbered_otherwise_are_left_alone() -> None:
    report = put(empty("（二）依申请公开\n自己写的。\n（四）监督保障\n也是。"), "主动公开")
    assert report.text("overview").startswith("（一）主动公开\n甲公开了。\n（二）依申请公开\n")
    assert "（四）监督保障" in report.text("overview")


def test_that_new_answers_take_the_place_of_what_was_composed_before() -> None:
    report = put(put(empty(), "主动公开"), "监督保障")
    assert standing(report, "主动公开", "甲公开了更多。") is Standing.STALE
    again = put(report, "主动公开", Way.REPLACE, "甲公开了更多。")
    assert again.text("overview") == report.text("overview").replace("甲公开了。", "甲公开了更多。")
    assert (
        spot(report, told(report, "主动公开", "新的。")).overwritten(report.text("overview")) == ""
    )


COMPOSED = "2026年，我镇主动公开政府信息3条，通过政府网站公开。"
EDITED = "2026年，我镇主动公开政府信息3条，通过政府网站公开，及时更新。"


def edited() -> Report:
    report = put(empty(), "主动公开", words=COMPOSED)
    text = report.text("overview").replace(COMPOSED, f"我自己写的一段，与此无关。\n{EDITED}")
    return report.with_text("overview", text)


def test_that_what_the_clerk_edited_is_never_taken_for_the_programs_own() -> None:
    report = edited()
    again = spot(report, told(report, "主动公开", "全新的句子。"))
    assert again.standing is Standing.OWN
    assert again.overwritten(report.text("overview")) == EDITED


def test_that_replacing_touches_the_edited_paragraph_alone() -> None:
    done = put(edited(), "主动公开", Way.REPLACE, "全新的句子。")
    assert done.text("overview") == "（一）主动公开\n我自己写的一段，与此无关。\n全新的句子。"


def test_that_what_was_written_freely_below_the_heading_would_all_be_lost() -> None:
    report = empty("（一）主动公开\n一段。\n两段。\n（二）依申请公开\n别的。")
    here = spot(report, told(report, "主动公开"))
    assert (here.standing, here.overwritten(report.text("overview"))) == (
        Standing.OWN,
        "一段。\n两段。",
    )
    done = put(report, "主动公开", Way.REPLACE)
    assert done.text("overview") == "（一）主动公开\n甲公开了。\n（二）依申请公开\n别的。"


@given(st.sampled_from([Way.ADD, Way.CURSOR]), st.integers(0, 60), st.sampled_from(NAMES))
def test_that_adding_loses_nothing(way: Way, cursor: int, name: str) -> None:
    text = "开头。\n（一）主动公开\n一段。\n（二）监督保障。两段。\n结尾。"
    done = put(empty(text), name, way, cursor=cursor).text("overview")
    left = done.replace(WORDS[name], "").replace(f"（二）{name}\n", "").replace("（三）", "（二）")
    assert left.replace("\n", "") == text.replace("\n", "")


def test_that_at_the_cursor_words_stand_where_it_is() -> None:
    assert put(empty("开头。结尾。"), "主动公开", Way.CURSOR, cursor=3).text("overview") == (
        "开头。甲公开了。结尾。"
    )


def test_that_a_part_without_headings_gets_its_sentences_in_order() -> None:
    report = answered(empty(part="other"), "other", {"other.charged": "否", "other.more": "否"})
    sheet = sheet_of(report, "other")
    assert sheet
    for one in reversed(tell(report, compute(report.form, report.cells), sheet)):
        report, _ = written(report, one, Way.ADD)
    assert report.text("other") == ("2026年，我镇没有收取信息处理费。\n没有其他需要报告的事项。")
    assert check(report).findings == ()


@pytest.mark.parametrize("text", ["", "\n", "（一）", "（一）主动公开", "（十）主动公开\n\n\n"])
def test_that_any_beginning_of_a_text_takes_the_words(text: str) -> None:
    report = put(empty(text), "主动公开")
    assert standing(report, "主动公开") is Standing.WRITTEN
