"""What a clerk waits for in the window: a key, a step, a draft; each until it is painted."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.drafts import DraftFile, load
from app.forms import Cell
from app.paths import examples
from tests.bench.timing import Timing, report
from tests.reports import all_zeros
from ui.main import blank_report, make_application
from ui.window import MainWindow

KEYS = 500
CELL = Cell("requests", "received", "person")
Key = Qt.Key


class Painted(QObject):
    """Notes when a widget has been painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count paintings."""
        self.times += event.type() == QEvent.Type.Paint
        return False


def print_window() -> None:
    """Print each figure beside its goal: the form is full, all rules are on, every page is made."""
    with _home() as folder, _window(folder) as window:
        window.open_draft(_full(folder / "a.json"))
        first, later = _steps(window)
        report("换一步到画出：第一次打开", first, None, "≤ 100 ms")
        report("换一步到画出：再次打开", later, None, "≤ 100 ms")
        for panel, words in (
            (window.work.findings, "“问题”在前"),
            (window.work.help, "“填写说明”在前"),
        ):
            panel.raise_()
            for what, timing in _typed(window).items():
                report(f"按键到画出：{what}，{words}", timing, None, "≤ 8 / 33 ms")
        _print_writing(window, folder)
        for what, timing in _many(window).items():
            report(f"很多格到画出：{what}", timing, None, "≤ 100 ms")
        report("打开草稿到画出", _opened(window, folder), None, "≤ 150 ms")


def _typed(window: MainWindow) -> dict[str, Timing]:
    """A figure is typed and entered, again and again, in the cell that most rules look at."""
    window.rail.open(CELL.table)
    page: Any = window.work.page(CELL.table)
    painted = Painted(page.view.viewport())
    times: dict[str, list[float]] = {"数字": [], "回车": [], "方向键": []}
    for figure in _figures(KEYS):
        page.view.go_to(CELL)
        _settle()
        for what, key in (("数字", figure), ("回车", Key.Key_Return), ("方向键", Key.Key_Right)):
            target: Any = QApplication.focusWidget()
            times[what].append(_until_painted(partial(_press, target, key), painted))
    return {what: _of(one) for what, one in times.items()}


def _print_writing(window: MainWindow, folder: Path) -> None:
    """A key in the longest text of 8,000 characters; then the pause in which all of it is read."""
    window.open_draft(_full(folder / "long.json", _long_texts()))
    window.rail.open("overview")
    page: Any = window.work.page("overview")
    page.editor.moveCursor(QTextCursor.MoveOperation.End)
    painted = Painted(page.editor.viewport())
    typed, read = [], []
    for at in range(KEYS):
        _settle()
        typed.append(_until_painted(partial(QTest.keyClicks, page.editor, "37"[at % 2]), painted))
        if at % 10 == 9:
            read.append(_until_done(window.bridge.read_texts))
    report("8000 字正文：按键到画出", _of(typed), None, "≤ 8 / 33 ms")
    report("  停笔以后：全部规则、有变化的都画出", _of(read), None, "≤ 50 ms")


def _many(window: MainWindow) -> dict[str, Timing]:
    """Whole tables at a time: pasted, cleared, filled with zeros, and each taken back."""
    page: Any = window.work.page(CELL.table)
    window.rail.open(CELL.table)
    view = page.view
    painted = Painted(view.viewport())
    view.selectAll()
    view.sheet.copy()
    times: dict[str, list[float]] = {}
    for _ in range(20):
        for what, do in (
            ("清除", view.sheet.clear),
            ("其余填 0", page.fill_zeros),
            ("撤销填 0", window.work.undoing.undo),
            ("粘贴整张表", view.sheet.paste),
            ("撤销粘贴", window.work.undoing.undo),
            ("撤销清除", window.work.undoing.undo),
        ):
            _settle()
            times.setdefault(what, []).append(_until_painted(do, painted))
    return {what: _of(one) for what, one in times.items()}


def _of(times: list[float]) -> Timing:
    return Timing(median(times), max(times))


def _figures(count: int) -> Iterator[str]:
    return (figure for _, figure in zip(range(count), cycle("3456789"), strict=False))


def _press(target: QWidget, key: Qt.Key | str) -> None:
    if isinstance(key, str):
        QTest.keyClicks(target, key)
    else:
        QTest.keyClick(target, key)


def _until_painted(do: Callable[[], object], painted: Painted) -> float:
    before, begin = painted.times, time.perf_counter()
    do()
    while painted.times == before:
        QApplication.processEvents()
    return (time.perf_counter() - begin) * 1000


def _until_done(do: Callable[[], object]) -> float:
    """Until whatever it changes is painted; not every change is seen where one happens to look."""
    begin = time.perf_counter()
    do()
    QApplication.processEvents()
    return (time.perf_counter() - begin) * 1000


def _steps(window: MainWindow) -> tuple[Timing, Timing]:
    """Every step once as it is made, then many times as it is there already."""
    window.rail.go_to(0)
    first = [_step(window, row) for row in range(1, window.rail.count())]
    later = [_step(window, row) for _ in range(10) for row in range(window.rail.count())]
    return _of(first), _of(later)


def _step(window: MainWindow, row: int) -> float:
    _settle()
    return _until_done(partial(window.rail.go_to, row))


def _opened(window: MainWindow, folder: Path) -> Timing:
    paths = [_full(folder / f"{name}.json") for name in "bc"]
    times = []
    for _, path in zip(range(20), cycle(paths), strict=False):
        _settle()
        times.append(_until_done(partial(window.open_draft, path)))
    return _of(times)


def _long_texts() -> dict[str, str]:
    """8,000 characters of the example's own words."""
    example = load(examples() / "qingshi-2026.json").report
    shares = {"preface": 500, "overview": 4800, "problems": 2200, "other": 500}
    return {part: ((example.text(part) + "\n") * 20)[:size] for part, size in shares.items()}


def _full(path: Path, texts: Mapping[str, str] | None = None) -> Path:
    """The example, every cell filled and every text written, with last year's report inside."""
    example = load(examples() / "qingshi-2026.json").report
    example = replace(example, texts=texts or example.texts)
    draft = DraftFile(path)
    draft.save(replace(example, previous=all_zeros("2021", 2025)))
    draft.close()
    return path


def _settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


@contextmanager
def _window(_folder: Path) -> Iterator[MainWindow]:
    running: Any = QApplication.instance()
    application = running or make_application()
    window = MainWindow(blank_report())
    window.resize(1366, 728)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    yield window
    window.close()
    application.processEvents()


@contextmanager
def _home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        os.environ["GONGKAI_HOME"] = name
        yield Path(name)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print_window()
