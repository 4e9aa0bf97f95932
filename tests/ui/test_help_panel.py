"""Help beside the work: it follows the keyboard, and a note of one's own is kept there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.drafts import load
from app.guidance import OWN_WORDS
from app.succession import next_report
from tests.reports import all_zeros, at
from tests.ui.conftest import (
    Key,
    Modifier,
    begin,
    drag,
    here,
    let_run,
    press,
    table,
    text,
    to_cell,
)
from ui.help_panel import PAUSE_MS, STILL_LAST_YEARS, HelpPanel
from ui.window import MainWindow

NOTE = "司法所报的，还要问一下"
Control, Alt, Shift = Modifier.ControlModifier, Modifier.AltModifier, Modifier.ShiftModifier


def told(window: MainWindow) -> str:
    """What the help shows once the key has been painted."""
    while window.work.help._pause.isActive():
        QTest.qWait(PAUSE_MS)
    return window.work.help.text.toPlainText()


def in_front(panel: HelpPanel) -> bool:
    return not panel.visibleRegion().isEmpty()


def test_that_f1_tells_of_the_cell_in_focus_and_of_each_one_goes_to(zeros: MainWindow) -> None:
    page = table(zeros, "requests")
    assert not in_front(zeros.work.help)

    press(zeros, Key.Key_F1)

    assert in_front(zeros.work.help)
    assert zeros.work.help.text.hasFocus()
    assert told(zeros).startswith("表三 · 一（新收） · 自然人\n")
    assert "之间收到的政府信息公开申请" in told(zeros)
    assert OWN_WORDS in told(zeros)

    press(zeros, Key.Key_Escape)
    assert page.view.hasFocus()
    press(zeros, Key.Key_Down, Key.Key_Right)
    assert told(zeros).startswith("表三 · 二（上年结转） · 商业企业\n")


def test_that_f1_once_more_gives_the_keyboard_back(zeros: MainWindow) -> None:
    page = table(zeros, "disputes")
    press(zeros, Key.Key_F1, Key.Key_F1)
    assert page.view.hasFocus()
    assert in_front(zeros.work.help)


def test_that_f1_in_the_middle_of_typing_keeps_the_figure_and_comes_back_to_the_table(
    zeros: MainWindow,
) -> None:
    page = table(zeros, "requests")
    press(zeros, "7")
    assert not page.view.hasFocus()

    press(zeros, Key.Key_F1)
    assert zeros.bridge.report.cells[at("requests.received.person")] == 7
    assert told(zeros).startswith("表三 · 一（新收） · 自然人")

    press(zeros, Key.Key_Escape)
    assert page.view.hasFocus()
    assert here(page.view) == "requests.received.person"


def test_that_the_help_follows_every_edit(zeros: MainWindow) -> None:
    table(zeros, "requests")
    press(zeros, Key.Key_F1)
    assert "✓ 成立 自然人列" in told(zeros)
    press(zeros, Key.Key_Escape, "2", Key.Key_Return, Key.Key_Up)
    assert "✖ 不符 自然人列" in told(zeros)
    assert "相差 2" in told(zeros)


def test_that_last_years_figure_and_note_stand_beside_the_cell(window: MainWindow) -> None:
    person = "requests.carried_in.person"
    last = all_zeros("2021", 2025).with_cells({at("requests.carried_out.person"): 3})
    report = replace(all_zeros(), previous=last.with_note(person, "<b>老王</b>"))
    view = table(begin(window, report), "requests").view
    to_cell(view, person)
    press(window, Key.Key_F1)

    assert "2025 年度这一格：0 件" in told(window)
    assert "四（结转下年） · 自然人：3 件" in told(window)
    assert window.work.help._last_note.text() == "上年备注：<b>老王</b>"
    assert window.work.help._last_note.textFormat() == Qt.TextFormat.PlainText


def test_that_f1_on_a_text_tells_what_must_be_in_the_part_one_writes(zeros: MainWindow) -> None:
    page = text(zeros, "overview")
    press(zeros, Key.Key_F1)
    assert told(zeros).startswith("一、总体情况\n")
    assert "社会评议" in told(zeros)
    assert "常被退回的" in told(zeros)

    press(zeros, Key.Key_Escape)
    assert page.editors["overview"].hasFocus()
    press(zeros, Key.Key_Backtab)
    assert page.editors["preface"].hasFocus()
    assert told(zeros).startswith("前言\n")
    press(zeros, Key.Key_F1, Key.Key_F1)
    assert page.editors["preface"].hasFocus()


@pytest.mark.parametrize(("step", "title"), [("start", "开始"), ("review", "核对与导出")])
def test_that_f1_helps_on_the_first_and_the_last_step(
    zeros: MainWindow, step: str, title: str
) -> None:
    zeros.rail.open(step)
    press(zeros, Key.Key_F1)
    assert told(zeros).startswith(f"{title}\n")


def test_that_f1_helps_before_any_draft_is_open(window: MainWindow) -> None:
    assert window.work.help.isHidden()
    press(window, Key.Key_F1)
    assert told(window).startswith("开始\n")
    assert not window.work.help.note.isVisible()


def test_that_a_note_brought_from_last_year_says_so_until_it_is_changed(
    window: MainWindow,
) -> None:
    last = all_zeros(year=2025).with_note("requests.received.person", "司法所报")
    begin(window, next_report(last))
    table(window, "requests")
    press(window, Key.Key_F1)
    panel = window.work.help
    assert panel.note.toPlainText() == "司法所报"
    assert panel._last_note.text() == STILL_LAST_YEARS
    panel.note.setFocus()
    press(window, "今年党政办报")
    assert panel._last_note.text() == "上年备注：司法所报"


def test_that_a_note_is_kept_with_its_cell_and_saved_with_the_draft(zeros: MainWindow) -> None:
    view = table(zeros, "requests").view
    press(zeros, Key.Key_F1, Key.Key_Tab)
    assert zeros.work.help.note.hasFocus()
    press(zeros, NOTE)
    press(zeros, Key.Key_Escape)
    assert view.hasFocus()
    press(zeros, Key.Key_Down)
    assert zeros.work.help.note.toPlainText() == ""
    press(zeros, Key.Key_Up)
    assert zeros.work.help.note.toPlainText() == NOTE

    zeros.save()
    path = zeros.bridge.path
    assert path
    assert load(path).report.notes == {"requests.received.person": NOTE}


def test_that_a_note_is_undone_by_the_windows_own_undo(zeros: MainWindow) -> None:
    table(zeros, "requests")
    press(zeros, Key.Key_F1, Key.Key_Tab, NOTE)
    press(zeros, Key.Key_Z, modifier=Control)
    assert zeros.work.help.note.toPlainText() == ""
    assert zeros.bridge.report.notes == {}
    assert zeros.status.told.text() == "已撤销：修改备注"
    press(zeros, Key.Key_Y, modifier=Control)
    assert zeros.work.help.note.toPlainText() == NOTE


def test_that_alt_m_leads_to_the_note(zeros: MainWindow, qtbot: QtBot) -> None:
    table(zeros, "requests")
    press(zeros, Key.Key_F1)
    press(zeros, Key.Key_M, modifier=Alt)
    qtbot.waitUntil(zeros.work.help.note.hasFocus)


def test_that_a_note_on_a_part_is_kept_as_well(zeros: MainWindow) -> None:
    text(zeros, "problems")
    press(zeros, Key.Key_F1, Key.Key_Tab, "等稿子")
    assert zeros.bridge.report.notes == {"problems": "等稿子"}


def test_that_what_is_out_of_sight_is_not_written(
    zeros: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(zeros, "requests")
    shown: list[str] = []
    monkeypatch.setattr(zeros.work.help.text, "setHtml", shown.append)
    press(zeros, "3", Key.Key_Return, Key.Key_Down)
    assert shown == []


def test_that_another_draft_begins_without_the_note_of_the_last(zeros: MainWindow) -> None:
    table(zeros, "requests")
    press(zeros, Key.Key_F1, Key.Key_Tab, NOTE)
    begin(zeros, all_zeros())
    zeros.rail.open("requests")
    zeros.work.page("requests").show_place()
    press(zeros, Key.Key_F1)
    assert zeros.work.help.note.toPlainText() == ""
    assert zeros.bridge.report.notes == {}


def test_that_help_survives_a_change_of_the_form(zeros: MainWindow) -> None:
    view = table(zeros, "disclosure").view
    to_cell(view, "disclosure.normative.in_force")
    press(zeros, Key.Key_F1)
    old = all_zeros("2019", 2020).form
    zeros.bridge.session.choose_year(2020, old)
    QApplication.processEvents()
    assert "现行有效件数" not in told(zeros).splitlines()[0]
    zeros.bridge.session.undo()
    press(zeros, Key.Key_F1)
    assert told(zeros)


def test_that_a_finding_one_follows_brings_the_findings_to_the_front(practice: MainWindow) -> None:
    table(practice, "requests")
    press(practice, Key.Key_F1, Key.Key_Escape)
    assert in_front(practice.work.help)
    press(practice, Key.Key_F8)
    assert not in_front(practice.work.help)
    assert not practice.work.findings.visibleRegion().isEmpty()


def test_that_the_field_for_a_reason_comes_to_the_front(practice: MainWindow) -> None:
    view = table(practice, "disclosure").view
    to_cell(view, "disclosure.normative.issued")
    press(practice, Key.Key_F1, Key.Key_Escape, Key.Key_F4)
    assert practice.work.findings.field.line.hasFocus()
    assert not practice.work.findings.visibleRegion().isEmpty()


def test_that_panels_under_tabs_have_no_second_title_and_a_single_one_has(
    zeros: MainWindow, qtbot: QtBot
) -> None:
    assert zeros.work.findings.titleBarWidget() is not None
    zeros.work.help.close()
    qtbot.waitUntil(lambda: zeros.work.findings.titleBarWidget() is None)
    press(zeros, Key.Key_F1)
    qtbot.waitUntil(lambda: zeros.work.findings.titleBarWidget() is not None)


@pytest.mark.parametrize("name", ["findings", "help"])
def test_that_no_drag_takes_a_panel_from_its_place(zeros: MainWindow, name: str) -> None:
    panels = {"findings": zeros.work.findings, "help": zeros.work.help}
    panel = panels.pop(name)
    panels.popitem()[1].close()
    let_run(50)
    place = panel.geometry()
    for by in (QPoint(-600, 20), QPoint(-900, 300), QPoint(-400, 560)):
        drag(panel, QPoint(60, 8), by)
        let_run(50)
        assert (panel.geometry(), panel.isFloating()) == (place, False)


def test_that_in_a_narrow_window_escape_puts_the_help_away_again(zeros: MainWindow) -> None:
    zeros.resize(910, 485)
    page = table(zeros, "requests")
    press(zeros, Key.Key_F1)
    assert in_front(zeros.work.help)
    assert zeros.width() == 910
    assert zeros.rail.isHidden()
    press(zeros, Key.Key_Escape)
    assert zeros.work.help.isHidden()
    assert zeros.rail.isVisible()
    assert page.view.hasFocus()


def test_that_the_counts_of_the_status_line_bring_up_the_findings_and_put_both_away(
    zeros: MainWindow,
) -> None:
    press(zeros, Key.Key_F1, Key.Key_Escape)
    zeros.status.counts.click()
    assert not zeros.work.findings.visibleRegion().isEmpty()
    zeros.status.counts.click()
    assert zeros.work.findings.isHidden()
    assert zeros.work.help.isHidden()


def test_that_f6_does_nothing_while_no_region_is_to_be_seen(zeros: MainWindow) -> None:
    zeros.hide()
    for by in (1, -1):
        zeros.work._panes.go_on(by)
    zeros.show()
    press(zeros, Key.Key_F6)


def test_that_no_page_is_asked_for_when_the_keyboard_leaves_the_program(
    zeros: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []  # at the end of the program there may be none any more
    with monkeypatch.context() as patch:
        patch.setattr(zeros.work._panes, "_page", lambda: asked.append("page"))
        qapp.focusChanged.emit(zeros.rail, None)
    assert asked == []


def test_that_f6_goes_round_the_regions_and_back_to_where_one_was(zeros: MainWindow) -> None:
    page = text(zeros, "overview")
    page.editors["preface"].setFocus()
    press(zeros, Key.Key_F6)
    assert zeros.work.findings.list.hasFocus()
    press(zeros, Key.Key_F6)
    assert zeros.rail.hasFocus()
    press(zeros, Key.Key_F6)
    assert page.editors["preface"].hasFocus()

    QTest.keyClick(zeros, Key.Key_F6, Shift)
    assert zeros.rail.hasFocus()
    press(zeros, Key.Key_F1)
    assert zeros.work.help.text.hasFocus()
    QTest.keyClick(zeros, Key.Key_F6)
    assert zeros.rail.hasFocus()
