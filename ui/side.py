"""The place at the right of the window that findings and help share, one in front of the other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from ui.later import soon

RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
ROOM = 78
"""Window width in characters from which the panels stand beside the page."""


class Side(QObject):
    """Keeps panels in one place under tabs, which name them; a panel alone has a title.

    No panel may be moved: without the others it would have neither.

    Where a window is too narrow for all, the steps give way while a panel is looked at, and while
    there is help beside a text.
    """

    def __init__(
        self, window: QMainWindow, panels: tuple[QDockWidget, ...], steps: QWidget
    ) -> None:
        super().__init__(window)
        self._window = window
        self._steps = steps
        self._panels = panels
        self._offered = False
        self._room = False
        self._crowded = False
        self._put_back: tuple[QDockWidget, ...] | None = None
        """What was open when the panels stood back; None while they do not."""
        window.setTabPosition(RIGHT, QTabWidget.TabPosition.North)
        for panel in panels:
            window.addDockWidget(RIGHT, panel)
            panel.visibilityChanged.connect(self._name_panels)
            panel.visibilityChanged.connect(self._make_room)
        for panel in panels[1:]:
            window.tabifyDockWidget(panels[0], panel)
        panels[0].raise_()

    def offer(self, offered: bool) -> None:
        """Show the panels where there is room for them, as long as they are of use."""
        self._offered = offered
        self._room = self._has_room()
        if self._put_back is not None:
            self._put_back = self._panels
        self._show(offered and self._room and self._put_back is None)
        self._make_room()

    def stand_back(self, back: bool) -> None:
        """Put the panels away while the page tells what they would, until they are asked for.

        Afterwards those are there again that were there before.
        """
        if back and self._put_back is None:
            self._put_back = tuple(one for one in self._panels if not one.isHidden())
            self._show(False)
        elif not back and self._put_back is not None:
            again, self._put_back = self._put_back, None
            for panel in self._panels:
                panel.setVisible(panel in again and self._offered and self._room)

    def crowd(self, crowded: bool) -> None:
        """Have the steps give way in a narrow window where the page itself needs the width."""
        self._crowded = crowded
        self._make_room()

    def fit_in(self) -> None:
        """Put the panels away where the window has lost its room for them, or the other way."""
        if self._room != self._has_room():
            self.offer(self._offered)

    def fit_soon(self) -> None:
        """Fit another font as soon as every panel has it."""
        soon(self, self._fit)

    def _fit(self) -> None:
        """Be as wide as the panels want to be in the font of the moment."""
        widths = [panel.sizeHint().width() for panel in self._panels]
        self._window.resizeDocks(list(self._panels), widths, Qt.Orientation.Horizontal)
        self.fit_in()

    def leave(self) -> None:
        """Put away what was only brought up to look at, where it is not to stay."""
        if not self._room or self._put_back is not None:
            self._show(False)

    def toggle(self, panel: QDockWidget) -> None:
        """Bring a panel to the front; put all away where it is there already."""
        if not panel.visibleRegion().isEmpty():
            self._show(False)
        else:
            self.bring(panel)

    def bring(self, panel: QDockWidget) -> None:
        """Bring a panel to the front, shown if need be."""
        self._steps.setVisible(self._room)  # first, or the window would grow
        if (around := self._steps.parentWidget()) and (layout := around.layout()):
            layout.activate()
        panel.show()
        panel.raise_()

    def actions(self) -> list[QAction]:
        """An action for each panel that brings it to the front or puts it away."""
        return [self._action(panel) for panel in self._panels]

    def _action(self, panel: QDockWidget) -> QAction:
        action = QAction(panel.windowTitle(), self._window)
        action.setCheckable(True)
        action.triggered.connect(lambda on: self.bring(panel) if on else panel.close())
        panel.visibilityChanged.connect(lambda: action.setChecked(not panel.isHidden()))
        return action

    def _has_room(self) -> bool:
        return self._window.width() >= self._window.fontMetrics().horizontalAdvance("国") * ROOM

    def _show(self, shown: bool) -> None:
        for panel in self._panels:
            panel.setVisible(shown)

    def _make_room(self) -> None:
        shown = any(not panel.isHidden() for panel in self._panels)
        self._steps.setVisible(self._room or not (shown or self._crowded))

    def _name_panels(self) -> None:
        under_tabs = sum(not panel.isHidden() for panel in self._panels) > 1
        for panel in self._panels:
            bar: QWidget | None = panel.titleBarWidget()
            if under_tabs and bar is None:
                panel.setTitleBarWidget(QWidget())
            elif bar and not under_tabs:
                panel.setTitleBarWidget(None)  # type: ignore[arg-type]  # as Qt documents it
                bar.deleteLater()
