"""From the session to the window: its only listener, and the one way to put a draft in place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.checks import Checked
from app.drafts import DraftFile
from app.report import Report
from app.session import Session, Update


class Bridge(QObject):
    """Holds the session that is open and tells the window of every change in it."""

    changed = Signal(object)
    """An `Update`, after each change of the report."""
    opened = Signal()
    """Another draft is open; every view starts afresh."""

    def __init__(self, blank: Report, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._blank = blank
        self.draft: DraftFile | None = None
        self.session = self._listened(blank)

    @property
    def report(self) -> Report:
        """The report as it stands."""
        return self.session.report

    @property
    def checked(self) -> Checked:
        """What the checks say of it."""
        return self.session.checked

    @property
    def path(self) -> Path | None:
        """Where the open draft lies, None while none is open."""
        return self.draft.path if self.draft else None

    def open(self, report: Report, draft: DraftFile) -> None:
        """Put a draft in place of the one that is open, which is given free."""
        self.release()
        self.draft = draft
        self.session = self._listened(report)
        self.opened.emit()

    def clear(self) -> None:
        """Put a blank report, without a file, in place of the open draft."""
        self.release()
        self.session = self._listened(self._blank)
        self.opened.emit()

    def move(self, draft: DraftFile) -> None:
        """Go on with the same report in another file."""
        self.release()
        self.draft = draft
        self.changed.emit(Update(frozenset(), frozenset(), details=True))

    def release(self) -> None:
        """Give the open draft free for other windows."""
        if self.draft:
            self.draft.close()
        self.draft = None

    def _listened(self, report: Report) -> Session:
        session = Session(report)
        session.listen(self._tell)
        return session

    def _tell(self, update: Update) -> None:
        self.changed.emit(update)
