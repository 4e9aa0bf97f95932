"""Writing the files of a report one after the other, in the background, until one says stop."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QThreadPool, Signal

from app.checks import Checked
from app.drafts.store import fingerprint
from app.export import FORMATS, Written, export, export_review_sheet
from app.files import FileError
from app.version import program_version
from ui.crash import Job

SHEET = "sheet"
SHEET_NAME = "核对单"
OUR_FAULT = "导出时程序出错，没有完成。草稿没有受影响。"


class Wanted(NamedTuple):
    """What is to be written, and where."""

    checked: Checked
    folder: Path
    names: tuple[str, ...]
    """Of formats; `SHEET` stands for the review sheet."""


class Exporting(QObject):
    """Writes files; what is written stays, whatever becomes of the rest."""

    began = Signal(int, str)
    """The number of a file, from 0, and what it is called in Chinese, before it is written."""
    written = Signal(object)
    """A file that is there now (`Written`)."""
    ended = Signal(str)
    """It is over; with a sentence where it did not go well, or was stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = QThreadPool(self)
        self._stop = False

    def begin(self, wanted: Wanted) -> None:
        """Write the files in a thread of their own."""
        self._stop = False
        self._worker.start(Job(lambda: self._write(wanted)))

    def stop(self) -> None:
        """Write no further file; the one in hand is finished."""
        self._stop = True

    def finish(self) -> None:
        """Wait for all that is to be written."""
        self._worker.waitForDone()

    def _write(self, wanted: Wanted) -> None:
        try:
            for at, name in enumerate(wanted.names):
                if self._stop:
                    self.ended.emit("已取消；前面导出的文件留在文件夹里。")
                    return
                self.began.emit(at, chinese(name))
                self.written.emit(_file(wanted, name))
        except FileError as error:
            self.ended.emit(str(error))
        except Exception:
            self.ended.emit(OUR_FAULT)
            raise
        else:
            self.ended.emit("")


def chinese(name: str) -> str:
    """What a file of this kind is called."""
    return SHEET_NAME if name == SHEET else FORMATS[name].chinese


def _file(wanted: Wanted, name: str) -> Written:
    checked = wanted.checked
    if name == SHEET:
        draft = fingerprint(checked.report)
        return export_review_sheet(checked, wanted.folder, draft, program_version())
    return next(export(checked, wanted.folder, [name]))
