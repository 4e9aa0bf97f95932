"""Close properly when the system asks the program to end, so that the draft is saved."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


def close_on_signals(owner: QObject, close: Callable[[], object]) -> None:
    """Call `close` in the event loop on SIGTERM, SIGHUP and SIGINT; nothing to do on Windows."""
    if sys.platform == "win32":
        return
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, owner)

    def wake() -> None:
        os.read(reading, 64)
        close()

    notifier.activated.connect(wake)
