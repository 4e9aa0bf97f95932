"""The regions of the window: F6 goes round them, and help follows the keyboard to its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from ui.findings import FindingsPanel
from ui.focus import lasting
from ui.help_panel import HelpPanel
from ui.pages.page import Page
from ui.rail import StepRail


class Pane(NamedTuple):
    """A region: the widget all of it is in, and how it is given the keyboard."""

    region: QWidget
    enter: Callable[[], object]

    def holds(self, widget: QWidget | None) -> bool:
        """Tell whether a widget is part of it."""
        return widget is not None and (self.region is widget or self.region.isAncestorOf(widget))


class Panes(QObject):
    """Knows where the keyboard is: at the steps, on the page, at the findings or in the help."""

    def __init__(
        self,
        page: Callable[[], Page],
        rail: StepRail,
        findings: FindingsPanel,
        help_panel: HelpPanel,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._beside = [
            Pane(rail, rail.setFocus),
            Pane(findings, findings.list.setFocus),
            Pane(help_panel, help_panel.open),
        ]
        self._help = help_panel
        self._last: QWidget | None = None
        """Where the keyboard was last on a page."""
        help_panel.lost.connect(self._enter)
        application: Any = QApplication.instance()
        application.focusChanged.connect(self._follow)

    def go_on(self, by: int) -> None:
        """Give the keyboard to the next region (1), or to the one before (-1), round and round.

        Nothing happens while none of them is to be seen, as in a window that is not shown.
        """
        page, focus = self._page(), QApplication.focusWidget()
        rail, *beside = self._beside
        panes = [rail, Pane(page, self._enter), *beside]
        seen = [pane for pane in panes if not pane.region.visibleRegion().isEmpty()]
        here = next((at for at, pane in enumerate(seen) if pane.holds(focus)), 0)
        if seen:
            seen[(here + by) % len(seen)].enter()

    def _enter(self) -> None:
        """Go back to where one was on the page, or begin there."""
        page, last = self._page(), self._last
        if last and shiboken6.isValid(last) and page.isAncestorOf(last):
            last.setFocus()
        else:
            page.show_place()

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            return
        page = self._page()
        if Pane(page, self._enter).holds(now):
            self._last = lasting(now)
            self._help.show_place(page.place())
