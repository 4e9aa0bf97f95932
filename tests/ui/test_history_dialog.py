"""Earlier states: found, told apart from the present, gone back to in one step."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app import files
from app.drafts import backups, load
from app.drafts.history import earlier_states
from tests.reports import at, form
from tests.ui.conftest import Dialogs, Key, at_dialog, back_to, press, table, text, told
from ui.history_dialog import HistoryDialog
from ui.window import MainWindow

PERSON = at("requests.received.person")


@pytest.fixture
def written(zeros: MainWindow) -> MainWindow:
    """A window on a draft that was saved three times with changes between."""
    session = zeros.bridge.session
    for figure, words in ((1, "第一稿。"), (2, "第二稿写长了。"), (3, "第三稿。")):
        session.type(PERSON, str(figure))
        session.write("problems", words)
        session.end_step()
        assert zeros.work.autosave.save_now()
    return zeros


def opened(window: MainWindow, qtbot: QtBot) -> HistoryDialog:
    """The dialog with all states found."""
    assert window.bridge.path
    dialog = HistoryDialog(window.bridge.report, window.bridge.path, window)
    dialog.open()
    qtbot.waitUntil(lambda: "正在" not in dialog.told.text())
    return dialog


def rows(dialog: HistoryDialog) -> list[tuple[str, ...]]:
    grid = dialog.changes
    found = []
    for row in range(grid.rowCount()):
        items = [grid.item(row, column) for column in range(grid.columnCount())]
        found.append(tuple(one.text() if one else "" for one in items))
    return found


def restoring(row: int, qtbot: QtBot) -> None:
    """Go back to the state of a row in the dialog that comes up next."""

    def act(dialog: HistoryDialog) -> None:
        qtbot.waitUntil(lambda: "正在" not in dialog.told.text())
        dialog.states.setCurrentRow(row)
        dialog.restore_button.click()

    at_dialog(HistoryDialog, act)


def test_that_states_are_listed_newest_first_with_what_is_different(
    written: MainWindow, qtbot: QtBot
) -> None:
    dialog = opened(written, qtbot)
    assert dialog.told.text() == "共 3 个历史版本，新的在前。"
    lines = [dialog.states.item(row).text().split("\n") for row in range(3)]
    assert all(when.startswith("今天 ") for when, _ in lines)
    assert [what for _, what in lines] == ["与现在不同：1 个数字、“问题与改进”"] * 3
    assert dialog.states.hasFocus()
    dialog.reject()


def test_that_each_difference_is_told_with_both_values(written: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(written, qtbot)
    assert rows(dialog) == [
        ("正文 · 问题与改进", "7 字", "4 字（删去 4 字，新增 1 字）"),
        ("表三 · 一（新收） · 自然人", "2", "3"),
    ]
    press(dialog, Key.Key_Down)
    assert rows(dialog)[1] == ("表三 · 一（新收） · 自然人", "1", "3")
    dialog.reject()


def test_that_a_state_is_gone_back_to_in_one_step_and_nothing_is_lost(
    written: MainWindow, qtbot: QtBot
) -> None:
    present, path = written.bridge.report, written.bridge.path
    assert path
    restoring(1, qtbot)
    written.work.errands.show_history()

    assert written.bridge.report.cells[PERSON] == 1
    assert written.bridge.report.text("problems") == "第一稿。"
    assert "按 Ctrl+Z 可以撤销" in told(written)
    assert written.work.autosave.save_now()
    assert load(path).report == written.bridge.report
    kept = [one for one in earlier_states(path) if one.marked]
    assert [one.report for one in kept] == [present]

    written.work.undoing.undo()
    assert written.bridge.report == present


def test_that_pages_show_what_was_restored(written: MainWindow, qtbot: QtBot) -> None:
    page = table(written, "requests")
    editor = text(written, "problems").editors["problems"]
    restoring(2, qtbot)
    written.work.errands.show_history()
    assert editor.raw() == written.bridge.report.text("problems")
    index = page.view.form_model.index_of(PERSON)
    assert index.data() == "0"


def test_that_what_is_being_typed_is_kept_before_an_older_state_is_restored(
    written: MainWindow, qtbot: QtBot
) -> None:
    editor = text(written, "other").editors["other"]
    editor.setFocus()
    press(written, "刚写的")
    path = written.bridge.path
    assert path
    restoring(0, qtbot)
    written.work.errands.show_history()
    kept = [one for one in earlier_states(path) if one.marked]
    assert "刚写的" in kept[0].report.text("other")


def test_that_nothing_is_restored_where_the_present_cannot_be_kept(
    written: MainWindow, qtbot: QtBot, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    written.bridge.session.write("other", "还没有存下的话")
    present = written.bridge.report

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "_write_and_verify", refuse)
        restoring(0, qtbot)
        written.work.errands.show_history()
    assert "磁盘已满" in dialogs.said[0]
    assert "所以没有恢复" in dialogs.said[0]
    assert written.bridge.report == present


def test_that_a_state_like_the_present_cannot_be_restored(
    written: MainWindow, qtbot: QtBot
) -> None:
    written.bridge.session.type(PERSON, "2")
    written.bridge.session.write("problems", "第二稿写长了。")
    dialog = opened(written, qtbot)
    assert dialog.states.item(0).text().endswith("与现在一样")
    assert not dialog.restore_button.isEnabled()
    press(dialog, Key.Key_Down)
    assert dialog.restore_button.isEnabled()
    dialog.reject()


def test_that_damaged_states_are_left_out(written: MainWindow, qtbot: QtBot) -> None:
    assert written.bridge.path
    backups.generations(written.bridge.path)[0].write_bytes(b"{")
    dialog = opened(written, qtbot)
    assert dialog.states.count() == 2
    dialog.reject()


def test_that_a_draft_without_a_history_says_so(blank: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(blank, qtbot)
    assert dialog.told.text() == "还没有历史版本：保存过两次以后才有。"
    assert not dialog.restore_button.isEnabled()
    dialog.reject()


def test_that_another_form_is_restored_with_its_pages(written: MainWindow, qtbot: QtBot) -> None:
    session = written.bridge.session
    session.choose_year(2020, form("2019"))
    assert written.work.autosave.save_now()
    assert written.bridge.report.form.version == "2019"
    restoring(0, qtbot)
    written.work.errands.show_history()
    assert written.bridge.report.form.version == "2021"
    assert table(back_to(written), "requests").view.form_model.index_of(PERSON).data() == "3"


def test_that_the_menu_offers_it_only_for_an_open_draft(window: MainWindow) -> None:
    (entry,) = (one for one in window.work._for_a_draft if one.text() == "历史版本…")
    assert not entry.isEnabled()
    window.work.errands.show_history()
    window.bridge.session.name_organ("青石镇人民政府")
    assert window.work.desk.create()
    assert entry.isEnabled()


def test_that_closing_while_states_are_looked_through_waits_for_the_one_in_hand(
    written: MainWindow,
) -> None:
    assert written.bridge.path
    for _ in range(10):
        dialog = HistoryDialog(written.bridge.report, written.bridge.path, written)
        dialog.open()
        dialog.reject()
        dialog.deleteLater()
