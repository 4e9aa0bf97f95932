"""The list of rules in the help: found by typing, read without a mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.checks import catalogue
from app.settings import Settings
from tests.ui.conftest import Key, Modifier, children, press
from ui.help_menu import open_rules
from ui.rules_dialog import RulesDialog
from ui.window import MainWindow

SETTINGS = Settings({"text-vs-table": "hint", "length": "off"}, 0.9)


@pytest.fixture
def dialog(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[RulesDialog]:
    """The dialog on settings of a county."""
    shown = RulesDialog(SETTINGS, tmp_path / "settings.toml")
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    shown.close()


def rows(dialog: RulesDialog) -> list[str]:
    """What the list shows."""
    items = [dialog.list.item(row) for row in range(dialog.list.count())]
    return [one.text() for one in items if not one.isHidden()]


def page(dialog: RulesDialog) -> str:
    return dialog.page.toPlainText()


def number(name: str) -> str:
    return next(str(one.number) for one in catalogue().values() if one.name == name)


def search(dialog: RulesDialog, words: str) -> None:
    press(dialog, Key.Key_A, modifier=Modifier.ControlModifier)
    press(dialog, words)


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
def test_that_the_tools_menu_opens_the_list_by_keys_and_escape_puts_it_away(
    practice: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(practice, Key.Key_T, Modifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu
    QTest.keyClick(menu, Key.Key_R)
    (dialog,) = children(practice, RulesDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert len(rows(dialog)) == len(catalogue()) + 1

    dialog.activateWindow()
    qtbot.waitUntil(dialog.search.hasFocus)
    press(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    assert open_rules(practice, practice.bridge.settings) is dialog
    assert dialog.isVisible()


def test_that_a_rule_is_told_in_full(dialog: RulesDialog) -> None:
    search(dialog, number("text-vs-table"))
    entry = next(one for one in catalogue().values() if one.name == "text-vs-table")
    told = page(dialog)
    for words in (entry.sentence, entry.basis, entry.advice, "不合规的例子", "合规的例子"):
        assert words in told
    assert "· 提示（程序自带：核实）" in told
    assert "设置文件中的名称\ntext-vs-table，或编号 " in told
    assert "全年收到政府信息公开申请3件，均予以公开" in told


def test_that_what_cannot_be_changed_and_what_is_off_is_said(dialog: RulesDialog) -> None:
    search(dialog, number("balance"))
    assert "✖ 强制（不能改，也不能关闭）" in page(dialog)
    search(dialog, number("length"))
    assert "关闭（程序自带：提示）" in page(dialog)


def test_that_typing_narrows_the_list_and_escape_undoes_it(dialog: RulesDialog) -> None:
    search(dialog, "身份证")
    assert len(rows(dialog)) >= 1
    assert all("设置文件" not in row for row in rows(dialog))
    assert "personal-data" in page(dialog)
    search(dialog, "doubled-words 核实")
    assert dialog.found.text() == "1 条"
    search(dialog, "没有这样的字词")
    assert rows(dialog) == []
    assert page(dialog).strip() == ""
    assert dialog.found.text() == "没有找到；换个字词试试。"

    press(dialog, Key.Key_Escape)
    assert dialog.isVisible()
    assert len(rows(dialog)) == len(catalogue()) + 1
    assert page(dialog).startswith("1. ")


def test_that_the_arrow_keys_turn_the_pages_while_the_search_has_the_focus(
    dialog: RulesDialog,
) -> None:
    assert dialog.search.hasFocus()
    assert page(dialog).startswith("1. ")
    press(dialog, Key.Key_Down, Key.Key_Down)
    assert page(dialog).startswith("3. ")
    press(dialog, Key.Key_Up)
    assert page(dialog).startswith("2. ")
    assert dialog.search.hasFocus()
    press(dialog, Key.Key_Tab)
    assert dialog.list.hasFocus()
    press(dialog, Key.Key_Tab)
    assert dialog.page.hasFocus()


def test_that_no_page_shows_a_function_name_or_an_address(dialog: RulesDialog) -> None:
    for row in range(1, dialog.list.count()):
        dialog.list.setCurrentRow(row)
        told = page(dialog)
        assert "None" not in told
        assert "requests." not in told
        assert not [key for key in catalogue() if "_" in key and key in told]


def test_that_the_settings_file_is_explained_honestly(dialog: RulesDialog, tmp_path: Path) -> None:
    QTest.mouseClick(
        dialog.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=dialog.list.visualItemRect(dialog.list.item(0)).center(),
    )
    told = page(dialog)
    assert str(tmp_path / "settings.toml") in told
    assert "没有任何官方数字" in told
    assert "现在是 0.9" in told
    for word in ('"error"', '"query"', '"hint"', '"off"', "[levels]", "[copied]"):
        assert word in told


def test_that_the_dialog_fits_the_screen(dialog: RulesDialog) -> None:
    room = QGuiApplication.primaryScreen().availableSize()
    assert dialog.width() <= min(room.width(), 1366)
    assert dialog.height() <= min(room.height(), 768)
    dialog.resize(640, 400)
    assert dialog.width() == 640
