"""The window is there at once: nothing is loaded or made before it is needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.paths import examples
from app.report import Report
from tests.reports import form
from ui.window import MainWindow

PROGRAM = """
import os, sys
from PySide6 import QtWidgets
class Watch(QtWidgets.QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        qt = [sys.modules[f"PySide6.Qt{name}"] for name in ("Core", "Gui", "Widgets")]
        print(*sys.modules, *(name for module in qt for name in vars(module)), flush=True)
        os._exit(0)
QtWidgets.QMainWindow = Watch
from app.__main__ import main
main([])
"""
HEAVY = {
    *("openpyxl", "reportlab", "docx", "lxml", "PIL", "pypdfium2"),
    *("importlib.metadata", "platform", "hashlib", "decimal", "glob"),
    *("app.checks", "app.drafts", "app.session", "app.numbers", "ui.workplace", "ui.signals"),
    *("app.export", "app.importing", "app.side_help", "app.guidance", "app.taking"),
    *("app.checks.claims", "app.composition", "app.manual", "app.writing.guide", "app.commands"),
    *("ui.table_view", "ui.text_editor", "ui.preview", "ui.export_dialog", "ui.help_page"),
}
SLOW = {
    *("Qt", "QStyle", "QMessageBox", "QWizard", "QGraphicsView", "QFileDialog", "QIcon"),
    *("QKeySequence", "QPainter"),
}
"""Names of Qt with hundreds of others in them, or that come when PySide must guess what is meant.

`Qt` itself comes with the first of its enumerations: see `ui.by_name`.
"""
SETTLED_MS = 50
"""When all layouts have followed what was made."""


def test_that_nothing_heavy_is_loaded_before_the_window_is_painted() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    loaded = set(ended.stdout.split())
    assert "ui.window" in loaded
    assert loaded & HEAVY == set()
    assert loaded & SLOW == set()


def test_that_all_one_works_with_is_there_as_soon_as_the_window_has_been_painted(
    qtbot: QtBot, dressed: QApplication, home: Path
) -> None:
    window = MainWindow(Report(form("2021"), 2026))
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.furnished):
        window.show()
        as_painted = _middle(window)
    qtbot.wait(SETTLED_MS)
    assert _middle(window) == as_painted
    assert all(menu.actions() for menu in window.menus)
    assert window.focusWidget() is window.start.organ


def _middle(window: MainWindow) -> QRect:
    layout = window.layout()
    assert layout
    layout.activate()
    return window.centralWidget().geometry()


def test_that_a_draft_given_at_the_start_need_not_wait_for_that(
    qtbot: QtBot, dressed: QApplication, home: Path
) -> None:
    draft = shutil.copy(examples() / "qingshi-2026.json", home)
    window = MainWindow(Report(form("2021"), 2026))
    qtbot.addWidget(window)
    window.open_draft(Path(draft))
    window.show()
    assert window.bridge.draft
    assert window.rail.current_row() == 1
    assert window.close()


def test_that_a_window_can_be_closed_before_it_is_painted(
    qtbot: QtBot, dressed: QApplication, home: Path
) -> None:
    window = MainWindow(Report(form("2021"), 2026))
    qtbot.addWidget(window)
    assert window.close()
    assert window.save_now()
