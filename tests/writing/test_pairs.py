"""Problems and measures: told side by side, rightly numbered, with last year's to compare."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks import check
from app.drafting import Drafting, Pair
from app.report import Report
from app.writing.fee import beside_fee
from app.writing.guide import Told, sheet_of
from app.writing.han import han
from app.writing.pairs import (
    complete,
    half,
    kept_key,
    last_measures,
    moved_pair,
    told_of_pairs,
    with_pair,
    without_pair,
)
from app.writing.placing import Way, written
from tests.reports import all_zeros

PROBLEMS = [
    "公开不够及时",
    "有的答复没有说明理由。",
    "1. 公开栏更新慢；",
    "二是解读形式单一",
    "信息员更换多",
]
MEASURES = [
    "由党政办每月核对一次",
    "答复书先由司法所审核。",
    "措施：驻村干部每周查看公示栏",
    "每季度培训一次；",
]


def with_pairs(*pairs: tuple[str, str], year: int = 2026) -> Report:
    told = Drafting(pairs=tuple(Pair(*one) for one in pairs))
    return replace(all_zeros(year=year), drafting=told)


def paragraph(*pairs: tuple[str, str]) -> str:
    return told_of_pairs(with_pairs(*pairs)).paragraph


def test_that_one_problem_is_told_without_numbers() -> None:
    assert paragraph(("公开不够及时。", "每月核对一次")) == (
        "2026年，我镇政府信息公开工作存在的主要问题是公开不够及时。\n"
        "2027年，我镇将这样改进：每月核对一次。"
    )


def test_that_problems_and_measures_are_numbered_alike_whatever_was_typed_before_them() -> None:
    assert paragraph(("一是更新慢；", "1、每月核对"), ("（2）没有理由", "措施：先审核")) == (
        "2026年，我镇政府信息公开工作还存在以下两个问题：一是更新慢；二是没有理由。\n"
        "2027年，我镇将逐项改进：一是每月核对；二是先审核。"
    )


@pytest.mark.parametrize(
    "words",
    ["12.5%的栏目没有更新", "3.5万条旧信息没有清理", "一、二级栏目更新慢", "1、2月没有更新"],
)
def test_that_a_figure_at_the_beginning_is_no_number_of_an_item(words: str) -> None:
    assert complete([Pair(words, "每月核对")]) == (Pair(words, "每月核对"),)


def test_that_a_number_before_a_year_is_one() -> None:
    assert complete([Pair("1.2025年的信息没有清理", "2、2027年清理")]) == (
        Pair("2025年的信息没有清理", "2027年清理"),
    )


def test_that_more_pairs_than_have_a_number_in_words_are_told_all_the_same() -> None:
    told = paragraph(*[("更新慢", "每月核对")] * 120)
    assert told.startswith("2026年，我镇政府信息公开工作还存在以下120个问题：一是更新慢；")
    assert "九十九是更新慢；100是更新慢；" in told


def test_that_a_row_that_lacks_one_of_the_two_is_named_and_not_written() -> None:
    pairs = with_pairs(("甲", "乙"), ("丙", " "), ("", "。"), ("", "丁")).drafting.pairs
    assert complete(pairs) == (Pair("甲", "乙"),)
    assert list(half(pairs)) == [(2, "措施"), (4, "问题")]
    assert paragraph() == paragraph(("", "")) == ""


@given(
    st.lists(
        st.tuples(st.sampled_from(PROBLEMS), st.sampled_from(MEASURES)), min_size=1, max_size=20
    )
)
def test_that_no_rule_finds_a_fault_in_problems_and_measures(pairs: list[tuple[str, str]]) -> None:
    report = with_pairs(*pairs).with_text("problems", "")
    done, _ = written(report, told_of_pairs(report), Way.ADD)
    assert check(done).findings == ()


@pytest.mark.parametrize(
    ("number", "written_out"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_that_items_are_counted_in_chinese(number: int, written_out: str) -> None:
    assert han(number) == written_out


def test_that_rows_are_added_changed_moved_and_removed() -> None:
    one = with_pair(Drafting(), 1, Pair("乙", "二"))
    assert one.pairs == (Pair(), Pair("乙", "二"))
    one = with_pair(one, 0, Pair("甲", "一"))
    assert moved_pair(one, 0, 1).pairs == (Pair("乙", "二"), Pair("甲", "一"))
    assert moved_pair(one, 0, -1) is moved_pair(one, 1, 1) is moved_pair(one, 7, -1) is one
    assert without_pair(one, 0).pairs == (Pair("乙", "二"),)
    assert without_pair(one, 5) == one


def test_that_last_years_measures_are_those_it_was_told_by() -> None:
    last = with_pairs(("甲", "1. 每月核对。"), ("乙", ""), year=2025)
    assert last_measures(replace(all_zeros(), previous=last)) == ("每月核对",)
    assert last_measures(all_zeros()) == ()


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        (
            "存在的问题：一是更新慢；二是没有理由。\n2026年将逐项改进：一是每月核对；二是先审核。",
            ("每月核对", "先审核"),
        ),
        ("一是更新慢；二是没有理由。下一步，一是每月核对；二是先审核。", ("每月核对", "先审核")),
        ("更新慢。今后每月核对一次。", ("今后每月核对一次。",)),
        ("更新慢。\n每月核对一次。", ("每月核对一次。",)),
        ("", ()),
    ],
)
def test_that_last_years_measures_are_read_from_its_text(
    text: str, measures: tuple[str, ...]
) -> None:
    last = all_zeros(year=2025).with_text("problems", text)
    assert last_measures(replace(all_zeros(), previous=last)) == measures


def kept(*answers: str, pairs: tuple[tuple[str, str], ...] = ()) -> Report:
    """A report that says how last year's two measures were kept."""
    last = with_pairs(("慢", "每月核对"), ("没有理由", "答复前先审核"), year=2025)
    measures = ("每月核对", "答复前先审核")
    told = {kept_key(one): text for one, text in zip(measures, answers, strict=False) if text}
    report = replace(with_pairs(*pairs), previous=last).with_text("problems", "")
    return replace(report, drafting=replace(report.drafting, answers=told))


def test_that_how_last_years_measures_were_kept_is_told_before_the_problems() -> None:
    report = kept("全年核对12次。", "还有两个站所没有做到", pairs=(("解读少", "多用图解"),))
    assert told_of_pairs(report).paragraph == (
        "上年提出的措施，落实情况如下：一是每月核对，全年核对12次；"
        "二是答复前先审核，还有两个站所没有做到。\n"
        "2026年，我镇政府信息公开工作存在的主要问题是解读少。\n"
        "2027年，我镇将这样改进：多用图解。"
    )
    done, _ = written(report, told_of_pairs(report), Way.ADD)
    assert check(done).findings == ()
    read = replace(done, drafting=Drafting())
    assert last_measures(replace(all_zeros(year=2027), previous=read)) == (
        "2027年，我镇将这样改进：多用图解。",
    )


def test_that_what_was_answered_of_one_measure_is_never_told_of_another() -> None:
    other = with_pairs(("少", "多办一次培训"), year=2025)
    assert told_of_pairs(replace(kept("全年核对12次"), previous=other)).paragraph == ""


def test_that_only_what_was_answered_is_told() -> None:
    assert told_of_pairs(kept("", "都做到了")).paragraph == (
        "上年提出的措施是答复前先审核，都做到了。"
    )
    assert told_of_pairs(kept("", " ")).paragraph == ""


def test_that_the_fee_is_held_against_table_two() -> None:
    report = all_zeros()
    sheet = sheet_of(report, "other")
    assert sheet
    fee, other = sheet.topics
    charged = Told(sheet, fee, "2026年，我镇收取信息处理费2420元。")
    assert "应当包含这笔钱" in beside_fee(report, charged)
    assert beside_fee(report, Told(sheet, fee, "")) == (
        "表二 · 行政事业性收费 · 本年收费金额：0 万元。"
    )
    assert beside_fee(replace(report, cells={}), charged).endswith("还没有填。")
    assert beside_fee(report, Told(sheet, other, "没有。")) == ""
