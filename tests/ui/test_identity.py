"""By what the system knows the program."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QIcon
from pytestqt.qtbot import QtBot

from app.paths import icon
from app.version import program_version
from tests.ui.conftest import Dialogs, children
from ui.window import MainWindow

PROGRAM = """
from ui.identity import show_icon
from ui.main import make_application
application = make_application()
print(application.applicationName(), application.applicationDisplayName())
print(application.desktopFileName(), application.arguments()[0])
show_icon(application)
print(application.windowIcon().pixmap(32).isNull())
"""


def test_that_the_system_is_told_name_desktop_entry_and_icon() -> None:
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PROGRAM],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ended.stdout.splitlines() == [
        "公开年报 公开年报",
        "org.gongkai.nianbao org.gongkai.nianbao",
        "False",
    ]


def test_that_the_icon_is_drawn_at_every_size(qtbot: QtBot) -> None:
    for size in (16, 24, 32, 48, 256):
        picture = QIcon(str(icon())).pixmap(QSize(size, size), 1.0)
        assert picture.size() == QSize(size, size)
        assert picture.toImage().pixelColor(size // 2, size // 2).name() == "#ffffff"


def test_that_about_says_which_version_it_is(window: MainWindow, dialogs: Dialogs) -> None:
    next(one for one in children(window, QAction) if one.text() == "关于").trigger()
    assert dialogs.said[-1].startswith(f"公开年报 {program_version()}：")
