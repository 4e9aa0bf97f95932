"""Where things live: what comes with the program, and what belongs to the clerk."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """Return the folder of forms, fonts and other read-only data beside the app package."""
    return Path(__file__).resolve().parent.parent / "resources"


def examples() -> Path:
    """The folder of the bundled example reports; never written to."""
    return resources() / "examples"


def icon() -> Path:
    """The drawing of the program's icon; it is sharp at every size."""
    return resources() / "icon" / "gongkai.svg"


def documents() -> Path:
    """The clerk's folder that new drafts go to; need not exist yet."""
    if override := os.environ.get("GONGKAI_HOME"):
        return Path(override) / "drafts"
    home = Path.home()
    known = next((home / name for name in ("Documents", "文档") if (home / name).is_dir()), home)
    return known / "政府信息公开年报"


def settings() -> Path:
    """The program's own folder of this user (recent drafts, crash reports); need not exist yet."""
    if override := os.environ.get("GONGKAI_HOME"):
        return Path(override) / "settings"
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home())) / "gongkai"
    return Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config")) / "gongkai"
