"""The fields of a guided form: numbers, short words, yes or no."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from app.writing.answers import NO, YES, Answers, key
from app.writing.guide import Asks, Field, Sheet, Topic
from ui.answer_line import AnswerLine
from ui.bridge import Bridge
from ui.widgets import go_to, label, wrapped

NOT_TOLD = "（没有回答）"
NUMBERS = (Asks.COUNT, Asks.MONEY)


class GuideFields(QWidget):
    """Asks what one topic needs; every answer goes to the session at once."""

    finished = Signal()
    """Enter was pressed at the last question."""

    def __init__(self, bridge: Bridge, sheet: Sheet, topic: Topic) -> None:
        super().__init__()
        self._bridge = bridge
        self._sheet = sheet
        self.fields = {one.id: one for one in topic.fields}
        self.inputs: dict[str, AnswerLine | QComboBox | QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        for row, one in enumerate(topic.fields):
            self._add(row, one)
        self._refused = wrapped("", "guide")
        self._grid.addWidget(self._refused, len(self.fields), 0, 1, 3)

    def begin(self) -> None:
        """Let the clerk answer the first question."""
        first = next(iter(self.inputs.values()), None)
        if first:
            go_to(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next question."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        asked = [one for one in self.inputs.values() if not isinstance(one, QLabel)]
        here = next((at for at, one in enumerate(asked) if one.hasFocus()), len(asked))
        if following := asked[here + 1 :]:
            go_to(following[0])
        else:
            self.finished.emit()

    def refresh(self, answers: Answers) -> None:
        """Show the answers that are kept, and why one cannot be used once it was left."""
        kept = self._bridge.report.drafting.answers
        for name, shown in self.inputs.items():
            text = kept.get(key(self._sheet, name), "")
            if isinstance(shown, AnswerLine):
                shown.show_text(text)
            elif isinstance(shown, QComboBox):
                shown.setCurrentIndex(max(shown.findData(text), 0))
            else:
                shown.setText(answers.told.get(name, "—"))
        left = [
            f"{self.fields[name].ask}：{why}。"
            for name, why in answers.refused.items()
            if name in self.inputs and not self.inputs[name].hasFocus()
        ]
        self._refused.setText("\n".join(left))
        self._refused.setVisible(bool(left))

    def _add(self, row: int, one: Field) -> None:
        asked = label(one.ask)
        shown = self._input(one)
        asked.setBuddy(shown)
        self.inputs[one.id] = shown
        self._grid.addWidget(asked, row, 0)
        self._grid.addWidget(shown, row, 1, 1, 1 if one.unit else 2)
        if one.unit:
            self._grid.addWidget(label(one.unit), row, 2)

    def _input(self, one: Field) -> AnswerLine | QComboBox | QLabel:
        name = f"{one.ask}（{one.unit}）" if one.unit else one.ask
        if one.kind is Asks.SUM:
            total = label("")
            total.setAccessibleName(name)
            return total
        if one.kind is Asks.YES:
            return self._choice(one, name)
        line = AnswerLine(name, self._tip(one), figure=one.kind in NUMBERS)
        line.textEdited.connect(self._keeper(one))
        line.editingFinished.connect(self._bridge.session.end_step)
        return line

    def _tip(self, one: Field) -> str:
        """What was answered last year, or else what to type."""
        last = self._bridge.report.previous
        told = last.drafting.answers.get(key(self._sheet, one.id)) if last else None
        return f"上年填的是：{told}" if told else one.tip

    def _choice(self, one: Field, name: str) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(name)
        for text, data in ((NOT_TOLD, ""), (YES, YES), (NO, NO)):
            choice.addItem(text, data)
        keep = self._keeper(one)
        choice.activated.connect(lambda _: keep(str(choice.currentData())))
        return choice

    def _keeper(self, one: Field) -> Callable[[str], None]:
        name = key(self._sheet, one.id)
        return lambda text: self._bridge.session.answer(name, text)
