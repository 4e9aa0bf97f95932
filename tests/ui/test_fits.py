"""Nothing is cut off: at every font size, in the smallest window, on every page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.settings import Settings, settings_file
from tests.ui.conftest import Key, Modifier, children, press, table
from ui.manual_dialog import ManualDialog
from ui.rules_dialog import RulesDialog
from ui.theme import SIZE, SIZES, choose
from ui.window import MainWindow

WINDOWS = [(1366, 728), (910, 485), (683, 340)]
"""A 1366×768 screen less the task bar, at 100 % and at 150 %, and less the frame too at 200 %."""
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractScrollArea, QTabBar)
ROWS_SEEN = {(1366, 728): 7, (910, 485): 4, (683, 340): 1}
"""Rows of figures that are seen whole, of those there are, at the largest letters."""


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def misplaced(window: QWidget) -> list[str]:
    """The controls that are cut off, and the buttons that do not show all of their words."""
    shown = [one for one in children(window, QWidget) if isinstance(one, CONTROLS)]
    return [
        f"{type(one).__name__} {_words(one)}: {fault}"
        for one in shown
        if one.isVisible() and (fault := _fault(one, window))
    ]


def _fault(control: QWidget, window: QWidget) -> str:
    areas = list(_scrolling(control))
    for area in areas:
        if not area.widget().rect().contains(_in(control, area.widget())):
            return "beyond what can be scrolled to"
    outside = not areas and not window.rect().contains(_in(control, window))
    if outside:
        behind = control.visibleRegion().isEmpty()  # another panel
        return "" if behind else "outside the window"
    return _too_small(control)


def _too_small(control: QWidget) -> str:
    match control:
        case QPushButton():
            return "words cut off" if _text_room(control) < _text_width(control) else ""
        case QAbstractScrollArea():
            low = control.viewport().height() < control.fontMetrics().height()
            return "not a line to be seen" if low else ""
        case QCheckBox():
            narrow = control.width() < control.minimumSizeHint().width()
            return "words cut off" if narrow else ""
    return "too low" if control.height() < control.minimumSizeHint().height() else ""


def _in(control: QWidget, around: QWidget) -> QRect:
    return QRect(control.mapTo(around, QPoint(0, 0)), control.size())


def _scrolling(control: QWidget) -> Iterator[QScrollArea]:
    """The scroll areas a control lies in, inside which it need not be in view."""
    above = control.parentWidget()
    while above:
        if isinstance(above, QScrollArea):
            yield above
        above = above.parentWidget()


def _words(control: QWidget) -> str:
    return control.text() if isinstance(control, QAbstractButton) else control.accessibleName()


def _text_width(button: QPushButton) -> int:
    return button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))


def _text_room(button: QPushButton) -> int:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    contents = QStyle.SubElement.SE_PushButtonContents
    return button.style().subElementRect(contents, option, button).width()


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest, undressed: QApplication) -> str:
    """Each of the font sizes, in force."""
    choose(undressed, SIZE, request.param)
    return str(request.param)


@pytest.mark.parametrize("room", WINDOWS, ids=lambda one: f"{one[0]}x{one[1]}")
def test_that_no_control_is_cut_off_on_any_page(
    practice: MainWindow, size: str, room: tuple[int, int]
) -> None:
    practice.resize(*room)
    for step in practice.rail.steps:
        practice.rail.open(step.id)
        settle()
        assert (practice.width(), practice.height()) == room, step.id
        assert misplaced(practice) == [], step.id


@pytest.mark.parametrize("room", WINDOWS, ids=lambda one: f"{one[0]}x{one[1]}")
def test_that_no_control_is_cut_off_with_the_help_open(
    practice: MainWindow, size: str, room: tuple[int, int]
) -> None:
    practice.resize(*room)
    for step in practice.rail.steps:
        practice.rail.open(step.id)
        press(practice, Key.Key_F1)
        settle()
        assert (practice.width(), practice.height()) == room, step.id
        assert misplaced(practice) == [], step.id
        press(practice, Key.Key_Escape)


@pytest.mark.parametrize("room", WINDOWS, ids=lambda one: f"{one[0]}x{one[1]}")
def test_that_no_control_is_cut_off_before_any_draft_is_open(
    window: MainWindow, size: str, room: tuple[int, int]
) -> None:
    window.resize(*room)
    settle()
    assert (window.width(), window.height()) == room
    assert misplaced(window) == []
    for area in children(window, QScrollArea):
        if area.isVisible():
            assert area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("name", ["disclosure", "requests", "disputes"])
@pytest.mark.parametrize("room", WINDOWS, ids=lambda one: f"{one[0]}x{one[1]}")
def test_that_rows_of_figures_are_left_to_work_in(
    practice: MainWindow, size: str, room: tuple[int, int], name: str
) -> None:
    practice.resize(*room)
    view = table(practice, name).view
    settle()
    whole = [
        row
        for row in range(view.model().rowCount())
        if view.rowViewportPosition(row) >= 0
        and view.rowViewportPosition(row) + view.rowHeight(row) <= view.viewport().height()
    ]
    assert len(whole) >= min(ROWS_SEEN[room], view.model().rowCount())


@pytest.mark.parametrize("room", WINDOWS, ids=lambda one: f"{one[0]}x{one[1]}")
@pytest.mark.parametrize("kind", ["rules", "manual"])
def test_that_no_control_of_a_dialog_is_cut_off(
    qtbot: QtBot, size: str, room: tuple[int, int], kind: str
) -> None:
    dialog: QDialog = (
        RulesDialog(Settings(), settings_file()) if kind == "rules" else ManualDialog()
    )
    qtbot.addWidget(dialog)
    dialog.resize(room[0] - 40, room[1] - 60)
    dialog.show()
    settle()
    assert dialog.width() <= room[0]
    assert dialog.height() <= room[1]
    assert misplaced(dialog) == []


def test_that_what_is_cut_off_would_be_noticed(qtbot: QtBot, dressed: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    fits, cut, outside = (QPushButton(text, window) for text in ("好的", "其余 143 格填 0", "外面"))
    fits.setGeometry(10, 10, 120, 40)
    cut.setGeometry(10, 60, 40, 40)
    outside.setGeometry(280, 110, 120, 40)
    window.show()
    assert misplaced(window) == [
        "QPushButton 其余 143 格填 0: words cut off",
        "QPushButton 外面: outside the window",
    ]
    assert not isinstance(fits, QAbstractItemView)


@pytest.mark.parametrize("room", WINDOWS, ids=lambda one: f"{one[0]}x{one[1]}")
@pytest.mark.parametrize("step", ["overview", "problems", "other"])
def test_that_no_control_is_cut_off_with_help_beside_a_text(
    practice: MainWindow, size: str, room: tuple[int, int], step: str
) -> None:
    practice.resize(*room)
    practice.rail.open(step)
    for what in ("guide", "last_year", "numbers"):
        assert practice.page(step).help_write(what)
        settle()
        assert (practice.width(), practice.height()) == room, what
        assert misplaced(practice) == [], what


@pytest.mark.parametrize("room", WINDOWS, ids=lambda one: f"{one[0]}x{one[1]}")
def test_that_no_control_is_cut_off_while_words_are_replaced(
    practice: MainWindow, size: str, room: tuple[int, int]
) -> None:
    practice.resize(*room)
    for step in ("overview", "problems", "disclosure"):
        practice.rail.open(step)
        press(practice, Key.Key_H, modifier=Modifier.ControlModifier)
        settle()
        assert (practice.width(), practice.height()) == room, step
        assert misplaced(practice) == [], step
