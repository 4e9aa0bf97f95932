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

from app.paths import settings

MOST_REPORTS = 20


class CrashGuard:
    """Catches what no code expected. `save` is called first, then `tell` with where it is noted."""

    def __init__(self, save: Callable[[], object], tell: Callable[[str], object]) -> None:
        self._save = save
        self._tell = tell
        self._busy = False

    def install(self) -> None:
        """Put the hooks in place, for slots and for threads."""
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
        """Save, note what happened, and tell it once; a fault while doing so is only noted."""
        report = self.note(kind, trace)
        if self._busy:
            return
        self._busy = True
        try:
            self._save()
            self._tell(
                "程序出了一个意外错误。草稿已经保存，可以继续填写。\n"
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
