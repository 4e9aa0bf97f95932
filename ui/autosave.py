"""Saves by itself: a second after a change, at most two after the first, and at every exit."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, QTimer, Signal

from app.drafts import DraftFile
from app.files import FileError
from app.report import Report
from ui.bridge import Bridge
from ui.crash import Job

PAUSE_MS = 1000
LONGEST_MS = 2000
RETRY_MS = 5000
"""How long a refused save waits for the disk to come back."""
OUR_FAULT = "保存时程序出错，草稿还没有保存。"


class AutoSave(QObject):
    """Writes the open draft in one worker thread, from a snapshot of the report."""

    saved = Signal(str, object)
    """Path and time of a save that is safely on disk."""
    moved = Signal(str)
    """Somebody else had written the file; the draft now lies at this path."""
    failed = Signal(str)
    """A sentence that says why a save was refused; it is tried again after a while."""
    _done = Signal(object, str, bool)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._worker = QThreadPool(self)
        self._worker.setMaxThreadCount(1)
        self._unsaved = False
        self.last_error = ""
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        self._retry = self._timer(RETRY_MS)
        bridge.edited.connect(self._note)
        bridge.opened.connect(self._begin)
        self._done.connect(self._report)

    @property
    def unsaved(self) -> bool:
        """Tell whether something typed is not yet on disk."""
        return self._unsaved

    def save_now(self) -> bool:
        """Write the draft and wait for it; tell whether everything is safely on disk."""
        self._wait()
        if not self._unsaved or self._bridge.draft is None:
            return True
        self._start()
        self._wait()
        return not self._unsaved

    def finish(self) -> None:
        """Stop the worker; nothing is saved after this."""
        self._stop_waiting()
        self._worker.waitForDone()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(self._start)
        return timer

    def _stop_waiting(self) -> None:
        for timer in (self._pause, self._longest, self._retry):
            timer.stop()

    def _begin(self) -> None:
        self._stop_waiting()
        self._unsaved = False

    def _note(self) -> None:
        self._unsaved = True
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def _start(self) -> None:
        self._stop_waiting()
        if self._worker.activeThreadCount():
            self._pause.start()
        elif (draft := self._bridge.draft) is not None:
            snapshot = self._bridge.report
            self._worker.start(Job(lambda: self._write(draft, snapshot)))

    def _write(self, draft: DraftFile, report: Report) -> None:
        before = draft.path
        try:
            path = draft.save(report)
        except FileError as error:
            self._done.emit(report, str(error), False)
        except Exception:
            self._done.emit(report, OUR_FAULT, False)
            raise
        else:
            self._done.emit(report, "", path != before)

    def _wait(self) -> None:
        self._worker.waitForDone()
        # The worker's answer waits in the event queue; take it out now.
        QCoreApplication.sendPostedEvents(self)

    def _report(self, report: Report, error: str, moved: bool) -> None:
        if error:
            self.last_error = error
            self.failed.emit(error)
            if error != OUR_FAULT:  # a fault of ours would only come again, and be told again
                self._retry.start()
        elif self._bridge.draft is not None:
            self._unsaved = report is not self._bridge.report
            path = str(self._bridge.draft.path)
            self.saved.emit(path, datetime.now())
            if moved:
                self.moved.emit(path)
