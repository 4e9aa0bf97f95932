"""The pages in the window: the real PDF, drawn in the background, as wide as there is room."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.export import pdf
from app.export.document import Document
from tests.reports import at
from tests.ui.conftest import Key, children, press, review, table
from ui.preview import FAILED, MARGIN, Preview
from ui.window import MainWindow


def shown(window: MainWindow, qtbot: QtBot) -> Preview:
    """The preview with its first page drawn."""
    page = review(window)
    page.tabs.setCurrentWidget(page.preview)
    qtbot.waitUntil(lambda: drawn(page.preview, 0), timeout=20_000)
    return page.preview


def drawn(preview: Preview, number: int) -> bool:
    """Whether a page is drawn as fine as it is shown."""
    if number >= len(preview.sheets):
        return False
    sheet = preview.sheets[number]
    return abs(sheet.drawn_width - round(sheet.width() * preview.devicePixelRatioF())) <= 1


def ink(picture: QImage) -> set[str]:
    """The colours of a picture, seen coarsely."""
    small = picture.scaled(60, 80)
    return {
        small.pixelColor(x, y).name() for x in range(small.width()) for y in range(small.height())
    }


def grabbed(preview: Preview, number: int) -> QImage:
    return preview.sheets[number].grab().toImage()


def test_that_every_page_is_there_and_the_first_is_drawn_as_wide_as_the_window(
    zeros: MainWindow, qtbot: QtBot
) -> None:
    zeros.resize(1000, 700)
    preview = shown(zeros, qtbot)
    assert len(preview.sheets) >= 3
    room = preview.area.viewport().width() - 2 * MARGIN
    assert abs(preview.sheets[0].width() - room) <= 1
    assert preview.place.text() == f"第 1 页，共 {len(preview.sheets)} 页"
    assert preview.sheets[1].accessibleName().startswith("第 2 页")
    assert len(ink(grabbed(preview, 0))) > 5


def test_that_in_a_wide_window_more_than_a_few_lines_of_a_page_are_seen(
    zeros: MainWindow, qtbot: QtBot
) -> None:
    zeros.resize(1900, 1000)
    preview = shown(zeros, qtbot)
    page, room = preview.sheets[0], preview.area.viewport()
    assert page.width() < room.width() * 0.6
    assert room.height() > page.height() * 0.5


def test_that_the_mark_of_an_unclean_report_is_seen_on_its_pages(
    zeros: MainWindow, qtbot: QtBot
) -> None:
    clean = ink(grabbed(shown(zeros, qtbot), 0))
    zeros.bridge.session.type(at("disputes.review.upheld"), "")
    preview = shown(zeros, qtbot)

    def red() -> bool:
        colours = [QImageColour(one) for one in ink(grabbed(preview, 0)) - clean]
        return any(one.is_red for one in colours)

    qtbot.waitUntil(red, timeout=20_000)


class QImageColour:
    """A colour as #rrggbb."""

    def __init__(self, name: str) -> None:
        self._parts = [int(name[place : place + 2], 16) for place in (1, 3, 5)]

    @property
    def is_red(self) -> bool:
        """More red than anything else."""
        red, green, blue = self._parts
        return red > green + 30 and red > blue + 30


def test_that_only_pages_in_sight_and_their_neighbours_are_drawn(
    zeros: MainWindow, qtbot: QtBot
) -> None:
    preview = shown(zeros, qtbot)
    last = len(preview.sheets) - 1
    qtbot.waitUntil(lambda: drawn(preview, 1), timeout=20_000)
    assert not preview.sheets[last].drawn_width
    preview.area.setFocus()
    press(preview, Key.Key_End)
    bar = preview.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: drawn(preview, last), timeout=20_000)
    assert preview.place.text().startswith(f"第 {last + 1} 页")
    assert not preview.sheets[0].drawn_width, "its memory is given back"


def test_that_pages_are_scrolled_by_the_keyboard(zeros: MainWindow, qtbot: QtBot) -> None:
    preview = shown(zeros, qtbot)
    preview.area.setFocus()
    before = preview.area.verticalScrollBar().value()
    press(preview, Key.Key_PageDown)
    assert preview.area.verticalScrollBar().value() > before


def test_that_one_may_zoom_and_go_back_to_the_width(zeros: MainWindow, qtbot: QtBot) -> None:
    preview = shown(zeros, qtbot)
    fitting = preview.sheets[0].width()
    buttons = {one.accessibleName(): one for one in children(preview, QPushButton)}
    buttons["放大"].click()
    assert preview.sheets[0].width() > fitting * 1.2
    qtbot.waitUntil(lambda: drawn(preview, 0), timeout=20_000)
    buttons["缩小"].click()
    buttons["缩小"].click()
    assert preview.sheets[0].width() < fitting
    for _ in range(20):
        buttons["缩小"].click()
    assert preview.sheets[0].width() > 100
    buttons["适合宽度"].click()
    assert preview.sheets[0].width() == fitting


def test_that_the_wheel_zooms_with_control_held(zeros: MainWindow, qtbot: QtBot) -> None:
    preview = shown(zeros, qtbot)
    before = preview.sheets[0].width()
    for control in (False, True):
        modifier = Qt.KeyboardModifier.ControlModifier
        event = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            modifier if control else Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(preview.area.viewport(), event)
        assert (preview.sheets[0].width() > before) is control


def test_that_pages_follow_the_size_of_the_window(zeros: MainWindow, qtbot: QtBot) -> None:
    zeros.resize(900, 700)
    preview = shown(zeros, qtbot)
    before = preview.sheets[0].width()
    zeros.resize(1100, 900)
    assert preview.sheets[0].width() > before
    qtbot.waitUntil(lambda: drawn(preview, 0), timeout=20_000)


def test_that_a_changed_report_is_laid_out_anew_and_stays_where_it_was_scrolled(
    zeros: MainWindow, qtbot: QtBot
) -> None:
    preview = shown(zeros, qtbot)
    preview.area.verticalScrollBar().setValue(300)
    before = preview.sheets[0]
    zeros.bridge.session.entitle("另一个标题")
    qtbot.waitUntil(lambda: preview.sheets[0] is not before, timeout=20_000)
    assert preview.area.verticalScrollBar().value() == 300


def test_that_nothing_is_laid_out_while_nobody_looks_at_the_pages(
    zeros: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[Document] = []

    def render(document: Document) -> bytes:
        laid.append(document)
        return b""

    monkeypatch.setattr(pdf, "render", render)
    review(zeros)
    zeros.bridge.session.entitle("另一个标题")
    qtbot.wait(700)
    table(zeros, "disputes")
    qtbot.wait(50)
    assert laid == []


def test_that_pages_are_laid_out_off_the_thread_of_the_window(
    zeros: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    real = pdf.render

    def render(document: Document) -> bytes:
        threads.append(threading.current_thread())
        return real(document)

    monkeypatch.setattr(pdf, "render", render)
    shown(zeros, qtbot)
    assert threads
    assert threading.main_thread() not in threads


def test_that_a_report_that_cannot_be_laid_out_is_told_and_tried_again_on_the_next_look(
    zeros: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *fault: faults.append(fault[0]))
    page = review(zeros)
    with monkeypatch.context() as patch:
        patch.setattr(pdf, "render", lambda _: 1 / 0)
        page.tabs.setCurrentWidget(page.preview)
        qtbot.waitUntil(lambda: page.preview.place.text() == FAILED)
        qtbot.waitUntil(lambda: faults == [ZeroDivisionError])
    page.tabs.setCurrentIndex(0)
    shown(zeros, qtbot)


def test_that_closing_while_pages_are_drawn_ends_in_peace(zeros: MainWindow, qtbot: QtBot) -> None:
    page = review(zeros)
    page.tabs.setCurrentWidget(page.preview)
    zeros.close()
    assert page.preview._worker.activeThreadCount() == 0
