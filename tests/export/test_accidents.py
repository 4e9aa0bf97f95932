"""Killed, starved, locked out: an exported file is the old one or the new one, whole.

Fifty kills in the everyday run; GONGKAI_KILLS=1000 for a night's.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.checks import check
from app.drafts import load
from app.export import FORMATS, export
from app.export.document import document_of
from app.files import FileError
from tests.disks import fill_up
from tests.drafts.examples import FILLED
from tests.export.reading import TEXT_OF
from tests.sentences import assert_sentence

KILLS = int(os.environ.get("GONGKAI_KILLS", "50"))
ROOT = Path(__file__).parents[2]
OLD = load(FILLED).report
NEW = replace(OLD, stated_title=OLD.title).with_text("other", "新的。")
NO_KILL = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
EVERY_FORMAT = pytest.mark.parametrize("name", FORMATS)


def kill_after(seconds: float, *command: str | Path, wait: bool) -> None:
    """Start a program, wait for its first line if wanted, and kill it some time later."""
    whole = [sys.executable, "-m", *command]
    with subprocess.Popen(
        whole, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as program:
        assert program.stdout
        if wait:
            assert program.stdout.readline() == b"ready\n"
        time.sleep(seconds)
        program.kill()
    assert program.returncode in ((-9,) if wait else (-9, 0))


def visible(folder: Path) -> dict[str, bytes]:
    """The files of a folder by suffix, without what the killed program left half written."""
    files = [one for one in folder.iterdir() if one.suffix != ".tmp"]
    assert len({one.suffix for one in files}) == len(files)
    return {one.suffix: one.read_bytes() for one in files}


@NO_KILL
def test_that_a_kill_while_files_are_replaced_leaves_each_old_or_new(tmp_path: Path) -> None:
    folder, prepared = tmp_path / "导出", tmp_path / "prepared"
    prepared.mkdir()
    whole: dict[str, set[bytes]] = {}
    for form in FORMATS.values():
        states = [form.render(document_of(check(report))) for report in (OLD, NEW)]
        whole[form.suffix] = set(states)
        for state, data in zip(("old", "new"), states, strict=True):
            (prepared / f"{state}{form.suffix}").write_bytes(data)
    dice = random.Random(20270112)
    halves = 0
    for _ in range(KILLS):
        seconds = dice.expovariate(1 / 0.01)
        kill_after(seconds, "tests.export.export_typist", folder, prepared, wait=True)
        found = visible(folder) if folder.exists() else {}
        assert all(data in whole[suffix] for suffix, data in found.items())
        halves += sum(one.suffix == ".tmp" for one in folder.glob(".*.tmp"))
    assert {*visible(folder)} == {*whole}
    assert halves or KILLS < 20, "no kill fell into the writing of a file"


@NO_KILL
def test_that_a_kill_of_the_program_itself_leaves_whole_files_or_none(tmp_path: Path) -> None:
    dice = random.Random(3)
    expected = {form.suffix: form.render(document_of(check(OLD))) for form in FORMATS.values()}
    for number in range(max(5, KILLS // 5)):
        folder = tmp_path / str(number)
        arguments = ("app", "export", FILLED, "--to", folder)
        kill_after(dice.uniform(0, 1.2), *arguments, wait=False)
        found = visible(folder) if folder.exists() else {}
        assert found.items() <= expected.items()


# ── A full disk ──


@EVERY_FORMAT
@pytest.mark.parametrize("leave", [0, 4096])
def test_that_a_full_disk_is_told_and_the_old_file_stays_whole(
    small_disk: Path, name: str, leave: int
) -> None:
    (written,) = export(check(OLD), small_disk, [name])
    before = written.path.read_bytes()
    filler = fill_up(small_disk, leave)
    with pytest.raises(FileError) as caught:
        list(export(check(NEW), small_disk, [name]))
    assert_sentence(str(caught.value), f"“{written.path.name}”", "磁盘已满", "请清理")
    assert written.path.read_bytes() == before
    assert {*small_disk.iterdir()} == {written.path, filler}

    filler.unlink()
    assert [one.path for one in export(check(NEW), small_disk, [name])] == [written.path]
    assert written.path.read_bytes() != before or name == "xlsx"  # which shows no texts


def test_that_files_written_before_the_disk_was_full_stay(small_disk: Path) -> None:
    filler = fill_up(small_disk, 60_000)
    done: list[Path] = []
    files = export(check(OLD), small_disk, ["html", "xlsx", "pdf"])
    with pytest.raises(FileError, match="磁盘已满"):
        done.extend(one.path for one in files)
    assert [one.suffix for one in done] == [".html", ".xlsx"]
    assert {*small_disk.iterdir()} == {*done, filler}
    assert all(TEXT_OF[one.suffix[1:]](one.read_bytes()) for one in done)


# ── Folders and files that cannot be written ──


@pytest.mark.skipif(sys.platform == "win32", reason="no permissions of this kind")
def test_that_a_folder_nobody_may_write_to_is_told_with_the_name_of_the_file(
    tmp_path: Path,
) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    tmp_path.chmod(0o500)
    with pytest.raises(FileError) as caught:
        list(export(check(OLD), tmp_path, FORMATS))
    assert_sentence(str(caught.value), ".pdf”", "没有读写权限", "请换一个文件夹")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder that refuses even root")
def test_that_a_folder_that_takes_no_files_is_told_in_a_sentence() -> None:
    with pytest.raises(FileError) as caught:
        list(export(check(OLD), Path("/proc/self"), ["html"]))
    assert_sentence(str(caught.value), "没有保存", ".html”")


@EVERY_FORMAT
def test_that_a_file_open_in_another_program_is_left_and_the_new_one_stands_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (first,) = export(check(OLD), tmp_path, [name])
    before = first.path.read_bytes()
    move = os.replace

    def refuse(source: Path, target: Path) -> None:
        if Path(target) == first.path:
            raise PermissionError(13, "Permission denied")
        move(source, target)

    monkeypatch.setattr("app.files._move", refuse)
    (second,) = export(check(NEW), tmp_path, [name])
    assert second.path == tmp_path / f"{first.path.stem}（2）{first.path.suffix}"
    assert_sentence(second.notice, f"“{first.path.name}”", "WPS", f"“{second.path.name}”")
    assert first.notice == ""
    assert first.path.read_bytes() == before
    assert {*tmp_path.iterdir()} == {first.path, second.path}

    monkeypatch.undo()
    (third,) = export(check(NEW), tmp_path, [name])
    assert (third.path, third.notice) == (first.path, "")
