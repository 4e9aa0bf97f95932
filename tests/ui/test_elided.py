"""A line of text that is shortened where it does not fit."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from ui.theme import keep_sheet
from ui.widgets import Elided

HEAD, MIDDLE, TAIL = "已保存：", "一个很长的文件夹名称/" * 4, "报告.json"


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(400, 120)
    keep_sheet(dressed)
    made.show()
    return made


def placed(window: QMainWindow, line: Elided, text: str) -> Elided:
    line.setText(text)
    window.statusBar().addPermanentWidget(line, 1)
    line.show()
    QApplication.processEvents()
    line.grab()
    return line


def left_edge(line: Elided) -> int:
    """Where its ink begins."""
    drawn = line.grab().toImage()
    points = product(range(drawn.width()), range(drawn.height()))
    return next(x for x, y in points if drawn.pixelColor(x, y).lightness() < 100)


def test_that_a_text_begins_at_the_same_place_whether_it_fits_or_not(window: QMainWindow) -> None:
    whole = placed(window, Elided(), HEAD)
    assert not whole.toolTip()
    begins = left_edge(whole)
    whole.setText(HEAD + MIDDLE)
    assert left_edge(whole) == begins
    assert whole.toolTip() == HEAD + MIDDLE


@pytest.mark.parametrize("middle", [False, True])
def test_that_the_end_is_seen_where_the_middle_is_left_out(
    window: QMainWindow, middle: bool
) -> None:
    line = placed(window, Elided(middle=middle), HEAD + MIDDLE + TAIL)
    cut = line.grab().toImage()
    line.setText(HEAD + MIDDLE + TAIL.upper())
    assert (line.grab().toImage() == cut) is not middle
    line.setText(HEAD + 2 * MIDDLE + TAIL)
    assert line.grab().toImage() == cut


def test_that_dots_alone_are_not_drawn(window: QMainWindow) -> None:
    line = placed(window, Elided(), HEAD)
    line.setMaximumWidth(line.fontMetrics().horizontalAdvance("…") + 18)
    QApplication.processEvents()
    drawn = line.grab().toImage()
    points = product(range(drawn.width()), range(drawn.height()))
    assert all(drawn.pixelColor(x, y).lightness() > 100 for x, y in points)
    assert line.toolTip() == HEAD
