"""What the program is made of, by whom, under which licence: `resources/composition.toml`.

Versions and texts of Python packages are those of the packages that are installed.
"""

from __future__ import annotations

import platform
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from app.paths import bundle, resources
from app.version import program_version

LICENCE_FILE = re.compile(r"(?i)licen[cs]e|copying|authors|notice")
ELSEWHERE = ("android/", "pbin_musl/", "cibw_musl/", "v8_xfa/")
"""Licences in a package that are for systems and parts which are not shipped."""


@dataclass(frozen=True, slots=True)
class Component:
    """One thing the program is made of."""

    name: str
    version: str
    """'' where the package that brings it along tells none."""
    licence: str
    """By SPDX."""
    role: str
    home: str
    texts: tuple[str, ...]
    within: str = ""
    """The component that brings it along."""
    distribution: str = ""
    """Its name as a Python package."""
    files: tuple[str, ...] = ()
    """Shell patterns of its binaries in a bundle."""
    fonts: tuple[str, ...] = ()

    @property
    def told_version(self) -> str:
        """The version, or whose it follows."""
        return self.version or (f"随 {self.within}" if self.within else "")


def components(
    libraries: Iterable[Path] | None = None,
    system: str = sys.platform,
    python: str = "",
    *,
    installed: bool | None = None,
) -> list[Component]:
    """All components, in the order they are told.

    `libraries` are the folders of Python packages, those of this program where none are given;
    `installed` adds what only a bundle has.
    """
    found = _installed_in(libraries)
    whole = bundle() is not None if installed is None else installed
    known = _data()["component"]
    return [
        _component(one, found, python or platform.python_version())
        for one in known
        if system in one.get("systems", (system,)) and (whole or not one.get("bundled"))
    ]


def lgpl_notice() -> str:
    """How the libraries under the LGPL may be replaced, and where their sources are."""
    return str(_data()["lgpl"]).strip().replace("\n", "")


def _data() -> Mapping[str, Any]:
    return tomllib.loads((resources() / "composition.toml").read_text(encoding="utf-8"))


def _installed_in(libraries: Iterable[Path] | None) -> dict[str, Distribution]:
    path = sys.path if libraries is None else [str(one) for one in libraries]
    found: dict[str, Distribution] = {}
    for one in distributions(path=path):
        found.setdefault(_plain(one.metadata["Name"]), one)
    return found


def _component(
    data: Mapping[str, Any], found: Mapping[str, Distribution], python: str
) -> Component:
    distribution = found.get(_plain(data.get("distribution", "")))
    named = [_text(one, found) for one in data.get("texts", ())]
    own = list(_texts_of(distribution)) if distribution and not named else []
    return Component(
        name=data["name"],
        version=_version(data, found, python),
        licence=data["licence"],
        role=data["role"],
        home=data.get("home", ""),
        texts=tuple(filter(None, [*named, *own])),
        within=data.get("within", ""),
        distribution=data.get("distribution", ""),
        files=tuple(data.get("files", ())),
        fonts=tuple(data.get("fonts", ())),
    )


def _version(data: Mapping[str, Any], found: Mapping[str, Distribution], python: str) -> str:
    if data.get("own"):
        return program_version()
    if data["name"] == "CPython":
        return python
    package = found.get(_plain(data.get("distribution", "")))
    if package:
        return package.version
    whole = found.get(_plain(data.get("version_of", "")))
    if whole:  # a fourth number counts the wheels of the same Qt
        return ".".join(whole.version.split(".")[:3])
    return str(data.get("version", ""))


def _text(name: str, found: Mapping[str, Distribution]) -> str:
    package, _, path = name.partition("/")
    if path:
        return _read(found, package, path)
    folders = (resources() / "licences", resources() / "fonts" / "licences")
    file = next(one / name for one in folders if (one / name).is_file())
    return file.read_text(encoding="utf-8").strip()


def _read(found: Mapping[str, Distribution], package: str, path: str) -> str:
    distribution = found.get(_plain(package))
    return _told(_record(distribution) / path) if distribution else ""


def _texts_of(distribution: Distribution) -> Iterator[str]:
    """The licence texts in the record of a package, each once."""
    folder, told = _record(distribution), set[str]()
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = file.relative_to(folder).as_posix()
        if LICENCE_FILE.search(name) and not any(part in name for part in ELSEWHERE):
            text = _told(file)
            if text not in told:
                told.add(text)
                yield text


def _told(file: Path) -> str:
    """What a file says; some are older than UTF-8."""
    data = file.read_bytes()
    try:
        return data.decode("utf-8").strip()
    except UnicodeDecodeError:
        return data.decode("latin-1").strip()


def _record(distribution: Distribution) -> Path:
    """The folder in which a package keeps what is said of it."""
    ours = _plain(f"{distribution.metadata['Name']}{distribution.version}")
    folder = Path(str(distribution.locate_file("")))
    return next(one for one in folder.glob("*.dist-info") if _plain(one.stem) == ours)


def _plain(name: str) -> str:
    """A package's name without the signs in which its spellings differ."""
    return re.sub(r"[-_.]", "", name).lower()
