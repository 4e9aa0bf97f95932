"""Where things live: what comes with the program, and what belongs to the clerk."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from app.known_folders import documents_folder, settings_folder

PORTABLE = "portable.txt"
"""Beside the program's folder: whoever carries it on a stick finds drafts and settings there."""


@cache
def resources() -> Path:
    """Return the folder of forms, fonts and other read-only data beside the app package."""
    return _program() / "resources"


def examples() -> Path:
    """The folder of the bundled example reports; never written to."""
    return resources() / "examples"


def icon() -> Path:
    """The drawing of the program's icon; it is sharp at every size."""
    return resources() / "icon" / "gongkai.svg"


def bundle() -> Path | None:
    """The folder of the installed program with everything it needs; None in a source tree."""
    folder = _program().parent
    parts = (folder / "runtime", folder / "lib")
    return folder if _program().name == "program" and all(map(Path.is_dir, parts)) else None


def documents() -> Path:
    """The clerk's folder that new drafts go to; need not exist yet."""
    if override := os.environ.get("GONGKAI_HOME"):
        return Path(override) / "drafts"
    if carried := portable():
        return carried / "草稿"
    return documents_folder() / "政府信息公开年报"


def settings() -> Path:
    """The program's own folder of this user (recent drafts, crash reports); need not exist yet."""
    if override := os.environ.get("GONGKAI_HOME"):
        return Path(override) / "settings"
    if carried := portable():
        return carried / "设置"
    return settings_folder() / "gongkai"


def portable() -> Path | None:
    """The folder that is carried about with its drafts; None where the program is installed."""
    marked = _marked()
    return marked if marked and _is_writable(marked) else None


def portable_trouble() -> str:
    """Why a program that should keep its drafts beside it does not; '' where it does."""
    if not _marked() or portable() or os.environ.get("GONGKAI_HOME"):
        return ""
    return (
        "程序所在的文件夹不能写入（可能是只读的 U 盘、光盘，或没有权限），"
        f"草稿和设置这次存在本机：\n{documents()}\n\n"
        "要让草稿跟着程序走，请把整个程序文件夹复制到可以写入的地方，从那里打开。"
    )


def _program() -> Path:
    return Path(__file__).resolve().parent.parent


def _marked() -> Path | None:
    folder = bundle()
    return folder if folder and (folder / PORTABLE).is_file() else None


@cache
def _is_writable(folder: Path) -> bool:
    """Tried, for Windows does not tell by a file's rights."""
    probe = folder / f".{os.getpid()}.tmp"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True
