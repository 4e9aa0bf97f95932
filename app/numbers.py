"""How a figure is typed, pasted, shown and refused.

A figure is an `int` (件数), a `Decimal` (万元) or `Unreadable`; a blank cell has none. The three
are never mixed up: nothing that cannot be read turns into 0.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from app.forms import FigureKind

LARGEST_COUNT = 10**15 - 1
"""What Excel still shows to the last digit."""
MOST_DIGITS = 15
"""Significant digits of an amount, for the same reason."""

COUNT_UNITS = ("件", "条", "项", "份", "宗", "起", "次", "个", "篇")
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
PLAIN_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
CHINESE_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
}
CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# A digit right behind 百, 千, 万 or 亿 is refused: 一百五 is spoken for 150, not for 105.
_DIGIT = "[一二两三四五六七八九]"
_TENS = f"{_DIGIT}?十{_DIGIT}?"
_HUNDREDS = f"{_DIGIT}百(?:零{_DIGIT}|{_TENS})?"
_THOUSANDS = f"{_DIGIT}千(?:零(?:{_TENS}|{_DIGIT})|{_HUNDREDS})?"
_BELOW_10000 = f"(?:{_THOUSANDS}|{_HUNDREDS}|{_TENS}|{_DIGIT})"
_BEHIND = f"(?:零{_BELOW_10000}|{_THOUSANDS}|{_HUNDREDS}|{_TENS})?"
CHINESE_NUMBER = (  # compiled on first use: few clerks type 汉字, and it takes a while
    f"[〇零一二两三四五六七八九]+|{_BELOW_10000}|{_BELOW_10000}万{_BEHIND}"
    f"|{_BELOW_10000}亿(?:零?{_BELOW_10000}万)?{_BEHIND}"
)


class InputError(ValueError):
    """What was typed is no figure of the kind wanted; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Text that stands where a figure belongs, kept exactly as it was written."""

    text: str


Figure = int | Decimal | Unreadable
"""What a filled cell holds; a blank one holds nothing (None)."""
Number = int | Decimal


def parse(text: str, kind: FigureKind) -> Number | None:
    """Read what was typed or pasted: the number, None for nothing; raises InputError.

    Full-width digits, spaces around, thousands separators, 汉字 numerals and the unit are
    accepted. A negative count is read as such: that it is wrong is for the checks to say.
    """
    plain = _without_unit(_plain(text), kind)
    if not plain and not text.translate(INVISIBLE).strip():
        return None
    if PLAIN_NUMBER.fullmatch(plain):
        return _check(Decimal(plain.replace(",", "")), kind, text)
    # 三万 in a cell of 万元 could be 3 or 30000; 三万元 is 3, its unit has been taken off by now.
    unclear = kind is FigureKind.MONEY and ("万" in plain or "亿" in plain)
    if plain and not unclear and re.fullmatch(CHINESE_NUMBER, plain):
        return _check(Decimal(chinese_value(plain)), kind, text)
    raise InputError(_why(plain, kind, text))


def read(text: str, kind: FigureKind) -> Figure | None:
    """Like `parse`, but keeps what cannot be read as Unreadable instead of raising."""
    try:
        return parse(text, kind)
    except InputError:
        return Unreadable(text)


def why_unreadable(figure: Unreadable, kind: FigureKind) -> str:
    """Say in Chinese what is wrong with a text that is no figure."""
    try:
        parse(figure.text, kind)
    except InputError as error:
        return str(error)
    return f"{_quote(figure.text)}不是数字"


def show(figure: Figure | None) -> str:
    """Write a figure as it is printed: plain digits, money without exponent, blank as ''."""
    if figure is None:
        return ""
    if isinstance(figure, Unreadable):
        return figure.text
    return f"{figure:f}" if isinstance(figure, Decimal) else str(figure)


def gap(one: Number, other: Number) -> Number:
    """How far two figures lie apart, exactly."""
    return one - other if one > other else other - one


def _plain(text: str) -> str:
    for character in text:
        if character.isnumeric() and unicodedata.decomposition(character)[:6] not in ("", "<wide>"):
            raise InputError(f"{_quote(text)}含有特殊数字“{character}”，请用普通数字")
    return unicodedata.normalize("NFKC", text).translate(INVISIBLE).strip().replace("−", "-")


def _without_unit(plain: str, kind: FigureKind) -> str:
    if kind is FigureKind.MONEY:
        return plain.removesuffix("万元").rstrip()
    return plain[:-1].rstrip() if plain.endswith(COUNT_UNITS) else plain


def chinese_value(plain: str) -> int:
    """Return the number that CHINESE_NUMBER has found to be well written."""
    total = section = digit = 0
    for sign in plain:
        if sign in CHINESE_DIGITS:
            digit = digit * 10 + CHINESE_DIGITS[sign]
        elif (unit := CHINESE_UNITS[sign]) < 10**4:
            section, digit = section + (digit or 1) * unit, 0
        else:
            total, section, digit = total + (section + digit) * unit, 0, 0
    return total + section + digit


def _why(plain: str, kind: FigureKind, text: str) -> str:
    if plain in ("", "/", "-", "--", "—", "——", "\\", "无", "没有"):
        return f"{_quote(text)}不是数字；没有发生请填 0"
    if any(vague in plain for vague in ("余", "约", "多", "近", "以上")):
        return f"{_quote(text)}不是确数，请填准确数字"
    if plain.endswith("元") and kind is FigureKind.MONEY:
        return f"{_quote(text)}的单位不对，请按万元填写数字"
    if plain.endswith("元"):
        return f"{_quote(text)}是金额，这里填的是数量"
    return f"{_quote(text)}不是数字"


def _quote(text: str) -> str:
    short = text.strip()
    return f"“{short}”" if len(short) <= 20 else f"“{short[:20]}…”"


def _check(number: Decimal, kind: FigureKind, text: str) -> Number:
    _, digits, exponent = number.as_tuple()
    if kind is FigureKind.MONEY:
        if max(len(digits), -int(exponent)) > MOST_DIGITS:
            raise InputError(f"{_quote(text)}位数太多，最多 {MOST_DIGITS} 位")
        return number if number else number.copy_abs()
    if number.adjusted() >= MOST_DIGITS:
        raise InputError(f"{_quote(text)}太大，最多 {MOST_DIGITS} 位")
    if number != number.to_integral_value():
        raise InputError(f"{_quote(text)}不是整数，件数只能填整数")
    return int(number)
