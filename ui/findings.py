"""The panel of what does not agree; a click, Enter or F8 leads to the place."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QListView,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from app.checks import PASSED_MEANS, Checked, Finding, Level
from ui.bridge import Bridge
from ui.theme import SIGNS, colours

FINDING = Qt.ItemDataRole.UserRole
SIDES = 20
"""Pixels left and right of a message that its lines cannot use."""


class _MessageList(QListWidget):
    """Messages that wrap; each row is as high as its lines need."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give each row the height its text needs at the present width."""
        room = QRect(0, 0, max(self.viewport().width() - SIDES, 1), 10_000)
        wrap = Qt.TextFlag.TextWordWrap.value
        for row in range(self.count()):
            item = self.item(row)
            metrics = QFontMetrics(item.data(Qt.ItemDataRole.FontRole) or self.font())
            needed = metrics.boundingRect(room, wrap, item.text()).height()
            item.setSizeHint(QSize(1, needed + 14))


class FindingsPanel(QDockWidget):
    """Lists the findings, worst first, each level under its own head."""

    followed = Signal(object)
    """The finding whose place is to be shown."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("问题", parent)
        self._bridge = bridge
        self.setObjectName("findings")
        self._left_at = -1
        """Where the chosen finding stood that is repaired now; F8 goes on from there."""
        may = QDockWidget.DockWidgetFeature
        self.setFeatures(may.DockWidgetMovable | may.DockWidgetClosable)
        self.list = _MessageList()
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setAccessibleName("问题")
        self.list.itemActivated.connect(self._follow)
        self.list.itemClicked.connect(self._follow)
        self.setWidget(self.list)
        bridge.changed.connect(self.refresh)
        bridge.opened.connect(self.refresh)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Wide enough for a message in a few lines."""
        return QSize(self.fontMetrics().horizontalAdvance("国") * 20, 200)

    def refresh(self) -> None:
        """List what is found now; the chosen finding stays chosen while it lasts."""
        chosen, row = self._chosen(), self.list.currentRow()
        scrolled = self.list.verticalScrollBar().value()
        self.list.clear()
        self._fill(chosen)
        self.list.fit()
        if chosen and self.list.currentRow() < 0:
            self._left_at = row
        self.list.verticalScrollBar().setValue(scrolled)

    def _fill(self, chosen: Finding | None) -> None:
        if self._bridge.draft is None:
            return
        checked = self._bridge.checked
        for level, group in groupby(checked.findings, key=lambda one: one.level):
            findings = list(group)
            self._head(f"{SIGNS[level]} {level.chinese}（{len(findings)}）")
            for finding in findings:
                self._entry(finding)
                if finding == chosen:
                    self.list.setCurrentRow(self.list.count() - 1)
        if not checked.findings:
            self._nothing_found(checked)

    def step(self, by: int) -> None:
        """Follow the next (1) or the last (-1) finding, round and round."""
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(FINDING)]
        if not rows:
            return
        current = self.list.currentRow()
        if current < 0:
            current = self._left_at - (by > 0)
        behind = [row for row in rows if (row > current if by > 0 else row < current)]
        row = (behind or rows)[0 if by > 0 else -1]
        self.list.setCurrentRow(row)
        self._follow(self.list.item(row))

    def _chosen(self) -> Finding | None:
        item = self.list.currentItem()
        finding = item.data(FINDING) if item else None
        return finding if isinstance(finding, Finding) else None

    def _nothing_found(self, checked: Checked) -> None:
        self._head(f"✓ 运行了 {checked.rules_run} 条规则，没有发现问题")
        self._note(PASSED_MEANS)

    def _head(self, text: str) -> None:
        item = QListWidgetItem(text, self.list)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = QFont(self.list.font())
        font.setBold(True)
        item.setFont(font)

    def _note(self, text: str) -> None:
        QListWidgetItem(text, self.list).setFlags(Qt.ItemFlag.ItemIsEnabled)

    def _entry(self, finding: Finding) -> None:
        item = QListWidgetItem(finding.message, self.list)
        item.setData(FINDING, finding)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole, f"{finding.level.chinese}：{finding.message}"
        )
        if finding.level in (Level.ERROR, Level.QUERY):
            item.setForeground(QBrush(colours().of(finding.level)))

    def _follow(self, item: QListWidgetItem) -> None:
        finding = item.data(FINDING)
        if isinstance(finding, Finding):
            self.followed.emit(finding)
