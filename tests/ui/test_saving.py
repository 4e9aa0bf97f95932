"""Saving by itself: soon after a change, at every exit, and never without a word."""

from __future__ import annotations

import errno
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from app import files
from app.drafts import load, store
from app.paths import documents
from app.recent import recent_drafts
from tests.ui.conftest import Dialogs, Key, Modifier, press, saved, table, text
from ui.autosave import LONGEST_MS, PAUSE_MS
from ui.window import MainWindow


def path_of(window: MainWindow) -> Path:
    assert window.bridge.path
    return window.bridge.path


def on_disk(window: MainWindow) -> str:
    return load(path_of(window)).report.text("overview")


def write(window: MainWindow, words: str) -> None:
    text(window, "overview").editors["overview"].setFocus()
    press(window, words)


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk on which nothing can be written."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "_write_and_verify", refuse)
        yield


def test_that_what_is_typed_is_on_disk_about_a_second_later(
    blank: MainWindow, qtbot: QtBot
) -> None:
    write(blank, "写了一句")
    begun = monotonic()
    assert saved(blank) == "正在编辑…"
    assert on_disk(blank) == ""

    qtbot.waitUntil(lambda: not blank.work.autosave.unsaved, timeout=4000)

    assert 0.8 < monotonic() - begun < 2.5
    assert on_disk(blank) == "写了一句"
    assert saved(blank).startswith("已保存 ")
    assert saved(blank).endswith(path_of(blank).name)


def test_that_who_types_without_a_pause_is_saved_after_two_seconds_all_the_same(
    blank: MainWindow, qtbot: QtBot
) -> None:
    for timer, wait in ((blank.work.autosave._pause, 60), (blank.work.autosave._longest, 150)):
        assert timer.interval() == (PAUSE_MS if wait == 60 else LONGEST_MS)
        timer.setInterval(wait)
    saves: list[object] = []
    blank.work.autosave.saved.connect(lambda *_: saves.append(1))
    for _ in range(20):
        write(blank, "字")
        qtbot.wait(20)
        if saves:
            return
    raise AssertionError("typing on and on was never saved")


def test_that_saving_now_waits_for_the_disk(blank: MainWindow) -> None:
    write(blank, "马上存")
    press(blank, Key.Key_S, modifier=Modifier.ControlModifier)
    assert on_disk(blank) == "马上存"
    assert saved(blank).startswith("已保存 ")


def test_that_what_was_typed_last_is_saved_when_the_window_closes(blank: MainWindow) -> None:
    path = path_of(blank)
    write(blank, "最后一句")
    blank.close()
    assert load(path).report.text("overview") == "最后一句"


def test_that_nothing_is_written_for_a_draft_that_was_only_looked_at(
    blank: MainWindow, home: Path
) -> None:
    path = path_of(blank)
    blank.work.desk.close()
    before = {one: one.stat().st_mtime_ns for one in documents().rglob("*")}

    blank.open_draft(path)
    for step in blank.rail.steps:
        blank.rail.open(step.id)
    press(blank, Key.Key_F8)
    assert not blank.work.autosave.unsaved
    blank.close()

    assert {one: one.stat().st_mtime_ns for one in documents().rglob("*")} == before


def test_that_a_refused_save_is_told_and_the_next_change_saves_everything(
    blank: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(blank, "存不下")
    with full_disk(monkeypatch):
        assert not blank.work.autosave.save_now()
        assert saved(blank).startswith("✖ 没有保存“")
        assert "磁盘已满" in saved(blank)
    assert on_disk(blank) == ""

    write(blank, "又行了")
    assert blank.work.autosave.save_now()
    assert on_disk(blank) == "存不下又行了"
    assert saved(blank).startswith("已保存 ")
    assert blank.status.saved.styleSheet() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")
def test_that_a_folder_that_was_taken_away_is_told(blank: MainWindow) -> None:
    shutil.rmtree(documents())
    write(blank, "U盘拔了")
    assert not blank.work.autosave.save_now()
    assert "找不到" in saved(blank)

    documents().mkdir()
    assert blank.work.autosave.save_now()
    assert on_disk(blank) == "U盘拔了"


def test_that_a_fault_of_ours_while_saving_is_told_as_well(
    blank: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(blank, "出错")
    faults: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *fault: faults.append(fault[0]))
    with monkeypatch.context() as patch:
        patch.setattr(store, "to_bytes", lambda *_: 1 / 0)
        assert not blank.work.autosave.save_now()
    assert saved(blank) == "✖ 保存时程序出错，草稿还没有保存。"
    assert faults == [ZeroDivisionError]
    assert not blank.work.autosave._retry.isActive()

    assert blank.work.autosave.save_now()
    assert on_disk(blank) == "出错"


def test_that_a_change_made_while_a_save_is_running_is_saved_too(
    blank: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    slow, begun = threading.Event(), threading.Event()
    real = files._write_and_verify

    def slowly(fresh: Path, data: bytes, mode: int) -> None:
        begun.set()
        slow.wait(5)
        real(fresh, data, mode)

    monkeypatch.setattr(files, "_write_and_verify", slowly)
    blank.work.autosave._pause.setInterval(10)
    write(blank, "先")
    qtbot.waitUntil(begun.is_set)
    write(blank, "后")
    qtbot.wait(40)  # the pause is over, the disk is not
    assert blank.work.autosave.unsaved
    slow.set()

    qtbot.waitUntil(lambda: not blank.work.autosave.unsaved)
    assert on_disk(blank) == "先后"


def test_that_a_refused_save_is_tried_again_by_itself(
    blank: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    blank.work.autosave._retry.setInterval(20)
    write(blank, "等磁盘")
    with full_disk(monkeypatch):
        for _ in range(3):
            assert not blank.work.autosave.save_now()

    qtbot.waitUntil(lambda: not blank.work.autosave.unsaved)
    assert on_disk(blank) == "等磁盘"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")
def test_that_a_draft_goes_on_in_another_place_with_its_history_of_edits(
    blank: MainWindow, home: Path
) -> None:
    old, new = path_of(blank), home / "U盘" / "年报.json"
    write(blank, "换个地方")
    shutil.rmtree(old.parent)

    assert blank.work.desk.move_to(new)

    assert path_of(blank) == new
    assert on_disk(blank) == "换个地方"
    assert blank.bridge.session.undo_name
    assert blank.work.autosave.save_now()
    assert not old.exists()


def test_that_a_place_that_cannot_be_used_leaves_the_draft_where_it_is(
    blank: MainWindow, home: Path, dialogs: Dialogs
) -> None:
    old = path_of(blank)
    (home / "一个文件").write_bytes(b"")

    assert not blank.work.desk.move_to(home / "一个文件" / "年报.json")

    assert len(dialogs.said) == 1
    assert path_of(blank) == old


@pytest.mark.parametrize("leave", [True, False])
def test_that_closing_asks_where_saving_fails(
    blank: MainWindow, monkeypatch: pytest.MonkeyPatch, dialogs: Dialogs, leave: bool
) -> None:
    write(blank, "不能丢")
    dialogs.answer = leave
    with full_disk(monkeypatch):
        closed = blank.close()

    (question,) = dialogs.said
    assert "磁盘已满" in question
    assert "现在关闭会丢失" in question
    assert closed is leave
    if not leave:
        assert blank.bridge.report.text("overview") == "不能丢"
        assert blank.work.autosave.save_now()
        assert on_disk(blank) == "不能丢"


def test_that_opening_another_draft_asks_where_saving_fails(
    blank: MainWindow, monkeypatch: pytest.MonkeyPatch, dialogs: Dialogs
) -> None:
    other = path_of(blank).with_name("另一份.json")
    other.write_bytes(path_of(blank).read_bytes())
    write(blank, "不能丢")
    dialogs.answer = False
    with full_disk(monkeypatch):
        blank.open_draft(other)
        blank.work.desk.copy_of(other, "副本")
    assert len(dialogs.said) == 2
    assert blank.bridge.report.text("overview") == "不能丢"


@pytest.mark.parametrize("closing", [False, True])
def test_that_a_file_somebody_else_wrote_is_kept_and_ours_saved_beside_it(
    blank: MainWindow, dialogs: Dialogs, closing: bool
) -> None:
    path = path_of(blank)
    theirs = path.read_bytes().replace("青石镇".encode(), "红石镇".encode())
    path.write_bytes(theirs)
    write(blank, "我们的")
    if closing:
        blank.close()
    else:
        assert blank.work.autosave.save_now()

    beside = path.with_name(f"{path.stem}（冲突 2）.json")
    assert path.read_bytes() == theirs
    assert load(beside).report.text("overview") == "我们的"
    (sentence,) = dialogs.said
    assert sentence.startswith("这份草稿在别处被改动过")
    assert str(beside) in sentence
    assert recent_drafts()[0] == beside
    if not closing:
        assert blank.bridge.path == beside
        assert saved(blank).endswith(beside.name)


def test_that_the_line_never_says_saved_while_something_is_not(
    blank: MainWindow,
) -> None:
    write(blank, "甲")
    assert blank.work.autosave.save_now()
    table(blank, "disputes").fill_zeros()
    assert "已保存" not in saved(blank)
    blank.bridge.session.choose_year(2020, blank.bridge.report.form)
    assert "已保存" not in saved(blank)
    assert blank.work.autosave.save_now()
    assert "已保存" in saved(blank)


def test_that_undo_is_saved_like_any_change(blank: MainWindow) -> None:
    write(blank, "会撤销")
    assert blank.work.autosave.save_now()
    blank.work.undoing.undo()
    assert blank.work.autosave.unsaved
    assert blank.work.autosave.save_now()
    assert on_disk(blank) == ""


def test_that_another_draft_is_not_told_of_in_the_colour_of_a_refused_save(
    blank: MainWindow, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    with full_disk(monkeypatch):
        write(blank, "写不进去")
        assert not blank.work.autosave.save_now()
        assert "color" in blank.status.saved.styleSheet()
        dialogs.answer = True  # close without what cannot be saved
        assert blank.work.desk.close()
    assert blank.status.saved.styleSheet() == ""
