"""The line at the foot of the window: what is said of the cell, what is wrong, what is saved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.rail import REVIEW, Step, reasons_given, step_counts
from ui.theme import RESTYLED, SIGNS, colours
from ui.widgets import Elided

if TYPE_CHECKING:
    from app.checks import Checked


class StatusLine(QWidget):
    """One widget, so that every part of it keeps its place whatever is said."""

    def __init__(self) -> None:
        super().__init__()
        self.told = Elided()
        self.counts = QPushButton(flat=True)
        self.counts.setToolTip("显示或收起“问题”一栏")
        self.saved = Elided(middle=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.told, 3)
        row.addWidget(self.counts)
        row.addWidget(self.saved, 2)
        self.count(None)

    def tell(self, sentence: str) -> None:
        """Say something of the place the clerk is at; '' says nothing."""
        self.told.setText(sentence)

    def count(self, checked: Checked | None) -> None:
        """Say how many findings there are of each level; without a draft, nothing."""
        self.counts.setVisible(checked is not None)
        self.counts.setText(counted(checked) if checked else "")

    def say_open(self, path: str) -> None:
        """Say where the draft lies that has just been opened; '' for none."""
        self.saved.setStyleSheet("")
        self.saved.setText(f"已保存：{path}" if path else "")

    def say_editing(self) -> None:
        """Say that something is not on disk yet."""
        self.saved.setText("正在编辑…")

    def say_saved(self, path: str, at: datetime, *, all_of_it: bool) -> None:
        """Say when and where the draft was saved, unless it has changed since."""
        self.saved.setStyleSheet("")
        if all_of_it:
            self.saved.setText(f"已保存 {at:%H:%M:%S}　{path}")

    def say_failed(self, sentence: str) -> None:
        """Say why a save was refused."""
        self._warn()
        self.saved.setText(f"✖ {sentence}")

    def changeEvent(self, event: QEvent) -> None:
        """Show other colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED and self.saved.styleSheet():
            self._warn()

    def _warn(self) -> None:
        self.saved.setStyleSheet(f"color: {colours().error.name()}")


def counted(checked: Checked) -> str:
    """How much is open at each level, in signs and words."""
    everything = Step(REVIEW, "", ())
    counts, given = step_counts(checked, everything), reasons_given(checked, everything)
    parts = [f"{SIGNS[level]} {level.chinese} {count}" for level, count in counts.items() if count]
    if given:
        parts.append(f"✓ 已说明理由 {given}")
    return "　".join(parts) or "✓ 没有发现问题"
