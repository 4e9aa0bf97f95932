"""What stands beside a text is of the report as it is, however long one was away."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from tests.reports import all_zeros, at
from tests.ui.conftest import Key, begin, children, press, table, text
from tests.ui.test_guided import opened
from tests.ui.test_number_picker import opened as opened_picker
from tests.ui.test_number_picker import rows
from tests.ui.writing import LAST, Control, last_year, page_of, side
from ui.last_year import MARKED
from ui.pairs_form import PairsForm
from ui.window import MainWindow


def test_that_the_figures_to_choose_from_are_of_now_when_one_comes_back(
    zeros: MainWindow,
) -> None:
    page_of(zeros, "other")
    picker = opened_picker(zeros)
    press(zeros, "新收 总计")
    table(zeros, "requests")
    zeros.bridge.session.type(at("requests.received.person"), "25")
    text(zeros, "other")
    assert rows(picker)[0] == "表三 · 一（新收） · 总计　25"


def test_that_the_sentences_to_be_written_are_of_now_when_one_comes_back(
    zeros: MainWindow,
) -> None:
    begin(zeros, replace(all_zeros(), texts={**all_zeros().texts, "overview": ""}))
    form = opened(zeros)
    form.topics.setCurrentIndex(1)
    form.topics.activated.emit(1)
    before = form.composing.preview.toPlainText()
    table(zeros, "requests")
    for cell in ("received", "granted"):
        zeros.bridge.session.type(at(f"requests.{cell}.person"), "37")
    text(zeros, "overview")
    assert "37" not in before
    assert "37" in form.composing.preview.toPlainText()


def test_that_pairs_taken_back_elsewhere_are_gone_when_one_comes_back(zeros: MainWindow) -> None:
    page_of(zeros, "problems")
    press(zeros, Key.Key_G, modifier=Control)
    form = side(zeros, "problems").guide
    assert isinstance(form, PairsForm)
    press(zeros, "公开慢")
    table(zeros, "requests")
    zeros.work.undoing.undo()
    text(zeros, "problems")
    assert form.rows[0][0].text() == ""


def test_that_words_copied_elsewhere_are_marked_when_one_comes_back(zeros: MainWindow) -> None:
    window = last_year(zeros)
    page_of(window, "problems")
    press(window, Key.Key_F9)
    pane = side(window, "problems").last_year
    note = next(one for one in children(pane, QLabel) if one.text() == MARKED)
    assert not note.isVisible()
    table(window, "requests")
    window.bridge.session.write("problems", LAST)
    text(window, "problems")
    assert note.isVisible()
