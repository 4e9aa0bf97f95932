"""What is told beside a cell and beside a text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.checks import check
from app.forms import all_forms
from app.report import Report
from app.session import Session
from app.settings import Settings
from app.side_help import Relation, State, help_for_cell, help_for_part
from tests.reports import all_zeros, at

Fill = Callable[[str, str], Session]


def relations(report: Report, address: str) -> list[Relation]:
    return list(help_for_cell(check(report), at(address)).relations)


def test_that_a_result_is_told_the_balance_it_goes_into_with_both_numbers(fill: Fill) -> None:
    report = fill("requests", "row person\nreceived 3\ngranted 2").report
    assert relations(report, "requests.granted.person")[:2] == [
        Relation("自动计入总计、三（总计）"),
        Relation(
            "自然人列：一（新收） + 二（上年结转） = 三（总计） + 四（结转下年），"
            "现在 3 ≠ 2，相差 1",
            State.BROKEN,
        ),
    ]


def test_that_a_balance_holds_or_waits_for_what_is_blank(fill: Fill) -> None:
    address = "requests.received.person"
    session = fill("requests", "row person\nreceived 2\ngranted 2")
    (balance,) = [one for one in relations(session.report, address) if "列：" in one.sentence]
    assert balance.state is State.HOLDS
    assert balance.sentence.endswith("，两边都是 2")

    session.type(at("requests.granted.person"), "")
    (balance,) = [one for one in relations(session.report, address) if "列：" in one.sentence]
    assert balance.state is State.OPEN


def test_that_the_balance_of_another_column_is_not_told(sound_report: Report) -> None:
    told = relations(sound_report, "requests.received.business")
    (balance,) = [one for one in told if "列：" in one.sentence]
    assert balance.sentence.startswith("商业企业列")


def test_that_a_total_says_that_it_needs_no_typing(sound_report: Report) -> None:
    told = relations(sound_report, "requests.processed.person")
    assert told[0] == Relation("总计自动计算，不用填")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("disclosure.regulations.issued", "没有制定规章的权限"),
        ("disclosure.normative.issued", "不大于现行有效与本年废止"),
        ("disclosure.normative.in_force", "等于上年报告的现行有效件数"),
        ("disclosure.fees.amount", "以万元为单位"),
        ("requests.carried_in.person", "上年结转，等于上年报告里的结转下年度"),
        ("requests.received.total", "应当与表格一致"),
    ],
)
def test_that_the_rules_of_the_catalogue_that_look_at_a_cell_are_told(
    sound_report: Report, address: str, words: str
) -> None:
    assert any(words in one.sentence for one in relations(sound_report, address))


def test_that_rules_on_two_years_are_told_where_there_is_last_year(sound_report: Report) -> None:
    with_last = replace(sound_report, previous=all_zeros("2021", 2025))
    for address, words in (
        ("disputes.review.upheld", "两年都没有"),
        ("disclosure.licences.decisions", "与上年相差 10 倍"),
    ):
        assert not any(words in one.sentence for one in relations(sound_report, address))
        assert any(words in one.sentence for one in relations(with_last, address))


def test_that_a_rule_that_finds_something_here_says_so(sound_report: Report) -> None:
    report = sound_report.with_cells(
        {at("disclosure.regulations.issued"): 6, at("disclosure.normative.issued"): 5}
    )
    states = {
        one.sentence[:9]: one.state
        for address in ("disclosure.regulations.issued", "disclosure.normative.issued")
        for one in relations(report, address)
    }
    assert states["乡镇、街道没有制定"] is State.BROKEN
    assert states["规范性文件：本年制"] is State.ASKED


def test_that_a_rule_the_county_has_switched_off_is_not_told(sound_report: Report) -> None:
    settings = Settings({"stock": "off"})
    told = help_for_cell(check(sound_report, settings), at("disclosure.normative.issued"))
    assert not any("不大于" in one.sentence for one in told.relations)


def test_that_last_year_is_told_with_what_it_hands_on(sound_report: Report) -> None:
    last = all_zeros("2021", 2025).with_cells(
        {at("requests.carried_in.person"): 1, at("requests.carried_out.person"): 3}
    )
    checked = check(replace(sound_report, previous=last))
    assert help_for_cell(checked, at("requests.carried_in.person")).last_year == (
        "2025 年度这一格：1 件",
        "2025 年度的表三 · 四（结转下年） · 自然人：3 件",
    )
    assert help_for_cell(checked, at("disclosure.fees.amount")).last_year == (
        "2025 年度这一格：0 万元",
    )


def test_that_a_cell_that_last_years_form_did_not_have_is_told_so() -> None:
    report = replace(all_zeros("2021", 2021), previous=all_zeros("2019", 2020))
    told = help_for_cell(check(report), at("disclosure.normative.in_force")).last_year
    assert told == ("2020 年度用2019年格式，没有这一格",)


def test_that_without_last_year_nothing_is_told_of_it(sound_report: Report) -> None:
    assert help_for_cell(check(sound_report), at("requests.received.person")).last_year == ()


def test_that_a_blank_of_last_year_is_not_told_as_0(sound_report: Report) -> None:
    last = all_zeros("2021", 2025).with_cells({at("disputes.review.upheld"): None})
    told = help_for_cell(check(replace(sound_report, previous=last)), at("disputes.review.upheld"))
    assert told.last_year == ("2025 年度这一格：没有填",)


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_that_help_for_every_cell_and_part_shows_no_id_and_no_rule_name(version: str) -> None:
    report = all_zeros(version, 2020 if version == "2019" else 2026)
    report = replace(report, previous=all_zeros("2019", report.year - 1))
    checked = check(report)
    told = [str(help_for_cell(checked, cell).relations) for cell in report.form.fields]
    told += [str(help_for_part(checked, section.id)) for section in report.form.sections]
    names = {part for cell in report.form.fields for part in cell if "_" in part}
    assert not [name for name in names for text in told if name in text]


def test_that_a_text_is_told_what_must_be_in_it_and_what_is_sent_back(sound_report: Report) -> None:
    told = help_for_part(check(sound_report), "overview")
    assert told.title == "一、总体情况"
    assert "社会评议" in told.asked
    assert told.contains[0] == sound_report.form.section("overview").guide
    assert any("照抄" in one for one in told.returned)


def test_that_the_fee_is_explained_only_where_the_form_wants_it_reported() -> None:
    told = {
        one.version: help_for_part(check(all_zeros(one.version, one.first_year)), "other")
        for one in all_forms()
    }
    assert any("信息处理费" in one for one in told["2021"].contains)
    assert not any("信息处理费" in one for one in told["2019"].contains)


def test_that_the_first_and_the_last_step_have_help_of_their_own(sound_report: Report) -> None:
    checked = check(sound_report)
    assert help_for_part(checked, "start").title == "开始"
    assert help_for_part(checked, "review").contains
