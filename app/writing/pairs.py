"""Problems and measures side by side, told as 「一是…二是…」 with the right numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.drafting import Drafting, Pair
from app.enumerations import items
from app.narrative import fill_in, paragraphs
from app.prose import read_prose
from app.report import Report
from app.totals import compute
from app.writing.answers import phrase
from app.writing.guide import Sheet, Told, Topic, pairs_guide, we
from app.writing.han import han

_HAN = "[一二三四五六七八九十]{1,3}"
_NUMBERED = re.compile(
    rf"^(?:{_HAN}(?:是|、(?!{_HAN}))|[（(](?:{_HAN}|\d{{1,2}})[）)]"
    r"|\d{1,2}[.、．](?!\d(?!\d{3}年))|(?:问题|措施)[：:])\s*"
)
"""What a clerk types before an item; 12.5%, 一、二级 and 1、2月 begin otherwise."""
MOST = 20
"""Pairs; nobody reads more."""


def told_of_pairs(report: Report) -> Told:
    """What is to be written of problems and measures now."""
    topic = Topic("问题与措施", (), ())
    return Told(Sheet(pairs_guide().part, (topic,)), topic, _paragraphs(report))


def complete(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs that name both, made fit for a sentence."""
    cleaned = (Pair(_cleaned(one.problem), _cleaned(one.measure)) for one in pairs)
    return tuple(one for one in cleaned if one.problem and one.measure)


def half(pairs: Sequence[Pair]) -> Iterator[tuple[int, str]]:
    """The rows that lack one of the two, counted from 1, and what they lack."""
    for row, one in enumerate(pairs, start=1):
        problem, measure = _cleaned(one.problem), _cleaned(one.measure)
        if bool(problem) != bool(measure):
            yield row, "措施" if problem else "问题"


def kept_key(measure: str) -> str:
    """The name a draft keeps by how a measure of last year's was kept; no other one's answer."""
    return f"{pairs_guide().part}.kept.{measure}"


def _paragraphs(report: Report) -> str:
    """How last year's measures were kept, the problems, the measures; only what is complete."""
    return "\n".join([*_kept(report), *_problems(report)])


def _kept(report: Report) -> Iterator[str]:
    guide, answers = pairs_guide(), report.drafting.answers
    told = [
        (phrase(measure), kept)
        for measure in last_measures(report)
        if (kept := _cleaned(answers.get(kept_key(measure), "")))
    ]
    if len(told) == 1:
        ((measure, kept),) = told
        yield guide.one_kept.format(measure=measure, kept=kept)
    elif told:
        listed = _listed(f"{measure}，{kept}" for measure, kept in told)
        yield guide.kept + listed


def _problems(report: Report) -> Iterator[str]:
    """The problems in one paragraph, the measures in another; none where no pair is complete."""
    guide, found = pairs_guide(), complete(report.drafting.pairs)
    ours = {"year": report.year, "next_year": report.year + 1, "we": we(report.organ)}
    if len(found) == 1:
        (only,) = found
        for line in (guide.one_problem, guide.one_measure):
            yield line.format(**ours, problem=only.problem, measure=only.measure)
    elif found:
        count = "两" if len(found) == 2 else han(len(found))
        yield guide.problems.format(**ours, count=count) + _listed(one.problem for one in found)
        yield guide.measures.format(**ours) + _listed(one.measure for one in found)


def _listed(told: Iterator[str]) -> str:
    numbered = [f"{han(number)}是{one}" for number, one in enumerate(told, start=1)]
    return ("。" if any("。" in one for one in numbered) else "；").join(numbered) + "。"


def _cleaned(text: str) -> str:
    """Without the number the clerk may have typed: that is ours to give."""
    words = phrase(text)
    return phrase(_NUMBERED.sub("", words))


def with_pair(drafting: Drafting, row: int, pair: Pair) -> Drafting:
    """The pairs with one changed; the row behind the last adds one."""
    pairs = [*drafting.pairs, *[Pair()] * (row + 1 - len(drafting.pairs))]
    pairs[row] = pair
    return replace(drafting, pairs=tuple(pairs[:MOST]))


def without_pair(drafting: Drafting, row: int) -> Drafting:
    """The pairs with one taken out."""
    return replace(drafting, pairs=drafting.pairs[:row] + drafting.pairs[row + 1 :])


def moved_pair(drafting: Drafting, row: int, by: int) -> Drafting:
    """The pairs with one a row up (-1) or down (1); unchanged at the end of the list."""
    other = row + by
    if not (0 <= row < len(drafting.pairs) and 0 <= other < len(drafting.pairs)):
        return drafting
    pairs = list(drafting.pairs)
    pairs[row], pairs[other] = pairs[other], pairs[row]
    return replace(drafting, pairs=tuple(pairs))


def last_measures(report: Report) -> tuple[str, ...]:
    """What last year's report promised to do, one by one; empty where there is none."""
    last = report.previous
    if last is None:
        return ()
    if told := complete(last.drafting.pairs):
        return tuple(one.measure for one in told)
    figures = compute(last.form, last.cells)
    text = fill_in(last.text(pairs_guide().part), figures)
    promised = [_from_promise(one, last.year + 1) for one in paragraphs(text)]
    told_last = [one for one in promised if one] or paragraphs(text)[-1:]
    return tuple(each for one in told_last for each in _items(one, last))


def _from_promise(paragraph: str, next_year: int) -> str:
    """A paragraph from where it turns to what will be done; '' where it does not."""
    signs = (sign.format(next_year=next_year) for sign in pairs_guide().promises)
    return paragraph[min((at for at in map(paragraph.find, signs) if at >= 0), default=1 << 20) :]


def _items(paragraph: str, report: Report) -> Iterator[str]:
    prose = read_prose("", paragraph, compute(report.form, report.cells))
    listed = items(prose)
    if len(listed) < 2:
        yield paragraph
        return
    ends = [*(one.start for one in listed[1:]), len(prose.plain)]
    for one, end in zip(listed, ends, strict=True):
        yield phrase(prose.plain[one.end : end])
