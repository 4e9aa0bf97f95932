"""From bytes to plain JSON values, refusing whatever a sound draft cannot hold."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from decimal import Decimal
from typing import Any, NoReturn

DEEPEST = 50
LONGEST_NUMBER = 40

# Possessive, and content with a missing end quote: else a broken file takes minutes.
_TOKENS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{\]}]|NaN|-?Infinity', re.DOTALL)
_LONG_EXPONENT = re.compile(r"[eE][+-]?0*[1-9]\d{3}")
_SOUND = re.compile("[^\0-\x7f\ufffd]")


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
    if not data.strip(b" \t\r\n"):
        raise DraftError("文件里只有空白" if data else "文件是空的")
    if not data.strip(b"\0 \t\r\n"):
        raise DraftError("文件内容全部丢失（只剩空字节）")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(data, "utf-16"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error)
    return _decode(data, "gb18030"), "GBK"


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
        ended = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        broken_off = "，像是没有写完" if ended else ""
        raise DraftError(
            f"第 {error.lineno} 行第 {error.colno} 个字符处不完整或有误{broken_off}"
        ) from error
    if not isinstance(data, dict):
        raise DraftError("内容不是一份草稿（最外层应是一个对象）")
    return data


def shorten(text: str) -> str:
    """Cut a text from a file to what fits in a sentence, on one line."""
    plain = "".join("�" if unicodedata.category(sign)[0] == "C" else sign for sign in text[:40])
    return plain if len(text) <= 40 else f"{plain}…"


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DraftError("文件不是文字，可能已损坏或不是草稿") from error


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """Tell a few damaged bytes from another encoding, which makes hardly a sound character."""
    lenient = data.decode(errors="replace")
    if len(_SOUND.findall(lenient)) > lenient.count("\ufffd"):
        line = data.count(b"\n", 0, error.start) + 1
        broken_off = "，像是没有写完" if error.end >= len(data) else ""
        raise DraftError(f"第 {line} 行有损坏的字符{broken_off}") from error


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
            raise DraftError(f"“{shorten(key)}”出现了两次，不知道以哪一个为准")
        seen[key] = value
    return seen


def _integer(text: str, literal: str) -> int:
    if len(literal) > LONGEST_NUMBER:
        _refuse_number(text, literal)
    return int(literal)


def _finite(text: str, literal: str) -> ExactFloat:
    if len(literal) > LONGEST_NUMBER or _LONG_EXPONENT.search(literal):
        _refuse_number(text, literal)
    number = ExactFloat(literal)
    if not math.isfinite(number) or bool(number) != bool(Decimal(literal)):
        _refuse_number(text, literal)
    return number


def _refuse_number(text: str, literal: str) -> NoReturn:
    line = _line(text, text.index(literal))
    raise DraftError(f"第 {line} 行的数字 {literal[:20]} 超出范围")


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
