"""The part of the self-test that needs Qt: plugins, Chinese, and every step painted."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QEventLoop, QLibraryInfo, QPluginLoader, QTimer
from PySide6.QtGui import QFontDatabase, QIcon, QImage, QImageReader
from PySide6.QtWidgets import QApplication

from app.files import FileError
from app.paths import bundle, examples, icon, resources
from ui.crash import SYSTEM
from ui.main import blank_report, make_application
from ui.window import MainWindow

REFUSED = 2
FEWEST_COLOURS = 16
"""A page that is painted has more: letters alone have as many shades."""
MILLISECONDS = 200
"""For a page to come up, its preview included."""
_AGAIN = "程序可能已损坏，请重新安装。"


def main() -> int:
    """Print one Chinese line for each thing proved; return 0, or 2 with a sentence why not."""
    try:
        for line in window_test():
            print(line, flush=True)
    except FileError as error:
        print(error, file=sys.stderr)
        return REFUSED
    return 0


def window_test() -> Iterator[str]:
    """Yield a line for each thing proved. Raises FileError."""
    application = make_application()
    yield f"{SYSTEM}：插件 {_plugins()} 个，装载正常。"
    _pictures()
    _no_network()
    _chinese(application)
    yield "图标、图片、中文界面、中文字体正常。"
    yield f"窗口：示例报告的 {_painted()} 步都画出来了。"


def _plugins() -> int:
    needed = tomllib.loads((resources() / "selftest.toml").read_text(encoding="utf-8"))
    patterns = [*needed["plugins"]["every"], *needed["plugins"].get(sys.platform, ())]
    if bundle():
        patterns += needed["bundled"].get(sys.platform, ())
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    for pattern in patterns:
        found = sorted(folder.glob(pattern))
        if not found:
            raise FileError(f"缺少 Qt 插件“{pattern.replace('*', '')}”，{_AGAIN}")
        for file in found:
            _load(file)
    return len(patterns)


def _load(plugin: Path) -> None:
    loader = QPluginLoader(str(plugin))
    if not loader.load():
        why = loader.errorString().rpartition(f"{plugin.name}: ")[2]
        raise FileError(f"Qt 插件“{plugin.stem}”装不上（{why}），可能缺少系统库。")


def _pictures() -> None:
    known = {bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()}
    if missing := {"png", "jpeg", "svg"} - known:
        raise FileError(f"不能读 {'、'.join(sorted(missing))} 图片，{_AGAIN}")
    if QIcon(str(icon())).pixmap(32).isNull():
        raise FileError(f"程序图标画不出来，{_AGAIN}")


def _no_network() -> None:
    if bundle() and find_spec("PySide6.QtNetwork"):
        raise FileError("安装包里混进了联网的部件 QtNetwork，不应交付使用。")


def _chinese(application: QApplication) -> None:
    if application.translate("QPlatformTheme", "Cancel") != "取消":
        raise FileError(f"Qt 的中文翻译（qtbase_zh_CN）没有装载，{_AGAIN}")
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        raise FileError(f"没有可用的中文字体，{_AGAIN}")


def _painted() -> int:
    """Show every step of the example and see that something is on it."""
    window = MainWindow(blank_report())
    window.show()
    window.work.desk.copy_of(examples() / "qingshi-2026.json", "自检")
    for row in range(window.rail.count()):
        window.rail.go_to(row)
        _wait()
        if _colours(window.grab().toImage()) < FEWEST_COLOURS:
            raise FileError(f"窗口第 {row + 1} 步没有画出来，{_AGAIN}")
    window.close()
    return window.rail.count()


def _wait() -> None:
    loop = QEventLoop()
    timer = QTimer(loop, singleShot=True, interval=MILLISECONDS)
    timer.timeout.connect(loop.quit)
    timer.start()
    loop.exec()


def _colours(picture: QImage) -> int:
    """How many colours a coarse look at the picture finds."""
    wide, high = picture.width(), picture.height()
    return len({picture.pixel(x, y) for x in range(0, wide, 3) for y in range(0, high, 3)})
