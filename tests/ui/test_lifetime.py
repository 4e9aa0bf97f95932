"""Beginning and ending, many times over: nothing is left behind and nothing is said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.paths import examples
from tests.ui.conftest import Key, children, press, review, table, text
from ui import widgets
from ui.crash_dialog import CrashDialog
from ui.history_dialog import HistoryDialog
from ui.succession_dialog import SuccessionDialog
from ui.window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
CYCLES = """
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.drafts import load
from tests.ui.conftest import Key, press, table
from ui.main import blank_report, make_application
from ui.window import MainWindow

application = make_application()
path = None
for number in range(50):
    window = MainWindow(blank_report())
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    if path is None:
        window.bridge.session.name_organ("青石镇人民政府")
        assert window.work.desk.create()
        path = window.bridge.path
    else:
        window.open_draft(path)
    table(window, "disputes")
    press(window, str(number), Key.Key_Tab)
    if number % 2:
        window.rail.open("overview")
    assert window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
print(next(iter(load(path).report.cells.values())))
"""


def test_that_fifty_windows_opened_edited_and_closed_end_without_a_word(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "GONGKAI_HOME": str(tmp_path),
        "PYTHONUTF8": "1",
    }
    ended = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", CYCLES],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        cwd=ROOT,
        check=False,
    )
    said = [line for line in ended.stderr.splitlines() if "propagateSizeHints" not in line]
    assert said == []
    assert (ended.returncode, ended.stdout) == (0, "49\n")


def widgets_left() -> int:
    """How many widgets there are once all that is to be deleted is."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return len(QApplication.allWidgets())


def objects_below(window: MainWindow) -> int:
    widgets_left()
    return len(children(window, QWidget))


def open_and_look(window: MainWindow) -> None:
    """Open a draft and every page of it, and put it away."""
    assert window.work.desk.copy_of(examples() / "practice-2026.json", "练习")
    text(window, "overview")
    for what in ("guide", "last_year", "numbers"):
        assert text(window, "overview").help_write(what)
    assert text(window, "problems").help_write("guide")
    press(window, "公开慢", Key.Key_Return)
    table(window, "requests")
    press(window, "5", Key.Key_Return, Key.Key_F8)
    review(window)
    window.work.desk.close()


def test_that_thirty_drafts_opened_and_closed_leave_no_widget_behind(window: MainWindow) -> None:
    open_and_look(window)
    before = widgets_left(), objects_below(window)
    for _ in range(30):
        open_and_look(window)
    assert (widgets_left(), objects_below(window)) == before


def at_the_dialog(do: Callable[[QMessageBox], None]) -> None:
    """Do something at the dialog that comes up next."""

    def act() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        do(box)

    QTimer.singleShot(0, act)


@pytest.fixture
def parent(qtbot: QtBot, dressed: QApplication) -> QWidget:
    """A window that dialogs come up over."""
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def test_that_thirty_dialogs_leave_no_widget_behind(parent: QWidget) -> None:
    def show_both() -> None:
        at_the_dialog(lambda box: QTest.keyClick(box, Key.Key_Escape))
        widgets.tell(parent, "说一句。")
        at_the_dialog(lambda box: QTest.keyClick(box, Key.Key_Escape))
        widgets.ask(parent, "问一句？", "是", "否")

    show_both()
    before = widgets_left()
    for _ in range(30):
        show_both()
    assert widgets_left() == before


def test_that_thirty_openings_of_each_dialog_leave_no_widget_behind(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.work.desk.copy_of(examples() / "practice-2026.json", "练习")
    path = window.bridge.path
    assert path

    def show_each() -> None:
        for dialog in (
            SuccessionDialog(window.bridge.settings, path, window),
            HistoryDialog(window.bridge.report, path, window),
            CrashDialog("坏了。", "ValueError", "继续", "关闭", window),
        ):
            dialog.open()
            dialog.reject()
            dialog.deleteLater()
        export = review(window).export_dialog()
        export.close()

    show_each()
    before = widgets_left()
    for _ in range(30):
        show_each()
    assert widgets_left() == before


def test_that_a_dialog_shows_its_text_as_it_is_and_escape_means_no(parent: QWidget) -> None:
    shown: list[str] = []

    def look_and(key: Key) -> Callable[[QMessageBox], None]:
        def act(box: QMessageBox) -> None:
            shown.extend(one.text() for one in children(box, QLabel) if one.text())
            assert "<b>原样</b>" in box.text()
            QTest.keyClick(box, key)

        return act

    at_the_dialog(look_and(Key.Key_Escape))
    assert not widgets.ask(parent, "<b>原样</b>？", "是", "否")
    at_the_dialog(look_and(Key.Key_Return))
    assert widgets.ask(parent, "<b>原样</b>？", "是", "否")
    assert shown == ["<b>原样</b>？"] * 2


def test_that_the_answer_is_the_button_that_was_pressed(parent: QWidget) -> None:
    def press_button(name: str) -> Callable[[QMessageBox], None]:
        def act(box: QMessageBox) -> None:
            next(one for one in children(box, QPushButton) if one.text() == name).click()

        return act

    for name, answer in (("是", True), ("否", False)):
        at_the_dialog(press_button(name))
        assert widgets.ask(parent, "？", "是", "否") is answer
