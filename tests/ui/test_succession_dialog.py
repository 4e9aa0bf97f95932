"""This year's report from last year's draft: what is carried in is told, seen and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.drafts import DraftFile, load
from app.paths import documents
from app.recent import remember
from app.settings import Settings
from tests.reports import all_zeros, at, changed
from tests.ui.conftest import Dialogs, Key, Modifier, at_dialog, back_to, press, table, told
from ui.succession_dialog import SuccessionDialog
from ui.window import MainWindow

LAST = {"requests.carried_out.person": 2, "disclosure.normative.in_force": 7}


@pytest.fixture
def last(home: Path) -> Path:
    """Last year's draft among the recent ones."""
    report = changed(all_zeros(year=2025), {"cells": LAST, "text": {"overview": "2025年培训3次。"}})
    path = documents() / "青石镇2025年政府信息公开工作年度报告.json"
    file = DraftFile(path)
    file.save(report)
    file.close()
    remember(path)
    return path


@pytest.fixture
def dialog(last: Path, window: MainWindow, qtbot: QtBot) -> SuccessionDialog:
    """The dialog with last year's draft chosen."""
    made = SuccessionDialog(Settings(), last, window)
    made.open()
    qtbot.waitUntil(made.drafts.hasFocus)
    return made


def answering(do: Callable[[SuccessionDialog], object]) -> None:
    """Do something at the dialog that comes up next."""
    at_dialog(SuccessionDialog, do)


def test_that_what_will_be_carried_in_is_told_before(dialog: SuccessionDialog) -> None:
    assert dialog.told.text().splitlines() == [
        "新建：青石镇人民政府 2026 年度，2021年格式。带入（来自上年）：",
        "· 表二 现行有效件数：行政规范性文件 7",
        "· 表三 二（上年结转）：自然人 2，其余 5 格为 0",
    ]
    assert dialog.create_button.text() == "新建 2026 年度报告(&N)"
    dialog.reject()


def test_that_the_report_is_made_and_opened_with_a_file_of_its_own(
    last: Path, window: MainWindow
) -> None:
    before = last.read_bytes()
    answering(lambda dialog: dialog.create_button.click())
    window.work.errands.begin_from(str(last))

    report = window.bridge.report
    assert window.bridge.path == documents() / "青石镇2026年政府信息公开工作年度报告.json"
    assert report.cells[at("requests.carried_in.person")] == 2
    assert report.text("overview") == ""
    assert report.previous == load(last).report
    assert window.rail.current_row() == 1
    assert "已带入上年报告里的数字" in told(window)
    assert last.read_bytes() == before
    assert load(window.bridge.path).report == report


def test_that_a_figure_carried_in_is_marked_until_it_is_another(
    last: Path, window: MainWindow
) -> None:
    answering(lambda dialog: dialog.create_button.click())
    window.work.errands.begin_from(str(last))
    model = table(back_to(window), "requests").view.form_model
    index = model.index_of(at("requests.carried_in.person"))
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "表三，二（上年结转），自然人，2，来自 2025 年报"
    assert index.data(Qt.ItemDataRole.ToolTipRole).endswith("\n来自 2025 年报")

    window.bridge.session.type(at("requests.carried_in.person"), "3")
    assert "来自" not in index.data(Qt.ItemDataRole.AccessibleTextRole)
    window.work.undoing.undo()
    assert "来自 2025 年报" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_that_the_mark_is_painted_in_the_corner(last: Path, window: MainWindow) -> None:
    answering(lambda dialog: dialog.create_button.click())
    window.work.errands.begin_from(str(last))
    view = table(back_to(window), "requests").view
    corners = {}
    for address in ("requests.carried_in.person", "requests.received.business"):
        box = view.visualRect(view.form_model.index_of(at(address)))
        seen = view.viewport().grab(box).toImage()
        corners[address] = seen.pixelColor(3, 3).name()
    assert corners["requests.carried_in.person"] == "#1f5fa8"
    assert corners["requests.received.business"] != "#1f5fa8"


def test_that_texts_are_copied_only_where_that_is_asked_for_and_then_wait(
    last: Path, window: MainWindow
) -> None:
    def copy(dialog: SuccessionDialog) -> None:
        dialog.copy_text.click()
        dialog.create_button.click()

    answering(copy)
    window.work.errands.begin_from(str(last))
    report = window.bridge.report
    assert report.text("overview") == "2025年培训3次。"
    waiting = [one.quote for one in report.drafting.unconfirmed if one.part == "overview"]
    assert waiting == ["2025年", "3次"]


def test_that_all_of_it_is_done_by_keyboard(last: Path, window: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: SuccessionDialog) -> None:
        assert dialog.drafts.hasFocus()
        press(dialog, Key.Key_Home)
        press(dialog, Key.Key_Tab, Key.Key_Space)
        assert dialog.copy_text.isChecked()
        press(dialog, Key.Key_N, modifier=Modifier.AltModifier)
        qtbot.waitUntil(lambda: not dialog.isVisible())

    answering(act)
    press(window, Key.Key_L, modifier=Modifier.AltModifier)
    qtbot.waitUntil(lambda: window.bridge.draft is not None)
    assert window.bridge.report.year == 2026
    assert window.bridge.report.text("overview")


@pytest.mark.parametrize("data", [b"", b"{", b'{"schema": 99}'])
def test_that_a_draft_that_cannot_be_read_is_told_and_makes_no_report(
    dialog: SuccessionDialog, home: Path, data: bytes
) -> None:
    bad = home / "坏.json"
    bad.write_bytes(data)
    dialog.take(bad)
    assert dialog.told.text().startswith("✖ 草稿“坏.json”读不出来")
    assert not dialog.create_button.isEnabled()
    assert dialog.report() is None
    dialog.reject()


def test_that_another_file_can_be_taken(
    dialog: SuccessionDialog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = home / "红石乡.json"
    file = DraftFile(other)
    file.save(changed(all_zeros(year=2024), {"organ": "红石乡人民政府"}))
    file.close()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    dialog._browse()
    assert "红石乡人民政府 2025 年度" in dialog.told.text()
    made = dialog.report()
    assert made
    assert (made.organ, made.year) == ("红石乡人民政府", 2025)
    dialog.reject()


def test_that_a_draft_of_that_year_which_is_there_already_is_told(
    window: MainWindow, last: Path
) -> None:
    answering(lambda dialog: dialog.create_button.click())
    window.work.errands.begin_from(str(last))
    first = window.bridge.path
    said: list[str] = []

    def again(dialog: SuccessionDialog) -> None:
        said.append(dialog.told.text())
        dialog.create_button.click()

    answering(again)
    window.work.errands.begin_from(str(last))
    assert "已经有一份 2026 年度的草稿了" in said[0]
    assert first
    assert window.bridge.path == first.with_name(f"{first.stem}（2）.json")


def test_that_without_a_draft_one_is_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    dialog = SuccessionDialog(Settings(), None, window)
    dialog.open()
    qtbot.waitUntil(dialog.browse_button.hasFocus)  # Enter, and the clerk is at the files
    assert dialog.told.text().startswith("请选一份上年的草稿；没有草稿的，点“别的文件”")
    assert not dialog.create_button.isEnabled()
    dialog.reject()


def test_that_where_a_file_cannot_be_read_the_keyboard_is_at_another(
    window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    bad = home / "坏.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing")
    dialog = SuccessionDialog(Settings(), None, window)
    dialog.open()
    qtbot.waitUntil(dialog.browse_button.hasFocus)

    dialog.take(bad)

    qtbot.waitUntil(lambda: dialog.told.text().startswith("✖ “坏.pdf”没有读入"), timeout=20_000)
    assert dialog.browse_button.hasFocus()
    dialog.reject()


def test_that_cancelling_changes_nothing(
    last: Path, window: MainWindow, dialogs: Dialogs, home: Path
) -> None:
    answering(lambda dialog: dialog.reject())
    window.work.errands.begin_from(str(last))
    assert window.bridge.draft is None
    assert [one.name for one in documents().glob("*.json")] == [last.name]
    assert not dialogs.said


def test_that_the_menu_of_a_recent_draft_begins_next_year_from_it(
    last: Path, window: MainWindow
) -> None:
    window.start.list_recent()
    window.start.recent.go_to(0)
    answering(lambda dialog: dialog.create_button.click())
    next(one for one in window.start.recent.actions() if "下一年度" in one.text()).trigger()
    assert window.bridge.report.year == 2026
