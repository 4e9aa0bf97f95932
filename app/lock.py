"""A kernel lock on a draft: it vanishes with the process, whatever end that takes."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl


TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""How the kernel says that another one holds it; anything else is a disk that knows no locks."""


MOST_TRIES = 20
LONGEST_NOTE = 400


class Holder(NamedTuple):
    """Who says in the lock file that the draft is theirs."""

    computer: str
    since: str
    """Of this clock: 2027-01-08 14:03."""


def this_computer() -> str:
    """The name of this computer in its network; '' where the system does not tell."""
    if sys.platform == "win32":
        # Python would ask its network module, which the installed program does not have.
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


class Lock:
    """Held by one window at a time; `held` is False where another one has it."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f".{path.name}.lock")
        self._handle: int | None = None
        self.held = self._take()

    @property
    def holder(self) -> Holder | None:
        """Who holds it, as far as the lock file tells; the computer's name is read by eye only."""
        with contextlib.suppress(OSError, ValueError):
            with self._path.open("rb", buffering=0) as file:
                file.seek(1)  # Windows lets nobody else read the byte that is locked
                lines = file.read(LONGEST_NOTE).decode().splitlines()
            computer, since = lines[:2]
            return Holder(computer, since)
        return None

    def release(self) -> None:
        """Let others have it; the lock file goes too, unless it is another one's by now."""
        if self._handle is None:
            return
        ours = self.held and self._still_there()
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(self._handle)
            self._remove(ours)
        else:
            self._remove(ours)
            os.close(self._handle)
        self._handle, self.held = None, False

    def take_over(self) -> None:
        """Hold it in place of one that is not heard of any more, where the disk allows that."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        self._remove(ours=True)
        self.held = self._take()

    def _remove(self, ours: bool) -> None:
        if ours:
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _sign(self) -> None:
        assert self._handle is not None
        note = f" {this_computer()}\n{datetime.now():%Y-%m-%d %H:%M}\n"
        with contextlib.suppress(OSError):
            os.ftruncate(self._handle, 0)
            os.write(self._handle, note.encode(errors="replace")[:LONGEST_NOTE])

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
                self._sign()
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
        # Asked of the system: what the C library makes of a refusal is not the same everywhere.
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        file = ctypes.c_void_p(msvcrt.get_osfhandle(handle))
        if not kernel.LockFile(file, 0, 0, 1, 0):
            raise ctypes.WinError(ctypes.get_last_error())
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
