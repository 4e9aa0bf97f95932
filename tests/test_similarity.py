"""What two texts share: the same words, whatever the figures and commas between them."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.similarity import SHORTEST_SHARED, Likeness, Phrases, Source

LAST_YEAR = "2025年，我镇在便民服务中心设查阅点1处，配有查询电脑和纸质目录，接待查询67人次。"
THIS_YEAR = "2026年我镇在便民服务中心设查阅点两处：配有查询电脑和纸质目录；接待查询1,203人次！"
OTHER = "村民代表座谈时提出，惠农补贴发放名单应当张贴到每个自然村，方便老年人核对金额。"
PHRASES = ("按照《条例》第五十条的规定", "收取信息处理费0元", "青石镇")

signs = st.sampled_from("政府信息公开年报村镇一二0129，。《》\n xX（）收取处理费元青石")
texts = st.text(signs, max_size=300)
any_texts = st.text(max_size=200)
phrases = st.lists(st.text(signs, max_size=8), max_size=5).map(Phrases)


NO_PHRASES = Phrases(())


def likeness(text: str, earlier: str, known: Phrases = NO_PHRASES) -> Likeness:
    return Source([earlier], known).likeness(text)


def folded(text: str, known: Phrases | None = None) -> str:
    return (known or NO_PHRASES).own_words(text).signs


def quotes(text: str, found: Likeness) -> list[str]:
    return [text[one.start : one.end] for one in found.passages]


def test_that_changed_years_numbers_and_signs_make_no_difference() -> None:
    found = likeness(THIS_YEAR, LAST_YEAR)
    assert found.share == 1
    assert quotes(THIS_YEAR, found) == [THIS_YEAR.removesuffix("！")]


def test_that_another_subject_shares_nothing() -> None:
    assert likeness(OTHER, LAST_YEAR) == Likeness(len(folded(OTHER)))


def test_that_a_shared_passage_is_shown_beside_new_words() -> None:
    text = f"{OTHER}{LAST_YEAR}"
    found = likeness(text, LAST_YEAR)
    assert quotes(text, found) == [LAST_YEAR.removesuffix("。")]
    assert 0.4 < found.share < 0.6


def test_that_a_changed_word_parts_two_passages() -> None:
    text = THIS_YEAR.replace("配有查询电脑", "摆放触摸屏")
    found = likeness(text, LAST_YEAR)
    assert [one.size >= SHORTEST_SHARED for one in found.passages] == [True, True]
    assert found.longest == found.passages[0]


def test_that_a_passage_takes_in_the_number_before_it() -> None:
    text = "二是村级公开栏没有更新"
    (quote,) = quotes(text, likeness(text, "三是村级公开栏没有更新"))
    assert quote == text


def test_that_set_phrases_and_names_of_laws_count_on_neither_side() -> None:
    known = Phrases(PHRASES)
    text = "按照《政府信息公开条例》第五十条的规定，青石镇收取信息处理费0元。"
    assert folded(text, known) == ""
    assert likeness(text, text, known) == Likeness(0)
    assert likeness(text, text, known).share == 0


def test_that_a_name_changed_in_the_middle_does_not_part_a_passage() -> None:
    known = Phrases(("青石镇", "白水镇"))
    ours, theirs = "各村会计到青石镇领取目录", "各村会计到白水镇领取目录"
    assert likeness(ours, theirs, known).share == 1
    assert likeness(ours, theirs).share == 0


def test_that_the_longest_set_phrase_that_fits_is_left_out() -> None:
    assert folded("没有收取信息处理费", Phrases(("收取信息", "收取信息处理费"))) == "没有"


def test_that_nothing_is_shared_across_two_texts() -> None:
    halves = "我镇在便民服务", "中心设查阅点配"
    assert Source(halves, NO_PHRASES).likeness("".join(halves)).passages == ()


def test_that_words_said_again_and_again_are_followed_to_the_end() -> None:
    opening = "公开平台建设情况如下"
    earlier = "".join(f"{opening}{end}" for end in "甲乙丙丁")
    assert likeness(f"{opening}丁", earlier).longest == (0, len(opening) + 1, len(opening) + 1)


@given(texts, texts, phrases)
def test_that_a_share_lies_between_nothing_and_all(text: str, earlier: str, known: Phrases) -> None:
    found = likeness(text, earlier, known)
    assert 0 <= found.share <= 1
    assert found.own == len(folded(text, known))


@given(any_texts)
def test_that_any_text_can_be_compared(text: str) -> None:
    assert 0 <= likeness(text, text).share <= 1


@given(texts, phrases)
def test_that_a_text_is_wholly_copied_from_itself(text: str, known: Phrases) -> None:
    found = likeness(text, text, known)
    long_enough = found.own >= SHORTEST_SHARED
    assert found.share == (1 if long_enough else 0)


@given(texts, texts, phrases)
def test_that_shared_passages_stand_in_both(text: str, earlier: str, known: Phrases) -> None:
    theirs = folded(earlier, known)
    for one in likeness(text, earlier, known).passages:
        words = folded(text[one.start : one.end], known)
        assert words in theirs
        assert len(words) == one.size >= SHORTEST_SHARED


@given(texts, texts)
def test_that_passages_stand_in_order_and_never_over_each_other(text: str, earlier: str) -> None:
    places = [place for one in likeness(text, earlier).passages for place in one[:2]]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@given(texts, texts)
def test_that_every_run_of_shared_words_is_found(text: str, earlier: str) -> None:
    """No place is left over where enough words in a row stand in the other text, too."""
    own = Phrases(()).own_words(text)
    marked = {
        place for one in likeness(text, earlier).passages for place in range(one.start, one.end)
    }
    for at in range(len(own.signs) - SHORTEST_SHARED + 1):
        if own.signs[at : at + SHORTEST_SHARED] in folded(earlier):
            assert marked & set(own.places[at : at + SHORTEST_SHARED])


@given(texts)
def test_that_figures_never_make_a_difference(text: str) -> None:
    renumbered = re.sub("[0-9]", "7", text)
    assert likeness(renumbered, text).share == likeness(text, text).share


LONG = 200_000
ADVERSARIAL = {
    "one sign": ("公" * LONG, "公" * LONG),
    "periodic": ("公开政府信息" * (LONG // 6), "公开政府信息" * (LONG // 6)),
    "nearly periodic": (("公" * 30 + "开") * (LONG // 31), ("公" * 29 + "开") * (LONG // 30)),
    "a set phrase all but its end": ("收取信息处理" * (LONG // 6), "收取信息处理" * (LONG // 6)),
    "titles that never end": ("《" * LONG, "《公" * (LONG // 2)),
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_that_no_text_takes_long_to_compare(name: str) -> None:
    start = time.process_time()
    likeness(*ADVERSARIAL[name], Phrases(PHRASES))
    assert time.process_time() - start < 2
