"""What would be written, and the buttons that write it: nothing of the clerk's is lost unasked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.narrative import length
from app.writing.guide import Told
from app.writing.placing import Spot, Standing, Way, spot, written
from ui import widgets
from ui.bridge import Bridge
from ui.live_editor import LiveEditor
from ui.text_editor import TextEditor
from ui.theme import RESTYLED
from ui.widgets import Elided, Upright, primary

LONGEST_SHOWN = 80
MOST_LINES = 12
"""Height of the sentences in lines; they scroll where there are more."""
SAYS = {
    Standing.NEW: "将写成（不改动已有的文字）：",
    Standing.WRITTEN: "✓ 正文里就是这样写的：",
    Standing.STALE: "答案或表格改过了，将改成：",
    Standing.OWN: "正文里是您写的或改过的。新的写法：",
}
WRITES = {
    Standing.NEW: "写入正文(&W)",
    Standing.STALE: "更新正文(&W)",
    Standing.OWN: "加在后面(&W)",
}
NOTHING = "回答上面的问题，这里就有要写的句子。"


class Sentences(LiveEditor):
    """The sentences as they will be read."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName("将要写的句子")
        self.setToolTip("这些句子将写进正文")
        self._measure()

    def sizeHint(self) -> QSize:
        """A few lines; the questions need the room."""
        return QSize(200, self.fontMetrics().height() * 4)

    def changeEvent(self, event: QEvent) -> None:
        """Fit another font."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._measure()

    def _measure(self) -> None:
        line = self.fontMetrics().lineSpacing()
        self.setMinimumHeight(2 * line + 16)
        self.setMaximumHeight(MOST_LINES * line + 16)


class Composing(QWidget):
    """Shows the sentences of one topic and puts them into the text."""

    wrote = Signal(str)
    """A sentence on what was done."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._editor: TextEditor | None = None
        self._told: Told | None = None
        self.preview = Sentences(bridge)
        self._state = Elided("guide")
        self.write = primary(WRITES[Standing.NEW])
        self.replace = QPushButton("替换正文里的文字…(&R)")
        self.at_cursor = QPushButton("放到光标处(&U)")
        self._arrange()
        self.write.clicked.connect(self._write)
        self.replace.clicked.connect(self._replace)
        self.at_cursor.clicked.connect(lambda: self._put(Way.CURSOR))

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.preview, self.write, self.at_cursor, self.replace)

    def beside(self, editor: TextEditor) -> None:
        """Write into this editor from now on."""
        self._editor = editor

    def to_text(self) -> None:
        """Let the clerk go on in the text that was written into."""
        if self._editor:
            self._editor.setFocus()

    def show_told(self, told: Told) -> None:
        """Show what is to be written now, and how it stands in the text."""
        self._told = told
        self.preview.show_text(told.paragraph)
        standing = self._spot().standing
        self._state.setText(SAYS[standing] if told.paragraph else NOTHING)
        self.preview.setVisible(bool(told.paragraph))
        able = bool(told.paragraph) and standing is not Standing.WRITTEN
        self.write.setText(WRITES.get(standing, WRITES[Standing.NEW]))
        self.write.setEnabled(able)
        self.replace.setVisible(standing is Standing.OWN)
        self.replace.setEnabled(able)
        self.at_cursor.setEnabled(able)

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._state, 0, 0, 1, 2)
        grid.addWidget(self.preview, 1, 0, 1, 2)
        grid.addWidget(self.write, 2, 0)
        grid.addWidget(self.at_cursor, 2, 1)
        grid.addWidget(self.replace, 3, 0, 1, 2)
        grid.setRowStretch(1, 100)
        grid.setRowStretch(4, 1)

    def _spot(self) -> Spot:
        assert self._told
        return spot(self._bridge.report, self._told)

    def _write(self) -> None:
        stale = self._spot().standing is Standing.STALE
        self._put(Way.REPLACE if stale else Way.ADD)

    def _replace(self) -> None:
        """Ask before words of the clerk's own are overwritten."""
        assert self._told
        text = self._spot().overwritten(self._bridge.report.text(self._told.sheet.part))
        words = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
        question = (
            f"正文里的这段文字会被替换（{length(text)} 字）：\n\n{words}\n\n替换以后可以撤销。"
        )
        if not text or widgets.ask(self, question, "替换", "不替换"):
            self._put(Way.REPLACE)

    def _put(self, way: Way) -> None:
        assert self._told
        cursor = self._editor.cursor_place if self._editor else 0
        report, place = written(self._bridge.report, self._told, way, cursor)
        name = self._told.topic.name
        self._bridge.session.adopt(report, f"写入{name}")
        self._bridge.read_soon()
        if self._editor and self._editor.part == self._told.sheet.part:
            self._editor.put_cursor(place.end)
        self.wrote.emit(f"已写入正文：{name}。可以接着修改，也可以撤销。")


class Questions(QWidget):
    """Questions that scroll, and below them what they make; where it is low both scroll as one."""

    def __init__(self, questions: QWidget, composing: Composing) -> None:
        super().__init__()
        self._composing = composing
        inside = QWidget()
        self._inner = QVBoxLayout(inside)
        self._inner.setContentsMargins(0, 0, 6, 0)
        self._inner.addWidget(questions)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(4)
        self._outer.addWidget(Upright(inside))
        self._outer.addStretch()  # of use only while nothing stands below
        self.fit_height(low=False)

    def fit_height(self, *, low: bool) -> None:
        """Let what is made scroll with the questions, or stay in view below them."""
        if low:
            self._inner.addWidget(self._composing)
        else:
            self._outer.insertWidget(1, self._composing, 1)
