"""Our own explanations: there for every line of both forms, and never passed off as official."""

from __future__ import annotations

import pytest

from app import guidance
from app.forms import Cell, Form, Line, all_forms
from app.guidance import (
    OUR_READING,
    UNSURE,
    LineGuide,
    PartGuide,
    asked_of,
    cell_guide,
    line_guide,
    line_guides,
    part_guide,
    part_guides,
)
from app.report import Kind
from tests.reports import at, form

STEPS = {"start", "review"}
FORMS = {one.version: one for one in all_forms()}
TABLES = ("disclosure", "requests", "disputes")


def lines(form: Form, table: str) -> list[tuple[str, Line]]:
    """Every row and column of a table, with which of both it is."""
    blocks = form.tables[table].blocks
    rows: list[tuple[str, Line]] = [("rows", row) for block in blocks for row in block.rows]
    return rows + [("columns", column) for block in blocks for column in block.columns]


@pytest.mark.parametrize("version", FORMS)
@pytest.mark.parametrize("table", TABLES)
def test_that_every_row_and_column_is_explained(version: str, table: str) -> None:
    known = lines(FORMS[version], table)
    for kind, one in known:
        told = line_guide(FORMS[version], table, kind, one.id)
        assert 4 <= len(told.counts) <= 70, one.id
        assert told.counts.endswith("。"), one.id


@pytest.mark.parametrize("table", TABLES)
def test_that_nothing_is_explained_that_no_form_has(table: str) -> None:
    known = {
        (kind, name)
        for form in FORMS.values()
        for kind, one in lines(form, table)
        for name in (one.id, f"{one.id}@{form.version}")
    }
    told = {(kind, name) for kind, group in line_guides(table).items() for name in group}
    assert told - known == set()


def test_that_every_typed_cell_of_both_forms_has_an_explanation_of_its_row_and_its_column() -> None:
    for one in FORMS.values():
        for field in one.typed():
            assert len(cell_guide(one, field.cell).counts) == 2, field.cell


def test_that_every_part_and_step_is_explained_and_no_other() -> None:
    parts = {section.id for one in FORMS.values() for section in one.sections}
    assert set(part_guides()) == parts | STEPS
    assert all(one.contains and one.returned for one in part_guides().values())
    assert {name for name, one in part_guides().items() if one.title} == STEPS


def test_that_a_line_that_means_another_thing_on_another_form_is_told_differently() -> None:
    old, new = (
        line_guide(FORMS[version], "requests", "rows", "other") for version in ("2019", "2021")
    )
    assert "逾期没有补正" in old.counts
    assert "逾期" not in new.counts


def test_that_articles_of_table_three_are_called_our_own_reading() -> None:
    """The rules of the domain mark them [?]: none is confirmed by an official text."""
    told = cell_guide(form("2021"), at("requests.not_held.person")).basis
    assert told == (f"《政府信息公开条例》第三十六条第（四）项、第（五）项{OUR_READING}",)
    for one in line_guides("requests")["rows"].values():
        assert not one.article or one.article.startswith("第")
    assert "请以县里口径为准" in OUR_READING


def test_that_articles_printed_on_the_form_are_quoted_from_the_form() -> None:
    told = cell_guide(form("2021"), at("disclosure.fees.amount")).basis
    assert told == ("《政府信息公开条例》第二十条第（八）项",)
    assert not any(one.article for one in line_guides("disclosure")["rows"].values())


def test_that_the_results_of_table_four_are_not_given_an_official_sense() -> None:
    for column in ("upheld", "corrected", "other"):
        assert UNSURE in cell_guide(form("2021"), Cell("disputes", "review", column)).beware


def test_that_governments_are_asked_for_more_than_departments() -> None:
    section = form("2021").section("overview")
    town, office = (asked_of(section, kind) for kind in (Kind.TOWNSHIP, Kind.DEPARTMENT))
    assert set(town) - set(office) == {"工作考核", "社会评议", "责任追究结果"}


def test_that_a_form_newer_than_our_guidance_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    line_guides.cache_clear()
    monkeypatch.setattr(guidance, "_file", lambda _: {})
    try:
        assert cell_guide(form("2021"), at("requests.received.person")).counts == ()
        assert line_guide(form("2021"), "requests", "rows", "new") == LineGuide("")
    finally:
        line_guides.cache_clear()
    assert part_guide("a new part") == PartGuide((), ())
