"""What stands around a table: its state in a line, its balances, and the two buttons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.paths import examples
from app.succession import next_report
from tests.reports import all_zeros, at, tabled
from tests.ui.conftest import Key, Modifier, begin, children, here, press, table, to_cell, told
from ui.balance_strip import BalanceStrip
from ui.pages.table import TablePage
from ui.window import MainWindow

Alt, Control = Modifier.AltModifier, Modifier.ControlModifier


def balances(page: TablePage) -> list[str]:
    """What the strip under the table says, column by column."""
    (strip,) = children(page, BalanceStrip)
    return strip.accessibleName().split("；")


def test_that_the_bar_counts_relations_passed_broken_and_waiting(blank: MainWindow) -> None:
    page = table(blank, "requests")
    assert page._state.text() == "39 条关系：0 通过 · 0 不符 · 39 待填"

    page.fill_zeros()
    assert page._state.text() == "39 条关系：39 通过 · 0 不符 · 0 待填"

    press(blank, "1", Key.Key_Return)
    assert page._state.text() == "39 条关系：37 通过 · 2 不符 · 0 待填"
    press(blank, Key.Key_Delete)
    assert page._state.text() == "39 条关系：36 通过 · 0 不符 · 3 待填"


def test_that_a_table_without_relations_has_no_bar(blank: MainWindow) -> None:
    page = table(blank, "disclosure")
    assert page._state.text() == ""
    assert not children(page, BalanceStrip)


def test_that_the_strip_shows_both_sides_and_the_difference_of_each_column(
    window: MainWindow,
) -> None:
    report = tabled(
        all_zeros(),
        "requests",
        """
        row         person  business  charity
        received         3         1        -
        carried_in       1         0        .
        granted          2         1        .
        carried_out      1         0        .
        """,
    )
    page = table(begin(window, report), "requests")

    assert balances(page) == [
        "自然人 4，3，✖ 1",
        "商业企业 1，1，0 ✓",
        "科研机构 0，0，0 ✓",
        "社会公益组织 …，0，",
        "法律服务机构 0，0，0 ✓",
        "其他组织 0，0，0 ✓",
        "总计 …，4，",
    ]


def test_that_a_low_window_keeps_only_the_differences_below_the_table(zeros: MainWindow) -> None:
    page = table(zeros, "requests")
    (strip,) = children(page, BalanceStrip)
    whole = strip.height()
    zeros.resize(683, 340)
    QApplication.processEvents()
    assert strip.height() < whole / 2
    zeros.resize(910, 485)
    QApplication.processEvents()
    assert strip.height() == whole


def test_that_the_strip_follows_every_edit(zeros: MainWindow) -> None:
    page = table(zeros, "requests")
    press(zeros, "2", Key.Key_Return)
    assert balances(page)[0] == "自然人 2，0，✖ 2"

    press(zeros, Key.Key_Z, modifier=Control)
    assert balances(page)[0] == "自然人 0，0，0 ✓"


def test_that_the_rest_is_filled_with_0_as_one_step_and_the_button_says_how_many(
    blank: MainWindow, qtbot: QtBot
) -> None:
    page = table(blank, "requests")
    press(blank, "3", Key.Key_Return)
    assert page._zeros.text().startswith("其余 143 格填 0")

    press(blank, Key.Key_0, modifier=Alt)
    qtbot.waitUntil(lambda: len(blank.bridge.report.cells) > 1)
    cells = blank.bridge.report.cells
    assert len(cells) == 144
    assert cells[at("requests.received.person")] == 3
    assert sum(figure == 0 for figure in cells.values()) == 143
    assert not page._zeros.isEnabled()

    press(blank, Key.Key_Z, modifier=Control)
    assert len(blank.bridge.report.cells) == 1
    assert page._zeros.isEnabled()


def test_that_what_cannot_be_read_is_not_overwritten_by_filling_0(blank: MainWindow) -> None:
    page = table(blank, "disputes")
    press(blank, "无", Key.Key_Tab)
    page._zeros.click()

    assert page.view.form_model.index_of(at("disputes.review.upheld")).data() == "无"
    assert len(blank.bridge.report.cells) == 12


def test_that_taking_computed_totals_is_offered_where_a_stated_one_differs(
    practice: MainWindow, qtbot: QtBot
) -> None:
    page, total = table(practice, "requests"), at("requests.not_held.total")
    assert page._computed.isVisible()
    assert page._computed.text().startswith("改用计算值 1 处")
    page.view.go_to(total)
    assert "填报 5，计算 4" in told(practice)

    press(practice, Key.Key_C, modifier=Alt)

    qtbot.waitUntil(lambda: total not in practice.bridge.report.cells)
    assert page.view.form_model.index_of(total).data() == "4"
    assert not page._computed.isVisible()
    press(practice, Key.Key_Z, modifier=Control)
    assert practice.bridge.report.cells[total] == 5


def test_that_taking_computed_totals_is_not_offered_where_they_agree(
    window: MainWindow,
) -> None:
    report = all_zeros().with_cells({at("requests.received.total"): 0})
    page = table(begin(window, report), "requests")
    assert not page._computed.isVisible()


def test_that_the_status_line_says_what_the_cell_in_focus_is_and_what_is_wrong_with_it(
    window: MainWindow,
) -> None:
    assert window.work.desk.copy_of(examples() / "practice-2026.json", "练习")
    page = table(window, "disclosure")
    page.view.go_to(at("disclosure.licences.decisions"))
    assert told(window) == "表二 · 行政许可 · 本年处理决定数量"

    press(window, Key.Key_Down, Key.Key_Down)
    assert told(window).startswith("表二 · 行政强制 · 本年处理决定数量：-3 是负数")


def test_that_a_year_without_applications_takes_three_keys_for_tables_three_and_four(
    blank: MainWindow, qtbot: QtBot
) -> None:
    page = table(blank, "requests")
    before, overview = blank.bridge.report, blank.bridge.report.text("overview")
    used = 0

    press(blank, Key.Key_W, modifier=Alt)
    used += 1
    qtbot.waitUntil(page.notice.isVisible)
    cells = blank.bridge.report.cells
    assert {cell.table for cell in cells} == {"requests", "disputes"}
    assert set(cells.values()) == {0}
    assert len(cells) == 156
    assert blank.bridge.report.text("overview") == overview
    assert "已把表三、表四的 156 格填 0" in page.notice.accessibleName()
    assert page.view.hasFocus()

    press(blank, Key.Key_A, modifier=Alt)
    used += 1
    qtbot.waitUntil(lambda: not page.notice.isVisible())
    assert "没有收到政府信息公开申请" in blank.bridge.report.text("overview")
    assert told(blank) == "已加在“总体情况”末尾。"
    blank.bridge.read_texts()
    assert told(blank) == "已加在“总体情况”末尾。"
    assert page.view.hasFocus()
    assert not page._nothing.isEnabled()

    press(blank, Key.Key_PageDown, modifier=Control)  # table four is there to look at
    used += 1
    for step in ("requests", "disputes"):
        assert not [one for one in blank.bridge.checked.findings if one.section == step]
    assert used <= 15

    press(blank, Key.Key_Z, modifier=Control)
    assert blank.bridge.report.text("overview") == overview
    assert len(blank.bridge.report.cells) == 156
    press(blank, Key.Key_Z, modifier=Control)
    assert blank.bridge.report == before


def test_that_enter_at_the_last_cell_says_where_to_go(blank: MainWindow) -> None:
    page = table(blank, "disputes")
    press(blank, "1", *[Key.Key_Return] * 12)
    assert here(page.view) == "disputes.suit_after_review.pending"
    assert told(blank) == (
        "这是最后一格，还有 11 格没有填，按 F8 找到它们；Ctrl+PageDown 到下一步。"
    )
    page.fill_zeros()
    press(blank, Key.Key_Tab)
    assert told(blank) == "这是最后一格，这张表填完了；Ctrl+PageDown 到下一步。"


def test_that_the_sentence_may_be_left_and_is_offered_again(
    blank: MainWindow, qtbot: QtBot
) -> None:
    page = table(blank, "requests")
    page._nothing.click()
    press(blank, Key.Key_K, modifier=Alt)
    qtbot.waitUntil(lambda: not page.notice.isVisible())
    assert blank.bridge.report.text("overview") == ""

    page._nothing.click()
    assert "可以加一句" in page.notice.accessibleName()
    assert "格填 0" not in page.notice.accessibleName()


def test_that_nothing_is_filled_while_figures_say_otherwise(blank: MainWindow) -> None:
    page = table(blank, "requests")
    press(blank, "3", Key.Key_Return, "无", Key.Key_Return)
    page._nothing.click()

    assert len(blank.bridge.report.cells) == 2
    assert page.notice.accessibleName() == (
        "表三 · 一（新收） · 自然人填的是 3，另有 1 格也不是 0，所以没有改动。"
        "全年无申请时都应是 0，请先核对。"
    )


def test_that_the_offer_goes_when_the_zeros_are_taken_back(blank: MainWindow) -> None:
    page = table(blank, "requests")
    page._nothing.click()
    press(blank, Key.Key_Z, modifier=Control)
    assert not page.notice.isVisible()


def test_that_only_the_table_of_applications_offers_a_year_without_them(blank: MainWindow) -> None:
    shown = {step: table(blank, step)._nothing.isVisible() for step in ("disclosure", "disputes")}
    assert shown == {"disclosure": False, "disputes": False}
    assert table(blank, "requests")._nothing.isVisible()


@pytest.mark.parametrize("confirm", ["type it again", "F7"])
def test_that_a_figure_from_last_year_loses_its_mark_once_it_is_confirmed(
    window: MainWindow, confirm: str
) -> None:
    cell = at("disclosure.normative.in_force")
    last = all_zeros(year=2025).with_cells({cell: 7})
    view = table(begin(window, next_report(last)), "disclosure").view
    to_cell(view, str(cell))
    assert told(window).endswith("来自 2025 年报")
    assert view.figures.look(cell).carried
    if confirm == "F7":
        press(window, Key.Key_F7)
        assert told(window) == "已确认：表二 · 行政规范性文件 · 现行有效件数。"
    else:
        press(window, "7", Key.Key_Return)
    name = view.form_model.index_of(cell).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "来自" not in name
    assert not view.figures.look(cell).carried
    press(window, Key.Key_Z, modifier=Control)
    assert view.figures.look(cell).carried
