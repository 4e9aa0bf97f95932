"""Steps of a save that fail, as a disk or a system makes them fail."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import files

STEPS: dict[str, tuple[Any, str]] = {
    "open": (os, "open"),
    "write": (os, "fdopen"),
    "fsync": (os, "fsync"),
    "read": (Path, "read_bytes"),
    "replace": (files, "_move"),
}


def break_at(step: str, error: OSError, patch: pytest.MonkeyPatch) -> None:
    """Let one step of writing the fresh file fail; other files are opened and read as before."""
    owner, name = STEPS[step]
    original = getattr(owner, name)

    def fails(*arguments: Any, **more: Any) -> Any:
        if step in ("open", "read") and not str(arguments[0]).endswith(".tmp"):
            return original(*arguments, **more)
        if step == "write":
            os.write(arguments[0], b"{")
            os.close(arguments[0])
        raise error

    patch.setattr(owner, name, fails)


def raising(error: OSError) -> Callable[..., None]:
    """A function that can do nothing but fail."""

    def fails(*_: object) -> None:
        raise error

    return fails
