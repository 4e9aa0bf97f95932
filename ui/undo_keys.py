"""Undo and redo, which lines and editors leave to the window, whatever the system does."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def leaves_undo(event: QEvent) -> bool:
    """Tell whether an event asks for undo or redo, and leave it to the window."""
    asked_first = event.type() == QEvent.Type.ShortcutOverride
    asked = asked_first and isinstance(event, QKeyEvent) and any(map(event.matches, UNDO_KEYS))
    if asked:
        event.ignore()
    return asked
