"""Text that was copied: from last year's report of the same organ, or from any other one.

It is the fault that is pursued most (国办公开办函〔2021〕30号: 内容雷同), and no official number
says where it begins. The share of a paragraph is the county's setting; that half of a part must
be copied before it is said, and how long a paragraph must be to count, are our own choice: a
clerk whose work goes on as before may say so in a sentence or two.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.checks.years import not_compared
from app.paths import resources
from app.patterns import pattern
from app.personal import mask_all
from app.prose import Prose, Span
from app.report import Report
from app.similarity import SHORTEST_SHARED, Likeness, Phrases, Source
from app.totals import compute

SHORTEST_PARAGRAPH = 30
"""Own characters; a heading or a short statement never counts as copied."""
LEAST_COPIED = 60
"""Own characters in a part; two sentences that stayed the same are not worth a word."""
CONSIDERABLE = 0.5
"""Share of a part that stands in copied paragraphs, from which it is reported."""
LONGEST_QUOTE = 40
_NOT_COMPARED = "preface"
"""Basis, period and address: the preface has little else, and it should stay the same."""
_LAST_PLACE = pattern(r"[^省市县区旗州盟]+$")
_ORGAN_ENDS = ("人民政府", "办事处")


@dataclass(frozen=True)
class _Copied:
    """The paragraphs of one part that count as copied."""

    prose: Prose
    own: int
    """Own characters of the whole part."""
    paragraphs: tuple[tuple[Span, Likeness], ...]

    @property
    def size(self) -> int:
        """Own characters of the copied paragraphs that stand in the other report, too."""
        return sum(likeness.shared for _, likeness in self.paragraphs)

    @property
    def considerable(self) -> bool:
        """Tell whether copied paragraphs make up so much of the part that it is reported."""
        within = sum(likeness.own for _, likeness in self.paragraphs)
        return self.size >= LEAST_COPIED and within >= CONSIDERABLE * self.own

    @property
    def longest(self) -> Span:
        """The longest shared passage in the plain text."""
        return max(self._passages(), key=lambda one: one[0])[1]

    def _passages(self) -> Iterator[tuple[int, Span]]:
        for place, likeness in self.paragraphs:
            for one in likeness.passages:
                yield one.size, Span(place.start + one.start, place.start + one.end)


@rule(Reads.TEXTS)
def copied_from_last_year(subject: Subject) -> Iterator[Fault]:
    """A part says what happened this year, not last year's words again (30号: 内容雷同)."""
    if subject.previous and not not_compared(subject.report):
        yield from _faults(subject, subject.previous, subject.settings.similarity, "上年报告")


def against(report: Report, other: Report, similarity: float) -> Iterator[Fault]:
    """Find the parts of a report that were copied from any other one, such as a sister town's."""
    subject = Subject(report, compute(report.form, report.cells))
    yield from _faults(subject, other, similarity, f"“{other.title}”")


def copied_passages(report: Report, part: str, other: Report) -> tuple[Span, ...]:
    """Where a part of a report says what another report says; swap them for the other side.

    All shared passages, short ones and those of the preface included: they are there to be
    marked side by side, and are no findings.
    """
    likeness = _source(report, other).likeness(report.text(part))
    return tuple(Span(one.start, one.end) for one in likeness.passages)


def _faults(subject: Subject, other: Report, similarity: float, called: str) -> Iterator[Fault]:
    source = _source(subject.report, other)
    for prose in subject.prose.values():
        if prose.part != _NOT_COMPARED:
            copied = _copied(prose, source, similarity)
            if copied.considerable:
                yield _fault(subject, copied, called)


def _copied(prose: Prose, source: Source, similarity: float) -> _Copied:
    likenesses = [
        (place, source.likeness(prose.plain[place.start : place.end]))
        for place in prose.paragraphs
        if place.end - place.start >= SHORTEST_SHARED
    ]
    own = sum(one.own for _, one in likenesses)
    shared = sum(one.shared for _, one in likenesses)
    least = 0.0 if shared >= similarity * own else similarity  # of all of it, any may tell
    paragraphs = tuple(
        (place, one)
        for place, one in likenesses
        if one.own >= SHORTEST_PARAGRAPH and one.passages and one.share >= least
    )
    return _Copied(prose, own, paragraphs)


def _fault(subject: Subject, copied: _Copied, called: str) -> Fault:
    passage = subject.passage(copied.prose, *copied.longest)
    percent = f"{copied.size * 100 // copied.own}%"
    many = len(copied.paragraphs)
    where = f"共 {many} 段，最长的一处是" if many > 1 else "最长的一处是"
    message = (
        f"“{subject.form.section(copied.prose.part).short}”部分除数字、标点和通用语句外共"
        f" {copied.own} 字，其中 {copied.size} 字（{percent}）与{called}相同，"
        f"{where}“{_shortened(passage.quote)}”。"
        "请改写成本年度的实际情况；确实没有变化的，请说明理由。"
    )
    return Fault(message, text=passage, found=percent)


def _shortened(quote: str) -> str:
    line = mask_all("".join(quote.split()))
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1]}…"


def _source(report: Report, other: Report) -> Source:
    names = frozenset((*_names(report), *_names(other)))
    return _prepared(tuple(text for text in other.texts.values() if text.strip()), names)


@lru_cache(maxsize=4)
def _prepared(texts: tuple[str, ...], names: frozenset[str]) -> Source:
    return Source(texts, Phrases((*_commonplaces(), *names)))


def _names(report: Report) -> Iterator[str]:
    """What an organ is called; a sister's text with just the name changed is copied, too."""
    full = report.organ.strip()
    place = full
    for end in _ORGAN_ENDS:
        place = place.removesuffix(end)
    short = _LAST_PLACE.search(place)
    yield from (full, place, short.group() if short else place)


@cache
def _commonplaces() -> tuple[str, ...]:
    """The set phrases of `commonplaces.toml`, which every report has."""
    data = tomllib.loads((resources() / "commonplaces.toml").read_text(encoding="utf-8"))
    return tuple(phrase for group in data.values() for phrase in group["phrases"])
