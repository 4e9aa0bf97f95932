"""What a Linux library or program says it needs, read from its own headers (ELF, 64 bit).

After the System V ABI, chapters 4 and 5, and the Linux Standard Base on symbol versions.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"\x7fELF\x02\x01"
MACHINES = {62: "x86_64", 183: "aarch64"}
DYNAMIC, VERSIONS_NEEDED = 6, 0x6FFFFFFE
NEEDED, RPATH, RUNPATH = 1, 15, 29


@dataclass(frozen=True)
class Elf:
    """One file: its processor, the libraries it loads, where it looks, versions of symbols."""

    machine: str
    needed: tuple[str, ...]
    paths: tuple[str, ...]
    versions: tuple[str, ...]


@dataclass(frozen=True)
class _Section:
    kind: int
    offset: int
    size: int
    strings: int
    entries: int


def is_elf(path: Path) -> bool:
    """Tell whether a file is a 64-bit little-endian program or library."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def read(path: Path) -> Elf:
    """Read one file for which `is_elf` holds."""
    data = path.read_bytes()
    sections = list(_sections(data))
    dynamic = [one for section in sections for one in _dynamic(data, section, sections)]
    found = [text for tag, text in dynamic if tag in (RPATH, RUNPATH)]
    return Elf(
        machine=MACHINES.get(struct.unpack_from("<H", data, 18)[0], "unknown"),
        needed=tuple(text for tag, text in dynamic if tag == NEEDED),
        paths=tuple(part for text in found for part in text.split(":")),
        versions=tuple(
            sorted({one for section in sections for one in _versions(data, section, sections)})
        ),
    )


def _sections(data: bytes) -> Iterator[_Section]:
    (start,) = struct.unpack_from("<Q", data, 40)
    size, count = struct.unpack_from("<HH", data, 58)
    for index in range(count):
        place = start + index * size
        _, kind, _, _, offset, length, link, info = struct.unpack_from("<IIQQQQII", data, place)
        yield _Section(kind, offset, length, link, info)


def _dynamic(data: bytes, section: _Section, sections: list[_Section]) -> Iterator[tuple[int, str]]:
    if section.kind != DYNAMIC:
        return
    strings = sections[section.strings].offset
    for place in range(section.offset, section.offset + section.size, 16):
        tag, value = struct.unpack_from("<QQ", data, place)
        if tag in (NEEDED, RPATH, RUNPATH):
            yield tag, _text(data, strings + value)


def _versions(data: bytes, section: _Section, sections: list[_Section]) -> Iterator[str]:
    if section.kind != VERSIONS_NEEDED:
        return
    strings, place = sections[section.strings].offset, section.offset
    for _ in range(section.entries):
        _, count, _, first, following = struct.unpack_from("<HHIII", data, place)
        one = place + first
        for _ in range(count):
            _, _, _, name, step = struct.unpack_from("<IHHII", data, one)
            yield _text(data, strings + name)
            one += step
        place += following


def _text(data: bytes, place: int) -> str:
    return data[place : data.index(0, place)].decode()
