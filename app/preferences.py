"""What a clerk has settled for the window (a folder, a size), remembered between runs."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any, TypeVar

from app.files import FileError, read_whole, write_whole
from app.paths import settings

Value = TypeVar("Value", str, int, bool, float)
LARGEST = 2**16


def preference(name: str, default: Value) -> Value:
    """The value remembered under a name; the default where there is none of its type."""
    value = _all().get(name, default)
    return value if type(value) is type(default) else default


def set_preference(name: str, value: str | float) -> None:
    """Remember a value. That this cannot be written down never stops the clerk."""
    values = _all()
    if values.get(name) == value and type(values.get(name)) is type(value):
        return
    data = json.dumps({**values, name: value}, indent=1)
    with contextlib.suppress(FileError, OSError):
        _file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(_file(), data.encode(), private=True)


def _all() -> dict[str, Any]:
    """All that is remembered; nothing where the file cannot be read."""
    with contextlib.suppress(FileError, ValueError, RecursionError):
        values = json.loads(read_whole(_file(), LARGEST))
        if isinstance(values, dict):
            return values
    return {}


def _file() -> Path:
    return settings() / "preferences.json"
