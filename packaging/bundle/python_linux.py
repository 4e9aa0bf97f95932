"""CPython for the Linux bundles, built from Debian's source with Debian's security patches.

It is built in the chroot of an old Debian so that it starts on old systems; bullseye's C library
is 2.31, and packaging/linux/ holds what brings the need down to 2.28 (UOS 20).
"""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bundle.chroot import Chroot
from bundle.description import BUILD, PACKAGING, Layout, Selection, Target
from bundle.inputs import fetch, sha256

WORK = BUILD / "python"
SOURCE = WORK / "source"
INSIDE = "/build"
LINUX = PACKAGING / "linux"
RECIPE = ("build-python.sh", "glibc-2.28.h", "python-modules.setup")
VERSION = "3.11"
INTERPRETER = Path("bin", "python3")
STANDARD_LIBRARY = Path("lib", f"python{VERSION}")


def builder(described: Layout) -> Chroot:
    """The chroot in which everything of ours for Linux is compiled, ready to run."""
    chroot = described.tables["linux"]["builder"]
    made = Chroot(chroot["suite"], BUILD / "chroots" / "builder", tuple(chroot["architectures"]))
    made.make(chroot["packages"])
    return made


def add_python(runtime: Path, target: Target, described: Layout) -> None:
    """Put the interpreter and the kept part of its library into the runtime folder."""
    table = described.tables["linux"]["python"]
    built = python(target, described)
    (runtime / INTERPRETER).parent.mkdir(parents=True)
    shutil.copyfile(built / "bin" / f"python{VERSION}", runtime / INTERPRETER)
    (runtime / INTERPRETER).chmod(0o755)
    # Empty: all modules are in the interpreter, which yet looks for this folder.
    (runtime / STANDARD_LIBRARY / "lib-dynload").mkdir(parents=True)
    library = Selection(drop=tuple(table["drop"]))
    for path in sorted((built / STANDARD_LIBRARY).rglob("*")):
        name = path.relative_to(built / STANDARD_LIBRARY).as_posix()
        if path.is_file() and library.takes(name):
            copy = runtime / STANDARD_LIBRARY / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def python(target: Target, described: Layout) -> Path:
    """Return the folder of a target's finished Python (bin/, lib/); build it where it is missing.

    Raises ChrootError, InputError or CalledProcessError where that cannot be done.
    """
    table = described.tables["linux"]["python"]
    built, stamp = WORK / target.name / "runtime", WORK / f"{target.name}.made-from"
    wanted = "\n".join(_made_from(table, target))
    if built.exists() and stamp.exists() and stamp.read_text() == wanted:
        return built
    chroot = builder(described)
    _prepare(chroot, table)
    flags = table["flags"][target.name]
    if "--with-build-python" in flags:  # another processor's: built with this one's
        python(described.targets["linux-x64"], described)
    settings = {
        "BUILD": f"{INSIDE}/between-{target.name}",
        "OUT": f"{INSIDE}/{target.name}",
        "FLAGS": flags,
        "JOBS": str(os.cpu_count() or 1),
        "SOURCE_DATE_EPOCH": str(described.epoch),
    }
    chroot.run(["sh", f"{INSIDE}/{RECIPE[0]}"], env=settings, binds={WORK: INSIDE})
    _strip(chroot, target, described)
    shutil.rmtree(WORK / f"between-{target.name}")
    stamp.write_text(wanted)
    return built


def patches_from(series: str, first: str) -> Iterator[str]:
    """Yield the patches of a Debian series from one on: what is before only suits Debian itself.

    Raises LookupError where the series has no such patch.
    """
    names = [line.split()[0] for line in series.splitlines() if line and line[0] not in "# "]
    if first not in names:
        raise LookupError(f"Debian's series of patches has no {first} any more")
    yield from names[names.index(first) :]


def _made_from(table: Mapping[str, Any], target: Target) -> Iterator[str]:
    """What the result depends on: sources, recipe, flags."""
    yield table["source"]["sha256"]
    yield table["patches"]["sha256"]
    yield table["first_patch"]
    yield table["flags"][target.name]
    yield from (sha256(LINUX / name) for name in RECIPE)


def _prepare(chroot: Chroot, table: Mapping[str, Any]) -> None:
    """Lay out the patched source and the recipe in the work folder."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    for archive in ("source", "patches"):
        with tarfile.open(fetch(table[archive])) as opened:
            opened.extractall(WORK / archive, filter="data")
    (unpacked,) = (WORK / "source").iterdir()
    unpacked.rename(WORK / "unpacked")
    (WORK / "source").rmdir()
    (WORK / "unpacked").rename(SOURCE)
    patches = WORK / "patches" / "debian" / "patches"
    for name in patches_from((patches / "series").read_text("utf-8"), table["first_patch"]):
        patch = ["patch", "-p1", "-s", "-d", f"{INSIDE}/source"]
        chroot.run([*patch, "-i", f"{INSIDE}/patches/debian/patches/{name}"], binds={WORK: INSIDE})
    shutil.rmtree(WORK / "patches")
    for name in RECIPE:
        shutil.copyfile(LINUX / name, WORK / name)


def _strip(chroot: Chroot, target: Target, described: Layout) -> None:
    strip = described.tables["linux"]["strip"][target.name]
    interpreter = f"{INSIDE}/{target.name}/runtime/bin/python{VERSION}"
    chroot.run([strip, "--strip-all", interpreter], binds={WORK: INSIDE})
