"""The earlier states of a draft, as one looks for the one to go back to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.drafts.backups import generations, is_marked
from app.drafts.reading import DraftError
from app.drafts.store import load
from app.files import FileError
from app.report import Report


@dataclass(frozen=True, slots=True)
class State:
    """One earlier state, whole."""

    report: Report
    saved_at: str
    """2027-01-08 14:03:22."""
    marked: bool
    """It was kept before an older state was gone back to."""


def earlier_states(path: Path) -> Iterator[State]:
    """The states kept beside a draft that can be read, newest first; each is read when asked for.

    One that was changed outside the program is left out: there is no telling what is in it.
    """
    for state in reversed(generations(path)):
        try:
            opened = load(state)
            at = (
                opened.saved_at
                or f"{datetime.fromtimestamp(state.stat().st_mtime):%Y-%m-%d %H:%M:%S}"
            )
        except (DraftError, FileError, OSError):
            continue
        if opened.intact:
            yield State(opened.report, at, is_marked(state))
