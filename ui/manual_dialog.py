"""How to use the program: the tasks at the left, the chosen one at the right."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QListWidget,
    QSplitter,
    QTextBrowser,
    QWidget,
)

from app.manual import Task, tasks
from ui.room import fit_dialog
from ui.theme import RESTYLED, colours

SIZE = QSize(860, 560)


class ManualDialog(QDialog):
    """Stays open beside the window, so that one can do what one reads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用说明")
        self.setSizeGripEnabled(True)
        self.list = QListWidget()
        self.list.setObjectName("rules")
        self.list.setAccessibleName("使用说明")
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.addItems([one.title for one in tasks()])
        self.page = QTextBrowser()
        self.page.setAccessibleName("这件事怎样做")
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
        faint = colours().faint.name()
        self.page.document().setDefaultStyleSheet(
            f"li, p {{ margin: 0 0 6px 0; }} .head {{ color: {faint}; margin-bottom: 0; }}"
        )
        self.page.setHtml(_page(tasks()[row]) if row >= 0 else "")


def _page(task: Task) -> str:
    steps = "".join(f"<li>{escape(step)}</li>" for step in task.steps)
    keys = "".join(f"<p>{escape(one)}</p>" for one in task.keys)
    head = '<p class="head">快捷键</p>' if keys else ""
    return f"<h3>{escape(task.title)}</h3><ol>{steps}</ol>{head}{keys}"
