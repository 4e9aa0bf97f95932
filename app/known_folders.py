"""Where this system keeps a person's documents: asked of the system, for they may be moved."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

from app.patterns import pattern

if sys.platform == "win32":
    import ctypes

_DOCUMENTS: Final = "{FDD39AD0-238F-46AF-ADB4-6C85480369C7}"
"""FOLDERID_Documents of Windows."""
_DO_NOT_VERIFY: Final = 0x4000
"""KF_FLAG_DONT_VERIFY: a folder on a server that is away just now is still the folder."""
_ASSIGNMENT = pattern(r'^\s*XDG_DOCUMENTS_DIR\s*=\s*"(.*)"\s*$', re.MULTILINE)
_ESCAPED = pattern(r"\\(.)")


def documents_folder() -> Path:
    """The person's documents; the home folder where there is no such folder."""
    named = _of_windows() if sys.platform == "win32" else _of_desktop()
    if named:
        return named
    home = Path.home()
    return next((home / name for name in ("Documents", "文档") if (home / name).is_dir()), home)


def settings_folder() -> Path:
    """Where programs keep their settings of this person."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    return _absolute(os.environ.get("XDG_CONFIG_HOME")) or Path.home() / ".config"


def _of_desktop() -> Path | None:
    """The folder in the desktop's list of them, as `man user-dirs.dirs` describes it."""
    try:
        told = (settings_folder() / "user-dirs.dirs").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    found = _ASSIGNMENT.findall(told)
    if not found:
        return None
    return _absolute(_ESCAPED.sub(r"\1", found[-1].replace("$HOME", str(Path.home()))))


def _absolute(name: str | None) -> Path | None:
    """A path, unless it is missing or relative: the desktop's rules have those ignored."""
    return Path(name) if name and Path(name).is_absolute() else None


def _of_windows() -> Path | None:
    if sys.platform == "win32":
        shell, ole = ctypes.windll.shell32, ctypes.windll.ole32
        folder, found = ctypes.create_string_buffer(16), ctypes.c_wchar_p()
        ole.CLSIDFromString(_DOCUMENTS, folder)
        failed = shell.SHGetKnownFolderPath(folder, _DO_NOT_VERIFY, None, ctypes.byref(found))
        path = Path(found.value) if not failed and found.value else None
        ole.CoTaskMemFree(found)
        return path
    return None
