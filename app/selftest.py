"""What the installed program runs to prove itself: forms, filling, checks, exports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.checks import check
from app.drafts import DraftFile, load
from app.export import FORMATS, export
from app.files import FileError
from app.forms import Form, all_forms
from app.report import Report
from app.session import Session


def self_test(folder: Path) -> Iterator[str]:
    """Yield one Chinese line for each thing proved. Raises FileError where one is not."""
    for form in all_forms():
        session = _filled(form)
        yield f"{form.name}：{len(form.fields)} 格，{len(form.equations)} 条关系，全部成立。"
        opened = _saved_and_opened(session.report, folder / f"{form.version}.json")
        yield f"{form.name}：草稿保存后读回，完全一致。"
        for path in (one.path for one in export(check(opened), folder, FORMATS)):
            yield f"{form.name}：导出 {path.suffix[1:]}，{path.stat().st_size // 1024} KB。"
    yield "自检通过。"


def _filled(form: Form) -> Session:
    session = Session(Report(form, form.first_year, "自检镇人民政府"))
    session.fill({one.cell: "0" for one in form.typed()}, "全部填 0")
    for section in form.text_sections:
        session.write(section.id, "自检。")
    session.read_texts()
    if not session.checked.clean or session.checked.blank:
        raise FileError(f"{form.name}：全部填 0 后仍有问题，程序可能已损坏，请重新安装。")
    return session


def _saved_and_opened(report: Report, path: Path) -> Report:
    file = DraftFile(path)
    file.save(report)
    file.close()
    opened = load(path)
    if replace(opened.report, extra={}) != replace(report, extra={}) or opened.notices:
        raise FileError("草稿保存后读回不一致，程序可能已损坏，请重新安装。")
    return opened.report
