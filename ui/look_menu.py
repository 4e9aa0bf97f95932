"""The menus of the font sizes and of light and dark; what is chosen shows at once and stays."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ui import theme

SIZES = ("字号(&Z)", {"small": "小", "medium": "中", "large": "大", "largest": "特大"})
SCHEMES = (
    "颜色(&C)",
    {"system": "跟随系统", "light": "浅色", "dark": "深色", "contrast": "高对比度（黑底）"},
)


def look_menus(parent: QWidget) -> list[QMenu]:
    """Return both menus, ready to be shown in another."""
    return [_menu(parent, theme.SIZE, *SIZES), _menu(parent, theme.SCHEME, *SCHEMES)]


def _menu(parent: QWidget, name: str, title: str, choices: dict[str, str]) -> QMenu:
    menu, group = QMenu(title, parent), QActionGroup(parent)
    for choice, words in choices.items():
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setData(choice)
        action.setChecked(choice == theme.chosen(name))
        group.addAction(action)
    group.triggered.connect(lambda action: _choose(name, action.data()))
    return menu


def _choose(name: str, choice: str) -> None:
    application: Any = QApplication.instance()
    theme.choose(application, name, choice)
