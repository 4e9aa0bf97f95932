"""Personal data in a report is found, and never told again by the finding."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from app.checks.finding import Fault
from app.checks.privacy import MOST, personal_data
from app.checks.rule import Subject
from app.totals import compute
from tests.reports import all_zeros
from tests.sentences import assert_sentence

MOBILE = "13800138000"
IDENTITY = "11010519491231002X"


def faults(**texts: str) -> list[Fault]:
    draft = replace(all_zeros(), texts=texts)
    return list(personal_data(Subject(draft, compute(draft.form, draft.cells))))


@pytest.mark.parametrize(
    ("text", "secret", "shown", "what"),
    [
        (f"向申请人（{MOBILE}）回访", MOBILE, "138****8000", "手机号码"),
        (f"名册里有{IDENTITY}一行", IDENTITY, "1101**********002X", "身份证号"),
        ("退至银行卡6222021234567890128。", "6222021234567890128", "0128", "银行卡号"),
        ("申请人王小明要求公开预算。", "王小明", "王**", "申请人或者原告的姓名"),
    ],
)
def test_that_a_finding_says_what_it_is_and_hides_it(
    text: str, secret: str, shown: str, what: str
) -> None:
    (fault,) = faults(overview=text)
    assert_sentence(fault.message, "“总体情况”部分写有", what, shown, "请删去")
    assert secret not in repr(fault)


def test_that_the_quote_is_masked_and_its_place_still_fits() -> None:
    text = "第一行\r\n　　手机１３８　００１３　８０００，联系。"
    (fault,) = faults(problems=text)
    assert fault.text
    place = text[fault.text.start : fault.text.end]
    assert place == "１３８　００１３　８０００"
    assert fault.text.quote == "１３８　****　８０００"
    assert fault.found == "138 **** 8000"


@pytest.mark.parametrize(
    "text",
    [
        f"联系电话：{MOBILE}。",
        f"联系方式：0555-1234567、{MOBILE}。",
        f"电话为{MOBILE}",
        "监督热线 138-0013-8000",
        "联系电话：0555-1234567，传真：0555-1234568。",
    ],
)
def test_that_the_telephone_of_the_office_in_the_preface_is_no_alarm(text: str) -> None:
    assert faults(preface=text) == []


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("overview", f"联系电话：{MOBILE}。"),
        ("preface", f"经办人手机{MOBILE}。"),
        ("preface", f"电话记录里申请人的号码是{MOBILE}。"),
        ("preface", f"联系电话：{IDENTITY}。"),
    ],
)
def test_that_other_numbers_are_told_in_the_preface_and_everywhere_else(
    part: str, text: str
) -> None:
    assert [fault.text.part for fault in faults(**{part: text}) if fault.text] == [part]


def test_that_each_part_and_each_place_is_told() -> None:
    two = f"{MOBILE}和13900139000。"
    found = faults(overview=two, other=two)
    assert [fault.text.part for fault in found if fault.text] == ["overview"] * 2 + ["other"] * 2


def test_that_a_pasted_list_of_numbers_does_not_flood_the_clerk() -> None:
    start = time.process_time()
    assert len(faults(overview=f"{MOBILE}\n" * 16_000)) == MOST
    assert time.process_time() - start < 2
