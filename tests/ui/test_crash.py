"""When something breaks: saved first, noted without what was filled in, told once."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import (
    QMessageLogContext,
    QThreadPool,
    QTimer,
    QtMsgType,
    qCritical,
    qInstallMessageHandler,
    qWarning,
)
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import files
from app.drafts import load
from tests.ui.conftest import Dialogs, Key, children, press, table, text
from ui.crash import MOST_REPORTS, Broken, CrashGuard, Job, note
from ui.crash_dialog import CrashDialog
from ui.later import soon
from ui.recovery import GO_ON, LEAVE, tell_broken
from ui.window import MainWindow

ROOT = Path(__file__).parents[2]
SECRET = "张三的身份证号"


class Shown(list[Broken]):
    """What the clerk was shown; and how often the same came again."""

    again = 0

    def note_again(self, _saved: bool) -> None:
        self.again += 1


@pytest.fixture
def shown() -> Shown:
    """Stands for the clerk who is shown reports."""
    return Shown()


@pytest.fixture
def guarded(blank: MainWindow, shown: Shown) -> Iterator[MainWindow]:
    """A window under the guard; the hooks are put back at the end."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    handler = qInstallMessageHandler(None)
    guard = CrashGuard(blank.work.autosave.save_now, shown.append, shown.note_again)
    guard.install()
    yield blank
    guard.remove()
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    qInstallMessageHandler(handler)


def fail(*_: object) -> None:
    raise ValueError(SECRET)


class Sulking(QWidget):
    """A widget that cannot be painted."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        fail()


def in_a_slot(window: MainWindow) -> None:
    button = QPushButton(window)
    button.clicked.connect(fail)
    button.click()


def in_a_timer(window: MainWindow) -> None:
    soon(window, fail)


def in_a_thread(_window: MainWindow) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def in_a_job(_window: MainWindow) -> None:
    QThreadPool.globalInstance().start(Job(fail))


def in_a_paint_event(window: MainWindow) -> None:
    sulking = Sulking(window)
    sulking.resize(20, 20)
    sulking.show()


def in_a_listener(window: MainWindow) -> None:
    window.bridge.changed.connect(fail)
    window.bridge.session.entitle("标题")
    window.bridge.changed.disconnect(fail)


def in_a_finaliser(_window: MainWindow) -> None:
    class Leaving:
        def __del__(self) -> None:
            fail()

    Leaving()


def in_qt_itself(_window: MainWindow) -> None:
    qCritical(f"QThing: {SECRET}")


BREAKING = [
    in_a_slot,
    in_a_timer,
    in_a_thread,
    in_a_job,
    in_a_paint_event,
    in_a_listener,
    in_a_finaliser,
    in_qt_itself,
]


def notes(home: Path) -> list[Path]:
    return sorted((home / "settings" / "crash").glob("*.txt"))


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("breaking", BREAKING)
def test_that_wherever_it_breaks_the_draft_is_saved_and_a_report_without_contents_shown(
    guarded: MainWindow,
    shown: Shown,
    qtbot: QtBot,
    home: Path,
    breaking: Callable[[MainWindow], None],
) -> None:
    text(guarded, "overview").editors["overview"].setFocus()
    press(guarded, "写")
    assert guarded.work.autosave.unsaved

    breaking(guarded)
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.wait(30)

    (broken,) = shown
    assert broken.saved
    assert guarded.bridge.path
    assert load(guarded.bridge.path).report.text("overview") == "写"
    assert notes(home) == [broken.noted]
    assert broken.noted.read_text(encoding="utf-8") == broken.report
    assert SECRET not in broken.report
    assert "ValueError" in broken.report or "QThing" in broken.report
    for widget in children(guarded, Sulking):
        widget.hide()

    press(guarded, "下去")
    assert guarded.bridge.report.text("overview") == "写下去"
    page = table(guarded, "disputes")
    press(guarded, "1", Key.Key_Return)
    assert page.view.form_model.data(page.view.form_model.index(0, 0)) == "1"


def test_that_no_timer_is_used_in_which_exceptions_are_lost() -> None:
    """PySide swallows what is raised in `QTimer.singleShot` with an owner."""
    sources = [one for one in (ROOT / "ui").rglob("*.py") if one.name != "later.py"]
    assert [one.name for one in sources if "QTimer.singleShot(" in one.read_text("utf-8")] == []


@pytest.mark.qt_no_exception_capture
def test_that_a_fault_at_every_repaint_is_told_once(
    guarded: MainWindow, shown: Shown, qtbot: QtBot, home: Path
) -> None:
    sulking = Sulking(guarded)
    sulking.resize(20, 20)
    sulking.show()
    for _ in range(30):
        sulking.update()
        qtbot.wait(2)
    sulking.hide()
    assert len(shown) == 1
    assert len(notes(home)) == 1
    assert shown.again > 5


@pytest.mark.qt_no_exception_capture
def test_that_faults_while_one_is_being_told_are_only_noted(
    blank: MainWindow, qtbot: QtBot, home: Path
) -> None:
    told: list[Broken] = []

    def show(broken: Broken) -> None:
        told.append(broken)
        guard.caught(KeyError, KeyError(SECRET), None)
        qtbot.wait(30)

    guard = CrashGuard(blank.work.autosave.save_now, show)
    guard.caught(ValueError, ValueError(SECRET), None)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(30)
    assert len(told) == 1
    assert len(notes(home)) == 2


@pytest.mark.qt_no_exception_capture
def test_that_a_fault_in_a_thread_is_told_in_the_thread_of_the_window(
    blank: MainWindow, qtbot: QtBot
) -> None:
    threads: list[threading.Thread] = []
    guard = CrashGuard(bool, lambda _: threads.append(threading.current_thread()))
    thread = threading.Thread(target=lambda: guard.caught(ValueError, None, None))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]


@pytest.mark.qt_no_exception_capture
def test_that_what_qt_said_before_stands_in_the_next_report(
    guarded: MainWindow, shown: Shown, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    qWarning(f"QObject::connect: no such slot {SECRET}")
    qtbot.wait(10)
    assert not shown
    assert "no such slot" in capsys.readouterr().err
    in_a_slot(guarded)
    qtbot.waitUntil(lambda: bool(shown))
    assert "QObject::connect: no such slot …" in shown[0].report
    assert "Qt 6." in shown[0].report


def test_that_the_draft_is_saved_before_qt_ends_the_program(
    blank: MainWindow, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guard = CrashGuard(blank.work.autosave.save_now, bool)
    blank.bridge.session.write("overview", "最后的话")
    guard.hear(QtMsgType.QtFatalMsg, QMessageLogContext(), "no way to go on")
    assert blank.bridge.path
    assert load(blank.bridge.path).report.text("overview") == "最后的话"
    assert "no way to go on" in notes(home)[0].read_text(encoding="utf-8")
    assert capsys.readouterr().err


@pytest.mark.qt_no_exception_capture
def test_that_a_save_that_failed_is_told_as_such(
    guarded: MainWindow, shown: Shown, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    text(guarded, "overview").editors["overview"].setFocus()
    press(guarded, "写")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "_write_and_verify", refuse)
        in_a_slot(guarded)
        qtbot.waitUntil(lambda: bool(shown))
    assert not shown[0].saved


def test_that_only_the_latest_notes_are_kept(home: Path) -> None:
    written = [note("x") for _ in range(MOST_REPORTS + 3)]
    assert notes(home) == written[3:]


# ── The dialog ──


@pytest.fixture
def answer(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Answer the next dialog by the button of this word, and tell what it said."""

    def prepared(word: str) -> list[str]:
        said: list[str] = []

        def act() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, CrashDialog)
            said.extend(one.text() for one in children(dialog, QLabel))
            buttons = {one.text(): one for one in children(dialog, QPushButton)}
            buttons[word].click()

        QTimer.singleShot(0, act)
        return said

    return prepared


def broken(home: Path, *, saved: bool = True) -> Broken:
    return Broken("ValueError\n", home, saved)


def test_that_the_clerk_may_go_on(
    blank: MainWindow, home: Path, answer: Callable[[str], list[str]]
) -> None:
    left: list[int] = []
    said = answer(GO_ON)
    tell_broken(blank, broken(home), lambda: left.append(1))
    assert said[0] == "程序出了一个意外错误。草稿已经保存，可以继续填写。"
    assert not left
    assert blank.isVisible()


def test_that_the_clerk_may_close_the_program(
    blank: MainWindow, home: Path, answer: Callable[[str], list[str]]
) -> None:
    left: list[int] = []
    answer(LEAVE)
    tell_broken(blank, broken(home), lambda: left.append(1))
    assert left == [1]


def test_that_closing_asks_once_more_where_the_draft_is_not_saved(
    blank: MainWindow,
    home: Path,
    answer: Callable[[str], list[str]],
    dialogs: Dialogs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    dialogs.answer = False
    blank.bridge.session.write("overview", "没存下的话")
    with monkeypatch.context() as patch:
        patch.setattr(files, "_write_and_verify", refuse)
        assert not blank.work.autosave.save_now()
        said = answer(LEAVE)
        tell_broken(blank, broken(home, saved=False), lambda: pytest.fail("left"))
    assert "草稿没有保存成功" in said[0]
    assert "磁盘已满" in said[0]
    assert "现在关闭会丢失" in dialogs.said[0]
    assert blank.isVisible()


def test_that_the_report_can_be_copied_and_saved(
    blank: MainWindow, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = CrashDialog("坏了。", "ValueError\n", GO_ON, LEAVE, blank)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "ValueError\n"
    assert dialog.state.text() == "✓ 已复制"

    target = home / "给技术支持.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog.save_button.click()
    assert target.read_text() == "ValueError\n"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(home / "无" / "x"), ""))
    dialog.save_button.click()
    assert dialog.state.text().startswith("✖ 没有保存“x”")
    dialog.deleteLater()


def test_that_the_dialog_is_answered_by_keyboard_and_escape_means_to_go_on(
    blank: MainWindow, qtbot: QtBot
) -> None:
    answers = []
    for keys in ([Key.Key_Return], [Key.Key_Escape], [Key.Key_Backtab, Key.Key_Space]):
        dialog = CrashDialog("坏了。", "ValueError\n", GO_ON, LEAVE, blank)
        dialog.open()
        qtbot.waitUntil(dialog.go_on_button.hasFocus)
        press(dialog, *keys)
        answers.append(dialog.answer)
        dialog.deleteLater()
    assert answers == [GO_ON, None, LEAVE]
