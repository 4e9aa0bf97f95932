"""Where Enter leads in a table: down as in Excel, or to the right; as the clerk has chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup

from app.preferences import preference, set_preference

AFTER_ENTER, DOWN, RIGHT = "after_enter", "down", "right"


def enter_goes_right() -> bool:
    """Tell whether the clerk has chosen that Enter goes to the next column, not the next row."""
    return preference(AFTER_ENTER, DOWN) == RIGHT


def enter_actions(parent: QObject) -> list[QAction]:
    """Menu lines to choose where Enter goes; the choice is remembered."""
    group = QActionGroup(parent)
    actions = []
    for value, text in ((DOWN, "回车后向下"), (RIGHT, "回车后向右")):
        action = QAction(text, group, checkable=True)
        action.setChecked(enter_goes_right() == (value == RIGHT))
        action.triggered.connect(lambda _, one=value: set_preference(AFTER_ENTER, one))
        actions.append(action)
    return actions
