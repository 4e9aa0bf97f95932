"""Words found in the texts as the clerk sees them, and replaced without harm to live numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live import Shown
from app.report import Report
from app.search import Hit, Wanted, find, next_hit, replace, replace_all
from app.taking import take_over
from app.totals import Figures, compute
from tests.reports import all_zeros, tabled

TOTAL = "{{requests.received.total}}"
SIGNS = "年2０a件"


def report(**texts: str) -> Report:
    one = tabled(all_zeros(), "requests", "row person\nreceived 25")
    for part in ("preface", "overview", "problems", "other"):
        one = one.with_text(part, texts.get(part, ""))
    return one


def figures(one: Report) -> Figures:
    return compute(one.form, one.cells)


def found(one: Report, words: str, *, alike: bool = True) -> list[Hit]:
    return list(find(one, figures(one), Wanted(words, alike)))


def test_that_words_are_found_in_every_part_in_the_order_of_the_form() -> None:
    one = report(other="公开。", overview="公开和公开", preface="公开")
    assert found(one, "公开") == [
        Hit("preface", 0, 2),
        Hit("overview", 0, 2),
        Hit("overview", 3, 5),
        Hit("other", 0, 2),
    ]
    assert found(one, "") == found(one, "没有") == []


def test_that_a_live_number_is_found_by_its_figure_and_what_stands_around_it() -> None:
    one = report(overview=f"收到{TOTAL}件，另25件")
    end = 2 + len(TOTAL)
    assert found(one, "25") == [
        Hit("overview", 2, end, live=True),
        Hit("overview", end + 3, end + 5),
    ]
    assert found(one, "到2") == [Hit("overview", 1, end, live=True)]
    assert found(one, "requests") == []


@pytest.mark.parametrize(
    ("words", "text", "places"),
    [("2025", "２０２５年", [(0, 4)]), ("Ａ4", "A４纸", [(0, 2)]), (",", "，", []), ("a", "A", [])],
)
def test_that_full_width_digits_and_letters_are_found_alike(
    words: str, text: str, places: list[tuple[int, int]]
) -> None:
    one = report(overview=text)
    assert [(hit.start, hit.end) for hit in found(one, words)] == places
    assert found(one, words, alike=False) == []


def test_that_places_that_overlap_are_one() -> None:
    assert [one.start for one in found(report(overview="年年年年年"), "年年")] == [0, 2]


def test_that_one_goes_from_place_to_place_and_round() -> None:
    one = report(overview="公开，公开", other="公开")
    hits = find(one, figures(one), Wanted("公开"))
    assert next_hit(one, hits, "overview", 0) == 0
    assert next_hit(one, hits, "overview", 1) == 1
    assert next_hit(one, hits, "overview", 4) == 2
    assert next_hit(one, hits, "other", 1) == 0
    assert next_hit(one, hits, "overview", 3, back=True) == 0
    assert next_hit(one, hits, "overview", 0, back=True) == 2
    assert next_hit(one, (), "overview", 0) is None


def test_that_one_place_is_replaced() -> None:
    one = report(overview="公开，公开")
    assert replace(one, found(one, "公开")[1], "发布").text("overview") == "公开，发布"


def test_that_all_are_replaced_but_what_belongs_to_the_table() -> None:
    one = report(overview=f"收到{TOTAL}件，另25件，又２５件", other="25")
    done = replace_all(one, figures(one), Wanted("25"), "250")
    assert (done.done, done.left) == (3, 1)
    assert done.report.text("overview") == f"收到{TOTAL}件，另250件，又250件"
    assert done.report.text("other") == "250"


def test_that_a_number_that_waits_is_done_where_it_was_replaced_and_only_there() -> None:
    one = take_over(report(), "overview", 0, 0, "2025年3次，2024年4次。")
    changed = replace_all(one, figures(one), Wanted("2025"), "2026").report
    assert [each.quote for each in changed.drafting.unconfirmed] == ["2024年4次"]
    assert [each.quote for each in one.drafting.unconfirmed] == ["2025年3次", "2024年4次"]


@given(
    st.lists(st.sampled_from([*SIGNS, TOTAL]), max_size=20).map("".join),
    st.text(SIGNS, min_size=1, max_size=2),
    st.text(SIGNS, max_size=2),
    st.booleans(),
)
def test_that_what_is_found_is_what_is_seen_and_all_of_it_is_replaced(
    text: str, words: str, by: str, alike: bool
) -> None:
    one, wanted = report(overview=text), Wanted(words, alike)
    shown = Shown.of(text, figures(one))
    hits = find(one, figures(one), wanted)
    for hit in hits:
        place = shown.seen(hit.start, hit.end)
        assert wanted.folded(words) in wanted.folded(shown.text[place.start : place.end])
    done = replace_all(one, figures(one), wanted, by)
    assert done.done + done.left == len(hits)
    assert done.report.text("overview").count(TOTAL) == text.count(TOTAL)
    if not done.left:
        assert Shown.of(done.report.text("overview"), figures(one)).text == "".join(
            by if is_hit else piece for is_hit, piece in split(wanted, shown.text)
        )


def split(wanted: Wanted, text: str) -> list[tuple[bool, str]]:
    """A text cut at the words that are looked for."""
    words, folded = wanted.folded(wanted.words), wanted.folded(text)
    pieces, at = [], 0
    while (start := folded.find(words, at)) >= 0:
        pieces += [(False, text[at:start]), (True, words)]
        at = start + len(words)
    return [*pieces, (False, text[at:])]
