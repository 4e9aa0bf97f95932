"""The guided form: a few answers make sentences, and nothing of the clerk's own is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from app.checks import check
from tests.reports import all_zeros
from tests.ui.conftest import Dialogs, Key, begin, let_run, paste, press, table, told
from tests.ui.test_live_numbers import compose
from tests.ui.writing import Control, page_of, push, raw, reopened, side, with_text
from tests.writing.answering import answered
from ui.answer_line import AnswerLine
from ui.topic_form import TopicForm
from ui.window import MainWindow

TOLD = "2026年，我镇通过政府网站公开政府信息186条。"


def opened(window: MainWindow, part: str = "overview") -> TopicForm:
    """The form beside a text, by key; its first question has the focus."""
    page_of(window, part)
    press(window, Key.Key_G, modifier=Control)
    form = side(window, part).guide
    assert isinstance(form, TopicForm)
    assert form.isVisible()
    return form


def line(form: TopicForm, field: str) -> AnswerLine:
    assert form.fields
    shown = form.fields.inputs[field]
    assert isinstance(shown, AnswerLine)
    return shown


def choice(form: TopicForm, field: str) -> QComboBox:
    assert form.fields
    shown = form.fields.inputs[field]
    assert isinstance(shown, QComboBox)
    return shown


@pytest.fixture
def empty(zeros: MainWindow) -> MainWindow:
    """A window on a report of zeros whose overview is still to be written."""
    return begin(zeros, replace(all_zeros(), texts={**all_zeros().texts, "overview": ""}))


def test_that_answers_are_typed_seen_as_a_sentence_and_written_by_key(empty: MainWindow) -> None:
    form = opened(empty)
    assert line(form, "site").hasFocus()
    press(empty, "１86")
    assert form.composing.preview.toPlainText().startswith(TOLD)
    push(empty, Key.Key_W)
    assert raw(empty, "overview").startswith(f"（一）主动公开\n{TOLD}")
    assert told(empty) == "已写入正文：主动公开。可以接着修改，也可以撤销。"
    assert form.next.hasFocus()
    assert not form.composing.write.isEnabled()


def test_that_enter_leads_through_the_questions_and_writes_what_they_make(
    empty: MainWindow,
) -> None:
    form = opened(empty)
    press(empty, "186", Key.Key_Return)
    assert line(form, "media").hasFocus()
    for _ in range(4):
        press(empty, "1", Key.Key_Return)
    assert line(form, "focus").text() == "1"  # the sum between them is nowhere to stop
    assert form.composing.write.hasFocus()
    press(empty, Key.Key_Return)
    assert raw(empty, "overview").startswith("（一）主动公开\n2026年，我镇主动公开政府信息188条")
    assert form.next.hasFocus()
    press(empty, Key.Key_Return)
    assert line(form, "way").hasFocus()


def test_that_enter_goes_on_to_the_next_topic_where_there_is_nothing_to_write(
    blank: MainWindow,
) -> None:
    form = opened(blank)
    push(blank, Key.Key_X)
    press(blank, Key.Key_Return)
    assert choice(form, "in_time").hasFocus()
    press(blank, Key.Key_Return)
    assert form.next.hasFocus()


def test_that_one_goes_on_in_the_text_once_every_topic_is_written(zeros: MainWindow) -> None:
    editor = with_text(zeros, "other", "")
    form = opened(zeros, "other")
    press(zeros, Key.Key_Down, Key.Key_Down)  # no
    push(zeros, Key.Key_W)
    assert form.next.hasFocus()
    press(zeros, Key.Key_Return, Key.Key_Down, Key.Key_Down)
    push(zeros, Key.Key_W)
    assert editor.hasFocus()
    assert raw(zeros, "other") == "2026年，我镇没有收取信息处理费。\n没有其他需要报告的事项。"


def test_that_the_form_opens_where_there_is_something_to_write(empty: MainWindow) -> None:
    form = opened(empty)
    press(empty, "186")
    push(empty, Key.Key_W)
    press(empty, Key.Key_Escape)
    opened(empty)
    assert form.topics.currentText() == "依申请公开　○ 没有写"
    assert line(form, "way").hasFocus()


def test_that_the_question_one_comes_to_is_in_view(empty: MainWindow) -> None:
    empty.resize(1024, 480)
    form = opened(empty)
    for _ in range(4):
        push(empty, Key.Key_X)
    let_run(30)  # until the new questions have their places
    assert form.fields
    for shown in form.fields.inputs.values():
        assert shown.hasFocus()
        assert shown.visibleRegion().boundingRect() == shown.rect()
        press(empty, Key.Key_Return)


def test_that_writing_is_one_step_to_undo_and_the_answers_stay(empty: MainWindow) -> None:
    form = opened(empty)
    press(empty, "186")
    push(empty, Key.Key_W)
    written = raw(empty, "overview")
    press(empty, Key.Key_Z, modifier=Control)
    assert raw(empty, "overview") == ""
    assert line(form, "site").text() == "186"
    press(empty, Key.Key_Y, modifier=Control)
    assert raw(empty, "overview") == written
    press(empty, Key.Key_Z, modifier=Control)
    press(empty, Key.Key_Z, modifier=Control)
    assert line(form, "site").text() == ""


def test_that_undo_reaches_the_line_that_is_being_answered(empty: MainWindow) -> None:
    form = opened(empty)
    press(empty, "186", Key.Key_Tab, "80")
    press(empty, Key.Key_Z, modifier=Control)
    assert (line(form, "site").text(), line(form, "media").text()) == ("186", "")
    assert line(form, "media").hasFocus()


def test_that_all_topics_are_written_by_keyboard_in_their_order(empty: MainWindow) -> None:
    form = opened(empty)
    press(empty, "186")
    for _ in range(5):
        push(empty, Key.Key_W)
        push(empty, Key.Key_X)
        if form.topics.currentText().startswith("政府信息管理"):
            paste(empty, "党政办")
        elif form.topics.currentText().startswith("政府信息公开平台"):
            paste(empty, "县人民政府门户网站")
        elif form.topics.currentText().startswith("监督保障"):
            answer_supervision(empty, form)
    lines = raw(empty, "overview").split("\n")
    assert lines[::2] == [
        "（一）主动公开",
        "（二）依申请公开",
        "（三）政府信息管理",
        "（四）政府信息公开平台建设",
        "（五）监督保障",
    ]
    assert check(empty.bridge.report).findings == ()


def answer_supervision(window: MainWindow, form: TopicForm) -> None:
    """What a government must tell: no, no, and nobody."""
    for field in ("assessed", "reviewed"):
        choice(form, field).setFocus()
        press(window, Key.Key_Down, Key.Key_Down)
    line(form, "blamed").setFocus()
    press(window, "0")


def test_that_figures_of_the_tables_are_never_typed_and_stay_true(empty: MainWindow) -> None:
    form = opened(empty)
    push(empty, Key.Key_X)
    assert "没有收到政府信息公开申请" in form.composing.preview.toPlainText()
    view = table(empty, "requests").view
    press(empty, "3", Key.Key_Return)
    assert view
    opened(empty)
    assert "收到政府信息公开申请3件" in form.composing.preview.toPlainText()
    push(empty, Key.Key_W)
    assert "申请{{requests.received.total}}件" in raw(empty, "overview")


def test_that_a_blank_table_is_named_until_it_is_filled(blank: MainWindow) -> None:
    form = opened(blank)
    push(blank, Key.Key_X)
    assert form.composing.preview.toPlainText() == ""
    assert not form.composing.write.isEnabled()
    assert "表三、表四还没有填完" in form._hints.text()
    table(blank, "requests").fill_zeros()
    table(blank, "disputes").fill_zeros()
    opened(blank)
    assert not form._hints.isVisible()
    assert form.composing.write.isEnabled()


def test_that_what_is_no_number_is_said_when_the_line_is_left_and_kept(empty: MainWindow) -> None:
    form = opened(empty)
    assert form.fields
    press(empty, "很多")
    assert not form.fields._refused.isVisible()
    press(empty, Key.Key_Tab)
    form.refresh()
    assert form.fields._refused.text() == "通过政府网站公开：“很多”不是确数，请填准确数字。"
    assert line(form, "site").text() == "很多"
    assert "很多" not in form.composing.preview.toPlainText()


def test_that_new_answers_update_what_was_composed_without_a_question(
    empty: MainWindow, dialogs: Dialogs
) -> None:
    form = opened(empty)
    press(empty, "186")
    push(empty, Key.Key_W)
    line(form, "site").setFocus()
    press(empty, "0")
    assert form.composing.write.text() == "更新正文(&W)"
    push(empty, Key.Key_W)
    told_now = "（一）主动公开\n2026年，我镇通过政府网站公开政府信息1860条。"
    assert raw(empty, "overview").startswith(told_now)
    assert raw(empty, "overview").count("通过政府网站") == 1
    assert dialogs.said == []


def edited(window: MainWindow) -> TopicForm:
    """What was composed, edited by the clerk, with an answer changed since."""
    form = opened(window)
    press(window, "186")
    push(window, Key.Key_W)
    editor = page_of(window, "overview").editors["overview"]
    editor.put_cursor(raw(window, "overview").index("条。") + 1)
    paste(window, "（不含转载）")
    line(form, "site").setFocus()
    press(window, "0")
    return form


def test_that_edited_words_are_replaced_only_after_a_question(
    empty: MainWindow, dialogs: Dialogs
) -> None:
    form = edited(empty)
    before = raw(empty, "overview")
    dialogs.answer = False
    form.composing.replace.click()
    assert raw(empty, "overview") == before
    assert "186条（不含转载）" in dialogs.said[0]

    dialogs.answer = True
    form.composing.replace.click()
    assert "公开政府信息1860条。" in raw(empty, "overview")
    assert "不含转载" not in raw(empty, "overview")
    press(empty, Key.Key_Z, modifier=Control)
    assert raw(empty, "overview") == before


def test_that_edited_words_stay_where_new_ones_are_added(
    empty: MainWindow, dialogs: Dialogs
) -> None:
    form = edited(empty)
    assert form.composing.write.text() == "加在后面(&W)"
    push(empty, Key.Key_W)
    assert "186条（不含转载）" in raw(empty, "overview")
    assert "1860条" in raw(empty, "overview")
    assert dialogs.said == []


def test_that_words_can_go_where_the_cursor_stands(empty: MainWindow) -> None:
    editor = with_text(empty, "overview", "开头。结尾。")
    editor.put_cursor(3)
    opened(empty)
    press(empty, "5")
    push(empty, Key.Key_U)
    assert raw(empty, "overview").startswith("开头。2026年，我镇通过政府网站公开政府信息5条")
    assert raw(empty, "overview").endswith("结尾。")


def test_that_the_answers_are_there_again_when_the_draft_is_opened_again(
    empty: MainWindow,
) -> None:
    opened(empty)
    press(empty, "186")
    push(empty, Key.Key_W)
    assert reopened(empty).drafting.answers == {"overview.site": "186"}
    form = opened(empty)
    form.topics.setFocus()
    press(empty, Key.Key_Up)
    assert line(form, "site").text() == "186"
    assert "已写入" in form.topics.currentText()


def test_that_an_input_method_can_be_used_in_words_and_is_off_in_numbers(
    empty: MainWindow,
) -> None:
    form = opened(empty)
    focus = line(form, "focus")
    focus.setFocus()
    compose(empty, "hui")
    empty.bridge.session.answer("overview.site", "5")
    compose(empty, "", "惠农补贴")
    assert focus.text() == "惠农补贴"
    assert empty.bridge.report.drafting.answers["overview.focus"] == "惠农补贴"
    assert not line(form, "site").testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_that_other_organs_are_not_asked_what_only_governments_must_tell(
    empty: MainWindow,
) -> None:
    form = opened(empty)
    form.topics.setCurrentIndex(4)
    form._show_topic()
    assert form.fields
    assert "assessed" in form.fields.inputs
    empty.bridge.session.name_organ("青石县林业局")
    assert form.fields
    assert "assessed" not in form.fields.inputs


def test_that_the_fee_is_held_against_table_two_while_it_is_answered(zeros: MainWindow) -> None:
    form = opened(zeros, "other")
    choice(form, "charged").setFocus()
    press(zeros, Key.Key_Down, Key.Key_Tab, "2420")
    assert "应当包含这笔钱" in form._hints.text()
    assert form.composing.preview.toPlainText() == "2026年，我镇收取信息处理费2420元。"
    choice(form, "charged").setFocus()
    press(zeros, Key.Key_Down)
    assert form.composing.preview.toPlainText() == "2026年，我镇没有收取信息处理费。"


def test_that_escape_leads_back_to_the_text_and_the_buttons_are_there_again(
    empty: MainWindow,
) -> None:
    page = page_of(empty, "overview")
    assert all(button.isVisible() for button in page._buttons.values())
    opened(empty)
    assert not any(button.isVisible() for button in page._buttons.values())
    press(empty, Key.Key_Escape)
    assert page.editors["overview"].hasFocus()
    assert not page.side.isVisible()
    assert all(button.isVisible() for button in page._buttons.values())


def test_that_whoever_never_opens_the_form_never_sees_it(empty: MainWindow) -> None:
    page = page_of(empty, "overview")
    press(empty, "自己写。")
    assert raw(empty, "overview") == "自己写。"
    assert not page.side.isVisible()


def test_that_last_years_answers_are_told_where_there_are_any(window: MainWindow) -> None:
    last = answered(all_zeros(year=2025), "overview", {"overview.site": "120"})
    begin(window, replace(all_zeros(), previous=last))
    form = opened(window)
    assert line(form, "site").placeholderText() == "上年填的是：120"
    assert line(form, "site").text() == ""
    assert "公众号" in line(form, "media").placeholderText()


def test_that_on_a_table_the_menu_says_where_to_go(zeros: MainWindow) -> None:
    table(zeros, "requests")
    press(zeros, Key.Key_G, modifier=Control)
    assert told(zeros) == "这一步没有要写的文字；请先打开要写的部分。"


def test_that_every_question_can_be_reached_by_tab_and_has_a_name(empty: MainWindow) -> None:
    form = opened(empty)
    assert form.fields
    visited = []
    for _ in range(20):
        focus = QApplication.focusWidget()
        assert focus
        if focus in visited:
            break
        visited.append(focus)
        press(empty, Key.Key_Tab)
    wanted = [one for one in form.fields.inputs.values() if isinstance(one, AnswerLine)]
    assert set(wanted) <= set(visited)
    assert form.composing.write in visited
    assert all(one.accessibleName() for one in form.fields.inputs.values())
