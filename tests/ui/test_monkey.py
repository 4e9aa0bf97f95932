"""Six hundred random keys, clicks and pastes: the window, the checks and the file still agree."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.checks import check
from app.drafts import load, report_to
from app.export import formats
from app.live import Shown
from app.numbers import show
from app.report import Report
from tests.ui.conftest import Dialogs, Key, Modifier, children, press
from ui import printing
from ui.live_text import even
from ui.table_view import FormTableView
from ui.text_editor import TextEditor
from ui.window import MainWindow

EVENTS = 600
LIVE = "{{requests.received.total}}"
TYPED = (
    *("0", "7", "12", "1,2", "-3", "2.5", "件", "字。", "１", " ", "\u3000", "𬇙", "无"),
    LIVE,
)
PASTED = (
    "3\t4\n5\t6",
    "合计\t\r\n8\r\n",
    "一段\n文字",
    f"{LIVE}件{LIVE}",
    "",
    "\t\t\n\t",
    "=1+1",
    "12345678901234567890",
    "其他\t总计\n3\t4",
)
TABLE = """<table><tr><td rowspan=2>3</td><td colspan=2>一、本年新收政府信息公开申请数量</td></tr>
<tr><td>&nbsp;4</td><td>5</td></tr></table>"""
PLAIN = [
    Key.Key_Return,
    Key.Key_Tab,
    Key.Key_Up,
    Key.Key_Down,
    Key.Key_Left,
    Key.Key_Right,
    Key.Key_Home,
    Key.Key_End,
    Key.Key_Delete,
    Key.Key_Backspace,
    Key.Key_Escape,
    Key.Key_F2,
    Key.Key_F4,
    Key.Key_F8,
    Key.Key_PageDown,
    Key.Key_F3,
    Key.Key_F7,
    Key.Key_F9,
]
WITH_CONTROL = [
    Key.Key_Z,
    Key.Key_Z,
    Key.Key_Y,
    Key.Key_C,
    Key.Key_X,
    Key.Key_D,
    Key.Key_A,
    Key.Key_PageDown,
    Key.Key_PageUp,
    Key.Key_S,
    Key.Key_F,
    Key.Key_G,
    Key.Key_H,
    Key.Key_Delete,
]
WITH_SHIFT = [Key.Key_Right, Key.Key_Down, Key.Key_Return, Key.Key_Down, Key.Key_Right, Key.Key_F8]
WITH_ALT = [
    *(Key.Key_W, Key.Key_A, Key.Key_K, Key.Key_0, Key.Key_C, Key.Key_B, Key.Key_N, Key.Key_P),
    *(Key.Key_Equal, Key.Key_U, Key.Key_X, Key.Key_T, Key.Key_Up),
]


class Monkey:
    """Does to a window whatever comes to its mind; the same things for the same seed."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window = window
        self._mind = random.Random(seed)

    def act(self) -> None:
        """Do one thing; off screen, a list that closes does not give the window back the focus."""
        if not QApplication.activePopupWidget():
            self._window.activateWindow()
        self._mind.choices(
            (self._type, self._press, self._paste, self._click, self._go), (30, 35, 8, 20, 7)
        )[0]()

    def _type(self) -> None:
        press(self._window, self._mind.choice(TYPED))

    def _press(self) -> None:
        keys, modifier = self._mind.choices(
            (
                (PLAIN, Modifier.NoModifier),
                (WITH_CONTROL, Modifier.ControlModifier),
                (WITH_SHIFT, Modifier.ShiftModifier),
                (WITH_ALT, Modifier.AltModifier),
            ),
            (10, 4, 2, 1),
        )[0]
        press(self._window, self._mind.choice(keys), modifier=modifier)

    def _paste(self) -> None:
        data = QMimeData()
        data.setText(self._mind.choice(PASTED))
        if self._mind.random() < 0.3:
            data.setHtml(TABLE)
        QGuiApplication.clipboard().setMimeData(data)
        press(self._window, Key.Key_V, modifier=Modifier.ControlModifier)

    def _click(self) -> None:
        middle = self._window.centralWidget()
        inside = self._window.findings if self._mind.random() < 0.2 else middle
        place = QPoint(
            self._mind.randrange(max(inside.width(), 1)),
            self._mind.randrange(max(inside.height(), 1)),
        )
        target = inside.childAt(place) or inside
        kind = QTest.mouseDClick if self._mind.random() < 0.3 else QTest.mouseClick
        kind(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(inside, place))

    def _go(self) -> None:
        self._window.rail.open(self._mind.choice(self._window.rail.steps).id)


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
@pytest.mark.parametrize("seed", range(3))
def test_that_whatever_is_done_the_checks_the_window_and_the_file_agree(
    practice: MainWindow, dialogs: Dialogs, seed: int, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    monkeypatch.setattr(printing, "ask_for_printer", lambda *_: False)
    monkeypatch.setattr(formats.Format, "render", lambda *_: b"exported")
    practice.bridge.session.adopt(with_last_year(practice.bridge.report), "上年报告")
    monkey = Monkey(practice, seed)
    changes: list[object] = []
    practice.bridge.changed.connect(changes.append)

    for number in range(EVENTS):
        monkey.act()
        if number % 50 == 0:
            qtbot.wait(1)
        if practice.bridge.draft is None:
            practice.start.practice_wanted.emit()

    assert len(changes) > 50
    if popup := QApplication.activePopupWidget():
        popup.close()
    session = practice.bridge.session
    practice.save()
    practice.bridge.read_texts()
    afresh = check(session.report)
    assert session.checked.findings == afresh.findings
    assert session.checked.figures == afresh.figures
    assert_shown(practice)
    if path := practice.bridge.path:
        assert report_to(load(path).report) == report_to(session.report)


def with_last_year(report: Report) -> Report:
    """The report with one of the same words inside, as last year's."""
    return replace(report, previous=replace(report, year=report.year - 1))


def assert_shown(window: MainWindow) -> None:
    """Every grid shows the figures of the report, every editor its texts with these figures."""
    report, figures = window.bridge.report, window.bridge.checked.figures
    for editor in children(window._stack, TextEditor):
        text = even(report.text(editor.part))
        assert editor.raw() == text
        shown = Shown.of(text, figures).text
        assert editor.toPlainText() == shown.replace("\u2028", "\n").replace("\xa0", " ")
    for view in children(window._stack, FormTableView):
        for cell in view.form_model.grid.places:
            shown = view.form_model.index_of(cell).data()
            if cell in report.cells:
                assert shown == show(figures.shown(cell))
