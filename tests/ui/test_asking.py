"""Questions in a dialog: what Enter and Escape mean."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Key, at_dialog, press
from ui.widgets import ask


@pytest.mark.parametrize(
    ("key", "careful", "answer"),
    [
        (Key.Key_Return, False, True),
        (Key.Key_Return, True, False),
        (Key.Key_Escape, False, False),
        (Key.Key_Escape, True, False),
    ],
)
def test_that_enter_says_yes_only_where_that_costs_nothing(
    qtbot: QtBot, dressed: QApplication, key: Key, *, careful: bool, answer: bool
) -> None:
    assert dressed
    parent = QWidget()
    qtbot.addWidget(parent)
    at_dialog(QMessageBox, lambda box: press(box, key))
    assert ask(parent, "这样做吗？", "做", "不做", careful=careful) is answer
