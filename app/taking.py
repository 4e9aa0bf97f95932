"""Taking last year's words over: every year and number in them waits until it is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from app.checks.copied import copied_passages
from app.drafting import Unconfirmed
from app.live import Shown, pieces
from app.patterns import pattern
from app.prose import Places, Prose, Span, read_prose
from app.quantities import quantities
from app.report import Report
from app.totals import compute

_DIGITS = pattern(r"(?<!第)(?<![第\d.〔\[A-Za-z])\d[\d.,]*(?:%|年)?")
_DOCUMENT = pattern(r"[〔\[]\d{4}[〕\]]\s*第?\d+号|第\d+[号条款项]")
"""Document numbers and articles: they are not figures of a year."""


class Earlier(NamedTuple):
    """A paragraph of last year's report as it was printed, and what of it stands here again."""

    text: str
    """To take over: a figure of a table stays a live number, which then is this year's."""
    shown: str
    copied: tuple[Span, ...]
    """Pieces of `shown` whose words stand in this year's report, too."""


def earlier_paragraphs(report: Report, part: str) -> tuple[Earlier, ...]:
    """Last year's text of a part, paragraph by paragraph; empty where there is none."""
    last = report.previous
    if last is None or not last.text(part).strip():
        return ()
    figures = compute(last.form, last.cells)
    told = replace(last, texts={part: Shown.of(last.text(part), figures).text})
    places = copied_passages(told, part, report)
    return tuple(_paragraphs(report, last.text(part), places))


def _paragraphs(report: Report, text: str, places: tuple[Span, ...]) -> Iterator[Earlier]:
    last = report.previous
    assert last
    figures = compute(last.form, last.cells)
    at = 0
    for line in text.splitlines(keepends=True):
        shown = Shown.of(line, figures).text
        words = shown.strip()
        if words:
            start = at + shown.index(words)
            yield Earlier(_still_live(line.strip(), report), words, _within(places, start, words))
        at += len(shown)


def _still_live(text: str, report: Report) -> str:
    """The paragraph with the live numbers this year's form has no cell for written out."""
    last = report.previous
    assert last
    split = pieces(text, compute(last.form, last.cells))
    return "".join(
        one.raw if one.cell is None or one.cell in report.form.fields else one.shown
        for one in split
    )


def _within(places: tuple[Span, ...], start: int, words: str) -> tuple[Span, ...]:
    end = start + len(words)
    inside = (Span(max(one.start, start), min(one.end, end)) for one in places)
    return tuple(Span(a - start, b - start) for a, b in inside if a < b)


def take_over(report: Report, part: str, start: int, end: int, text: str) -> Report:
    """Put last year's words in place of some of a part's; their numbers wait to be confirmed."""
    old = report.text(part)
    taken = report.with_text(part, old[:start] + text + old[end:])
    waiting = tuple(
        Unconfirmed(part, start + one.start, start + one.end, text[one.start : one.end])
        for one in numbers_in(text, report)
    )
    drafting = taken.drafting
    whole = (one for one in waiting if one.stands_in(taken.text(part)))
    ordered = tuple(sorted((*drafting.unconfirmed, *whole)))
    return replace(taken, drafting=replace(drafting, unconfirmed=ordered))


def take_all(report: Report) -> Report:
    """Take over last year's texts, for every part that is not written yet."""
    for section in report.form.text_sections:
        last = earlier_paragraphs(report, section.id)
        if last and not report.text(section.id).strip():
            words = "\n".join(one.text for one in last)
            report = take_over(report, section.id, 0, len(report.text(section.id)), words)
    return report


def take_paragraph(report: Report, part: str, place: int, words: str) -> tuple[Report, int]:
    """Put a paragraph of last year's behind the one at a place, and tell where it ends.

    A paragraph at the place that is empty is filled.
    """
    text = report.text(part)
    start = text.rfind("\n", 0, place) + 1
    end = (text + "\n").index("\n", place)
    if text[start:end].strip():
        return take_over(report, part, end, end, f"\n{words}"), end + 1 + len(words)
    return take_over(report, part, start, end, words), start + len(words)


def confirm(report: Report, part: str, start: int, end: int) -> Report:
    """Confirm the numbers that a place of a text touches."""
    left = tuple(one for one in report.drafting.unconfirmed if not _touches(one, part, start, end))
    return replace(report, drafting=replace(report.drafting, unconfirmed=left))


def next_unconfirmed(report: Report, part: str, place: int) -> Unconfirmed | None:
    """The number to look at next behind a place of a part, round and round; None where all is done.

    The parts come in the order of the form.
    """
    order = {section.id: at for at, section in enumerate(report.form.sections)}
    waiting = sorted(
        (one for one in report.drafting.unconfirmed if one.part in order),
        key=lambda one: (order[one.part], one.start),
    )
    here = (order.get(part, -1), place)
    behind = (one for one in waiting if (order[one.part], one.start) >= here)
    return next(behind, waiting[0] if waiting else None)


def _touches(one: Unconfirmed, part: str, start: int, end: int) -> bool:
    return one.part == part and one.start <= end and start <= one.end


def numbers_in(text: str, report: Report) -> tuple[Span, ...]:
    """The years and numbers of a text that are written out; live ones and document numbers not."""
    prose = read_prose("", text, compute(report.form, report.cells))
    spared = Places(match.span() for match in _DOCUMENT.finditer(prose.plain))
    found = [one for one in _numbers(prose) if one.start not in spared]
    raw = [prose.in_raw(*one) for one in _joined(found)]
    return tuple(one for one in raw if "{{" not in text[one.start : one.end])


def _numbers(prose: Prose) -> list[Span]:
    counted = [Span(one.start, one.end) for one in quantities(prose)]
    bare = [Span(*match.span()) for match in _DIGITS.finditer(prose.plain)]
    return sorted([*counted, *bare])


def _joined(spans: list[Span]) -> list[Span]:
    """Numbers that touch are one: 「2025年1月1日」."""
    joined: list[Span] = []
    for one in spans:
        if joined and one.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return joined
