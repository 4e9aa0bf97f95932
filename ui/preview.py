"""The pages as they will be printed, drawn from the real PDF while the window stays alive."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.checks import Checked
from ui.crash import Job
from ui.sheet import Sheet
from ui.widgets import label

if TYPE_CHECKING:
    from app.export.raster import PrintedPages

MARGIN = 14
STEP = 1.25
SMALLEST, READABLE, LARGEST = 0.3, 1.6, 4.0
"""Pixels of the screen for a point of the paper."""
MAKING, FAILED = "正在排版…", "✖ 没有排出页面；导出时会说明原因。"


class Preview(QWidget):
    """Shows the report as a column of pages, as wide as there is room, or as one zooms.

    Of itself no page becomes so large that one sees but a few of its lines.
    """

    _made = Signal(int, object)
    _drawn = Signal(int, int, QImage)

    def __init__(self) -> None:
        super().__init__()
        self._worker = QThreadPool(self)
        self._worker.setMaxThreadCount(1)
        self._turn = 0
        """Counts what was asked for; what belongs to an earlier turn is not shown any more."""
        self._shown_of: Checked | None = None
        self._pages: PrintedPages | None = None
        self._asked: set[tuple[int, int]] = set()
        self._zoom: float | None = None
        """Pixels for a point of the paper; None takes what the width gives."""
        self.sheets: list[Sheet] = []
        self.area = QScrollArea()
        self.place = label("", "guide")
        self._draw_soon = QTimer(self, singleShot=True, interval=0)
        self._arrange()
        self._draw_soon.timeout.connect(self._draw_what_is_seen)
        self.area.verticalScrollBar().valueChanged.connect(lambda _: self._draw_soon.start())
        self._made.connect(self._show_pages)
        self._drawn.connect(self._show_picture)

    def show_report(self, checked: Checked) -> None:
        """Show the pages of this report; nothing is done where they are shown already."""
        if checked is self._shown_of:
            return
        self._shown_of = checked
        self._turn += 1
        self.place.setText(MAKING)
        self._worker.clear()
        self._worker.start(Job(partial(self._make, self._turn, checked)))

    def zoom(self, by: float | None) -> None:
        """Draw larger or smaller by a factor; None goes back to the width there is."""
        scale = self._scale()
        self._zoom = None if by is None else min(max(scale * by, SMALLEST), LARGEST)
        self._fit()

    def finish(self) -> None:
        """Wait for what is being drawn, and draw no more."""
        self._turn += 1
        self._worker.clear()
        self._worker.waitForDone()
        self._close_pages()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the wheel zoom while Ctrl is held, as everywhere."""
        control = Qt.KeyboardModifier.ControlModifier
        if isinstance(event, QWheelEvent) and event.modifiers() & control:
            self.zoom(STEP if event.angleDelta().y() > 0 else 1 / STEP)
            return True
        return False

    def _arrange(self) -> None:
        self.area.setAccessibleName("打印预览")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.viewport().installEventFilter(self)
        line = QHBoxLayout()
        line.addWidget(self.place)
        line.addStretch()
        for text, name, by in (
            ("－", "缩小", 1 / STEP),
            ("＋", "放大", STEP),
            ("适合宽度", "适合宽度", None),
        ):
            button = QPushButton(text)
            button.setObjectName("small")
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(lambda _=False, by=by: self.zoom(by))
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        line.setContentsMargins(8, 0, 6, 0)
        column.addLayout(line)
        column.addWidget(self.area, 1)

    def _make(self, turn: int, checked: Checked) -> None:
        # Imported here: the libraries are heavy, and few look at the pages each time.
        from app.export.document import document_of  # noqa: PLC0415
        from app.export.pdf import render  # noqa: PLC0415
        from app.export.raster import PrintedPages  # noqa: PLC0415

        try:
            pages = PrintedPages(render(document_of(checked)))
        except Exception:
            self._made.emit(turn, None)
            raise
        self._made.emit(turn, pages)

    def _show_pages(self, turn: int, pages: PrintedPages | None) -> None:
        if turn != self._turn:
            if pages:
                pages.close()
            return
        self._close_pages()
        self._pages = pages
        scrolled = self.area.verticalScrollBar().value()
        sizes = pages.sizes if pages else ()
        self.sheets = [Sheet(at, len(sizes), *size) for at, size in enumerate(sizes)]
        self.area.setWidget(_column_of(self.sheets))
        self._fit()
        self.area.verticalScrollBar().setValue(scrolled)
        if pages is None:
            self._shown_of = None
            self.place.setText(FAILED)

    def _close_pages(self) -> None:
        self._asked.clear()
        if self._pages:
            self._pages.close()
            self._pages = None

    def _fit(self) -> None:
        scale = self._scale()
        for sheet in self.sheets:
            sheet.resize_to(scale)
        if column := self.area.widget():
            column.adjustSize()
        self._draw_soon.start()

    def _scale(self) -> float:
        if self._zoom is not None or self._pages is None or not self.sheets:
            return self._zoom or 1.0
        widest = max(width for width, _ in self._pages.sizes)
        return min(max(self.area.viewport().width() - 2 * MARGIN, 100) / widest, READABLE)

    def _draw_what_is_seen(self) -> None:
        """Have the pages in sight and their neighbours drawn; those far off give back memory."""
        if self._pages is None:
            return
        near = set(self._near())
        for sheet in self.sheets:
            width = round(sheet.width() * self.devicePixelRatioF())
            if sheet.number not in near:
                sheet.show_picture(None)
            elif abs(sheet.drawn_width - width) > 1 and (sheet.number, width) not in self._asked:
                self._asked.add((sheet.number, width))
                dots = 72 * width / self._pages.sizes[sheet.number][0]
                job = partial(self._draw, self._turn, self._pages, sheet.number, dots)
                self._worker.start(Job(job))
        if self.sheets:
            self.place.setText(self.sheets[self._in_front()].accessibleName())

    def _draw(self, turn: int, pages: PrintedPages, number: int, dots: float) -> None:
        if turn != self._turn:
            return
        drawn = pages.draw(number, dots)
        rgb = QImage.Format.Format_RGB888
        image = QImage(drawn.data, drawn.width, drawn.height, drawn.stride, rgb).copy()
        self._drawn.emit(turn, number, image)

    def _show_picture(self, turn: int, number: int, picture: QImage) -> None:
        if turn == self._turn and number < len(self.sheets):
            self._asked = {one for one in self._asked if one[0] != number}
            self.sheets[number].show_picture(picture)
            self._draw_soon.start()

    def _near(self) -> Iterator[int]:
        first, last = self._in_front(), self._in_front(bottom=True)
        yield from range(max(first - 1, 0), min(last + 2, len(self.sheets)))

    def _in_front(self, *, bottom: bool = False) -> int:
        """The page at the middle of what is seen, or at its lower end."""
        top = self.area.verticalScrollBar().value()
        height = self.area.viewport().height()
        wanted = top + (height if bottom else height // 3)
        above = [one.number for one in self.sheets if one.y() <= wanted]
        return above[-1] if above else 0


def _column_of(sheets: list[Sheet]) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    layout.setSpacing(MARGIN)
    for sheet in sheets:
        layout.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
    if not sheets:
        layout.addWidget(QLabel())
    return column
