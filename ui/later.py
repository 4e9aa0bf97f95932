"""Doing something as soon as the present event is dealt with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def soon(owner: QObject, do: Callable[[], object]) -> None:
    """Call `do` from the event loop, unless its owner is gone by then.

    Use this instead of `QTimer.singleShot(0, owner, do)`, in which PySide swallows exceptions.
    """
    timer = QTimer(owner, singleShot=True, interval=0)
    timer.timeout.connect(do)
    timer.timeout.connect(timer.deleteLater)
    timer.start()
