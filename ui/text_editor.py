"""The editor of one text of the report: every change goes to the session, undo included."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QPalette, QTextCursor

from app.checks import Passage
from app.forms import Section
from app.narrative import LIVE_NUMBER
from app.prose import Span
from app.session import Update
from app.taking import take_over
from ui.bridge import Bridge
from ui.live_editor import LiveEditor
from ui.live_text import Places, even, mend
from ui.theme import RESTYLED, colours
from ui.underlines import Underlines
from ui.undo_keys import leaves_undo

STEP_PAUSE_MS = 1200
LAST_YEAR = "application/x-gongkai-last-year"
"""Words on the clipboard that were copied from last year's report."""
BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class TextEditor(LiveEditor):
    """Shows one text of the report and hands every change to the session."""

    entered = Signal(str)
    """The part that is written in now."""
    told = Signal(str)

    def __init__(self, bridge: Bridge, section: Section) -> None:
        super().__init__(bridge)
        self.part = section.id
        self._following = False
        self._late = False
        self.setTabChangesFocus(True)
        self.setAccessibleName(section.heading or section.short)
        self.setObjectName("writing")
        self._quieten()
        self._pause = QTimer(self, singleShot=True, interval=STEP_PAUSE_MS)
        self._pause.timeout.connect(self._end_step)
        self._show()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.textChanged.connect(self._write)
        bridge.changed.connect(self._follow)
        self.underlines = Underlines(bridge, self.part, self)

    def minimumSizeHint(self) -> QSize:
        """Two lines: on a small screen something has to give way."""
        return QSize(120, 3 * self.fontMetrics().height())

    @property
    def selected(self) -> Span:
        """What is selected, or where the cursor stands, in the characters of the draft."""
        places, cursor = Places(self.runs), self.textCursor()
        ends = (places.characters(one) for one in (cursor.selectionStart(), cursor.selectionEnd()))
        text = self._bridge.report.text(self.part)
        return Span(*(_in_text(text, one) for one in ends))

    @property
    def cursor_place(self) -> int:
        """Where the cursor stands, in the characters of the draft."""
        place = Places(self.runs).characters(self.textCursor().position())
        return _in_text(self._bridge.report.text(self.part), place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say again what is found where the cursor stands."""
        super().focusInEvent(event)
        self.underlines.tell_again()
        self.entered.emit(self.part)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Have the text read when one goes on by key; below a mouse nothing shall move."""
        super().focusOutEvent(event)
        if event.reason() in BY_KEY:
            self._bridge.read_texts()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window: one history for everything."""
        return False if leaves_undo(event) else super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Let figures wait while words are being composed; the composition would be lost."""
        super().inputMethodEvent(event)
        if self._late and not self.composing:
            self._show()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste; numbers among last year's words wait to be confirmed, however they came here."""
        words = bytes(source.data(LAST_YEAR).data()).decode("utf-8", "surrogatepass")
        if not words:
            super().insertFromMimeData(source)
            return
        report, (start, end) = self._bridge.report, self.selected
        taken = take_over(report, self.part, start, end, words)
        self._bridge.session.adopt(taken, "粘贴上年文字")
        self._bridge.read_soon()
        self.put_cursor(start + len(words))
        pasted = range(start, start + len(words))
        here = (one for one in taken.drafting.unconfirmed if one.part == self.part)
        waiting = sum(one.start in pasted for one in here)
        self.told.emit(f"已粘贴上年的文字。{to_confirm(waiting)}")

    def changeEvent(self, event: QEvent) -> None:
        """Show other colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._quieten()

    def _quieten(self) -> None:
        """Have what is selected stand back while one works elsewhere."""
        look, away = self.palette(), QPalette.ColorGroup.Inactive
        look.setColor(away, QPalette.ColorRole.Highlight, colours().chosen)
        look.setColor(away, QPalette.ColorRole.HighlightedText, look.text().color())
        self.setPalette(look)

    def show_passage(self, passage: Passage) -> None:
        """Select the characters of a passage and bring them into view."""
        places, text = Places(self.runs), self._bridge.report.text(self.part)
        ends = (len(even(text[:place])) for place in (passage.start, passage.end))
        self._select(*map(places.position, ends))
        self.ensureCursorVisible()

    def put_cursor(self, characters: int) -> None:
        """Let the cursor stand at a place of the draft's text."""
        text = even(self._bridge.report.text(self.part)[:characters])
        place = Places(self.runs).position(len(text))
        self._select(place, place)

    def _write(self) -> None:
        if self._following:
            return
        self._following = True
        mend(self.document(), self.runs)
        self._following = False
        self._bridge.session.write(self.part, self.raw())
        self._pause.start()

    def _end_step(self) -> None:
        self._bridge.session.end_step()

    def _follow(self, update: Update) -> None:
        text = self._bridge.report.text(self.part)
        if self.part in update.parts or (update.cells and LIVE_NUMBER.search(text)):
            self._show()

    def _show(self) -> None:
        self._late = self.composing
        if not self.composing:
            self._following = True
            self.show_text(self._bridge.report.text(self.part))
            self._following = False


def to_confirm(waiting: int) -> str:
    """Say how many numbers taken from last year's text are to be confirmed; '' for none."""
    return f"其中 {waiting} 处年份和数字待确认，按 F7 逐个确认。" if waiting else ""


def _in_text(text: str, characters: int) -> int:
    """Where a text has a character that is told with line ends of one sign each."""
    if "\r" not in text:
        return characters
    places = (at for at in range(len(text) + 1) if text[at - 1 : at + 1] != "\r\n")
    return next((at for at in places if len(even(text[:at])) >= characters), len(text))
