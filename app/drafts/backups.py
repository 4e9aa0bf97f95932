"""Earlier states of a draft, kept beside it and named by generation, never by clock."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from app.files import FileError, leftovers, write_whole

RECENT, MINUTELY, HOURLY, DAILY, WEEKLY = 10, 6, 8, 7, 4
"""How many states stay: the newest, and the last of so many ten minutes, hours, days and weeks."""
MARKED = 5
"""How many stay of those that were kept on purpose."""
MARK = ".kept"


def folder(path: Path) -> Path:
    """Where the earlier states of a draft lie."""
    return path.parent / "历史版本" / path.stem


def generations(path: Path) -> list[Path]:
    """The kept states of a draft, oldest first; none where the history cannot be looked into."""
    try:
        return _listed(path)
    except OSError:
        return []


def keep(path: Path, generation: int, *, marked: bool = False) -> None:
    """Keep the state now on disk under its generation. A failure to keep never stops a save.

    Where that number was used before (a draft of the same name, a state gone back to), the next
    free one is taken, so that the highest number is always what was kept last. What is marked
    stays longer than others.
    """
    with contextlib.suppress(OSError, FileError):
        newest = max(_listed(path), key=_number, default=None)
        same = newest and path.exists() and newest.read_bytes() == path.read_bytes()
        if not path.exists() or (same and not marked):
            return
        number = max(generation, _number(newest) + 1) if newest else generation
        for private in (folder(path).parent, folder(path)):
            private.mkdir(exist_ok=True, mode=0o700)
        _link_or_copy(path, folder(path) / f"{number:08}{MARK if marked else ''}.json")


def is_marked(state: Path) -> bool:
    """Tell whether a state was kept on purpose."""
    return state.stem.endswith(MARK)


def prune(path: Path) -> None:
    """Drop states that are neither recent, nor marked, nor the last of their hour, day or week."""
    with contextlib.suppress(OSError, ValueError, OverflowError):  # a clock beyond the calendar
        states = _listed(path)
        if len(states) <= RECENT:
            return
        times = {state: state.stat().st_mtime for state in states}
        days = {state: date.fromtimestamp(time) for state, time in times.items()}
        wanted = {*states[-RECENT:], *[one for one in states if is_marked(one)][-MARKED:]}
        wanted |= _last_of_each(states, lambda state: str(times[state] // 600), MINUTELY)
        wanted |= _last_of_each(states, lambda state: str(times[state] // 3600), HOURLY)
        wanted |= _last_of_each(states, lambda state: str(days[state]), DAILY)
        wanted |= _last_of_each(states, lambda state: str(days[state].isocalendar()[:2]), WEEKLY)
        for state in set(states) - wanted:
            state.unlink()


def drop_leftovers(path: Path) -> None:
    """Remove what a killed program left half written; only for who holds the lock."""
    with contextlib.suppress(OSError):
        for leftover in (*leftovers(path), *folder(path).glob(".[0-9]*.json.[0-9]*.tmp")):
            leftover.unlink()


def _listed(path: Path) -> list[Path]:
    states = folder(path).glob("*.json")
    return sorted((one for one in states if _numeral(one).isdecimal()), key=_number)


def _number(state: Path) -> int:
    return int(_numeral(state))


def _numeral(state: Path) -> str:
    return state.stem.removesuffix(MARK)


def _last_of_each(states: Iterable[Path], period: Callable[[Path], str], most: int) -> set[Path]:
    last = {period(state): state for state in states}
    return set(list(last.values())[-most:])


def _link_or_copy(path: Path, kept: Path) -> None:
    try:
        os.link(path, kept)
    except OSError:
        write_whole(kept, path.read_bytes())
        shutil.copystat(path, kept)
