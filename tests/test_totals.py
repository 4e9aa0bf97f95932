"""What figures add up to, and what is said while some of them are missing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.forms import Cell, Equation
from app.numbers import Figure, Number, Unreadable
from app.totals import Amount, Figures, add, compute
from tests.facts import VERSIONS, official
from tests.reports import all_zeros, at, form, fully_stated, tabled

RUBBISH = Unreadable("2（其中电子1件）")
PARTS = [None, 0, 3, RUBBISH]

SUMS: list[tuple[list[Figure | None], Number, int]] = [
    ([], 0, 0),
    ([0, 0], 0, 0),
    ([1, 2], 3, 0),
    ([1, None], 1, 1),
    ([None, None], 0, 2),
    ([1, RUBBISH], 1, 1),
    ([None, RUBBISH, 5], 5, 2),
    ([-2, 5], 3, 0),
    ([Decimal("0.1"), Decimal("0.2")], Decimal("0.3"), 0),
    ([1, Decimal("0.25")], Decimal("1.25"), 0),
]


def computed(figures: str, table: str = "requests") -> Figures:
    """Totals of a report full of zeros with a small text table put in."""
    report = tabled(all_zeros(), table, figures)
    return compute(report.form, report.cells)


def sum_of(total: str, part: str) -> Equation:
    """The sum that ends in this total and has this part."""
    (one,) = (one for one in form().equations if one.right == (at(total),) and at(part) in one.left)
    return one


@pytest.mark.parametrize(("parts", "number", "missing"), SUMS)
def test_that_a_sum_counts_what_is_there_and_what_is_missing(
    parts: list[Figure | None], number: Number, missing: int
) -> None:
    assert add(parts) == Amount(number, missing)
    assert add(parts).complete is (missing == 0)


amounts = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 15),
)


@given(st.lists(st.one_of(amounts, st.integers(0, 10**15 - 1)), max_size=8))
@example([Decimal("1E-15"), 10**14])
@example([10**14, Decimal("1E-15")])
def test_that_amounts_are_added_without_rounding(parts: list[Number]) -> None:
    assert Fraction(add(parts).number) == sum(map(Fraction, parts))


def test_that_counts_add_up_to_a_count() -> None:
    assert type(add([1, 2]).number) is int


def test_that_a_total_is_shown_once_all_its_parts_are_there() -> None:
    total = at("requests.received.total")
    assert computed("row person business\nreceived 3 1").shown(total) == 4
    assert computed("row person business\nreceived 3 -").shown(total) is None


def test_that_a_total_of_zeros_is_zero_and_not_blank() -> None:
    assert computed("row person\nreceived 0").shown(at("requests.received.total")) == 0


def test_that_a_total_with_an_unreadable_part_is_not_shown() -> None:
    figures = computed("row person\nreceived 3（含1件）")
    assert figures.shown(at("requests.received.total")) is None
    assert figures.number(at("requests.received.person")) is None
    assert figures.shown(at("requests.received.person")) == Unreadable("3（含1件）")


@pytest.mark.parametrize("one", PARTS)
@pytest.mark.parametrize("other", PARTS)
def test_that_blank_zero_and_unreadable_are_never_confused(
    one: Figure | None, other: Figure | None
) -> None:
    report = all_zeros().with_cells(
        {at("disputes.review.upheld"): one, at("disputes.review.other"): other}
    )
    figures = compute(report.form, report.cells)
    total = at("disputes.review.total")
    numbers = [part for part in (one, other) if isinstance(part, int)]

    assert figures.number(at("disputes.review.upheld")) == (one if one in (0, 3) else None)
    assert figures.computed[total] == Amount(sum(numbers), 2 - len(numbers))
    assert figures.number(total) == (sum(numbers) if len(numbers) == 2 else None)


def test_that_the_grand_total_comes_from_the_typed_cells() -> None:
    figures = computed("""
        row           person  business
        granted            2         1
        state_secret       0         4
    """)
    assert figures.number(at("requests.processed.person")) == 2
    assert figures.number(at("requests.processed.business")) == 5
    assert figures.number(at("requests.state_secret.total")) == 4
    assert figures.number(at("requests.processed.total")) == 7


def test_that_a_stated_total_is_kept_beside_the_computed_one() -> None:
    total = at("requests.received.total")
    figures = computed("row person total\nreceived 3 5")
    assert figures.stated(total) == 5
    assert figures.shown(total) == 5
    assert figures.computed[total] == Amount(3, 0)


def test_that_a_typed_cell_is_never_a_stated_total() -> None:
    assert computed("row person\nreceived 3").stated(at("requests.received.person")) is None


def test_that_a_total_which_is_not_stated_is_no_statement() -> None:
    assert computed("row person\nreceived 3").stated(at("requests.received.total")) is None


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        ("row person total\nreceived 3 3", True),
        ("row person total\nreceived 3 4", False),
        ("row person total\nreceived 3 0", False),
        ("row person total\nreceived - 3", None),
        ("row person total\nreceived 3 /", None),
        ("row person\nreceived 3", True),
        ("row person\nreceived -", None),
    ],
)
def test_that_a_sum_holds_or_fails_or_is_open(figures: str, verdict: bool | None) -> None:
    assert (
        computed(figures).holds(sum_of("requests.received.total", "requests.received.person"))
        is verdict
    )


def test_that_a_stated_total_is_taken_at_its_word_by_the_sums_above_it() -> None:
    figures = computed("row person total\ngranted 1 2\nprocessed . 2")
    assert figures.holds(sum_of("requests.granted.total", "requests.granted.person")) is False
    assert figures.holds(sum_of("requests.processed.total", "requests.granted.total")) is True
    assert figures.holds(sum_of("requests.processed.total", "requests.processed.person")) is False


@pytest.mark.parametrize("version", VERSIONS)
def test_that_the_totals_of_a_sound_paper_are_the_computed_ones(version: str) -> None:
    report = fully_stated(version)
    figures = compute(report.form, report.cells)
    assert {cell: amount.number for cell, amount in figures.computed.items()} == {
        cell: report.cells[cell] for cell in figures.computed
    }
    assert all(figures.holds(equation) is True for equation in report.form.equations)


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=25)
@given(data=st.data())
def test_that_every_total_is_the_plain_sum_of_its_parts_down_and_along(
    version: str, data: st.DataObject
) -> None:
    typed = [one.cell for one in form(version).typed()]
    counts = st.integers(0, 10**15 - 1)
    numbers = data.draw(st.lists(counts, min_size=len(typed), max_size=len(typed)))
    cells: Mapping[Cell, Figure] = dict(zip(typed, numbers, strict=True))
    figures = compute(form(version), cells)

    for left, right in official(version).relations:
        if len(right) == 1:
            (total,) = right
            assert figures.number(total) == sum(figures.number(cell) or 0 for cell in left)


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=25)
@given(data=st.data())
def test_that_just_the_totals_above_a_blank_cell_are_open(
    version: str, data: st.DataObject
) -> None:
    report = all_zeros(version)
    blank = data.draw(st.sampled_from([one.cell for one in report.form.typed()]))
    figures = compute(report.form, report.with_cells({blank: None}).cells)
    relations = [one for one in official(version).relations if len(one[1]) == 1]
    above = {cell for left, right in relations if blank in left for cell in right}
    above |= {cell for left, right in relations if above & left for cell in right}

    assert {cell for cell, amount in figures.computed.items() if not amount.complete} == above
