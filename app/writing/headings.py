"""The headings of topics in a text (（一）主动公开), and the words below each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.forms import Section
from app.numbers import chinese_value
from app.prose import Span
from app.writing.guide import Sheet
from app.writing.han import han

_HEAD = re.compile(
    r"^[ \t\u3000]*[（(](?P<number>[一二三四五六七八九十]{1,3})[）)]"
    r"(?P<name>[^。：:\n]{1,40})(?P<sign>[。：:]?)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, the topic it heads, and the body up to the next one, blank lines left out."""

    start: int
    number: Span
    topic: str | None
    body: Span


def headings(text: str, sheet: Sheet, section: Section) -> tuple[Heading, ...]:
    """The headings of a text in order; none for a sheet whose topics have no headings."""
    if not sheet.headed:
        return ()
    found = list(_HEAD.finditer(text))
    ends = [*(one.start() for one in found[1:]), len(text)]
    return tuple(
        Heading(one.start(), Span(*one.span("number")), _topic(one["name"], section), body)
        for one, end in zip(found, ends, strict=False)
        for body in (_body(text, one.end(), end),)
    )


def _topic(name: str, section: Section) -> str | None:
    by_name = (one.name for one in section.topics if one.name in name)
    by_words = (one.name for one in section.topics if one.headed and re.search(one.headed, name))
    return next(by_name, None) or next(by_words, None)


def _body(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def renumbered(text: str) -> str:
    """The text with its headings numbered from 一 on, in the order they stand in."""
    count = iter(range(1, 100))
    return _HEAD.sub(lambda one: _with_number(one, next(count, 99)), text)


def _with_number(one: re.Match[str], number: int) -> str:
    start, end = (place - one.start() for place in one.span("number"))
    return one.group()[:start] + han(number) + one.group()[end:]


def in_order(text: str) -> bool:
    """Tell whether the headings of a text are numbered 一, 二, 三 … without gap or repeat."""
    return list(_numbers(text)) == list(range(1, len(list(_numbers(text))) + 1))


def _numbers(text: str) -> Iterator[int]:
    for one in _HEAD.finditer(text):
        yield chinese_value(one["number"])
