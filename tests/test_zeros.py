"""Zeros are written where nothing stands, and a year without applications is told in one step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.checks import Level, check
from app.forms import all_forms
from app.numbers import Unreadable
from app.report import Report
from app.zeros import blanks, followed, nothing_happened
from tests.reports import NEUTRAL, all_zeros, at, form

EVERY_FORM = pytest.mark.parametrize("version", [one.version for one in all_forms()])


def blank(version: str = "2021") -> Report:
    which = form(version)
    return Report(which, which.first_year, "青石镇人民政府", texts=NEUTRAL)


def test_that_blanks_are_typed_cells_without_anything_in_them() -> None:
    report = blank().with_cells(
        {at("disputes.review.upheld"): 0, at("disputes.review.other"): Unreadable("无")}
    )
    assert len(blanks(report, "disputes")) == 10
    assert not [cell for cell in blanks(report, "disputes") if report.form.fields[cell].derived]
    assert len(blanks(report, "requests", "disputes")) == 154


@EVERY_FORM
def test_that_a_year_without_applications_concerns_the_table_of_disputes_too(version: str) -> None:
    report = blank(version)
    assert [one for one in report.form.tables if followed(report.form, one)] == ["requests"]
    found = nothing_happened(report, "requests")
    assert {cell.table for cell in found.blanks} == {"requests", "disputes"}
    assert found.blanks == blanks(report, "requests", "disputes")
    assert found.possible


@pytest.mark.parametrize("figure", [1, -1, Unreadable("无")])
def test_that_it_is_not_true_while_something_but_0_stands_there(figure: int | Unreadable) -> None:
    report = blank().with_cells(
        {at("requests.carried_in.person"): figure, at("disputes.review.upheld"): 0}
    )
    assert nothing_happened(report, "requests").standing == (at("requests.carried_in.person"),)


@EVERY_FORM
def test_that_the_sentence_agrees_with_the_zeros_and_raises_no_question(version: str) -> None:
    report = all_zeros(version, form(version).first_year)
    found = nothing_happened(report, "requests")
    assert str(report.year) in found.sentence
    text = f"{report.text(found.part)}\n{found.sentence}"
    said = replace(report, texts={**report.texts, found.part: text})
    assert check(said).findings == check(report).findings == ()

    contradicted = said.with_cells(
        {at("requests.received.person"): 1, at("requests.granted.person"): 1}
    )
    assert "text-vs-table" in {one.rule for one in check(contradicted).at(Level.QUERY)}


def test_that_the_sentence_is_not_offered_twice_and_then_nothing_is_left_to_do() -> None:
    report = all_zeros()
    first = nothing_happened(report, "requests")
    assert first.possible
    said = report.with_text(first.part, first.sentence)
    assert nothing_happened(said, "requests").sentence == ""
    assert not nothing_happened(said, "requests").possible
