"""Findings that stay with the words they were said of while a text is being written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.checks.finding import Finding, Passage
from app.narrative import unchanged_ends
from app.report import Report


def moved_along(findings: Iterable[Finding], old: Report, new: Report) -> tuple[Finding, ...]:
    """The findings at their new places; those whose words were changed are left out."""
    return tuple(_moved(findings, old, new))


def _moved(findings: Iterable[Finding], old: Report, new: Report) -> Iterator[Finding]:
    for finding in findings:
        place = finding.fault.text
        if place is None or old.text(place.part) == new.text(place.part):
            yield finding
        elif moved := _new_place(place, old.text(place.part), new.text(place.part)):
            yield replace(finding, fault=replace(finding.fault, text=moved))


def _new_place(place: Passage, old: str, new: str) -> Passage | None:
    if place.start == place.end:
        return place
    before, behind = unchanged_ends(old, new)
    if place.end <= before:
        return place
    if place.start >= len(old) - behind:
        by = len(new) - len(old)
        return replace(place, start=place.start + by, end=place.end + by)
    return None
