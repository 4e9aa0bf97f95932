"""What a finding says of itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.checks import Fault, Finding, Level, Passage
from tests.reports import at

CELL = at("requests.received.person")
PASSAGE = Passage("overview", 0, 2, "3件")


def finding(fault: Fault) -> Finding:
    return Finding("balance", Level.ERROR, fault)


@pytest.mark.parametrize(
    ("expected", "found", "gap"),
    [
        ("4", "3", Decimal(1)),
        ("3", "4", Decimal(1)),
        ("0", "-3", Decimal(3)),
        ("0.242", "2420", Decimal("2419.758")),
        ("≤ 4", "5", None),
        ("26%", "25", None),
        ("", "3", None),
        (None, "3", None),
        ("3", None, None),
        ("３", "4", None),
        ("9" * 4000, "1", None),
    ],
)
def test_that_two_figures_lie_as_far_apart_as_they_do(
    expected: str | None, found: str | None, gap: Decimal | None
) -> None:
    fault = Fault("", (CELL,), expected=expected, found=found)
    assert finding(fault).gap == gap


def test_that_years_and_numbers_of_documents_lie_no_way_apart() -> None:
    assert finding(Fault("", (), PASSAGE, expected="2026", found="2025")).gap is None


def test_that_of_text_and_table_the_text_is_opened_and_the_table_concerned() -> None:
    both = finding(Fault("", (CELL,), PASSAGE))
    assert (both.opens, both.section) == ("overview", "requests")
    assert finding(Fault("", (CELL,))).opens == "requests"
    assert finding(Fault("")).opens is None
