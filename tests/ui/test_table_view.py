"""The grid as a clerk who knows Excel uses it: keys, mouse and clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.numbers import Figure, Unreadable
from tests.reports import at, found
from tests.ui.conftest import Key, Modifier, here, paste, press, table, to_cell, told
from ui.cell_painter import SIDES, Look, font_for
from ui.table_view import FormTableView
from ui.window import MainWindow

PERSON = "requests.received.person"
Control, Shift = Modifier.ControlModifier, Modifier.ShiftModifier


def figure(window: MainWindow, address: str) -> Figure | None:
    return window.bridge.report.cells.get(at(address))


def editor(view: FormTableView) -> QLineEdit:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert view.isAncestorOf(focused)
    return focused


@pytest.fixture
def requests(blank: MainWindow) -> FormTableView:
    """The view of table three of a blank report, its first cell in focus."""
    view = table(blank, "requests").view
    assert here(view) == PERSON
    return view


def test_that_typing_replaces_a_figure_and_f2_edits_it(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, "12", Key.Key_Return)
    to_cell(requests, PERSON)
    press(blank, "3", Key.Key_Return)
    assert figure(blank, PERSON) == 3

    to_cell(requests, PERSON)
    press(blank, Key.Key_F2, Key.Key_End, "4", Key.Key_Return)
    assert figure(blank, PERSON) == 34


def test_that_escape_keeps_the_old_figure(blank: MainWindow, requests: FormTableView) -> None:
    press(blank, "12", Key.Key_Return)
    to_cell(requests, PERSON)
    press(blank, "99", Key.Key_Escape)

    assert figure(blank, PERSON) == 12
    assert requests.hasFocus()
    assert here(requests) == PERSON


def test_that_enter_goes_down_column_after_column_past_the_totals(
    blank: MainWindow, requests: FormTableView
) -> None:
    rows = [row.id for row in blank.bridge.report.form.tables["requests"].blocks[0].rows]
    visited = []
    for _ in range(len(rows)):
        visited.append(here(requests))
        press(blank, Key.Key_Return)

    typed = [row for row in rows if row != "processed"]
    assert visited == [
        *(f"requests.{row}.person" for row in typed),
        "requests.received.business",
    ]


def test_that_shift_enter_goes_up_and_back_to_the_column_before(
    blank: MainWindow, requests: FormTableView
) -> None:
    to_cell(requests, "requests.carried_in.business")
    press(blank, "5")
    press(blank, Key.Key_Return, modifier=Shift)
    assert figure(blank, "requests.carried_in.business") == 5
    assert here(requests) == "requests.received.business"

    press(blank, Key.Key_Return, Key.Key_Return, modifier=Shift)
    assert here(requests) == "requests.other.person"


def test_that_tab_goes_along_the_typed_cells_only_and_shift_tab_back(
    blank: MainWindow, requests: FormTableView
) -> None:
    to_cell(requests, "requests.received.other")
    press(blank, "1", Key.Key_Tab)
    assert here(requests) == "requests.carried_in.person"
    assert requests.hasFocus()  # as in Excel: it has moved on, it does not edit

    press(blank, Key.Key_Backtab, modifier=Shift)
    assert here(requests) == "requests.received.other"


def test_that_tab_and_enter_go_on_from_a_total_without_going_back_to_the_top(
    blank: MainWindow, requests: FormTableView
) -> None:
    to_cell(requests, "requests.granted.total")
    press(blank, Key.Key_Tab)
    assert here(requests) == "requests.partly_granted.person"

    to_cell(requests, "requests.processed.charity")
    press(blank, Key.Key_Return)
    assert here(requests) == "requests.carried_out.charity"


def test_that_tab_stays_in_the_last_cell_and_shift_tab_in_the_first(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, Key.Key_Backtab, modifier=Shift)
    assert here(requests) == PERSON

    to_cell(requests, "requests.carried_out.other")
    press(blank, "1", Key.Key_Tab)
    press(blank, Key.Key_Tab)
    assert here(requests) == "requests.carried_out.other"
    assert figure(blank, "requests.carried_out.other") == 1
    assert requests.hasFocus()


def test_that_tab_visits_every_typed_cell_of_a_table_with_blocks_in_its_order(
    blank: MainWindow,
) -> None:
    view = table(blank, "disclosure").view
    visited = [here(view)]
    for _ in range(9):
        press(blank, Key.Key_Tab)
        visited.append(here(view))

    assert visited == [str(one.cell) for one in blank.bridge.report.form.typed("disclosure")]


def test_that_arrows_move_and_end_an_edit_by_up_and_down(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, Key.Key_Right, Key.Key_Down)
    assert here(requests) == "requests.carried_in.business"

    press(blank, "8", Key.Key_Up)
    assert figure(blank, "requests.carried_in.business") == 8
    assert here(requests) == "requests.received.business"
    press(blank, Key.Key_Left, "9", Key.Key_Up)
    assert here(requests) == PERSON
    assert figure(blank, PERSON) == 9
    assert requests.hasFocus()


def test_that_delete_clears_all_chosen_cells_as_one_step(
    zeros: MainWindow,
) -> None:
    view = table(zeros, "requests").view
    press(zeros, Key.Key_Right, Key.Key_Down, modifier=Shift)
    press(zeros, Key.Key_Delete)
    four = [
        f"requests.{row}.{column}"
        for row in ("received", "carried_in")
        for column in ("person", "business")
    ]
    assert [figure(zeros, one) for one in four] == [None] * 4
    assert view.hasFocus()

    press(zeros, Key.Key_Z, modifier=Control)
    assert [figure(zeros, one) for one in four] == [0] * 4
    assert zeros.bridge.session.undo_name is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１２", 12),
        ("12 件", 12),
        ("1,234", 1234),
        ("\u00a012\u00a0", 12),
        ("\u300012", 12),
        ("十二", 12),
    ],
)
def test_that_a_figure_is_shown_as_a_plain_number_however_it_was_typed(
    blank: MainWindow, requests: FormTableView, typed: str, kept: int
) -> None:
    press(blank, typed, Key.Key_Return)

    assert figure(blank, PERSON) == kept
    assert requests.form_model.index_of(at(PERSON)).data() == str(kept)
    assert "not-a-number" not in {rule for rule, _ in found(blank.bridge.session)}


@pytest.mark.parametrize("typed", ["abc", "2.5", "22（其中修订16件）", "①", "1e5", "/", "--"])
def test_that_what_is_no_figure_is_kept_as_it_was_typed_and_found(
    blank: MainWindow, requests: FormTableView, typed: str
) -> None:
    press(blank, typed, Key.Key_Return)

    assert figure(blank, PERSON) == Unreadable(typed)
    assert requests.form_model.index_of(at(PERSON)).data() == typed
    assert ("not-a-number", "received.person") in found(blank.bridge.session)


def test_that_a_negative_count_is_kept_and_found(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, "-3", Key.Key_Return)

    assert figure(blank, PERSON) == -3
    assert ("negative", "received.person") in found(blank.bridge.session)


def test_that_nothing_is_marked_while_a_figure_is_being_typed(
    blank: MainWindow, requests: FormTableView
) -> None:
    before = blank.bridge.checked
    press(blank, "abc")
    assert blank.bridge.checked is before
    assert editor(requests).text() == "abc"


def test_that_a_figure_of_ten_digits_fits_its_cell_in_the_smallest_window(
    blank: MainWindow, requests: FormTableView
) -> None:
    blank.resize(910, 485)
    QApplication.processEvents()
    press(blank, "1234567890", Key.Key_Return)
    for address in (PERSON, "requests.received.total"):
        index = requests.form_model.index_of(at(address))
        look = requests.figures.look(at(address))
        width = requests.visualRect(index).width()
        font = font_for(look, requests.font(), width)

        assert look.text == "1234567890"
        assert QFontMetrics(font).horizontalAdvance(look.text) <= width - SIDES
        assert font.pointSizeF() > 5.5


@pytest.mark.parametrize("digits", range(4, 11))
def test_that_a_long_figure_becomes_smaller_until_it_fits(
    dressed: QApplication, digits: int
) -> None:
    look = Look("1234567890"[:digits], QColor())
    for width in range(40, 90):
        fitted = font_for(look, dressed.font(), width)
        assert QFontMetrics(fitted).horizontalAdvance(look.text) <= width - SIDES


def test_that_a_block_is_copied_and_pasted_as_one_step(zeros: MainWindow) -> None:
    view = table(zeros, "requests").view
    press(zeros, "3", Key.Key_Tab, "4", Key.Key_Return)
    to_cell(view, PERSON)
    press(zeros, Key.Key_Right, Key.Key_Down, modifier=Shift)
    press(zeros, Key.Key_C, modifier=Control)
    assert QGuiApplication.clipboard().text() == "3\t4\n0\t0"

    to_cell(view, "requests.granted.charity")
    before = zeros.bridge.report
    press(zeros, Key.Key_V, modifier=Control)
    assert figure(zeros, "requests.granted.charity") == 3
    assert figure(zeros, "requests.granted.legal_service") == 4
    assert told(zeros) == "粘贴了 4 格。"

    press(zeros, Key.Key_Z, modifier=Control)
    assert zeros.bridge.report == before


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_that_short_lines_and_any_line_ends_are_pasted(
    blank: MainWindow, requests: FormTableView, line_end: str
) -> None:
    paste(blank, line_end.join(["1\t2\t3", "4", "", "５ 件\t6", ""]))

    names = {
        "received.person": 1,
        "received.business": 2,
        "received.research": 3,
        "carried_in.person": 4,
        "partly_granted.person": 5,
        "partly_granted.business": 6,
    }
    assert {str(cell): kept for cell, kept in blank.bridge.report.cells.items()} == {
        f"requests.{name}": kept for name, kept in names.items()
    }
    assert here(requests) == PERSON


def test_that_a_paste_says_what_it_left_out(blank: MainWindow, requests: FormTableView) -> None:
    to_cell(requests, "requests.carried_out.legal_service")
    paste(blank, "1\t2\t3\t4\n5\t6")  # total, beyond the last column, and a row too many

    assert figure(blank, "requests.carried_out.legal_service") == 1
    assert figure(blank, "requests.carried_out.other") == 2
    assert len(blank.bridge.report.cells) == 2
    assert told(blank) == "粘贴了 2 格，3 个没有位置，没有使用。"  # the total is computed


def test_that_pasted_rubbish_is_kept_as_text_and_found(
    blank: MainWindow, requests: FormTableView
) -> None:
    paste(blank, "合计\t3")

    assert figure(blank, PERSON) == Unreadable("合计")
    assert figure(blank, "requests.received.business") == 3
    assert ("not-a-number", "received.person") in found(blank.bridge.session)


def test_that_a_merged_row_of_excel_is_pasted_into_a_wide_cell(blank: MainWindow) -> None:
    view = table(blank, "disclosure").view
    to_cell(view, "disclosure.licences.decisions")
    paste(blank, "46\t\t")

    assert figure(blank, "disclosure.licences.decisions") == 46
    assert told(blank) == "粘贴了 1 格。"


def test_that_an_edit_is_kept_when_another_step_is_opened(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, "5")
    press(blank, Key.Key_PageDown, modifier=Control)
    assert blank.rail.steps[blank.rail.current_row()].id == "disputes"
    assert figure(blank, PERSON) == 5


def test_that_an_edit_is_kept_when_the_focus_goes_elsewhere(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, "6")
    blank.rail.setFocus()
    assert figure(blank, PERSON) == 6

    to_cell(requests, "requests.granted.person")
    press(blank, "7")
    to_cell(requests, PERSON)
    assert figure(blank, "requests.granted.person") == 7


def test_that_an_edit_is_kept_when_the_window_is_closed_or_saved_in_its_midst(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, "6")
    press(blank, Key.Key_S, modifier=Control)
    assert figure(blank, PERSON) == 6
    assert requests.hasFocus()

    path = blank.bridge.path
    press(blank, Key.Key_Down, "8")
    blank.close()

    blank.open_draft(path)  # type: ignore[arg-type]
    assert figure(blank, "requests.carried_in.person") == 8


def test_that_the_echo_of_a_commit_does_not_move_the_cursor(
    zeros: MainWindow,
) -> None:
    view = table(zeros, "requests").view
    to_cell(view, "requests.granted.person")
    moves: list[QModelIndex] = []
    view.selectionModel().currentChanged.connect(lambda now, _: moves.append(now))
    press(zeros, "3")
    zeros.work.autosave.save_now()
    zeros.rail.setFocus()

    assert here(view) == "requests.granted.person"
    assert not moves
    assert figure(zeros, "requests.granted.person") == 3


def test_that_a_double_click_edits_a_typed_cell_and_no_total(zeros: MainWindow) -> None:
    view = table(zeros, "disputes").view
    for address, edited in (("disputes.review.upheld", True), ("disputes.review.total", False)):
        to_cell(view, address)
        at_cell = view.visualRect(view.currentIndex()).center()
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at_cell)
        assert isinstance(QApplication.focusWidget(), QLineEdit) is edited
        press(zeros, Key.Key_Escape)
    press(zeros, "9")
    assert not isinstance(QApplication.focusWidget(), QLineEdit)


def test_that_a_field_being_edited_is_never_written_over(
    blank: MainWindow, requests: FormTableView
) -> None:
    press(blank, "12")
    blank.bridge.session.fill({at(PERSON): "99"}, "来自别处")

    assert editor(requests).text() == "12"
    press(blank, Key.Key_Return)
    assert figure(blank, PERSON) == 12
