"""The rules on two years in a row: small text tables in, findings out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.checks import Finding, Level, catalogue, check
from app.checks.years import not_compared
from app.drafts import load
from app.forms import form_for_year
from app.report import Report
from tests.reports import all_zeros, at, changed, found, tabled
from tests.sentences import assert_sentence

YEARS = ("carried-over", "in-force-chain", "items-chain", "jump")
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the published reports are not part of the repository"
)


def of_year(year: int, table: str = "", figures: str = "") -> Report:
    """A report of zeros on the form of its year, with a small text table in it."""
    form = form_for_year(year)
    assert form
    report = all_zeros(form.version, year)
    return tabled(report, table, figures) if table else report


def pair(table: str, before: str, now: str, year: int = 2026) -> Report:
    """A report with last year's beside it, both with a small text table in them."""
    return replace(of_year(year, table, now), previous=of_year(year - 1, table, before))


def across_years(report: Report) -> list[tuple[str, str]]:
    return [one for one in found(report) if one[0] in YEARS]


def findings(report: Report) -> list[Finding]:
    return [one for one in check(report).findings if one.rule in YEARS]


# ── 上年结转 ──


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2026])
def test_that_what_is_carried_in_is_what_was_carried_out_on_whatever_form(year: int) -> None:
    before, now = "row person business\ncarried_out 3 1", "row person business\ncarried_in {} 1"
    assert across_years(pair("requests", before, now.format(3), year)) == []
    assert across_years(pair("requests", before, now.format(1), year)) == [
        ("carried-over", "carried_in.person")
    ]


def test_that_a_difference_is_told_with_both_numbers_both_years_and_what_to_do() -> None:
    (finding,) = findings(pair("requests", "row person\ncarried_out 3", "row person\ncarried_in 1"))
    assert finding.message == (
        "表三 自然人列：二（上年结转）填了 1，2025 年度报告的四（结转下年）是 3，相差 2。"
        "请核对上年报告；确有原因的请说明。"
    )
    assert finding.level is Level.ERROR
    assert finding.cells == (at("requests.carried_in.person"),)
    assert (finding.fault.expected, finding.fault.found) == ("3", "1")


def test_that_each_column_that_differs_is_told_and_the_total_not_once_more() -> None:
    report = pair(
        "requests", "row person other total\ncarried_out 3 2 .", "row person other\ncarried_in 1 7"
    )
    assert across_years(report) == [
        ("carried-over", "carried_in.person"),
        ("carried-over", "carried_in.other"),
    ]


def test_that_columns_that_differ_are_told_though_the_totals_agree() -> None:
    report = pair(
        "requests", "row person business\ncarried_out 3 0", "row person business\ncarried_in 0 3"
    )
    assert len(across_years(report)) == 2


def test_that_the_total_is_told_where_the_columns_are_not_all_there() -> None:
    before = "row person business total\ncarried_out - - 4"
    report = pair("requests", before, "row person business\ncarried_in 2 3")
    assert across_years(report) == [("carried-over", "carried_in.total")]
    assert "总计列：二（上年结转）是 5，2025 年度报告的四（结转下年）是 4" in (
        findings(report)[0].message
    )


def test_that_the_total_is_silent_where_a_column_tells_already() -> None:
    before = "row person business total\ncarried_out 1 - 4"
    report = pair("requests", before, "row person business\ncarried_in 2 3")
    assert across_years(report) == [("carried-over", "carried_in.person")]


def test_that_a_total_misprinted_last_year_is_not_held_against_columns_that_agree() -> None:
    before = "row person business total\ncarried_out 1 1 3"
    assert across_years(pair("requests", before, "row person business\ncarried_in 1 1")) == []


@pytest.mark.parametrize("blank", ["-", "约3", "/"])
def test_that_a_figure_that_is_missing_in_either_year_is_not_held_against_the_other(
    blank: str,
) -> None:
    figures = "row person\n{} {}".format
    for before, now in (("3", blank), (blank, "3")):
        report = pair("requests", figures("carried_out", before), figures("carried_in", now))
        assert across_years(report) == []


# ── 现行有效 ──


@pytest.mark.parametrize(
    ("before", "issued", "repealed", "in_force", "doubted"),
    [
        ("597", "50", "227", "420", False),
        ("597", "50", "227", "421", True),
        ("0", "0", "0", "0", False),
        ("6", "0", "0", "7", True),
        ("6", "0", "0", "-", False),
        ("-", "1", "0", "7", False),
        ("6", "约1", "0", "9", False),
    ],
)
def test_that_what_is_in_force_goes_on_from_last_year(
    before: str, issued: str, repealed: str, in_force: str, doubted: bool
) -> None:
    now = f"row issued repealed in_force\nnormative {issued} {repealed} {in_force}"
    report = pair("disclosure", f"row in_force\nnormative {before}", now)
    assert (("in-force-chain", "normative.in_force") in across_years(report)) is doubted


def test_that_a_doubt_shows_the_whole_addition() -> None:
    now = "row issued repealed in_force\nnormative 50 227 421"
    (finding,) = findings(pair("disclosure", "row in_force\nnormative 597", now))
    assert finding.message == (
        "表二 行政规范性文件：现行有效件数填了 421，2025 年度报告的现行有效件数 597"
        " + 本年制发件数 50 − 本年废止件数 227 = 420，相差 1。"
        "请核对制发、废止和上年报告；确有原因的（如清理、划转）请说明。"
    )
    assert finding.level is Level.QUERY
    assert [str(cell) for cell in finding.cells] == [
        f"disclosure.normative.{column}" for column in ("in_force", "issued", "repealed")
    ]
    assert (finding.fault.expected, finding.fault.found) == ("420", "421")


def test_that_regulations_are_chained_where_an_organ_may_make_them() -> None:
    report = pair("disclosure", "row in_force\nregulations 11", "row in_force\nregulations 12")
    assert across_years(report) == [], "a township is told already that it has none"
    report = changed(report, {"organ": "青石市人民政府"})
    assert report.previous
    report = replace(report, previous=replace(report.previous, organ="青石市人民政府"))
    assert across_years(report) == [("in-force-chain", "regulations.in_force")]


def test_that_files_in_force_are_not_chained_across_the_forms() -> None:
    now = of_year(2021, "disclosure", "row in_force\nnormative 9")
    before = of_year(2020, "disclosure", "row total_public\nnormative 3")
    stray = before.with_cells({at("disclosure.normative.in_force"): 3})
    for last in (before, stray):
        assert across_years(replace(now, previous=last)) == []


# ── 上一年项目数量 ──


@pytest.mark.parametrize(
    ("previous", "change", "now", "doubted"),
    [
        ("10", "-2", "8", False),
        ("10", "-2", "12", True),
        ("0", "3", "3", False),
        ("10", "0", "10", False),
        ("10", "-", "12", False),
        ("-", "0", "12", False),
        ("10", "0", "约12", False),
    ],
)
@pytest.mark.parametrize("row", ["licences", "services", "penalties", "coercion", "fees"])
def test_that_the_number_of_items_goes_on_from_last_year(
    row: str, previous: str, change: str, now: str, doubted: bool
) -> None:
    before = f"row previous change\n{row} {previous} {change}"
    report = pair("disclosure", before, f"row previous\n{row} {now}", 2020)
    assert across_years(report) == [("items-chain", f"{row}.previous")] * doubted


def test_that_a_doubted_number_of_items_shows_last_years_addition() -> None:
    before = "row previous change\nlicences 10 -2"
    (finding,) = findings(pair("disclosure", before, "row previous\nlicences 12", 2020))
    assert finding.message == (
        "表二 行政许可：上一年项目数量填了 12，"
        "2019 年度报告的上一年项目数量 10 + 本年增/减 -2 = 8，相差 4。"
        "请核对上年报告；确有原因的请说明。"
    )
    assert finding.level is Level.QUERY


# ── 大起大落 ──


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("0", "100", True),
        ("100", "0", True),
        ("0", "99", False),
        ("99", "0", False),
        ("12", "120", True),
        ("120", "12", True),
        ("11", "110", False),
        ("12", "119", False),
        ("5000", "9000", False),
        ("1", "30", False),
        ("-5", "200", False),
        ("-", "200", False),
        ("约5", "200", False),
        ("200", "-", False),
    ],
)
def test_that_only_a_leap_is_worth_a_second_look(before: str, now: str, told: bool) -> None:
    figures = "row decisions\npenalties {}".format
    report = pair("disclosure", figures(before), figures(now))
    assert across_years(report) == [("jump", "penalties.decisions")] * told


def test_that_an_amount_in_the_wrong_unit_leaps() -> None:
    (finding,) = findings(pair("disclosure", "row amount\nfees 2.95", "row amount\nfees 29500"))
    assert finding.message == (
        "表二 · 行政事业性收费 · 本年收费金额是 29500 万元，2025 年度报告是 2.95 万元，"
        "相差 29497.05。请核对数字、单位和行次；情况属实的不必改。"
    )
    assert finding.level is Level.HINT


def test_that_in_the_tables_of_requests_and_disputes_only_totals_leap() -> None:
    report = pair("requests", "row person\nreceived 0", "row person other\nreceived 100 100")
    assert across_years(report) == [("jump", "received.total")]
    report = pair("disputes", "row upheld\nreview 200", "row corrected\nreview 1")
    assert across_years(report) == [("jump", "review.total")]


def test_that_a_leap_is_not_told_of_a_cell_that_is_chained() -> None:
    report = pair("requests", "row person\ncarried_out 0", "row person\ncarried_in 500")
    assert across_years(report) == [("carried-over", "carried_in.person")]
    now = "row issued in_force\nnormative 500 500"
    assert across_years(pair("disclosure", "row issued\nnormative 0", now)) == []


def test_that_rows_of_one_id_and_two_meanings_do_not_leap_across_the_forms() -> None:
    report = pair("requests", "row total\nother 500\ngranted 500", "row total\nother 0", 2021)
    assert across_years(report) == [("jump", "granted.total")]


# ── When years are compared at all ──

DIFFERENT = pair("requests", "row person\ncarried_out 3", "row person\ncarried_in 1")


@pytest.mark.parametrize("year", [2020, 2023, 2024, 2026, 2027])
def test_that_years_that_do_not_follow_each_other_are_not_compared(year: int) -> None:
    last = of_year(year, "requests", "row person\ncarried_out 500")
    report = replace(DIFFERENT, previous=last)
    assert across_years(report) == []
    assert_sentence(not_compared(report) or "", f"{year} 年度", "2026 年度", "相邻两年")


def test_that_nothing_is_said_without_last_years_report() -> None:
    report = replace(DIFFERENT, previous=None)
    assert across_years(report) == []
    assert not_compared(report) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("青石镇人民政府", "青石镇", True),
        ("青石镇政府", "青石镇人民政府", True),
        ("云岭县青石镇人民政府", "青石镇人民政府", True),
        ("云岭县人民政府青石街道办事处", "青石街道", True),
        ("青石镇 人民政府", "青石镇人民政府", True),
        ("", "青石镇人民政府", True),
        ("青石镇人民政府", "", True),
        ("青石镇人民政府", "白水镇人民政府", False),
        ("青石镇人民政府", "青石街道办事处", False),
        ("青石县人民政府", "青石县人民政府办公室", False),
        ("青石县司法局", "青石县财政局", False),
    ],
)
def test_that_only_reports_of_one_organ_are_compared(one: str, other: str, same: bool) -> None:
    last = DIFFERENT.previous
    assert last
    report = replace(DIFFERENT, organ=one, previous=replace(last, organ=other))
    assert (across_years(report) == [("carried-over", "carried_in.person")]) is same
    assert (not_compared(report) is None) is same
    if not same:
        assert_sentence(not_compared(report) or "", f"“{one}”", f"“{other}”", "同一单位")


@needs_corpus
def test_that_two_published_reports_in_a_row_agree() -> None:
    before, now = (load(CORPUS / f"suqian_city_{year}.json").report for year in (2023, 2024))
    report = replace(now, previous=before)
    assert not_compared(report) is None
    assert findings(report) == []

    wrong = report.with_cells(
        {
            at("requests.carried_in.person"): 117,
            at("disclosure.normative.in_force"): 421,
            at("disclosure.regulations.in_force"): 11,
            at("disclosure.coercion.decisions"): 1,
        }
    )
    assert across_years(wrong) == [
        ("carried-over", "carried_in.person"),
        ("in-force-chain", "regulations.in_force"),
        ("in-force-chain", "normative.in_force"),
        ("jump", "coercion.decisions"),
    ]


def test_that_of_the_rules_on_years_just_the_arithmetic_one_is_fixed() -> None:
    fixed = {one.name for one in catalogue().values() if one.name in YEARS and one.fixed}
    assert fixed == {"carried-over"}
