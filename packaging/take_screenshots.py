"""Take the pictures of the README: every step of the window on the practice report.

Run on a display with a Chinese font: python packaging/take_screenshots.py FOLDER [DRAFT]
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from app.paths import examples
from ui.main import blank_report, make_application
from ui.window import MainWindow

SIZE = (1366, 728)
"""A 1366×768 screen less the task bar."""


def main(folder: Path, draft: Path | None) -> None:
    """Write one picture for each step, in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    application = make_application()
    window = MainWindow(blank_report())
    window.resize(*SIZE)
    window.show()
    if draft:
        window.open_draft(draft.absolute())
    else:
        window.work.desk.copy_of(examples() / "practice-2026.json", "练习")
    for row, step in enumerate(window.rail.steps):
        window.rail.go_to(row)
        _let_run(600)
        window.grab().save(str(folder / f"{row}-{step.id}.png"))
    window.close()
    application.processEvents()


def _let_run(milliseconds: int) -> None:
    """Let events and other threads go on; `QTest.qWait` would not let go of Python meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    paths = [Path(name).absolute() for name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as home:
        os.chdir(home)  # so that no path of this machine comes into a picture
        os.environ["GONGKAI_HOME"] = "我的文档"
        main(paths[0], paths[1] if len(paths) > 1 else None)
        os.chdir(paths[0])
