"""An editor of plain text that leaves undo and redo to the window: one history for everything."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit

PARAGRAPH_END = "\u2029"
UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def leaves_undo(event: QEvent) -> bool:
    """Tell whether an event asks for undo or redo, and leave it to the window."""
    asked_first = event.type() == QEvent.Type.ShortcutOverride
    asked = asked_first and isinstance(event, QKeyEvent) and any(map(event.matches, UNDO_KEYS))
    if asked:
        event.ignore()
    return asked


class PlainEditor(QPlainTextEdit):
    """Holds text exactly as it is typed; Tab goes on to the next control."""

    def __init__(self) -> None:
        super().__init__()
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        return False if leaves_undo(event) else super().event(event)

    def written(self) -> str:
        """The text exactly as typed; Qt's own plain text would lose no-break spaces."""
        return self.document().toRawText().replace(PARAGRAPH_END, "\n")
