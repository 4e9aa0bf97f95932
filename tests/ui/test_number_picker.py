"""Figures of the tables chosen by their words and put into the text."""

from __future__ import annotations

from app.live import live
from tests.ui.conftest import Key, press, table, to_cell, told
from tests.ui.test_live_numbers import fill, tinted
from tests.ui.writing import Alt, Control, push, raw, side, with_text
from ui.number_picker import NumberPicker
from ui.window import MainWindow


def opened(window: MainWindow, part: str = "other") -> NumberPicker:
    """The list beside a text, by key."""
    press(window, Key.Key_Equal, modifier=Alt)
    picker = side(window, part).numbers
    assert picker.search.hasFocus()
    return picker


def rows(picker: NumberPicker) -> list[str]:
    return [picker.list.item(row).text() for row in range(picker.list.count())]


def test_that_a_figure_is_found_by_its_words_and_put_where_the_cursor_is(
    zeros: MainWindow,
) -> None:
    fill(zeros, received=25)
    editor = with_text(zeros, "other", "收到件。")
    editor.put_cursor(2)
    picker = opened(zeros)
    assert len(rows(picker)) == len(zeros.bridge.report.form.fields)
    press(zeros, "新收 总计")
    assert rows(picker)[0] == "表三 · 一（新收） · 总计　25"
    press(zeros, Key.Key_Return)
    assert editor.hasFocus()
    assert editor.toPlainText() == "收到25件。"
    assert raw(zeros, "other") == "收到{{requests.received.total}}件。"
    press(zeros, "多")
    assert editor.toPlainText() == "收到25多件。"


def test_that_inserting_is_one_step_to_undo(zeros: MainWindow) -> None:
    editor = with_text(zeros, "other", "收到件。")
    press(zeros, "又")
    opened(zeros)
    press(zeros, "上年结转 总计", Key.Key_Return, "件")
    press(zeros, Key.Key_Z, modifier=Control)
    press(zeros, Key.Key_Z, modifier=Control)
    assert raw(zeros, "other") == "收到件。又"
    assert tinted(editor) == []
    press(zeros, Key.Key_Y, modifier=Control)
    assert tinted(editor) == ["0"]


def test_that_one_goes_through_the_list_by_arrows_while_typing(zeros: MainWindow) -> None:
    with_text(zeros, "other", "")
    picker = opened(zeros)
    press(zeros, "行政许可", Key.Key_Backspace)
    press(zeros, "自然人", Key.Key_Backspace, Key.Key_Backspace, Key.Key_Backspace)
    picker.search.selectAll()
    press(zeros, "予以公开", Key.Key_Down, Key.Key_Down)
    assert picker.list.currentRow() == 2
    assert picker.search.hasFocus()
    chosen = rows(picker)[2]
    press(zeros, Key.Key_Return)
    form = zeros.bridge.report.form
    (cell,) = (one for one in form.fields if live(one) == raw(zeros, "other"))
    assert chosen.startswith(form.place(cell))


def test_that_the_list_follows_the_table(zeros: MainWindow) -> None:
    with_text(zeros, "other", "")
    picker = opened(zeros)
    press(zeros, "新收 总计")
    fill(zeros, received=7)
    assert rows(picker) == ["表三 · 一（新收） · 总计　7"]


def test_that_a_blank_cell_can_be_put_into_the_text(blank: MainWindow) -> None:
    editor = with_text(blank, "other", "")
    opened(blank)
    press(blank, "新收 总计", Key.Key_Return)
    assert editor.toPlainText() == "（待填）"


def test_that_words_that_fit_nothing_insert_nothing(zeros: MainWindow) -> None:
    with_text(zeros, "other", "不变")
    picker = opened(zeros)
    press(zeros, "没有这样的格", Key.Key_Return)
    assert rows(picker) == []
    assert raw(zeros, "other") == "不变"
    press(zeros, Key.Key_Escape)
    assert side(zeros, "other").isHidden()


def test_that_it_is_offered_by_a_button_and_not_on_a_table(zeros: MainWindow) -> None:
    with_text(zeros, "other", "")
    push(zeros, Key.Key_I)
    assert side(zeros, "other").numbers.search.hasFocus()
    view = table(zeros, "requests").view
    to_cell(view, "requests.received.person")
    press(zeros, Key.Key_Equal, modifier=Alt)
    assert view.hasFocus()
    assert "没有要写的文字" in told(zeros)
