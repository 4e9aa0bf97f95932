"""A PDF file: not read yet."""

from __future__ import annotations

from app.files import FileError
from app.importing.paper import Paper

NOT_YET = "本程序还不能读 PDF。请找这份报告的 Word、Excel 或网页格式的文件。"


def read(_data: bytes) -> Paper:
    """Say that it cannot be read."""
    raise FileError(NOT_YET)
