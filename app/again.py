"""How this program starts itself again, for work that needs a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from app.paths import bundle, resources

WINDOW_TEST = ("self-test", "--window")
"""What `gongkai self-test` has done by another process, so that no command needs a window."""
READ_FOR_IMPORT = "--read-for-import"
"""Has it read a file within limits; nobody types it."""


def this_program() -> list[str]:
    """How to start this program again: by its launcher, its start script, or from the source."""
    installed = bundle()
    if installed and Path(sys.executable).resolve().parent == installed:
        return [sys.executable]  # Windows: the launcher is the interpreter
    if installed:
        start = resources().parent / "start.py"
        return [sys.executable, "-I", "-S", "-X", "utf8", str(start)]
    return [sys.executable, "-m", "app"]
