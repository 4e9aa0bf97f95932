"""Problems and measures row by row, with last year's measures to look back on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.drafting import Drafting, Pair
from app.writing.guide import pairs_guide
from app.writing.han import han
from app.writing.pairs import (
    MOST,
    half,
    moved_pair,
    told_of_pairs,
    with_pair,
    without_pair,
)
from ui.answer_line import AnswerLine
from ui.bridge import Bridge
from ui.composing import Composing, Questions
from ui.look_back import LookBack
from ui.text_editor import TextEditor
from ui.widgets import go_to, label, lead_through, wrapped

KEYS = "回车到下一格；Alt+↑、Alt+↓ 换次序；Ctrl+Delete 删去一条。"
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PairsForm(QWidget):
    """Each problem has its measure below it; the last row is there to add one more."""

    told = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.rows: list[tuple[AnswerLine, AnswerLine]] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._half = wrapped("", "guide")
        self.look_back = LookBack(bridge)
        self.composing = Composing(bridge)
        self._up, self._down = self._button("上移", -1), self._button("下移", 1)
        self._out = QPushButton("删去")
        self._out.setObjectName("small")
        self._out.clicked.connect(lambda: self._remove(self._here()))
        self._row = 0
        self._arrange()
        self.look_back.finished.connect(self._begin_pairs)
        self.composing.wrote.connect(self.told)
        self.composing.wrote.connect(self.composing.to_text)
        bridge.changed.connect(self._follow)

    def beside(self, editor: TextEditor) -> None:
        """Write into this editor."""
        self.composing.beside(editor)

    def begin(self) -> None:
        """Let the clerk look back where nothing is written yet, else go on with the pairs."""
        if self.look_back.lines and not self.composing.write.isEnabled():
            go_to(self.look_back.lines[0])
        else:
            self._begin_pairs()

    def _begin_pairs(self) -> None:
        """Go on with the first row that is not complete."""
        empty = (line for row in self.rows for line in row if not line.text().strip())
        go_to(next(empty))

    def fit_height(self, *, low: bool) -> None:
        """Have questions and sentences scroll as one where the window is low."""
        self._questions.fit_height(low=low)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was changed while it was out of sight."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the pairs that are kept, one row to add another, and what they make."""
        pairs = self._bridge.report.drafting.pairs
        shown = [*pairs, Pair()] if not pairs or any(pairs[-1]) else list(pairs)
        renewed = self.look_back.refresh()
        if self._have_rows(min(len(shown), MOST)) or renewed:
            tools = (self._up, self._down, self._out)
            stops = [*self.look_back.lines, *(line for row in self.rows for line in row)]
            lead_through(*stops, *tools, *self.composing.stops)
        for lines, pair in zip(self.rows, shown, strict=False):
            for line, text in zip(lines, pair, strict=True):
                line.show_text(text)
        lacking = [f"第{han(row)}条还没有写{what}，先不写进正文。" for row, what in half(pairs)]
        self._half.setText("\n".join(lacking))
        self._half.setVisible(bool(lacking))
        self.composing.show_told(told_of_pairs(self._bridge.report))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Move a row, or take it out, by key; a line would keep these keys for itself."""
        pressed = event if event.type() == QEvent.Type.KeyPress else None
        return isinstance(pressed, QKeyEvent) and self._handled(pressed)

    def _handled(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in MOVES and modifiers & Qt.KeyboardModifier.AltModifier:
            self._move(self._here(), MOVES[key])
        elif key == Qt.Key.Key_Delete and modifiers == Qt.KeyboardModifier.ControlModifier:
            self._remove(self._here())
        else:
            return False
        return True

    def _arrange(self) -> None:
        guide = pairs_guide()
        tools = QHBoxLayout()
        tools.addStretch()
        for button in (self._up, self._down, self._out):
            tools.addWidget(button)
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.look_back)
        column.addLayout(self._grid)
        column.addLayout(tools)
        column.addWidget(self._half)
        column.addWidget(wrapped("想一想：" + "".join(guide.prompts), "guide"))
        column.addWidget(wrapped(KEYS, "guide"))
        self._questions = Questions(asked, self.composing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(10, 6, 10, 4)
        outer.addWidget(self._questions)

    def _have_rows(self, count: int) -> bool:
        """Add and take away rows; tells whether there was any need to."""
        if len(self.rows) == count:
            return False
        while len(self.rows) < count:
            self._add_row()
        while len(self.rows) > count:
            lines = self.rows.pop()
            for at in (2 * len(self.rows), 2 * len(self.rows) + 1):
                if named := self._grid.itemAtPosition(at, 0):
                    named.widget().deleteLater()
            for line in lines:
                line.deleteLater()
        return True

    def _add_row(self) -> None:
        row, guide = len(self.rows), pairs_guide()
        lines = tuple(
            AnswerLine(f"{what}{han(row + 1)}", tip)
            for what, tip in (("问题", guide.problem_tip), ("措施", guide.measure_tip))
        )
        problem, measure = lines
        for below, (what, line) in enumerate((("问题", problem), ("措施", measure))):
            self._grid.addWidget(label(f"{what}{han(row + 1)}"), 2 * row + below, 0)
            self._grid.addWidget(line, 2 * row + below, 1)
            line.show()
            line.textEdited.connect(self._keeper(row, measure=bool(below)))
            line.editingFinished.connect(self._bridge.session.end_step)
            line.returnPressed.connect(self._goer(row, below))
            line.installEventFilter(self)
        self.rows.append((problem, measure))

    def _keeper(self, row: int, *, measure: bool) -> Callable[[str], None]:
        def keep(text: str) -> None:
            pairs = self._bridge.report.drafting.pairs
            old = pairs[row] if row < len(pairs) else Pair()
            new = old._replace(measure=text) if measure else old._replace(problem=text)
            drafting = with_pair(self._bridge.report.drafting, row, new)
            self._adopt(drafting, "填写问题与措施", f"pair {row} {measure}")

        return keep

    def _goer(self, row: int, below: int) -> Callable[[], None]:
        """Enter goes to the measure, and on to the next problem; left empty, to the end."""

        def go() -> None:
            lines = [line for lines in self.rows for line in lines]
            here, following = lines[2 * row + below], lines[2 * row + below + 1 :]
            done = not following or (not below and here is lines[-2] and not here.text().strip())
            if done and self.composing.write.isEnabled():
                self.composing.write.setFocus()
            elif following:
                go_to(following[0])

        return go

    def _here(self) -> int:
        for row, lines in enumerate(self.rows):
            if any(line.hasFocus() for line in lines):
                self._row = row
        return self._row

    def _move(self, row: int, by: int) -> None:
        self._adopt(moved_pair(self._bridge.report.drafting, row, by), "调整问题与措施的次序")
        column = 1 if self.rows[row][1].hasFocus() else 0
        if 0 <= row + by < len(self.rows):
            go_to(self.rows[row + by][column])
            self._row = row + by

    def _remove(self, row: int) -> None:
        self._adopt(without_pair(self._bridge.report.drafting, row), "删去一条问题与措施")
        go_to(self.rows[min(row, len(self.rows) - 1)][0])

    def _adopt(self, drafting: Drafting, name: str, joins: str | None = None) -> None:
        report = replace(self._bridge.report, drafting=drafting)
        self._bridge.session.adopt(report, name, joins)

    def _button(self, text: str, by: int) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("small")
        button.clicked.connect(lambda: self._move(self._here(), by))
        return button

    def _follow(self) -> None:
        if self.isVisible():
            self.refresh()
