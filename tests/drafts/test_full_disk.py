"""A disk that is really full: a small one is made for it, where we may."""

import ctypes
import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.drafts import DraftFile, backups, load
from app.files import FileError
from tests.drafts.examples import report
from tests.sentences import assert_sentence

KILOBYTES = 128


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 128 KB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={KILOBYTES}k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield disk
    ctypes.CDLL(None).umount2(os.fsencode(disk), 2)


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk like most USB sticks, on which earlier states are copied, not linked."""

    def fails(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", fails)


def fill_up(disk: Path, leave: int) -> Path:
    """Leave so many bytes free; return the file that takes up the rest."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    filler = disk / "别的文件"
    filler.write_bytes(b"x" * (free - leave))
    return filler


@pytest.mark.parametrize("leave", [0, 4096])
def test_that_a_full_disk_is_told_keeps_the_draft_and_serves_again_when_freed(
    small_disk: Path, leave: int
) -> None:
    path = small_disk / "青石镇.json"
    file = DraftFile(path)
    file.save(report().with_text("overview", "旧"))
    before = path.read_bytes()
    filler = fill_up(small_disk, leave)

    long = report().with_text("overview", "新" * 5000)
    for _ in range(3):
        with pytest.raises(FileError) as caught:
            file.save(long)
        assert_sentence(str(caught.value), "青石镇.json", "磁盘已满", "请清理")
        assert path.read_bytes() == before
        assert not list(small_disk.glob(".*.tmp"))

    filler.unlink()
    assert file.save(long) == path
    file.close()
    assert load(path).report.text("overview") == "新" * 5000


@pytest.mark.usefixtures("no_links")
def test_that_a_full_disk_leaves_no_half_state_in_the_history(small_disk: Path) -> None:
    path = small_disk / "青石镇.json"
    file = DraftFile(path)
    file.save(report().with_text("overview", "旧" * 5000))
    filler = fill_up(small_disk, leave=8192)
    with pytest.raises(FileError, match="磁盘已满"):
        file.save(report().with_text("overview", "新" * 5000))
    assert list(backups.folder(path).iterdir()) == []

    filler.unlink()
    file.save(report().with_text("overview", "新" * 5000))
    file.close()
    assert [load(state).generation for state in backups.generations(path)] == [1]
