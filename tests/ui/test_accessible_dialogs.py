"""The last step and the dialogs around it, heard instead of seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.drafts import DraftFile
from app.paths import documents
from app.recent import remember
from app.settings import Settings
from tests.reports import all_zeros, changed
from tests.ui.accessible import walk
from tests.ui.conftest import begin, review
from tests.ui.test_accessible import faults
from ui.crash_dialog import CrashDialog
from ui.history_dialog import HistoryDialog
from ui.succession_dialog import SuccessionDialog
from ui.window import MainWindow


@pytest.fixture
def two_years(window: MainWindow) -> MainWindow:
    """A window on a report with last year's beside it, saved twice."""
    last = changed(all_zeros(year=2025), {"cells": {"requests.received.person": 30}})
    begin(window, replace(all_zeros(), previous=last))
    for words in ("第一稿。", "第二稿。"):
        window.bridge.session.write("problems", words)
        assert window.work.autosave.save_now()
    return window


def unspoken(dialog: QDialog) -> list[str]:
    QApplication.processEvents()
    return [one for one in faults(dialog) if not one.startswith("place and value")]


def test_that_every_tab_of_the_last_step_is_spoken(two_years: MainWindow, qtbot: QtBot) -> None:
    page = review(two_years)
    for tab in range(page.tabs.count()):
        page.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        assert faults(two_years) == [], page.tabs.tabText(tab)
    qtbot.waitUntil(lambda: bool(page.preview.sheets), timeout=20_000)
    assert faults(two_years) == []


def test_that_a_difference_from_last_year_is_spoken_with_both_values(
    two_years: MainWindow,
) -> None:
    page = review(two_years)
    page.tabs.setCurrentIndex(1)
    spoken = {told.name for told in walk(page.changes)}
    assert "表三，一（新收），自然人，30，0，−30" in spoken


def test_that_the_export_is_spoken(two_years: MainWindow) -> None:
    dialog = review(two_years).export_dialog()
    assert unspoken(dialog) == []
    names = {told.name for told in walk(dialog)}
    assert {"导出到文件夹", "导出PDF 报告"} <= names
    dialog.close()


def test_that_earlier_states_are_spoken(two_years: MainWindow, qtbot: QtBot) -> None:
    assert two_years.bridge.path
    dialog = HistoryDialog(two_years.bridge.report, two_years.bridge.path, two_years)
    dialog.open()
    qtbot.waitUntil(lambda: "正在" not in dialog.told.text())
    assert unspoken(dialog) == []
    dialog.reject()


def test_that_the_choice_of_last_years_draft_is_spoken(window: MainWindow) -> None:
    path = documents() / "2025.json"
    file = DraftFile(path)
    file.save(all_zeros(year=2025))
    file.close()
    remember(path)
    dialog = SuccessionDialog(Settings(), path, window)
    dialog.open()
    assert unspoken(dialog) == []
    dialog.reject()


def test_that_a_report_of_a_fault_is_spoken(window: MainWindow, home: Path) -> None:
    dialog = CrashDialog("坏了。", "ValueError\n", "继续(&G)", "关闭(&X)", window)
    dialog.open()
    assert unspoken(dialog) == []
    dialog.close()
