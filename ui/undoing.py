"""Undo and redo, each with the name of the step it would take back or do again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from ui.bridge import Bridge

UNDO, REDO = "撤销", "重做"
REDO_KEYS = ("Ctrl+Y", "Ctrl+Shift+Z")
"""Excel's, and that of other programs: what Qt knows as redo is one or the other by system."""


class Undoing(QObject):
    """The two actions of a window; one history for whatever page a step was made on."""

    told = Signal(str)
    """A sentence for the status line."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._undo = self._action(self.undo, QKeySequence(QKeySequence.StandardKey.Undo))
        self._redo = self._action(self.redo, *map(QKeySequence, REDO_KEYS))
        bridge.changed.connect(self._refresh)
        bridge.opened.connect(self._refresh)
        self._refresh()

    def actions(self) -> list[QAction]:
        """Undo and redo, for a menu."""
        return [self._undo, self._redo]

    def undo(self) -> None:
        """Take back the last step, and say which."""
        name = self._bridge.session.undo_name
        self._bridge.session.undo()
        self.told.emit(f"已撤销：{name}" if name else "")

    def redo(self) -> None:
        """Do the last undone step again, and say which."""
        name = self._bridge.session.redo_name
        self._bridge.session.redo()
        self.told.emit(f"已重做：{name}" if name else "")

    def _action(self, do: Callable[[], None], *keys: QKeySequence) -> QAction:
        action = QAction(self)
        action.triggered.connect(do)
        action.setShortcuts(keys)
        return action

    def _refresh(self) -> None:
        session = self._bridge.session
        _offer(self._undo, UNDO, session.undo_name)
        _offer(self._redo, REDO, session.redo_name)


def _offer(action: QAction, verb: str, step: str | None) -> None:
    action.setText(f"{verb}：{step}" if step else verb)
    action.setEnabled(step is not None)
