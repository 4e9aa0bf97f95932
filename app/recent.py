"""The drafts opened lately, newest first, remembered between runs.

The file is plain ASCII: names that are no Unicode, as from an old disk, come back as they were.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from app.files import FileError, is_file, read_whole, write_whole
from app.paths import portable, settings

MOST = 12


def recent_drafts() -> list[Path]:
    """The drafts opened lately that still exist."""
    with contextlib.suppress(FileError, ValueError, RecursionError):
        names = json.loads(read_whole(_file(), 2**16))
        if isinstance(names, list):
            paths = [_home() / name for name in names if isinstance(name, str)]
            return [path for path in paths if is_file(path)]
    return []


def remember(path: Path) -> None:
    """Put a draft first. That this cannot be written down never stops the clerk."""
    paths = [path, *(other for other in recent_drafts() if other != path)][:MOST]
    names = [str(_from_home(one)) for one in paths]
    with contextlib.suppress(FileError, OSError):
        _file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(_file(), json.dumps(names, indent=1).encode(), private=True)


def _from_home(path: Path) -> Path:
    """A path that still leads there when the stick has another letter on another computer."""
    return path.relative_to(_home()) if portable() and path.is_relative_to(_home()) else path


def _home() -> Path:
    return portable() or Path()


def _file() -> Path:
    return settings() / "recent.json"
