"""Going away with the keyboard, and coming back to where one was."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QAbstractItemView, QWidget


def lasting(widget: QWidget | None) -> QWidget | None:
    """The widget to come back to: of a cell being edited it is the table."""
    above = widget.parentWidget() if widget else None
    table = above.parentWidget() if above else None
    return table if isinstance(table, QAbstractItemView) else widget


def still_seen(widget: QWidget) -> bool:
    """Tell whether it is there to come back to: it may be hidden by now, or gone."""
    return shiboken6.isValid(widget) and widget.isVisible()
