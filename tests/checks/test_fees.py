"""The fee for processing information, in part six and in table two."""

from __future__ import annotations

import pytest

from app.checks import Level, check
from app.report import Report
from tests.reports import all_zeros, changed, found

CHARGED = "disclosure.fees.amount"
FEES = [
    # what part six says, what table two says, whether that is doubted
    ("2026年收取信息处理费2950元。", "2950", True),
    ("2026年收取信息处理费2950元。", "0.295", False),
    ("2026年收取信息处理费2950元。", "0.2949", True),
    ("2026年收取信息处理费2950元。", "1200.5", False),
    ("2026年收取信息处理费2950元。", "0", True),
    ("2026年收取信息处理费2,950元。", "0.29", True),
    ("2026年收取信息处理费２９５０元。", "0.29", True),
    ("2026年收取信息处理费0.295万元。", "0.295", False),
    ("2026年收取信息处理费0.3万元。", "0.295", True),
    ("收取信息公开处理费2950元。", "2950", True),
    ("2026年没有收取信息处理费。", "2950", False),
    ("2026年收取信息处理费0元。", "0", False),
    ("没有收取信息处理费。收取场地费2950元。", "2950", False),
    ("收取信息处理费2950元。", "", False),
    ("收取信息处理费2950元。", "约3", False),
]


@pytest.mark.parametrize(("other", "amount", "doubted"), FEES)
def test_that_the_fee_in_part_six_is_contained_in_the_charges_of_table_two(
    other: str, amount: str, doubted: bool, sound_report: Report
) -> None:
    report = changed(sound_report, {"cells": {CHARGED: amount}, "text": {"other": other}})
    assert (("fee-unit", "fees.amount") in found(report)) is doubted


def test_that_a_doubted_fee_names_both_amounts_and_the_words_it_comes_from(
    sound_report: Report,
) -> None:
    text = "其他事项：无。收取信息处理费2950元。"
    report = changed(sound_report, {"cells": {CHARGED: "2950"}, "text": {"other": text}})
    (finding,) = (one for one in check(report).findings if one.rule == "fee-unit")

    assert finding.level is Level.QUERY
    assert "填了 2950 万元" in finding.message
    assert "2950 元（0.295 万元）" in finding.message
    passage = finding.fault.text
    assert passage
    assert (passage.part, passage.quote) == ("other", "2950元")
    assert text[passage.start : passage.end] == passage.quote


def test_that_the_older_form_knows_no_processing_fee() -> None:
    report = changed(all_zeros("2019", 2020), {"text": {"other": "收取信息处理费2950元。"}})
    assert "fee-unit" not in dict(found(report))
