"""Two programs on one draft: neither loses its work, and the lock is nobody's for ever."""

import errno
import platform
import subprocess
import sys
import textwrap
import time
from datetime import datetime
from pathlib import Path

import pytest

from app import files
from app.drafts import DraftFile, load
from app.drafts.store import LARGEST, free_name
from app.files import FileError
from app.lock import this_computer
from tests.drafts.breaking import break_at, raising
from tests.drafts.examples import (
    NAME,
    as_json,
    names,
    overview,
    reopened,
    sealed,
    values,
    worded,
)

# ── The file was written by somebody else ──


def test_that_a_second_window_sees_that_the_draft_is_open_elsewhere(path: Path) -> None:
    first, second = DraftFile(path), DraftFile(path)
    assert (first.elsewhere, second.elsewhere) == (False, True)
    second.close()
    first.close()
    third = DraftFile(path)
    assert not third.elsewhere
    third.close()
    assert list(path.parent.iterdir()) == [], "no lock file is left"


def test_that_of_two_windows_on_one_draft_neither_loses_its_work(path: Path) -> None:
    opened = reopened(path, sealed())
    first, second = DraftFile(path, opened), DraftFile(path, opened)
    saved = [
        file.save(worded(text))
        for file, text in [(first, "甲一"), (second, "乙一"), (first, "甲二"), (second, "乙二")]
    ]
    beside = path.with_name("青石镇2026年 [草稿]（冲突 2）.json")
    assert saved == [path, beside, path, beside]
    assert (overview(path), overview(beside)) == ("甲二", "乙二")
    assert not second.elsewhere, "the file beside is its own"
    first.close()
    second.close()


def test_that_conflicts_are_numbered_on_and_never_overwrite_each_other(path: Path) -> None:
    opened = reopened(path, sealed())
    windows = [DraftFile(path, opened) for _ in range(4)]
    saved = [file.save(worded(str(number))) for number, file in enumerate(windows)]
    for file in windows:
        file.close()

    assert len(set(saved)) == 4
    assert [overview(one) for one in saved] == ["0", "1", "2", "3"]
    assert [one.stem[-6:] for one in saved[1:]] == ["（冲突 2）", "（冲突 3）", "（冲突 4）"]
    assert free_name(saved[1]).stem.endswith("（冲突 5）")


FOREIGN = [
    sealed(generation=99),
    as_json(values(organ="别的镇")),
    b"",
    b"\0" * 4000,
    b"no draft at all",
    sealed()[:500],
    b" " * (LARGEST + 1),
]


@pytest.mark.parametrize("foreign", FOREIGN, ids=len)
def test_that_what_somebody_else_wrote_is_never_overwritten(
    file: DraftFile, path: Path, foreign: bytes
) -> None:
    file.save(worded("我的"))
    path.write_bytes(foreign)

    beside = file.save(worded("我的二"))

    assert path.read_bytes() == foreign
    assert beside != path
    assert overview(beside) == "我的二"
    assert path.with_name(f".{NAME}.lock").exists() is False, "the file is free for others"
    assert file.save(worded("我的三")) == beside
    assert path.read_bytes() == foreign


def test_that_a_new_draft_never_overwrites_an_old_one_of_that_name(path: Path) -> None:
    path.write_bytes(sealed())
    file = DraftFile(path)
    beside = file.save(worded("新的"))
    file.close()
    assert path.read_bytes() == sealed()
    assert overview(beside) == "新的"


def test_that_a_folder_in_the_drafts_place_does_not_stop_a_save(
    file: DraftFile, path: Path
) -> None:
    file.save(worded("一"))
    path.unlink()
    path.mkdir()
    assert overview(file.save(worded("二"))) == "二"


def test_that_a_draft_removed_outside_is_written_anew(file: DraftFile, path: Path) -> None:
    file.save(worded("一"))
    path.unlink()
    assert file.save(worded("二")) == path
    assert overview(path) == "二"


def test_that_a_draft_that_cannot_be_compared_is_not_overwritten(
    file: DraftFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.save(worded("一"))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    with monkeypatch.context() as broken:
        broken.setattr(files, "_read", raising(PermissionError(errno.EACCES, "no")))
        with pytest.raises(FileError, match="没有读写权限"):
            file.save(worded("二"))
    assert overview(path) == "一"


def test_that_after_a_refused_conflict_the_work_still_finds_its_place(
    file: DraftFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.save(worded("一"))
    path.write_bytes(sealed())
    with monkeypatch.context() as broken:
        break_at("fsync", OSError(errno.ENOSPC, "full"), broken)
        with pytest.raises(FileError):
            file.save(worded("二"))
    assert overview(file.save(worded("二"))) == "二"
    assert path.read_bytes() == sealed()


# ── The lock ──

HOLDER = """
    import sys
    from pathlib import Path
    from app.drafts import DraftFile
    file = DraftFile(Path(sys.argv[1]))
    print("held" if not file.elsewhere else "not held", flush=True)
    sys.stdin.read()
"""


def test_that_the_lock_vanishes_when_its_holder_is_killed(path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(HOLDER), str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline().strip() == "held"
        while_held = DraftFile(path)
        assert while_held.elsewhere
        while_held.close()
        holder.kill()
        holder.wait()

    after = DraftFile(path)
    assert not after.elsewhere
    after.close()


WRITER = """
    import sys
    from pathlib import Path
    from app.drafts import DraftFile, load
    path = Path(sys.argv[1])
    opened = load(path)
    file = DraftFile(path, opened)
    print("held" if not file.elsewhere else "not held", flush=True)
    for line in sys.stdin:
        print(file.save(opened.report.with_text("overview", line.strip())).name, flush=True)
    file.close()
"""


def test_that_a_draft_taken_over_is_not_written_by_the_window_that_held_it(path: Path) -> None:
    path.write_bytes(sealed())
    command = [sys.executable, "-X", "utf8", "-c", textwrap.dedent(WRITER), str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as hung:
        assert hung.stdin
        assert hung.stdout
        assert hung.stdout.readline().strip() == "held"
        ours = DraftFile(path, load(path))
        assert ours.elsewhere
        assert ours.take_over(load(path).report) == path
        assert not ours.elsewhere or sys.platform == "win32"  # which keeps what is open locked
        third = DraftFile(path)
        assert third.elsewhere, "the draft is ours for others, too"
        third.close()

        print("他的话", file=hung.stdin, flush=True)  # it wakes up and saves
        beside = path.with_name(hung.stdout.readline().strip())
        assert ours.save(worded("我的话")) == path
        hung.stdin.close()
        hung.wait()

    assert beside.name == "青石镇2026年 [草稿]（冲突 2）.json"
    assert (overview(path), overview(beside)) == ("我的话", "他的话")
    assert ours.save(worded("还是我的")) == path
    ours.close()
    assert names(path.parent) == {path.name, beside.name, "历史版本"}


@pytest.mark.skipif(sys.platform == "win32", reason="there a lock ends with its holder alone")
def test_that_the_one_that_lost_its_lock_does_not_take_away_that_of_the_other(path: Path) -> None:
    path.write_bytes(sealed())
    first = DraftFile(path, load(path))
    second = DraftFile(path, load(path))
    second.take_over(load(path).report)
    first.close()
    third = DraftFile(path)
    assert third.elsewhere
    third.close()
    second.close()
    assert not path.with_name(f".{NAME}.lock").exists()


def test_that_who_holds_a_draft_and_since_when_is_told(path: Path) -> None:
    first, second = DraftFile(path), DraftFile(path)
    assert second.holder
    assert second.holder.computer == this_computer()
    assert datetime.fromisoformat(second.holder.since) <= datetime.now()
    second.close()
    first.close()


def test_that_the_computers_name_is_known_without_a_network_module(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COMPUTERNAME", "DANGZHENGBAN")
    windows = sys.platform == "win32"
    assert this_computer() == ("DANGZHENGBAN" if windows else platform.node())


@pytest.mark.parametrize("note", [b"", b" ", b"\xff\xff\n\xff", b"\n" * 1000, b" one line"])
def test_that_a_lock_file_that_tells_nothing_stops_nobody(path: Path, note: bytes) -> None:
    first = DraftFile(path)
    path.with_name(f".{NAME}.lock").write_bytes(note)
    second = DraftFile(path)
    assert second.elsewhere
    assert second.holder is None or not second.holder.computer
    second.close()
    first.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")
def test_that_a_lock_file_removed_by_its_holder_in_the_last_moment_locks_nobody_out_or_in(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl  # noqa: PLC0415 - not there on Windows

    first = DraftFile(path)
    lock = fcntl.flock

    def late(handle: int, operation: int) -> None:
        first.close()  # between the second one's open and its lock
        lock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    second = DraftFile(path)
    monkeypatch.undo()
    third = DraftFile(path)

    assert not second.elsewhere
    assert third.elsewhere, "or two would hold it"
    third.close()
    second.close()


@pytest.mark.skipif(sys.platform == "win32", reason="flock")
@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS])
def test_that_a_network_disk_without_locks_does_not_shut_the_clerk_out(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    import fcntl  # noqa: PLC0415

    monkeypatch.setattr(fcntl, "flock", raising(OSError(code, "no locks here")))
    file = DraftFile(path)
    assert not file.elsewhere
    file.close()
