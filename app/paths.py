"""Where the program finds the files it was delivered with."""

from __future__ import annotations

from pathlib import Path


def resources() -> Path:
    """Return the folder of forms, fonts and other read-only data beside the app package."""
    return Path(__file__).resolve().parent.parent / "resources"
