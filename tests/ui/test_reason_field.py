"""Answering a query with a reason, in its own row of the panel, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.checks import Finding, Level
from app.checks.reasons import good_reasons
from app.drafts import load
from app.report import Report
from tests.reports import all_zeros, at
from tests.ui.conftest import (
    Key,
    Modifier,
    begin,
    here,
    paste,
    press,
    review,
    saved,
    table,
    text,
    to_cell,
    told,
)
from ui.message_list import BESIDE, FINDING
from ui.table_view import FormTableView
from ui.window import MainWindow

Control, Shift = Modifier.ControlModifier, Modifier.ShiftModifier
GOOD = "正文只列主要类别，其余为人事任免。"
BETTER = "文件在年末集中清理，详见清理目录。"
ISSUED = at("disclosure.normative.issued")
LISTED = "全年公开信息50条，其中动态20条、公告21条、预算8条。"


@pytest.fixture
def asked(window: MainWindow) -> MainWindow:
    """A window on a report without faults but for two queries: one on a table, one on a text."""
    report = all_zeros().with_cells({ISSUED: 3})
    overview = f"{report.text('overview')}\n{LISTED}"
    return begin(window, report.with_text("overview", overview))


def queries(window: MainWindow) -> list[Finding]:
    window.bridge.read_texts()
    return [one for one in window.bridge.checked.open if one.level is Level.QUERY]


def rows(window: MainWindow) -> list[str]:
    panel = window.work.findings.list
    return [panel.item(row).text() for row in range(panel.count())]


def row_of(window: MainWindow, rule: str) -> int:
    panel = window.work.findings.list
    found = [panel.item(row).data(FINDING) for row in range(panel.count())]
    return next(row for row, one in enumerate(found) if one and one.rule == rule)


def to_query(window: MainWindow, rule: str) -> Finding:
    """Press F8 until the query of this rule is reached."""
    for _ in range(20):
        press(window, Key.Key_F8)
        chosen = window.work.findings.chosen()
        if chosen and chosen.rule == rule:
            return chosen
    raise AssertionError(rule)


def write(window: MainWindow, reason: str) -> None:
    """Put the cursor in the field and a text in it, in place of what is there."""
    press(window, Key.Key_F4)
    assert window.work.findings.field.line.hasFocus()
    press(window, Key.Key_A, modifier=Control)
    paste(window, reason)


def test_that_a_query_is_answered_by_f8_f4_the_reason_and_enter(asked: MainWindow) -> None:
    assert [one.rule for one in queries(asked)] == ["parts-sum", "stock"]
    view = table(asked, "disclosure").view
    query = to_query(asked, "stock")
    field = asked.work.findings.field
    assert here(view) == str(ISSUED)
    assert field.isVisible()
    assert not field.line.hasFocus()

    write(asked, GOOD)
    press(asked, Key.Key_Return)

    assert asked.bridge.checked.reason(query) == GOOD
    assert not field.isVisible()
    assert view.hasFocus()
    assert here(view) == str(ISSUED)
    assert asked.bridge.session.undo_name == "说明理由"
    press(asked, Key.Key_F8)
    assert asked.work.findings.chosen() == queries(asked)[0]


def test_that_a_mistake_in_last_years_report_is_answered_like_a_query(window: MainWindow) -> None:
    last = all_zeros(year=2025).with_cells({at("requests.carried_out.person"): 1})
    begin(window, replace(all_zeros(), previous=last))
    assert not window.bridge.checked.clean
    to_query(window, "carried-over")
    write(window, "上年报告漏计了撤回的1件，已向县里报告更正。")
    press(window, Key.Key_Return)
    assert window.bridge.checked.clean
    assert "强制" not in "".join(rows(window))
    assert "✓ 已说明理由（1）" in rows(window)


def test_that_the_field_stands_in_the_row_of_its_query_and_hides_no_word(
    asked: MainWindow,
) -> None:
    to_query(asked, "stock")
    panel, field = asked.work.findings.list, asked.work.findings.field
    box = panel.visualItemRect(panel.currentItem())
    assert box.contains(field.geometry())
    assert panel.viewport().rect().contains(field.geometry())
    width = box.width() - 20
    needed = panel.fontMetrics().boundingRect(
        0, 0, width, 10_000, Qt.TextFlag.TextWordWrap.value, panel.currentItem().text()
    )
    assert needed.height() <= field.geometry().top() - box.top()

    panel.verticalScrollBar().setValue(0)
    asked.resize(1100, 600)
    QApplication.processEvents()
    assert panel.visualItemRect(panel.currentItem()).contains(field.geometry())


def test_that_one_comes_back_to_the_table_whose_cell_was_being_edited(asked: MainWindow) -> None:
    """The field of the cell is gone by then."""
    to_query(asked, "parts-sum")
    view = table(asked, "requests").view
    view.setFocus()
    press(asked, "4")
    assert not view.hasFocus()
    press(asked, Key.Key_F4)
    assert asked.work.findings.field.line.hasFocus()
    QTest.qWait(50)
    press(asked, Key.Key_Escape)
    assert view.hasFocus()


def test_that_what_says_nothing_is_refused_in_the_row_with_a_good_example_and_kept(
    asked: MainWindow,
) -> None:
    query = to_query(asked, "stock")
    field = asked.work.findings.field
    write(asked, "情况属实，核实无误，数据准确")
    press(asked, Key.Key_Return)

    assert field.refusal.isVisible()
    assert good_reasons()[0] in field.refusal.text()
    assert field.line.text() == "情况属实，核实无误，数据准确"
    assert field.line.hasFocus()
    assert asked.bridge.report.reasons == ()
    box = asked.work.findings.list.visualItemRect(asked.work.findings.list.currentItem())
    assert box.contains(field.geometry())
    assert field.geometry().bottom() <= asked.work.findings.list.viewport().height()

    press(asked, "，", Key.Key_Backspace)
    assert not field.refusal.isVisible()
    write(asked, GOOD)
    press(asked, Key.Key_Return)
    assert asked.bridge.checked.reason(query) == GOOD


def test_that_escape_leaves_without_a_reason_for_where_one_was(asked: MainWindow) -> None:
    view = table(asked, "disclosure").view
    to_query(asked, "stock")
    write(asked, GOOD)
    press(asked, Key.Key_Escape)

    assert view.hasFocus()
    assert asked.bridge.report.reasons == ()
    assert asked.work.findings.field.line.text() == ""


def test_that_accepted_queries_stand_apart_with_their_reason_and_are_counted_apart(
    asked: MainWindow,
) -> None:
    to_query(asked, "stock")
    assert asked.status.counts.text() == "! 核实 2"
    write(asked, GOOD)
    press(asked, Key.Key_Return)

    assert rows(asked)[0] == "! 核实（1）"
    assert "✓ 已说明理由（1）" in rows(asked)
    row = row_of(asked, "stock")
    assert row > rows(asked).index("✓ 已说明理由（1）")
    item = asked.work.findings.list.item(row)
    assert item.data(BESIDE) == f"理由：{GOOD}"
    assert asked.status.counts.text() == "! 核实 1　✓ 已说明理由 1"
    states = [asked.rail.item(at_row).text() for at_row in range(asked.rail.count())]
    assert "二 主动公开\n✓ 完成 · 理由 1" in states
    assert states[-1] == "核对与导出\n! 核实 1 · 理由 1"
    page = review(asked)
    assert page._meaning.text().startswith("另有 1 处需要核实。已说明理由 1 处。")


def test_that_the_mark_on_a_cell_goes_with_the_reason_and_the_reason_is_told_there(
    asked: MainWindow,
) -> None:
    view = table(asked, "disclosure").view
    query = to_query(asked, "stock")
    assert view.form_model.to_change(ISSUED) == query
    write(asked, GOOD)
    press(asked, Key.Key_Return)

    assert view.form_model.to_change(ISSUED) is None
    assert f"已说明理由：{GOOD}" in told(asked)
    spoken = view.form_model.index_of(ISSUED).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(f"已说明理由：{GOOD}")


def test_that_a_passage_is_no_longer_underlined_once_it_is_answered(asked: MainWindow) -> None:
    marks = text(asked, "overview").editors["overview"].underlines
    to_query(asked, "parts-sum")
    assert [one.finding.rule for one in marks.marks] == ["parts-sum"]
    write(asked, GOOD)
    press(asked, Key.Key_Return)
    assert marks.marks == []


def accepted(window: MainWindow, rule: str = "stock") -> Finding:
    query = to_query(window, rule)
    write(window, GOOD)
    press(window, Key.Key_Return)
    return query


def test_that_a_reason_can_be_changed_and_withdrawn_by_keyboard(asked: MainWindow) -> None:
    query = accepted(asked)
    for reason, kept in ((BETTER, BETTER), ("", None)):
        asked.work.findings.list.setCurrentRow(row_of(asked, "stock"))
        write(asked, reason)
        press(asked, Key.Key_Return)
        assert asked.bridge.checked.reason(query) == kept
    assert asked.bridge.session.undo_name == "撤回理由"

    for kept in (BETTER, GOOD, None):
        press(asked, Key.Key_Z, modifier=Control)
        assert asked.bridge.checked.reason(query) == kept
    press(asked, Key.Key_Y, modifier=Control)
    assert asked.bridge.checked.reason(query) == GOOD


def test_that_a_reason_is_withdrawn_by_a_click(asked: MainWindow) -> None:
    query = accepted(asked)
    click(asked, row_of(asked, "stock"))
    button = asked.work.findings.field.withdraw
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.bridge.checked.reason(query) is None
    assert len(queries(asked)) == 2
    click(asked, row_of(asked, "stock"))
    assert not button.isVisible()


def click(window: MainWindow, row: int) -> None:
    panel = window.work.findings.list
    panel.scrollToItem(panel.item(row))
    place = panel.visualItemRect(panel.item(row)).topLeft() + QPoint(20, 10)
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_a_reason_lapses_when_its_value_changes_and_the_query_is_open_again(
    asked: MainWindow,
) -> None:
    view = table(asked, "disclosure").view
    accepted(asked)
    view.go_to(ISSUED)
    press(asked, "5", Key.Key_Return)
    assert "stock" in [one.rule for one in queries(asked)]
    assert "✓ 已说明理由（1）" not in rows(asked)

    view.go_to(ISSUED)
    press(asked, "3", Key.Key_Return)
    assert "✓ 已说明理由（1）" in rows(asked)


def test_that_a_reason_is_on_disk_and_there_when_the_draft_is_opened_again(
    asked: MainWindow,
) -> None:
    accepted(asked)
    press(asked, Key.Key_S, modifier=Control)
    path = asked.bridge.path
    assert path
    assert load(path).report.reasons[0]["reason"] == GOOD
    assert "已保存" in saved(asked)
    asked.work.desk.close()
    asked.open_draft(path)
    assert "✓ 已说明理由（1）" in rows(asked)


@pytest.mark.parametrize("leave", ["F8", "click on the page", "save", "another step"])
def test_that_a_good_reason_half_written_holds_when_one_goes_on_elsewhere(
    asked: MainWindow, leave: str
) -> None:
    view = table(asked, "disclosure").view
    query = to_query(asked, "stock")
    write(asked, GOOD)
    ways: dict[str, Callable[[], object]] = {
        "F8": lambda: press(asked, Key.Key_F8),
        "click on the page": lambda: QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton),
        "save": lambda: press(asked, Key.Key_S, modifier=Control),
        "another step": lambda: press(asked, Key.Key_PageDown, modifier=Control),
    }
    if leave == "click on the page":
        view.setFocus(Qt.FocusReason.MouseFocusReason)
    ways[leave]()
    assert asked.bridge.checked.reason(query) == GOOD
    assert QApplication.focusWidget()


@pytest.mark.parametrize("target", ["parts-sum", "stock"])
def test_that_a_click_in_the_list_is_followed_before_the_half_written_reason_moves_rows(
    asked: MainWindow, target: str
) -> None:
    query = to_query(asked, "stock")
    write(asked, GOOD)
    click(asked, row_of(asked, target))
    assert asked.bridge.checked.reason(query) == GOOD
    page = asked.rail.steps[asked.rail.current_row()].id
    assert page == ("overview" if target == "parts-sum" else "disclosure")


def test_that_a_bad_reason_half_written_waits_in_its_row(asked: MainWindow) -> None:
    to_query(asked, "stock")
    write(asked, "核实无误")
    press(asked, Key.Key_F8)
    assert asked.bridge.report.reasons == ()
    assert asked.work.findings.field.line.text() == ""

    to_query(asked, "stock")
    assert asked.work.findings.field.line.text() == "核实无误"


def test_that_f4_without_a_query_says_so_and_opens_nothing(zeros: MainWindow) -> None:
    table(zeros, "disclosure")
    press(zeros, Key.Key_F4)
    assert told(zeros) == "这里没有要说明理由的问题。按 F8 到下一个问题。"
    zeros.bridge.session.type(at("disclosure.coercion.decisions"), "-3")
    press(zeros, Key.Key_F8)
    press(zeros, Key.Key_F4)
    assert not zeros.work.findings.field.isVisible()


def test_that_f4_finds_the_query_of_the_cell_in_focus_and_shows_a_panel_put_away(
    asked: MainWindow,
) -> None:
    asked.resize(910, 485)
    view = table(asked, "disclosure").view
    view.go_to(ISSUED)
    assert not asked.work.findings.isVisible()
    press(asked, Key.Key_F4)
    assert asked.work.findings.isVisible()
    assert asked.work.findings.field.line.hasFocus()
    chosen = asked.work.findings.chosen()
    assert chosen
    assert chosen.rule == "stock"


def test_that_what_is_being_typed_is_not_written_over_when_the_list_changes(
    asked: MainWindow,
) -> None:
    to_query(asked, "stock")
    write(asked, "半句")
    asked.bridge.session.type(at("disclosure.coercion.decisions"), "-3")
    asked.bridge.session.type(at("disputes.review.upheld"), "")
    field = asked.work.findings.field
    assert field.line.text() == "半句"
    assert field.line.hasFocus()
    assert asked.work.findings.list.visualItemRect(asked.work.findings.list.currentItem()).contains(
        field.geometry()
    )


def test_that_the_field_goes_with_its_query_when_that_is_mended_elsewhere(
    asked: MainWindow,
) -> None:
    view = table(asked, "disclosure").view
    to_query(asked, "stock")
    write(asked, GOOD)
    asked.bridge.session.type(ISSUED, "0")
    assert not asked.work.findings.field.isVisible()
    assert view.hasFocus()
    assert asked.bridge.report.reasons == ()


def test_that_keys_of_the_field_do_not_move_the_list(asked: MainWindow) -> None:
    to_query(asked, "stock")
    row = asked.work.findings.list.currentRow()
    press(asked, Key.Key_F4, Key.Key_Down, Key.Key_Up, Key.Key_PageDown, Key.Key_Return)
    assert asked.work.findings.list.currentRow() == row
    assert asked.bridge.report.reasons == ()


def test_that_an_error_offers_no_field(zeros: MainWindow) -> None:
    zeros.bridge.session.type(at("disclosure.coercion.decisions"), "-3")
    press(zeros, Key.Key_F8)
    assert not zeros.work.findings.field.isVisible()


def test_that_the_field_is_named_for_its_query(asked: MainWindow) -> None:
    query = to_query(asked, "stock")
    field = asked.work.findings.field
    assert field.line.accessibleName() == f"理由：{query.message}"
    assert "F4" in field.line.placeholderText()


def test_that_a_panel_with_nothing_but_reasons_says_nothing_else_is_wrong(
    window: MainWindow,
) -> None:
    only: Report = all_zeros().with_cells({ISSUED: 3})
    begin(window, only)
    accepted(window)
    assert rows(window)[0].endswith("没有其他问题")
    assert isinstance(QApplication.focusWidget(), FormTableView)


def test_that_a_reason_that_has_lapsed_is_there_to_be_given_again(asked: MainWindow) -> None:
    query = to_query(asked, "stock")
    write(asked, GOOD)
    press(asked, Key.Key_Return)
    assert asked.bridge.checked.reason(query) == GOOD
    view = table(asked, "disclosure").view
    to_cell(view, str(ISSUED))
    press(asked, "9", Key.Key_Return)

    again = to_query(asked, "stock")
    field = asked.work.findings.field
    assert asked.bridge.checked.reason(again) is None
    assert field.line.text() == GOOD
    assert field.lapsed.isVisible()
    press(asked, Key.Key_F4, Key.Key_Return)
    assert asked.bridge.checked.reason(again) == GOOD
    assert not field.isVisible()
