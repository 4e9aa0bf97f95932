"""Whether the last program ended well, asked once; one that still runs is left in peace."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.running import Ended, Running, ended_badly

PROGRAM = """
    import faulthandler, os, sys
    from pathlib import Path
    from app.running import Running
    running = Running()
    log = open(running.fault_log, "w")
    faulthandler.enable(log)
    running.work_on(Path(sys.argv[1]))
    print("ready", flush=True)
    match sys.stdin.readline().strip():
        case "end":
            running.end()
        case "abort":
            os.abort()
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own."""
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def program() -> Iterator[subprocess.Popen[str]]:
    """A program of its own that works on a draft."""
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), "青石镇.json"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as one:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
        yield one
        one.kill()


def tell(program: subprocess.Popen[str], what: str) -> None:
    program.communicate(f"{what}\n")


def left(home: Path) -> list[str]:
    return sorted(one.name for one in (home / "settings" / "running").iterdir())


def test_that_a_program_that_ended_well_leaves_nothing(
    home: Path, program: subprocess.Popen[str]
) -> None:
    tell(program, "end")
    assert ended_badly() == []
    assert left(home) == []


def test_that_a_program_that_was_killed_is_told_once_with_its_draft(
    home: Path, program: subprocess.Popen[str]
) -> None:
    program.kill()
    program.wait()
    (ended,) = ended_badly()
    assert (ended.draft, ended.said) == (Path("青石镇.json"), "")
    assert len(ended.opened_at) == len("2027-01-08 14:03:22")
    assert ended_badly() == []
    assert left(home) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the words differ there")
def test_that_how_the_interpreter_broke_is_told(program: subprocess.Popen[str]) -> None:
    tell(program, "abort")
    (ended,) = ended_badly()
    assert ended.said.startswith("Fatal Python error: Aborted")
    assert "most recent call first" in ended.said


def test_that_a_program_that_still_runs_is_left_in_peace(program: subprocess.Popen[str]) -> None:
    assert ended_badly() == []
    program.kill()
    program.wait()
    assert len(ended_badly()) == 1


def test_that_the_draft_is_told_that_was_open_last() -> None:
    running = Running()
    running.work_on(Path("一.json"))
    running.work_on(Path("二.json"))
    running._lock.release()  # as the kernel does when the program dies
    assert [one.draft for one in ended_badly()] == [Path("二.json")]


def test_that_a_draft_whose_name_is_no_unicode_is_told() -> None:
    running = Running()
    running.work_on(Path("\udcc7\udce0.json"))
    running._lock.release()
    assert [one.draft for one in ended_badly()] == [Path("\udcc7\udce0.json")]


def test_that_without_an_open_draft_none_is_told() -> None:
    running = Running()
    running.work_on(Path("一.json"))
    running.work_on(None)
    running._lock.release()
    assert [one.draft for one in ended_badly()] == [None]


@pytest.mark.parametrize("note", [b"", b"[]", b'{"draft": 3}', b"\xff", b"[" * 99999])
def test_that_a_note_cut_by_a_power_failure_still_tells_that_there_was_one(
    home: Path, note: bytes
) -> None:
    folder = home / "settings" / "running"
    folder.mkdir(parents=True)
    (folder / "99999.json").write_bytes(note)
    assert ended_badly() == [Ended(None, "", "")]


@pytest.mark.skipif(sys.platform == "win32", reason="links are a right of their own there")
def test_that_a_note_that_is_gone_meanwhile_hides_no_other(home: Path) -> None:
    folder = home / "settings" / "running"
    folder.mkdir(parents=True)
    for number in range(11, 21):
        (folder / f"{number}.json").symlink_to("gone")
    (folder / "99.json").write_text('{"draft": "一.json"}')
    assert [one.draft for one in ended_badly()] == [Path("一.json")]
    assert not list(folder.glob("*.lock"))


def test_that_a_log_whose_program_took_its_leave_is_cleared_away(home: Path) -> None:
    folder = home / "settings" / "running"
    folder.mkdir(parents=True)
    (folder / "99999.fault").write_text("")
    assert ended_badly() == []
    assert left(home) == []


def test_that_a_home_that_cannot_be_written_stops_nobody(home: Path) -> None:
    (home / "settings").write_text("a file where the folder should be")
    running = Running()
    running.work_on(Path("一.json"))
    running.end()
    assert ended_badly() == []
