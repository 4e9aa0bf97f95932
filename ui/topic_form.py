"""The guided form of a part: one topic at a time, its questions, and the sentences they make."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.writing.answers import read_answers
from app.writing.compose import Writer, tell
from app.writing.fee import beside_fee
from app.writing.guide import Sheet, Told, sheet_of
from app.writing.placing import Standing, spot
from ui.bridge import Bridge
from ui.composing import Composing, Questions
from ui.guide_fields import GuideFields
from ui.text_editor import TextEditor
from ui.widgets import lead_through, wrapped

MARKS = {
    Standing.NEW: "○ 没有写",
    Standing.WRITTEN: "✓ 已写入",
    Standing.STALE: "! 有改动",
    Standing.OWN: "✓ 自己写的",
}
DONE = (Standing.WRITTEN, Standing.OWN)


class TopicForm(QWidget):
    """Leads through the topics of one part."""

    told = Signal(str)

    def __init__(self, bridge: Bridge, part: str) -> None:
        super().__init__()
        self._bridge = bridge
        self._part = part
        self._sheet: Sheet | None = None
        self._fields: GuideFields | None = None
        self.topics = QComboBox()
        self.topics.setAccessibleName("方面")
        self.next = QPushButton("下一方面(&X)")
        self._hints = wrapped("", "guide")
        self.composing = Composing(bridge)
        self._middle = QVBoxLayout()
        self._arrange()
        self.topics.activated.connect(self._show_topic)
        self.next.clicked.connect(self._go_on)
        self.composing.wrote.connect(self._wrote)
        bridge.changed.connect(self._follow)

    @property
    def fields(self) -> GuideFields | None:
        """The questions of the topic that is open."""
        return self._fields

    def beside(self, editor: TextEditor) -> None:
        """Write into this editor."""
        self.composing.beside(editor)

    def begin(self) -> None:
        """Let the clerk answer what is still to be written, or was before the tables changed."""
        to_do = self._to_do()
        if to_do and self.topics.currentIndex() not in to_do:
            self.topics.setCurrentIndex(to_do[0])
            self._show_topic()
        self._ask()

    def _ask(self) -> None:
        if self._fields:
            self._fields.begin()

    def fit_height(self, *, low: bool) -> None:
        """Have questions and sentences scroll as one where the window is low."""
        self._questions.fit_height(low=low)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was changed while it was out of sight."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the questions of this form and kind of organ, the answers, and what they make."""
        sheet = sheet_of(self._bridge.report, self._part)
        if sheet is None:
            return
        if sheet != self._sheet:
            self._sheet = sheet
            self.topics.clear()
            self.topics.addItems([one.name for one in sheet.topics])
            self.next.setVisible(len(sheet.topics) > 1)
            self._make_fields()
        self._show_answers(sheet)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.topics, 1)
        top.addWidget(self.next)
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._middle)
        column.addWidget(self._hints)
        self._questions = Questions(asked, self.composing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(10, 6, 10, 4)
        outer.setSpacing(4)
        outer.addLayout(top)
        outer.addWidget(self._questions, 1)

    def _make_fields(self) -> None:
        if self._fields:
            self._middle.removeWidget(self._fields)
            self._fields.deleteLater()
        assert self._sheet
        topic = self._sheet.topics[max(self.topics.currentIndex(), 0)]
        self._fields = GuideFields(self._bridge, self._sheet, topic)
        self._middle.addWidget(self._fields)
        self._fields.finished.connect(self._finished)
        self._fields.show()  # now: a layout would do so after the keys that are typed already
        asked = self._fields.inputs.values()
        lead_through(self.topics, self.next, *asked, *self.composing.stops)

    def _show_answers(self, sheet: Sheet) -> None:
        report, figures = self._bridge.report, self._bridge.checked.figures
        answers = read_answers(sheet, report.drafting.answers)
        every = tell(report, figures, sheet)
        for row, told in enumerate(every):
            mark = MARKS[spot(report, told).standing]
            self.topics.setItemText(row, f"{told.topic.name}　{mark}")
        now = every[max(self.topics.currentIndex(), 0)]
        if self._fields:
            self._fields.refresh(answers)
        self.composing.show_told(now)
        hints = [self._still_open(Writer(report, figures, answers), now), beside_fee(report, now)]
        self._hints.setText("\n".join(filter(None, hints)))
        self._hints.setVisible(any(hints))

    def _still_open(self, writer: Writer, told: Told) -> str:
        form = self._bridge.report.form
        tables = [f"表{form.section(one).number}" for one in writer.open_tables(told.topic)]
        if not tables:
            return ""
        return f"{'、'.join(tables)}还没有填完；填好以后再到这里，有关的句子就有了。"

    def _show_topic(self) -> None:
        self._make_fields()
        self.refresh()

    def _go_on(self) -> None:
        self.topics.setCurrentIndex((self.topics.currentIndex() + 1) % self.topics.count())
        self._show_topic()
        self._ask()

    def _finished(self) -> None:
        """Let Enter write what the answers make, or go on where they make nothing."""
        write = self.composing.write
        (write if write.isEnabled() else self.next).setFocus()

    def _wrote(self, sentence: str) -> None:
        """Lead on to the next topic; once all are written, back to the text."""
        if self._to_do():
            self.next.setFocus()
        else:
            self.composing.to_text()
        self.told.emit(sentence)

    def _to_do(self) -> list[int]:
        """The topics that are not written yet, or no longer as they should be."""
        report, figures = self._bridge.report, self._bridge.checked.figures
        every = tell(report, figures, self._sheet) if self._sheet else ()
        return [at for at, told in enumerate(every) if spot(report, told).standing not in DONE]

    def _follow(self) -> None:
        if self.isVisible():
            self.refresh()
