"""A written part as it reads: one spelling of digits and signs, live numbers filled in.

Clerks paste from PDF, web pages and phones: full-width digits, spaces inside words, line ends in
the middle of a sentence, page numbers between two lines. `Prose.plain` is free of all that, and
every place in it leads back to the characters the clerk sees.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from app.forms import Form
from app.narrative import LIVE_NUMBER, fill_in
from app.patterns import pattern
from app.totals import Figures

SENTENCE_END = pattern(r"[。！？…\n]")
_CLAUSE_END = pattern(r"[。！？…；\n]")
_LETTERS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_KEPT = {ord(sign): sign for sign in "，；：（）！？"}
_ONE_SPELLING: dict[int, int | str] = {**_LETTERS, **_KEPT}
"""Full-width letters and digits become narrow; signs stay wide."""
_WIDE_SIGNS = {ord(sign): code + 0xFEE0 for sign, code in zip(",;:()!?", b",;:()!?", strict=True)}
_BLANKS = r" \t\u3000\xa0\u00ad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2064\ufeff"
_PAGE_NUMBER = rf"(?:\s*[-—–－][{_BLANKS}]*\d{{1,3}}[{_BLANKS}]*[-—–－](?=\s))?"
_UNEVEN = pattern(
    rf"(?P<live>{LIVE_NUMBER.pattern})"
    r"|(?:(?<=(?<!\d)\d)|(?<=(?<!\d)\d\d)|(?<=(?<!\d)\d\d\d))"
    r"(?P<thousands>[,，](?=\d{3}(?!\d))|[ \u00a0](?=\d{3}(?!\d)\s?[\u4e00-\u9fff]))"
    rf"|(?P<ends>[{_BLANKS}]*[\r\n\f\v\x85\u2028\u2029]{_PAGE_NUMBER}\s*)"
    rf"|(?P<blanks>[{_BLANKS}]+)",
    re.ASCII,
)
_NARROW = pattern(r"[0-9A-Za-z]")
_ENDED = ("。", "！", "？", "；", "：", "”", "）", ".", ";", ":", "!", "?")
WIDEST_WRAP = 60
"""Characters; a line of a page or an e-mail is shorter, a paragraph that was typed is longer."""

FAR = 400
"""Characters: what stands farther off in one sentence has nothing to do with a word."""


class Span(NamedTuple):
    """A piece of a text: the characters from `start` up to `end`."""

    start: int
    end: int


class Places:
    """Pieces of a text that do not overlap, in order; asked whether a place lies within one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = [Span(*one) for one in spans]

    def __contains__(self, place: int) -> bool:
        index = bisect_right(self._spans, place, key=lambda one: one.start) - 1
        return index >= 0 and place < self._spans[index].end


@dataclass(frozen=True, eq=False)
class Prose:
    """One written part. Rules read `plain`; `raw` is what the clerk wrote."""

    part: str
    raw: str
    plain: str
    _starts: tuple[int, ...]
    _ends: tuple[int, ...]

    def in_raw(self, start: int, end: int) -> Span:
        """Where a piece of `plain` stands in what the clerk wrote."""
        if start >= end:
            at = self._starts[start] if start < len(self._starts) else len(self.raw)
            return Span(at, at)
        return Span(self._starts[start], self._ends[end - 1])

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences in order, their final sign left out; empty ones are dropped."""
        return tuple(_split(self.plain, SENTENCE_END))

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """The sentences, and within them what semicolons divide."""
        return tuple(_split(self.plain, _CLAUSE_END))

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs in order; empty ones are dropped."""
        return tuple(_split(self.plain, re.compile("\n")))

    def sentence_at(self, place: int) -> Span:
        """The sentence a place stands in."""
        index = bisect_right(self.sentences, place, key=lambda one: one.start) - 1
        return self.sentences[max(index, 0)]

    def sentence_around(self, start: int, end: int) -> tuple[str, str]:
        """What the sentence says before a place and behind it, as far as a reader looks."""
        sentence = self.sentence_at(start)
        before = self.plain[max(sentence.start, start - FAR) : start]
        return before, self.plain[end : min(sentence.end, end + FAR)]

    def paragraph_at(self, place: int) -> Span:
        """The paragraph a place stands in."""
        index = bisect_right(self.paragraphs, place, key=lambda one: one.start) - 1
        return self.paragraphs[max(index, 0)]


def read_prose(part: str, raw: str, figures: Figures) -> Prose:
    """Read a written part; its live numbers stand as the figures of their cells.

    A table of the form that was pasted into the text ends it: what follows is no prose.
    """
    live = tuple((one.group(), fill_in(one.group(), figures)) for one in LIVE_NUMBER.finditer(raw))
    return _read(part, raw, live, figures.form)


@lru_cache(maxsize=32)
def _read(part: str, raw: str, live: tuple[tuple[str, str], ...], form: Form) -> Prose:
    numbers = dict(live)
    even = raw.translate(_ONE_SPELLING)
    wrapped = _is_wrapped(even)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in _UNEVEN.finditer(even):
        start, end = match.span()
        pieces.append(even[at:start])
        starts.extend(range(at, start))
        ends.extend(range(at + 1, start + 1))
        put = _instead(match, numbers, wrapped)
        pieces.append(put)
        starts.extend([start] * len(put))
        ends.extend([end] * len(put))
        at = end
    pieces.append(even[at:])
    starts.extend(range(at, len(even)))
    ends.extend(range(at + 1, len(even) + 1))
    plain = "".join(pieces).translate(_WIDE_SIGNS)
    if table := _table_head(form).search(plain):
        plain = plain[: table.start()]
    return Prose(part, raw, plain, tuple(starts), tuple(ends))


@cache
def _table_head(form: Form) -> re.Pattern[str]:
    """Where a table of the form begins: a line that holds nothing but its banner."""
    blocks = [block for table in form.tables.values() for block in table.blocks]
    heads = {one for block in blocks for one in (block.banner, block.corner) if len(one) > 4}
    corners = "|".join(re.escape(block.corner) for block in blocks if block.corner)
    banners = "|".join(re.escape(one) for one in sorted(heads))
    return re.compile(rf"(?m)^(?:{banners})(?=$|{corners})")


def _instead(match: re.Match[str], numbers: dict[str, str], wrapped: bool) -> str:
    if live := match["live"]:
        return numbers.get(live, live)
    if match["ends"]:
        return "" if wrapped and _goes_on(match) else "\n"
    if match["blanks"] and _between_narrow(match):
        return " "
    return ""


def _between_narrow(match: re.Match[str]) -> bool:
    text, (start, end) = match.string, match.span()
    around = text[start - 1 : start], text[end : end + 1]
    return all(_NARROW.match(sign) for sign in around)


def _goes_on(match: re.Match[str]) -> bool:
    """A line that is full and does not end a sentence goes on in the next one."""
    text, (start, end) = match.string, match.span()
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return not line.endswith(_ENDED) and len(line) >= WIDEST_WRAP // 4 and end < len(text)


def _is_wrapped(text: str) -> bool:
    """Tell whether line ends are those of a page: most lines are full and end in mid-sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 3 or max(map(len, lines)) > WIDEST_WRAP:
        return False
    full = max(map(len, lines)) * 3 // 4
    broken = [line for line in lines if len(line) >= full and not line.endswith(_ENDED)]
    return full >= WIDEST_WRAP // 4 and len(broken) * 5 >= len(lines) * 2


def _split(text: str, border: re.Pattern[str]) -> list[Span]:
    spans, start = [], 0
    for match in border.finditer(text):
        spans.append(Span(start, match.start()))
        start = match.end()
    spans.append(Span(start, len(text)))
    return [span for span in spans if text[span.start : span.end].strip()]
