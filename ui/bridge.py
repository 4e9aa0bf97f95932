"""From the session to the window: its only listener, and the one way to put a draft in place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.report import Report
from app.settings import Settings
from ui.later import soon

if TYPE_CHECKING:
    from app.checks import Checked
    from app.drafts import DraftFile
    from app.session import Session, Update

READ_PAUSE_MS = 400
"""How long nothing is typed before the texts are read again."""


class Bridge(QObject):
    """Holds the session that is open, tells the window of it, and has texts read after a pause."""

    changed = Signal(object)
    """An `Update`, after each change of the report or of what is said of it."""
    edited = Signal()
    """The report itself has changed, and is to be saved."""
    opened = Signal()
    """Another draft is open; every view starts afresh."""

    def __init__(
        self, blank: Report, settings: Settings | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._blank = blank
        self._told_of = blank
        self._telling = False
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self.read_texts)
        self.settings = settings or Settings()
        """What the county has settled; holds for every draft."""
        self.draft: DraftFile | None = None
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """What is open, to be changed. Begun when it is first asked for: a start need not wait."""
        if self._session is None:
            self._session = self._listened(self._blank)
        return self._session

    @property
    def report(self) -> Report:
        """The report as it stands."""
        return self._session.report if self._session else self._blank

    @property
    def checked(self) -> Checked:
        """What the checks say of it."""
        return self.session.checked

    @property
    def path(self) -> Path | None:
        """Where the open draft lies, None while none is open."""
        return self.draft.path if self.draft else None

    def read_texts(self) -> None:
        """Have texts that wait for a pause read now; whoever needs the truth calls this first.

        Does nothing while a change is being told; the pause that follows will see to it.
        """
        if not self._telling:
            self._pause.stop()
            self.session.read_texts()

    def read_soon(self) -> None:
        """Have waiting texts read as soon as the present change is told everywhere."""
        soon(self, self.read_texts)

    def open(self, report: Report, draft: DraftFile) -> None:
        """Put a draft in place of the one that is open, which is given free."""
        self.release()
        self.draft = draft
        self._session = self._listened(report)
        self.opened.emit()

    def clear(self) -> None:
        """Put a blank report, without a file, in place of the open draft."""
        self.release()
        self._session = None
        self._told_of = self._blank
        self.opened.emit()

    def move(self, draft: DraftFile) -> None:
        """Go on with the same report in another file."""
        from app.session import Update  # noqa: PLC0415  (the first page needs none)

        self.release()
        self.draft = draft
        self.edited.emit()
        self.changed.emit(Update(frozenset(), frozenset(), details=True))

    def release(self) -> None:
        """Give the open draft free for other windows."""
        if self.draft:
            self.draft.close()
        self.draft = None

    def _listened(self, report: Report) -> Session:
        from app.session import Session  # noqa: PLC0415  (the first page needs none)

        session = Session(report, self.settings)
        session.listen(self._tell)
        self._told_of = report
        return session

    def _tell(self, update: Update) -> None:
        if self.checked.waiting:
            self._pause.start(READ_PAUSE_MS)
        before, self._told_of = self._told_of, self.report
        self._telling = True
        try:
            if before is not self.report:
                self.edited.emit()
            self.changed.emit(update)
        finally:
            self._telling = False
