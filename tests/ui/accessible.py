"""The window as a screen reader sees it: Qt's accessibility interfaces, walked and written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QTabBar, QWidget

STATES = (
    *("focusable", "focused", "disabled", "selectable", "selected", "checkable", "checked"),
    *("editable", "readOnly", "expandable", "expanded", "pressed", "multiLine"),
)

SCROLLED = ("Cell", "ListItem", "RowHeader", "ColumnHeader")
"""What Qt calls invisible while it is only scrolled out of view."""


class Told(NamedTuple):
    """What is told of one thing in the window."""

    depth: int
    role: str
    name: str
    value: str
    description: str
    states: tuple[str, ...]
    object: QObject | None

    @property
    def focusable(self) -> bool:
        """Tell whether the keyboard can come to it."""
        return "focusable" in self.states and "disabled" not in self.states

    def __str__(self) -> str:
        parts = [self.role, self.name, self.value, self.description, " ".join(self.states)]
        return "  " * self.depth + " | ".join(part.replace("\n", "⏎") for part in parts)


def walk(widget: QWidget) -> Iterator[Told]:
    """Everything that can be seen of a window, from the outside in.

    Without a screen reader Qt is not told of rows that come and go after it was first asked.
    """
    root = QAccessible.queryAccessibleInterface(widget)
    assert root
    yield from _walk(root, 0)


def _walk(one: QAccessibleInterface, depth: int) -> Iterator[Told]:
    state: Any = one.state()
    assert one.isValid()
    scrolled_away = one.role().name in SCROLLED
    widget = one.object()
    # Behind its last tab Qt remembers those of panels that have been put away.
    count = widget.count() if isinstance(widget, QTabBar) else one.childCount()
    empty = isinstance(widget, QTabBar) and not count
    if empty or (state.invisible and depth and not scrolled_away):
        return
    yield Told(
        depth,
        one.role().name,
        one.text(QAccessible.Text.Name),
        one.text(QAccessible.Text.Value),
        one.text(QAccessible.Text.Description),
        tuple(name for name in STATES if getattr(state, name)),
        one.object(),
    )
    for at in range(count):
        child: Any = one.child(at)
        if child is not None:
            yield from _walk(child, depth + 1)


def dump(widget: QWidget) -> str:
    """The whole tree as text, a line for each thing."""
    return "\n".join(map(str, walk(widget)))
