"""A low window: what can wait gives way, and is there again as soon as there is room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Key, children, press, review, table, text
from ui.room import FRAME, show_whole
from ui.theme import SIZE, choose
from ui.window import MainWindow

HIGH, LOW, LOWEST = (1366, 728), (910, 485), (683, 340)


def resize(window: MainWindow, room: tuple[int, int]) -> None:
    """Give a window another size, and let one layout after another take its turn."""
    window.resize(*room)
    for _ in range(5):
        QApplication.processEvents()


def steps_told(window: MainWindow) -> list[str]:
    """What the rail says of each step."""
    return [window.rail.item(row).text() for row in range(window.rail.count())]


def test_that_every_step_is_seen_in_the_lowest_window(practice: MainWindow) -> None:
    resize(practice, LOWEST)
    rail = practice.rail
    assert rail.verticalScrollBar().maximum() == 0
    assert steps_told(practice)[2:4] == ["二 主动公开　✖ 2", "三 申请情况　✖ 3"]
    assert rail.item(2).toolTip() == "✖ 强制 2", "the word is still told"
    wide = rail.viewport().width() - 18  # less the edge of the style sheet
    metrics = rail.fontMetrics()
    assert all(metrics.horizontalAdvance(one) <= wide for one in steps_told(practice))


def test_that_a_state_has_its_word_again_where_there_is_room(practice: MainWindow) -> None:
    before = steps_told(practice)
    resize(practice, LOWEST)
    resize(practice, HIGH)
    assert steps_told(practice) == before
    assert before[2] == "二 主动公开\n✖ 强制 2"


def test_that_what_should_be_written_is_told_in_the_empty_text_of_a_low_window(
    blank: MainWindow,
) -> None:
    page = text(blank, "problems")
    labels = [one for one in children(page, QLabel) if one.objectName() == "guide"]
    (hint,) = (one for one in labels if one.isVisible())
    assert page.editor.placeholderText() == ""
    resize(blank, LOW)
    assert not hint.isVisible()
    assert page.editor.placeholderText() == hint.text() != ""
    resize(blank, HIGH)
    assert hint.isVisible()
    assert page.editor.placeholderText() == ""


def test_that_the_steps_give_way_to_help_beside_a_text_in_a_narrow_window(
    practice: MainWindow,
) -> None:
    resize(practice, LOWEST)
    page = text(practice, "problems")
    assert practice.rail.isVisible()
    assert page.help_write("guide")
    assert not practice.rail.isVisible()
    press(practice, Key.Key_Escape)
    assert practice.rail.isVisible()
    assert page.help_write("guide")
    practice.rail.move(1)
    assert practice.rail.isVisible(), "the next page has no help beside it"


def test_that_the_steps_stay_beside_help_where_there_is_room(practice: MainWindow) -> None:
    assert text(practice, "problems").help_write("guide")
    assert practice.rail.isVisible()


def test_that_the_sentences_are_reached_by_tab_in_a_low_window(practice: MainWindow) -> None:
    resize(practice, LOWEST)
    page = text(practice, "overview")
    assert page.help_write("guide")
    resize(practice, LOWEST)
    for _ in range(12):
        press(practice, Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus and focus.objectName() == "primary":
            break
    assert focus is not None
    assert focus.objectName() == "primary"
    assert focus.visibleRegion().boundingRect().height() == focus.height(), "scrolled into view"


def test_that_only_the_lowest_window_does_without_the_buttons_that_lead_on(
    practice: MainWindow, undressed: QApplication
) -> None:
    for size, shown in (("medium", True), ("largest", False)):
        choose(undressed, SIZE, size)
        resize(practice, LOWEST)
        assert practice.next.isVisible() is shown, size
    choose(undressed, SIZE, "medium")
    resize(practice, LOWEST)
    assert practice.next.isVisible()


def test_that_a_low_window_that_grows_looks_as_one_that_never_was_low(
    practice: MainWindow,
) -> None:
    def heights() -> list[int]:
        page, last = table(practice, "requests"), review(practice)
        return [
            page.view.rowHeight(0),
            page.view.horizontalHeader().height(),
            practice.next.height(),
            last.export_button.height(),
            practice.work.help.note.height(),
        ]

    before = heights()
    resize(practice, LOWEST)
    low = heights()
    assert [one for one, other in zip(low, before, strict=True) if one >= other] == []
    resize(practice, HIGH)
    assert heights() == before


@pytest.mark.parametrize(("room", "side_by_side"), [(HIGH, True), (LOWEST, False)])
def test_that_the_cards_of_the_start_stand_below_each_other_in_a_narrow_window(
    window: MainWindow, room: tuple[int, int], side_by_side: bool
) -> None:
    resize(window, room)
    cards = [one for one in children(window.start, QFrame) if one.objectName() == "card"]
    (one, other) = sorted(cards, key=lambda card: (card.y(), card.x()))
    assert (other.x() > one.x()) is side_by_side
    assert (other.y() > one.y()) is not side_by_side


def test_that_a_window_no_smaller_than_its_screen_is_shown_as_large_as_that(qtbot: QtBot) -> None:
    fits, does_not = QWidget(), QWidget()
    for one in (fits, does_not):
        qtbot.addWidget(one)
    room = fits.screen().availableSize()
    fits.resize(room - FRAME)
    does_not.resize(room - FRAME + QSize(0, 1))
    show_whole(fits)
    show_whole(does_not)
    assert not fits.isMaximized()
    assert does_not.isMaximized()
