"""An editor of plain text that leaves undo and redo to the window: one history for everything."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPlainTextEdit

from ui.undo_keys import leaves_undo

PARAGRAPH_END = "\u2029"


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
