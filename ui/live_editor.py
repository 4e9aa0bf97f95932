"""An editor in which live numbers are shown as their figures and handled as one piece."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRect, Qt
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit

from app.forms import Cell
from app.live import Piece, live, pieces
from app.narrative import LIVE_NUMBER
from ui import live_text
from ui.bridge import Bridge
from ui.live_text import Places, Run, even, live_at
from ui.mime import emptied
from ui.theme import colours

MIME = "application/x-gongkai-text"
"""Text on the clipboard as the draft holds it; other programs get the figures."""
Move = QTextCursor.MoveOperation
Keep = QTextCursor.MoveMode.KeepAnchor
Modifier = Qt.KeyboardModifier
Keys = QKeySequence.StandardKey
_DELETIONS = {
    Keys.Backspace: Move.PreviousCharacter,
    Keys.Delete: Move.NextCharacter,
    Keys.DeleteStartOfWord: Move.PreviousWord,
    Keys.DeleteEndOfWord: Move.NextWord,
    Keys.DeleteEndOfLine: Move.EndOfBlock,
}


def _types(event: QKeyEvent) -> bool:
    """Tell whether a key puts a character into the text; Ctrl alone never does."""
    with_shift = event.modifiers() | Modifier.ShiftModifier
    with_control = with_shift == Modifier.ControlModifier | Modifier.ShiftModifier
    return bool(event.text()) and event.text().isprintable() and not with_control


class LiveEditor(QPlainTextEdit):
    """Plain text with live numbers; `raw` is what the draft holds for it."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._was_at = 0
        self.composing = False
        """An input method has words here that are not settled yet."""
        self._runs: list[Run] | None = None
        self.setUndoRedoEnabled(False)
        self.document().contentsChange.connect(self._forget_runs)
        self.cursorPositionChanged.connect(self._keep_out)
        self.selectionChanged.connect(self._keep_out)

    @property
    def runs(self) -> list[Run]:
        """Its characters by kind; read once for each change."""
        if self._runs is None:
            self._runs = live_text.runs(self.document())
        return self._runs

    def raw(self) -> str:
        """The text exactly as the draft holds it."""
        return live_text.raw_text(self.runs)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """A text of the draft as it is shown with the figures of now."""
        return pieces(text, self._bridge.checked.figures)

    def show_text(self, text: str) -> None:
        """Show a text of the draft; where figures alone have changed, the cursor stays."""
        if not live_text.are_shown(self.runs, self.pieces(text)):
            cursor, before = self.textCursor(), Places(self.runs)
            ends = [before.characters(one) for one in (cursor.anchor(), cursor.position())]
            same = self.raw() == even(text)
            live_text.show(self.document(), self.runs, self.pieces(text))
            if same:
                after = Places(self.runs)
                self._select(*(after.position(one) for one in ends))

    def insert_live(self, cell: Cell) -> None:
        """Put the live number of a cell where the cursor is."""
        live_text.insert(self.textCursor(), self.pieces(live(cell)))
        self.ensureCursorVisible()

    def live_cell(self, character: int) -> Cell | None:
        """The cell of the live number that a character of the document belongs to."""
        run = live_at(self.document(), character) if character >= 0 else None
        match = LIVE_NUMBER.fullmatch(run.raw) if run else None
        return Cell(*match.groups()) if match else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete a live number as one piece, and type over it as over any other words."""
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        move = next((_DELETIONS[key] for key in _DELETIONS if event.matches(key)), None)
        if move is not None and self._delete_whole(move):
            return
        if _types(event):
            self._make_room()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method commits as ordinary words."""
        if event.commitString() or event.preeditString():
            self._make_room()
        super().inputMethodEvent(event)
        self.composing = bool(event.preeditString())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Figures for other programs, live numbers for this one."""
        cursor, places, raw = self.textCursor(), Places(self.runs), self.raw()
        data = emptied(super().createMimeDataFromSelection())
        start, end = map(places.characters, (cursor.selectionStart(), cursor.selectionEnd()))
        data.setText(even(cursor.selectedText()))
        data.setData(MIME, raw[start:end].encode("utf-8", "surrogatepass"))
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words without their looks; live numbers that were copied here stay live."""
        kept = bytes(source.data(MIME).data()).decode("utf-8", "surrogatepass")
        live_text.insert(self.textCursor(), self.pieces(even(kept or source.text())))
        self.ensureCursorVisible()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame round each live number in view: it is told by its shape, too."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(colours().live_frame)
        first, bottom = self.firstVisibleBlock().position(), self.viewport().height()
        for run in self.runs:
            if run.raw and run.start >= first:
                left, right = self._edge(run.start), self._edge(run.end)
                if left.top() > bottom:
                    break
                width = right.left() - left.left()
                if left.top() != right.top():  # the figure ends its line
                    width = self.fontMetrics().horizontalAdvance(run.shown)
                painter.drawRect(QRect(left.left(), left.top(), width - 1, left.height() - 1))

    def _edge(self, position: int) -> QRect:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return self.cursorRect(cursor)

    def _forget_runs(self) -> None:
        self._runs = None

    def _delete_whole(self, move: Move) -> bool:
        """Delete up to where a key would; False where no live number would be cut by it."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return False
        cursor.movePosition(move, Keep)
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        cut = [one for one in map(self._around, (start, end)) if one]
        if not cut:
            return False
        cursor.setPosition(min(start, *(one.start for one in cut)))
        cursor.setPosition(max(end, *(one.end for one in cut)), Keep)
        cursor.removeSelectedText()
        self.ensureCursorVisible()
        return True

    def _make_room(self) -> None:
        """Take out what is selected, and have what is typed now be ordinary words."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.removeSelectedText()
            self.setTextCursor(cursor)
        if live_text.follows_live(self.textCursor()):
            self.setCurrentCharFormat(QTextCharFormat())

    def _keep_out(self) -> None:
        """Move a cursor, or the end of a selection, out of a live number, the way it went."""
        cursor = self.textCursor()
        anchor, position = cursor.anchor(), cursor.position()
        here, there = self._around(position), self._around(anchor)
        forward = position > (anchor if anchor != position else self._was_at)
        if here:
            position = here.end if forward else here.start
        if there:
            anchor = there.start if position > there.start else there.end
        if not cursor.hasSelection():
            anchor = position
        self._was_at = position
        if here or there:
            self._select(anchor, position)

    def _around(self, position: int) -> Run | None:
        """The live number a place lies within, its two ends left out."""
        run = live_at(self.document(), position)
        return run if run and run.start < position < run.end else None

    def _select(self, anchor: int, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, Keep)
        self.setTextCursor(cursor)
