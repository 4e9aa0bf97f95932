"""A kernel lock on a draft: it vanishes with the process, whatever end that takes."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""How the kernel says that another one holds it; anything else is a disk that knows no locks."""


MOST_TRIES = 20


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
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(self._handle)
            self._remove()
        else:
            self._remove()
            os.close(self._handle)
        self._handle, self.held = None, False

    def _remove(self) -> None:
        if self.held:
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _take(self) -> bool:
        for _ in range(MOST_TRIES):
            try:
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError:
                return True  # a folder that takes no lock file cannot be shared by way of it
            try:
                _lock(self._handle)
            except OSError as error:
                return error.errno not in TAKEN
            if self._still_there():
                return True
            os.close(self._handle)  # its holder removed it meanwhile: take the next one
            self._handle = None
        return True  # a disk that never tells the same of a file twice has no locks worth having

    def _still_there(self) -> bool:
        assert self._handle is not None
        try:
            return os.path.samestat(os.fstat(self._handle), self._path.stat())
        except OSError:
            return False


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
