"""By what the system knows the program: its name, its icon, its place in the task bar."""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication

from app.paths import bundle, icon

if sys.platform == "win32":
    import ctypes

PROGRAM = "公开年报"
PROGRAM_ID = "org.gongkai.nianbao"
"""The name of the desktop entry that starts it, and of its group in the task bar of Windows.

Its windows bear it on X11 (WM_CLASS), where it is taken from the first argument.
"""


def introduce(application: QGuiApplication) -> None:
    """Tell the system which program this is, before it shows a window."""
    application.setApplicationName(PROGRAM)
    application.setApplicationDisplayName(PROGRAM)
    application.setDesktopFileName(PROGRAM_ID)
    # Run by Python itself its windows would be grouped with all others of Python. The launcher
    # of an installed program has a group of its own, which what is pinned to the task bar joins.
    if sys.platform == "win32" and not bundle():
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(PROGRAM_ID)


def show_icon(application: QGuiApplication) -> None:
    """Give all windows the program's icon; they need not wait for it to be painted."""
    from PySide6.QtGui import QIcon  # noqa: PLC0415  (slow to load)

    application.setWindowIcon(QIcon(str(icon())))
