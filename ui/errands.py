"""What the menus send one for that has a dialog of its own, loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.bridge import Bridge
from ui.desk import Desk

if TYPE_CHECKING:
    from ui.pages.review import ReviewPage


class Errands(QObject):
    """Last year's draft, earlier states, export and print, for one window."""

    begun = Signal()
    """Another report is open, and work on it begins."""
    told = Signal(str)
    """A sentence for the status line."""

    def __init__(
        self, bridge: Bridge, desk: Desk, open_review: Callable[[], Any], window: QWidget
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._desk = desk
        self._open_review = open_review
        self._window = window

    def begin_from_last_year(self) -> None:
        """Ask for last year's draft and begin the report that follows it."""
        self.begin_from("")

    def begin_from(self, draft: str) -> None:
        """Begin the report that follows a draft, after it was asked whether it is the right one.

        Without one the draft that is open is offered.
        """
        from app.importing import Wanted  # noqa: PLC0415
        from ui.succession_dialog import SuccessionDialog  # noqa: PLC0415

        self._desk.save()
        chosen = Path(draft) if draft else self._bridge.path
        now = self._bridge.report
        assumed = Wanted(year_otherwise=now.year - 1, organ_otherwise=now.organ)
        dialog = SuccessionDialog(self._bridge.settings, chosen, self._window, assumed)
        report = dialog.report() if dialog.exec() else None
        dialog.deleteLater()
        if report and self._desk.succeed(report):
            self.begun.emit()
            self.told.emit("已带入上年报告里的数字；表里左上角带三角的格就是。")

    def show_history(self) -> None:
        """Offer the earlier states of the draft, and go back to the one that is chosen."""
        from ui.history_dialog import HistoryDialog  # noqa: PLC0415

        if self._bridge.path is None:
            return
        dialog = HistoryDialog(self._bridge.report, self._bridge.path, self._window)
        state = dialog.chosen() if dialog.exec() else None
        dialog.deleteLater()
        if state and self._desk.restore(state.report, state.saved_at):
            self.told.emit(f"已恢复 {state.saved_at} 的内容；按 Ctrl+Z 可以撤销。")

    def export(self) -> None:
        """Open the last step and the dialog that exports."""
        if review := self._review():
            review.export_dialog()

    def print_report(self) -> None:
        """Open the last step and print."""
        if review := self._review():
            review.print_button.click()

    def _review(self) -> ReviewPage | None:
        review: ReviewPage | None = self._open_review() if self._bridge.draft else None
        return review
