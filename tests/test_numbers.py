"""Which figures are read, which are refused, and what the clerk is told."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.forms import FigureKind
from app.numbers import (
    InputError,
    Number,
    Unreadable,
    gap,
    parse,
    read,
    show,
    why_unreadable,
)

COUNT, CHANGE, MONEY = FigureKind.COUNT, FigureKind.CHANGE, FigureKind.MONEY
EVERY_KIND = pytest.mark.parametrize("kind", FigureKind)

COUNTS = {
    "0": 0,
    "3": 3,
    "007": 7,
    "+5": 5,
    "-3": -3,
    "−3": -3,  # the minus sign of mathematics
    "－３": -3,
    "４": 4,  # full width, as an input method types it
    "３１１９": 3119,
    " 12 ": 12,
    "\u00a012\u00a0": 12,  # no-break space, as web pages have it
    "\u300012\u3000": 12,  # the space of an input method
    "\u200b12\ufeff": 12,  # zero width, as WPS leaves it
    "12\r\n": 12,
    "1,234": 1234,
    "3，119": 3119,
    "1,234,567": 1234567,
    "3件": 3,
    "12 条": 12,
    "5 项": 5,
    "22件": 22,
    "3.0": 3,
    "〇": 0,
    "零": 0,
    "零件": 0,
    "三": 3,
    "两": 2,
    "十": 10,
    "十二": 12,
    "二十": 20,
    "一百零五": 105,
    "一百一十二件": 112,
    "一千零一": 1001,
    "三千零一十": 3010,
    "一万零二": 10002,
    "一万二千": 12000,
    "一万二百": 10200,
    "一亿二千万": 120_000_000,
    "二〇二六": 2026,
    "999999999999999": 10**15 - 1,
}

AMOUNTS = {
    "0": "0",
    "1.25": "1.25",
    "1.50": "1.50",
    "96171.6": "96171.6",
    "24252.311082": "24252.311082",
    "1,234.5": "1234.5",
    "１．２５": "1.25",
    "0.242万元": "0.242",
    "0.242 万元": "0.242",
    "三万元": "3",
    "-0.00": "0.00",
    "-1.5": "-1.5",
    "999999999999999": "999999999999999",
    "0.000000000000001": "0.000000000000001",
}

NO_NUMBER = "不是数字"
REFUSED_COUNTS = {
    "/": "没有发生请填 0",
    "-": "没有发生请填 0",
    "——": "没有发生请填 0",
    "无": "没有发生请填 0",
    "没有": "没有发生请填 0",
    "件": "没有发生请填 0",
    "2（其中电子1件）": NO_NUMBER,
    "22（其中修订16件）": NO_NUMBER,
    "abc": NO_NUMBER,
    "12a": NO_NUMBER,
    "1 2": NO_NUMBER,
    "1\t2": NO_NUMBER,
    "1,23": NO_NUMBER,
    "1,2345": NO_NUMBER,
    ",123": NO_NUMBER,
    "1_000": NO_NUMBER,
    "1e5": NO_NUMBER,
    "0x10": NO_NUMBER,
    "nan": NO_NUMBER,
    "inf": NO_NUMBER,
    "Infinity": NO_NUMBER,
    "true": NO_NUMBER,
    "None": NO_NUMBER,
    "=1+2": NO_NUMBER,
    "1.2.3": NO_NUMBER,
    ".5": NO_NUMBER,
    "5.": NO_NUMBER,
    "--5": NO_NUMBER,
    "3%": NO_NUMBER,
    "١٢": NO_NUMBER,  # Arabic-Indic digits
    "१२": NO_NUMBER,  # Devanagari digits
    "万": NO_NUMBER,
    "亿": NO_NUMBER,
    "百": NO_NUMBER,
    "零十": NO_NUMBER,
    "一百五": NO_NUMBER,  # spoken for 150
    "三千五": NO_NUMBER,  # spoken for 3500
    "一万二": NO_NUMBER,  # spoken for 12000
    "3万": NO_NUMBER,
    "①": "特殊数字“①”",
    "⑩": "特殊数字“⑩”",
    "㉑": "特殊数字“㉑”",
    "㊀": "特殊数字“㊀”",
    "m²": "特殊数字“²”",
    "½": "特殊数字“½”",
    "Ⅳ": "特殊数字“Ⅳ”",
    "𝟓": "特殊数字“𝟓”",
    "10余": "不是确数",
    "约10件": "不是确数",
    "100多": "不是确数",
    "1.5": "件数只能填整数",
    "0.5件": "件数只能填整数",
    "5元": "是金额，这里填的是数量",
    "3万元": "是金额，这里填的是数量",
    "1000000000000000": "最多 15 位",
    "-1000000000000000": "最多 15 位",
    "九千亿亿": NO_NUMBER,
}
REFUSED_AMOUNTS = {
    "2950元": "请按万元填写",
    "3件": NO_NUMBER,
    "3万": NO_NUMBER,
    "三万": NO_NUMBER,
    "1.2万": NO_NUMBER,
    "/": "没有发生请填 0",
    "万元": "没有发生请填 0",
    "NaN": NO_NUMBER,
    "1e3": NO_NUMBER,
    "约3": "不是确数",
    "⑩": "特殊数字“⑩”",
    "1234567890123456": "最多 15 位",
    "12345678901234.56": "最多 15 位",
    "0.0000000000000001": "最多 15 位",
}
BLANK = ["", " ", "\u3000", "\u00a0", "\t\r\n", "\u200b\ufeff"]


@pytest.mark.parametrize("text", COUNTS)
def test_that_a_count_is_read_from(text: str) -> None:
    number = parse(text, COUNT)
    assert number == COUNTS[text]
    assert type(number) is int


@pytest.mark.parametrize("text", AMOUNTS)
def test_that_an_amount_is_read_to_the_last_digit_from(text: str) -> None:
    number = parse(text, MONEY)
    assert type(number) is Decimal
    assert str(show(number)) == AMOUNTS[text]


@pytest.mark.parametrize("text", REFUSED_COUNTS)
def test_that_no_count_is_made_of(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse(text, COUNT)
    assert REFUSED_COUNTS[text] in str(refusal.value)
    assert f"“{text}”" in str(refusal.value)


@pytest.mark.parametrize("text", REFUSED_AMOUNTS)
def test_that_no_amount_is_made_of(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse(text, MONEY)
    assert REFUSED_AMOUNTS[text] in str(refusal.value)


@EVERY_KIND
@pytest.mark.parametrize("text", BLANK)
def test_that_nothing_visible_is_blank_and_not_zero(text: str, kind: FigureKind) -> None:
    assert parse(text, kind) is None
    assert read(text, kind) is None


def test_that_a_change_of_the_year_may_be_negative() -> None:
    assert parse("-8", CHANGE) == -8


def test_that_a_long_text_is_quoted_only_in_part() -> None:
    with pytest.raises(InputError, match=r"“甲{20}…”"):
        parse("甲" * 500, COUNT)


@EVERY_KIND
@pytest.mark.parametrize(
    "text", ["9" * 5000, "九" * 5000, "9" * 1_000_001, "0." + "0" * 5000 + "1"]
)
def test_that_a_number_of_absurd_length_is_refused_like_any_other(
    text: str, kind: FigureKind
) -> None:
    with pytest.raises(InputError):
        parse(text, kind)


@EVERY_KIND
@pytest.mark.parametrize("text", ["/", "22（其中修订16件）", " 无 ", "⑩"])
def test_that_what_cannot_be_read_is_kept_exactly_as_it_was_written(
    text: str, kind: FigureKind
) -> None:
    figure = read(text, kind)
    assert figure == Unreadable(text)
    assert show(figure) == text


def test_that_the_reason_for_an_unreadable_text_is_the_one_given_when_it_was_typed() -> None:
    assert why_unreadable(Unreadable("2950元"), MONEY) == "“2950元”的单位不对，请按万元填写数字"


def test_that_a_text_which_would_read_as_a_number_still_has_a_reason() -> None:
    assert why_unreadable(Unreadable("5"), COUNT) == "“5”不是数字"


def test_that_a_blank_cell_shows_nothing() -> None:
    assert show(None) == ""


def test_that_an_amount_is_shown_without_exponent() -> None:
    assert show(Decimal("3E+3")) == "3000"
    assert show(Decimal("1E-7")) == "0.0000001"


@pytest.mark.parametrize(("one", "other", "apart"), [(3, 5, 2), (5, 3, 2), (-1, 1, 2), (4, 4, 0)])
def test_that_a_gap_is_never_negative(one: Number, other: Number, apart: Number) -> None:
    assert gap(one, other) == apart


def test_that_a_gap_between_amounts_is_exact() -> None:
    assert gap(Decimal("0.1"), Decimal("0.3")) == Decimal("0.2")


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_that_a_count_shown_and_typed_again_is_the_same(number: int) -> None:
    assert parse(show(number), COUNT) == number


amounts = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(0, 10**15 - 1),
    st.integers(0, 15),
)


@given(amounts)
def test_that_an_amount_shown_and_typed_again_is_the_same_to_the_last_zero(number: Decimal) -> None:
    again = parse(show(number), MONEY)
    assert isinstance(again, Decimal)
    assert again.as_tuple() == number.as_tuple()


# What a hurried clerk, a web page or an input method may put into a cell.
hostile = st.one_of(
    st.text(max_size=12),
    st.text("0123456789０１９.,，．-−+ \u3000\u00a0\u200b件万元/", max_size=12),
    st.text("零〇一二两九十百千万亿元件", max_size=8),
    st.text(st.characters(categories=["Nd", "Nl", "No", "Zs", "Cf", "Sk"]), max_size=4),
)


@given(hostile, st.sampled_from(FigureKind))
@example("万", COUNT)
@example("⑩", COUNT)
@example("\u0660", COUNT)
def test_that_any_text_is_a_number_or_blank_or_refused_with_a_sentence(
    text: str, kind: FigureKind
) -> None:
    figure = read(text, kind)
    if isinstance(figure, Unreadable):
        assert figure.text == text
        assert set(why_unreadable(figure, kind)) & set("数填")
    else:
        assert parse(text, kind) == figure
        assert figure is None or type(figure) is (Decimal if kind is MONEY else int)


@given(hostile, st.sampled_from(FigureKind))
@example("万", COUNT)
@example("亿零", COUNT)
@example("件", COUNT)
@example("万元", MONEY)
def test_that_only_a_written_zero_becomes_zero(text: str, kind: FigureKind) -> None:
    if read(text, kind) == 0:
        assert any(sign in "零〇" or unicodedata.digit(sign, None) == 0 for sign in text)
        assert not any(
            sign in "一二两三四五六七八九十百千万亿" for sign in text.removesuffix("万元")
        )


plain_numerals = set("0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千万亿")


@given(
    st.text(
        st.one_of(st.sampled_from("0１二百件"), st.characters(categories=["Nd", "Nl", "No", "Lo"])),
        max_size=3,
    )
)
@example("㆒")
@example("㉑")
@example("٣")
@example("两")
def test_that_a_number_is_read_from_plain_and_full_width_digits_and_hanzi_alone(text: str) -> None:
    if isinstance(read(text, COUNT), int):
        assert plain_numerals & set(text)
        assert not [sign for sign in set(text) - plain_numerals if unicodedata.numeric(sign, 0)]
