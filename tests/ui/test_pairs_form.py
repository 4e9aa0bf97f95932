"""Problems paired with measures, row by row, by keyboard."""

from __future__ import annotations

from app.checks import check
from app.drafting import Pair
from tests.ui.conftest import Dialogs, Key, Modifier, press, told
from tests.ui.writing import Alt, Control, last_year, page_of, push, raw, reopened, side, with_text
from ui.pairs_form import PairsForm
from ui.window import MainWindow

TWO = (
    "2026年，我镇政府信息公开工作还存在以下两个问题：一是公开慢；二是没有理由。\n"
    "2027年，我镇将逐项改进：一是每月核对；二是先审核。"
)


def opened(window: MainWindow) -> PairsForm:
    """The form beside an empty text, by key."""
    with_text(window, "problems", "")
    press(window, Key.Key_G, modifier=Control)
    form = side(window, "problems").guide
    assert isinstance(form, PairsForm)
    return form


def pairs(window: MainWindow) -> list[Pair]:
    return list(window.bridge.report.drafting.pairs)


def shown(form: PairsForm) -> list[tuple[str, str]]:
    return [(one.text(), other.text()) for one, other in form.rows]


def fill_two(window: MainWindow) -> PairsForm:
    form = opened(window)
    for words in ("公开慢", "每月核对", "没有理由", "先审核"):
        press(window, words, Key.Key_Return)
    return form


def test_that_problems_and_measures_are_typed_with_enter_and_written_by_key(
    zeros: MainWindow,
) -> None:
    form = fill_two(zeros)
    assert pairs(zeros) == [Pair("公开慢", "每月核对"), Pair("没有理由", "先审核")]
    assert shown(form)[-1] == ("", "")
    assert form.rows[2][0].hasFocus()
    push(zeros, Key.Key_W)
    assert raw(zeros, "problems") == TWO
    assert told(zeros).startswith("已写入正文：问题与措施。")
    assert check(zeros.bridge.report).findings == ()


def test_that_enter_on_the_row_left_empty_writes_what_the_others_make(zeros: MainWindow) -> None:
    form = fill_two(zeros)
    press(zeros, Key.Key_Return)
    assert form.composing.write.hasFocus()
    press(zeros, Key.Key_Return)
    assert raw(zeros, "problems") == TWO
    assert page_of(zeros, "problems").editors["problems"].hasFocus()  # what is there can be edited


def test_that_enter_goes_on_in_a_row_while_there_is_nothing_to_write(zeros: MainWindow) -> None:
    form = opened(zeros)
    press(zeros, Key.Key_Return)
    assert form.rows[0][1].hasFocus()
    press(zeros, Key.Key_Return)
    assert form.rows[0][1].hasFocus()


def test_that_rows_change_places_by_key_and_the_focus_goes_along(zeros: MainWindow) -> None:
    form = fill_two(zeros)
    form.rows[1][1].setFocus()
    press(zeros, Key.Key_Up, modifier=Alt)
    assert pairs(zeros) == [Pair("没有理由", "先审核"), Pair("公开慢", "每月核对")]
    assert form.rows[0][1].hasFocus()
    press(zeros, Key.Key_Up, modifier=Alt)
    assert form.rows[0][1].hasFocus()
    press(zeros, Key.Key_Down, modifier=Alt)
    assert pairs(zeros) == [Pair("公开慢", "每月核对"), Pair("没有理由", "先审核")]
    assert form.rows[1][1].hasFocus()
    press(zeros, Key.Key_Z, modifier=Control)
    press(zeros, Key.Key_Z, modifier=Control)
    assert shown(form)[0] == ("公开慢", "每月核对")


def test_that_a_row_is_taken_out_by_key_and_comes_back_by_undo(zeros: MainWindow) -> None:
    form = fill_two(zeros)
    form.rows[0][0].setFocus()
    press(zeros, Key.Key_Delete, modifier=Control)
    assert pairs(zeros) == [Pair("没有理由", "先审核")]
    assert shown(form) == [("没有理由", "先审核"), ("", "")]
    assert form.rows[0][0].hasFocus()
    press(zeros, Key.Key_Z, modifier=Control)
    assert shown(form)[:2] == [("公开慢", "每月核对"), ("没有理由", "先审核")]


def test_that_the_buttons_do_the_same(zeros: MainWindow) -> None:
    form = fill_two(zeros)
    form.rows[0][0].setFocus()
    form._down.click()
    assert shown(form)[0] == ("没有理由", "先审核")
    form._out.click()
    assert shown(form) == [("没有理由", "先审核"), ("", "")]


def test_that_taking_out_and_moving_where_there_is_nothing_changes_nothing(
    zeros: MainWindow,
) -> None:
    form = opened(zeros)
    for key, modifier in (
        (Key.Key_Delete, Control),
        (Key.Key_Up, Alt),
        (Key.Key_Down, Alt),
        (Key.Key_Delete, Modifier.NoModifier),
    ):
        press(zeros, key, modifier=modifier)
    assert pairs(zeros) == []
    assert shown(form) == [("", "")]


def test_that_half_a_row_is_named_and_left_out(zeros: MainWindow) -> None:
    form = opened(zeros)
    for words in ("公开慢", "每月核对", "没有理由"):
        press(zeros, words, Key.Key_Return)
    assert form._half.text() == "第二条还没有写措施，先不写进正文。"
    push(zeros, Key.Key_W)
    assert "没有理由" not in raw(zeros, "problems")
    assert "主要问题是公开慢。" in raw(zeros, "problems")


def test_that_a_changed_row_updates_the_text_and_edited_words_are_asked_about(
    zeros: MainWindow, dialogs: Dialogs
) -> None:
    form = fill_two(zeros)
    push(zeros, Key.Key_W)
    form.rows[0][0].setFocus()
    press(zeros, "了")
    push(zeros, Key.Key_W)
    assert raw(zeros, "problems") == TWO.replace("公开慢", "公开慢了")
    editor = page_of(zeros, "problems").editor
    editor.put_cursor(4)
    press(zeros, "全")
    before = raw(zeros, "problems")
    form.rows[0][0].setFocus()
    press(zeros, "些")
    dialogs.answer = False
    form.composing.replace.click()
    assert raw(zeros, "problems") == before
    assert dialogs.said
    dialogs.answer = True
    form.composing.replace.click()
    assert raw(zeros, "problems") == TWO.replace("公开慢", "公开慢了些")


def test_that_last_years_measures_are_there_to_look_back_on(window: MainWindow) -> None:
    last_year(
        window, words="存在的问题：一是慢；二是少。\n2026年将逐项改进：一是每月核对；二是先审核。"
    )
    form = opened(window)
    assert form.look_back.isVisible()
    first, second = form.look_back.lines
    assert first.accessibleName() == "落实情况：每月核对"
    assert first.hasFocus()
    press(window, "核对了12次", Key.Key_Return)
    assert second.hasFocus()
    press(window, Key.Key_Return)
    assert form.rows[0][0].hasFocus()
    push(window, Key.Key_W)
    assert raw(window, "problems") == "上年提出的措施是每月核对，核对了12次。"
    press(window, Key.Key_Z, Key.Key_Z, modifier=Control)
    assert first.text() == ""


def test_that_the_form_goes_on_with_the_pairs_once_one_has_looked_back(window: MainWindow) -> None:
    last_year(window, words="2026年将逐项改进：一是每月核对；二是先审核。")
    form = opened(window)
    press(window, "核对了12次", Key.Key_Return, "都审核了", Key.Key_Return, "公开慢")
    press(window, Key.Key_Escape)
    press(window, Key.Key_G, modifier=Control)
    assert form.rows[0][1].hasFocus()
    assert [one.text() for one in form.look_back.lines] == ["核对了12次", "都审核了"]


def test_that_without_last_year_nobody_is_asked_about_it(zeros: MainWindow) -> None:
    assert not opened(zeros).look_back.isVisible()


def test_that_the_rows_are_there_again_when_the_draft_is_opened_again(zeros: MainWindow) -> None:
    fill_two(zeros)
    assert list(reopened(zeros).drafting.pairs) == [
        Pair("公开慢", "每月核对"),
        Pair("没有理由", "先审核"),
    ]
    page_of(zeros, "problems")
    press(zeros, Key.Key_G, modifier=Control)
    form = side(zeros, "problems").guide
    assert isinstance(form, PairsForm)
    assert shown(form)[0] == ("公开慢", "每月核对")
    assert form.rows[2][0].hasFocus()


def test_that_tab_leads_through_the_rows_in_their_order(zeros: MainWindow) -> None:
    form = fill_two(zeros)
    form.rows[0][0].setFocus()
    for row in form.rows:
        for line in row:
            assert line.hasFocus()
            assert line.accessibleName()
            press(zeros, Key.Key_Tab)
    assert form._up.hasFocus()
