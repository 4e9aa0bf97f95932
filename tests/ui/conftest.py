"""A real window on a home of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.drafts import DraftFile
from app.files import unused
from app.paths import documents, examples
from app.preferences import set_preference
from app.report import Report
from tests.reports import all_zeros, at, form
from ui import theme, widgets
from ui.pages.review import ReviewPage
from ui.pages.table import TablePage
from ui.pages.text import TextPage
from ui.table_view import FormTableView
from ui.window import MainWindow

EMPTY_FORMS = (("2019", 2020), ("2021", 2026))
Child = TypeVar("Child", bound=QWidget)
Part = TypeVar("Part", bound=QObject)
OFFSCREEN = "This plugin does not support"
"""How Qt begins to say what can only be seen on a screen."""
Key = Qt.Key
Modifier = Qt.KeyboardModifier


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Windows are closed once pytest-qt listens no more: what Qt says then is a fault as well."""
    heard: list[str] = []

    def hear(kind: QtMsgType, _place: QMessageLogContext, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and OFFSCREEN not in message:
            heard.append(message)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    assert heard == []


class Dialogs:
    """Stands for the clerk at a dialog: notes what was said and gives the answer set."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.answer = True
        self.careful = False
        """Whether Enter alone would have meant no, the last time something was asked."""

    def tell(self, _parent: QWidget, text: str) -> None:
        """Take note of what the program says."""
        self.said.append(text)

    def ask(
        self, _parent: QWidget, text: str, _yes: str, _no: str, *, careful: bool = False
    ) -> bool:
        """Take note of the question and answer it."""
        self.said.append(text)
        self.careful = careful
        return self.answer


@pytest.fixture(scope="session")
def dressed(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> QApplication:
    """The application as the program dresses it where nothing has been chosen."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGKAI_HOME", str(tmp_path_factory.mktemp("nobody")))
        theme.dress(qapp)
    return qapp


@pytest.fixture
def undressed(dressed: QApplication, home: Path) -> Iterator[QApplication]:
    """The application for tests that change its looks; they are as before for the next one."""
    yield dressed
    for name in (theme.SIZE, theme.SCHEME):
        set_preference(name, "")
    theme.dress(dressed)


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
        assert window.work
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
    assert window.work.desk.copy_of(examples() / "practice-2026.json", "练习")
    return window


@pytest.fixture
def blank(window: MainWindow) -> MainWindow:
    """A window on a new report of 青石镇 with every cell blank."""
    window.bridge.session.name_organ("青石镇人民政府")
    assert window.work.desk.create()
    assert documents().is_dir()
    return window


@pytest.fixture
def zeros(window: MainWindow) -> MainWindow:
    """A window on a new report that has no fault: nothing happened that year."""
    return begin(window, all_zeros())


def begin(window: MainWindow, report: Report) -> MainWindow:
    """Put a report on the desk as a new draft."""
    draft = DraftFile(unused(documents() / "报告.json"))
    draft.save(report)
    window.bridge.open(report, draft)
    return window


def table(window: MainWindow, step: str) -> TablePage:
    """Open a step that is a table; its grid has the focus."""
    window.rail.open(step)
    page = window.work.page(step)
    assert isinstance(page, TablePage)
    assert page.view.hasFocus()
    return page


def text(window: MainWindow, step: str) -> TextPage:
    """Open a step that is written; its editor has the focus."""
    window.rail.open(step)
    page = window.work.page(step)
    assert isinstance(page, TextPage)
    return page


def review(window: MainWindow) -> ReviewPage:
    """Open the last step."""
    window.rail.open("review")
    page = window.work.page("review")
    assert isinstance(page, ReviewPage)
    return page


def to_cell(view: FormTableView, address: str) -> None:
    """Click on a cell."""
    index = view.form_model.index_of(at(address))
    view.scrollTo(index)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center()
    )


def here(view: FormTableView) -> str:
    """The address of the cell that has the focus."""
    return str(view.form_model.cell(view.currentIndex()))


def at_dialog(kind: type[Child], do: Callable[[Child], object]) -> None:
    """Do something at the dialog of a kind that comes up next; whatever happens it is closed."""

    def act(tries: int = 100) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None and tries:
            QTimer.singleShot(10, lambda: act(tries - 1))
            return
        assert isinstance(dialog, kind)
        QTest.qWaitForWindowExposed(dialog)
        dialog.activateWindow()
        QTest.qWaitForWindowActive(dialog)
        try:
            do(dialog)
        finally:
            dialog.close()

    QTimer.singleShot(0, act)


def back_to(window: MainWindow) -> MainWindow:
    """Give a window the keyboard again; off screen a dialog that closes does not."""
    let_run(30)  # until a dialog that is just coming up has the keyboard
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.activateWindow()
    let_run(30)
    assert window.isActiveWindow()
    return window


def let_run(milliseconds: int) -> None:
    """Let events and other threads go on; `QTest.qWait` does not let go of Python meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def children(parent: QWidget, kind: type[Part]) -> list[Part]:
    """All objects of a kind below another; Qt's own type hints know only strings here."""
    untyped: Any = parent
    return list(untyped.findChildren(kind))


def told(window: MainWindow) -> str:
    """What the status line says of the place."""
    return window.status.told.text()


def saved(window: MainWindow) -> str:
    """What the status line says of saving."""
    return window.status.saved.text()


def press(widget: QWidget, *keys: Qt.Key | str, modifier: Modifier = Modifier.NoModifier) -> None:
    """Press keys one after the other on what has the focus below a widget; a str is typed."""
    for key in keys:
        target = QApplication.focusWidget() or widget
        if isinstance(key, str):
            type_text(target, key)
        else:
            QTest.keyClick(target, key, modifier)


def drag(target: QWidget, start: QPoint, by: QPoint) -> None:
    """Press the mouse on a widget, move it in a few steps, and let go."""
    left, none = Qt.MouseButton.LeftButton, Modifier.NoModifier
    QTest.mousePress(target, left, none, start)
    for part in (0.3, 0.7, 1.0):
        place = QPointF(start) + QPointF(by) * part
        there = QPointF(target.mapToGlobal(place.toPoint()))
        kind, held = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
        QApplication.sendEvent(target, QMouseEvent(kind, place, there, held, left, none))
    place, there = QPointF(start + by), QPointF(target.mapToGlobal(start + by))
    event = QMouseEvent(QEvent.Type.MouseButtonRelease, place, there, left, held, none)
    QApplication.sendEvent(target, event)


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
