"""The official headings: all of them drawn, whole, and in view while the figures scroll."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.report import Report
from tests.reports import form
from tests.ui.conftest import (
    EMPTY_FORMS,
    Key,
    Modifier,
    begin,
    children,
    here,
    press,
    table,
    to_cell,
)
from ui import balance_strip, delegate, headings
from ui.table_view import FormTableView
from ui.window import MainWindow

SIZES = [(1366, 728), (1093, 582), (910, 485), (683, 418)]
"""What a screen of 1366×768 has at 100, 125, 150 and 200 %, as far as the window goes."""
CASES = [
    (version, year, name, size)
    for version, year in EMPTY_FORMS
    for name in ("disclosure", "requests", "disputes")
    for size in SIZES
]


@dataclass
class Drawn:
    """One heading as it was painted."""

    text: str
    rect: QRect
    needed: int


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Drawn]:
    """Every heading painted from now on."""
    seen: list[Drawn] = []
    paint = headings.paint_heading

    def note(
        painter: QPainter, rect: QRect, text: str, flags: int, middle: QRect | None = None
    ) -> None:
        seen.append(Drawn(text, QRect(rect), _height(painter.fontMetrics(), text, rect)))
        paint(painter, rect, text, flags, middle)

    monkeypatch.setattr(headings, "paint_heading", note)
    monkeypatch.setattr(delegate, "paint_heading", note)
    return seen


def _height(metrics: QFontMetrics, text: str, rect: QRect) -> int:
    inside = QRect(0, 0, rect.width() - 2 * headings.PADDING, 10_000)
    balanced = headings._balanced(text, inside.width(), metrics)
    return metrics.boundingRect(inside, headings.CENTRED, balanced).height()


def opened(window: MainWindow, version: str, year: int, step: str) -> FormTableView:
    begin(window, Report(form(version), year, "青石镇人民政府"))
    view = table(window, step).view
    QApplication.processEvents()
    return view


def labels(version: str, step: str) -> Iterator[str]:
    """Every label of a table as the form has it."""
    for block in form(version).tables[step].blocks:
        yield from filter(None, (block.banner, block.corner))
        for lines in (block.columns, block.rows):
            yield from chain.from_iterable(line.label for line in lines)


@pytest.mark.parametrize("case", CASES)
def test_that_every_official_label_is_painted_and_none_is_cut(
    window: MainWindow,
    drawn: list[Drawn],
    case: tuple[str, int, str, tuple[int, int]],
) -> None:
    version, year, step, size = case
    window.resize(*size)
    view = opened(window, version, year, step)
    drawn.clear()
    bars = (view.verticalScrollBar(), view.horizontalScrollBar())
    for at in range(0, 101, 5):
        for bar in bars:
            bar.setValue(bar.maximum() * at // 100)
        view.grab()

    assert set(labels(version, step)) == {one.text for one in drawn}
    seen = [one for one in drawn if one.rect.bottom() > 2]  # Qt also paints what is just outside
    assert [one for one in seen if one.needed > one.rect.height()] == []


def region(view: FormTableView, rect: QRect) -> QImage:
    """The pixels of a part of the grid."""
    return view.grab(rect).toImage()


def test_that_column_headings_and_the_corner_stay_while_the_figures_scroll(
    zeros: MainWindow,
) -> None:
    view = table(zeros, "requests").view
    wide = view.verticalHeader().width() + view.viewport().width()
    top = QRect(0, 0, wide, view.horizontalHeader().height())
    before, figures_before = region(view, top), view.viewport().grab().toImage()

    press(zeros, Key.Key_End, modifier=Modifier.ControlModifier)

    assert view.verticalScrollBar().value() > 100
    assert region(view, top) == before
    assert view.viewport().grab().toImage() != figures_before


def test_that_row_labels_scroll_with_their_rows_and_stay_at_the_left(
    zeros: MainWindow, drawn: list[Drawn]
) -> None:
    view = table(zeros, "requests").view
    to_cell(view, "requests.carried_out.person")
    drawn.clear()
    view.verticalHeader().viewport().grab()
    label = next(one for one in drawn if one.text == "四、结转下年度继续办理")

    row = view.visualRect(view.currentIndex())
    assert abs(label.rect.center().y() - row.center().y()) <= 1
    assert label.rect.left() == 0
    assert view.verticalHeader().viewport().rect().contains(label.rect)


def test_that_a_merged_row_label_stays_in_view_as_long_as_any_of_its_rows(
    zeros: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = table(zeros, "requests").view
    header = view.verticalHeader()
    word = QRect(0, 0, view._stub[0], header.viewport().height())

    def ink() -> int:
        picture = header.viewport().grab(word).toImage()
        dark = [
            picture.pixelColor(x, y).lightness() < 100
            for x in range(6, word.width() - 6, 2)
            for y in range(0, picture.height(), 2)
        ]
        return sum(dark)

    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    middle = ink()
    monkeypatch.setattr(headings.HeadingView, "_rect", lambda *_: QRect())
    assert middle > ink() == 0


def test_that_nothing_of_a_label_stays_behind_where_it_was_before_scrolling(
    zeros: MainWindow,
) -> None:
    view = table(zeros, "requests").view
    names, bar = view.verticalHeader().viewport(), view.verticalScrollBar()
    for value in (40, 130, 170, bar.maximum(), bar.maximum() - 25):
        bar.setValue(value)
        QApplication.processEvents()
        place = QRect(names.mapTo(zeros, QPoint()), names.size())
        on_screen = zeros.screen().grabWindow(zeros.winId()).toImage().copy(place)
        assert on_screen == names.grab().toImage().convertedTo(on_screen.format())


def test_that_the_headings_of_a_block_float_over_its_rows_once_scrolled_away(
    zeros: MainWindow,
) -> None:
    zeros.resize(910, 300)
    view = table(zeros, "disclosure").view
    QApplication.processEvents()
    licences = view.form_model.index(6, 1)
    assert str(view.form_model.cell(licences)) == "disclosure.licences.decisions"
    banner = view.visualRect(view.form_model.index(4, 0)).top()
    view.verticalScrollBar().setValue(banner)
    # The two lines of the heading, without the grid lines between them.
    lines = [
        view.visualRect(view.form_model.index(row, 0)).adjusted(9, 3, -9, -3) for row in (4, 5)
    ]
    resting = [view.viewport().grab(line).toImage() for line in lines]
    assert not view._band.isVisible()

    view.verticalScrollBar().setValue(banner + 12)

    assert view._band.isVisible()
    assert [view.viewport().grab(line).toImage() for line in lines] == resting


def test_that_a_cell_one_goes_up_to_is_not_hidden_under_the_floating_headings(
    zeros: MainWindow,
) -> None:
    zeros.resize(910, 300)
    view = table(zeros, "disclosure").view
    QApplication.processEvents()
    for _ in range(9):
        press(zeros, Key.Key_Tab)
    assert here(view) == "disclosure.fees.amount"
    assert view.verticalScrollBar().value() > 0

    for _ in range(9):
        cell = view.visualRect(view.currentIndex())
        covered = view._band.height() if view._band.isVisible() else 0
        assert covered <= cell.top(), here(view)
        assert cell.bottom() <= view.viewport().height()
        press(zeros, Key.Key_Backtab, modifier=Modifier.ShiftModifier)
    assert here(view) == "disclosure.regulations.issued"


def test_that_floating_headings_never_cover_those_of_the_next_block(zeros: MainWindow) -> None:
    zeros.resize(683, 300)
    view = table(zeros, "disclosure").view
    QApplication.processEvents()
    grid = view.form_model.grid
    bar = view.verticalScrollBar()
    assert bar.maximum() > 100
    shown = 0
    for at_pixel in range(0, bar.maximum() + 1, 3):
        bar.setValue(at_pixel)
        if not view._band.isVisible():
            continue
        shown += 1
        below = view.rowAt(view._band.height() + 1)
        owner = max((band for band in grid.bands if band.start <= below), key=lambda one: one.start)
        floating = {box.row for box in view._band._boxes}
        if floating != set(owner):
            assert below in owner  # its own headings stand there in full view
            assert view.rowViewportPosition(owner.start) >= 0
    assert shown


def test_that_the_figures_of_a_balance_stand_under_their_columns(
    zeros: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = table(zeros, "requests")
    (strip,) = children(page, balance_strip.BalanceStrip)
    places: list[QRect] = []
    monkeypatch.setattr(
        balance_strip, "paint_heading", lambda _painter, rect, text, _flags: places.append(rect)
    )
    strip.grab()

    header = page.view.horizontalHeader()
    left = page.view.verticalHeader().width() + page.view.frameWidth()
    wanted = [left + header.sectionViewportPosition(at) for at in range(header.count())]
    assert sorted({rect.left() for rect in places} - {0}) == wanted
