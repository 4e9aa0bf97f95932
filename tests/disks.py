"""A disk small enough to be filled up."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

KILOBYTES = 1024


@contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    """Mount a disk of one megabyte on a new folder; skips the test where we may not."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={KILOBYTES}k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        yield folder
    finally:
        ctypes.CDLL(None).umount2(os.fsencode(folder), 2)


def fill_up(disk: Path, leave: int) -> Path:
    """Leave so many bytes free; return the file that takes up the rest."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    filler = disk / "别的文件"
    filler.write_bytes(b"x" * (free - leave))
    return filler
