"""Reading a file in a process of its own: a hostile file may hang or crash that one, not ours.

It gets 20 seconds; on Linux and macOS also 20 seconds of the processor and 1 GB of memory. Windows
has no such limit on memory for a process that is not made for it, so there only time is limited.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.again import READ_FOR_IMPORT, this_program
from app.drafts import report_from, report_to
from app.drafts.reading import parse
from app.files import FileError, read_whole
from app.importing.formats import LARGEST, read_bytes
from app.importing.result import Imported, TableRead, Wanted, import_paper
from app.paths import resources

SECONDS = 20
MEMORY = 2**30
NO_CONSOLE = 0x08000000
"""What Windows calls CREATE_NO_WINDOW."""
TOO_LONG = f"读这个文件用了 {SECONDS} 秒还没有读完，已经停止。请用 WPS 打开后另存一份再试。"
BROKEN = "文件内容不正常，读不下去。请用 WPS 打开后另存一份再试。"
STOPPED = "已取消，什么都没有读入。"


class Reading:
    """One file being read. `run` blocks; `stop` may be called from another thread."""

    def __init__(self, path: Path, wanted: Wanted) -> None:
        self._path = path
        self._wanted = wanted
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def run(self) -> Imported:
        """Return what was read. Raises FileError, in Chinese."""
        with self._lock:
            if self._stopped:
                raise FileError(STOPPED)
            try:
                self._child = child = _start([str(self._path.absolute()), json.dumps(self._wanted)])
            except OSError as error:
                raise FileError("系统不让启动读取程序，请关闭一些程序后再试。") from error
        with child:
            try:
                said, _ = child.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                raise FileError(f"“{self._path.name}”：{TOO_LONG}") from None
        if self._stopped:
            raise FileError(STOPPED)
        return self._understood(said)

    def stop(self) -> None:
        """Read no further."""
        with self._lock:
            self._stopped = True
            if self._child:
                self._child.kill()

    def _understood(self, said: bytes) -> Imported:
        try:
            answer = parse(said.decode())
            if sentence := answer.get("refused"):
                raise FileError(sentence)
            return _from_json(answer)
        except FileError:
            raise
        except Exception as error:
            raise FileError(f"“{self._path.name}”没有读入：{BROKEN}") from error


def read_file(path: Path, wanted: Wanted) -> Imported:
    """Read a report from a file of any format. Raises FileError, in Chinese."""
    return Reading(path, wanted).run()


def main(arguments: Sequence[str]) -> int:
    """Read a file within limits and print the answer for `Reading`."""
    _limit()
    path, wanted = Path(arguments[0]), Wanted(*json.loads(arguments[1]))
    try:
        answer = _answer(path, read_whole(path, LARGEST), wanted)
    except FileError as error:
        answer = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()
    return 0


def _answer(path: Path, data: bytes, wanted: Wanted) -> dict[str, Any]:
    try:
        return _to_json(import_paper(read_bytes(data), wanted))
    except FileError as error:
        return {"refused": f"“{path.name}”没有读入：{error}"}
    except (MemoryError, RecursionError):
        return {"refused": f"“{path.name}”没有读入：{BROKEN}"}


def _start(arguments: list[str]) -> subprocess.Popen[bytes]:
    quiet: Any = {"creationflags": NO_CONSOLE} if sys.platform == "win32" else {}
    return subprocess.Popen(  # noqa: S603 -- our own program
        [*this_program(), READ_FOR_IMPORT, *arguments],
        cwd=resources().parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        **quiet,
    )


def _limit() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 -- there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _to_json(imported: Imported) -> dict[str, Any]:
    return {
        "report": report_to(imported.report),
        "tables": [asdict(table) for table in imported.tables],
        "notices": imported.notices,
    }


def _from_json(answer: dict[str, Any]) -> Imported:
    tables = tuple(map(_table_from, answer["tables"]))
    return Imported(report_from(answer["report"]), tables, tuple(answer["notices"]))


def _table_from(values: dict[str, Any]) -> TableRead:
    unlisted: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
    return TableRead(**unlisted)
