"""Finding words in the texts of a report as the clerk sees them, and replacing them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.live import Shown
from app.report import Report
from app.totals import Figures

_WIDE = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
_NARROW = {code: code - 0xFEE0 for code in _WIDE}
"""Full-width digits and letters; one sign for one sign, so that places stay where they are."""


class Wanted(NamedTuple):
    """What is looked for."""

    words: str
    alike: bool = True
    """Full-width digits and letters count as the narrow ones."""

    def folded(self, text: str) -> str:
        """A text as it is compared; every character keeps its place."""
        return text.translate(_NARROW) if self.alike else text


class Hit(NamedTuple):
    """A place where the words stand, in the characters of the draft."""

    part: str
    start: int
    end: int
    live: bool = False
    """A live number is among them: it belongs to the table and cannot be replaced."""


class Replaced(NamedTuple):
    """A report in which words were replaced."""

    report: Report
    done: int
    left: int
    """How many were left because a live number stands there."""


def find(report: Report, figures: Figures, wanted: Wanted) -> tuple[Hit, ...]:
    """Every place of the words, part by part in the order of the form; none over another."""
    return tuple(
        hit
        for section in report.form.text_sections
        for hit in _in_part(section.id, Shown.of(report.text(section.id), figures), wanted)
    )


def _in_part(part: str, shown: Shown, wanted: Wanted) -> Iterator[Hit]:
    words, text = wanted.folded(wanted.words), wanted.folded(shown.text)
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        live = any(one.start < end and at < one.end for one in shown.live_spans)
        yield Hit(part, *shown.in_raw(at, end), live)
        at = text.find(words, end)


def next_hit(
    report: Report, hits: tuple[Hit, ...], part: str, place: int, *, back: bool = False
) -> int | None:
    """The number of the hit next to a place, round and round; None where there is none."""
    order = {section.id: at for at, section in enumerate(report.form.sections)}
    here = (order.get(part, -1), place)
    before = sum((order[one.part], one.start) < here for one in hits)
    return ((before - 1 if back else before) % len(hits)) if hits else None


def replace(report: Report, hit: Hit, by: str) -> Report:
    """Put other words in the place of a hit."""
    text = report.text(hit.part)
    return report.with_text(hit.part, text[: hit.start] + by + text[hit.end :])


def replace_all(report: Report, figures: Figures, wanted: Wanted, by: str) -> Replaced:
    """Put other words in every place; live numbers are left as they are."""
    hits = find(report, figures, wanted)
    changed = [one for one in hits if not one.live]
    for one in reversed(changed):
        report = replace(report, one, by)
    return Replaced(report, len(changed), len(hits) - len(changed))
