"""The rules on figures, as a clerk would try them."""

from __future__ import annotations

import pytest

from app.checks import Finding, Level, check
from app.report import Kind, Report
from app.session import Session
from tests.conftest import Fill
from tests.reports import all_zeros, at, changed, form, found, tabled


def only(session: Session) -> Finding:
    """The one finding there is."""
    (finding,) = session.checked.findings
    return finding


def test_that_applications_received_must_equal_applications_settled_or_carried_out(
    fill: Fill,
) -> None:
    session = fill(
        "requests",
        """
        row          person  business
        received          3         1
        carried_in        1         0
        granted           2         1
        carried_out       1         0
        """,
    )
    assert found(session) == [("balance", "person"), ("balance", "total")]


def test_that_a_balance_names_the_column_both_sides_and_the_gap(fill: Fill) -> None:
    session = fill("requests", "row person\nreceived 3\ncarried_in 1\ngranted 3")
    assert session.checked.findings[0].message == (
        "表三 自然人列：一（新收）3 + 二（上年结转）1 = 4，"
        "三（总计）3 + 四（结转下年）0 = 3，相差 1。请核对新收、结转或办理结果。"
    )
    fault = session.checked.findings[0].fault
    assert (fault.expected, fault.found) == ("4", "3")


def test_that_a_balance_points_at_all_four_cells(fill: Fill) -> None:
    session = fill("requests", "row person\nreceived 3")
    assert session.checked.findings[0].cells == tuple(
        at(f"requests.{row}.person")
        for row in ("received", "carried_in", "processed", "carried_out")
    )


def test_that_a_blank_cell_is_not_yet_an_error(fill: Fill) -> None:
    session = fill("requests", "row person\nreceived 3")
    assert ("balance", "person") in found(session)

    session.put({at("requests.granted.person"): None}, "清空")

    assert found(session) == [("blank", "granted.person")]


def test_that_a_sum_is_silent_while_a_part_is_blank(fill: Fill) -> None:
    session = fill("disputes", "row upheld corrected total\nreview - 1 9")
    assert found(session) == [("blank", "review.upheld")]


def test_that_a_stated_total_that_differs_is_found_with_both_numbers(fill: Fill) -> None:
    finding = only(fill("disputes", "row upheld other total\nreview 2 1 0"))
    assert (finding.rule, finding.level) == ("sum", Level.ERROR)
    assert finding.message == (
        "表四 · 行政复议 · 总计：填报的总计是 0，各项相加是 3（结果维持 2 + 其他结果 1），相差 3。"
        "请核对各项，或改用计算值。"
    )
    assert (finding.fault.expected, finding.fault.found) == ("3", "0")
    assert finding.cells[0] == at("disputes.review.total")


def test_that_a_stated_total_of_nothing_says_that_every_part_is_zero(fill: Fill) -> None:
    assert "各项均为 0" in only(fill("disputes", "row total\nreview 5")).message


def test_that_a_stated_total_that_agrees_is_no_finding(fill: Fill) -> None:
    assert found(fill("disputes", "row upheld total\nreview 2 2")) == []


def test_that_a_total_wrong_in_both_directions_is_found_in_both(fill: Fill) -> None:
    session = fill("requests", "row total\nprocessed 7")
    assert found(session) == [
        ("sum", "processed.total"),
        ("sum", "processed.total"),
        ("balance", "total"),
    ]


def test_that_taking_the_computed_total_settles_the_sum(fill: Fill) -> None:
    session = fill("disputes", "row upheld total\nreview 2 5")
    session.put({at("disputes.review.total"): None}, "采用计算值")
    assert found(session) == []


def test_that_blanks_are_told_once_for_each_table(fill: Fill) -> None:
    session = fill("disputes", "row upheld corrected\nreview - -")
    session.put({at("disclosure.fees.amount"): None}, "清空")
    assert [one.message for one in session.checked.findings] == [
        "表二 · 行政事业性收费 · 本年收费金额还没有填。没有发生的请填 0。",
        "表四 · 行政复议 · 结果维持等 2 格还没有填。没有发生的请填 0。",
    ]
    assert [one.level for one in session.checked.findings] == [Level.BLANK, Level.BLANK]


def test_that_a_blank_total_is_no_blank(fill: Fill) -> None:
    assert found(fill("disputes", "row total\nreview -")) == []


def test_that_a_zero_is_not_blank(sound_report: Report) -> None:
    checked = check(sound_report)
    assert (checked.blank, checked.filled) == (0, len(sound_report.form.fields))


def test_that_a_text_in_a_cell_is_found_and_counts_as_no_number(fill: Fill) -> None:
    session = fill("requests", "row person\nreceived 2（其中电子1件）")
    finding = only(session)
    assert (finding.rule, finding.cells) == ("not-a-number", (at("requests.received.person"),))
    assert finding.fault.found == "2（其中电子1件）"


@pytest.mark.parametrize("text", ["/", "-1.5件", "无", "1.5", "⑩"])
def test_that_what_is_no_count_is_an_error_and_not_a_blank(text: str, fill: Fill) -> None:
    session = fill("disputes", "row upheld\nreview 0")
    session.type(at("disputes.review.upheld"), text)
    assert found(session) == [("not-a-number", "review.upheld")]


def test_that_an_unreadable_total_is_found_and_judged_by_no_sum(fill: Fill) -> None:
    session = fill("disputes", "row upheld total\nreview 2 约2")
    assert found(session) == [("not-a-number", "review.total")]


def test_that_a_negative_count_is_found(fill: Fill) -> None:
    session = fill("disclosure", "row decisions\ncoercion -3")
    assert found(session) == [("negative", "coercion.decisions")]
    assert "-3 是负数，件数不能小于 0" in only(session).message


def test_that_a_negative_amount_is_found(fill: Fill) -> None:
    assert (
        "-0.5 是负数，金额不能小于 0" in only(fill("disclosure", "row amount\nfees -0.5")).message
    )


def test_that_a_change_of_the_year_may_be_negative() -> None:
    report = tabled(all_zeros("2019", 2020), "disclosure", "row change previous\nlicences -3 8")
    assert found(report) == []


def test_that_a_negative_number_of_items_is_found_beside_a_negative_change() -> None:
    report = tabled(all_zeros("2019", 2020), "disclosure", "row change previous\nlicences -3 -8")
    assert found(report) == [("negative", "licences.previous")]


@pytest.mark.parametrize(
    ("organ", "barred"),
    [
        ("青石镇人民政府", True),
        ("青石乡人民政府", True),
        ("青石街道办事处", True),
        ("青石市人民政府", False),
        ("青石县司法局", False),
    ],
)
def test_that_only_townships_and_subdistricts_have_no_regulations(
    organ: str, barred: bool, sound_report: Report
) -> None:
    cells = {"disclosure.regulations.in_force": 6}
    report = changed(sound_report, {"organ": organ, "cells": cells})
    assert ("township-regulations" in dict(found(report))) is barred


def test_that_the_chosen_kind_of_organ_counts_more_than_its_name(sound_report: Report) -> None:
    cells = {"disclosure.regulations.in_force": 6}
    session = Session(changed(sound_report, {"cells": cells}))
    assert found(session) == [("township-regulations", "regulations.in_force")]
    assert "乡镇没有制定规章的权限，应填 0" in only(session).message

    session.choose_kind(Kind.COUNTY)

    assert found(session) == []


@pytest.mark.parametrize(
    ("version", "year", "said"),
    [
        ("2019", 2019, None),
        ("2019", 2020, None),
        ("2019", 2022, "2022 年度的报告应当使用2021年格式"),
        ("2021", 2020, "2020 年度的报告应当使用2019年格式"),
        ("2021", 2021, None),
        ("2021", 2026, None),
        ("2021", 2018, "没有适用于 2018 年度的报告格式"),
    ],
)
def test_that_a_report_is_made_on_the_form_of_its_year(
    version: str, year: int, said: str | None
) -> None:
    wrong = [
        one.message
        for one in check(all_zeros(version, year)).findings
        if one.rule == "form-of-year"
    ]
    assert [said in message for message in wrong if said] == ([True] if said else [])
    assert len(wrong) == (said is not None)


@pytest.mark.parametrize(
    ("issued", "in_force", "repealed", "doubted"),
    [
        ("5", "3", "1", True),
        ("5", "3", "2", False),
        ("5", "9", "0", False),
        ("5", "-", "0", False),
        ("5", "3", "约1", False),
        ("0", "0", "0", False),
    ],
)
def test_that_more_issued_than_in_force_and_repealed_is_doubted(
    issued: str, in_force: str, repealed: str, doubted: bool, fill: Fill
) -> None:
    figures = f"row issued in_force repealed\nnormative {issued} {in_force} {repealed}"
    session = fill("disclosure", figures)
    assert (("stock", "normative.issued") in found(session)) is doubted


def test_that_a_doubt_does_not_keep_an_export_from_being_clean(fill: Fill) -> None:
    session = fill("disclosure", "row issued in_force repealed\nnormative 5 3 1")
    assert only(session).level is Level.QUERY
    assert session.checked.clean


def test_that_findings_come_worst_first_and_then_section_by_section(fill: Fill) -> None:
    session = fill("disclosure", "row issued in_force\nnormative 5 3")
    for address, text in {
        "disputes.review.upheld": "-1",
        "requests.granted.person": "",
        "requests.received.other": "-1",
        "disclosure.penalties.decisions": "-1",
    }.items():
        session.type(at(address), text)
    assert found(session) == [
        ("negative", "penalties.decisions"),
        ("balance", "other"),
        ("negative", "received.other"),
        ("negative", "review.upheld"),
        ("blank", "granted.person"),
        ("stock", "normative.issued"),
    ]


def test_that_an_untouched_report_shows_blanks_and_no_error() -> None:
    checked = check(Report(form(), 2026))
    assert checked.findings
    assert {one.level for one in checked.findings} == {Level.BLANK}
    assert (checked.blank, checked.filled, checked.clean) == (166, 0, False)


def test_that_a_report_without_the_name_of_its_organ_is_not_complete(sound_report: Report) -> None:
    session = Session(sound_report)
    session.name_organ(" ")
    assert "还没有填写单位名称" in only(session).message
    assert only(session).level is Level.BLANK


def test_that_a_cell_is_marked_with_every_finding_that_concerns_it(fill: Fill) -> None:
    marks = fill("requests", "row person\nreceived -1").checked.marks
    assert [one.rule for one in marks[at("requests.received.person")]] == ["balance", "negative"]
    assert at("requests.granted.person") not in marks


def test_that_a_blank_cell_is_not_marked(fill: Fill) -> None:
    assert fill("requests", "row person\ngranted -").checked.marks == {}


def test_that_the_verdict_on_each_equation_is_told(fill: Fill) -> None:
    session = fill("disputes", "row upheld corrected total\nreview 1 0 4\ndirect_suit - 0 .")
    verdicts = session.checked.verdicts("disputes")
    assert [holds for _, holds in verdicts] == [False, None, True]
    assert [equation.right[0].row for equation, _ in verdicts] == [
        "review",
        "direct_suit",
        "suit_after_review",
    ]


@pytest.mark.parametrize(("version", "equations"), [("2019", 40), ("2021", 42)])
def test_that_each_equation_counts_as_a_rule_that_ran(version: str, equations: int) -> None:
    checked = check(all_zeros(version))
    assert len(checked.report.form.equations) == equations
    assert checked.rules_run > equations
