"""A draft at a glance: whose report it is, what is still open in it, when it was saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from app.files import FileError, safe_name
from app.level import Level
from app.settings import Settings

if TYPE_CHECKING:
    from app.checks import Checked


class Glance(NamedTuple):
    """What one wants to know of a draft before it is opened."""

    path: Path
    organ: str = ""
    year: int = 0
    name_apart: str = ""
    """What the name of the file says beside organ and year: 「练习」, 「（2）」, or all of it."""
    open_ones: Mapping[Level, int] = MappingProxyType({})
    """How much of each level is open; blanks are counted cell by cell, answered queries not."""
    saved_at: str = ""
    """2027-01-08 14:03:22."""
    trouble: str = ""
    """A word for a draft that cannot be read; nothing else is known of it then."""


def glance(path: Path, settings: Settings | None = None) -> Glance:
    """Look at a draft without touching it. This reads and checks all of it: some milliseconds."""
    # Imported here: the first page lists drafts before it looks at any.
    from app.checks import check  # noqa: PLC0415
    from app.drafts import DraftError, load  # noqa: PLC0415

    try:
        opened = load(path)
    except (DraftError, FileError):
        return Glance(path, trouble="打不开或已损坏")
    report = opened.report
    return Glance(
        path,
        report.organ.strip(),
        report.year,
        path.stem.replace(safe_name(report.title), "").strip(),
        open_ones(check(report, settings)),
        opened.saved_at or _written_at(path),
        "" if opened.intact else "在程序之外改动过",
    )


def open_ones(checked: Checked) -> dict[Level, int]:
    """How much is open of each level; blanks cell by cell, queries without a reason."""
    counts = dict.fromkeys(Level, 0)
    accepted = {id(finding) for finding, _ in checked.accepted}
    for finding in checked.findings:
        if id(finding) not in accepted:
            blanks = finding.level is Level.BLANK and finding.cells
            counts[finding.level] += len(finding.cells) if blanks else 1
    return counts


def when_in_words(at: str, now: datetime) -> str:
    """Say a time as one speaks of it: 「今天 14:03」, 「昨天 9:12」, 「1月8日 16:40」."""
    try:
        then = datetime.fromisoformat(at)
    except ValueError:
        return at
    days = (now.date() - then.date()).days
    clock = f"{then.hour}:{then:%M}"
    if days in (0, 1):
        return f"{'昨天' if days else '今天'} {clock}"
    year = "" if then.year == now.year else f"{then.year}年"
    return f"{year}{then.month}月{then.day}日 {clock}"


def _written_at(path: Path) -> str:
    try:
        return f"{datetime.fromtimestamp(path.stat().st_mtime):%Y-%m-%d %H:%M:%S}"
    except OSError:
        return ""
