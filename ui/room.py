"""How much room a window has: on a small screen, or on a magnified one, what can wait gives way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QWidget

from ui import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

SMALLEST = QSize(640, 320)
"""A window as it is left by the frame and the task bar of 1366×768 pixels at 200 %."""
FRAME = QSize(16, 44)
"""What the frame of a window takes, at the most."""
LINES = 26
"""Height of a window in lines of its letters below which it is low."""
FEWEST_LINES = 15
"""Height in lines below which it has no room even for the buttons that lead on."""


class Room(QObject):
    """Tells whether a window is low, and has its buttons and fields take less room while it is."""

    changed = Signal(bool)
    """The window is low now, or it is not; it was otherwise, or is lower still."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.low = False
        self.lowest = False
        window.setMinimumSize(SMALLEST)  # or it would stay as high as all that is still to give way

    def measure(self) -> None:
        """See how high the window is in its letters, both as they are now."""
        lines = self._window.height() / self._window.fontMetrics().lineSpacing()
        before = self.low, self.lowest
        self.low, self.lowest = lines < LINES, lines < FEWEST_LINES
        self._wear(theme.sheet("low") if self.low else "")
        if before != (self.low, self.lowest):
            self.changed.emit(self.low)

    def _wear(self, sheet: str) -> None:
        if self._window.styleSheet() != sheet:
            self._window.setStyleSheet(sheet)


def screen_room(widget: QWidget) -> QSize:
    """What the screen has for a dialog or a window, its frame left out."""
    return widget.screen().availableSize() - FRAME


def fit_dialog(dialog: QDialog, wanted: QSize) -> None:
    """Make a dialog as large as it should be and what it tells needs, within the screen."""
    room, layout = screen_room(dialog), dialog.layout()
    assert layout
    dialog.resize(wanted.boundedTo(room))
    layout.activate()
    needed = dialog.size().expandedTo(QSize(0, layout.sizeHint().height()))
    dialog.resize(needed.boundedTo(room))


def show_whole(window: QWidget) -> None:
    """Show a window at its size; as large as the screen where that is no larger."""
    room = screen_room(window)
    if window.width() > room.width() or window.height() > room.height():
        window.showMaximized()
    else:
        window.show()
