"""What is found in a text is underlined where it stands, and told on hover and at the cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.checks import Level
from app.report import Report
from app.settings import Settings
from tests.reports import all_zeros, form
from tests.ui.conftest import Key, Modifier, begin, here, paste, press, table, text, told
from tests.ui.test_findings import double_click, entry, rules
from ui.message_list import BESIDE
from ui.pages.table import TablePage
from ui.text_editor import TextEditor
from ui.theme import colours
from ui.underlines import COPIED_SAYS, STYLES
from ui.window import MainWindow

Control = Modifier.ControlModifier
Lines = QTextCharFormat.UnderlineStyle
SENTENCE = "政府政府网站更新。"
CLAIM = "全年收到政府信息公开申请5件。"
LAST_YEAR = (
    "镇里在便民服务中心设了两台查询机，安排专人引导，村民拿着户口簿就能查到补贴发放清单和宅基地批复。\n"
    "每逢赶集的日子，宣传小组到集市摆摊讲解，回答大家关心的修路、饮水和医保问题，并把意见记在册子上。"
)


def opened(window: MainWindow, words: str, part: str = "other") -> TextEditor:
    """An editor with these words in place of what was there, read and in focus."""
    editor = text(window, part).editors[part]
    editor.setFocus()
    press(window, Key.Key_A, modifier=Control)
    paste(window, words)
    window.bridge.read_texts()
    return editor


def underlined(editor: TextEditor, style: Lines | None = None) -> list[str]:
    """The words that are drawn with a line below them, as Qt has them."""
    drawn = [
        (one.cursor.selectedText(), one.format.underlineStyle())
        for one in selections(editor)
        if one.format.underlineStyle() != Lines.NoUnderline
    ]
    return [words for words, line in drawn if style in (None, line)]


def selections(editor: TextEditor) -> list[Any]:
    """What is drawn beside the text; Qt's own type hints do not know what is in it."""
    return list(editor.extraSelections())


def grounded(editor: TextEditor) -> list[str]:
    """The words that have a ground of their own."""
    ground = colours().copied
    return [
        one.cursor.selectedText()
        for one in selections(editor)
        if one.format.background().color() == ground
    ]


def point_at(editor: TextEditor, position: int) -> QPoint:
    """The middle of the character at a place of the document."""
    cursor = QTextCursor(editor.document())
    cursor.setPosition(position)
    left = editor.cursorRect(cursor).center()
    cursor.setPosition(position + 1)
    right = editor.cursorRect(cursor).center()
    return QPoint((left.x() + right.x()) // 2, left.y())


Hover = Callable[[TextEditor, QPoint], str]


@pytest.fixture
def hover(monkeypatch: pytest.MonkeyPatch) -> Hover:
    """Rest the mouse at a place of an editor, and return what is shown there."""
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, *_: shown.append(words))

    def rest(editor: TextEditor, place: QPoint) -> str:
        on_screen = editor.viewport().mapToGlobal(place)
        asked = QHelpEvent(QEvent.Type.ToolTip, place, on_screen)
        assert QApplication.sendEvent(editor.viewport(), asked)
        return shown.pop()

    return rest


def test_that_a_finding_is_underlined_where_its_words_stand(zeros: MainWindow) -> None:
    editor = opened(zeros, f"第一句。{SENTENCE}没有收取信息处理费。")
    assert underlined(editor) == ["政府政府"]
    assert underlined(text(zeros, "overview").editors["overview"]) == []


def test_that_rare_characters_and_line_ends_before_the_words_shift_nothing(
    zeros: MainWindow,
) -> None:
    editor = opened(zeros, f"𬇙河㐂😀\n\n第二段𬇙。\n{SENTENCE}没有收取信息处理费。")
    assert {*underlined(editor)} == {"政府政府", "😀"}


def test_that_a_text_with_line_ends_of_two_signs_is_underlined_in_place(
    window: MainWindow,
) -> None:
    begin(window, all_zeros().with_text("other", f"𬇙一。\r\n二。\r\n\r\n{SENTENCE}没有收费。"))
    assert underlined(text(window, "other").editors["other"]) == ["政府政府"]


def test_that_the_lines_stay_below_their_words_while_one_types_before_them(
    zeros: MainWindow,
) -> None:
    editor = opened(zeros, f"{SENTENCE}没有收取信息处理费。")
    press(zeros, Key.Key_Home, modifier=Control)
    for words in ("𬇙", "字", "\u3000", "😀。"):
        press(zeros, words)
        assert zeros.bridge.checked.waiting
        assert underlined(editor) == ["政府政府"]
    press(zeros, Key.Key_Return, Key.Key_Backspace)
    assert underlined(editor) == ["政府政府"]
    press(zeros, Key.Key_End, "结尾。")
    assert underlined(editor) == ["政府政府"]


def test_that_the_line_goes_with_the_first_change_of_its_words_and_undo_brings_it_back(
    zeros: MainWindow, qtbot: QtBot
) -> None:
    editor = opened(zeros, f"{SENTENCE}没有收取信息处理费。")
    zeros.bridge.session.end_step()
    press(zeros, Key.Key_Home, modifier=Control)
    press(zeros, Key.Key_Right, Key.Key_Delete)
    assert underlined(editor) == []

    press(zeros, Key.Key_Z, modifier=Control)
    qtbot.waitUntil(lambda: underlined(editor) == ["政府政府"])


def test_that_each_level_has_a_colour_and_a_line_of_its_own(window: MainWindow) -> None:
    window.bridge.settings = Settings({"doubled-words": "error", "placeholder": "hint"})
    begin(window, all_zeros().with_text("other", f"{SENTENCE}收费XX元。2025年无收费。"))
    editor = text(window, "other").editors["other"]
    drawn = selections(editor)
    looks = {
        mark.finding.level: (one.format.underlineColor(), one.format.underlineStyle())
        for mark, one in zip(reversed(editor.underlines.marks), drawn, strict=True)
    }
    assert looks == {
        level: (colours().of(level), STYLES[level])
        for level in (Level.ERROR, Level.QUERY, Level.HINT)
    }
    assert len(set(STYLES.values())) == 3


def test_that_what_is_said_of_a_whole_part_underlines_nothing_and_leads_to_the_editor(
    zeros: MainWindow,
) -> None:
    editor = opened(zeros, "各项工作有序。", "overview")
    assert {"topics", "length"} <= set(rules(zeros))
    assert underlined(editor) == []
    press(zeros, Key.Key_Left)
    before = editor.textCursor().position()
    table(zeros, "disputes")

    double_click(zeros, entry(zeros, "topics"))

    assert editor.hasFocus()
    assert (editor.textCursor().position(), editor.textCursor().hasSelection()) == (before, False)


def test_that_the_message_is_shown_where_the_mouse_rests_and_nowhere_else(
    zeros: MainWindow, hover: Hover
) -> None:
    editor = opened(zeros, f"𬇙<b>粗</b>。{SENTENCE}没有收取信息处理费。")
    start = editor.underlines.marks[0].start
    message = entry(zeros, "doubled-words").text()
    for character in (start, start + 3):
        assert f"核实：{message}" in hover(editor, point_at(editor, character))
    for character in (start - 1, start + 4):
        assert hover(editor, point_at(editor, character)) == ""
    assert hover(editor, editor.viewport().rect().center()) == ""


def test_that_the_status_line_tells_what_is_found_at_the_cursor(zeros: MainWindow) -> None:
    opened(zeros, f"前句。{SENTENCE}没有收取信息处理费。")
    message = entry(zeros, "doubled-words").text()
    press(zeros, Key.Key_Home, modifier=Control)
    assert told(zeros) == ""
    press(zeros, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    assert told(zeros) == message
    press(zeros, Key.Key_End)
    assert told(zeros) == ""
    press(zeros, Key.Key_F8)
    assert told(zeros) == message
    table(zeros, "requests")
    assert message not in told(zeros)
    text(zeros, "other")
    assert told(zeros) == message


def test_that_nothing_is_said_of_a_draft_that_was_put_away(practice: MainWindow) -> None:
    for step in ("problems", "other", "overview"):
        text(practice, step)
        press(practice, Key.Key_F8)
    practice.work.desk.close()
    assert told(practice) == ""


def with_claim(window: MainWindow) -> TextEditor:
    return opened(window, f"{CLAIM}没有收取信息处理费。")


def test_that_a_finding_on_text_and_table_leads_to_the_text_and_by_ctrl_enter_to_the_cell(
    zeros: MainWindow,
) -> None:
    editor = with_claim(zeros)
    item = entry(zeros, "text-vs-table")
    assert item.data(BESIDE) == "相差 5\nCtrl+Enter：到表格"
    table(zeros, "disclosure")
    zeros.work.findings.list.setFocus()
    zeros.work.findings.list.setCurrentItem(item)

    press(zeros, Key.Key_Return)
    assert editor.hasFocus()
    assert editor.textCursor().selectedText() in CLAIM
    press(zeros, Key.Key_Return, modifier=Control)

    page = zeros.stack.currentWidget()
    assert isinstance(page, TablePage)
    assert here(page.view).startswith("requests.received.")
    assert page.view.hasFocus()
    assert editor.toPlainText().startswith(CLAIM)
    assert told(zeros) != ""


def test_that_ctrl_enter_takes_the_finding_at_the_cursor_before_the_one_in_the_panel(
    zeros: MainWindow,
) -> None:
    with_claim(zeros)
    zeros.work.findings.list.setCurrentRow(-1)
    start = text(zeros, "other").editors["other"].underlines.marks[0].start
    press(zeros, Key.Key_Home, modifier=Control)
    press(zeros, *[Key.Key_Right] * start)
    press(zeros, Key.Key_Return, modifier=Control)
    assert isinstance(zeros.stack.currentWidget(), TablePage)


def test_that_ctrl_enter_on_a_finding_without_a_cell_says_so(zeros: MainWindow) -> None:
    editor = opened(zeros, f"{SENTENCE}没有收取信息处理费。")
    press(zeros, Key.Key_F8)
    press(zeros, Key.Key_Return, modifier=Control)
    assert editor.hasFocus()
    assert told(zeros) == "这个问题只涉及文字，不涉及表格。"


def test_that_the_menu_of_a_row_leads_to_both_places(zeros: MainWindow) -> None:
    editor = with_claim(zeros)
    panel = zeros.work.findings.list
    panel.setFocus()
    panel.setCurrentItem(entry(zeros, "text-vs-table"))
    names = {action.text(): action for action in panel.actions()}

    names["到表格里的数字"].trigger()
    assert isinstance(zeros.stack.currentWidget(), TablePage)
    names["到要改的地方"].trigger()
    assert editor.hasFocus()


def copied_report() -> Report:
    last = replace(all_zeros(year=2025), texts={**all_zeros().texts, "problems": LAST_YEAR})
    now = all_zeros().with_text("problems", f"𬇙新写的话。{LAST_YEAR}改进措施是每月检查。")
    return replace(now, previous=last)


def test_that_what_was_copied_from_last_year_has_a_quiet_ground(
    window: MainWindow, hover: Hover
) -> None:
    begin(window, copied_report())
    editor = text(window, "problems").editors["problems"]
    assert "copied" in rules(window)
    marked = "".join(grounded(editor))
    assert "两台查询机" in marked
    assert "新写的话" not in marked
    assert grounded(text(window, "overview").editors["overview"]) == []

    plain = next(
        one
        for start, end in editor.underlines.copied
        for one in range(start, end)
        if not editor.underlines.at(one)
    )
    assert COPIED_SAYS in hover(editor, point_at(editor, plain))


def test_that_the_copied_ground_moves_along_and_goes_with_its_finding(
    window: MainWindow, qtbot: QtBot
) -> None:
    begin(window, copied_report())
    editor = text(window, "problems").editors["problems"]
    before = grounded(editor)
    press(window, Key.Key_Home, modifier=Control)
    press(window, "😀又一句。")
    assert window.bridge.checked.waiting
    assert grounded(editor) == before
    qtbot.waitUntil(lambda: not window.bridge.checked.waiting)
    assert grounded(editor) == before

    press(window, Key.Key_A, modifier=Control)
    paste(window, "存在的问题是公开不够及时，改进措施是每月检查一次。")
    qtbot.waitUntil(lambda: "copied" not in rules(window))
    assert grounded(editor) == []


def test_that_a_form_rebuilt_has_its_lines_again(zeros: MainWindow) -> None:
    opened(zeros, f"{SENTENCE}没有收取信息处理费。")
    zeros.bridge.session.choose_year(2020, form("2019"))
    zeros.bridge.read_texts()
    assert "政府政府" in underlined(text(zeros, "other").editors["other"])
