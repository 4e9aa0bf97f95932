"""The one description of what goes to the office, read from packaging/layout.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
BUILD = ROOT / "build"
EVERY = "every"


@dataclass(frozen=True)
class Selection:
    """Which files of a tree are taken: those some `keep` names, less those some `drop` names."""

    keep: tuple[str, ...] = ("*",)
    drop: tuple[str, ...] = ()

    def takes(self, path: str) -> bool:
        """Tell whether the file at this path, with forward slashes, is taken."""
        return _any(path, self.keep) and not _any(path, self.drop)


@dataclass(frozen=True)
class Target:
    """One kind of computer a package is made for."""

    name: str
    wheel_tags: tuple[str, ...]
    markers: Mapping[str, str]

    @property
    def windows(self) -> bool:
        """Whether this is Windows; everything else is Linux."""
        return self.markers["sys_platform"] == "win32"


@dataclass(frozen=True)
class Layout:
    """What a package consists of, and what the program is called in it."""

    id: str
    name: str
    command: str
    summary: str
    version: str
    epoch: int
    folders: tuple[str, ...]
    own: Selection
    targets: Mapping[str, Target]
    wheels: Mapping[str, Selection]
    tables: Mapping[str, Any]

    def of_wheel(self, distribution: str) -> Selection:
        """Which files of a wheel are taken. Raises LookupError for a wheel nobody described."""
        if distribution not in self.wheels:
            raise LookupError(f"packaging/layout.toml does not say what to keep of {distribution}")
        every, one = self.wheels[EVERY], self.wheels[distribution]
        return Selection(one.keep, every.drop + one.drop)


@cache
def layout() -> Layout:
    """The description, with the version of pyproject.toml; `tables` holds each system's own."""
    tables = tomllib.loads((PACKAGING / "layout.toml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    program = tables["program"]
    return Layout(
        id=program["id"],
        name=program["name"],
        command=program["command"],
        summary=program["summary"],
        version=project["version"],
        epoch=program["epoch"],
        folders=tuple(program["folders"]),
        own=Selection(drop=tuple(program["drop"])),
        targets={name: _target(name, one) for name, one in tables["targets"].items()},
        wheels={name: _selection(one) for name, one in tables["wheels"].items()},
        tables=tables,
    )


def _target(name: str, table: Mapping[str, Any]) -> Target:
    return Target(name, tuple(table["wheel_tags"]), table["markers"])


def _selection(table: Mapping[str, Any]) -> Selection:
    return Selection(tuple(table.get("keep", ("*",))), tuple(table.get("drop", ())))


def _any(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(path, one) for one in patterns)
