"""A key that lines leave to the window, whatever the system takes it for."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


def export_key() -> QtCore.QKeyCombination:
    """Ctrl+E."""
    return QtCore.QKeyCombination(QtCore.Qt.KeyboardModifier.ControlModifier, QtCore.Qt.Key.Key_E)


class Line(QLineEdit):
    """A line that lets the window export; on Linux its key goes to the end of a line."""

    def event(self, event: QEvent) -> bool:
        """Leave the key to the window."""
        asked_first = event.type() == QEvent.Type.ShortcutOverride
        if asked_first and isinstance(event, QKeyEvent) and event.keyCombination() == export_key():
            event.ignore()
            return False
        return super().event(event)
