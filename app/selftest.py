"""What the installed program runs to prove itself: forms, checks, exports, fonts, its window."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.again import WINDOW_TEST, this_program
from app.checks import Checked, check
from app.drafts import DraftFile, load
from app.export import FORMATS, export
from app.export.document import document_of
from app.files import FileError
from app.forms import Form, all_forms
from app.paths import examples, resources
from app.readback import lost
from app.report import Report
from app.session import Session
from app.totals import compute
from app.version import program_version

EXAMPLE = "qingshi-2026.json"
PATIENCE = 600
"""Seconds the window may take: an emulated processor is slow."""
_AGAIN = "程序可能已损坏，请重新安装。"


def self_test(folder: Path) -> Iterator[str]:
    """Yield one Chinese line for each thing proved. Raises FileError where one is not."""
    yield f"公开年报 {program_version()}，Python {sys.version.split()[0]}。"
    for form in all_forms():
        session = _filled(form)
        yield f"{form.name}：{len(form.fields)} 格，{len(form.equations)} 条关系，全部成立。"
        opened = _saved_and_opened(session.report, folder / f"{form.version}.json")
        yield f"{form.name}：草稿保存后读回，完全一致。"
        yield from _exported(check(opened), folder / form.version, form.name)
    yield from _exported(check(load(examples() / EXAMPLE).report), folder / "example", "示例报告")
    yield _imported(folder / "example")
    yield _fonts()
    yield from _window(folder)
    yield "自检通过。"


def _filled(form: Form) -> Session:
    session = Session(Report(form, form.first_year, "自检镇人民政府"))
    session.fill({one.cell: "0" for one in form.typed()}, "全部填 0")
    for section in form.text_sections:
        session.write(section.id, "自检。")
    session.read_texts()
    if not session.checked.clean or session.checked.blank:
        raise FileError(f"{form.name}：全部填 0 后仍有问题，{_AGAIN}")
    return session


def _saved_and_opened(report: Report, path: Path) -> Report:
    file = DraftFile(path)
    file.save(report)
    file.close()
    opened = load(path)
    if replace(opened.report, extra={}) != replace(report, extra={}) or opened.notices:
        raise FileError(f"草稿保存后读回不一致，{_AGAIN}")
    return opened.report


def _exported(checked: Checked, folder: Path, name: str) -> Iterator[str]:
    document = document_of(checked)
    for format_name, written in zip(FORMATS, export(checked, folder, FORMATS), strict=True):
        data = written.path.read_bytes()
        if missing := lost(document, format_name, data):
            what = f"{name}：导出的 {format_name} 里少了“{missing[0][:20]}”"
            raise FileError(f"{what}等 {len(missing)} 处，{_AGAIN}")
        yield f"{name}：导出 {format_name}，{len(data) // 1024} KB，读回一处不缺。"


def _imported(folder: Path) -> str:
    """A process of its own reads reports of other programs; that it starts and ends is proved."""
    from app.importing import Wanted, read_file  # noqa: PLC0415 -- the other commands do without

    report = load(examples() / EXAMPLE).report
    imported = read_file(next(folder.glob("*.docx")), Wanted())
    computed = compute(report.form, report.cells).computed
    wanted = {cell: one.number for cell, one in computed.items()} | dict(report.cells)
    if dict(imported.report.cells) != wanted:
        raise FileError(f"导出的 docx 当作上年报告读入，与原来不一致，{_AGAIN}")
    return f"示例报告：导出的 docx 当作上年报告读入，{len(wanted)} 格一格不差。"


def _fonts() -> str:
    """The fonts are those the program was made with, to the last byte."""
    folder = resources() / "fonts"
    sums = (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    for wanted, _, name in (line.partition("  ") for line in sums):
        file = folder / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            raise FileError(f"字体文件“{name}”缺失或被改动，{_AGAIN}")
    return f"字体：{len(sums)} 个，与制作时完全相同。"


def _window(folder: Path) -> Iterator[str]:
    """Run the window's part; where Qt ends it without a word, that is no word of this program."""
    home = {"GONGKAI_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    try:
        ended = subprocess.run(  # noqa: S603  (this very program)
            [*this_program(), *WINDOW_TEST],
            cwd=resources().parent,
            env={**os.environ, **home},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FileError(f"窗口没有打开，{_AGAIN}") from error
    yield from ended.stdout.splitlines()
    if ended.returncode:
        told = [line for line in ended.stderr.splitlines() if line][-1:]
        raise FileError(f"窗口没有通过自检：{''.join(told)}")
