"""What helps to write the texts, as the JSON values of a draft's key `drafting`, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.drafting import Drafting, Pair, Unconfirmed, found_again
from app.drafts.reading import DraftError, shorten
from app.forms import Cell

KEYS = frozenset(("answers", "composed", "pairs", "unconfirmed", "confirmed"))


def drafting_from(value: object, place: str, texts: Mapping[str, str]) -> Drafting:
    """Build it from a draft's values. Raises DraftError naming the key that is wrong."""
    data = _object(value, place)
    return Drafting(
        answers=_strings(data.get("answers", {}), f"{place} › answers"),
        composed=_strings(data.get("composed", {}), f"{place} › composed"),
        pairs=tuple(_pairs(data.get("pairs", []), f"{place} › pairs")),
        unconfirmed=tuple(
            found_again(_unconfirmed(data.get("unconfirmed", []), f"{place} › unconfirmed"), texts)
        ),
        confirmed=frozenset(_cells(data.get("confirmed", []), f"{place} › confirmed")),
        extra={key: one for key, one in data.items() if key not in KEYS},
    )


def drafting_to(drafting: Drafting) -> dict[str, Any]:
    """The values a draft holds for it; none where there is nothing to keep."""
    data: dict[str, Any] = {
        "answers": dict(drafting.answers),
        "composed": dict(drafting.composed),
        "pairs": [list(pair) for pair in drafting.pairs],
        "unconfirmed": [one._asdict() for one in drafting.unconfirmed],
        "confirmed": sorted(map(str, drafting.confirmed)),
    }
    return {key: value for key, value in data.items() if value} | dict(drafting.extra)


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise DraftError(f"“{place}”应是一组内容")
    return value


def _strings(value: object, place: str) -> dict[str, str]:
    strings = _object(value, place)
    for key, text in strings.items():
        if not isinstance(text, str):
            raise DraftError(f"“{place} › {shorten(key)}”应是文字")
    return strings


def _pairs(value: object, place: str) -> Iterator[Pair]:
    for one in _list(value, place):
        if not isinstance(one, list) or not all(isinstance(text, str) for text in one):
            raise DraftError(f"“{place}”里每一项应是一个问题和一条措施")
        yield Pair(*(*one, "", "")[:2])


def _unconfirmed(value: object, place: str) -> Iterator[Unconfirmed]:
    for one in _list(value, place):
        wanted = {"part": str, "start": int, "end": int, "quote": str}
        known = isinstance(one, dict) and all(type(one.get(key)) is wanted[key] for key in wanted)
        if not known:
            raise DraftError(f"“{place}”里每一项应有 part、start、end 和 quote")
        yield Unconfirmed(**{key: one[key] for key in wanted})


def _cells(value: object, place: str) -> Iterator[Cell]:
    for one in _list(value, place):
        names = one.split(".") if isinstance(one, str) else []
        if len(names) != len(Cell._fields):
            raise DraftError(f"“{place}”里每一项应是一格的地址")
        yield Cell(*names)


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise DraftError(f"“{place}”应是列表")
    return value
