"""The whole road by keyboard alone: a blank window, a real report in, a draft on disk."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.checks import check
from app.drafts import load
from app.forms import Cell
from app.numbers import show
from tests.ui.conftest import Key, Modifier, paste, press
from ui.pages.table import TablePage
from ui.pages.text import TextPage
from ui.window import MainWindow

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "duoba-2020.txt"
Control = Modifier.ControlModifier


@pytest.fixture
def seed() -> str:
    """The seed report as it was published."""
    if not SEED.is_file():
        pytest.skip("the published seed report lies outside this repository")
    return SEED.read_text(encoding="utf-8")


def test_that_the_seed_report_is_entered_by_keyboard_and_its_figures_hold(
    window: MainWindow, qtbot: QtBot, seed: str
) -> None:
    describe(window, "西宁市湟中区多巴镇人民政府", 2020)
    create(window, qtbot)
    assert window.bridge.report.form.version == "2019"

    write(window, "overview", passage(seed, "一、总体情况", "二、"))
    to_step(window, "disclosure")
    enter_row_by_row(window, disclosure_of(seed))
    to_step(window, "requests")
    enter_row_by_row(window, ["0"] * 22 * 6)
    to_step(window, "disputes")
    enter_row_by_row(window, ["0"] * 12)
    write(window, "problems", passage(seed, "五、存在", "六、"))
    write(window, "other", "无")

    assert window.work.autosave.save_now()
    opened = load(window.bridge.path or Path())
    assert check(opened.report).clean
    assert show(opened.report.cells[Cell("disclosure", "procurement", "amount")]) == "821.73"
    assert opened.report.text("problems").startswith("一是制度机制尚需健全完善")


def describe(window: MainWindow, organ: str, year: int) -> None:
    """Say on the first step whose report it is, by keyboard."""
    window.start.organ.setFocus()
    paste(window, organ)
    press(window, Key.Key_Tab, Key.Key_Tab)
    assert window.start.year.hasFocus()
    while window.bridge.report.year > year:
        press(window, Key.Key_Down)


def create(window: MainWindow, qtbot: QtBot) -> None:
    """Press the button of the first step by its letter; the next step opens."""
    press(window, Key.Key_N, modifier=Modifier.AltModifier)
    qtbot.waitUntil(lambda: window.rail.current_row() == 1)


def to_step(window: MainWindow, step: str) -> None:
    """Go on by keyboard until a step is open."""
    wanted = next(at for at, one in enumerate(window.rail.steps) if one.id == step)
    while window.rail.current_row() < wanted:
        press(window, Key.Key_PageDown, modifier=Control)


def write(window: MainWindow, part: str, text: str) -> None:
    """Write the text of a part into its editor."""
    to_step(window, part)
    page = window.work.page(part)
    assert isinstance(page, TextPage)
    assert page.editors[part].hasFocus()
    paste(window, text)


def enter_row_by_row(window: MainWindow, figures: list[str]) -> None:
    """Type figures from the first cell on, Tab after each."""
    page = window.work.page(window.rail.steps[window.rail.current_row()].id)
    assert isinstance(page, TablePage)
    assert page.view.hasFocus()
    for figure in figures:
        press(window, figure, Key.Key_Tab)


def passage(report: str, heading: str, until: str) -> str:
    """What stands between a heading and the next."""
    return report.split(heading, 1)[1].split("\n", 1)[1].split(f"\n{until}", 1)[0].strip()


def disclosure_of(report: str) -> list[str]:
    """The figures of table two as the published text lists them."""
    table = report.split("二、主动公开政府信息情况", 1)[1].split("三、收到和处理", 1)[0]
    figures = re.findall(r"^\t([\d.]+)(?:万元)?\s*$", table, re.MULTILINE)
    assert len(figures) == 22
    return figures


def test_that_everything_is_found_again_after_the_window_is_closed(
    open_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    first = open_window()
    first.bridge.session.name_organ("青石镇人民政府")
    create(first, qtbot)
    write(first, "overview", "一年的工作。\n分两段写。")
    to_step(first, "disclosure")
    enter_row_by_row(first, ["0", "2", "１"])
    path, before = first.bridge.path, first.bridge.report
    first.close()

    second = open_window()
    assert path
    assert second.start.recent.item(0).data() == str(path)
    second.open_draft(path)

    assert second.bridge.report.cells == before.cells
    assert second.bridge.report.texts == before.texts
    assert len(before.cells) == 3
