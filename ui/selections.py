"""What is drawn beside a text: a place and its look."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit


def selection(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    """Have a place drawn with a look."""
    made: Any = QTextEdit.ExtraSelection()
    made.cursor = cursor
    made.format = look
    typed: QTextEdit.ExtraSelection = made
    return typed
