"""Keys that lines and editors leave to the window, whatever the system takes them for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

EXPORT_KEY = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_E)
UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def leaves_undo(event: QEvent) -> bool:
    """Tell whether an event asks for undo or redo, and leave it to the window."""
    asked_first = event.type() == QEvent.Type.ShortcutOverride
    asked = asked_first and isinstance(event, QKeyEvent) and any(map(event.matches, UNDO_KEYS))
    if asked:
        event.ignore()
    return asked


class Line(QLineEdit):
    """A line that lets the window export; on Linux its key goes to the end of a line."""

    def event(self, event: QEvent) -> bool:
        """Leave the key to the window."""
        asked_first = event.type() == QEvent.Type.ShortcutOverride
        if asked_first and isinstance(event, QKeyEvent) and event.keyCombination() == EXPORT_KEY:
            event.ignore()
            return False
        return super().event(event)
