"""Printing: the dialog of the system, then page after page, drawn finely in the background."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QThreadPool, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.checks import Checked
from app.files import explain
from ui.crash import Job

if TYPE_CHECKING:
    from app.export.raster import PrintedPages

DOTS_PER_INCH = 400
"""Fine enough for small print; a page of A4 takes some 46 MB while it is printed."""
REFUSED = "✖ 打印机没有接受，没有打印。请检查打印机是否接好、开机。"
OUR_FAULT = "✖ 打印时程序出错，没有打完。草稿没有受影响。"


class Printing(QObject):
    """Prints one report at a time. The printer is spoken to in the thread of the window only."""

    told = Signal(str)
    """A sentence on how it goes."""
    running = Signal(bool)
    """It begins or ends."""
    _ready = Signal(object)
    _drawn = Signal(object, int, QImage)
    _broken = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._worker = QThreadPool(self)
        self._worker.setMaxThreadCount(1)
        self._pages: PrintedPages | None = None
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None
        self._left: list[int] = []
        self._count = 0
        self._title = ""
        self._ready.connect(self._ask)
        self._drawn.connect(self._print)
        self._broken.connect(self._end)

    @property
    def busy(self) -> bool:
        """Tell whether something is being printed."""
        return bool(self._title)

    def begin(self, checked: Checked) -> None:
        """Lay out the pages, ask for the printer, and print; nothing is done while it prints."""
        if self.busy:
            return
        self._title = checked.report.title
        self.running.emit(True)
        self.told.emit("正在排版…")
        self._worker.start(Job(partial(self._lay_out, checked)))

    def stop(self) -> None:
        """Print no more pages; what the printer has already stays with it."""
        if self._painter:
            self._left.clear()
            self._end("已停止打印。")

    def finish(self) -> None:
        """Stop, and wait for the page that is being drawn."""
        self.stop()
        self._worker.waitForDone()

    def _lay_out(self, checked: Checked) -> None:
        from app.export.document import document_of  # noqa: PLC0415  (heavy libraries)
        from app.export.pdf import render  # noqa: PLC0415
        from app.export.raster import PrintedPages  # noqa: PLC0415

        try:
            pages = PrintedPages(render(document_of(checked)))
        except OSError as error:
            self._broken.emit(f"✖ 没有打印：{explain(error)}")
        except Exception:
            self._broken.emit(OUR_FAULT)
            raise
        else:
            self._ready.emit(pages)

    def _ask(self, pages: PrintedPages) -> None:
        self._pages = pages
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setDocName(self._title)
        self.told.emit("请选择打印机。")
        if not ask_for_printer(printer, len(pages), self._window):
            self._end("没有打印。")
            return
        self._printer = printer
        self._left = wanted_pages(printer, len(pages))
        self._count = len(self._left)
        self._turn_paper()
        self._painter = QPainter()
        if not self._left or not self._painter.begin(printer):
            self._end(REFUSED)
            return
        self._draw_next()

    def _draw_next(self) -> None:
        assert self._pages
        at = self._count - len(self._left) + 1
        self.told.emit(f"正在打印第 {at} 页，共 {self._count} 页…")
        self._worker.start(Job(partial(self._draw, self._pages, self._left[0])))

    def _draw(self, pages: PrintedPages, number: int) -> None:
        try:
            drawn = pages.draw(number, DOTS_PER_INCH)
            rgb = QImage.Format.Format_RGB888
            image = QImage(drawn.data, drawn.width, drawn.height, drawn.stride, rgb).copy()
        except Exception:
            self._broken.emit(OUR_FAULT)
            raise
        self._drawn.emit(pages, number, image)

    def _print(self, pages: PrintedPages, number: int, image: QImage) -> None:
        if pages is not self._pages or self._painter is None or self._printer is None:
            return  # stopped meanwhile
        self._painter.drawImage(self._paper(number), image)
        self._left.pop(0)
        if not self._left:
            self._end(f"✓ 已送去打印，共 {self._count} 页。")
            return
        self._turn_paper()
        if self._printer.newPage():
            self._draw_next()
        else:
            self._end(REFUSED)

    def _turn_paper(self) -> None:
        """Lay the paper as the next page lies."""
        if self._left and self._pages and self._printer:
            width, height = self._pages.sizes[self._left[0]]
            lies = QPageLayout.Orientation
            self._printer.setPageOrientation(lies.Landscape if width > height else lies.Portrait)

    def _paper(self, number: int) -> QRectF:
        """Where a page goes: at its own size, or smaller where the paper is."""
        assert self._pages
        assert self._printer
        paper = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        width, height = (
            side * self._printer.resolution() / 72 for side in self._pages.sizes[number]
        )
        scale = min(1.0, paper.width() / width, paper.height() / height)
        box = QRectF(0, 0, width * scale, height * scale)
        box.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
        return box

    def _end(self, sentence: str) -> None:
        if self._painter and self._painter.isActive():
            self._painter.end()
        if self._pages:
            self._pages.close()
        self._painter = self._printer = self._pages = None
        self._title = ""
        self.told.emit(sentence)
        self.running.emit(False)


def ask_for_printer(printer: QPrinter, pages: int, parent: QWidget) -> bool:
    """Show the system's own dialog for this printer; tell whether to print."""
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return chosen


def wanted_pages(printer: QPrinter, pages: int) -> list[int]:
    """The pages to print, in their order, as often as they are wanted."""
    numbers = list(range(pages))
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        numbers = numbers[printer.fromPage() - 1 : printer.toPage() or pages]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    if printer.supportsMultipleCopies():
        return numbers
    if printer.collateCopies():
        return numbers * printer.copyCount()
    return [number for number in numbers for _ in range(printer.copyCount())]
