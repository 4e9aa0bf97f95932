"""The gate every Linux bundle passes: it runs on the oldest system it is meant for.

No symbol newer than that system's libraries, no library that is neither in the bundle nor on
every desktop, nothing for another processor, nothing that speaks to a network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from bundle.description import Layout, Target
from bundle.elf import Elf, is_elf, read

VERSION = re.compile(r"(?P<family>[A-Z]+)_(?P<number>\d+(?:\.\d+)*)")


@dataclass(frozen=True)
class Limits:
    """What a target's systems have: newest symbols by family, libraries, no-gos."""

    machine: str
    newest: Mapping[str, str]
    system: Sequence[str]
    forbidden: Sequence[str]


def limits(target: Target, described: Layout) -> Limits:
    """What packaging/layout.toml says of a target's systems."""
    table = described.tables["linux"]
    return Limits(
        machine=target.markers["platform_machine"],
        newest=table["newest"][target.name],
        system=[*table["scan"]["system"], *table["scan"]["more"][target.name]],
        forbidden=table["scan"]["forbidden"],
    )


def newest(bundle: Path) -> dict[str, tuple[str, str]]:
    """The newest version of each family that a bundle needs, and one file that needs it."""
    found: dict[str, tuple[str, str]] = {}
    for name, elf in _elves(bundle):
        for family, number in _families(elf):
            if family not in found or _key(number) > _key(found[family][0]):
                found[family] = (number, name)
    return found


def faults(bundle: Path, limits: Limits) -> list[str]:
    """Say in one line each what would keep the bundle from starting, or must not be in it."""
    elves = dict(_elves(bundle))
    inside = {Path(name).name for name in elves}
    found = [line for name, elf in elves.items() for line in _faults_of(name, elf, limits, inside)]
    for path in sorted(bundle.rglob("*")):
        name = path.relative_to(bundle).as_posix()
        if any(fnmatchcase(name, pattern) for pattern in limits.forbidden):
            found.append(f"{name}: must not be in a bundle")
    return found


def _faults_of(name: str, elf: Elf, limits: Limits, inside: set[str]) -> Iterator[str]:
    if elf.machine != limits.machine:
        yield f"{name}: is for {elf.machine}, not for {limits.machine}"
    for family, number in _families(elf):
        if family in limits.newest and _key(number) > _key(limits.newest[family]):
            yield f"{name}: needs {family}_{number}, newer than {limits.newest[family]}"
    for library in elf.needed:
        if library not in inside and library not in limits.system:
            yield f"{name}: needs {library}, which nothing promises to be there"


def _elves(bundle: Path) -> Iterator[tuple[str, Elf]]:
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink() and is_elf(path):
            yield path.relative_to(bundle).as_posix(), read(path)


def _families(elf: Elf) -> Iterator[tuple[str, str]]:
    for version in elf.versions:
        if parts := VERSION.fullmatch(version):
            yield parts["family"], parts["number"]


def _key(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))
