"""The first lines of the help menu: help for the place one is at, and the manual."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QMainWindow

from ui.help_panel import HelpPanel
from ui.menus import Entry


def help_entries(window: QMainWindow, panel: HelpPanel) -> list[Entry]:
    """Return the lines, to be shown in a menu of the window."""
    return [
        Entry("这里怎么填(&F)", panel.open, "F1"),
        Entry("使用说明(&M)", lambda: open_manual(window)),
    ]


def open_manual(window: QMainWindow) -> QDialog:
    """Open the manual beside the window, or bring it to the front."""
    from ui.manual_dialog import ManualDialog  # noqa: PLC0415  (few ever open it)

    dialog = next((one for one in window.children() if isinstance(one, ManualDialog)), None)
    dialog = dialog or ManualDialog(window)
    dialog.show()
    dialog.activateWindow()
    return dialog
