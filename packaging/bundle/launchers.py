"""The two Windows launchers, compiled by mingw-w64 from one source."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bundle.chroot import need
from bundle.description import BUILD, PACKAGING, ROOT, Layout

SOURCE = PACKAGING / "windows"
WORK = BUILD / "launchers"
COMPILER, RESOURCES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"
DESKTOP, CONSOLE = ("-mwindows",), ("-mconsole", "-DCONSOLE")
# No time of building enters the file, so that it is the same file again.
FLAGS = (
    "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-municode", "-static", "-s",
    "-Wl,--no-insert-timestamp",
)  # fmt: skip


def write_launchers(bundle: Path, described: Layout) -> None:
    """Put the launcher of the desktop and that of the command line into a bundle."""
    need(COMPILER, "gcc-mingw-w64-x86-64")
    names = described.tables["windows"]
    _build(bundle / names["launcher"], DESKTOP, values(described, names["launcher"]))
    _build(bundle / names["console"], CONSOLE, values(described, names["console"]))


def values(described: Layout, name: str) -> str:
    """What the resources say of a launcher, as a C header."""
    defined = {
        "ICON_FILE": _text(str(ROOT / described.tables["windows"]["icon"])),
        "VERSION_NUMBERS": four_numbers(described.version).replace(".", ","),
        "VERSION_TEXT": _text(described.version),
        "FILE_DESCRIPTION": _text(described.name),
        "ORIGINAL_FILENAME": _text(name),
        "PRODUCT_NAME": _text(described.name),
    }
    return "".join(f"#define {key} {value}\n" for key, value in defined.items())


def four_numbers(version: str) -> str:
    """A version as Windows wants it: 1.2.0 becomes 1.2.0.0."""
    return ".".join([*version.split("."), "0", "0", "0"][:4])


def _build(launcher: Path, kind: Sequence[str], header: str) -> None:
    WORK.mkdir(parents=True, exist_ok=True)
    (WORK / "values.h").write_text(header, encoding="utf-8")
    resources = WORK / "resources.o"
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    commands: Sequence[Sequence[str | Path]] = (
        [RESOURCES, "-I", WORK, "-I", SOURCE, SOURCE / "launcher.rc", resources],
        [COMPILER, *FLAGS, *kind, SOURCE / "launcher.c", resources, "-o", launcher],
    )
    for command in commands:
        subprocess.run(command, check=True, env=environment)


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '""') + '"'
