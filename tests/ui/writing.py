"""Helpers for whoever writes in a test: editors, last year's report, the pane beside the text."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.report import Report
from tests.reports import NEUTRAL, all_zeros
from tests.ui.conftest import Key, Modifier, begin, children, paste, press, text
from ui.pages.text import TextPage
from ui.side_pane import SidePane
from ui.text_editor import TextEditor
from ui.window import MainWindow

Alt, Control, Shift = (
    Modifier.AltModifier,
    Modifier.ControlModifier,
    Modifier.ShiftModifier,
)
LAST = (
    "2025年，镇里在便民服务中心设了两台查询机，专人引导，村民拿着户口簿就能查到补贴清单和宅基地批复。\n"
    "全年下村宣讲12次，收到申请{{requests.received.total}}件。\n"
    "每逢赶集的日子，宣传小组到集市摆摊讲解。"
)


def page_of(window: MainWindow, part: str) -> TextPage:
    """Open a step that is written, its main editor in focus."""
    page = text(window, part)
    page.editors[part].setFocus()
    return page


def with_text(window: MainWindow, part: str, words: str) -> TextEditor:
    """An editor with these words in place of what was there, as a step of its own."""
    editor = page_of(window, part).editors[part]
    press(window, Key.Key_A, modifier=Control)
    if words:
        paste(window, words)
    else:
        press(window, Key.Key_Delete)
    window.bridge.session.end_step()
    window.bridge.read_texts()
    return editor


def raw(window: MainWindow, part: str) -> str:
    """A text as the draft holds it."""
    return window.bridge.report.text(part)


def side(window: MainWindow, part: str) -> SidePane:
    """The pane beside the text of a step."""
    return text(window, part).side


def last_year(window: MainWindow, part: str = "problems", words: str = LAST) -> MainWindow:
    """Put a report on the desk that has last year's inside."""
    before = replace(all_zeros(year=2025), texts={**NEUTRAL, part: words})
    return begin(window, replace(all_zeros(), previous=before))


def reopened(window: MainWindow) -> Report:
    """The report as it is read back from its file."""
    window.save()
    path = window.bridge.path
    assert path
    assert window.work.desk.close()
    window.open_draft(path)
    return window.bridge.report


def push(window: MainWindow, letter: Key) -> None:
    """Push the button of a letter by Alt; Qt shows it pressed for a moment before it acts."""
    press(window, letter, modifier=Alt)
    (button,) = (one for one in children(window, QPushButton) if one.isDown())
    while button.isDown():
        QTest.qWait(10)
