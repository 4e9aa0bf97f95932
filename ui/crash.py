"""When something breaks: the draft is saved first, then the clerk is told, and work goes on."""

from __future__ import annotations

import contextlib
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QRunnable, Qt, Signal

from app.paths import settings

MOST_REPORTS = 20


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


class CrashGuard(QObject):
    """Catches what no code expected, in slots and in threads.

    What happened is noted at once; `save` and then `tell` are called from the event loop, in the
    thread of the window.
    """

    _broken = Signal(str)

    def __init__(self, save: Callable[[], bool], tell: Callable[[str], object]) -> None:
        super().__init__()
        self._save = save
        self._tell = tell
        self._busy = False
        self._broken.connect(self._save_and_tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Put the hooks in place."""
        sys.excepthook = self.caught
        threading.excepthook = lambda args: self.caught(
            args.exc_type, args.exc_value, args.exc_traceback
        )

    def caught(
        self,
        kind: type[BaseException],
        _error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Note an exception nobody handled, and have it told."""
        self._broken.emit(str(self.note(kind, trace)))

    def _save_and_tell(self, report: str) -> None:
        if self._busy:  # a second fault while the first is being told is only noted
            return
        self._busy = True
        try:
            state = "草稿已经保存，可以继续填写。" if self._save() else "草稿没有保存成功。"
            self._tell(
                f"程序出了一个意外错误。{state}\n"
                f"出错情况记在：{report}\n（不含填写的内容，可以发给技术支持。）"
            )
        finally:
            self._busy = False

    def note(self, kind: type[BaseException], trace: TracebackType | None) -> Path:
        """Write where it broke, without what was filled in, and return the file."""
        folder = settings() / "crash"
        path = folder / f"{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
        places = "".join(traceback.format_tb(trace))
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_text(f"{kind.__name__}\n{places}", encoding="utf-8")
            for old in sorted(folder.glob("*.txt"))[:-MOST_REPORTS]:
                old.unlink()
        return path
