"""The system asks the program to end: it saves and goes, whatever is open."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.drafts import DraftFile, load
from tests.reports import all_zeros

WITH_A_DIALOG = """
import sys
from PySide6.QtCore import QTimer
from ui import main, widgets
from ui.window import MainWindow

def write_and_ask(self):
    self.bridge.session.write("overview", "还没有保存的话")
    print("ready", flush=True)
    widgets.tell(self, "请看这里")

MainWindow.open_draft_before = MainWindow.open_draft
def open_draft(self, path):
    self.open_draft_before(path)
    QTimer.singleShot(0, lambda: write_and_ask(self))
MainWindow.open_draft = open_draft
sys.exit(main.main(sys.argv[1:]))
"""

COPY_AND_CLOSE = """
import sys
from PySide6.QtWidgets import QApplication
from ui import main
from ui.later import soon
from ui.window import MainWindow

MainWindow.open_draft_before = MainWindow.open_draft
def open_draft(self, path):
    self.open_draft_before(path)
    soon(self, lambda: copy_and_close(self))

def copy_and_close(window):
    if sys.argv[2] == "table":
        view = window.work.page("requests").view
        view.selectAll()
        view.sheet.copy()
    else:
        editor = window.work.page("overview").editor
        editor.selectAll()
        editor.copy()
    print(bool(QApplication.clipboard().text()), flush=True)
    window.close()

MainWindow.open_draft = open_draft
sys.exit(main.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("what", ["table", "text"])
def test_that_what_was_copied_last_does_not_break_the_end(tmp_path: Path, what: str) -> None:
    path = tmp_path / "草稿.json"
    file = DraftFile(path)
    file.save(all_zeros())
    file.close()
    ended = subprocess.run(
        [sys.executable, "-c", COPY_AND_CLOSE, str(path), what],
        capture_output=True,
        env={**os.environ, "GONGKAI_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "True\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_that_a_program_asked_to_end_saves_first_even_with_a_dialog_open(tmp_path: Path) -> None:
    path = tmp_path / "草稿.json"
    file = DraftFile(path)
    file.save(all_zeros())
    file.close()
    home = {**os.environ, "GONGKAI_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", WITH_A_DIALOG, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=home,
        text=True,
    ) as program:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
        program.send_signal(signal.SIGTERM)
        try:
            assert program.wait(10) == 0
        finally:
            program.kill()
    assert load(path).report.text("overview") == "还没有保存的话"
