"""One draft file saved over and over: what no accident may take away."""

import errno
import os
import sys
import time
from pathlib import Path

import pytest

from app import files
from app.drafts import DraftFile, load
from app.files import FileError
from tests.drafts.breaking import break_at, raising
from tests.drafts.examples import (
    NAME,
    names,
    overview,
    reopened,
    sealed,
    worded,
)
from tests.sentences import assert_sentence

# ── Saving ──


def test_that_each_save_is_a_generation_and_opens_without_a_notice(
    file: DraftFile, path: Path
) -> None:
    for generation in range(1, 4):
        assert file.save(worded(f"第{generation}次")) == path
        opened = load(path)
        assert (opened.generation, opened.notices) == (generation, ())
        assert overview(path) == f"第{generation}次"


def test_that_an_opened_draft_goes_on_counting(path: Path) -> None:
    opened = reopened(path, sealed(generation=41))
    file = DraftFile(path, opened)
    file.save(opened.report)
    file.close()
    assert load(path).generation == 42


@pytest.mark.skipif(sys.platform == "win32", reason="Windows inherits the folder's rights")
def test_that_a_draft_is_for_its_owner_only(file: DraftFile, path: Path) -> None:
    file.save(worded("一"))
    file.save(worded("二"))
    assert path.stat().st_mode & 0o777 == 0o600
    history = path.parent / "历史版本"
    assert history.stat().st_mode & 0o777 == 0o700
    assert (history / path.stem).stat().st_mode & 0o777 == 0o700


def test_that_a_missing_folder_is_made(tmp_path: Path) -> None:
    file = DraftFile(tmp_path / "新" / "文件夹" / "x.json")
    assert overview(file.save(worded("一"))) == "一"
    file.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows syncs the folder by itself")
def test_that_file_and_folder_are_synced_to_the_disk_in_this_order(
    file: DraftFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, move = os.fsync, files._move

    def noted_sync(handle: int) -> None:
        done.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        sync(handle)

    def noted_move(fresh: Path, to: Path) -> None:
        done.append(f"{fresh.name} to {to.name}")
        move(fresh, to)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(files, "_move", noted_move)
    file.save(worded("一"))

    fresh = f".{NAME}.{os.getpid()}.tmp"
    assert done == [fresh, f"{fresh} to {NAME}", path.parent.name]


# ── A disk that refuses ──

REFUSALS = [
    (errno.ENOSPC, "磁盘已满"),
    (errno.EIO, "磁盘读写出错"),
    (errno.EACCES, "没有读写权限"),
    (errno.EROFS, "只读"),
    (errno.EDQUOT, "配额"),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: errno.errorcode[refusal[0]])
@pytest.mark.parametrize("step", ["open", "write", "fsync", "read", "replace"])
def test_that_a_refused_save_leaves_the_old_draft_and_the_next_one_succeeds(
    file: DraftFile, monkeypatch: pytest.MonkeyPatch, refusal: tuple[int, str], step: str
) -> None:
    (code, told), path = refusal, file.path
    file.save(worded("旧"))
    before = path.read_bytes()

    with monkeypatch.context() as broken:
        break_at(step, OSError(code, os.strerror(code)), broken)
        with pytest.raises(FileError) as caught:
            file.save(worded("新"))

    assert_sentence(str(caught.value), NAME, told, "没有保存")
    assert path.read_bytes() == before
    assert names(path.parent) <= {NAME, "历史版本"}
    assert file.save(worded("新")) == path
    assert overview(path) == "新"


def test_that_a_disk_that_reads_back_something_else_is_not_believed(
    file: DraftFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.save(worded("旧"))
    read = Path.read_bytes
    with monkeypatch.context() as broken:
        broken.setattr(Path, "read_bytes", lambda name: read(name)[:-1])
        with pytest.raises(FileError, match="磁盘读写出错"):
            file.save(worded("新"))
    assert overview(path) == "旧"


def test_that_a_folder_that_could_not_be_synced_makes_no_stranger_of_our_own_draft(
    file: DraftFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.save(worded("旧"))
    with monkeypatch.context() as broken:
        broken.setattr(files, "_sync_folder", raising(OSError(errno.EIO, "EIO")))
        for text in ("新", "更新"):
            with pytest.raises(FileError):
                file.save(worded(text))

    assert file.save(worded("最新")) == path, "and not beside it as a conflict"
    assert overview(path) == "最新"
    assert names(path.parent) == {NAME, "历史版本"}


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows syncs no folder")
def test_that_a_disk_without_folder_sync_can_still_be_saved_on(
    file: DraftFile, path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    sync = os.fsync

    def fsync(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink() == path.parent:
            raise OSError(code, "no fsync of folders here")
        sync(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    assert overview(file.save(worded("一"))) == "一"


def test_that_a_drive_pulled_out_is_told_and_the_work_is_saved_when_it_is_back(
    file: DraftFile, path: Path
) -> None:
    file.save(worded("旧"))
    away = path.parent.rename(path.parent.with_name("away"))
    with pytest.raises(FileError) as caught:
        file.save(worded("新"))
    assert_sentence(str(caught.value), "拔出了 U 盘")
    away.rename(path.parent)
    assert overview(file.save(worded("新"))) == "新"


def test_that_no_history_is_no_reason_not_to_save(file: DraftFile, path: Path) -> None:
    (path.parent / "历史版本").write_text("a file where the folder belongs")
    file.save(worded("一"))
    assert overview(file.save(worded("二"))) == "二"


# ── Windows: scanners and sync clients hold the file ──


class Held:
    """A replace that Windows refuses so many times."""

    def __init__(self, winerror: int, times: int) -> None:
        self.winerror, self.times, self.waited = winerror, times, list[float]()
        self.move = files._move

    def __call__(self, fresh: Path, path: Path) -> None:
        if self.times > 0:
            self.times -= 1
            error = PermissionError(13, "held")
            error.winerror = self.winerror  # type: ignore[attr-defined, unused-ignore]
            raise error
        self.move(fresh, path)


@pytest.fixture(params=[5, 32, 33])
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Held:
    one = Held(request.param, times=0)
    monkeypatch.setattr(files, "_move", one)
    monkeypatch.setattr(time, "sleep", one.waited.append)
    return one


@pytest.mark.parametrize("times", range(7))
def test_that_a_held_file_is_waited_for(
    file: DraftFile, path: Path, held: Held, times: int
) -> None:
    file.save(worded("旧"))
    held.times = times
    assert file.save(worded("新")) == path
    assert overview(path) == "新"
    assert held.waited == [0.05, 0.1, 0.2, 0.4, 0.8, 1.0][:times]


def test_that_a_file_held_for_good_is_told_of_and_left(
    file: DraftFile, path: Path, held: Held
) -> None:
    file.save(worded("旧"))
    held.times = 10**9
    with pytest.raises(FileError) as caught:
        file.save(worded("新"))
    assert_sentence(str(caught.value), "占用", "关闭")
    assert sum(held.waited) == pytest.approx(2.55)
    assert overview(path) == "旧"
    assert names(path.parent) == {NAME, "历史版本"}


def test_that_missing_rights_on_linux_are_not_waited_out(
    file: DraftFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_move", raising(PermissionError(errno.EACCES, "no")))
    monkeypatch.setattr(time, "sleep", raising(OSError("waited")))
    with pytest.raises(FileError, match="没有读写权限"):
        file.save(worded("一"))
