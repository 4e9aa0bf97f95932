"""Printing: page after page as fine as print asks, onto a PDF that stands for the paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from app.export import pdf
from app.export.raster import PrintedPages
from tests.reports import at
from tests.ui.conftest import Key, Modifier, press, review, told
from ui import printing
from ui.printing import DOTS_PER_INCH, OUR_FAULT, REFUSED, Printing, wanted_pages
from ui.window import MainWindow

Choose = Callable[[QPrinter], object]


@pytest.fixture
def to_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Choose], Path]:
    """Stand for the clerk in the system's dialog: print to a PDF, with these choices made."""

    def prepared(choose: Choose = bool) -> Path:
        paper = tmp_path / "纸.pdf"

        def ask(printer: QPrinter, _pages: int, _parent: object) -> bool:
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(paper))
            choose(printer)
            return True

        monkeypatch.setattr(printing, "ask_for_printer", ask)
        return paper

    return prepared


def pages_of(path: Path) -> list[tuple[float, float]]:
    with pypdfium2.PdfDocument(path) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def printed(window: MainWindow, qtbot: QtBot) -> str:
    """Print by the button and return what is said in the end."""
    page = review(window)
    page.print_button.click()
    qtbot.waitUntil(lambda: not page.printing.busy, timeout=30_000)
    return told(window)


def page_count(window: MainWindow) -> int:
    from app.export.document import document_of  # noqa: PLC0415

    pages = PrintedPages(pdf.render(document_of(window.bridge.checked)))
    count = len(pages)
    pages.close()
    return count


def test_that_every_page_is_printed_on_a4(
    zeros: MainWindow, qtbot: QtBot, to_file: Callable[..., Path]
) -> None:
    paper = to_file()
    count = page_count(zeros)
    assert printed(zeros, qtbot) == f"✓ 已送去打印，共 {count} 页。"
    sizes = pages_of(paper)
    assert len(sizes) == count
    assert all(abs(width - 595) < 2 and abs(height - 842) < 2 for width, height in sizes)


def test_that_what_is_printed_lies_where_it_lies_in_the_exported_file(
    zeros: MainWindow, qtbot: QtBot, to_file: Callable[..., Path]
) -> None:
    from app.export.document import document_of  # noqa: PLC0415

    paper = to_file()
    printed(zeros, qtbot)
    ours = PrintedPages(pdf.render(document_of(zeros.bridge.checked)))
    theirs = PrintedPages(paper.read_bytes())
    assert inked(ours) == pytest.approx(inked(theirs), abs=3)
    ours.close()
    theirs.close()


def inked(pages: PrintedPages) -> tuple[int, int, int, int]:
    """The rectangle of what is dark on the first page, in points."""
    picture = pages.draw(0, 72)
    dark = [
        (x, y)
        for y in range(picture.height)
        for x in range(picture.width)
        if picture.data[y * picture.stride + 3 * x] < 120
    ]
    across, down = zip(*dark, strict=True)
    return min(across), min(down), max(across), max(down)


def test_that_pages_are_drawn_at_no_less_than_300_dots_per_inch(
    zeros: MainWindow,
    qtbot: QtBot,
    to_file: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    to_file()
    drawn: list[float] = []
    real = PrintedPages.draw

    def draw(self: PrintedPages, page: int, dots: float) -> object:
        drawn.append(dots)
        return real(self, page, 20)

    monkeypatch.setattr(PrintedPages, "draw", draw)
    printed(zeros, qtbot)
    assert set(drawn) == {DOTS_PER_INCH}
    assert DOTS_PER_INCH >= 300


def test_that_the_printed_pages_of_an_unclean_report_bear_the_mark(
    zeros: MainWindow, qtbot: QtBot, to_file: Callable[..., Path]
) -> None:
    paper = to_file()
    zeros.bridge.session.type(at("disputes.review.upheld"), "")
    printed(zeros, qtbot)
    pages = PrintedPages(paper.read_bytes())
    for number in range(len(pages)):
        data = pages.draw(number, 40).data
        reds = zip(data[0::3], data[1::3], data[2::3], strict=False)
        assert any(red > green + 60 and red > blue + 60 for red, green, blue in reds)
    pages.close()


def test_that_only_the_pages_asked_for_are_printed(
    zeros: MainWindow, qtbot: QtBot, to_file: Callable[..., Path]
) -> None:
    def second_and_third(printer: QPrinter) -> None:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(2, 3)

    paper = to_file(second_and_third)
    assert printed(zeros, qtbot) == "✓ 已送去打印，共 2 页。"
    assert len(pages_of(paper)) == 2


def test_that_copies_and_order_are_heeded_where_the_printer_cannot_see_to_them(
    qtbot: QtBot,
) -> None:
    class Simple(QPrinter):
        def supportsMultipleCopies(self) -> bool:
            return False

    printer = Simple()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    assert wanted_pages(printer, 3) == [0, 1, 2]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert wanted_pages(printer, 3) == [2, 1, 0]
    printer.setPageOrder(QPrinter.PageOrder.FirstPageFirst)
    printer.setCopyCount(2)
    printer.setCollateCopies(True)
    assert wanted_pages(printer, 2) in ([0, 1, 0, 1], [0, 1])
    printer.setCollateCopies(False)
    assert wanted_pages(printer, 2) in ([0, 0, 1, 1], [0, 1])


def test_that_smaller_paper_gets_the_whole_page(
    zeros: MainWindow, qtbot: QtBot, to_file: Callable[..., Path]
) -> None:
    paper = to_file(lambda printer: printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5)))
    printed(zeros, qtbot)
    sizes = pages_of(paper)
    assert all(width < 450 for width, _ in sizes)
    pages = PrintedPages(paper.read_bytes())
    left, top, right, bottom = inked(pages)
    assert 0 < left < right < sizes[0][0]
    assert 0 < top < bottom < sizes[0][1]
    pages.close()


def test_that_declining_prints_nothing(
    zeros: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "ask_for_printer", lambda *_: False)
    assert printed(zeros, qtbot) == "没有打印。"
    assert review(zeros).print_button.text() == "打印…(&P)"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_that_a_printer_that_takes_nothing_is_told(
    zeros: MainWindow, qtbot: QtBot, to_file: Callable[..., Path], tmp_path: Path
) -> None:
    nowhere = tmp_path / "没有的文件夹" / "x.pdf"
    to_file(lambda printer: printer.setOutputFileName(str(nowhere)))
    assert printed(zeros, qtbot) == REFUSED


def test_that_printing_can_be_stopped_between_pages(
    zeros: MainWindow, qtbot: QtBot, to_file: Callable[..., Path]
) -> None:
    paper = to_file()
    page = review(zeros)
    page.print_button.click()
    qtbot.waitUntil(lambda: told(zeros).startswith("正在打印第 2 页"), timeout=30_000)
    assert page.print_button.text() == "停止打印(&P)"
    page.print_button.click()
    assert told(zeros) == "已停止打印。"
    assert page.print_button.text() == "打印…(&P)"
    qtbot.wait(50)
    assert len(pages_of(paper)) < page_count(zeros)


def test_that_a_fault_of_ours_while_printing_is_told_and_the_next_try_prints(
    zeros: MainWindow,
    qtbot: QtBot,
    to_file: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    to_file()
    faults: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *fault: faults.append(fault[0]))
    with monkeypatch.context() as patch:
        patch.setattr(PrintedPages, "draw", lambda *_: 1 / 0)
        assert printed(zeros, qtbot) == OUR_FAULT
    qtbot.waitUntil(lambda: faults == [ZeroDivisionError])
    assert printed(zeros, qtbot).startswith("✓ 已送去打印")


def test_that_closing_while_a_page_is_drawn_ends_in_peace(
    zeros: MainWindow, qtbot: QtBot, to_file: Callable[..., Path]
) -> None:
    to_file()
    page = review(zeros)
    page.print_button.click()
    qtbot.waitUntil(lambda: "正在打印" in told(zeros), timeout=30_000)
    zeros.close()
    assert not page.printing.busy


def test_that_printing_is_reached_by_key(
    zeros: MainWindow, qtbot: QtBot, to_file: Callable[..., Path]
) -> None:
    paper = to_file()
    press(zeros, Key.Key_P, modifier=Modifier.ControlModifier)
    qtbot.waitUntil(paper.exists, timeout=30_000)
    qtbot.waitUntil(lambda: "已送去打印" in told(zeros), timeout=30_000)


def test_that_a_landscape_page_turns_the_paper(qtbot: QtBot, zeros: MainWindow) -> None:
    class Pages:
        sizes = ((842.0, 595.0),)

    one = Printing(zeros)
    one._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    one._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    one._printer.setFullPage(True)
    one._pages = Pages()  # type: ignore[assignment]
    one._left = [0]
    one._turn_paper()
    assert one._printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape
    paper = one._printer.paperRect(QPrinter.Unit.DevicePixel)
    assert QRectF(0, 0, paper.width(), paper.height()).contains(one._paper(0))
    one._pages = None
    one._printer = None
