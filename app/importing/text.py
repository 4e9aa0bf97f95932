"""The text of a file in whatever encoding Chinese offices use."""

from __future__ import annotations

from app.files import FileError

NOT_TEXT = "文件不是文字，可能已损坏。"


def decode(data: bytes) -> str:
    """Return the text. Raises FileError where it is none.

    What a web page says of its own encoding is not asked: it is wrong once a browser saved it.
    """
    if b"\0\0\0\0" in data:
        raise FileError(NOT_TEXT)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileError(NOT_TEXT) from error
