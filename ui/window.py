"""The window: its frame at once, and all one works with as soon as that has been painted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication

from app.report import Report
from app.settings import Settings
from ui import theme, widgets
from ui.frame import Frame
from ui.later import soon

if TYPE_CHECKING:
    from ui.workplace import Workplace


class MainWindow(Frame):
    """Shows one report at a time and leads through its steps."""

    furnished = Signal()
    """There is all one works with now."""

    def __init__(self, blank: Report, settings: Settings | None = None) -> None:
        super().__init__(blank, settings)
        self._work: Workplace | None = None
        self._painted = False

    @property
    def work(self) -> Workplace:
        """What one works with, made when it is first asked for."""
        if self._work is None:
            from ui.workplace import Workplace  # noqa: PLC0415  (the first paint need not wait)

            self._work = Workplace(self)
            self.furnished.emit()
        return self._work

    def open_draft(self, path: Path) -> None:
        """Open a draft and go on with it."""
        self.work.open_draft(path)

    def save(self) -> None:
        """Write the draft now, with what is just being typed, and wait for it."""
        widgets.settle()
        self.save_now()

    def save_now(self) -> bool:
        """Write the draft as it is and wait for it; tell whether everything is safely on disk."""
        return self._work is None or self._work.autosave.save_now()

    def end(self) -> None:
        """Save what is open and give it free, without a question."""
        self.save()
        if self._work:
            self._work.autosave.finish()
        self.bridge.release()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once there is something to see, make what cannot be seen yet."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            soon(self, lambda: self.work)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the findings away where there is no room beside the page, and back where there is."""
        super().resizeEvent(event)
        self.room.measure()
        if self._work:
            self._work.side.fit_in()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's colours; give the panels the room another font needs."""
        super().changeEvent(event)
        application: Any = QApplication.instance()
        if event.type() == QEvent.Type.PaletteChange:
            theme.keep_sheet(application)
        elif event.type() == QEvent.Type.FontChange:
            self.room.measure()
            if self._work:
                self._work.side.fit_soon()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is open; stay where the clerk would rather not lose it."""
        if self._work is None:
            self.start.finish()
        elif not self._work.close():
            event.ignore()
            return
        event.accept()
