"""The frame of the window with the first page in it: all there is to see when it opens."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.report import Report
from app.settings import Settings
from ui import theme, widgets
from ui.bridge import Bridge
from ui.identity import PROGRAM
from ui.pages.start import StartPage
from ui.rail import StepRail, steps_of
from ui.room import Room
from ui.status import StatusLine

MENUS = ("文件(&F)", "编辑(&E)", "查看(&V)", "工具(&T)", "帮助(&H)")


class Frame(QMainWindow):
    """Steps at the left, their pages in the middle, menus above without a line in them yet."""

    def __init__(self, blank: Report, settings: Settings | None = None) -> None:
        super().__init__()
        self.bridge = Bridge(blank, settings, self)
        self.start = StartPage(self.bridge)
        self.rail = StepRail(self.bridge)
        self.stack = QStackedWidget()
        self.stack.addWidget(widgets.scrolled(self.start))
        self.status = StatusLine()
        self.room = Room(self)
        self._middle = QVBoxLayout()
        self._arrange()
        self.menus = [self.menuBar().addMenu(title) for title in MENUS]
        self.room.changed.connect(self._fit_foot)
        self.rail.show_steps(steps_of(blank.form), 0)
        self.start.show_place()
        self.setWindowTitle(PROGRAM)
        application: Any = QApplication.instance()
        theme.keep_sheet(application)

    def place_bar(self, bar: QWidget) -> None:
        """Put a bar between the pages and the buttons that lead on, for Tab too."""
        self._middle.insertWidget(1, bar)
        self.setTabOrder(list(bar.findChildren(QPushButton))[-1], self.back)
        self.setTabOrder(self.back, self.next)

    def _arrange(self) -> None:
        self.resize(1366, 728)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        self._middle.setSpacing(0)
        self._middle.addWidget(self.stack, 1)
        self._middle.addLayout(self._buttons())
        row.addLayout(self._middle, 1)
        self.setCentralWidget(whole)
        self.statusBar().addPermanentWidget(self.status, 1)

    def _buttons(self) -> QHBoxLayout:
        self.back, self.next = QPushButton("← 上一步(&B)"), QPushButton("下一步(&N) →")
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.back)
        self._foot.addStretch()
        self._foot.addWidget(self.next)
        for button in (self.back, self.next):
            button.setEnabled(False)
        self._fit_foot(low=False)
        return self._foot

    def _fit_foot(self, low: bool) -> None:
        self._foot.setContentsMargins(*((8, 2, 8, 2) if low else (14, 6, 14, 8)))
        for button in (self.back, self.next):
            button.setVisible(not self.room.lowest)
