"""The pane beside a text: a guided form, last year's words, the figures of the tables."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTabWidget, QToolButton

from app.writing.guide import pairs_guide, sheet_of
from ui.bridge import Bridge
from ui.last_year import LastYearPane
from ui.number_picker import NumberPicker
from ui.pairs_form import PairsForm
from ui.text_editor import TextEditor
from ui.topic_form import TopicForm


class Help(Enum):
    """What one can have beside a text."""

    GUIDE = "guide"
    LAST_YEAR = "last_year"
    NUMBERS = "numbers"


class SidePane(QTabWidget):
    """Three ways to write with less typing; Escape leads back to the text."""

    told = Signal(str)
    left = Signal()
    """The clerk goes back to the text."""
    opened = Signal()
    closed = Signal()

    def __init__(self, bridge: Bridge, part: str) -> None:
        super().__init__()
        self.setAccessibleName("写作帮助")
        self.tabBar().setAccessibleName("写作帮助")
        self.setDocumentMode(True)
        paired = part == pairs_guide().part
        self.guide = PairsForm(bridge) if paired else TopicForm(bridge, part)
        self.last_year = LastYearPane(bridge)
        self.numbers = NumberPicker(bridge)
        self._tools = (self.guide, self.last_year, self.numbers)
        for tool, name in zip(self._tools, ("引导填写", "上年文字", "表中数字"), strict=True):
            self.addTab(tool, name)
        self.setTabVisible(0, paired or sheet_of(bridge.report, part) is not None)
        close = QToolButton()
        close.setText("✕")
        close.setToolTip("收起（Esc）")
        close.setAccessibleName("收起")
        close.setAutoRaise(True)
        close.clicked.connect(self.leave)
        self.setCornerWidget(close)
        self.currentChanged.connect(self._begin)
        self.guide.told.connect(self.told)
        self.last_year.told.connect(self.told)
        self.numbers.done.connect(self.left)
        self.hide()

    def beside(self, editor: TextEditor) -> None:
        """Serve this editor."""
        for tool in self._tools:
            tool.beside(editor)

    def open(self, what: Help) -> None:
        """Show one of them, ready to be used."""
        self.show()
        tab = list(Help).index(what)
        if self.currentIndex() == tab:
            self._begin()
        self.setCurrentIndex(tab)
        self.opened.emit()

    def fit_height(self, *, low: bool) -> None:
        """Have questions and sentences scroll as one where the window is low."""
        self.guide.fit_height(low=low)

    def offers(self, what: Help) -> bool:
        """Tell whether there is such help for this part."""
        return self.isTabVisible(list(Help).index(what))

    def is_used(self, what: Help) -> bool:
        """Tell whether the clerk is just at this one."""
        focus = QApplication.focusWidget()
        here = focus is not None and self.isAncestorOf(focus)
        return here and self.currentIndex() == list(Help).index(what)

    def leave(self) -> None:
        """Put the pane away."""
        self.hide()
        self.closed.emit()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the pane away."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        if self.isVisible():
            self._tools[self.currentIndex()].begin()
