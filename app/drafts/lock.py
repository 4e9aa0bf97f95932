"""A kernel lock on a draft: it vanishes with the process, whatever end that takes."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Lock:
    """Held by one window at a time; `held` is False where another one has it."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f".{path.name}.lock")
        self._handle: int | None = None
        self.held = self._take()

    def release(self) -> None:
        """Let others have it; the lock file goes too."""
        if self._handle is None:
            return
        if self.held:
            with contextlib.suppress(OSError):
                self._path.unlink()
        os.close(self._handle)
        self._handle, self.held = None, False

    def _take(self) -> bool:
        try:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True  # a folder that takes no lock file cannot be shared by way of it
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
