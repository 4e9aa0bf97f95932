"""Earlier states of a draft, kept beside it and named by generation, never by clock."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

RECENT, DAILY, WEEKLY = 10, 7, 4


def folder(path: Path) -> Path:
    """Where the earlier states of a draft lie."""
    return path.parent / "历史版本" / path.stem


def generations(path: Path) -> list[Path]:
    """The kept states of a draft, oldest first."""
    return sorted(folder(path).glob("[0-9]*.json"))


def keep(path: Path, generation: int) -> None:
    """Keep the state now on disk under its generation. A failure to keep never stops a save."""
    kept = folder(path) / f"{generation:08}.json"
    with contextlib.suppress(OSError):
        if path.exists() and not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _link_or_copy(path, kept)


def prune(path: Path) -> None:
    """Drop states that are neither among the recent nor the last of their day or week."""
    states = generations(path)
    if len(states) <= RECENT:
        return
    with contextlib.suppress(OSError):
        days = {state: date.fromtimestamp(state.stat().st_mtime) for state in states}
        wanted = {*states[-RECENT:]}
        wanted |= _last_of_each(states, lambda state: str(days[state]), DAILY)
        wanted |= _last_of_each(states, lambda state: str(days[state].isocalendar()[:2]), WEEKLY)
        for state in set(states) - wanted:
            state.unlink()


def drop_leftovers(path: Path) -> None:
    """Remove what a killed program left half written; only for who holds the lock."""
    with contextlib.suppress(OSError):
        for leftover in path.parent.glob(f".{path.name}.*.tmp"):
            leftover.unlink()


def _last_of_each(states: Iterable[Path], period: Callable[[Path], str], most: int) -> set[Path]:
    last = {period(state): state for state in states}
    return set(list(last.values())[-most:])


def _link_or_copy(path: Path, kept: Path) -> None:
    try:
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)
