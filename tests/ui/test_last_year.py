"""Last year's text beside this year's: copied words marked, paragraphs taken, numbers confirmed."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from app.checks import check
from app.level import Level
from tests.reports import all_zeros
from tests.ui.conftest import Key, begin, press, told
from tests.ui.test_findings import rules
from tests.ui.test_underlines import underlined
from tests.ui.writing import (
    LAST,
    Control,
    Shift,
    last_year,
    page_of,
    push,
    raw,
    reopened,
    side,
    with_text,
)
from ui.last_year import LastYearPane
from ui.window import MainWindow

FIRST, SECOND, THIRD = LAST.splitlines()


def opened(window: MainWindow, part: str = "problems") -> LastYearPane:
    """Last year's text beside this year's, by key."""
    press(window, Key.Key_F9)
    return side(window, part).last_year


def marked(pane: LastYearPane) -> str:
    """The words drawn as copied."""
    drawn: list[object] = list(pane.reader.extraSelections())
    return "".join(
        one.cursor.selectedText()  # type: ignore[attr-defined]
        for one in drawn
        if one.format.underlineStyle() != one.format.UnderlineStyle.NoUnderline  # type: ignore[attr-defined]
    )


def waiting(window: MainWindow) -> list[str]:
    report = window.bridge.report
    for one in report.drafting.unconfirmed:
        assert report.text(one.part)[one.start : one.end] == one.quote
    return [one.quote for one in report.drafting.unconfirmed]


def test_that_last_years_paragraphs_are_shown_with_its_figures(window: MainWindow) -> None:
    last_year(window)
    page_of(window, "problems")
    pane = opened(window)
    assert pane.reader.toPlainText().splitlines() == [
        FIRST,
        "全年下村宣讲12次，收到申请0件。",
        THIRD,
    ]
    assert pane._head.text() == "2025 年报告的“问题与改进”"
    assert pane.reader.hasFocus()
    assert pane.reader.isReadOnly()


def test_that_a_paragraph_is_taken_by_enter_and_the_next_one_behind_it(
    window: MainWindow,
) -> None:
    last_year(window)
    with_text(window, "problems", "新写的。")
    opened(window)
    press(window, Key.Key_Return, Key.Key_Return)
    assert raw(window, "problems") == f"新写的。\n{FIRST}\n{SECOND}"
    assert waiting(window) == ["2025年", "两台", "12次"]
    assert told(window) == "已取用一段。其中 1 处年份和数字待确认，按 F7 逐个确认。"
    press(window, Key.Key_Z, modifier=Control)
    assert raw(window, "problems") == f"新写的。\n{FIRST}"
    assert waiting(window) == ["2025年", "两台"]


def test_that_a_button_takes_it_as_well(window: MainWindow) -> None:
    last_year(window)
    with_text(window, "problems", "")
    pane = opened(window)
    press(window, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down)
    number = pane.reader.textCursor().blockNumber()
    push(window, Key.Key_Q)
    assert raw(window, "problems") == LAST.splitlines()[number]


def test_that_every_number_taken_is_a_query_in_its_place_until_it_is_confirmed(
    window: MainWindow,
) -> None:
    last_year(window)
    editor = with_text(window, "problems", "")
    opened(window)
    press(window, Key.Key_Return)
    window.bridge.read_texts()
    assert {"2025年", "两台"} <= set(underlined(editor))
    assert "unconfirmed" in rules(window)

    editor.setFocus()
    press(window, Key.Key_Home, Key.Key_F7)
    assert "unconfirmed" in rules(window)
    assert waiting(window) == ["两台"]
    assert editor.textCursor().selectedText() == "两台"
    assert told(window).startswith("“两台”取自上年：没有变的按 F7 确认，变了的直接改。还有 1 处")
    press(window, Key.Key_F7)
    assert waiting(window) == []
    assert told(window) == "没有待确认的年份和数字。"
    assert "unconfirmed" not in rules(window)


def test_that_f7_first_shows_a_number_before_it_confirms_it(window: MainWindow) -> None:
    last_year(window)
    editor = with_text(window, "problems", "")
    opened(window)
    press(window, Key.Key_Return)
    page_of(window, "overview")
    press(window, Key.Key_F7)
    assert waiting(window) == ["2025年", "两台"]
    assert editor.hasFocus()
    assert editor.textCursor().selectedText() == "2025年"


def test_that_a_number_typed_over_waits_no_longer_and_undo_brings_it_back(
    window: MainWindow,
) -> None:
    last_year(window)
    editor = with_text(window, "problems", "")
    opened(window)
    press(window, Key.Key_Return)
    editor.setFocus()
    press(window, Key.Key_Home)
    window.bridge.session.end_step()
    for _ in range(4):
        press(window, Key.Key_Delete)
    press(window, "2026")
    assert waiting(window) == ["两台"]
    press(window, Key.Key_Z, modifier=Control)
    assert waiting(window) == ["2025年", "两台"]


def test_that_numbers_copied_by_key_wait_as_those_that_were_taken(window: MainWindow) -> None:
    last_year(window)
    editor = with_text(window, "problems", "今年新写。")
    pane = opened(window)
    press(window, Key.Key_A, Key.Key_C, modifier=Control)
    assert QGuiApplication.clipboard().text() == pane.reader.toPlainText()
    press(window, Key.Key_F9)
    assert editor.hasFocus()
    press(window, Key.Key_End)
    press(window, Key.Key_V, modifier=Control)
    assert raw(window, "problems") == f"今年新写。{pane.reader.toPlainText()}"
    assert waiting(window) == ["2025年", "两台", "12次", "0件"]
    assert told(window) == "已粘贴上年的文字。其中 4 处年份和数字待确认，按 F7 逐个确认。"
    press(window, "又写。")
    assert raw(window, "problems").endswith("讲解。又写。")
    assert len(waiting(window)) == 4
    press(window, Key.Key_Z, Key.Key_Z, modifier=Control)
    assert raw(window, "problems") == "今年新写。"
    assert waiting(window) == []


def test_that_words_pasted_over_others_take_their_place(window: MainWindow) -> None:
    last_year(window)
    with_text(window, "problems", "旧字。")
    pane = opened(window)
    press(window, Key.Key_End, modifier=Shift)
    press(window, Key.Key_C, modifier=Control)
    copied = pane.reader.textCursor().selectedText()
    press(window, Key.Key_F9)
    press(window, Key.Key_A, Key.Key_V, modifier=Control)
    assert raw(window, "problems") == copied


def test_that_what_waits_is_there_again_when_the_draft_is_opened_again(
    window: MainWindow,
) -> None:
    last_year(window)
    with_text(window, "problems", "")
    opened(window)
    press(window, Key.Key_Return)
    report = reopened(window)
    assert [one.quote for one in report.drafting.unconfirmed] == ["2025年", "两台"]
    found = [one for one in check(report).findings if one.rule == "unconfirmed"]
    assert [one.level for one in found] == [Level.QUERY] * 2


def test_that_confirming_is_a_step_to_undo(window: MainWindow) -> None:
    last_year(window)
    editor = with_text(window, "problems", "")
    opened(window)
    press(window, Key.Key_Return)
    editor.setFocus()
    press(window, Key.Key_Home, Key.Key_F7)
    assert waiting(window) == ["两台"]
    press(window, Key.Key_Z, modifier=Control)
    assert waiting(window) == ["2025年", "两台"]


def test_that_words_that_stand_in_this_years_text_again_are_marked(window: MainWindow) -> None:
    last_year(window)
    with_text(window, "problems", "")
    pane = opened(window)
    assert marked(pane) == ""
    press(window, Key.Key_Return)
    window.bridge.read_texts()
    assert "镇里在便民服务中心设了两台查询机" in marked(pane)
    assert "摆摊" not in marked(pane)
    assert pane._note.isVisible()


def test_that_the_pane_goes_with_the_text_that_is_written(window: MainWindow) -> None:
    last_year(window, "overview")
    page = page_of(window, "overview")
    pane = opened(window, "overview")
    assert pane.reader.toPlainText().startswith("2025年")
    page.editors["preface"].setFocus()
    assert "总体情况" not in pane._head.text()
    assert pane.reader.toPlainText().startswith("现公布")


def test_that_the_same_key_opens_it_and_leads_back_to_the_text(window: MainWindow) -> None:
    last_year(window)
    page = page_of(window, "problems")
    pane = opened(window)
    assert pane.reader.hasFocus()
    press(window, Key.Key_F9)
    assert page.side.isHidden()
    assert page.editor.hasFocus()


def test_that_without_last_years_report_it_says_how_to_get_it(window: MainWindow) -> None:
    begin(window, all_zeros())
    page_of(window, "problems")
    pane = opened(window)
    assert "没有上年报告" in pane._head.text()
    assert not pane.take.isVisible()
    assert not pane.reader.isVisible()
    press(window, Key.Key_Escape)
    assert side(window, "problems").isHidden()
