"""Where composed words go in a text, and what of the clerk's own would be lost by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from app.prose import Span
from app.report import Report
from app.writing.guide import Told
from app.writing.headings import Heading, headings, in_order, renumbered

LIKE = 0.5
"""How much of a paragraph must be as it was composed, for it to count as that one, edited."""


class Way(Enum):
    """How the clerk wants composed words to come into the text."""

    ADD = "add"
    """Below the topic's heading, behind what stands there; nothing is lost."""
    CURSOR = "cursor"
    """Where the cursor stands; nothing is lost."""
    REPLACE = "replace"
    """In place of what was composed before, or of what stands below the heading."""


class Standing(Enum):
    """How a topic stands in the text, beside what would be composed now."""

    NEW = "new"
    """Nothing of it is there."""
    WRITTEN = "written"
    """It is there, to the letter."""
    STALE = "stale"
    """What was composed before is there, to the letter, and answers or figures have changed."""
    OWN = "own"
    """The clerk's words are there: what was composed was edited, or was written freely."""


@dataclass(frozen=True, slots=True)
class Spot:
    """How a topic stands, and the characters that REPLACE would overwrite."""

    standing: Standing
    place: Span

    def overwritten(self, text: str) -> str:
        """The clerk's own words that would be lost; '' where none would."""
        return text[slice(*self.place)] if self.standing is Standing.OWN else ""


def spot(report: Report, told: Told) -> Spot:
    """How a topic stands in the text of its part."""
    text = report.text(told.sheet.part)
    before = report.drafting.composed.get(told.key, "")
    for words, standing in ((told.paragraph, Standing.WRITTEN), (before, Standing.STALE)):
        if words and (at := text.find(words)) >= 0:
            return Spot(standing, Span(at, at + len(words)))
    heading = _heading(text, report, told)
    within = heading.body if heading else Span(0, len(text))
    if before and (edited := _likest(text, within, before)):
        return Spot(Standing.OWN, edited)
    if heading and heading.body.start < heading.body.end:
        return Spot(Standing.OWN, heading.body)
    return Spot(Standing.NEW, Span(within.end, within.end))


def written(report: Report, told: Told, way: Way, cursor: int = 0) -> tuple[Report, Span]:
    """The report with a composed paragraph in its place, and where it stands now."""
    text, paragraph = report.text(told.sheet.part), told.paragraph
    here = spot(report, told)
    if way is Way.REPLACE and here.standing is not Standing.NEW:
        start = here.place.start
        text = text[:start] + paragraph + text[here.place.end :]
    elif way is Way.CURSOR:
        start = min(cursor, len(text))
        text = text[:start] + paragraph + text[start:]
    else:
        text, start = _added(text, report, told)
    drafting = report.drafting.with_composed(told.key, paragraph)
    done = replace(report, drafting=drafting).with_text(told.sheet.part, text)
    return done, Span(start, start + len(paragraph))


def _heading(text: str, report: Report, told: Told) -> Heading | None:
    found = headings(text, told.sheet, report.form.section(told.sheet.part))
    return next((one for one in found if one.topic == told.topic.name), None)


def _likest(text: str, within: Span, before: str) -> Span | None:
    """The paragraphs most like what was composed before, if any are like it at all."""
    found = list(_paragraphs(text, within))
    many = before.count("\n") + 1
    ranges = (
        Span(found[at].start, found[min(at + size, len(found)) - 1].end)
        for at in range(len(found))
        for size in range(1, many + 1)
    )
    ranked = [(_alike(before, text[slice(*one)]), one) for one in ranges]
    likeness, place = max(ranked, default=(0.0, within))
    return place if likeness >= LIKE else None


def _alike(one: str, other: str) -> float:
    """The share of neighbouring characters that two texts have in common, 0 to 1."""
    counts = [Counter(pairwise(text)) for text in (one, other)]
    both = (counts[0] & counts[1]).total()
    return 2 * both / max(counts[0].total() + counts[1].total(), 1)


def _paragraphs(text: str, within: Span) -> Iterator[Span]:
    at = within.start
    for line in text[slice(*within)].splitlines(keepends=True):
        words = line.strip()
        if words:
            start = at + line.index(words)
            yield Span(start, start + len(words))
        at += len(line)


def _added(text: str, report: Report, told: Told) -> tuple[str, int]:
    if heading := _heading(text, report, told):
        return _inserted(text, heading.body.end, told.paragraph)
    at = _place_in_order(text, report, told)
    if not told.sheet.headed:
        return _inserted(text, at, told.paragraph)
    ordered, name = in_order(text), told.topic.name
    text, start = _inserted(text, at, f"（一）{name}")
    text = renumbered(text) if ordered else text
    return _inserted(text, text.index(name, start) + len(name), told.paragraph)


def _place_in_order(text: str, report: Report, told: Told) -> int:
    """Before the first of the topics that come later, else at the end."""
    part, names = told.sheet.part, [one.name for one in told.sheet.topics]
    later = set(names[names.index(told.topic.name) + 1 :])
    heads = headings(text, told.sheet, report.form.section(part))
    starts = [one.start for one in heads if one.topic in later]
    if not told.sheet.headed:
        composed = (report.drafting.composed.get(f"{part}.{name}", "") for name in later)
        starts = [at for words in composed if words and (at := text.find(words)) >= 0]
    return min(starts, default=len(text.rstrip()))


def _inserted(text: str, at: int, words: str) -> tuple[str, int]:
    """Put words on lines of their own at a place."""
    before, behind = text[:at], text[at:]
    if before and not before.endswith("\n"):
        before += "\n"
    if behind and not behind.startswith("\n"):
        words += "\n"
    return before + words + behind, len(before)
