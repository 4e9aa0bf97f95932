"""The manual in its window, and that the keys it names are the keys there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.manual import tasks
from tests.ui.conftest import Key, Modifier, press, table, text
from ui.help_menu import open_manual
from ui.manual_dialog import ManualDialog
from ui.window import MainWindow

KEY = re.compile(r"(?:(?:Ctrl|Shift)\+)+(?:PageDown|PageUp|回车|[A-Z]\b)|(?:Shift\+)?F\d+|Alt\+=")
WRITTEN = {"回车": "Return", "Page": "Pg"}
"""Keys as a clerk reads them, and as Qt calls them."""


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
def test_that_the_help_menu_opens_the_manual_by_keys_once_and_escape_puts_it_away(
    zeros: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(zeros, Key.Key_H, Modifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu
    QTest.keyClick(menu, Key.Key_M)
    dialog = next(one for one in zeros.children() if isinstance(one, ManualDialog))
    assert dialog.isVisible()
    assert open_manual(zeros) is dialog
    qtbot.waitUntil(dialog.list.hasFocus)
    press(dialog, Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_the_arrow_keys_turn_its_pages(zeros: MainWindow) -> None:
    dialog = open_manual(zeros)
    assert isinstance(dialog, ManualDialog)
    dialog.list.setFocus()
    for task in tasks():
        assert dialog.page.toPlainText().startswith(task.title)
        for words in (*task.steps, *task.keys):
            assert words in dialog.page.toPlainText()
        QTest.keyClick(dialog.list, Key.Key_Down)
    dialog.close()


def named_keys() -> Iterator[str]:
    for task in tasks():
        for line in task.keys:
            for name in KEY.findall(line):
                for ours, theirs in WRITTEN.items():
                    name = name.replace(ours, theirs)  # noqa: PLW2901
                yield name


def test_that_every_key_it_names_does_something(zeros: MainWindow) -> None:
    untyped: Any = zeros
    table(zeros, "requests")
    text(zeros, "overview")
    actions: list[QAction] = untyped.findChildren(QAction)
    known = {one for action in actions for one in action.shortcuts()}
    names = set(named_keys())
    assert {"F1", "F6", "Shift+F8", "Ctrl+Return", "Ctrl+S", "Alt+="} <= names
    assert [name for name in names if QKeySequence(name) not in known] == []


def test_that_the_help_is_told_apart_from_what_is_official() -> None:
    words = "".join(step for task in tasks() for step in task.steps)
    assert "不是官方的填表说明" in words
