"""Whether the program ended well: it says on disk that it runs, and takes that back at its end."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app.files import FileError, read_whole
from app.lock import Lock
from app.paths import settings

LARGEST = 2**18


class Ended(NamedTuple):
    """A program that ended without taking its leave."""

    draft: Path | None
    """What it worked on."""
    opened_at: str
    """When it began to (2027-01-08 14:03:22)."""
    said: str
    """What was written down of how it broke; '' where nobody knows, as after a power cut."""


class Running:
    """This program's note that it runs; another one may run beside it."""

    def __init__(self) -> None:
        folder = _folder()
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._note = folder / f"{os.getpid()}.json"
        self.fault_log = self._note.with_suffix(".fault")
        """Where to write how the interpreter itself breaks."""
        self._lock = Lock(self._note)
        self._draft: Path | None = None
        self._write()

    def work_on(self, draft: Path | None) -> None:
        """Note the draft that is open now, None while none is."""
        if draft != self._draft:
            self._draft = draft
            self._write()

    def end(self) -> None:
        """Take leave: there is nothing to ask about at the next start."""
        for file in (self._note, self.fault_log):
            _remove(file)
        self._lock.release()

    def _write(self) -> None:
        note = {
            "draft": str(self._draft) if self._draft else None,
            "at": f"{datetime.now():%Y-%m-%d %H:%M:%S}",
        }
        with contextlib.suppress(OSError):
            self._note.write_bytes(json.dumps(note).encode())


def ended_badly() -> list[Ended]:
    """The programs that did not end well since this was last asked, the latest first.

    Call it before this program's own note is made. Whatever is told here is told once.
    """
    found: list[tuple[float, Ended]] = []
    with contextlib.suppress(OSError):
        for file in [*_folder().iterdir()]:
            if file.suffix == ".json" and file.stem.isdigit():
                found += _ended(file)
            elif file.suffix == ".fault" and not file.with_suffix(".json").exists():
                _remove(file)  # of a session the system ended, which took its leave
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])]


def _ended(note: Path) -> Iterator[tuple[float, Ended]]:
    """What a note tells, and when it was written; nothing while its program runs."""
    lock = Lock(note)
    with contextlib.suppress(OSError):  # another program may tell of it at the same time
        if lock.held:
            yield note.stat().st_mtime, _read(note)
            for file in (note, note.with_suffix(".fault")):
                _remove(file)
    lock.release()


def _read(note: Path) -> Ended:
    values: object = {}
    said = b""
    with contextlib.suppress(FileError, ValueError, RecursionError):
        values = json.loads(read_whole(note, LARGEST))
    with contextlib.suppress(FileError):
        said = read_whole(note.with_suffix(".fault"), LARGEST)
    told = values if isinstance(values, dict) else {}
    draft = told.get("draft")
    return Ended(
        Path(draft) if isinstance(draft, str) else None,
        str(told.get("at", "")),
        said.decode(errors="replace").strip(),
    )


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()


def _folder() -> Path:
    return settings() / "running"
