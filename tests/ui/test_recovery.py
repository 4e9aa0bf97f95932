"""The start after a program that ended badly: one question, once, with both times."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.drafts import DraftFile, load
from app.running import Ended, ended_badly
from tests.reports import all_zeros
from tests.ui.conftest import Dialogs, children
from ui.crash_dialog import CrashDialog
from ui.recovery import NOT_NOW, RESUME, ask_after_crash
from ui.window import MainWindow

Answer = Callable[[str], list[str]]


@pytest.fixture
def draft(home: Path) -> Path:
    """A draft that a program worked on."""
    path = home / "青石镇.json"
    file = DraftFile(path)
    file.save(all_zeros())
    file.save(all_zeros().with_text("overview", "最后保存的话"))
    file.close()
    return path


@pytest.fixture
def answer() -> Answer:
    """Answer the next dialog by the button of this word, and tell what it said."""

    def prepared(word: str) -> list[str]:
        said: list[str] = []

        def act() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, CrashDialog)
            said.extend(one.text() for one in children(dialog, QLabel))
            said.append(dialog.report.toPlainText())
            next(one for one in children(dialog, QPushButton) if one.text() == word).click()

        QTimer.singleShot(0, act)
        return said

    return prepared


def ended(draft: Path | None, said: str = "") -> list[Ended]:
    return [Ended(draft, "2027-01-08 13:20:05", said)]


@pytest.mark.parametrize("accepted", [True, False])
def test_that_one_question_tells_both_times_and_opens_the_draft_or_not(
    window: MainWindow, draft: Path, dialogs: Dialogs, accepted: bool
) -> None:
    dialogs.answer = accepted
    ask_after_crash(window, ended(draft))
    (question,) = dialogs.said
    assert "“青石镇”，2027-01-08 13:20:05 打开" in question
    assert f"最后一次保存是 {load(draft).saved_at}" in question
    assert (window.bridge.path == draft) is accepted


def test_that_what_broke_the_interpreter_is_shown_with_the_question(
    window: MainWindow, draft: Path, dialogs: Dialogs, home: Path, answer: Answer
) -> None:
    said = answer(RESUME)
    fault = f'Fatal Python error: Segmentation fault\n  File "{Path.home()}/张三/x.py", line 3'
    ask_after_crash(window, ended(draft, fault))
    assert any("最后一次保存是" in one for one in said[:-1])
    assert "Segmentation fault" in said[-1]
    assert str(Path.home()) not in said[-1]
    assert "张三" not in said[-1]
    assert window.bridge.path == draft
    (noted,) = (home / "settings" / "crash").glob("*.txt")
    assert noted.read_text(encoding="utf-8") == said[-1]
    assert not dialogs.said


def test_that_the_draft_stays_closed_where_the_clerk_would_rather(
    window: MainWindow, draft: Path, answer: Answer
) -> None:
    answer(NOT_NOW)
    ask_after_crash(window, ended(draft, "Fatal Python error: Aborted"))
    assert window.bridge.draft is None


def test_that_of_a_damaged_draft_only_the_question_on_the_damage_is_asked(
    window: MainWindow, draft: Path, dialogs: Dialogs
) -> None:
    draft.write_bytes(draft.read_bytes()[:500])
    ask_after_crash(window, ended(draft))
    (question,) = dialogs.said
    assert "可以打开最近一次完好的保存" in question
    assert window.bridge.path == draft


@pytest.mark.parametrize("gone", [True, False])
def test_that_without_a_draft_to_go_on_with_nothing_is_asked(
    window: MainWindow, home: Path, dialogs: Dialogs, gone: bool
) -> None:
    ask_after_crash(window, ended(home / "没有了.json" if gone else None))
    assert not dialogs.said


def test_that_nothing_is_asked_where_another_draft_was_opened_by_name(
    blank: MainWindow, draft: Path, dialogs: Dialogs
) -> None:
    ask_after_crash(blank, ended(draft))
    assert not dialogs.said


PROGRAM = """
    import os, signal, sys
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget
    from ui import later, main, widgets, window
    from ui.crash_dialog import CrashDialog
    what, draft = sys.argv[1:]
    widgets.ask = lambda _parent, text, *_: print("asked", text.split(chr(10))[0], flush=True)

    class Sulking(QWidget):
        def paintEvent(self, event):
            raise ValueError("张三")

    def leave():
        box = QApplication.activeModalWidget()
        if isinstance(box, CrashDialog):
            print("shown", box.report.toPlainText().count("ValueError"), flush=True)
            box.leave_button.click()
        else:
            QTimer.singleShot(50, leave)

    def act(shown):
        shown.bridge.session.write("overview", "出事前的话")
        match what:
            case "kill":
                shown.work.autosave.save_now()
                os.kill(os.getpid(), signal.SIGKILL)
            case "segfault":
                shown.work.autosave.save_now()
                import ctypes
                ctypes.string_at(0)
            case "paint":
                QTimer.singleShot(50, leave)
                Sulking(shown).show()
            case "close":
                shown.close()
            case "look":
                shown.close()

    if what == "start":
        window.MainWindow._arrange = lambda self: 1 / 0
        main.MainWindow = window.MainWindow
        CrashDialog.ask = lambda self: print("told", self.report.toPlainText().count("_arrange"))
        sys.exit(main.main([]))
    begin = main._begin

    def begin_and_act(shown, *rest):
        begin(shown, *rest)
        later.soon(shown, lambda: later.soon(shown, lambda: act(shown)))

    main._begin = begin_and_act
    sys.exit(main.main([] if what == "look" else [draft]))
"""


def run(what: str, draft: Path) -> subprocess.CompletedProcess[str]:
    home = {**os.environ, "GONGKAI_HOME": str(draft.parent), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), what, str(draft)],
        capture_output=True,
        text=True,
        timeout=20,
        env=home,
        check=False,
        cwd=Path(__file__).parents[2],
    )


def test_that_a_program_that_ended_well_asks_nothing_at_the_next_start(draft: Path) -> None:
    assert run("close", draft).returncode == 0
    assert ended_badly() == []
    assert load(draft).report.text("overview") == "出事前的话"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_that_a_killed_program_is_asked_about_once(draft: Path) -> None:
    assert run("kill", draft).returncode == -signal.SIGKILL
    assert run("look", draft).stdout.splitlines() == [
        "asked 上次程序没有正常关闭（可能是断电或死机）。"
    ]
    assert run("look", draft).stdout == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_that_a_crash_below_python_is_written_down_for_the_next_start(draft: Path) -> None:
    assert run("segfault", draft).returncode == -signal.SIGSEGV
    (one,) = ended_badly()
    assert one.draft == draft
    assert one.said.startswith("Fatal Python error: Segmentation fault")


def test_that_a_paint_event_that_fails_in_the_real_program_saves_tells_and_lets_one_leave(
    draft: Path,
) -> None:
    done = run("paint", draft)
    assert (done.returncode, done.stdout) == (0, "shown 1\n"), done.stderr
    assert load(draft).report.text("overview") == "出事前的话"
    (noted,) = (draft.parent / "settings" / "crash").glob("*.txt")
    assert "张三" not in noted.read_text(encoding="utf-8").replace('raise ValueError("张三")', "")
    assert ended_badly() == []


def test_that_a_window_that_cannot_be_made_is_told_and_ends_the_program(draft: Path) -> None:
    done = run("start", draft)
    assert (done.returncode, done.stdout) == (2, "told 1\n"), done.stderr
    assert ended_badly() == []
