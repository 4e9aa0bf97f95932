"""A line to answer in: undo is the window's, and what an input method composes is left alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent

from ui.undo_keys import leaves_undo
from ui.window_keys import Line


class AnswerLine(Line):
    """Shows an answer the session keeps."""

    def __init__(self, name: str, tip: str = "", *, figure: bool = False) -> None:
        super().__init__(placeholderText=tip)
        self._composing = False
        self.setAccessibleName(name)
        self.setAccessibleDescription(tip)
        self.setToolTip(tip)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, not figure)

    def show_text(self, text: str) -> None:
        """Show what is kept, unless it is there already or words are just being composed."""
        if self.text() != text and not self._composing:
            self.setText(text)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window: one history for everything."""
        return False if leaves_undo(event) else super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether words are being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
