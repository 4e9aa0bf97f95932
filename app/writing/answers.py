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
    reading = _Reading({one.id: one for topic in sheet.topics for one in topic.fields})
    for one in reading.fields.values():
        reading.read(one, kept.get(key(sheet, one.id), ""))
    for one in reading.fields.values():
        reading.refuse_more_than_whole(one)
    return Answers(reading.told, reading.numbers, reading.refused)


class _Reading:
    """The answers to a sheet as far as they are read, field by field."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self.fields = fields
        self.told: dict[str, str] = {}
        self.numbers: dict[str, Number] = {}
        self.refused: dict[str, str] = {}

    def read(self, field: Field, text: str) -> None:
        """Read one answer; a sum comes behind what it adds up."""
        try:
            self._read(field, text)
        except InputError as error:
            self.refused[field.id] = str(error)

    def refuse_more_than_whole(self, field: Field) -> None:
        """Refuse a part that is more than its whole."""
        number, whole = self.numbers.get(field.id), self.numbers.get(field.most)
        if number is not None and whole is not None and number > whole:
            name = self.fields[field.most].ask
            self.refused[field.id] = f"{show(number)} 大于“{name}” {show(whole)}"
            del self.numbers[field.id], self.told[field.id]

    def _read(self, field: Field, text: str) -> None:
        match field.kind:
            case Asks.COUNT | Asks.MONEY:
                self._count(field, _number(text, field.kind))
            case Asks.SUM:
                known = self.numbers.keys() >= set(field.of)
                self._count(field, sum(self.numbers[one] for one in field.of) if known else None)
            case Asks.YES:
                if text in (YES, NO):
                    self.told[field.id] = text
            case Asks.WORDS:
                if says_nothing(words := phrase(text)):
                    raise InputError(f"“{words}”写不成句子；没有这回事的，不用填")
                if words:
                    self.told[field.id] = words

    def _count(self, field: Field, number: Number | None) -> None:
        if number is not None:
            self.numbers[field.id], self.told[field.id] = number, show(number)


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


def phrase(text: str) -> str:
    """Words made fit for the middle of a sentence: one line, no sign at its end."""
    return _BLANKS.sub(_one_blank, text.strip()).rstrip(_ENDS)


def _one_blank(match: re.Match[str]) -> str:
    """A blank stays where it divides Latin words; Chinese has none."""
    text, (start, end) = match.string, match.span()
    around = text[start - 1 : start] + text[end : end + 1]
    return " " if len(around) == 2 and around.isascii() else ""
