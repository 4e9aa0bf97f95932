"""A clerk who types in the real window without end; prints each figure that is safely saved.

python -m tests.ui.window_typist DRAFT
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.forms import Cell
from ui import autosave
from ui.main import blank_report, make_application
from ui.window import MainWindow

CELL = Cell("requests", "received", "person")


def main(draft: Path) -> None:
    """Type 1, 2, 3 … in one cell; a line is printed only once its figure is on disk."""
    autosave.PAUSE_MS, autosave.LONGEST_MS = 15, 30
    _application = make_application()
    window = MainWindow(blank_report())
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.open_draft(draft)
    window.rail.open(CELL.table)
    window.work.autosave.saved.connect(lambda *_: tell_saved(window))
    print("ready", flush=True)
    for figure in count(figure_of(window) + 1):
        window.work.page(CELL.table).show_place((CELL,))
        for key in str(figure):
            QTest.keyClicks(in_focus(), key)
        QTest.keyClick(in_focus(), Qt.Key.Key_Return)
        QTest.qWait(1)
        if figure % 5 == 0:  # now and then the clerk stops, until the status line says saved
            while window.work.autosave.unsaved:
                QTest.qWait(1)


def in_focus() -> QWidget:
    """What the keyboard goes to."""
    widget = QApplication.focusWidget()
    assert widget
    return widget


def tell_saved(window: MainWindow) -> None:
    """Acknowledge the figure in the cell once the status line would call it saved."""
    if not window.work.autosave.unsaved:
        print(figure_of(window), flush=True)


def figure_of(window: MainWindow) -> int:
    """The figure that stands in the cell, 0 while it is blank."""
    figure = window.bridge.report.cells.get(CELL, 0)
    assert isinstance(figure, int)
    return figure


if __name__ == "__main__":
    main(Path(sys.argv[1]))
