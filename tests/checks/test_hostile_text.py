"""No text makes a rule slow: 200,000 signs of what suits the rules, or nearly suits them.

The aim is 2 seconds for a text on an ordinary machine, and each text here takes about half of
that. The bound of the test is wide, so that a slow or busy machine does not fail it; a reading
whose time grows with the square of the text takes minutes and fails anywhere.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, islice, repeat

import pytest

from app.checks import check
from app.report import Report
from tests.reports import all_zeros

SIGNS = 200_000
SECONDS = 10
"""For one text; about ten times of what it takes."""

HOSTILE = {
    # what repeats without end: a fragment said again and again
    "circled numbers, one list each": "①",
    "first and second items, for ever": "一是二是",
    "announced lists that never come": "以下三项：",
    "sums of which every number may be a part": "3件其中",
    "a sum and its parts in one sentence": "共3件：",
    "shares without a whole": "占3%，增长3%",
    "years of no document": "《2025年",
    "brackets that are never closed": "（3件",
    "periods without an end": "自2026年1月1日至",
    "denials of nothing": "未收到",
    "pages of one sign": "甲\n",
    "spaces between digits": "1 ",
    "live numbers that begin and do not end": "{{ ",
}
FRAGMENTS = (
    *("其中", "3件", "，", "；", "。", "（", "）", "一是", "2025年", "收到", "政府信息公开申请"),
    *("未", "占", "%", "、", "共", "《", "“", "我", "全县", "镇", "1.", "（一）", "X", "以下三项"),
    *("没有", "12", "结转", "第", "号", "〔", "政府", "\n", " ", "－", "自2026年1月1日至", "①"),
)
WITHOUT_ENDS = tuple(one for one in FRAGMENTS if one not in ("。", "\n"))


def written(fragments: Iterable[str]) -> Report:
    """A report whose first part is filled with fragments, the same as last year's."""
    longest = "".join(islice(fragments, SIGNS))
    text = longest[:SIGNS]
    assert len(text) == SIGNS
    report = all_zeros().with_text("overview", text)
    return replace(report, previous=all_zeros(year=2025).with_text("overview", text))


def assert_soon_checked(report: Report) -> None:
    begin = time.process_time()
    findings = check(report).findings
    took = time.process_time() - begin
    assert took < SECONDS, f"{took:.1f} s"
    places = [one.fault.text for one in findings if one.fault.text]
    assert all(place.end <= len(report.text(place.part)) for place in places)


@pytest.mark.parametrize("fragment", HOSTILE.values(), ids=HOSTILE.keys())
def test_that_a_text_of_one_fragment_is_soon_checked(fragment: str) -> None:
    assert_soon_checked(written(repeat(fragment)))


def test_that_a_text_of_two_halves_that_never_meet_is_soon_checked() -> None:
    halves = chain(repeat("（3件、", SIGNS // 8), repeat("其中1件，", SIGNS // 8), repeat("甲"))
    assert_soon_checked(written(halves))


@pytest.mark.parametrize("fragments", [FRAGMENTS, WITHOUT_ENDS], ids=["any", "no sentence ends"])
def test_that_a_text_of_fragments_in_any_order_is_soon_checked(fragments: tuple[str, ...]) -> None:
    choice = random.Random(3)
    assert_soon_checked(written(choice.choice(fragments) for _ in repeat(None)))
