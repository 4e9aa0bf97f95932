"""The half of the first page that offers drafts: to open, to go on from, to try."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from app.paths import documents
from ui.bridge import Bridge
from ui.by_name import set_by_name
from ui.recent_list import RecentDrafts, path_of
from ui.widgets import card_column, label, wrapped


class DraftsCard(QFrame):
    """Recent drafts with their states, a file dialog, the example and the practice."""

    wanted = Signal(str)
    """A draft to open, by path."""
    successor_wanted = Signal(str)
    """A draft to begin next year's report from, by path."""
    example_wanted = Signal()
    practice_wanted = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.recent = RecentDrafts(bridge.settings)
        self.recent.setMinimumHeight(90)
        self.recent.setToolTip("回车或单击打开；右键可以用它新建下一年度的报告")
        self.recent.activated.connect(self._open)
        self.recent.clicked.connect(self._open)
        set_by_name(self.recent, contextMenuPolicy="ActionsContextMenu")
        self.recent.addAction(self._action("打开", self._open_chosen))
        self.recent.addAction(self._action("用它新建下一年度的报告…", self._succeed_chosen))
        self._arrange()

    def list_recent(self) -> None:
        """Show the drafts opened lately."""
        self.recent.open_now = self._bridge.path
        self.recent.list_recent()

    def browse(self) -> None:
        """Let the clerk choose a draft file."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  (slow to load)

        start = self._bridge.path.parent if self._bridge.path else documents()
        name, _ = QFileDialog.getOpenFileName(
            self, "打开草稿", str(start), "草稿 (*.json);;所有文件 (*)"
        )
        if name:
            self.wanted.emit(name)

    def _arrange(self) -> None:
        column = card_column(self, "打开")
        browse = QPushButton("打开草稿文件…(&O)")
        browse.clicked.connect(self.browse)
        column.addWidget(browse)
        title = label("最近的草稿(&R)")
        title.setBuddy(self.recent)
        column.addWidget(title)
        column.addWidget(self.recent, 1)
        column.addWidget(label("先看看、先练练"))
        column.addLayout(self._example_buttons())
        column.addWidget(wrapped("示例是虚构的青石镇；练习里埋了错误，请找出来改正。", "guide"))

    def _example_buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        for text, signal in (
            ("看示例报告(&S)", self.example_wanted),
            ("做找错练习(&P)", self.practice_wanted),
        ):
            button = QPushButton(text)
            button.clicked.connect(signal)
            column.addWidget(button)
        return column

    def _action(self, text: str, do: Callable[[], object]) -> QAction:
        action = QAction(self, text=text)
        action.triggered.connect(do)
        return action

    def _open(self, place: QModelIndex) -> None:
        self._open_path(path_of(self.recent.item(place.row())))

    def _open_chosen(self) -> None:
        self._open_path(self.recent.chosen())

    def _open_path(self, path: Path | None) -> None:
        if path and path != self._bridge.path:
            self.wanted.emit(str(path))

    def _succeed_chosen(self) -> None:
        if path := self.recent.chosen():
            self.successor_wanted.emit(str(path))
