"""Texts are read when the clerk pauses, and before anything that needs the truth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.checks import Level
from app.checks.rule import RULES, Subject
from app.export.document import UNCHECKED_MARK
from app.settings import Settings
from tests.reports import all_zeros, at
from tests.ui.conftest import Key, Modifier, begin, paste, press, review, saved, table, text
from tests.ui.test_export_dialog import TITLE, export
from tests.ui.test_findings import entry, rules
from ui import bridge
from ui.window import MainWindow

Control = Modifier.ControlModifier
DOUBLED = "政府政府工作。"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text of part six each time the rule on doubled words ran."""
    seen: list[str] = []
    real = RULES["doubled_words"]

    def counted(subject: Subject) -> Iterator[object]:
        seen.append(subject.report.text("other"))
        return iter(real(subject))

    monkeypatch.setitem(RULES, "doubled_words", counted)
    return seen


def at_the_end(window: MainWindow, part: str = "other") -> None:
    """Put the cursor behind what is written."""
    text(window, part).editors[part].setFocus()
    press(window, Key.Key_End, modifier=Control)


def test_that_typing_runs_no_rule_on_texts_before_the_pause(
    zeros: MainWindow, reads: list[str], qtbot: QtBot
) -> None:
    at_the_end(zeros)
    reads.clear()
    for _ in range(5):
        press(zeros, DOUBLED)
        qtbot.wait(20)
    assert reads == []
    assert "doubled-words" not in rules(zeros)

    qtbot.waitUntil(lambda: "doubled-words" in rules(zeros), timeout=3 * bridge.READ_PAUSE_MS)
    assert reads == [zeros.bridge.report.text("other")]


def test_that_the_pause_begins_anew_with_each_key(
    zeros: MainWindow, reads: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridge, "READ_PAUSE_MS", 200)
    at_the_end(zeros)
    reads.clear()
    for _ in range(6):
        press(zeros, "字")
        qtbot.wait(60)
    assert reads == []
    qtbot.waitUntil(lambda: len(reads) == 1)


def test_that_figures_are_checked_at_once_while_a_text_waits(zeros: MainWindow) -> None:
    at_the_end(zeros)
    press(zeros, DOUBLED)
    zeros.bridge.session.type(at("disclosure.coercion.decisions"), "-3")
    assert "negative" in rules(zeros)
    assert "doubled-words" not in rules(zeros)


def test_that_undo_is_read_again_after_the_pause(zeros: MainWindow, qtbot: QtBot) -> None:
    at_the_end(zeros)
    press(zeros, DOUBLED)
    qtbot.waitUntil(lambda: "doubled-words" in rules(zeros))
    press(zeros, Key.Key_Z, modifier=Control)
    qtbot.waitUntil(lambda: not zeros.bridge.checked.waiting)
    assert rules(zeros) == []


def test_that_going_to_another_step_reads_first(zeros: MainWindow) -> None:
    at_the_end(zeros)
    press(zeros, DOUBLED)
    press(zeros, Key.Key_PageUp, modifier=Control)
    assert "doubled-words" in rules(zeros)


def test_that_leaving_the_editor_by_tab_reads_first(zeros: MainWindow) -> None:
    at_the_end(zeros)
    press(zeros, DOUBLED, Key.Key_Tab)
    assert "doubled-words" in rules(zeros)


def test_that_f8_right_after_typing_goes_to_what_was_just_typed(zeros: MainWindow) -> None:
    at_the_end(zeros)
    press(zeros, DOUBLED, Key.Key_F8)
    cursor = text(zeros, "other").editors["other"].textCursor()
    assert cursor.selectedText() == "政府政府"


def test_that_the_review_page_opened_right_after_typing_tells_the_truth(
    zeros: MainWindow,
) -> None:
    at_the_end(zeros)
    press(zeros, Key.Key_A, modifier=Control)
    press(zeros, Key.Key_Delete)
    assert "empty-section" not in rules(zeros)
    press(zeros, Key.Key_E, modifier=Control)
    assert review(zeros)._verdict.text() == "✖ 还不能上报：待填 1 处"


def test_that_the_open_review_page_follows_an_undo_without_the_pause(
    zeros: MainWindow, qtbot: QtBot
) -> None:
    at_the_end(zeros)
    press(zeros, Key.Key_A, modifier=Control)
    press(zeros, Key.Key_Delete)
    page = review(zeros)
    press(zeros, Key.Key_Z, modifier=Control)
    qtbot.wait(1)
    assert page._verdict.text() == "✓ 校验通过"


def test_that_an_export_right_after_a_change_bears_the_mark_it_needs(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = review(zeros)
    zeros.bridge.session.write("other", "")
    export(qtbot, page, tmp_path, "xlsx")
    book = load_workbook(tmp_path / f"{TITLE}.xlsx")
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert any(UNCHECKED_MARK in one for one in texts)


def test_that_reading_a_text_is_no_change_to_save(zeros: MainWindow, qtbot: QtBot) -> None:
    at_the_end(zeros)
    press(zeros, DOUBLED)
    zeros.save()
    assert zeros.bridge.checked.waiting
    zeros.bridge.read_texts()
    assert not zeros.work.autosave.unsaved
    assert saved(zeros).startswith("已保存")


def test_that_undoing_a_change_of_form_from_within_a_text_is_told_once(
    zeros: MainWindow, qtbot: QtBot
) -> None:
    """The page is made anew while its editor has the focus, in the midst of the telling."""
    at_the_end(zeros)
    zeros.bridge.session.choose_year(2020, all_zeros("2019", 2020).form)
    at_the_end(zeros)
    press(zeros, Key.Key_Z, modifier=Control)
    qtbot.waitUntil(lambda: not zeros.bridge.checked.waiting)
    assert zeros.bridge.report.year == 2026


def test_that_another_draft_is_not_read_for_the_one_before(
    zeros: MainWindow, reads: list[str], qtbot: QtBot
) -> None:
    at_the_end(zeros)
    press(zeros, DOUBLED)
    zeros.work.desk.close()
    reads.clear()
    qtbot.wait(bridge.READ_PAUSE_MS + 100)
    assert reads == []


def test_that_the_panel_keeps_choice_and_scrolling_while_one_types(
    practice: MainWindow, qtbot: QtBot
) -> None:
    panel = practice.work.findings.list
    panel.setCurrentItem(entry(practice, "item-count"))
    chosen = panel.currentItem()
    at_the_end(practice, "overview")
    press(practice, Key.Key_Home, modifier=Control)
    bar = panel.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    scrolled = bar.value()

    press(practice, "𬇙新增一句。")
    assert (panel.currentItem(), bar.value()) == (chosen, scrolled)
    qtbot.waitUntil(lambda: not practice.bridge.checked.waiting)
    assert (panel.currentItem(), bar.value()) == (chosen, scrolled)


def test_that_the_panel_keeps_the_choice_though_rows_come_and_go_around_it(
    practice: MainWindow,
) -> None:
    panel = practice.work.findings.list
    panel.setCurrentItem(entry(practice, "item-count"))
    chosen = practice.work.findings.chosen()
    practice.bridge.session.fill(
        {at("disclosure.coercion.decisions"): "3", at("disclosure.fees.amount"): "0.242"}, "改"
    )
    assert practice.work.findings.chosen() == chosen
    assert rules(practice) == [one.rule for one in practice.bridge.checked.findings]


def test_that_a_click_is_not_lost_when_the_texts_are_read_in_its_midst(
    practice: MainWindow,
) -> None:
    at_the_end(practice, "other")
    press(practice, DOUBLED)
    item, panel = entry(practice, "negative"), practice.work.findings.list
    panel.scrollToItem(item)
    place = panel.visualItemRect(item).topLeft() + QPoint(20, 10)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(panel.viewport(), left, pos=place)
    practice.bridge.read_texts()
    QTest.mouseRelease(panel.viewport(), left, pos=place)
    assert practice.rail.steps[practice.rail.current_row()].id == "disclosure"


def test_that_what_concerns_text_and_table_is_counted_at_both(zeros: MainWindow) -> None:
    at_the_end(zeros)
    paste(zeros, "全年收到政府信息公开申请5件。")
    table(zeros, "requests")
    states = {
        step.id: zeros.rail.item(row).text().partition("\n")[2]
        for row, step in enumerate(zeros.rail.steps)
    }
    assert states["other"] == states["requests"] == states["review"] == "! 核实 1"


def test_that_the_county_settings_hold_for_every_draft(zeros: MainWindow) -> None:
    zeros.bridge.settings = Settings({"doubled-words": "error"})
    begin(zeros, all_zeros().with_text("other", DOUBLED))
    found = zeros.bridge.checked.at(Level.ERROR)
    assert [one.rule for one in found] == ["doubled-words"]
