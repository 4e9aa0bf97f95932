"""The review sheet: every finding, every reason, and what 校验通过 means."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.checks import PASSED_MEANS, Checked, Level, check
from app.drafts import load
from app.drafts.store import fingerprint
from app.export import export, export_review_sheet, official_name
from app.export.document import UNCHECKED_MARK, Document
from app.export.pdf import render
from app.export.review_sheet import review_sheet_of
from app.paths import examples
from app.session import Session
from app.settings import Settings
from tests.reports import all_zeros, at

REASON = "正文只列主要类别，其余为人事任免。"


def sheet(checked: Checked) -> Document:
    return review_sheet_of(checked, fingerprint(checked.report), "0.1.0")


def words(document: Document) -> str:
    return "\n".join(
        line
        for part in document.parts
        for line in (part.heading, *(p.text for p in part.paragraphs))
    )


def practice() -> Session:
    return Session(load(examples() / "practice-2026.json").report)


def test_that_every_finding_stands_on_the_sheet_word_for_word() -> None:
    checked = practice().checked
    said = words(sheet(checked))
    assert all(finding.message in said for finding in checked.findings)
    assert all(f"{level.chinese}（{len(checked.at(level))} 处）" in said for level in Level)


def test_that_an_accepted_query_stands_apart_with_its_reason() -> None:
    session = practice()
    query = session.checked.at(Level.QUERY)[0]
    session.accept(query, REASON)
    said = words(sheet(session.checked))
    assert f"1. {query.message}理由：{REASON}" in said.partition("已说明理由（1 处）")[2]
    assert said.count(query.message) == 1


def test_that_the_sheet_says_what_passed_does_and_does_not_mean() -> None:
    clean = check(load(examples() / "qingshi-2026.json").report)
    assert "校验通过。强制 0 处" in words(sheet(clean))
    assert PASSED_MEANS in words(sheet(clean))
    assert sheet(clean).mark == ""
    assert sheet(practice().checked).mark == UNCHECKED_MARK


def test_that_the_sheet_counts_the_equations_that_hold() -> None:
    report = all_zeros().with_cells({at("requests.received.person"): 1})
    said = words(sheet(check(report)))
    holding = len(report.form.equations) - 2  # of its column and of the total column
    assert f"成立 {holding} 条，不成立 2 条，数字没有填全、还不能核对 0 条" in said


def test_that_the_fingerprint_on_the_sheet_changes_with_any_figure() -> None:
    report = all_zeros()
    other = report.with_cells({at("disputes.review.upheld"): 1})
    assert fingerprint(report) in words(sheet(check(report)))
    assert fingerprint(report) != fingerprint(other)


def test_that_a_rule_a_county_switched_off_is_named() -> None:
    said = words(sheet(check(all_zeros(), Settings({"doubled-words": "off"}))))
    assert "按核对设置没有运行的 1 条" in said


def test_that_the_sheet_becomes_a_pdf_like_the_report() -> None:
    assert render(sheet(practice().checked)).startswith(b"%PDF")


def test_that_the_sheet_is_written_under_the_name_of_the_report(tmp_path: Path) -> None:
    checked = practice().checked
    written = export_review_sheet(checked, tmp_path, fingerprint(checked.report), "0.1.0")
    assert written.path.name == f"{official_name(checked.report)}核对单.pdf"
    assert [one.name for one in tmp_path.iterdir()] == [written.path.name]


def test_that_the_official_name_is_the_one_every_format_is_written_under(tmp_path: Path) -> None:
    report = replace(all_zeros(), stated_title="甲/乙：\n年报\u200b")
    (written,) = export(check(report), tmp_path, ["xlsx"])
    assert written.path.name == f"{official_name(report)}.xlsx"
