"""Start the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.faults import fault_of
from app.forms import FormError, form_for_year, newest_form
from app.paths import portable_trouble
from app.report import Report
from app.running import Ended, Running, ended_badly
from ui import theme, widgets
from ui.county import county_settings
from ui.crash import SYSTEM, note
from ui.identity import PROGRAM, PROGRAM_ID, introduce, show_icon
from ui.later import soon
from ui.recovery import ask_after_crash, guard_of, tell_cannot_start
from ui.room import show_whole
from ui.window import MainWindow

LAST_MONTH_OF_REPORTING = 6
REFUSED = 2


def main(arguments: Sequence[str] = ()) -> int:
    """Open the wizard, on a draft where one is named; return the exit code when it is closed."""
    if not _has_display():
        print(
            "没有图形界面，不能打开窗口；可以用 gongkai check 核对、gongkai export 导出。",
            file=sys.stderr,
        )
        return REFUSED
    application = make_application()
    ended, running = ended_badly(), Running()
    try:
        window, trouble = _window()
    except FormError as error:
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415  (slow to load)

        sentence = f"报告格式文件有误，请重新安装程序：\n{error}"
        QMessageBox(QMessageBox.Icon.Critical, PROGRAM, sentence).exec()
        running.end()
        return REFUSED
    except Exception as error:
        fault = fault_of(type(error), error, error.__traceback__, system=SYSTEM)
        note(fault.report)
        tell_cannot_start(fault.report)
        running.end()
        return REFUSED
    guard = guard_of(window, lambda: _end(window, application))
    guard.install(running.fault_log)
    window.bridge.opened.connect(lambda: running.work_on(window.bridge.path))
    window.furnished.connect(lambda: _furnish(window, application, running))
    application.commitDataRequest.connect(lambda: _leave_to_system(window, running))
    show_whole(window)
    _begin(window, trouble, arguments, ended)
    code = application.exec()
    guard.remove()
    running.end()
    return code


def _window() -> tuple[MainWindow, str]:
    settings, trouble = county_settings()
    return MainWindow(blank_report(), settings), trouble


def _begin(
    window: MainWindow, trouble: str, arguments: Sequence[str], ended: Sequence[Ended]
) -> None:
    """Say and ask what there is to say and ask, as soon as the window is there."""
    if told := "\n\n".join(filter(None, (portable_trouble(), trouble))):
        soon(window, lambda: widgets.tell(window, told))
    if arguments:
        window.open_draft(Path(arguments[0]).absolute())
    if ended:
        soon(window, lambda: ask_after_crash(window, ended))


def _furnish(window: MainWindow, application: QApplication, running: Running) -> None:
    """Do what can wait until the window is there, or is made to open a draft."""
    from ui.signals import close_on_signals  # noqa: PLC0415  (the first paint need not wait)

    window.work.autosave.saved.connect(lambda: running.work_on(window.bridge.path))
    close_on_signals(window, lambda: _end(window, application))
    show_icon(application)
    # What the start has made stays; there will never be garbage to look for among it.
    gc.freeze()
    gc.enable()


def _leave_to_system(window: MainWindow, running: Running) -> None:
    """Save before the system ends the session; that it ends the program then is no accident."""
    window.save()
    running.end()


def make_application() -> QApplication:
    """Return the application: Chinese, and in its colours.

    Its first window puts on the style sheet.
    """
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    application = QApplication([PROGRAM_ID, "-style", "Fusion"])
    introduce(application)
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        application.installTranslator(translator)
    theme.tint(application)
    follow_system(application)
    return application


def follow_system(application: QApplication) -> None:
    """Turn light or dark with the system while the program runs."""
    application.styleHints().colorSchemeChanged.connect(lambda: theme.dress(application))


def _end(window: MainWindow, application: QApplication) -> None:
    """Save and leave without a question, even while a dialog waits for an answer."""
    try:
        window.end()
    finally:
        application.exit()


def _has_display() -> bool:
    chosen = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in chosen)


def blank_report() -> Report:
    """A report to begin with: on the year that is reported on these days."""
    today = date.today()
    year = today.year - (today.month <= LAST_MONTH_OF_REPORTING)
    return Report(form_for_year(year) or newest_form(), year)
