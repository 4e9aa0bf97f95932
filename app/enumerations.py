"""Numbered items in running text: 一是…二是…, （一）…（二）…, 1.…2.…, 第一，第二，."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.numbers import CHINESE_NUMBER, chinese_value
from app.patterns import pattern
from app.prose import Prose

_HAN = "[一二三四五六七八九十]{1,3}"
_BEGIN = r"(?:(?<=[\n。；：！？，、…])|\A)"
_LINE = r"(?:(?<=\n)|\A)"
_STYLES: Mapping[str, str] = {
    "是": rf"(?<![之唯第统同单其万专一二三四五六七八九十])(?P<n>{_HAN})是(?!否|不是)",
    "要": rf"(?:(?<=[\n。；：，])|\A)(?P<n>{_HAN})要(?!求)",
    "（一）": rf"(?:(?:(?<=[\n。；：])|\A)（|{_LINE})(?P<n>{_HAN})）(?![项款](?!目))",
    "一、": rf"{_LINE}(?P<n>{_HAN})、",
    "第一": rf"{_BEGIN}第(?P<n>{_HAN})[，、：]",
    "1.": r"(?:(?<=[\n。；：])|\A)(?P<n>\d{1,2})\.(?!\d)",
    "1、": r"(?:(?<=[\n。；：])|\A)(?P<n>\d{1,2})、(?!\d)",
    "（1）": r"(?:(?<=[\n。；：，、])|\A)（(?P<n>\d{1,2})）",
    "①": r"(?P<n>[①②③④⑤⑥⑦⑧⑨⑩])",
}
_ITEM = pattern(
    "(?=[（第一二三四五六七八九十\\d①-⑩])(?:"  # most characters begin nothing
    + "|".join(
        f"(?P<s{at}>{one.replace('(?P<n>', f'(?P<n{at}>')})"
        for at, one in enumerate(_STYLES.values())
    )
    + ")"
)
_NAMES = tuple(_STYLES)
_RANKS = {"一、": 0, "（一）": 1, "1.": 2, "1、": 2, "（1）": 3}
"""How deep the styles that head paragraphs lie; a number of one begins those below anew."""


@dataclass(frozen=True, slots=True)
class Item:
    """The number of one item; `start` and `end` are places in the plain text."""

    style: str
    number: int
    start: int
    end: int

    @property
    def rank(self) -> int | None:
        """How deep a heading it is; None for the numbers within a sentence."""
        return _RANKS.get(self.style)


@lru_cache(maxsize=32)
def items(prose: Prose) -> tuple[Item, ...]:
    """Every numbered item of a part, in order."""
    return tuple(_found(prose.plain))


def _found(plain: str) -> Iterator[Item]:
    for match in _ITEM.finditer(plain):
        at = int((match.lastgroup or "s0")[1:])
        number = _number(match[f"n{at}"])
        if number:
            yield Item(_NAMES[at], number, match.start(), match.end())


def _number(sign: str) -> int:
    if sign.isascii():
        return int(sign)
    if len(sign) == 1 and "①" <= sign <= "⑩":
        return ord(sign) - ord("①") + 1
    return chinese_value(sign) if re.fullmatch(CHINESE_NUMBER, sign) else 0


def runs(found: tuple[Item, ...], prose: Prose) -> Iterator[tuple[Item, ...]]:
    """The items list by list; a list begins with 1, or where none of its style is open.

    Within a paragraph a list may stand inside an item of another one of the same style; the outer
    one goes on where the number is the next of its own and not of the inner one.
    """
    open_runs: dict[str, list[list[Item]]] = {}
    for item in found:
        if item.rank is not None:
            heads = _heads_a_line(prose, item)
            for style in [one for one in open_runs if _lies_below(one, item.rank, heads)]:
                yield from map(tuple, open_runs.pop(style))
        stack = open_runs.setdefault(item.style, [])
        while len(stack) > 1 and _is_over(stack, item, prose):
            yield tuple(stack.pop())
        if stack and item.number != 1:
            stack[-1].append(item)
        else:
            if stack and not _same_paragraph(prose, stack[-1][-1], item):
                yield from map(tuple, stack)
                stack.clear()
            stack.append([item])
    for stack in open_runs.values():
        yield from map(tuple, stack)


def _lies_below(style: str, rank: int, heads: bool) -> bool:
    """A heading ends all lists below it; a number within a line only the deeper numbers."""
    return _RANKS[style] > rank if style in _RANKS else heads


def _heads_a_line(prose: Prose, item: Item) -> bool:
    return item.start == 0 or prose.plain[item.start - 1] == "\n"


def _is_over(stack: list[list[Item]], item: Item, prose: Prose) -> bool:
    """The inner list has ended: the item is the next one of the list around it."""
    inner, outer = stack[-1][-1].number, stack[-2][-1].number
    goes_on = item.number == outer + 1 and item.number != inner + 1
    return goes_on and _same_paragraph(prose, stack[-2][-1], item)


def _same_paragraph(prose: Prose, one: Item, other: Item) -> bool:
    return prose.paragraph_at(one.start) == prose.paragraph_at(other.start)
