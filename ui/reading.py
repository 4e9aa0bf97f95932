"""Reading a report of another program in the background, until it is read or one says stop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal

from app.files import FileError
from app.importing import Imported, Reading, Wanted
from ui.crash import Job

OUR_FAULT = "读取时程序出错，没有读入。草稿没有受影响。"


class ReadingFile(QObject):
    """Reads one file at a time; of those that were begun before nothing is heard any more."""

    read = Signal(object)
    """What was read (`Imported`)."""
    refused = Signal(str)
    """Why nothing was read."""
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = QThreadPool(self)
        self._reading: Reading | None = None
        self._ended.connect(self._tell)

    @property
    def running(self) -> bool:
        """Tell whether a file is being read."""
        return self._reading is not None

    def begin(self, path: Path, wanted: Wanted) -> None:
        """Read a file in a thread of its own, and in a process of its own behind that."""
        self.stop()
        self._reading = reading = Reading(path, wanted)
        self._worker.start(Job(lambda: self._read(reading)))

    def stop(self) -> None:
        """Read no further, and tell nothing of it."""
        if self._reading:
            self._reading.stop()
            self._reading = None

    def finish(self) -> None:
        """Stop, and wait until it is over."""
        self.stop()
        self._worker.waitForDone()

    def _read(self, reading: Reading) -> None:
        try:
            self._ended.emit(reading, reading.run())
        except FileError as error:
            self._ended.emit(reading, str(error))
        except Exception:
            self._ended.emit(reading, OUR_FAULT)
            raise

    def _tell(self, reading: Reading, outcome: Imported | str) -> None:
        if reading is not self._reading:
            return
        self._reading = None
        if isinstance(outcome, str):
            self.refused.emit(outcome)
        else:
            self.read.emit(outcome)
