"""The earlier states of a draft: when each was saved, and what is different now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QThreadPool, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.differences import Differences, differences
from app.drafts.history import State, earlier_states
from app.glance import when_in_words
from app.narrative import length
from app.report import Report
from ui.changes_table import Change, ChangesTable
from ui.crash import Job
from ui.room import fit_dialog
from ui.widgets import primary, wrapped

SIZE = QSize(920, 520)
STATE = Qt.ItemDataRole.UserRole
DIFFERENT = STATE + 1
ABOUT = "恢复是一步操作，可以撤销；现在的内容会先留存，也列在这里。"
READING, NOTHING = "正在查看历史版本…", "还没有历史版本：保存过两次以后才有。"


class HistoryDialog(QDialog):
    """Lists the states at the left, newest first; tells at the right what has changed since."""

    _found = Signal(object, object)
    _done = Signal()

    def __init__(self, report: Report, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("历史版本")
        self._report = report
        self._closed = False
        self._worker = QThreadPool(self)
        self.states = QListWidget()
        self.states.setObjectName("entries")
        self.states.setAccessibleName("历史版本")
        self.states.setWordWrap(True)
        self.changes = ChangesTable("有哪些不同", ("地方", "那时", "现在"))
        self.told = wrapped(READING)
        self.restore_button = primary("恢复这一版(&R)")
        self._arrange()
        self.states.currentItemChanged.connect(self._show)
        self.restore_button.clicked.connect(self.accept)
        self._found.connect(self._add)
        self._done.connect(self._say_what_there_is)
        self._worker.start(Job(lambda: self._look_through(path)))
        fit_dialog(self, SIZE)

    def chosen(self) -> State | None:
        """The state of the chosen row."""
        item = self.states.currentItem()
        state = item.data(STATE) if item else None
        return state if isinstance(state, State) else None

    def done(self, result: int) -> None:
        """Look through no more states, and close."""
        self._closed = True
        self._worker.waitForDone()
        super().done(result)

    def _look_through(self, path: Path) -> None:
        for state in earlier_states(path):
            if self._closed:
                return
            self._found.emit(state, differences(state.report, self._report))
        self._done.emit()

    def _arrange(self) -> None:
        halves = QSplitter()
        halves.addWidget(self.states)
        halves.addWidget(self.changes)
        halves.setChildrenCollapsible(False)
        halves.setStretchFactor(1, 1)
        halves.setSizes([300, 620])
        cancel = QPushButton("关闭")
        cancel.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(wrapped(ABOUT, "guide"), 1)
        line.addWidget(cancel)
        line.addWidget(self.restore_button)
        self.restore_button.setEnabled(False)
        column = QVBoxLayout(self)
        column.addWidget(self.told)
        column.addWidget(halves, 1)
        column.addLayout(line)

    def _add(self, state: State, different: Differences) -> None:
        when = when_in_words(state.saved_at, datetime.now())
        kept = "　恢复之前留存" if state.marked else ""
        item = QListWidgetItem(f"{when}{state.saved_at[-3:]}{kept}\n{_summary(different)}")
        item.setData(STATE, state)
        item.setData(DIFFERENT, different)
        self.states.addItem(item)
        if self.states.count() == 1:
            self.states.setCurrentRow(0)
            self.states.setFocus()

    def _say_what_there_is(self) -> None:
        count = self.states.count()
        self.told.setText(f"共 {count} 个历史版本，新的在前。" if count else NOTHING)

    def _show(self, item: QListWidgetItem | None) -> None:
        different = item.data(DIFFERENT) if item else None
        state = self.chosen()
        if isinstance(different, Differences) and state:
            self.changes.show_changes(_rows(state, different, self._report))
        self.restore_button.setEnabled(bool(different))


def _summary(different: Differences) -> str:
    parts = [
        "、".join(f"“{one.name}”" for one in different.details),
        f"{len(different.cells)} 个数字" if different.cells else "",
        "、".join(f"“{one.name}”" for one in different.texts),
        "理由" if different.reasons else "",
    ]
    told = "、".join(filter(None, parts))
    if not told:
        return "只有填写提示不同" if different else "与现在一样"
    return f"与现在不同：{told}"


def _rows(state: State, different: Differences, now: Report) -> Iterator[Change]:
    for detail in different.details:
        yield Change((detail.name, detail.before, detail.after))
    for text in different.texts:
        old, new = (length(one.text(text.part)) for one in (state.report, now))
        yield Change((f"正文 · {text.name}", f"{old} 字", f"{new} 字（{text}）"))
    for cell in different.cells:
        yield Change((cell.place, cell.before, cell.after), cell.cell)
    if different.reasons:
        counts = [f"{len(one.reasons)} 条" for one in (state.report, now)]
        yield Change(("核实问题的理由", *counts))
