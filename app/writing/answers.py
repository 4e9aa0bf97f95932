"""What the clerk told a guided form, read: numbers as numbers, words made fit for a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.forms import FigureKind
from app.numbers import InputError, Number, parse, show
from app.writing.guide import Asks, Field, Sheet, says_nothing

YES, NO = "是", "否"
_BLANKS = re.compile(r"[\s\u3000]+")
_ENDS = "，。；、：,.;:!！?？ "


@dataclass(frozen=True)
class Answers:
    """The answers to one sheet, by field; what could not be read is in `refused`."""

    told: Mapping[str, str]
    """As they are written into a sentence."""
    numbers: Mapping[str, Number]
    refused: Mapping[str, str]
    """Why an answer cannot be used, in Chinese."""


def key(sheet: Sheet, field: str) -> str:
    """The name a draft keeps an answer by."""
    return f"{sheet.part}.{field}"


def read_answers(sheet: Sheet, kept: Mapping[str, str]) -> Answers:
    """Read what a draft keeps for a sheet."""
    told: dict[str, str] = {}
    numbers: dict[str, Number] = {}
    refused: dict[str, str] = {}
    fields = [field for topic in sheet.topics for field in topic.fields]
    for field in fields:
        text = kept.get(key(sheet, field.id), "")
        try:
            _read(field, text, told, numbers, refused)
        except InputError as error:
            refused[field.id] = str(error)
    for field in fields:
        _hold(field, fields, told, numbers, refused)
    return Answers(told, numbers, refused)


def _read(
    field: Field,
    text: str,
    told: dict[str, str],
    numbers: dict[str, Number],
    refused: Mapping[str, str],
) -> None:
    match field.kind:
        case Asks.COUNT | Asks.MONEY:
            number = _number(text, field.kind)
            if number is not None:
                numbers[field.id], told[field.id] = number, show(number)
        case Asks.YES:
            if text in (YES, NO):
                told[field.id] = text
        case Asks.WORDS:
            if says_nothing(words := phrase(text)):
                raise InputError(f"“{words}”写不成句子；没有这回事的，不用填")
            if words:
                told[field.id] = words
        case Asks.SUM:
            parts = [numbers[one] for one in field.of if one in numbers]
            if parts and refused.keys().isdisjoint(field.of):
                numbers[field.id] = sum(parts)
                told[field.id] = show(numbers[field.id])


def _number(text: str, kind: Asks) -> Number | None:
    if kind is Asks.COUNT:
        number = parse(text, FigureKind.COUNT)
    elif "万" in text:
        raise InputError(f"“{text.strip()}”请按元填写数字")
    else:
        number = parse(text.strip().removesuffix("元"), FigureKind.MONEY)
        if isinstance(number, Decimal):
            number = number.normalize() + 0
    if number is not None and number < 0:
        raise InputError(f"“{text.strip()}”不能是负数")
    return number


def _hold(
    field: Field,
    fields: list[Field],
    told: dict[str, str],
    numbers: dict[str, Number],
    refused: dict[str, str],
) -> None:
    """Refuse a part that is more than its whole."""
    whole = numbers.get(field.most)
    if field.id in numbers and whole is not None and numbers[field.id] > whole:
        name = next(one.ask for one in fields if one.id == field.most)
        refused[field.id] = f"{show(numbers.pop(field.id))} 大于“{name}” {show(whole)}"
        del told[field.id]


def phrase(text: str) -> str:
    """Words made fit for the middle of a sentence: one line, no sign at its end."""
    return _BLANKS.sub(_one_blank, text.strip()).rstrip(_ENDS)


def _one_blank(match: re.Match[str]) -> str:
    """A blank stays where it divides Latin words; Chinese has none."""
    text, (start, end) = match.string, match.span()
    around = text[start - 1 : start] + text[end : end + 1]
    return " " if len(around) == 2 and around.isascii() else ""
