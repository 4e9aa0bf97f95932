"""Find and replace over all texts, by keyboard, beside the text and never in its way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reports import all_zeros, tabled
from tests.ui.conftest import Key, begin, paste, press, table
from tests.ui.writing import Control, Shift, page_of, raw, with_text
from ui.find_bar import FindBar
from ui.text_editor import TextEditor
from ui.window import MainWindow

TOTAL = "{{requests.received.total}}"
TEXTS = {
    "preface": "公开的前言。",
    "overview": "公开甲。公开乙。",
    "problems": "没有这个词。",
    "other": f"公开２5件，{TOTAL}件，25件。",
}


@pytest.fixture
def texts(window: MainWindow) -> MainWindow:
    """A window on a report with these texts and 25 applications."""
    report = tabled(all_zeros(), "requests", "row person\nreceived 25\ngranted 25")
    return begin(window, replace(report, texts=TEXTS))


def opened(window: MainWindow, words: str = "", *, to_replace: bool = False) -> FindBar:
    """The bar, by key, looking for some words."""
    press(window, Key.Key_H if to_replace else Key.Key_F, modifier=Control)
    bar = window.work.writing.bar
    assert bar.isVisible()
    assert bar.words.hasFocus()
    if words:
        paste(window, words)
    return bar


def selected(window: MainWindow) -> tuple[str, str]:
    """The part and the words that are selected in the text written in last."""
    place = window.work._current_page().writing_place()
    assert place
    return place[0], raw(window, place[0])[place[1] : place[2]]


def test_that_enter_goes_from_place_to_place_through_all_parts_and_round(
    texts: MainWindow,
) -> None:
    page_of(texts, "overview")
    bar = opened(texts, "公开")
    assert bar.count.text() == "共 4 处"
    seen = []
    for _ in range(5):
        press(texts, Key.Key_Return)
        seen.append((*selected(texts), bar.count.text()))
        assert bar.words.hasFocus()
    assert seen == [
        ("overview", "公开", "第 2 处，共 4 处"),
        ("overview", "公开", "第 3 处，共 4 处"),
        ("other", "公开", "第 4 处，共 4 处"),
        ("preface", "公开", "第 1 处，共 4 处"),
        ("overview", "公开", "第 2 处，共 4 处"),
    ]
    press(texts, Key.Key_Return, modifier=Shift)
    assert selected(texts)[0] == "preface"


def test_that_f3_goes_on_from_the_text_and_back_with_shift(texts: MainWindow) -> None:
    editor = page_of(texts, "overview").editors["overview"]
    opened(texts, "公开")
    press(texts, Key.Key_Escape)
    assert texts.work.writing.bar.isHidden()
    assert editor.hasFocus()
    press(texts, Key.Key_F3)
    assert (editor.textCursor().selectionStart(), selected(texts)[1]) == (0, "公开")
    press(texts, Key.Key_F3)
    assert editor.textCursor().selectionStart() == 4
    press(texts, Key.Key_F3, modifier=Shift)
    assert editor.textCursor().selectionStart() == 0
    assert editor.hasFocus()


def test_that_escape_leads_to_the_place_that_was_found(texts: MainWindow) -> None:
    page = page_of(texts, "overview")
    opened(texts, "前言")
    press(texts, Key.Key_Return, Key.Key_Escape)
    assert page.editors["preface"].hasFocus()
    assert page.editors["preface"].textCursor().selectedText() == "前言"


def test_that_it_begins_on_a_table_page_with_the_first_place(texts: MainWindow) -> None:
    table(texts, "requests")
    opened(texts, "公开")
    press(texts, Key.Key_Return)
    assert selected(texts) == ("preface", "公开")


def test_that_what_is_selected_is_proposed(texts: MainWindow) -> None:
    editor = page_of(texts, "overview").editors["overview"]
    press(texts, Key.Key_Home)
    press(texts, Key.Key_Right, Key.Key_Right, Key.Key_Right, modifier=Shift)
    bar = opened(texts)
    assert bar.words.text() == "公开甲"
    assert editor.textCursor().selectedText() == "公开甲"


def test_that_wide_and_narrow_digits_are_found_alike_if_wanted(texts: MainWindow) -> None:
    bar = opened(texts, "25")
    assert bar.count.text() == "共 3 处"
    bar.alike.click()
    assert bar.count.text() == "共 2 处"


def test_that_one_is_replaced_and_the_next_one_shown(texts: MainWindow) -> None:
    page_of(texts, "overview")
    bar = opened(texts, "公开", to_replace=True)
    press(texts, Key.Key_Return)
    bar.by.setFocus()
    paste(texts, "发布")
    press(texts, Key.Key_Return)
    assert raw(texts, "overview") == "发布甲。公开乙。"
    assert bar.by.hasFocus()
    press(texts, Key.Key_Return)
    assert raw(texts, "overview") == "发布甲。发布乙。"
    press(texts, Key.Key_Z, modifier=Control)
    assert raw(texts, "overview") == "发布甲。公开乙。"


def test_that_enter_in_the_second_line_shows_a_place_before_it_replaces_it(
    texts: MainWindow,
) -> None:
    page_of(texts, "problems")
    bar = opened(texts, "公开", to_replace=True)
    bar.by.setFocus()
    press(texts, Key.Key_Return)
    assert texts.bridge.report.texts == TEXTS
    assert selected(texts) == ("other", "公开")


def test_that_all_are_replaced_as_one_step_which_says_how_many(texts: MainWindow) -> None:
    bar = opened(texts, "25", to_replace=True)
    bar.by.setText("26")
    bar.all.click()
    assert raw(texts, "other") == f"公开26件，{TOTAL}件，26件。"
    assert bar.count.text() == "已替换 2 处；1 处是表中数字，没有替换。"
    press(texts, Key.Key_Z, modifier=Control)
    assert texts.bridge.report.texts == TEXTS


def test_that_a_live_number_is_shown_and_never_replaced(texts: MainWindow) -> None:
    page_of(texts, "other").editor.put_cursor(6)
    bar = opened(texts, "25", to_replace=True)
    press(texts, Key.Key_Return)
    assert selected(texts) == ("other", TOTAL)
    bar.one.click()
    assert raw(texts, "other") == TEXTS["other"]
    assert bar.count.text() == "这里是表中数字，要改请改表格。"


def test_that_what_is_nowhere_is_said_and_nothing_can_be_pushed(texts: MainWindow) -> None:
    bar = opened(texts, "没有写过", to_replace=True)
    assert bar.count.text() == "没有找到"
    assert not any(one.isEnabled() for one in (bar.next, bar.previous, bar.one, bar.all))
    press(texts, Key.Key_Return, Key.Key_F3)
    assert texts.bridge.report.texts == TEXTS


def test_that_without_the_second_line_nothing_is_replaced(texts: MainWindow) -> None:
    bar = opened(texts, "公开")
    assert not bar.by.isVisible()
    assert not bar.all.isVisible()
    press(texts, Key.Key_H, modifier=Control)
    assert bar.by.isVisible()
    assert bar.words.text() == "公开"


def test_that_the_bar_follows_what_is_written(texts: MainWindow) -> None:
    bar = opened(texts, "25")
    editor: TextEditor = with_text(texts, "other", "没有了")
    assert editor.hasFocus()
    assert not bar.next.isEnabled()


def test_that_tab_leads_through_the_bar(texts: MainWindow) -> None:
    bar = opened(texts, "公开", to_replace=True)
    visited = []
    for one in (bar.words, bar.previous, bar.next, bar.alike):
        visited.append(one.hasFocus())
        press(texts, Key.Key_Tab)
    assert visited == [True] * 4
    assert bar.words.accessibleName()
    assert bar.by.accessibleName()
