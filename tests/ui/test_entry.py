"""Entry as in Excel: choosing with Shift, filling down, cutting, and where Enter goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.numbers import Unreadable
from app.paths import settings
from tests.reports import at, form
from tests.ui.conftest import (
    Key,
    Modifier,
    children,
    here,
    paste,
    press,
    table,
    text,
    to_cell,
    told,
)
from ui.notice import Notice
from ui.pages.table import TablePage
from ui.table_view import FormTableView
from ui.window import MainWindow
from ui.window_keys import Line

Alt, Control, Shift = Modifier.AltModifier, Modifier.ControlModifier, Modifier.ShiftModifier
PERSON = "requests.received.person"
ROWS = [row.id for row in form().tables["requests"].blocks[0].rows]


@pytest.fixture
def requests(blank: MainWindow) -> FormTableView:
    """The view of table three of a blank report, its first cell in focus."""
    return table(blank, "requests").view


def figures(window: MainWindow) -> dict[str, object]:
    return {str(cell).partition(".")[2]: one for cell, one in window.bridge.report.cells.items()}


def chosen(view: FormTableView) -> set[str]:
    return {str(view.form_model.cell(one)) for one in view.selectedIndexes()}


def noticed(page: TablePage) -> list[str]:
    """What stands in the strip over the table."""
    (notice,) = children(page, Notice)
    return notice.accessibleName().split("\n") if notice.isVisible() else []


def copy_html(text: str, html: str) -> None:
    """Put something on the clipboard as a spreadsheet or Word does, in two forms."""
    data = QMimeData()
    data.setText(text)
    data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


def enter_line(window: MainWindow, text: str) -> QAction:
    """The line of the menu that says where Enter goes."""
    everything: Any = window
    (found,) = (one for one in everything.findChildren(QAction) if one.text() == text)
    assert isinstance(found, QAction)
    return found


def test_that_shift_and_arrows_choose_a_block_and_back(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, Key.Key_Right, Key.Key_Down, Key.Key_Down, modifier=Shift)
    assert chosen(requests) == {
        f"requests.{row}.{column}" for row in ROWS[:3] for column in ("person", "business")
    }
    press(blank, Key.Key_Up, Key.Key_Left, modifier=Shift)
    assert chosen(requests) == {f"requests.{row}.person" for row in ROWS[:2]}
    press(blank, Key.Key_Down)
    assert len(chosen(requests)) == 1


def test_that_what_is_typed_goes_where_the_block_was_begun_as_in_excel(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, Key.Key_Right, Key.Key_Down, modifier=Shift)
    assert here(requests) == PERSON
    QTest.keyClick(requests, Key.Key_A, Shift)  # a letter with Shift moves nothing
    assert here(requests) == PERSON
    press(blank, Key.Key_Escape, "5", Key.Key_Return)
    assert figures(blank) == {"received.person": 5}


def test_that_a_block_chosen_with_the_mouse_is_typed_into_where_it_was_begun(
    blank: MainWindow, requests: FormTableView
) -> None:
    def middle(address: str) -> QPoint:
        return requests.visualRect(requests.form_model.index_of(at(address))).center()

    viewport, button = requests.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, button, pos=middle("requests.carried_in.business"))
    QTest.mouseMove(viewport, middle("requests.granted.research"))
    QTest.mouseRelease(viewport, button, pos=middle("requests.granted.research"))
    assert here(requests) == "requests.carried_in.business"
    assert len(chosen(requests)) == 4
    QTest.mouseClick(viewport, button, Shift, middle("requests.granted.charity"))
    assert here(requests) == "requests.carried_in.business"
    assert len(chosen(requests)) == 6
    press(blank, Key.Key_Up, modifier=Shift)
    assert len(chosen(requests)) == 3
    press(blank, "7", Key.Key_Tab)
    assert figures(blank) == {"carried_in.business": 7}


def test_that_the_far_end_of_a_block_is_kept_in_view(
    zeros: MainWindow,
) -> None:
    view = table(zeros, "requests").view
    press(zeros, *[Key.Key_Down] * 20, modifier=Shift)
    assert here(view) == PERSON
    assert view.verticalScrollBar().value() > 0
    assert len(chosen(view)) == 21


def test_that_control_with_an_arrow_goes_to_the_edge_and_leaves_no_choice_behind(
    zeros: MainWindow,
) -> None:
    view = table(zeros, "requests").view
    press(zeros, Key.Key_Down, modifier=Control)
    assert here(view) == "requests.carried_out.person"
    press(zeros, Key.Key_Right, modifier=Control)
    assert here(view) == "requests.carried_out.total"
    press(zeros, Key.Key_Up, Key.Key_Left, modifier=Control | Shift)
    assert len(chosen(view)) == 25 * 7
    press(zeros, Key.Key_Home, modifier=Control)
    assert chosen(view) == {PERSON}


def test_that_arrows_go_from_figure_to_figure_past_headings_and_over_wide_cells(
    blank: MainWindow,
) -> None:
    view = table(blank, "disclosure").view
    to_cell(view, "disclosure.normative.in_force")
    visited = []
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Up, Key.Key_Left, Key.Key_Left):
        press(blank, key)
        visited.append(here(view).partition(".")[2])
    assert visited == [
        "licences.decisions",
        "penalties.decisions",
        "licences.decisions",
        "normative.issued",
        "normative.issued",
        "normative.issued",
    ]
    press(blank, Key.Key_Home, Key.Key_End)
    assert here(view) == "disclosure.normative.in_force"
    press(blank, Key.Key_Home, modifier=Control)
    assert here(view) == "disclosure.regulations.issued"
    press(blank, Key.Key_End, modifier=Control)
    assert here(view) == "disclosure.fees.amount"
    press(blank, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Down)
    assert here(view).startswith("disclosure.")


def test_that_control_d_fills_down_the_first_chosen_row_as_one_step(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, "3", Key.Key_Tab, "4", Key.Key_Tab)
    to_cell(requests, PERSON)
    press(blank, Key.Key_Right, Key.Key_Down, Key.Key_Down, modifier=Shift)
    before = blank.bridge.report
    press(blank, Key.Key_D, modifier=Control)

    assert [
        figures(blank)[f"{row}.{one}"] for row in ROWS[:3] for one in ("person", "business")
    ] == [*(3, 4) * 3]
    assert told(blank) == "向下填充了 4 格。"
    assert blank.bridge.session.undo_name == "向下填充"
    press(blank, Key.Key_Z, modifier=Control)
    assert blank.bridge.report == before


def test_that_control_d_on_one_row_takes_the_row_above(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, "3", Key.Key_Return, Key.Key_Down)
    to_cell(requests, "requests.carried_in.person")
    press(blank, Key.Key_D, modifier=Control)
    assert figures(blank) == {"received.person": 3, "carried_in.person": 3}

    to_cell(requests, PERSON)
    press(blank, Key.Key_D, modifier=Control)
    assert told(blank) == "上面没有可以填充的格。"


def test_that_control_d_passes_totals_by_and_keeps_text_that_is_no_figure(
    blank: MainWindow, requests: FormTableView
) -> None:
    to_cell(requests, "requests.other.person")
    press(blank, "无", Key.Key_Return)
    to_cell(requests, "requests.other.person")
    press(blank, Key.Key_Down, Key.Key_Down, modifier=Shift)
    press(blank, Key.Key_D, modifier=Control)
    assert figures(blank) == {
        "other.person": Unreadable("无"),
        "carried_out.person": Unreadable("无"),
    }


def test_that_control_d_over_a_blank_blanks_and_never_writes_0(zeros: MainWindow) -> None:
    table(zeros, "requests")
    press(zeros, Key.Key_Delete)
    press(zeros, Key.Key_Down, modifier=Shift)
    press(zeros, Key.Key_D, modifier=Control)
    assert not {"received.person", "carried_in.person"} & figures(zeros).keys()


def test_that_control_x_copies_and_clears_as_one_step(zeros: MainWindow) -> None:
    view = table(zeros, "requests").view
    press(zeros, "7", Key.Key_Return, Key.Key_Up)
    press(zeros, Key.Key_Right, modifier=Shift)
    press(zeros, Key.Key_X, modifier=Control)
    assert QGuiApplication.clipboard().text() == "7\t0"
    assert not {"received.person", "received.business"} & figures(zeros).keys()
    assert zeros.bridge.session.undo_name == "剪切"

    to_cell(view, "requests.carried_in.person")
    press(zeros, Key.Key_V, modifier=Control)
    assert figures(zeros)["carried_in.person"] == 7


def test_that_a_copied_block_keeps_its_shape_and_is_a_table_for_word(zeros: MainWindow) -> None:
    view = table(zeros, "disclosure").view
    to_cell(view, "disclosure.licences.decisions")
    press(zeros, Key.Key_Down, modifier=Shift)
    press(zeros, Key.Key_C, modifier=Control)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "0\n\n\n0"  # the heading between the figures is an empty row
    assert data.html().count("<tr>") == 4
    assert told(zeros) == "复制了 2 格。"


def test_that_enter_goes_right_where_the_clerk_wants_it_and_that_is_remembered(
    blank: MainWindow, requests: FormTableView, open_window: Callable[[], MainWindow]
) -> None:
    right = enter_line(blank, "回车后向右")
    assert enter_line(blank, "回车后向下").isChecked()
    right.trigger()
    press(blank, "1", Key.Key_Return, "2", Key.Key_Enter)
    assert here(requests) == "requests.received.research"
    press(blank, Key.Key_Return, modifier=Shift)
    assert here(requests) == "requests.received.business"

    again = open_window()
    assert enter_line(again, "回车后向右").isChecked()
    enter_line(again, "回车后向下").trigger()
    assert not enter_line(again, "回车后向右").isChecked()
    assert '"after_enter": "down"' in (settings() / "preferences.json").read_text("utf-8")


def test_that_no_input_method_stands_between_the_keys_and_a_figure(
    blank: MainWindow, requests: FormTableView
) -> None:
    def wants_input_method() -> bool:
        asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)  # as Qt asks, on any system
        QApplication.sendEvent(QApplication.focusWidget() or blank, asked)
        return bool(asked.value(Qt.InputMethodQuery.ImEnabled))

    assert requests.hasFocus()
    assert not wants_input_method()
    press(blank, Key.Key_Down)
    to_cell(requests, PERSON)
    assert not wants_input_method()

    press(blank, Key.Key_F2)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert not wants_input_method()

    text(blank, "problems")
    assert wants_input_method()


@pytest.mark.parametrize(("copied", "kept"), [("十二", 12), ("１２\u3000件", 12), ("1,234", 1234)])
def test_that_numerals_of_every_sort_can_still_be_pasted(
    blank: MainWindow, requests: FormTableView, copied: str, kept: int
) -> None:
    paste(blank, copied)
    assert figures(blank) == {"received.person": kept}
    assert requests.currentIndex().data() == str(kept)
    to_cell(requests, "requests.granted.person")
    press(blank, Key.Key_F2)
    paste(blank, copied)
    press(blank, Key.Key_Return)
    assert figures(blank)["granted.person"] == kept


def test_that_money_may_be_typed_with_its_unit(blank: MainWindow) -> None:
    view = table(blank, "disclosure").view
    to_cell(view, "disclosure.fees.amount")
    press(blank, "1,234.50 万元", Key.Key_Return)
    assert view.form_model.index_of(at("disclosure.fees.amount")).data() == "1234.50"


WORD = """<table><tr><td rowspan=2><p><span>1</span></p></td><td colspan=2><p>2<o:p></o:p></p></td>
</tr><tr><td><p><span>&nbsp;</span>4</p></td><td><p>5</p></td></tr></table>"""


def test_that_a_word_table_is_pasted_by_its_cells_and_merged_ones_shift_no_other(
    blank: MainWindow, requests: FormTableView
) -> None:
    copy_html("1\n2\n 4\n5\n", WORD)
    press(blank, Key.Key_V, modifier=Control)
    assert figures(blank) == {
        "received.person": 1,
        "received.business": 2,
        "carried_in.business": 4,
        "carried_in.research": 5,
    }
    assert told(blank) == "粘贴了 4 格。"
    assert noticed(blank.work.page("requests")) == []  # type: ignore[arg-type]


def test_that_what_a_paste_did_not_take_stays_in_view_until_it_is_read(
    blank: MainWindow, requests: FormTableView, qtbot: QtBot
) -> None:
    page = table(blank, "requests")
    to_cell(requests, "requests.received.legal_service")
    paste(blank, "1\t/\t9\t7")
    assert told(blank) == (
        "粘贴了 2 格，1 格看不懂，原样留着，1 个总计与计算值不同，按计算值，"
        "1 个没有位置，没有使用。"
    )
    assert noticed(page) == [
        "看不懂、原样留着的 1 格：表三 · 一（新收） · 其他组织“/”。请改成数字，没有发生的填 0。",
        "总计按计算值，与粘贴的不同 1 个：表三 · 一（新收） · 总计粘贴的是 9，计算是 1。"
        "请核对各项。",
        "没有位置、没有使用的 1 个：第 1 行第 4 个“7”。",
    ]
    assert requests.hasFocus()
    press(blank, Key.Key_Down, "2", Key.Key_Return)
    assert noticed(page)

    press(blank, Key.Key_K, modifier=Alt)
    qtbot.waitUntil(lambda: noticed(page) == [])
    assert requests.hasFocus()


def test_that_a_notice_goes_with_the_step_it_speaks_of_and_with_the_page(
    blank: MainWindow, requests: FormTableView
) -> None:
    page = table(blank, "requests")
    paste(blank, "/")
    assert noticed(page)
    press(blank, Key.Key_Z, modifier=Control)
    assert noticed(page) == []
    assert figures(blank) == {}

    paste(blank, "/")
    blank.rail.open("disputes")
    blank.rail.open("requests")
    assert noticed(page) == []


def test_that_one_value_fills_all_that_is_chosen(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, Key.Key_Right, Key.Key_Down, Key.Key_Down, modifier=Shift)
    paste(blank, "０")
    assert figures(blank) == {
        f"{row}.{column}": 0 for row in ROWS[:3] for column in ("person", "business")
    }
    press(blank, Key.Key_Z, modifier=Control)
    assert figures(blank) == {}


def test_that_a_paste_begins_at_the_top_left_of_what_is_chosen(
    blank: MainWindow, requests: FormTableView
) -> None:
    to_cell(requests, "requests.granted.research")
    press(blank, Key.Key_Up, Key.Key_Left, modifier=Shift)
    paste(blank, "1\t2\t3")
    assert figures(blank) == {
        "carried_in.business": 1,
        "carried_in.research": 2,
        "carried_in.charity": 3,
    }


def test_that_a_block_pasted_while_a_cell_is_edited_goes_into_the_cells(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, Key.Key_F2)
    paste(blank, "1\t2\n3\t4")
    assert len(figures(blank)) == 4
    assert requests.hasFocus()
    assert here(requests) == PERSON


def test_that_a_whole_sheet_and_a_picture_are_refused_in_words(
    blank: MainWindow, requests: FormTableView
) -> None:
    page = table(blank, "requests")
    paste(blank, "1\n" * 2000)
    assert told(blank).startswith("复制的内容太多")
    assert noticed(page) == [told(blank)]

    QGuiApplication.clipboard().setMimeData(QMimeData())
    press(blank, Key.Key_V, modifier=Control)
    assert told(blank) == "剪贴板里没有可以粘贴的内容。"
    assert noticed(page) == []
    assert figures(blank) == {}


def test_that_rows_with_names_but_unclear_columns_are_refused_and_nothing_is_changed(
    blank: MainWindow, requests: FormTableView
) -> None:
    label = form().tables["requests"].blocks[0].rows[0].label[0]
    paste(blank, f"{label}\t3\t4")
    assert "请连表头一起复制" in told(blank)
    assert figures(blank) == {}


def test_that_a_composition_of_an_input_method_starts_no_edit(
    blank: MainWindow, requests: FormTableView
) -> None:
    event = QInputMethodEvent()
    event.setCommitString("三")
    QApplication.sendEvent(requests, event)
    press(blank, Key.Key_Escape)
    assert requests.hasFocus()


def test_that_the_actions_on_cells_are_in_the_context_menu_with_their_keys(
    requests: FormTableView,
) -> None:
    lines = {one.text(): one.shortcut().toString() for one in requests.actions()}
    assert lines == {
        "剪切": "Ctrl+X",
        "复制": "Ctrl+C",
        "粘贴": "Ctrl+V",
        "向下填充": "Ctrl+D",
        "清除": "Del",
    }


@pytest.mark.parametrize("keys", [(Key.Key_Y, Control), (Key.Key_Z, Control | Shift)])
def test_that_redo_takes_the_key_of_excel_and_that_of_other_programs(
    requests: FormTableView, blank: MainWindow, keys: tuple[Key, Modifier]
) -> None:
    press(blank, "3", Key.Key_Return)
    press(blank, Key.Key_Z, modifier=Control)
    assert at(PERSON) not in blank.bridge.report.cells
    key, held = keys
    press(blank, key, modifier=held)
    assert blank.bridge.report.cells[at(PERSON)] == 3
    assert requests.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a popup off screen
def test_that_a_menu_opened_while_a_figure_is_typed_gives_the_keyboard_back(
    requests: FormTableView, blank: MainWindow
) -> None:
    press(blank, "5")
    press(blank, Key.Key_H, modifier=Alt)
    menu = QApplication.activePopupWidget()
    assert menu
    QTest.keyClick(menu, Key.Key_Escape)
    press(blank, Key.Key_Escape)
    assert requests.hasFocus()
    assert figures(blank) == {"received.person": 5}
    assert here(requests) == PERSON


def test_that_every_line_of_the_window_leaves_the_key_that_exports_to_it(
    blank: MainWindow,
) -> None:
    table(blank, "requests")
    press(blank, "5")
    page = text(blank, "overview")
    for what in ("guide", "numbers"):
        page.help_write(what)
    lines = children(blank, QLineEdit)
    assert len(lines) > 8
    assert all(isinstance(one, Line) for one in lines)
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_E, Control)
    asked.setAccepted(True)
    assert not lines[0].event(asked)
    assert not asked.isAccepted()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Backtab])
def test_that_going_back_by_enter_or_tab_chooses_a_single_cell(
    blank: MainWindow, requests: FormTableView, key: Key
) -> None:
    press(blank, Key.Key_Right, Key.Key_Down)
    QTest.keyClick(blank.windowHandle(), key, Shift)  # as a keyboard does: Shift is held meanwhile
    assert len(chosen(requests)) == 1
    assert chosen(requests) == {here(requests)}
