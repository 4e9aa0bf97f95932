"""What the help menu opens: help for the place one is at, the manual, the licences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QMainWindow

from app.checks import PASSED_MEANS
from app.settings import Settings, settings_file
from app.version import program_version
from ui import widgets
from ui.help_panel import HelpPanel
from ui.menus import Entry

ABOUT = (
    "公开年报 {version}：填报、核对、导出政府信息公开工作年度报告。\n"
    "单机使用，不联网，不收集任何信息。\n\n"
    f"校验通过{PASSED_MEANS}"
)
Dialog = TypeVar("Dialog", bound=QDialog)


def help_entries(window: QMainWindow, panel: HelpPanel) -> list[Entry]:
    """Return the lines, to be shown in a menu of the window."""
    return [
        Entry("这里怎么填(&F)", panel.open, "F1"),
        Entry("使用说明(&M)", lambda: open_manual(window)),
        Entry("安装与维护(&I)", lambda: open_upkeep(window)),
        Entry("许可与组成(&L)", lambda: open_composition(window)),
        Entry("关于", lambda: widgets.tell(window, about())),
    ]


def about() -> str:
    """What the program is, which version, and what it does not vouch for."""
    return ABOUT.format(version=program_version())


def open_manual(window: QMainWindow) -> QDialog:
    """Open the manual beside the window, or bring it to the front."""
    from ui.manual_dialog import ManualDialog  # noqa: PLC0415  (few ever open it)

    return _beside(window, ManualDialog, lambda: ManualDialog(window))


def open_upkeep(window: QMainWindow) -> QDialog:
    """Open the guide on installing and keeping the program, or bring it to the front."""
    from ui.manual_dialog import UpkeepDialog  # noqa: PLC0415  (few ever open it)

    return _beside(window, UpkeepDialog, lambda: UpkeepDialog(window))


def open_composition(window: QMainWindow) -> QDialog:
    """Open what the program is made of, with all licences, or bring it to the front."""
    from ui.composition_dialog import CompositionDialog  # noqa: PLC0415  (few ever open it)

    return _beside(window, CompositionDialog, lambda: CompositionDialog(window))


def open_rules(window: QMainWindow, settings: Settings) -> QDialog:
    """Open the list of all rules beside the window, or bring it to the front."""
    from ui.rules_dialog import RulesDialog  # noqa: PLC0415  (few ever open it)

    return _beside(window, RulesDialog, lambda: RulesDialog(settings, settings_file(), window))


def _beside(window: QMainWindow, kind: type[Dialog], make: Callable[[], Dialog]) -> Dialog:
    dialog = next((one for one in window.children() if isinstance(one, kind)), None) or make()
    dialog.show()
    dialog.activateWindow()
    return dialog
