"""Live numbers in the editor: seen as figures, one piece to the hand, true to the table."""

from __future__ import annotations

import random

import pytest
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from app.live import Shown
from tests.reports import all_zeros, at
from tests.ui.conftest import Key, Modifier, begin, here, paste, press, table, text, told, type_text
from tests.ui.test_underlines import Hover, hover, point_at, underlined  # noqa: F401
from ui.live_editor import MIME, LiveEditor
from ui.pages.table import TablePage
from ui.text_editor import TextEditor
from ui.theme import colours
from ui.window import MainWindow

Control, Shift = Modifier.ControlModifier, Modifier.ShiftModifier
TOTAL = "{{requests.received.total}}"
GRANTED = "{{requests.granted.person}}"


def opened(window: MainWindow, words: str = "", part: str = "other") -> TextEditor:
    """An editor with these words, in focus, as one step."""
    editor = text(window, part).editors[part]
    editor.setFocus()
    press(window, Key.Key_A, modifier=Control)
    paste(window, words)
    window.bridge.session.end_step()
    return editor


def fill(window: MainWindow, **figures: int) -> None:
    """Put figures in the column of persons of table three."""
    cells = {at(f"requests.{row}.person"): str(number) for row, number in figures.items()}
    window.bridge.session.fill(cells, "填写")
    window.bridge.session.end_step()


def raw(window: MainWindow, part: str = "other") -> str:
    return window.bridge.report.text(part)


def cursor_to(editor: TextEditor, position: int, anchor: int | None = None) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(position if anchor is None else anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def place(editor: TextEditor) -> int:
    return editor.textCursor().position()


def compose(window: MainWindow, preedit: str, commit: str = "") -> None:
    """What an input method sends while words are put together."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(QApplication.focusWidget() or window, event)


def test_that_a_live_number_is_seen_as_its_figure_and_kept_as_its_address(
    zeros: MainWindow,
) -> None:
    fill(zeros, received=25)
    editor = opened(zeros, f"收到{TOTAL}件。")
    assert editor.toPlainText() == "收到25件。"
    assert raw(zeros) == f"收到{TOTAL}件。"
    assert tinted(editor) == ["25"]


def tinted(editor: TextEditor) -> list[str]:
    """The characters on the ground of live numbers."""
    found, cursor = [""], QTextCursor(editor.document())
    while cursor.movePosition(
        QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
    ):
        live = cursor.charFormat().background().color() == colours().live
        found = [*found[:-1], found[-1] + cursor.selectedText()] if live else [*found, ""]
        cursor.clearSelection()
    return [one for one in found if one]


def test_that_it_follows_the_table_at_once_and_the_cursor_stays(zeros: MainWindow) -> None:
    editor = opened(zeros, f"收到{TOTAL}件，办结{TOTAL}件。")
    cursor_to(editor, 4)
    fill(zeros, received=1250)
    assert editor.toPlainText() == "收到1250件，办结1250件。"
    assert place(editor) == 7
    zeros.work.undoing.undo()
    assert editor.toPlainText() == "收到0件，办结0件。"
    zeros.work.undoing.redo()
    assert editor.toPlainText() == "收到1250件，办结1250件。"
    assert raw(zeros) == f"收到{TOTAL}件，办结{TOTAL}件。"


def test_that_a_blank_cell_says_so_in_the_text(blank: MainWindow) -> None:
    editor = opened(blank, f"收到{TOTAL}件。")
    assert editor.toPlainText() == "收到（待填）件。"
    press(blank, Key.Key_Home, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    assert place(editor) == 6
    table(blank, "requests").fill_zeros()
    assert editor.toPlainText() == "收到0件。"


def test_that_one_steps_over_it_as_over_one_character(zeros: MainWindow) -> None:
    fill(zeros, received=1234)
    editor = opened(zeros, f"共{TOTAL}件")
    press(zeros, Key.Key_Home)
    seen = [place(editor)]
    for _ in range(3):
        press(zeros, Key.Key_Right)
        seen.append(place(editor))
    assert seen == [0, 1, 5, 6]
    press(zeros, Key.Key_Left, Key.Key_Left)
    assert place(editor) == 1
    press(zeros, Key.Key_Right, modifier=Shift)
    assert editor.textCursor().selectedText() == "1234"


@pytest.mark.parametrize("position", [2, 3, 4])
def test_that_a_cursor_never_stands_inside(zeros: MainWindow, position: int) -> None:
    fill(zeros, received=1234)
    editor = opened(zeros, f"共{TOTAL}件")
    cursor_to(editor, position)
    assert place(editor) in (1, 5)
    cursor_to(editor, 6, anchor=position)
    assert editor.textCursor().selectedText() == "1234件"
    cursor_to(editor, position, anchor=0)
    assert editor.textCursor().selectedText() in ("共", "共1234")


@pytest.mark.parametrize(
    ("before", "key", "modifier"),
    [
        (5, Key.Key_Backspace, Modifier.NoModifier),
        (1, Key.Key_Delete, Modifier.NoModifier),
        (5, Key.Key_Backspace, Control),
        (1, Key.Key_Delete, Control),
    ],
)
def test_that_it_is_deleted_as_one_piece_and_comes_back_by_undo(
    zeros: MainWindow, before: int, key: Key, modifier: Modifier
) -> None:
    fill(zeros, received=1234)
    editor = opened(zeros, f"共{TOTAL}件")
    cursor_to(editor, before)
    press(zeros, key, modifier=modifier)
    assert TOTAL not in raw(zeros)
    assert editor.toPlainText() == raw(zeros)
    press(zeros, Key.Key_Z, modifier=Control)
    assert raw(zeros) == f"共{TOTAL}件"
    assert editor.toPlainText() == "共1234件"


def test_that_what_is_typed_at_its_ends_is_ordinary_text(zeros: MainWindow) -> None:
    fill(zeros, received=25)
    editor = opened(zeros, f"{TOTAL}{TOTAL}")
    press(zeros, Key.Key_Home, "1", Key.Key_Right, "2", Key.Key_End, "3")
    assert raw(zeros) == f"1{TOTAL}2{TOTAL}3"
    assert editor.toPlainText() == "1252253"
    assert tinted(editor) == ["25", "25"]


@pytest.mark.parametrize("typed", ["2", "25", "字"])
def test_that_typing_over_it_makes_ordinary_text_even_of_the_same_digits(
    zeros: MainWindow, typed: str
) -> None:
    fill(zeros, received=2)
    opened(zeros, f"共{TOTAL}件")
    press(zeros, Key.Key_Home, Key.Key_Right)
    press(zeros, Key.Key_Right, modifier=Shift)
    press(zeros, typed)
    assert raw(zeros) == f"共{typed}件"


def test_that_an_input_method_types_beside_it_and_over_it(zeros: MainWindow) -> None:
    fill(zeros, received=25)
    editor = opened(zeros, f"共{TOTAL}件")
    cursor_to(editor, 3)
    compose(zeros, "yu")
    compose(zeros, "", "余")
    assert raw(zeros) == f"共{TOTAL}余件"
    assert tinted(editor) == ["25"]
    cursor_to(editor, 3, anchor=1)
    compose(zeros, "liang")
    compose(zeros, "", "两")
    assert raw(zeros) == "共两余件"
    assert editor.toPlainText() == "共两余件"


def test_that_figures_wait_while_words_are_being_composed(zeros: MainWindow) -> None:
    editor = opened(zeros, f"共{TOTAL}件")
    press(zeros, Key.Key_End)
    compose(zeros, "shen")
    fill(zeros, received=7)
    assert editor.toPlainText() == "共0件"
    compose(zeros, "", "申请")
    assert editor.toPlainText() == "共7件申请"
    assert raw(zeros) == f"共{TOTAL}件申请"


def test_that_an_address_typed_by_hand_becomes_a_live_number(zeros: MainWindow) -> None:
    fill(zeros, received=25)
    editor = opened(zeros, "共件")
    press(zeros, Key.Key_Home, Key.Key_Right)
    type_text(editor, TOTAL)
    assert raw(zeros) == f"共{TOTAL}件"
    assert editor.toPlainText() == "共25件"
    press(zeros, "多")
    assert raw(zeros) == f"共{TOTAL}多件"


def test_that_a_copied_live_number_stays_live_here_and_is_a_figure_elsewhere(
    zeros: MainWindow,
) -> None:
    fill(zeros, received=25)
    editor = opened(zeros, f"共{TOTAL}件\n𬇙")
    press(zeros, Key.Key_A, modifier=Control)
    press(zeros, Key.Key_C, modifier=Control)
    assert QGuiApplication.clipboard().text() == "共25件\n𬇙"
    press(zeros, Key.Key_End, modifier=Control)
    press(zeros, Key.Key_V, modifier=Control)
    assert raw(zeros) == f"共{TOTAL}件\n𬇙共{TOTAL}件\n𬇙"
    cursor_to(editor, 3, anchor=1)
    press(zeros, Key.Key_X, modifier=Control)
    assert raw(zeros) == f"共件\n𬇙共{TOTAL}件\n𬇙"
    other = text(zeros, "problems").editors["problems"]
    other.setFocus()
    press(zeros, Key.Key_A, modifier=Control)
    press(zeros, Key.Key_V, modifier=Control)
    assert raw(zeros, "problems") == TOTAL
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.hasFormat(MIME)
    assert mime.text() == "25"


def test_that_what_changed_a_figure_behind_the_editors_back_makes_it_ordinary_text(
    zeros: MainWindow,
) -> None:
    fill(zeros, received=1234)
    editor = opened(zeros, f"共{TOTAL}件")
    cursor = QTextCursor(editor.document())
    cursor.setPosition(2)
    cursor.deleteChar()
    assert editor.toPlainText() == raw(zeros) == "共134件"
    assert tinted(editor) == []


def test_that_findings_stand_below_their_words_behind_live_numbers(zeros: MainWindow) -> None:
    fill(zeros, received=1234, granted=1234)
    editor = opened(zeros, f"𬇙收到{TOTAL}件{TOTAL}。政府政府网站更新。没有收取信息处理费。")
    zeros.bridge.read_texts()
    assert underlined(editor) == ["政府政府"]
    press(zeros, Key.Key_Home, "新", Key.Key_Delete)
    assert underlined(editor) == ["政府政府"]
    fill(zeros, received=5, granted=5)
    assert underlined(editor) == ["政府政府"]
    press(zeros, Key.Key_F8)
    assert editor.textCursor().selectedText() == "政府政府"


def test_that_a_finding_on_a_live_number_underlines_its_figure(zeros: MainWindow) -> None:
    fill(zeros, received=12, granted=12)
    editor = opened(zeros, f"收到政府信息公开申请{GRANTED}件。没有收取信息处理费。")
    fill(zeros, granted=3, not_held=9)
    zeros.bridge.read_texts()
    assert underlined(editor) == ["3件"]


def test_that_it_says_what_it_follows_on_hover_and_at_the_cursor(
    zeros: MainWindow,
    hover: Hover,  # noqa: F811
) -> None:
    fill(zeros, received=25)
    editor = opened(zeros, f"共{TOTAL}件")
    said = "表中数字，随表格变化：表三 · 一（新收） · 总计"
    assert [said in hover(editor, point_at(editor, place)) for place in range(4)] == [
        False,
        True,
        True,
        False,
    ]
    press(zeros, Key.Key_Home)
    assert told(zeros) == ""
    press(zeros, Key.Key_Right)
    assert told(zeros) == said
    press(zeros, Key.Key_Right)
    assert told(zeros) == said
    press(zeros, Key.Key_Right)
    assert told(zeros) == ""


def test_that_ctrl_enter_leads_from_it_to_its_cell(zeros: MainWindow) -> None:
    editor = opened(zeros, f"共{GRANTED}件")
    cursor_to(editor, 2)
    press(zeros, Key.Key_Return, modifier=Control)
    page = zeros.stack.currentWidget()
    assert isinstance(page, TablePage)
    assert here(page.view) == "requests.granted.person"
    assert page.view.hasFocus()


def test_that_a_message_quotes_the_figure_and_never_the_address(zeros: MainWindow) -> None:
    opened(zeros, f"抓好以下{TOTAL}项工作：一是公开；二是答复。没有收取信息处理费。")
    fill(zeros, received=3, granted=3)
    zeros.bridge.read_texts()
    found = [one for one in zeros.bridge.checked.findings if one.rule == "item-count"]
    assert "以下3项工作" in found[0].message
    assert all("{{" not in one.message for one in zeros.bridge.checked.findings)


def test_that_a_text_with_line_ends_of_two_signs_is_edited_in_place(window: MainWindow) -> None:
    begin(window, all_zeros().with_text("other", f"一。\r\n二{TOTAL}。\r\n三。"))
    editor = text(window, "other").editors["other"]
    assert editor.toPlainText() == "一。\n二0。\n三。"
    place = raw(window).index("三")
    editor.put_cursor(place)
    assert editor.cursor_place == place
    assert editor.selected == (place, place)
    editor.setFocus()
    press(window, "又")
    assert raw(window) == f"一。\n二{TOTAL}。\n又三。"


def test_that_nothing_can_be_typed_into_what_is_only_shown(zeros: MainWindow) -> None:
    preview = LiveEditor(zeros.bridge)
    preview.setReadOnly(True)
    preview.show_text(f"共{TOTAL}件")
    preview.selectAll()
    type_text(preview, "字")
    press(preview, Key.Key_Delete)
    assert preview.raw() == f"共{TOTAL}件"


@pytest.mark.parametrize("seed", range(3))
def test_that_whatever_is_typed_what_is_seen_is_what_is_kept(zeros: MainWindow, seed: int) -> None:
    mind = random.Random(seed)
    editor = opened(zeros, f"收到{TOTAL}件，公开{GRANTED}{TOTAL}件。\n完{TOTAL}")
    keys = [
        *(Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End),
        *(Key.Key_Backspace, Key.Key_Delete, Key.Key_Return),
    ]
    for _ in range(250):
        modifier = mind.choice([Modifier.NoModifier] * 3 + [Shift, Control])
        match mind.randrange(7):
            case 0 | 1 | 2:
                press(zeros, mind.choice(keys), modifier=modifier)
            case 3:
                press(zeros, mind.choice(["1", "字", "{", "}", "𬇙"]))
            case 4:
                press(
                    zeros,
                    mind.choice([Key.Key_C, Key.Key_X, Key.Key_V, Key.Key_Z, Key.Key_Y]),
                    modifier=Control,
                )
            case 5:
                compose(zeros, mind.choice(["", "shen"]))
                compose(zeros, "", mind.choice(["", "申请"]))
            case 6:
                fill(zeros, received=mind.randrange(1200), granted=mind.randrange(3))
        checked = zeros.bridge.checked
        shown = Shown.of(raw(zeros), checked.figures)
        assert editor.raw() == raw(zeros)
        assert editor.toPlainText() == shown.text.replace("\u2028", "\n")
        cursor = editor.textCursor()
        spans = [] if "𬇙" in shown.text else shown.live_spans
        for span in spans:
            assert not span.start < cursor.position() < span.end
            assert not span.start < cursor.anchor() < span.end
