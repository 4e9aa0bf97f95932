"""How to use the program and how to keep it, task by task, as `resources/guidance/` tells it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from app.paths import resources


@dataclass(frozen=True, slots=True)
class Task:
    """One thing a clerk wants to do: how, in order, and the keys for it."""

    title: str
    steps: tuple[str, ...]
    keys: tuple[str, ...] = ()


def tasks() -> tuple[Task, ...]:
    """All tasks of whoever fills in a report, in the order they come up."""
    return _tasks("manual")


def upkeep() -> tuple[Task, ...]:
    """All tasks of whoever installs the program, moves it, hands it over or removes it."""
    return _tasks("install")


@cache
def _tasks(name: str) -> tuple[Task, ...]:
    path = resources() / "guidance" / f"{name}.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Task(one["title"], tuple(one["steps"]), tuple(one.get("keys", ()))) for one in data["tasks"]
    )
