"""The panel of what does not agree; a click, Enter or F8 leads to the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDockWidget, QListWidgetItem, QWidget

from app.checks import PASSED_MEANS, Checked, Finding, Level
from ui.bridge import Bridge
from ui.message_list import FINDING, MessageList, Row
from ui.theme import SIGNS

TO_CELL_KEY = "Ctrl+Return"
LONGEST_NUMBER = 12
"""Characters of what should stand there and what stands there; longer ones are in the message."""


class FindingsPanel(QDockWidget):
    """Lists the findings, worst first, each level under its own head."""

    followed = Signal(object)
    """The finding whose place is to be shown."""
    cell_wanted = Signal()
    """The cell of a finding on text and table is to be shown."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("问题", parent)
        self._bridge = bridge
        self.setObjectName("findings")
        self._left_at = -1
        """Where the chosen finding stood that is repaired now; F8 goes on from there."""
        may = QDockWidget.DockWidgetFeature
        self.setFeatures(may.DockWidgetMovable | may.DockWidgetClosable)
        self.list = MessageList()
        self.list.setAccessibleName("问题")
        self.list.itemActivated.connect(self._follow)
        self.list.itemClicked.connect(self._follow)
        self.to_place = self._action("到要改的地方", self._follow_chosen)
        self.to_cell = self._action("到表格里的数字", self.cell_wanted.emit)
        self.to_cell.setShortcut(QKeySequence(TO_CELL_KEY))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.list.addActions([self.to_place, self.to_cell])
        self.setWidget(self.list)
        bridge.changed.connect(self.refresh)
        bridge.opened.connect(self.refresh)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Wide enough for a message in a few lines."""
        return QSize(self.fontMetrics().horizontalAdvance("国") * 20, 200)

    def refresh(self) -> None:
        """List what is found now; the chosen finding stays chosen while it lasts."""
        chosen, row = self.chosen(), self.list.currentRow()
        listed = list(self._listed()) if self._bridge.draft else []
        self.list.show_rows([one for one, _ in listed], [finding for _, finding in listed])
        if chosen and self.list.currentRow() < 0:
            self._left_at = row

    def _listed(self) -> Iterator[tuple[Row, Finding | None]]:
        """The rows from the top with the finding each stands for."""
        checked = self._bridge.checked
        for level, group in groupby(checked.findings, key=lambda one: one.level):
            findings = list(group)
            yield Row(f"{SIGNS[level]} {level.chinese}（{len(findings)}）", bold=True), None
            for one in findings:
                yield Row(one.message, one.level, _beside(one)), one
        if not checked.findings:
            yield from ((row, None) for row in _nothing_found(checked))

    def step(self, by: int) -> None:
        """Follow the next (1) or the last (-1) finding, round and round."""
        self._bridge.read_texts()
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

    def chosen(self) -> Finding | None:
        """The finding whose row is chosen."""
        item = self.list.currentItem()
        finding = item.data(FINDING) if item else None
        return finding if isinstance(finding, Finding) else None

    def _action(self, text: str, do: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(do)
        return action

    def _follow_chosen(self) -> None:
        if item := self.list.currentItem():
            self._follow(item)

    def _follow(self, item: QListWidgetItem) -> None:
        finding = item.data(FINDING)
        if isinstance(finding, Finding):
            self.followed.emit(finding)


def _beside(finding: Finding) -> str:
    """What should stand there and what does; below it the way to the other place, if any.

    Of two numbers that only contradict each other neither is called right.
    """
    expected, found = finding.fault.expected, finding.fault.found
    short = all(one and len(one) <= LONGEST_NUMBER for one in (expected, found))
    sure = finding.level is Level.ERROR
    numbers = f"应为 {expected}　实为 {found}" if short and sure else ""
    other = "Ctrl+Enter：到表格" if finding.cells and finding.fault.text else ""
    return "\n".join(filter(None, [numbers, other]))


def _nothing_found(checked: Checked) -> list[Row]:
    passed = f"✓ 运行了 {checked.rules_run} 条规则，没有发现问题"
    return [Row(passed, bold=True), Row(PASSED_MEANS)]
