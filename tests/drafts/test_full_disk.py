"""A disk that is really full: a small one is made for it, where we may."""

import errno
import os
from pathlib import Path

import pytest

from app.drafts import DraftFile, backups, load
from app.files import FileError
from tests.disks import fill_up
from tests.drafts.examples import report
from tests.sentences import assert_sentence


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk like most USB sticks, on which earlier states are copied, not linked."""

    def fails(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", fails)


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
