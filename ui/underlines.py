"""What the checks say of a text, shown in its editor: underlined, told on hover and at the cursor.

Words that were copied from last year's report get a quiet ground of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QToolTip

from app.checks import Finding, Level
from app.checks.copied import copied_passages
from app.report import Report
from ui.bridge import Bridge
from ui.live_editor import LiveEditor
from ui.live_text import Places, even
from ui.selections import selection
from ui.theme import RESTYLED, colours

Lines = QTextCharFormat.UnderlineStyle
STYLES = {
    Level.ERROR: Lines.WaveUnderline,
    Level.QUERY: Lines.DashUnderline,
    Level.HINT: Lines.DotLine,
}
"""A shape of its own for each level, so that colour is not all there is."""
Place = Callable[[int], int]
COPIED = "copied"
COPIED_SAYS = "与上年报告相同的字句"
FOLLOWS = "表中数字，随表格变化"


class Mark(NamedTuple):
    """A finding and the place in the document it speaks of, in the units Qt counts."""

    start: int
    end: int
    finding: Finding


class Underlines(QObject):
    """Keeps the marks of one editor in step with what is found in its part of the report."""

    told = Signal(str)
    """What is found where the cursor stands, '' once it stands elsewhere."""

    def __init__(self, bridge: Bridge, part: str, editor: LiveEditor) -> None:
        super().__init__(editor)
        self._bridge = bridge
        self._part = part
        self._editor = editor
        self._copied: list[QTextCursor] = []
        self._compared: tuple[str, Report | None] = ("", None)
        self._said = ""
        self.marks: list[Mark] = []
        """What is underlined now, in the order of the findings."""
        editor.viewport().installEventFilter(self)
        editor.cursorPositionChanged.connect(self.tell)
        bridge.changed.connect(self.refresh)
        self.refresh()

    @property
    def copied(self) -> list[tuple[int, int]]:
        """The places marked as last year's words, in the units Qt counts."""
        return [(one.selectionStart(), one.selectionEnd()) for one in self._copied]

    def refresh(self) -> None:
        """Mark what is found now."""
        text = self._bridge.report.text(self._part)
        found = [one for one in self._bridge.checked.open if self._concerns(one)]
        place = _places(text, Places(self._editor.runs))
        self.marks = [_mark(one, place) for one in found if _is_passage(one)]
        self._find_copied(text, place, any(one.rule == COPIED for one in found))
        grounds = [selection(cursor, _ground()) for cursor in self._copied]
        lines = [
            selection(self._cursor(mark.start, mark.end), _line(mark.finding.level))
            for mark in reversed(self.marks)  # the last that is drawn wins, and the worst is first
        ]
        self._editor.setExtraSelections([*grounds, *lines])
        self.tell()

    def at(self, position: int) -> list[Finding]:
        """The findings whose passage a cursor at this place of the document touches."""
        return [mark.finding for mark in self.marks if mark.start <= position <= mark.end]

    def tell(self) -> None:
        """Say what is found where the cursor stands, if it was not just said."""
        position = self._editor.textCursor().position()
        here = self.at(position) if self._editor.hasFocus() else []
        told = [one.message for one in here]
        if self._editor.hasFocus():
            told += self._followed(position, position - 1)
        said = "　".join(dict.fromkeys(told))
        if said != self._said:
            self._said = said
            if self._editor.isVisible():  # another page has the word by now
                self.told.emit(said)

    def tell_again(self) -> None:
        """Say it once more to whoever comes back to the editor."""
        self._said = ""
        self.tell()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the messages of the character that the mouse rests on; follow the colours."""
        if event.type() in RESTYLED:
            self.refresh()
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        messages = self._said_of(self._character(event.pos()))
        # Written as HTML, for then it wraps.
        told = "".join(f"<p>{escape(message)}</p>" for message in messages)
        QToolTip.showText(event.globalPos(), told, self._editor)
        return True

    def _said_of(self, character: int) -> Iterable[str]:
        messages = [
            f"{one.finding.level.chinese}：{one.finding.message}"
            for one in self.marks
            if one.start <= character < one.end
        ]
        if any(start <= character < end for start, end in self.copied):
            messages.append(COPIED_SAYS)
        return dict.fromkeys([*messages, *self._followed(character)])

    def _followed(self, *characters: int) -> Iterator[str]:
        """What a live number among these characters follows."""
        cells = map(self._editor.live_cell, characters)
        if cell := next(filter(None, cells), None):
            yield f"{FOLLOWS}：{self._bridge.report.form.place(cell)}"

    def _character(self, point: QPoint) -> int:
        """The place of the character below a point; -1 where there is none."""
        cursor = self._editor.cursorForPosition(point)
        box = self._editor.cursorRect(cursor)
        if point.y() > box.bottom():
            return -1
        wrapped = point.y() < box.top()  # the place is shown where the next line begins
        if wrapped or point.x() < box.center().x():
            return -1 if cursor.atBlockStart() else cursor.position() - 1
        return -1 if cursor.atBlockEnd() else cursor.position()

    def _concerns(self, finding: Finding) -> bool:
        place = finding.fault.text
        return place is not None and place.part == self._part

    def _find_copied(self, text: str, place: Place, stands: bool) -> None:
        """Look for last year's words; while the text waits to be read they move by themselves."""
        last = self._bridge.report.previous if stands else None
        if last and (self._bridge.checked.waiting or self._compared == (text, last)):
            return
        self._compared = (text, last)
        spans = copied_passages(self._bridge.report, self._part, last) if last else ()
        self._copied = [self._cursor(place(start), place(end)) for start, end in spans]

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self._editor.document())
        last = self._editor.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _places(text: str, places: Places) -> Place:
    """Tells where the document has a character of the report's text."""
    if "\r" not in text:
        return places.position
    return lambda characters: places.position(len(even(text[:characters])))


def _is_passage(finding: Finding) -> bool:
    """Tell whether there are words to underline; what is said of a whole part marks none."""
    place = finding.fault.text
    return place is not None and place.start < place.end and finding.level in STYLES


def _mark(finding: Finding, place: Place) -> Mark:
    passage = finding.fault.text
    assert passage
    return Mark(place(passage.start), place(passage.end), finding)


def _line(level: Level) -> QTextCharFormat:
    line = QTextCharFormat()
    line.setUnderlineStyle(STYLES[level])
    line.setUnderlineColor(colours().of(level))
    return line


def _ground() -> QTextCharFormat:
    ground = QTextCharFormat()
    ground.setBackground(colours().copied)
    return ground
