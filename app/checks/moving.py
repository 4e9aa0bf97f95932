"""Findings that stay with the words they were said of while a text is being written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from app.checks.finding import Finding
from app.report import Report
from app.unchanged import unchanged_ends


class _Edit(NamedTuple):
    """What happened to a text: where the change begins and ended, and by how much it grew."""

    start: int
    end: int
    growth: int

    @classmethod
    def of(cls, old: str, new: str) -> _Edit:
        before, behind = (len(old), 0) if old == new else unchanged_ends(old, new)
        return cls(before, len(old) - behind, len(new) - len(old))


class Moving:
    """Takes findings along from one state of a report's texts to the next."""

    def __init__(self, old: Report, new: Report) -> None:
        self._old, self._new = old, new
        self._edits: dict[str, _Edit] = {}

    def along(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings at their new places; those whose words were changed are left out."""
        return tuple(one for one in map(self._moved, findings) if one)

    def _moved(self, finding: Finding) -> Finding | None:
        place = finding.fault.text
        if place is None or place.start == place.end:
            return finding
        edit = self._edit(place.part)
        if place.end <= edit.start:
            return finding
        if place.start < edit.end:
            return None
        by = edit.growth
        moved = replace(place, start=place.start + by, end=place.end + by)
        return replace(finding, fault=replace(finding.fault, text=moved))

    def _edit(self, part: str) -> _Edit:
        if part not in self._edits:
            self._edits[part] = _Edit.of(self._old.text(part), self._new.text(part))
        return self._edits[part]
