"""The rules as a county reads them: `resources/rules/`, one entry for each rule function."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from app.level import Level
from app.paths import resources


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered rule. `breaks` and `keeps` change a report full of zeros to show it."""

    id: str
    number: int
    module: str
    """Where its function is; imported when the rule is first asked."""
    name: str
    level: Level
    sentence: str
    basis: str
    advice: str
    breaks: Mapping[str, Any]
    keeps: Mapping[str, Any]
    fixed: bool = False
    """A county cannot change the level of what is arithmetic or law."""
    answerable: bool = False
    """Though an error it takes a reason: what is wrong may be another report, out of our hands."""


@cache
def catalogue() -> Mapping[str, Entry]:
    """All rules by the name of their function, in the order of their numbers."""
    files = sorted((resources() / "rules").glob("*.toml"))
    entries = [
        _entry(key, value)
        for file in files
        for key, value in tomllib.loads(file.read_text(encoding="utf-8")).items()
    ]
    return MappingProxyType(
        {entry.id: entry for entry in sorted(entries, key=lambda one: one.number)}
    )


@cache
def answerable_rules() -> frozenset[str]:
    """The names of the rules whose errors take a reason."""
    return frozenset(one.name for one in catalogue().values() if one.answerable)


def _entry(key: str, data: Mapping[str, Any]) -> Entry:
    return Entry(**{**data, "id": key, "level": Level(data["level"])})
