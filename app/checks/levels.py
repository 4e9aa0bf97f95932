"""The level of each rule, as the catalogue or the county says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from app.checks.catalogue import Entry, catalogue
from app.level import Level
from app.settings import OFF, Settings, SettingsError

CHOICES = {OFF: None, "hint": Level.HINT, "query": Level.QUERY, "error": Level.ERROR}


def levels(settings: Settings) -> Mapping[str, Level | None]:
    """The level of each rule by its function; None for a rule a county has switched off.

    Raises SettingsError where the settings name a rule or a level that does not exist, or one
    that nobody may change.
    """
    return _levels(tuple(settings.levels.items()))


@lru_cache(maxsize=4)
def _levels(chosen: tuple[tuple[str, str], ...]) -> Mapping[str, Level | None]:
    found: dict[str, Level | None] = {one.id: one.level for one in catalogue().values()}
    for name, choice in chosen:
        for entry in _named(name):
            found[entry.id] = _choice(entry, name, choice)
    return MappingProxyType(found)


def _named(name: str) -> list[Entry]:
    """The rules a county means: all of one name, or the one of a number."""
    entries = catalogue().values()
    named = [entry for entry in entries if name in (entry.name, str(entry.number))]
    if not named:
        raise SettingsError(f"没有名为“{name}”的规则；规则名见 gongkai rules。")
    return named


def _choice(entry: Entry, name: str, choice: str) -> Level | None:
    if choice not in CHOICES:
        raise SettingsError(f"规则“{name}”的级别“{choice}”不对；可以写 error、query、hint 或 off。")
    if entry.fixed:
        raise SettingsError(f"规则“{name}”是数字或格式上的硬性要求，级别不能改，也不能关闭。")
    return CHOICES[choice]
