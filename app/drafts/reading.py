"""From bytes to plain JSON values, refusing whatever a sound draft cannot hold."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

DEEPEST = 50
LONGEST_NUMBER = 40
ENCODINGS = (("utf-8-sig", "UTF-8"), ("gb18030", "GBK"))

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{\]}]|NaN|-?Infinity', re.DOTALL)


class DraftError(Exception):
    """A draft that cannot be read; the message says in Chinese where and what to do."""


class ExactFloat(float):
    """A JSON number with decimals that still knows how it was written."""

    literal: str

    def __new__(cls, literal: str) -> ExactFloat:
        """Make it from its JSON literal."""
        number = super().__new__(cls, literal)
        number.literal = literal
        return number


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a draft and the name of its encoding. Raises DraftError."""
    if not data.strip(b"\0 \t\r\n"):
        raise DraftError("文件是空的" if not data else "文件内容全部丢失（只剩空字节）")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(data, "utf-16"), "UTF-16"
    for encoding, name in ENCODINGS:
        try:
            return data.decode(encoding), name
        except UnicodeDecodeError:
            continue
    raise DraftError("文件不是文字，可能已损坏或不是草稿")


def parse(text: str) -> dict[str, Any]:
    """Return the one JSON object of a draft. Raises DraftError naming the line or the key."""
    _look_over(text)
    try:
        data = json.loads(
            text,
            object_pairs_hook=_no_duplicates,
            parse_int=lambda literal: _integer(text, literal),
            parse_float=lambda literal: _finite(text, literal),
        )
    except json.JSONDecodeError as error:
        broken_off = " ，像是没有写完" if error.pos >= len(text.rstrip()) else ""
        raise DraftError(
            f"第 {error.lineno} 行第 {error.colno} 个字符处不完整或有误{broken_off}"
        ) from error
    if not isinstance(data, dict):
        raise DraftError("内容不是一份草稿（最外层应是一个对象）")
    return data


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DraftError("文件不是文字，可能已损坏或不是草稿") from error


def _look_over(text: str) -> None:
    depth = 0
    for token in _TOKENS.finditer(text):
        sign = token.group()
        if sign.endswith(("NaN", "Infinity")) and sign[0] != '"':
            raise DraftError(f"第 {_line(text, token.start())} 行有 {sign}，不是有效的数字")
        depth += (sign in ("[", "{")) - (sign in ("]", "}"))
        if depth > DEEPEST:
            raise DraftError(f"第 {_line(text, token.start())} 行处嵌套太深，不是正常的草稿")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise DraftError(f"“{key}”出现了两次，不知道以哪一个为准")
        seen[key] = value
    return seen


def _integer(text: str, literal: str) -> int:
    if len(literal) > LONGEST_NUMBER:
        _refuse_number(text, literal)
    return int(literal)


def _finite(text: str, literal: str) -> ExactFloat:
    if len(literal) > LONGEST_NUMBER or not math.isfinite(float(literal)):
        _refuse_number(text, literal)
    return ExactFloat(literal)


def _refuse_number(text: str, literal: str) -> NoReturn:
    line = _line(text, text.index(literal))
    raise DraftError(f"第 {line} 行的数字 {literal[:20]} 超出范围")


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
