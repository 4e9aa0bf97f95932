"""The words by which a report of another program is understood: `resources/importing.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.paths import resources


@dataclass(frozen=True, slots=True)
class Spoken:
    """Patterns of what lines say; `facts` by what a cell of basic facts tells of."""

    title: re.Pattern[str]
    body: re.Pattern[str]
    portal_head: re.Pattern[str]
    portal_foot: re.Pattern[str]
    facts: Mapping[str, re.Pattern[str]]


@cache
def spoken() -> Spoken:
    """The words, read once."""
    data = tomllib.loads((resources() / "importing.toml").read_text(encoding="utf-8"))
    return Spoken(
        title=_any(data["title"]),
        body=re.compile(f"(?:{'|'.join(data['body'])})$"),
        portal_head=_any(data["portal_head"]),
        portal_foot=_any(data["portal_foot"]),
        facts={name: _any(words) for name, words in data["facts"].items()},
    )


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in words))
