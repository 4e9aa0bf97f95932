"""What a clerk, and GB/T 15834, would say of the end of a line."""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.export.linebreak import Line, Measure, break_lines

EM = 16.0
NEVER_FIRST = "，。、；：？！）》〉」』】〕”’…—％%‰℃·,.;:?!)]}～"
NEVER_LAST = "（《〈「『【〔“‘([{¥＄№"


def advance(character: str) -> float:
    """Half an em for ASCII, nothing for marks, an em for the rest."""
    if "\u0300" <= character <= "\u036f" or "\ufe00" <= character <= "\ufe0f":
        return 0.0
    return EM / 2 if character.isascii() else EM


def lines_of(text: str, ems: float, *, indent: float = 0.0, justify: bool = True) -> list[Line]:
    measure = Measure(ems * EM, squeeze=0.6, stretch=EM / 2, justify=justify)
    return break_lines(text, measure, advance, indent=indent * EM)


def broken(text: str, ems: float, *, indent: float = 0.0) -> list[str]:
    return [line.text for line in lines_of(text, ems, indent=indent)]


def drawn_width(line: Line) -> float:
    """Add up the line as the page shows it."""
    ink = line.text.rstrip(" \u3000\u200b")
    return sum(map(advance, ink)) + line.spacing * max(0, len(ink) - 1)


# ── Where lines may not begin or end ──


def test_that_a_paragraph_that_fits_is_one_line() -> None:
    assert lines_of("主动公开。", 28) == [Line("主动公开。", 0.0, 5 * EM, 0.0)]


def test_that_an_empty_paragraph_is_one_empty_line() -> None:
    assert lines_of("", 28, indent=2) == [Line("", 2 * EM, 0.0, 0.0)]


def test_that_the_first_line_is_shorter_by_its_indent() -> None:
    assert broken("一二三四五六七八九十", 5, indent=2) == ["一二三", "四五六七八", "九十"]
    assert [line.indent for line in lines_of("一二三四五六", 5, indent=2)] == [2 * EM, 0.0]


@pytest.mark.parametrize("mark", NEVER_FIRST)
def test_that_no_line_begins_with_a_closing_mark(mark: str) -> None:
    assert broken(f"一二三四五{mark}六七", 5)[:2] == ["一二三四", f"五{mark}六七"]


@pytest.mark.parametrize("mark", NEVER_LAST)
def test_that_no_line_ends_with_an_opening_mark(mark: str) -> None:
    narrow = 4 + advance(mark) / EM
    assert broken(f"一二三四{mark}五六", narrow) == ["一二三四", f"{mark}五六"]


def test_that_closing_marks_in_a_row_stay_with_the_character_before_them() -> None:
    assert broken("公开《条例》）。办法", 5) == ["公开《条", "例》）。办", "法"]


def test_that_a_space_does_not_excuse_a_mark_in_the_wrong_place() -> None:
    assert broken("一二三四五 。六", 5) == ["一二三四", "五 。六"]
    assert broken("一二三四（ 五六", 5) == ["一二三四", "（ 五六"]


def test_that_a_slash_stands_neither_first_nor_last() -> None:
    assert broken("一二三四／五六", 5) == ["一二三", "四／五六"]
    assert broken("一二三四/五六", 4.5) == ["一二三", "四/五六"]


def test_that_a_straight_quote_keeps_to_what_it_touches() -> None:
    assert broken('一二三四"五六"', 4.5) == ["一二三", '四"五六"']


def test_that_a_hyphen_between_chinese_words_is_not_first_but_a_minus_sign_may_be() -> None:
    assert broken("一二三四-五六", 4) == ["一二三", "四-五六"]
    assert broken("一二三四-5", 4.5) == ["一二三四", "-5"]


# ── What is never split ──


@pytest.mark.parametrize("pair", ["——", "……", "————", "…………"])
def test_that_dashes_and_ellipses_stay_whole(pair: str) -> None:
    assert broken(f"一二三四五{pair}六", 6)[:1] == ["一二三四"]
    assert f"五{pair}" in broken(f"一二三四五{pair}六", 6)[1]


@pytest.mark.parametrize(
    "whole",
    [
        "1,234,567.89",
        "12.5%",
        "12.5％",
        "36.5℃",
        "-1,200",
        "2021-12-31",
        "１２．５％",
        "¥1,200.00",
        "government",
        "Xi’an",
        "café",
        "cafe\u0301s",
        "xxgk@mail.gov.cn",
        "www.gov.cn/a_(b)?c=1&d=2",
        "ⅩⅣ",
    ],
)
def test_that_a_figure_a_word_or_an_address_stays_whole(whole: str) -> None:
    for before in range(14):
        assert any(whole in line for line in broken("字" * before + whole + "止", 13))


def test_that_a_no_break_space_holds_its_neighbours_together() -> None:
    assert broken("一二三四10\u00a0km", 5.5) == ["一二三四", "10\u00a0km"]


def test_that_ideographs_and_circled_numbers_may_part_anywhere() -> None:
    assert broken("①②③④国务院", 3) == ["①②③", "④国务", "院"]


def test_that_a_word_longer_than_a_line_is_broken_where_the_line_is_full() -> None:
    assert broken("见abcdefghij", 3) == ["见abcd", "efghij"]


def test_that_an_address_longer_than_a_line_is_broken_between_its_words() -> None:
    assert broken("https://www.gov.cn/zhengce/content", 10) == [
        "https://www.gov.cn/",
        "zhengce/content",
    ]


def test_that_a_figure_is_whole_even_in_a_list_longer_than_a_line() -> None:
    assert broken("1,200;3,400;5,600", 4) == ["1,200;", "3,400;", "5,600"]


def test_that_a_figure_is_whole_even_where_its_brackets_do_not_fit_with_it() -> None:
    assert broken("（12,345.67）", 5.5) == ["（12,345.67", "）"]


def test_that_characters_beyond_the_basic_plane_count_as_one() -> None:
    assert broken("𠮷𠮷𠮷𠮷𠮷。", 4) == ["𠮷𠮷𠮷𠮷", "𠮷。"]


@pytest.mark.parametrize("cluster", ["e\u0301", "葛\U000e0100", "☎\ufe0e", "👩\u200d💻", "🇨🇳"])
def test_that_a_mark_stays_with_its_base(cluster: str) -> None:
    text = cluster * 40
    found = [line.text for line in lines_of(text, 5)]
    assert "".join(found) == text
    assert all(len(line) % len(cluster) == 0 for line in found)


# ── Spaces ──


def test_that_spaces_at_a_break_hang_and_take_no_width() -> None:
    first, second = lines_of("abcd   efgh", 2)
    assert (first.text, first.width, first.spacing) == ("abcd   ", 2 * EM, 0.0)
    assert second.text == "efgh"


def test_that_spaces_before_the_first_word_keep_their_width() -> None:
    assert broken("\u3000\u3000一二三四", 5) == ["\u3000\u3000一二三", "四"]


def test_that_a_paragraph_of_spaces_is_one_line_without_width() -> None:
    (line,) = lines_of(" " * 500, 5)
    assert (len(line.text), line.width) == (500, 0.0)


# ── Squeezing and stretching ──


def test_that_a_mark_just_beyond_the_margin_is_squeezed_in() -> None:
    first, second = lines_of("字" * 28 + "。" + "次行", 28)
    assert first.text == "字" * 28 + "。"
    assert first.spacing == pytest.approx(-EM / 28)
    assert first.width == pytest.approx(28 * EM)
    assert second.text == "次行"


def test_that_a_mark_is_squeezed_in_at_the_end_of_the_paragraph_too() -> None:
    (line,) = lines_of("字" * 28 + "。", 28)
    assert line.width == pytest.approx(28 * EM)


def test_that_where_squeezing_is_not_enough_a_character_goes_down_and_the_line_stretches() -> None:
    first, second = lines_of("字" * 28 + "）。" + "次行", 28)
    assert first.text == "字" * 27
    assert first.spacing == pytest.approx(EM / 26)
    assert second.text == "字）。次行"


def test_that_a_word_is_squeezed_in_where_stretching_would_move_more() -> None:
    first, _ = lines_of("字" * 24 + "123456789" + "次行", 28)
    assert first.text.endswith("123456789")
    assert -0.6 <= first.spacing < 0


def test_that_an_ideograph_is_never_squeezed_in() -> None:
    assert {line.spacing for line in lines_of("字" * 100, 28)} == {0.0}


def test_that_a_line_left_almost_empty_by_a_long_word_is_not_stretched() -> None:
    first, _ = lines_of("见" + "a" * 20, 10)
    assert (first.text, first.spacing, first.width) == ("见", 0.0, EM)


def test_that_an_unjustified_line_is_squeezed_but_not_stretched() -> None:
    text = "字" * 28 + "。" + "字" * 28 + "）。"
    squeezed, ragged, _ = lines_of(text, 28, justify=False)
    assert squeezed.width == pytest.approx(28 * EM)
    assert (ragged.text, ragged.spacing) == ("字" * 27, 0.0)


# ── Any official text ──

WORDS = [
    *("国务院办公厅", "政府信息公开", "依申请", "年", "件", "第", "𠮷", "葛\U000e0100"),
    *"，。、；：？！（）《》〔〕“”·～№¥",
    *("——", "……", "————", " ", "  ", "\u3000"),
    *("1,234,567.89", "12.5%", "3‰", "25℃", "2023", "1.2"),
    *("Email", "xxgk@gov.cn", "Xi’an", "é", "e\u0301"),
    "https://www.gov.cn/zhengce/content/2019-04/15/content_5382991.htm",
]
official = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
any_text = st.one_of(official, st.text(st.characters(exclude_characters="\n\r"), max_size=80))
ems = st.floats(1.0, 40.0)
indents = st.sampled_from([0.0, 0.5, 2.0])
WHOLE = re.compile(
    r"—+|…+|(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)*[%‰℃]?|[A-Za-zé](?:[A-Za-zé]|\u0301)*"
)


def cuts(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Give where each line but the last begins and ends."""
    yield from pairwise(accumulate((len(line.text) for line in lines[:-1]), initial=0))


def is_forbidden(text: str, cut: int) -> bool:
    before = text[:cut].rstrip()
    return text[cut] in NEVER_FIRST or before[-1:] in set(NEVER_LAST)


def is_permitted(text: str, cut: int) -> bool:
    """Whether anyone would break there: between ideographs, or after them and their marks."""
    plain = r"[\u4e00-\u9fff][，。；？！）》〔〕”]*(?<!〔)"
    after = text[cut : cut + 1]
    return bool(re.search(plain + r"\Z", text[:cut])) and "\u4e00" <= after <= "\u9fff"


@given(any_text, ems, indents)
@example("", 1.0, 0.0)
@example("\u0301\u0301", 1.0, 0.0)
def test_that_no_character_is_lost(text: str, width: float, indent: float) -> None:
    assert "".join(broken(text, width, indent=indent)) == text


@given(any_text, ems)
def test_that_no_line_is_empty_but_that_of_an_empty_paragraph(text: str, width: float) -> None:
    assert all(broken(text, width)) or not text


@given(official, st.floats(3.0, 40.0), indents)
def test_that_no_line_is_wider_than_its_room(text: str, width: float, indent: float) -> None:
    for line in lines_of(text, width, indent=indent):
        assert line.indent + drawn_width(line) <= width * EM + 1e-6
        assert line.width == pytest.approx(drawn_width(line), abs=1e-6)


@given(official, ems)
def test_that_characters_are_moved_no_further_than_allowed(text: str, width: float) -> None:
    *_, last = lines = lines_of(text, width)
    assert all(-0.6 <= line.spacing <= EM / 2 for line in lines)
    assert last.spacing <= 0


@given(official, st.floats(3.0, 40.0))
def test_that_a_line_is_filled_or_would_have_to_stretch_too_far(text: str, width: float) -> None:
    for line in lines_of(text, width)[:-1]:
        missing = width * EM - drawn_width(line)
        gaps = len(line.text.rstrip()) - 1
        assert abs(missing) < 1e-6 or gaps < 1 or missing / gaps > EM / 2


@given(official, ems)
def test_that_a_forbidden_break_is_made_only_where_the_line_holds_no_permitted_one(
    text: str, width: float
) -> None:
    for start, end in cuts(lines_of(text, width)):
        if is_forbidden(text, end):
            assert not any(is_permitted(text, cut) for cut in range(start + 1, end))


@given(official, ems)
def test_that_what_belongs_together_is_split_only_if_it_is_longer_than_a_line(
    text: str, width: float
) -> None:
    ends = {end for _, end in cuts(lines_of(text, width))}
    for found in WHOLE.finditer(text):
        if sum(map(advance, found.group())) <= width * EM:
            assert ends.isdisjoint(range(found.start() + 1, found.end()))


# ── Texts nobody writes ──


@pytest.mark.parametrize(
    "text",
    [
        "）" * 200_000,
        "（" * 200_000,
        "a" * 200_000,
        "1,234," * 33_333,
        "—" * 200_000,
        '"' * 200_000,
        "字" + " " * 200_000 + "）",
        "）  " * 66_666,
        "（1,234.5%）——" * 20_000,
        "e\u0301" * 100_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_that_a_monstrous_text_is_broken_with_bounded_work(text: str) -> None:
    asked: list[str] = []

    def counting(character: str) -> float:
        asked.append(character)
        return advance(character)

    lines = break_lines(text, Measure(28 * EM, squeeze=0.6, stretch=8.0), counting)

    assert sorted(asked) == sorted(set(text))
    assert "".join(line.text for line in lines) == text
    assert max(drawn_width(line) for line in lines) <= 28 * EM + 1e-6
    assert len(lines) <= len(text) // 24 + 2


def test_that_a_run_of_dashes_too_long_for_a_line_is_cut_between_pairs() -> None:
    assert {len(line) for line in broken("—" * 500, 27)} == {26, 500 % 26}


def test_that_a_run_of_dashes_that_just_fits_a_line_is_whole() -> None:
    assert broken("厅————————", 8) == ["厅", "————————"]


def test_that_a_character_wider_than_the_line_stands_alone() -> None:
    assert broken("一二 三", 0.5) == ["一", "二 ", "三"]


def test_that_an_indent_wider_than_the_line_still_ends() -> None:
    assert broken("一二三四", 2, indent=3) == ["一", "二三", "四"]
