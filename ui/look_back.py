"""Last year's measures, each with a line to say how it was kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.writing.guide import pairs_guide
from app.writing.pairs import kept_key, last_measures
from ui.answer_line import AnswerLine
from ui.bridge import Bridge
from ui.widgets import go_to, wrapped

ASKED = "上年写的措施，落实了吗？（可以不答；答了的写进正文）"


class LookBack(QWidget):
    """Asks how last year's measures were kept; not there where last year's report is not."""

    finished = Signal()
    """Enter was pressed in the last line."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._measures: tuple[str, ...] = ()
        self.lines: list[AnswerLine] = []
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(4)
        self._column.addWidget(wrapped(ASKED, "guide"))
        self.hide()

    def refresh(self) -> bool:
        """Show the measures and what was answered; tells whether there are other lines now."""
        measures = last_measures(self._bridge.report)
        renewed = measures != self._measures
        if renewed:
            self._measures = measures
            self._ask()
        answers = self._bridge.report.drafting.answers
        for measure, line in zip(measures, self.lines, strict=True):
            line.show_text(answers.get(kept_key(measure), ""))
        return renewed

    def _ask(self) -> None:
        while self._rows:
            self._rows.pop().deleteLater()
        self.lines.clear()
        for number, measure in enumerate(self._measures, start=1):
            line = AnswerLine(f"落实情况：{measure}", pairs_guide().kept_tip)
            line.textEdited.connect(self._keeper(measure))
            line.editingFinished.connect(self._bridge.session.end_step)
            line.returnPressed.connect(self._goer(number))
            self.lines.append(line)
            for row in (wrapped(f"· {measure}"), line):
                self._rows.append(row)
                self._column.addWidget(row)
                row.show()
        self.setVisible(bool(self.lines))

    def _keeper(self, measure: str) -> Callable[[str], None]:
        return lambda text: self._bridge.session.answer(kept_key(measure), text)

    def _goer(self, number: int) -> Callable[[], None]:
        """Enter goes to the next measure, and on from the last."""

        def go() -> None:
            if following := self.lines[number:]:
                go_to(following[0])
            else:
                self.finished.emit()

        return go
