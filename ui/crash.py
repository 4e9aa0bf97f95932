"""When something breaks: the draft is saved first, then the clerk is told, and work goes on."""

from __future__ import annotations

import contextlib
import faulthandler
import sys
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple

from PySide6 import __version__ as qt_version
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QRunnable,
    QtMsgType,
    qInstallMessageHandler,
)

from app.faults import Fault, fault_of, fault_told
from app.paths import settings

MOST_REPORTS = 20
MOST_HEARD = 20
SYSTEM = f"Qt {qt_version}"
GRAVE = (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class Job(QRunnable):
    """Work for a thread pool. Given a bare function the pool would hide the fault it ends in."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        """Do the work; an exception goes to the hook that the guard has put in place."""
        try:
            self._work()
        except Exception:
            sys.excepthook(*sys.exc_info())


class Broken(NamedTuple):
    """One fault as it is told to the clerk."""

    report: str
    """Where it broke; may be shown to anybody."""
    noted: Path
    """The file it was written to."""
    saved: bool
    """The draft is safely on disk."""


class CrashGuard(QObject):
    """Catches what no code expected: in slots, timers, threads, paint events, and in Qt itself.

    What happened is noted at once; `save` and then `show` are called from the event loop, in the
    thread of the window. The same fault is shown once, however often it comes: a window that
    cannot be painted must not be told of at every repaint. Later ones go to `again`.
    """

    def __init__(
        self,
        save: Callable[[], bool],
        show: Callable[[Broken], object],
        again: Callable[[bool], object] = bool,
    ) -> None:
        super().__init__()
        self._save = save
        self._show = show
        self._again = again
        self._busy = False
        self._known: set[tuple[str, ...]] = set()
        self._heard: deque[str] = deque(maxlen=MOST_HEARD)
        self._to_tell: deque[tuple[str, Path] | None] = deque()
        """Faults that wait for the event loop; None for one that is known already."""
        self._log: IO[str] | None = None

    def install(self, fault_log: Path | None = None) -> None:
        """Put the hooks in place; how the interpreter itself breaks goes to `fault_log`."""
        sys.excepthook = self.caught
        threading.excepthook = lambda args: self.caught(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        sys.unraisablehook = lambda args: self.caught(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        qInstallMessageHandler(self.hear)
        if fault_log:
            with contextlib.suppress(OSError):
                self._log = fault_log.open("w", encoding="utf-8")
                faulthandler.enable(self._log)

    def remove(self) -> None:
        """Put back what was there before, so that nothing is called while the program goes down."""
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)
        if self._log:
            faulthandler.disable()
            self._log.close()

    def caught(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Note an exception nobody handled, and have it told."""
        self._take(fault_of(kind, error, trace, self._heard, SYSTEM))

    def hear(self, kind: QtMsgType, _place: QMessageLogContext, message: str) -> None:
        """Remember what Qt says for the next report; what is grave is a fault of its own."""
        if sys.stderr:
            print(message, file=sys.stderr)  # noqa: T201  (who starts it from a console sees it)
        if kind not in GRAVE:
            self._heard.append(message)
            return
        self._take(fault_told(f"Qt: {message}", self._heard, SYSTEM))
        if kind == QtMsgType.QtFatalMsg and threading.current_thread() is threading.main_thread():
            self._save()  # Qt ends the program as soon as this returns

    def _take(self, fault: Fault) -> None:
        if fault.same in self._known:
            self._to_tell.append(None)
        else:
            self._known.add(fault.same)
            self._to_tell.append((fault.report, note(fault.report)))
        # An event may be posted from any thread, and is gone when the guard is.
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))

    def customEvent(self, _event: QEvent) -> None:
        """Save, and tell what broke."""
        told = self._to_tell.popleft()
        if self._busy:  # a second fault while the first is being told is only noted
            return
        self._busy = True
        try:
            saved = self._save()
            if told is None:
                self._again(saved)
            else:
                self._show(Broken(*told, saved))
        finally:
            self._busy = False


def note(report: str) -> Path:
    """Write a report down and return the file; of many only the latest are kept."""
    folder = settings() / "crash"
    path = folder / f"{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(report, encoding="utf-8")
        for old in sorted(folder.glob("*.txt"))[:-MOST_REPORTS]:
            old.unlink()
    return path
