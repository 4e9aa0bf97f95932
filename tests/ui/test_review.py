"""The last step: the verdict, what is open, and what is different from last year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.checks import Level
from app.drafts import DraftFile
from tests.reports import all_zeros, at, changed
from tests.ui.conftest import Key, Modifier, begin, here, press, review, table, to_cell
from tests.ui.writing import push, with_text
from ui.message_list import FINDING
from ui.pages.review import ReviewPage
from ui.window import MainWindow

REASON = "正文只列主要类别，其余为人事任免。"


def rows(page: ReviewPage) -> list[str]:
    return [page.list.item(row).text() for row in range(page.list.count())]


def changes(page: ReviewPage) -> list[tuple[str, ...]]:
    grid, found = page.changes, []
    for row in range(grid.rowCount()):
        items = [grid.item(row, column) for column in range(grid.columnCount())]
        found.append(tuple(one.text() if one else "" for one in items))
    return found


@pytest.fixture
def two_years(window: MainWindow) -> MainWindow:
    """A window on a report with last year's beside it, different in three figures."""
    last = changed(
        all_zeros(year=2025),
        {"cells": {"requests.received.person": 30, "disclosure.licences.decisions": 4}},
    )
    now = changed(
        all_zeros(),
        {"cells": {"disclosure.licences.decisions": 5, "disputes.review.upheld": 2}},
    )
    return begin(window, replace(now, previous=last))


def test_that_a_report_without_fault_passes_and_what_that_means_is_said(
    zeros: MainWindow,
) -> None:
    page = review(zeros)
    assert page._verdict.text() == "✓ 校验通过"
    assert page._meaning.text() == (
        "表示表内与表间数字关系成立；内容是否真实、是否应公开，由本单位负责。"
    )
    assert rows(page)[0] == "✓ 没有发现问题"
    assert rows(page)[-1].startswith("运行了 ")
    assert rows(page)[-1].endswith("已填 200 格，待填 0 格。")


def test_that_what_is_open_is_counted_and_listed_worst_first_step_by_step(
    zeros: MainWindow,
) -> None:
    page = review(zeros)
    zeros.bridge.session.fill(
        {at("disclosure.coercion.decisions"): "-3", at("disputes.review.upheld"): ""}, "改"
    )
    zeros.bridge.session.write("problems", "")
    zeros.bridge.read_texts()

    assert page._verdict.text() == "✖ 还不能上报：强制 1 处，待填 2 处"
    assert "未通过校验，仅供核对" in page._meaning.text()
    listed = rows(page)
    heads = ["✖ 强制（1）", "二 主动公开", "○ 待填（2）", "四 复议诉讼", "五 问题与改进"]
    assert [one for one in listed if one in heads] == heads
    assert any("-3 是负数" in one for one in listed)


def test_that_what_was_accepted_is_listed_apart_with_its_reason(practice: MainWindow) -> None:
    page = review(practice)
    query = practice.bridge.checked.at(Level.QUERY)[0]
    practice.bridge.session.accept(query, REASON)
    at_row = rows(page).index("✓ 已说明理由（1）") + 1
    assert rows(page)[at_row] == query.message
    assert page.list.item(at_row).data(257) == f"理由：{REASON}"


def test_that_the_page_is_up_to_date_when_it_is_opened_again(zeros: MainWindow) -> None:
    page = review(zeros)
    table(zeros, "disputes")
    press(zeros, "5", Key.Key_Delete, Key.Key_Return)
    zeros.bridge.session.type(at("disputes.review.upheld"), "")

    assert review(zeros)._verdict.text() == "✖ 还不能上报：待填 1 处"
    assert review(zeros) is page


def test_that_a_row_leads_to_its_place_by_enter(zeros: MainWindow) -> None:
    zeros.bridge.session.type(at("disclosure.coercion.decisions"), "-3")
    page = review(zeros)
    page.list.setFocus()
    press(zeros, Key.Key_Home, Key.Key_Down, Key.Key_Down)
    assert page.finding_here()
    press(zeros, Key.Key_Return)
    assert zeros.rail.current_row() == 2
    assert here(table(zeros, "disclosure").view) == "disclosure.coercion.decisions"


def test_that_the_difference_from_last_year_is_listed_the_largest_first(
    two_years: MainWindow,
) -> None:
    page = review(two_years)
    page.tabs.setCurrentIndex(1)
    assert changes(page) == [
        ("表三 · 一（新收） · 自然人", "30", "0", "−30"),
        ("表四 · 行政复议 · 结果维持", "0", "2", "+2"),
        ("表二 · 行政许可 · 本年处理决定数量", "4", "5", "+1"),
    ]
    assert page._compared.text().startswith("与 2025 年度报告逐格比较：3 格不同")


def test_that_a_difference_leads_to_its_cell(two_years: MainWindow) -> None:
    page = review(two_years)
    page.tabs.setCurrentIndex(1)
    page.changes.setFocus()
    page.changes.setCurrentCell(1, 0)
    press(two_years, Key.Key_Return)
    assert here(table(two_years, "disputes").view) == "disputes.review.upheld"


def test_that_a_changed_figure_is_compared_at_once(two_years: MainWindow) -> None:
    page = review(two_years)
    two_years.bridge.session.type(at("disputes.review.upheld"), "0")
    assert len(changes(page)) == 2


def test_that_without_last_years_report_one_can_be_chosen(
    zeros: MainWindow, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = review(zeros)
    page.tabs.setCurrentIndex(1)
    assert "没有上年的报告" in page._compared.text()
    assert not page.changes.isVisible()
    last = home / "2025.json"
    file = DraftFile(last)
    file.save(changed(all_zeros(year=2025), {"cells": {"requests.received.person": 7}}))
    file.close()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(last), ""))

    page._choose_last.click()
    zeros.bridge.read_texts()

    assert changes(page) == [("表三 · 一（新收） · 自然人", "7", "0", "−7")]
    assert page.changes.isVisible()
    assert zeros.bridge.session.undo_name == "选用上年报告"
    zeros.work.undoing.undo()
    zeros.bridge.read_texts()
    assert not page.changes.isVisible()


def test_that_a_file_that_is_no_draft_is_told_and_a_report_of_another_year_not_compared(
    zeros: MainWindow, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = review(zeros)
    page.tabs.setCurrentIndex(1)
    bad = home / "坏.json"
    bad.write_bytes(b"{")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bad), ""))
    page._choose_last.click()
    assert page._compared.text().startswith("✖ 草稿“坏.json”读不出来")
    zeros.bridge.session.compare_with(all_zeros(year=2023))
    zeros.bridge.read_texts()
    assert "跨年度规则只比较相邻两年" in page._compared.text()
    assert not page.changes.isVisible()


def test_that_two_years_alike_are_told_as_such(window: MainWindow) -> None:
    begin(window, replace(all_zeros(), previous=all_zeros(year=2025)))
    page = review(window)
    assert page._compared.text() == "与 2025 年度报告逐格比较：填报的数字完全一样。"


def test_that_the_page_begins_with_the_export_and_its_tabs_are_reached_by_keyboard(
    zeros: MainWindow,
) -> None:
    page = review(zeros)
    assert page.export_button.hasFocus()
    press(zeros, Key.Key_Tab)
    assert page.tabs.tabBar().hasFocus()
    press(zeros, Key.Key_Right)
    assert page.tabs.currentIndex() == 1
    press(zeros, Key.Key_Left)
    assert page.tabs.currentIndex() == 0


def test_that_printing_and_exporting_are_reached_from_every_step_by_key(
    zeros: MainWindow,
) -> None:
    table(zeros, "disputes")
    press(zeros, Key.Key_E, modifier=Modifier.ControlModifier)
    page = review(zeros)
    dialog = page.export_dialog()
    assert dialog.isVisible()
    dialog.close()


def seen(window: MainWindow) -> list[str]:
    """The panels beside the page that one can look at, the one in front first."""
    panels = [window.work.findings, window.work.help]
    shown = [one for one in panels if not one.isHidden()]
    shown.sort(key=lambda one: one.visibleRegion().isEmpty())
    return [one.windowTitle() for one in shown]


def test_that_what_the_page_lists_does_not_stand_beside_it_once_more(
    practice: MainWindow,
) -> None:
    table(practice, "requests")
    assert seen(practice) == ["问题", "填写说明"]
    page = review(practice)
    assert seen(practice) == []
    assert any("相差 1" in one.beside for one in page.list.rows)
    table(practice, "requests")
    assert seen(practice) == ["问题", "填写说明"]


def test_that_a_panel_that_was_closed_stays_so_after_the_last_step(practice: MainWindow) -> None:
    table(practice, "requests")
    practice.work.findings.close()
    review(practice)
    table(practice, "requests")
    assert seen(practice) == ["填写说明"]


def test_that_help_and_the_reason_of_a_query_come_to_the_last_step_when_asked_for(
    practice: MainWindow,
) -> None:
    page = review(practice)
    press(practice, Key.Key_F1)
    assert seen(practice) == ["填写说明"]
    press(practice, Key.Key_Escape)
    assert seen(practice) == []
    page.list.setFocus()
    query = next(row for row in range(page.list.count()) if is_query(page, row))
    page.list.setCurrentRow(query)
    press(practice, Key.Key_F4)
    assert seen(practice) == ["问题"]
    assert practice.work.findings.field.line.hasFocus()


def is_query(page: ReviewPage, row: int) -> bool:
    finding = page.list.item(row).data(FINDING)
    return bool(finding) and finding.level is Level.QUERY


def test_that_the_panels_are_back_where_the_window_grew_meanwhile(practice: MainWindow) -> None:
    practice.resize(700, 600)
    review(practice)
    practice.resize(1366, 728)
    assert seen(practice) == []
    table(practice, "requests")
    assert sorted(seen(practice)) == ["填写说明", "问题"]


def test_that_what_the_guided_form_would_write_by_now_is_told_and_led_to(
    zeros: MainWindow,
) -> None:
    with_text(zeros, "overview", "")
    press(zeros, Key.Key_G, modifier=Modifier.ControlModifier)
    press(zeros, "186")
    push(zeros, Key.Key_W)
    told = [one for one in rows(review(zeros)) if one.startswith("依申请公开：")]
    assert len(told) == 1

    to_cell(table(zeros, "disclosure").view, "disclosure.licences.decisions")
    press(zeros, "5", Key.Key_Return)
    page = review(zeros)
    told = [one for one in rows(page) if one.startswith("主动公开、依申请公开：")]
    assert len(told) == 1
    page.list.setFocus()
    page.list.setCurrentRow(rows(page).index(told[0]))
    press(zeros, Key.Key_Return)
    assert zeros.rail.steps[zeros.rail.current_row()].id == "overview"


def test_that_whoever_writes_freely_is_not_told_of_the_guided_form(zeros: MainWindow) -> None:
    assert not [one for one in rows(review(zeros)) if "引导" in one or "更新" in one]
