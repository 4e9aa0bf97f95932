"""A real window on a home of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.paths import documents, examples
from app.report import Report
from tests.reports import form
from ui import theme, widgets
from ui.window import MainWindow

Key = Qt.Key
Modifier = Qt.KeyboardModifier


class Dialogs:
    """Stands for the clerk at a dialog: notes what was said and gives the answer set."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.answer = True

    def tell(self, _parent: QWidget, text: str) -> None:
        """Take note of what the program says."""
        self.said.append(text)

    def ask(self, _parent: QWidget, text: str, _yes: str, _no: str) -> bool:
        """Take note of the question and answer it."""
        self.said.append(text)
        return self.answer


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application as the program dresses it."""
    theme.dress(qapp)
    return qapp


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for drafts and settings."""
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    """Answer dialogs instead of showing them."""
    clerk = Dialogs()
    monkeypatch.setattr(widgets, "tell", clerk.tell)
    monkeypatch.setattr(widgets, "ask", clerk.ask)
    return clerk


@pytest.fixture
def open_window(
    qtbot: QtBot, dressed: QApplication, home: Path, dialogs: Dialogs
) -> Iterator[Callable[[], MainWindow]]:
    """Open windows as the program does at its start; they are closed at the end."""
    windows: list[MainWindow] = []

    def opened() -> MainWindow:
        window = MainWindow(Report(form("2021"), 2026))
        qtbot.addWidget(window)
        window.resize(1366, 728)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        windows.append(window)
        return window

    yield opened
    for window in windows:
        window.close()


@pytest.fixture
def window(open_window: Callable[[], MainWindow]) -> MainWindow:
    """A window with nothing open yet."""
    return open_window()


@pytest.fixture
def practice(window: MainWindow) -> MainWindow:
    """A window on a copy of the practice report."""
    assert window.desk.copy_of(examples() / "practice-2026.json", "练习")
    return window


@pytest.fixture
def blank(window: MainWindow) -> MainWindow:
    """A window on a new report of 青石镇 with every cell blank."""
    window.bridge.session.name_organ("青石镇人民政府")
    assert window.desk.create()
    assert documents().is_dir()
    return window


def press(widget: QWidget, *keys: Qt.Key | str, modifier: Modifier = Modifier.NoModifier) -> None:
    """Press keys one after the other on what has the focus below a widget; a str is typed."""
    for key in keys:
        target = QApplication.focusWidget() or widget
        if isinstance(key, str):
            type_text(target, key)
        else:
            QTest.keyClick(target, key, modifier)


def type_text(target: QWidget, text: str) -> None:
    """Send each character as a keyboard does; QTest itself dies of what is not ASCII."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Modifier.NoModifier, character)
            QApplication.sendEvent(QApplication.focusWidget() or target, event)


def paste(widget: QWidget, text: str) -> None:
    """Paste text into what has the focus, as one types Chinese in a test."""
    QGuiApplication.clipboard().setText(text)
    press(widget, Key.Key_V, modifier=Modifier.ControlModifier)
