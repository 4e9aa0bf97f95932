"""The window is there at once: nothing is loaded or made before it is needed."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import os, sys
from ui.main import blank_report, make_application
from ui.window import MainWindow
application = make_application()
window = MainWindow(blank_report())
class Watch(MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        qt = [sys.modules[f"PySide6.Qt{name}"] for name in ("Core", "Gui", "Widgets")]
        print(*sys.modules, *(name for module in qt for name in vars(module)), flush=True)
        os._exit(0)
window.__class__ = Watch
window.show()
application.exec()
"""
HEAVY = {
    *("openpyxl", "reportlab", "docx", "lxml", "PIL", "pypdfium2"),
    *("importlib.metadata", "platform", "hashlib"),
    *("app.export", "app.importing", "app.side_help", "app.guidance", "app.taking"),
    *("app.checks.claims", "app.composition", "app.manual", "app.writing.guide", "app.commands"),
    *("ui.table_view", "ui.text_editor", "ui.preview", "ui.export_dialog", "ui.help_page"),
}
SLOW = {"QStyle", "QMessageBox", "QWizard", "QGraphicsView"}
"""Classes of Qt with hundreds of names, or that come when PySide must guess what a widget is."""


def test_that_nothing_heavy_is_loaded_before_the_window_is_painted() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    loaded = set(ended.stdout.split())
    assert "ui.window" in loaded
    assert loaded & HEAVY == set()
    assert loaded & SLOW == set()
