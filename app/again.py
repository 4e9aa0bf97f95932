"""How this program starts itself again, for work that needs a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from app.paths import bundle, resources


def this_program() -> list[str]:
    """How to start this program again: by its launcher, its start script, or from the source."""
    installed = bundle()
    if installed and Path(sys.executable).resolve().parent == installed:
        return [sys.executable]  # Windows: the launcher is the interpreter
    if installed:
        start = resources().parent / "start.py"
        return [sys.executable, "-I", "-S", "-X", "utf8", str(start)]
    return [sys.executable, "-m", "app"]
