"""Something to read beside the window: titles at the left, the chosen page at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QListWidget,
    QSplitter,
    QTextBrowser,
    QWidget,
)

from ui.room import fit_dialog
from ui.theme import RESTYLED, colours

SIZE = QSize(860, 560)


class Leaf(NamedTuple):
    """One page: its title, and what makes its HTML when it is first looked at."""

    title: str
    html: Callable[[], str]


class PagesDialog(QDialog):
    """Stays open beside the window, so that one can do what one reads."""

    def __init__(
        self, title: str, spoken: str, leaves: Sequence[Leaf], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._leaves = leaves
        self.setWindowTitle(title)
        self.setSizeGripEnabled(True)
        self.list = QListWidget()
        self.list.setObjectName("rules")
        self.list.setAccessibleName(title)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems([one.title for one in leaves])
        self.page = QTextBrowser()
        self.page.setAccessibleName(spoken)
        self.page.setOpenLinks(False)
        halves = QSplitter()
        halves.addWidget(self.list)
        halves.addWidget(self.page)
        halves.setChildrenCollapsible(False)
        halves.setStretchFactor(1, 1)
        halves.setSizes([240, 620])
        QHBoxLayout(self).addWidget(halves)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        fit_dialog(self, SIZE)

    def changeEvent(self, event: QEvent) -> None:
        """Show other colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._show(self.list.currentRow())

    def _show(self, row: int) -> None:
        faint, line = colours().faint.name(), colours().line.name()
        self.page.document().setDefaultStyleSheet(
            f"li, p {{ margin: 0 0 6px 0; }} .head {{ color: {faint}; margin-bottom: 0; }}"
            f" table {{ border-collapse: collapse; }} pre {{ white-space: pre-wrap; }}"
            f" td, th {{ border: 1px solid {line}; padding: 3px 6px; text-align: left; }}"
        )
        self.page.setHtml(self._leaves[row].html() if row >= 0 else "")
