"""How long until the window is first painted, beside a bare QWidget started in the same way.

The program starts by its own main, which loads Qt only then; its window is watched from there on.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.timing import Timing, report, started

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "build" / "bundles" / "linux-x64"
WARM, COLD = 45, 15
"""Starts of each kind: half a minute or so for each line, for the machine to have calm moments."""
FIRST_PAINT = """
import sys
sys.path[:0] = {path!r}
def done():
    print((time.time() - BEGIN) * 1000, flush=True)
    import os
    os._exit(0)
def watch():
    from PySide6 import QtWidgets
    class Watch(QtWidgets.{kind}):
        def paintEvent(self, event):
            super().paintEvent(event)
            {painted}
    QtWidgets.{kind} = Watch
    return QtWidgets
{start}
"""


class Start(NamedTuple):
    """What is painted first, how it comes to be, and what is done then."""

    kind: str
    start: str
    painted: str = "done()"


BARE = Start(
    "QWidget",
    """
QtWidgets = watch()
application = QtWidgets.QApplication(sys.argv)
window = QtWidgets.QWidget()
window.show()
application.exec()
""",
)
OURS = Start(
    "QMainWindow",
    """
import runpy
run_module = runpy.run_module
def open_window(name):
    watch()
    return run_module(name)
runpy.run_module = open_window
from app.__main__ import main
main([])
""",
)
FURNISHED = OURS._replace(painted="self.furnished.connect(done)")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the program: how its Python is started, and where its modules are."""

    name: str
    python: tuple[str | Path, ...]
    path: tuple[str, ...]
    folders: tuple[Path, ...]
    """All it reads, for it to be forgotten by the system."""
    goal: str = ""
    """How many times a bare widget's first paint its own may take."""

    def start(self, what: Start) -> float:
        """Milliseconds until a window is painted, or has all that belongs to it."""
        return started(self.python, FIRST_PAINT.format(path=list(self.path), **what._asdict()))


def print_start() -> None:
    """Print the first paint of the source tree and, where it is built, of the bundle."""
    print("\n开始运行到第一次画出：最快三分之一的中位数，和最慢的一次")
    with tempfile.TemporaryDirectory() as home:
        os.environ["GONGKAI_HOME"] = home
        for copy in filter(None, (_source(), _bundle())):
            _print(f"{copy.name}：第一次画出，热", copy, WARM, lambda: None)
            if sys.platform == "linux":
                _print(f"{copy.name}：第一次画出，冷", copy, COLD, partial(_forget, copy))


def _print(name: str, copy: Copy, runs: int, before: Callable[[], None]) -> None:
    """Bare and ours in turn, so that all meet the same weather."""
    times: dict[Start, list[float]] = {BARE: [], OURS: [], FURNISHED: []}
    copy.start(OURS)
    for _ in range(runs):
        for what, taken in times.items():
            before()
            taken.append(copy.start(what))
    bare, ours, whole = (Timing(_undisturbed(taken), max(taken)) for taken in times.values())
    report(f"{name}（空 QWidget 为底）", ours, bare, copy.goal)
    report("　菜单、各栏和核对也都就绪", whole, bare, "")


def _undisturbed(taken: list[float]) -> float:
    """The median of the fastest third: what else the machine does makes a start slower, only."""
    return median(sorted(taken)[: len(taken) // 3])


def _source() -> Copy:
    paths = sysconfig.get_paths()
    folders = (ROOT / "app", ROOT / "ui", ROOT / "resources", *map(Path, set(paths.values())))
    return Copy("源代码", (sys.executable,), (str(ROOT),), folders)


def _bundle() -> Copy | None:
    """The bundle of this system, started with the flags its launcher gives."""
    python = BUNDLE / "runtime" / "bin" / "python3"
    if not python.exists():
        return None
    path = (str(BUNDLE / "program"), str(BUNDLE / "lib"))
    return Copy("安装包", (python, "-I", "-S", "-X", "utf8"), path, (BUNDLE,), goal="≤ 1.8×")


def _forget(copy: Copy) -> None:
    """Have the system drop from memory what it has read of a copy, as after it was switched on.

    What other programs have mapped just now stays.
    """
    if sys.platform == "linux":
        for file in (one for folder in copy.folders for one in folder.rglob("*") if one.is_file()):
            handle = os.open(file, os.O_RDONLY)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)
