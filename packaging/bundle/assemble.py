"""The part of a bundle that all systems share: lib/ from wheels, program/ from this repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bundle.description import PACKAGING, ROOT, Layout

LIBRARIES = "lib"
PROGRAM = "program"
START = "start.py"
FORMS = Path("resources", "forms")


def assemble(bundle: Path, layout: Layout, wheels: Mapping[str, Path]) -> None:
    """Make a fresh bundle folder with lib/ and program/; the runtime and launcher come after."""
    shutil.rmtree(bundle, ignore_errors=True)
    bundle.mkdir(parents=True)
    for distribution, wheel in sorted(wheels.items()):
        unpack(wheel, bundle / LIBRARIES, layout, distribution)
    copy_program(bundle / PROGRAM, layout)


def unpack(wheel: Path, libraries: Path, layout: Layout, distribution: str) -> None:
    """Put what is kept of a wheel into the folder of libraries."""
    selection = layout.of_wheel(distribution)
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if not name.endswith("/") and selection.takes(name):
                archive.extract(name, libraries)


def copy_program(program: Path, layout: Layout) -> None:
    """Put our own files into the bundle, and the record by which the program knows its version."""
    for path in own_files(layout):
        copy = program / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, copy)
    pack_forms(program / FORMS)
    shutil.copyfile(PACKAGING / START, program / START)
    record = program / f"{layout.command}-{layout.version}.dist-info" / "METADATA"
    record.parent.mkdir()
    record.write_text(
        f"Metadata-Version: 2.1\nName: {layout.command}\nVersion: {layout.version}\n", "utf-8"
    )


def pack_forms(folder: Path) -> None:
    """Write every form as JSON in place of TOML: the window waits for one at every start."""
    for form in sorted(folder.glob("*.toml")):
        data = tomllib.loads(form.read_text("utf-8"))
        form.with_suffix(".json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        form.unlink()


def own_files(layout: Layout) -> Iterator[str]:
    """Yield the paths of our own files that go into a bundle, from the repository's root."""
    for folder in layout.folders:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and layout.own.takes(name):
                yield name


def compile_all(bundle: Path) -> None:
    """Compile every module once, so that none is written beside the program at the office.

    The .pyc are unchecked: nobody edits the installed sources, and no time enters the files.
    A process of its own does it, since what a process has loaded before shows in what it compiles
    (in the references between equal strings): so equal sources give equal bytes.
    Raises CalledProcessError where a module does not compile.
    """
    compiler = [sys.executable, "-s", "-S", "-m", "compileall", "-q", "-r", "20"]
    whose = ["--invalidation-mode", "unchecked-hash", "-s", str(bundle), str(bundle)]
    subprocess.run([*compiler, *whose], check=True, env={"PYTHONHASHSEED": "0"})


def settle(bundle: Path, epoch: int) -> None:
    """Give every file and folder of the bundle one time and plain modes, programs aside."""
    for path in [bundle, *sorted(bundle.rglob("*"))]:
        if path.is_symlink():
            continue
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        os.utime(path, (epoch, epoch))
