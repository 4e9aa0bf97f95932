"""The menus of the window, made from a plain list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

Keys = QKeySequence.StandardKey | QKeyCombination | str | tuple[str, ...] | None
"""A key, or several that do the same; the menu names the first."""


class Entry(NamedTuple):
    """One line of a menu: its words, what it does, and its key."""

    text: str
    do: Callable[[], object]
    keys: Keys = None


SEPARATOR = None
Line = Entry | QAction | None


def fill_menu(menu: QMenu, window: QMainWindow, lines: Iterable[Line]) -> list[QAction]:
    """Fill a menu of a window and return the actions made for its entries, in order.

    An action made elsewhere is only shown; SEPARATOR draws a line.
    """
    made = []
    for line in lines:
        if line is SEPARATOR:
            menu.addSeparator()
        elif isinstance(line, QAction):
            menu.addAction(line)
        else:
            action = _action(window, line)
            menu.addAction(action)
            made.append(action)
    return made


def _action(window: QMainWindow, entry: Entry) -> QAction:
    action = QAction(entry.text, window)
    action.triggered.connect(entry.do)
    if entry.keys is not None:
        keys = entry.keys if isinstance(entry.keys, tuple) else (entry.keys,)
        action.setShortcuts([QKeySequence(one) for one in keys])
    return action
