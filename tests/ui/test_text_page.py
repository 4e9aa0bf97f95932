"""The parts that are written: what is typed is kept to the letter, in steps one can undo."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.checks import Passage
from tests.ui.conftest import Key, Modifier, paste, press, table, text, told
from ui.text_editor import TextEditor
from ui.window import MainWindow

Control, Shift = Modifier.ControlModifier, Modifier.ShiftModifier


def opened(window: MainWindow, part: str = "overview") -> TextEditor:
    editor = text(window, part).editors[part]
    editor.setFocus()
    return editor


def written(window: MainWindow, part: str = "overview") -> str:
    return window.bridge.report.text(part)


def test_that_typing_reaches_the_report_letter_by_letter(blank: MainWindow) -> None:
    opened(blank)
    press(blank, "公开了3件", Key.Key_Return, "第二段")
    assert written(blank) == "公开了3件\n第二段"


def test_that_a_burst_of_typing_is_one_step_and_a_pause_begins_another(
    blank: MainWindow, qtbot: QtBot
) -> None:
    editor = opened(blank)
    editor._pause.setInterval(20)
    press(blank, "第一句。")
    qtbot.waitUntil(lambda: not editor._pause.isActive())
    press(blank, "第二句。")

    press(blank, Key.Key_Z, modifier=Control)
    assert written(blank) == editor.toPlainText() == "第一句。"
    press(blank, Key.Key_Z, modifier=Control)
    assert written(blank) == editor.toPlainText() == ""
    press(blank, Key.Key_Y, modifier=Control)
    assert written(blank) == editor.toPlainText() == "第一句。"


def test_that_undo_on_another_page_takes_the_text_back_and_says_so(blank: MainWindow) -> None:
    editor = opened(blank)
    press(blank, "会被撤销的话")
    table(blank, "requests")

    press(blank, Key.Key_Z, modifier=Control)
    assert written(blank) == editor.toPlainText() == ""
    assert told(blank) == "已撤销：修改总体情况"
    press(blank, Key.Key_Y, modifier=Control)
    assert written(blank) == editor.toPlainText() == "会被撤销的话"
    assert told(blank) == "已重做：修改总体情况"


def test_that_going_to_another_part_begins_another_step(blank: MainWindow) -> None:
    page = text(blank, "overview")
    page.editors["preface"].setFocus()
    press(blank, "前言")
    page.editors["overview"].setFocus()
    press(blank, "正文")
    page.editors["preface"].setFocus()
    press(blank, "又一句")

    blank.work.undoing.undo()
    assert (written(blank, "preface"), written(blank)) == ("前言", "正文")
    blank.work.undoing.undo()
    assert (written(blank, "preface"), written(blank)) == ("前言", "")


def test_that_the_cursor_stays_where_it_is_when_undo_changes_another_place(
    blank: MainWindow,
) -> None:
    editor = opened(blank)
    paste(blank, "开头。中间。结尾。")
    blank.bridge.session.end_step()
    press(blank, Key.Key_Home, modifier=Control)
    press(blank, "新")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    press(blank, Key.Key_Left)
    assert editor.textCursor().position() == 9

    press(blank, Key.Key_Z, modifier=Control)

    assert editor.toPlainText() == "开头。中间。结尾。"
    assert editor.textCursor().position() == 8


def test_that_typing_goes_on_where_the_undone_text_was(blank: MainWindow) -> None:
    opened(blank)
    paste(blank, "开头。结尾。")
    blank.bridge.session.end_step()
    press(blank, Key.Key_Home, modifier=Control)
    press(blank, Key.Key_Right, Key.Key_Right, Key.Key_Right, "错字")
    press(blank, Key.Key_Z, modifier=Control)
    press(blank, "对字")
    assert written(blank) == "开头。对字结尾。"


def test_that_no_break_spaces_and_rare_characters_survive(blank: MainWindow) -> None:
    editor = opened(blank)
    rare = "𬇙河\u00a0镇\u3000㐂😀结尾"
    paste(blank, rare)
    assert written(blank) == rare

    blank.bridge.session.end_step()
    press(blank, Key.Key_Home, modifier=Control)
    press(blank, Key.Key_Right, "新")
    assert written(blank) == f"𬇙新{rare[1:]}"
    press(blank, Key.Key_Z, modifier=Control)
    assert written(blank) == editor.raw() == rare

    editor.show_passage(Passage("overview", 5, 6, "㐂"))
    assert editor.textCursor().selectedText() == "㐂"


def test_that_pasted_html_arrives_as_plain_text(blank: MainWindow) -> None:
    editor = opened(blank)
    mime = QMimeData()
    mime.setHtml('<b style="color:red">粗</b><img src="file:///etc/passwd"><table><tr><td>1')
    mime.setText("粗\t1")
    QGuiApplication.clipboard().setMimeData(mime)
    press(blank, Key.Key_V, modifier=Control)

    assert written(blank) == "粗\t1"
    assert "<img" not in editor.document().toHtml()
    assert "font-weight:7" not in editor.document().toHtml()


def test_that_characters_are_counted_without_spaces_and_with_live_numbers_filled_in(
    blank: MainWindow,
) -> None:
    opened(blank)
    count = text(blank, "overview")._lengths["overview"]
    assert count.text() == "0 字 / 一般不少于 100 字"

    paste(blank, "　　共 {{requests.received.total}} 件。\n完")
    assert count.text().startswith("8 字 /")  # 共（待填）件。完

    table(blank, "requests").fill_zeros()
    assert count.text().startswith("5 字 /")


def test_that_the_least_length_is_told_until_it_is_reached_and_only_where_there_is_one(
    blank: MainWindow,
) -> None:
    opened(blank)
    count = text(blank, "overview")._lengths["overview"]
    paste(blank, "字" * 99)
    assert count.text() == "99 字 / 一般不少于 100 字"
    press(blank, "字")
    assert count.text() == "100 字"
    assert text(blank, "problems")._lengths["problems"].text() == "0 字"


def test_that_tab_leads_through_the_texts_and_round_the_window(blank: MainWindow) -> None:
    page = text(blank, "overview")
    preface, overview = page.editors["preface"], page.editors["overview"]
    assert overview.hasFocus()

    press(blank, Key.Key_Backtab, modifier=Shift)
    assert preface.hasFocus()
    press(blank, Key.Key_Tab)
    assert overview.hasFocus()
    visited: list[QWidget | None] = []
    while preface not in visited:
        press(blank, Key.Key_Tab)
        visited.append(QApplication.focusWidget())
        assert len(visited) < 20
    assert {blank.rail, blank.work.findings.list, blank.back, blank.next} <= set(visited)
    assert written(blank) == ""


def test_that_the_topics_asked_for_fit_the_kind_of_organ(blank: MainWindow) -> None:
    def guide() -> str:
        return text(blank, "overview")._guides["overview"].text()

    assert "责任追究结果" in guide()
    blank.bridge.session.name_organ("青石县林业局")
    assert "责任追究结果" not in guide()
