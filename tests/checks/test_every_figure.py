"""One figure changed by one on a sound paper is always found, and nothing else is."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checks import check
from app.forms import Cell
from app.report import Report
from tests.facts import VERSIONS, Relation, official
from tests.reports import fully_stated

EVERY_VERSION = pytest.mark.parametrize("version", VERSIONS)


def broken(report: Report) -> Counter[tuple[str, frozenset[Cell]]]:
    """The sums and balances found, each with all its cells."""
    findings = check(report).findings
    return Counter(
        (one.rule, frozenset(one.cells)) for one in findings if one.rule in ("sum", "balance")
    )


def equations_with(version: str, cell: Cell) -> Counter[tuple[str, frozenset[Cell]]]:
    """The official equations this figure stands in."""
    relations = (one for one in official(version).relations if cell in one[0] | one[1])
    return Counter((name_of(relation), relation[0] | relation[1]) for relation in relations)


def name_of(relation: Relation) -> str:
    return "sum" if len(relation[1]) == 1 else "balance"


@EVERY_VERSION
def test_that_a_sound_paper_breaks_no_equation(version: str) -> None:
    report = fully_stated(version)
    assert len(report.cells) == len(report.form.fields)
    assert check(report).findings == ()


@EVERY_VERSION
@pytest.mark.parametrize("table", ["requests", "disputes"])
@pytest.mark.parametrize("by", [1, -1, 10**14])
def test_that_any_one_changed_figure_breaks_just_the_equations_it_stands_in(
    version: str, table: str, by: int
) -> None:
    report = fully_stated(version)
    cells = [cell for cell in report.form.fields if cell.table == table]
    for cell in cells:
        figure = report.cells[cell]
        assert isinstance(figure, int)
        wrong = report.with_cells({cell: figure + by})
        assert broken(wrong) == equations_with(version, cell), cell
        assert equations_with(version, cell)


@EVERY_VERSION
@pytest.mark.parametrize("table", ["requests", "disputes"])
def test_that_any_one_blank_figure_silences_just_the_equations_it_stands_in(
    version: str, table: str
) -> None:
    report = fully_stated(version)
    everything_wrong = report.with_cells(
        {cell: 10**6 * (number + 1) for number, cell in enumerate(report.form.fields)}
    )
    wrong = broken(everything_wrong)
    assert set(wrong) == {(name_of(one), one[0] | one[1]) for one in official(version).relations}

    for one in report.form.typed(table):
        silent = wrong - broken(everything_wrong.with_cells({one.cell: None}))
        assert silent == equations_with(version, one.cell), one.cell


@EVERY_VERSION
@settings(max_examples=30)
@given(data=st.data())
def test_that_two_changed_figures_break_what_one_of_them_stands_in(
    version: str, data: st.DataObject
) -> None:
    report = fully_stated(version)
    cells = st.sampled_from([cell for cell in report.form.fields if cell.table != "disclosure"])
    one, other = data.draw(st.lists(cells, min_size=2, max_size=2, unique=True))
    wrong = report.with_cells({one: 10**9, other: 10**12})
    either = equations_with(version, one) | equations_with(version, other)
    assert broken(wrong) == either
