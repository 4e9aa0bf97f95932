"""Start the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from app.forms import FormError, all_forms, form_for_year
from app.report import Report
from ui import theme, widgets
from ui.county import county_settings
from ui.crash import CrashGuard
from ui.signals import close_on_signals
from ui.window import PROGRAM, MainWindow

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
    try:
        settings, trouble = county_settings()
        window = MainWindow(blank_report(), settings)
    except FormError as error:
        sentence = f"报告格式文件有误，请重新安装程序：\n{error}"
        QMessageBox(QMessageBox.Icon.Critical, PROGRAM, sentence).exec()
        return REFUSED
    guard = CrashGuard(window.autosave.save_now, lambda text: widgets.tell(window, text))
    guard.install()
    close_on_signals(window, lambda: _end(window, application))
    application.commitDataRequest.connect(window.save)
    window.show()
    if trouble:
        QTimer.singleShot(0, window, lambda: widgets.tell(window, trouble))
    if arguments:
        window.open_draft(Path(arguments[0]).absolute())
    return application.exec()


def make_application() -> QApplication:
    """Return the application: Chinese, dressed, and sharp at any scaling."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    rounding = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(rounding)
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName(PROGRAM)
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        application.installTranslator(translator)
    theme.dress(application)
    return application


def _end(window: MainWindow, application: QApplication) -> None:
    """Save and leave without a question, even while a dialog waits for an answer."""
    window.save()
    window.autosave.finish()
    window.bridge.release()
    application.exit()


def _has_display() -> bool:
    chosen = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in chosen)


def blank_report() -> Report:
    """A report to begin with: on the year that is reported on these days."""
    today = date.today()
    year = today.year - (today.month <= LAST_MONTH_OF_REPORTING)
    return Report(form_for_year(year) or all_forms()[-1], year)
