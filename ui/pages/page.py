"""What every step's page can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.forms import Cell

if TYPE_CHECKING:
    from app.checks import Finding, Passage

EDGES, LOW_EDGES = (14, 10, 14, 8), (8, 3, 8, 3)
"""Left, top, right and bottom of a page, and of one in a low window."""


class Page(QWidget):
    """The page of one step."""

    told = Signal(str)
    """A sentence for the status line."""
    step_wanted = Signal(str)
    """A step to open, by id."""
    place_changed = Signal()
    """The clerk is at another place of this page."""
    finding_wanted = Signal(object)
    """A finding whose place is to be opened."""
    crowded_changed = Signal()
    """It has something beside its work now that needs the width, or no longer."""
    cells_wanted = Signal(object)
    """Cells to be shown, as a tuple; the first is the one to go to."""

    def show_place(self, cells: tuple[Cell, ...] = (), text: Passage | None = None) -> None:
        """Put the focus on a place of this page; without one, where work begins."""
        raise NotImplementedError

    def place(self) -> Cell | str:
        """Where the clerk is on this page: a cell, or the id of a part or step."""
        raise NotImplementedError

    def resume(self) -> None:
        """Put the focus where it was last."""
        self.show_place()

    def finding_here(self) -> Finding | None:
        """The finding that the cursor stands in, None where there is no such thing."""
        return None

    def cell_here(self) -> Cell | None:
        """The cell that a live number at the cursor follows, None where there is none."""
        return None

    def help_write(self, _what: str) -> bool:
        """Have help beside what is being written; False where nothing is written here."""
        return False

    def confirm(self) -> bool:
        """Confirm the figure at the cursor that came from last year; False where there is none."""
        return False

    def writing_place(self) -> tuple[str, int, int] | None:
        """The part that is written in, and what is selected in it; None where there is none."""
        return None

    def selected_words(self) -> str:
        """What is selected in a text, as it is seen."""
        return ""

    def crowded(self) -> bool:
        """Tell whether there is something beside the work that needs the width of the window."""
        return False

    def fit_height(self, *, low: bool) -> None:
        """Do without what can wait where the window is low."""

    def finish(self) -> None:
        """Wait for what the page still does in the background."""
