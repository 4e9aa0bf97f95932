"""How long until the window is first painted, beside a bare QWidget started in the same way."""

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
RUNS = 9
FIRST_PAINT = """
import sys
sys.path[:0] = {path!r}
from PySide6 import QtWidgets
def done():
    print((time.time() - BEGIN) * 1000, flush=True)
    import os
    os._exit(0)
class Watch(QtWidgets.{kind}):
    def paintEvent(self, event):
        super().paintEvent(event)
        {painted}
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
application = QtWidgets.QApplication(sys.argv)
window = Watch()
window.show()
application.exec()
""",
)
OURS = Start(
    "QMainWindow",
    """
QtWidgets.QMainWindow = Watch
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

    def start(self, what: Start) -> float:
        """Milliseconds until a window is painted, or has all that belongs to it."""
        return started(self.python, FIRST_PAINT.format(path=list(self.path), **what._asdict()))


def print_start() -> None:
    """Print the first paint of the source tree and, where it is built, of the bundle."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["GONGKAI_HOME"] = home
        for copy in filter(None, (_source(), _bundle())):
            _print(f"{copy.name}：第一次画出，热", copy, lambda: None)
            if sys.platform == "linux":
                _print(f"{copy.name}：第一次画出，冷", copy, partial(_forget, copy))


def _print(name: str, copy: Copy, before: Callable[[], None]) -> None:
    """Bare and ours in turn, so that all meet the same weather."""
    times: dict[Start, list[float]] = {BARE: [], OURS: [], FURNISHED: []}
    copy.start(OURS)
    for _ in range(RUNS):
        for what, taken in times.items():
            before()
            taken.append(copy.start(what))
    bare, ours, whole = (Timing(median(taken), max(taken)) for taken in times.values())
    report(f"{name}（空 QWidget 为底）", ours, bare, "≤ 1.8×")
    report("　菜单、各栏和核对也都就绪", whole, bare, "")


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
    return Copy("安装包", (python, "-I", "-S", "-X", "utf8"), path, (BUNDLE,))


def _forget(copy: Copy) -> None:
    """Have the system drop from memory what it has read of a copy, as after it was switched on.

    What other programs have mapped just now stays.
    """
    if sys.platform == "linux":
        for file in (one for folder in copy.folders for one in folder.rglob("*") if one.is_file()):
            handle = os.open(file, os.O_RDONLY)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)
