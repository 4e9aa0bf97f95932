"""The bar to find and replace words in all texts of the report; it never gets in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QPushButton, QWidget

from app.search import Hit, Wanted, find, next_hit, replace, replace_all
from ui.answer_line import AnswerLine
from ui.bridge import Bridge
from ui.widgets import label, lead_through

LIVE = "这里是表中数字，要改请改表格。"
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Here(NamedTuple):
    """What is selected in the text that was written in last."""

    part: str = ""
    start: int = 0
    end: int = 0


class FindBar(QWidget):
    """Finds from where the clerk is, round all parts; the focus stays in the bar."""

    wanted = Signal(object)
    """A `Hit` to be shown."""
    left = Signal()
    """The clerk goes back to the text."""

    def __init__(self, bridge: Bridge, here: Callable[[], Here]) -> None:
        super().__init__()
        self._bridge = bridge
        self._here = here
        self.words = AnswerLine("查找", "要找的字")
        self.by = AnswerLine("替换为", "换成的字，可以空着")
        self.alike = QCheckBox("全角半角视为相同")
        self.alike.setChecked(True)
        self.count = label("", "guide")
        self.previous, self.next = QPushButton("上一处"), QPushButton("下一处")
        self.one, self.all = QPushButton("替换"), QPushButton("全部替换")
        self._grid = QGridLayout(self)
        self._replacing = (label("替换为"), self.by, self.one, self.all)
        self._arrange()
        self._connect()
        self.hide()

    def open(self, words: str, *, to_replace: bool) -> None:
        """Let the clerk say what to look for; what is selected in the text is proposed."""
        for widget in self._replacing:
            widget.setVisible(to_replace)
        if words:
            self.words.setText(words)
        self.show()
        self.refresh()
        self.words.setFocus()
        self.words.selectAll()

    def fit_height(self, *, low: bool) -> None:
        """In a low window, which is narrow as well, have a line more rather than narrow fields."""
        if low:
            self._grid.addWidget(self.alike, 2, 0, 1, 3)
            self._grid.addWidget(self.count, 2, 3, 1, 3)
        else:
            self._grid.addWidget(self.alike, 0, 4)
            self._grid.addWidget(self.count, 1, 4, 1, 2)
        self._grid.setContentsMargins(*((8, 2, 8, 0) if low else (14, 4, 14, 0)))

    def leave(self) -> None:
        """Put the bar away."""
        self.hide()
        self.left.emit()

    def step(self, by: int) -> None:
        """Show the next place (1) or the one before (-1), round and round."""
        here, hits = self._here(), self._hits()
        place = here.start if by < 0 else here.end
        at = next_hit(self._bridge.report, hits, here.part, place, back=by < 0)
        if at is None:
            self.refresh()
            return
        focus = QApplication.focusWidget()
        self.wanted.emit(hits[at])
        if focus and self.isAncestorOf(focus):
            focus.setFocus()
        self.count.setText(f"第 {at + 1} 处，共 {len(hits)} 处")

    def replace_one(self) -> None:
        """Replace the place that is shown, and go on to the next one."""
        here = self._here()
        hit = next((one for one in self._hits() if one[:3] == here), None)
        if hit and not hit.live:
            report = replace(self._bridge.report, hit, self.by.text())
            self._bridge.session.adopt(report, "替换")
            self._bridge.read_soon()
        self.step(1)
        if hit and hit.live:
            self.count.setText(LIVE)

    def replace_all(self) -> None:
        """Replace every place as one step, and say how many."""
        session = self._bridge.session
        done = replace_all(
            session.report, self._bridge.checked.figures, self._wanted(), self.by.text()
        )
        session.adopt(done.report, "全部替换")
        self._bridge.read_soon()
        left = f"；{done.left} 处是表中数字，没有替换" if done.left else ""
        self.count.setText(f"已替换 {done.done} 处{left}。")

    def refresh(self) -> None:
        """Say how many places there are."""
        hits = len(self._hits())
        self.count.setText((f"共 {hits} 处" if hits else "没有找到") if self.words.text() else "")
        for button in (self.previous, self.next, self.one, self.all):
            button.setEnabled(bool(hits))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Escape away."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in ENTER and not isinstance(QApplication.focusWidget(), QPushButton):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if self.by.hasFocus():
                self.replace_one()
            else:
                self.step(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _hits(self) -> tuple[Hit, ...]:
        return find(self._bridge.report, self._bridge.checked.figures, self._wanted())

    def _wanted(self) -> Wanted:
        return Wanted(self.words.text(), self.alike.isChecked())

    def _arrange(self) -> None:
        grid = self._grid
        grid.setColumnStretch(1, 1)
        close = QPushButton("收起")
        close.clicked.connect(self.leave)
        first = (label("查找"), self.words, self.previous, self.next)
        for column, widget in enumerate(first):
            grid.addWidget(widget, 0, column)
        grid.addWidget(close, 0, 5)
        for column, widget in enumerate(self._replacing):
            grid.addWidget(widget, 1, column)
        self.fit_height(low=False)
        lead_through(self.words, self.previous, self.next, self.alike, close)
        for button in (self.previous, self.next, self.one, self.all, close):
            button.setObjectName("small")
        self.previous.setToolTip("Shift+F3")
        self.next.setToolTip("F3")

    def _connect(self) -> None:
        self.words.textChanged.connect(self.refresh)
        self.alike.toggled.connect(self.refresh)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.one.clicked.connect(self.replace_one)
        self.all.clicked.connect(self.replace_all)
        self._bridge.changed.connect(self._follow)

    def _follow(self) -> None:
        if self.isVisible():
            hits = bool(self._hits())
            for button in (self.previous, self.next, self.one, self.all):
                button.setEnabled(hits)
