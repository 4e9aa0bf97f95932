"""Measure what the clerk waits for."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import count, cycle
from pathlib import Path

from app.checks import check
from app.drafts import DraftFile, load
from app.drafts.store import to_bytes
from app.forms import Cell
from app.paths import examples
from app.report import Report
from app.session import Session
from tests.bench.exports import print_exports
from tests.bench.judgement import print_judgement
from tests.bench.start import print_start
from tests.bench.timing import heading, report, timed
from tests.bench.window import print_window

EXAMPLE = examples() / "qingshi-2026.json"


def main() -> int:
    """Print every figure; speed is shown here, never by a test that fails."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    heading()
    _edit()
    _read()
    _save()
    print_start()
    print_window()
    print_exports()
    print_judgement()
    return 0


def _edit() -> None:
    session = Session(load(EXAMPLE).report)
    figures = cycle(["3", "4"])
    cell = Cell("requests", "received", "person")
    ours = timed(lambda: session.type(cell, next(figures)), 500)
    report("改一格：全部总计和规则", ours, None, "≤ 3 ms")
    ours = timed(lambda: check(session.report).findings, 500)
    report("  其中核对一遍", ours, None, "")


def _read() -> None:
    """All rules on 8,000 characters of text and last year's report, none of it seen before."""
    example = load(EXAMPLE).report
    marks = count()

    def fresh() -> Report:
        mark = f"（第{next(marks)}稿）"
        shares = {"preface": 500, "overview": 4800, "problems": 2200, "other": 500}
        texts = {
            part: ((example.text(part) + "\n") * 20)[:size] + mark for part, size in shares.items()
        }
        return replace(example, texts=texts)

    last = replace(fresh(), year=example.year - 1)
    ours = timed(lambda: check(replace(fresh(), previous=last)).findings, 30)
    report("8000 字正文：全部规则", ours, None, "≤ 30 ms")
    session = Session(fresh())
    session.read_texts()
    overview = session.report.text("overview")
    typed = cycle(["一", "二"])
    ours = timed(lambda: session.write("overview", overview + next(typed)), 200)
    report("  其中打一个字（文字规则停笔后才运行）", ours, None, "≤ 3 ms")


def _save() -> None:
    with _folder() as folder:
        session = Session(load(EXAMPLE).report)
        draft = DraftFile(folder / "draft.json")
        data = to_bytes(session.report, 1, datetime.now())
        ours = timed(lambda: draft.save(session.report), 200)
        floor = timed(_bare_save(folder / "floor.json", data), 200)
        report("保存草稿（fsync、备份、读回）", ours, floor, "")
        draft.close()


def _bare_save(path: Path, data: bytes) -> Callable[[], None]:
    def save() -> None:
        fresh = path.with_suffix(".tmp")
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    return save


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


if __name__ == "__main__":
    sys.exit(main())
