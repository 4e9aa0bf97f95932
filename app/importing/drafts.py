"""Putting what was read into a draft file, which is never overwritten unasked."""

from __future__ import annotations

import os
from pathlib import Path

from app.drafts import DraftError, DraftFile, load, set_aside
from app.files import FileError
from app.report import Report


def check_free(path: Path, *, force: bool) -> None:
    """Raise FileError where a draft is there already, unless it may be replaced."""
    if os.path.lexists(path) and not force:
        raise FileError(
            f"草稿“{path.name}”已经有了，没有动它。换一个文件名，或者加上 --force 换掉它。"
        )


def write_draft(path: Path, report: Report, *, force: bool) -> None:
    """Write a report as a draft, whole or not at all; what it replaces stays in the history.

    A file that is replaced and was no draft is set aside under another name. Raises FileError.
    """
    check_free(path, force=force)
    opened = None
    if os.path.lexists(path):
        try:
            opened = load(path)
        except DraftError:
            set_aside(path)
    file = DraftFile(path, opened)
    try:
        if file.elsewhere:
            raise FileError(f"草稿“{path.name}”正在别的窗口里填写，没有动它；请先关闭那个窗口。")
        file.save(report)
    finally:
        file.close()
