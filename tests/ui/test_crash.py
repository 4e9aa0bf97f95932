"""When something breaks: saved first, noted without what was filled in, told once."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import files
from app.drafts import load
from tests.ui.conftest import Dialogs, Key, press, table, text
from ui import widgets
from ui.crash import MOST_REPORTS, CrashGuard
from ui.window import MainWindow

SECRET = "张三的身份证号"


@pytest.fixture
def guarded(blank: MainWindow) -> Iterator[MainWindow]:
    """A window under the guard; the hooks are put back at the end."""
    hooks = sys.excepthook, threading.excepthook
    guard = CrashGuard(blank.autosave.save_now, lambda words: widgets.tell(blank, words))
    guard.install()
    yield blank
    sys.excepthook, threading.excepthook = hooks


def break_a_slot(window: MainWindow) -> None:
    """Make the next change fail in a slot, with what was typed in the exception."""

    def fail(_update: object) -> None:
        window.bridge.changed.disconnect(fail)
        raise ValueError(SECRET)

    window.bridge.changed.connect(fail)


def notes(home: Path) -> list[Path]:
    return sorted((home / "settings" / "crash").glob("*.txt"))


@pytest.mark.qt_no_exception_capture
def test_that_a_fault_in_a_slot_is_saved_noted_and_told_and_work_goes_on(
    guarded: MainWindow, dialogs: Dialogs, qtbot: QtBot, home: Path
) -> None:
    break_a_slot(guarded)
    text(guarded, "overview").editors["overview"].setFocus()
    press(guarded, "写")
    qtbot.waitUntil(lambda: len(dialogs.said) > 0)

    (sentence,) = dialogs.said
    (note,) = notes(home)
    assert "草稿已经保存，可以继续填写" in sentence
    assert str(note) in sentence
    content = note.read_text(encoding="utf-8")
    assert content.startswith("ValueError\n")
    assert "fail" in content
    assert SECRET not in content
    assert guarded.bridge.path
    assert load(guarded.bridge.path).report.text("overview") == "写"

    press(guarded, "下去")
    assert guarded.bridge.report.text("overview") == "写下去"
    page = table(guarded, "disputes")
    press(guarded, "1", Key.Key_Return)
    assert page.view.form_model.data(page.view.form_model.index(0, 0)) == "1"


@pytest.mark.qt_no_exception_capture
def test_that_faults_while_one_is_being_told_are_only_noted(
    guarded: MainWindow,
    dialogs: Dialogs,
    qtbot: QtBot,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def tell_and_break(_parent: object, words: str) -> None:
        dialogs.said.append(words)
        if len(dialogs.said) == 1:
            sys.excepthook(KeyError, KeyError(SECRET), None)
            qtbot.wait(30)

    monkeypatch.setattr(widgets, "tell", tell_and_break)
    sys.excepthook(ValueError, ValueError(SECRET), None)
    qtbot.waitUntil(lambda: len(dialogs.said) > 0)
    qtbot.wait(50)

    assert len(dialogs.said) == 1
    assert len(notes(home)) == 2


@pytest.mark.qt_no_exception_capture
def test_that_a_fault_in_a_thread_is_told_in_the_thread_of_the_window(
    guarded: MainWindow, dialogs: Dialogs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    monkeypatch.setattr(widgets, "tell", lambda *_: threads.append(threading.current_thread()))
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(threads) > 0)
    assert threads == [threading.main_thread()]


@pytest.mark.qt_no_exception_capture
def test_that_the_clerk_is_not_told_of_a_save_that_failed_as_if_it_had_not(
    guarded: MainWindow, dialogs: Dialogs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    text(guarded, "overview").editors["overview"].setFocus()
    press(guarded, "写")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "_write_and_verify", refuse)
        sys.excepthook(ValueError, ValueError(), None)
        qtbot.waitUntil(lambda: len(dialogs.said) > 0)

    assert "已经保存" not in dialogs.said[0]
    assert "草稿没有保存成功" in dialogs.said[0]


def test_that_only_the_latest_notes_are_kept(home: Path) -> None:
    guard = CrashGuard(lambda: True, lambda _: None)
    written = [guard.note(ValueError, None) for _ in range(MOST_REPORTS + 3)]
    assert notes(home) == written[3:]
