"""Live numbers: what the clerk sees, where it stands in the draft, and how a cell is looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live import Piece, Shown, live, pieces, places
from app.narrative import fill_in
from app.prose import Span
from app.report import Report
from app.totals import Figures, compute
from tests.reports import all_zeros, at, form, tabled

TOTAL = "{{requests.received.total}}"
WORDS = st.text("一二件，。\n{}申请𬇙ab.", max_size=8)
NUMBERS = st.sampled_from([TOTAL, "{{ requests.granted.person }}", "{{no.such.cell}}"])
TEXTS = st.lists(st.one_of(WORDS, NUMBERS), max_size=8).map("".join)


def figures(report: Report | None = None) -> Figures:
    report = report or tabled(all_zeros(), "requests", "row person\nreceived 25")
    return compute(report.form, report.cells)


def test_that_a_text_is_split_into_words_and_live_numbers() -> None:
    assert pieces(f"收到{TOTAL}件。", figures()) == (
        Piece("收到", "收到"),
        Piece(TOTAL, "25", at("requests.received.total")),
        Piece("件。", "件。"),
    )
    assert pieces("", figures()) == ()


def test_that_the_live_number_of_a_cell_is_its_address_in_double_braces() -> None:
    assert live(at("requests.received.total")) == TOTAL


@pytest.mark.parametrize("words", ["{{no.such.cell}}", "{{a}}", "{requests.received.total}", "{{"])
def test_that_other_braces_are_ordinary_words(words: str) -> None:
    assert pieces(words, figures()) == (Piece(words, words),)


def test_that_a_blank_cell_is_seen_as_still_to_be_filled() -> None:
    blank = figures(Report(form(), 2026))
    assert Shown.of(f"收到{TOTAL}件", blank).text == "收到（待填）件"


def test_that_a_place_in_the_draft_leads_to_what_is_seen_and_back() -> None:
    shown = Shown.of(f"收到{TOTAL}件。", figures())
    unit = 2 + len(TOTAL)
    assert shown.text == "收到25件。"
    assert shown.seen(0, 2) == (0, 2)
    assert shown.seen(2, unit) == (2, 4)
    assert shown.seen(unit, unit + 1) == (4, 5)
    assert shown.in_raw(4, 6) == (unit, unit + 2)
    assert shown.live_spans == ((2, 4),)


def test_that_half_a_live_number_means_the_whole_of_it() -> None:
    shown = Shown.of(f"收到{TOTAL}件。", figures())
    assert shown.in_raw(3, 3) == shown.in_raw(2, 4) == Span(2, 2 + len(TOTAL))
    assert shown.seen(5, 9) == (2, 4)


@given(TEXTS, st.data())
def test_that_what_is_seen_is_what_is_exported_and_no_place_is_lost(
    text: str, data: st.DataObject
) -> None:
    shown = Shown.of(text, figures())
    assert "".join(one.raw for one in shown.pieces) == text
    assert shown.text == fill_in(text, figures())
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(shown.text))] * 2)))
    raw = shown.in_raw(start, end)
    seen = shown.seen(*raw)
    assert 0 <= raw.start <= raw.end <= len(text)
    assert seen.start <= start <= end <= seen.end
    cut = any(one.start < edge < one.end for one in shown.live_spans for edge in (start, end))
    assert cut or seen == (start, end)


def test_that_a_cell_is_found_by_its_words_in_any_order_and_spelling() -> None:
    wanted = at("requests.received.total")
    for words in ("新收 总计", "总计　新收", "表三 新收 总计", "表三 · 一（新收） · 总计"):
        found = places(figures(), words)
        assert wanted in {one.cell for one in found}, words
        assert len(found) <= 3, words
    (place,) = (one for one in places(figures(), "新收 总计") if one.cell == wanted)
    assert place.words == "表三 · 一（新收） · 总计"
    assert place.figure == "25"


def test_that_without_words_every_cell_is_listed_in_the_order_of_the_form() -> None:
    assert [one.cell for one in places(figures())] == list(form().fields)
    assert places(figures(), "没有这样的格") == ()


def test_that_a_cell_is_found_by_the_words_of_its_headings_too() -> None:
    assert at("requests.not_held.total") in {
        one.cell for one in places(figures(), "办理结果 不掌握 总计")
    }
