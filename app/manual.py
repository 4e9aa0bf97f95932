"""How to use the program, task by task, as `resources/guidance/manual.toml` tells it."""

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


@cache
def tasks() -> tuple[Task, ...]:
    """All tasks in the order they come up."""
    path = resources() / "guidance" / "manual.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Task(one["title"], tuple(one["steps"]), tuple(one.get("keys", ()))) for one in data["tasks"]
    )
