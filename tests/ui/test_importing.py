"""This year's report from last year's Word or Excel file: read aside, told, and never guessed."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.drafts import load
from app.importing import Wanted, child
from app.paths import documents
from app.settings import Settings
from tests.importing.reading import exported
from tests.reports import all_zeros, at, changed
from tests.ui.conftest import Key, Modifier, at_dialog, let_run, press
from tests.ui.test_accessible_dialogs import unspoken
from ui.succession_dialog import FILTER, SuccessionDialog
from ui.window import MainWindow

LAST = {"requests.carried_out.person": 2, "disclosure.normative.in_force": 7}
HANGING = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def paper(home: Path) -> Path:
    """Last year's report as a web page."""
    report = changed(all_zeros(year=2025), {"cells": LAST, "text": {"overview": "2025年培训3次。"}})
    report = replace(report, date=date(2026, 1, 12))
    path = home / "上年.html"
    path.write_bytes(exported(report, "html"))
    return path


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> SuccessionDialog:
    """The dialog with nothing chosen."""
    made = SuccessionDialog(Settings(), None, window, Wanted(year_otherwise=2025))
    made.open()
    qtbot.waitExposed(made)
    return made


def read(dialog: SuccessionDialog, path: Path, qtbot: QtBot) -> list[str]:
    """What is told of a file when it has been read."""
    dialog.take(path)
    qtbot.waitUntil(lambda: not dialog.stop_button.isVisible(), timeout=20_000)
    return dialog.told.text().splitlines()


def account(dialog: SuccessionDialog) -> list[str]:
    """What is told of the tables."""
    assert dialog.account.isVisible()
    told: str = dialog.account.toPlainText()
    return told.splitlines()


def test_that_a_file_of_another_program_is_read_and_told_table_by_table(
    dialog: SuccessionDialog, paper: Path, qtbot: QtBot
) -> None:
    told = read(dialog, paper, qtbot)
    assert told[:3] == [
        "新建：青石镇人民政府 2026 年度，2021年格式。带入（来自上年）：",
        "· 表二 现行有效件数：行政规范性文件 7",
        "· 表三 二（上年结转）：自然人 2，其余 5 格为 0",
    ]
    assert "表三 申请情况（应填 144 格）：读到 144 格，另有总计 31 格。" in account(dialog)
    assert unspoken(dialog) == []
    assert dialog.create_button.isEnabled()
    report = dialog.report()
    assert report
    assert report.previous
    assert report.previous.text("overview") == "2025年培训3次。"
    dialog.reject()


def test_that_what_was_not_read_is_told(
    dialog: SuccessionDialog, paper: Path, qtbot: QtBot
) -> None:
    page = paper.read_text("utf-8").replace("行政强制", "行政奖励")
    paper.write_text(page, "utf-8")
    read(dialog, paper, qtbot)
    assert any("没有读到的：表二 · 行政强制" in line for line in account(dialog))
    dialog.reject()


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "文件是空的"), (bytes.fromhex("D0CF11E0A1B11AE1"), "旧版"), (b"%PDF-1.7", "可能已损坏")],
)
def test_that_a_file_that_cannot_be_read_is_told_and_makes_no_report(
    dialog: SuccessionDialog, home: Path, qtbot: QtBot, data: bytes, why: str
) -> None:
    (home / "上年.doc").write_bytes(data)
    (told,) = read(dialog, home / "上年.doc", qtbot)
    assert told.startswith("✖ “上年.doc”没有读入：")
    assert why in told
    assert not dialog.create_button.isEnabled()
    assert dialog.report() is None
    dialog.reject()


def test_that_reading_can_be_stopped_by_keyboard_and_the_dialog_lives_meanwhile(
    dialog: SuccessionDialog, paper: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "this_program", lambda: HANGING)
    dialog.take(paper)
    assert dialog.progress.isVisible()
    assert dialog.told.text() == "正在读“上年.html”…"
    qtbot.waitUntil(dialog.stop_button.hasFocus)
    assert unspoken(dialog) == []
    press(dialog, Key.Key_Space)
    assert dialog.told.text() == "已停止，什么都没有读入。"
    assert not dialog.progress.isVisible()
    assert not dialog.create_button.isEnabled()
    dialog.reject()


def test_that_closing_the_dialog_ends_the_reading(
    dialog: SuccessionDialog, paper: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "this_program", lambda: HANGING)
    dialog.take(paper)
    dialog.reject()
    assert not dialog.isVisible()
    let_run(50)
    assert dialog.report() is None


def test_that_a_file_chosen_meanwhile_counts_and_not_the_first(
    dialog: SuccessionDialog, paper: Path, home: Path, qtbot: QtBot
) -> None:
    other = home / "红石乡.html"
    report = replace(all_zeros(year=2025), organ="红石乡人民政府", date=date(2026, 1, 12))
    other.write_bytes(exported(report, "html"))
    dialog.take(paper)
    told = read(dialog, other, qtbot)
    assert told[0].startswith("新建：红石乡人民政府")
    dialog.reject()


def test_that_a_report_that_does_not_say_its_year_is_taken_as_last_years(
    dialog: SuccessionDialog, paper: Path, qtbot: QtBot
) -> None:
    page = paper.read_text("utf-8").replace("2025", "").replace("2026年1月12日", "")
    paper.write_text(page, "utf-8")
    read(dialog, paper, qtbot)
    assert "看不出是哪一年的报告，按 2025 年度读入。" in account(dialog)
    assert dialog.create_button.text() == "新建 2026 年度报告(&N)"
    dialog.reject()


def test_that_all_of_it_is_done_by_keyboard_from_the_first_page(
    window: MainWindow, paper: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(*arguments: str) -> tuple[str, str]:
        asked.append(arguments[3])
        return str(paper), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)

    def act(dialog: SuccessionDialog) -> None:
        press(dialog, Key.Key_O, modifier=Modifier.AltModifier)
        qtbot.waitUntil(dialog.create_button.isEnabled, timeout=20_000)
        qtbot.waitUntil(dialog.create_button.hasFocus)
        press(dialog, Key.Key_Return)
        qtbot.waitUntil(lambda: not dialog.isVisible())

    at_dialog(SuccessionDialog, act)
    press(window, Key.Key_L, modifier=Modifier.AltModifier)
    qtbot.waitUntil(lambda: window.bridge.draft is not None)
    assert asked == [FILTER]
    report = window.bridge.report
    assert (report.year, report.cells[at("requests.carried_in.person")]) == (2026, 2)
    assert window.bridge.path
    assert load(window.bridge.path).report.previous == report.previous
    assert documents() in window.bridge.path.parents


def test_that_the_account_fits_on_a_small_screen(
    dialog: SuccessionDialog, paper: Path, qtbot: QtBot
) -> None:
    page = paper.read_text("utf-8").replace("行政强制", "行政奖励").replace(">0<", ">约3<")
    paper.write_text(page, "utf-8")
    read(dialog, paper, qtbot)
    let_run(50)
    room = QApplication.primaryScreen().availableSize()
    assert dialog.frameGeometry().height() <= room.height()
    assert dialog.create_button.isVisible()
    assert dialog.rect().contains(dialog.create_button.geometry())
    dialog.reject()
