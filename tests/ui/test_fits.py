"""Nothing is cut off: at every font size, in the smallest window, on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.export import FORMATS
from app.lock import Holder
from app.paths import examples
from app.settings import Settings, settings_file
from tests.ui.conftest import Key, Modifier, at_dialog, children, press, table
from ui import widgets
from ui.composition_dialog import CompositionDialog
from ui.crash_dialog import CrashDialog
from ui.desk import _held_in_words
from ui.export_dialog import ExportDialog
from ui.help_menu import about
from ui.history_dialog import HistoryDialog
from ui.manual_dialog import ManualDialog, UpkeepDialog
from ui.recovery import _question
from ui.room import fit_dialog
from ui.rules_dialog import RulesDialog
from ui.succession_dialog import SuccessionDialog
from ui.theme import SIZE, SIZES, choose
from ui.widgets import Elided
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


def crash_dialog(window: MainWindow) -> QDialog:
    said = _question(examples() / "qingshi-2026.json", "2026-11-29 21:16")
    assert said
    dialog = CrashDialog(said, "出错\n" * 20, "接着填写(&G)", "关闭程序(&X)", window)
    dialog.state.setText("（没有能记到文件里）")
    return dialog


def export_dialog(window: MainWindow) -> QDialog:
    dialog = ExportDialog(window.bridge, window)
    dialog.outcome.setText("✓ 已导出 4 个文件，在：C:\\Users\\青石镇\\Documents\\公开年报")
    for name in FORMATS:
        dialog.files.addItem(f"✓ 青石镇2026年政府信息公开工作年度报告（2）.{name}")
    dialog.files.setVisible(True)
    for button in (dialog.open_file, dialog.open_folder):
        button.setVisible(True)
    fit_dialog(dialog, dialog.size())
    return dialog


def history_dialog(window: MainWindow) -> QDialog:
    assert window.bridge.path
    return HistoryDialog(window.bridge.report, window.bridge.path, window)


DIALOGS: dict[str, Callable[[MainWindow], QDialog]] = {
    "rules": lambda window: RulesDialog(Settings(), settings_file(), window),
    "manual": ManualDialog,
    "upkeep": UpkeepDialog,
    "composition": CompositionDialog,
    "history": history_dialog,
    "succession": lambda window: SuccessionDialog(Settings(), window.bridge.path, window),
    "export": export_dialog,
    "crash": crash_dialog,
}


@pytest.mark.parametrize("room", WINDOWS, ids=lambda one: f"{one[0]}x{one[1]}")
def test_that_no_control_of_a_dialog_is_cut_off(
    practice: MainWindow, size: str, room: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.room.screen_room", lambda _: QSize(*room))
    practice.resize(*room)
    settle()
    for kind, make in DIALOGS.items():
        dialog = make(practice)
        dialog.show()
        settle()
        assert dialog.width() <= room[0], kind
        assert dialog.height() <= room[1], kind
        assert misplaced(dialog) == [], kind
        assert squeezed(dialog) == [], kind
        dialog.close()


@pytest.mark.parametrize("room", WINDOWS, ids=lambda one: f"{one[0]}x{one[1]}")
@pytest.mark.parametrize("said", [about(), _held_in_words(Holder("微机室-03", "2026-11-29 21:16"))])
def test_that_a_question_fits_the_screen_with_its_buttons(
    practice: MainWindow, size: str, room: tuple[int, int], said: str
) -> None:
    practice.resize(*room)
    settle()

    def look(box: QMessageBox) -> None:
        settle()
        assert box.width() <= room[0]
        assert box.height() <= room[1]
        assert misplaced(box) == []

    at_dialog(QMessageBox, look)
    widgets._answered(practice, said, "接着用（另一窗口将不能保存）", "不打开")


def squeezed(window: QWidget) -> list[str]:
    """The texts that are cut off below, or at the side."""
    return [
        one.text()
        for one in children(window, QLabel)
        if one.isVisible() and one.text() and _lacks_room(one)
    ]


def _lacks_room(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    return not isinstance(label, Elided) and label.width() < label.sizeHint().width()


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
        assert practice.work.page(step).help_write(what)
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
