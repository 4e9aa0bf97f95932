"""Texts as they will be read."""

from __future__ import annotations

import pytest

from app.narrative import fill_in, length, paragraphs
from app.totals import Figures, compute
from tests.reports import all_zeros, tabled

FILLED = {
    "没有数字的一句话。": "没有数字的一句话。",
    "新收{{requests.received.person}}件。": "新收3件。",
    "合计{{requests.received.total}}件。": "合计4件。",
    "收{{ requests.received.person }}件，办{{requests.granted.person}}件。": "收3件，办0件。",
    "收费{{disclosure.fees.amount}}万元。": "收费0.50万元。",
    "结转{{requests.carried_in.person}}件。": "结转（待填）件。",
    "结转共{{requests.carried_in.total}}件。": "结转共（待填）件。",
    "复议{{disputes.review.upheld}}件。": "复议约2件。",
    "{{requests.received.nobody}}": "{{requests.received.nobody}}",
    "{{requests.received}}": "{{requests.received}}",
    "{{title}}和{year}": "{{title}}和{year}",
    "{requests.received.person}": "{requests.received.person}",
    "{{{requests.received.person}}}": "{3}",
    "{{requests.received.person": "{{requests.received.person",
}
PARAGRAPHS = {
    "": (),
    " \n\u3000\u3000\n": (),
    "一段。": ("一段。",),
    "一。\n二。": ("一。", "二。"),
    "一。\r\n\r\n二。\r三。": ("一。", "二。", "三。"),
    "\u3000\u3000一。 \n\t二 二。": ("一。", "二 二。"),
}


@pytest.fixture
def figures() -> Figures:
    report = tabled(all_zeros(), "requests", "row person business\nreceived 3 1\ncarried_in - 0")
    report = tabled(report, "disclosure", "row amount\nfees 0.50")
    report = tabled(report, "disputes", "row upheld\nreview 约2")
    return compute(report.form, report.cells)


@pytest.mark.parametrize("text", FILLED)
def test_that_known_addresses_in_double_braces_become_figures(text: str, figures: Figures) -> None:
    assert fill_in(text, figures) == FILLED[text]


@pytest.mark.parametrize("text", PARAGRAPHS)
def test_that_paragraphs_end_with_their_lines_and_lose_typed_indents(text: str) -> None:
    assert paragraphs(text) == PARAGRAPHS[text]


@pytest.mark.parametrize(
    ("text", "signs"), [("", 0), ("一二三。", 4), (" 一\u3000二\n三\t", 3), ("2026年", 5)]
)
def test_that_the_length_of_a_text_leaves_out_spaces_and_line_ends(text: str, signs: int) -> None:
    assert length(text) == signs
