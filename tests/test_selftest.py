"""The self-test finds what is broken; that all is well is tried by the command itself."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app import again, paths, selftest
from app.checks import check
from app.drafts import load
from app.export import FORMATS, export
from app.export.document import document_of
from app.files import FileError
from app.forms import Cell
from app.paths import examples
from app.readback import lost

EXAMPLE = load(examples() / "qingshi-2026.json").report
CELL = Cell("requests", "received", "person")


@pytest.mark.parametrize("name", FORMATS)
def test_that_a_file_of_the_same_report_lacks_nothing(name: str) -> None:
    document = document_of(check(EXAMPLE))
    assert lost(document, name, FORMATS[name].render(document)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_that_a_figure_that_was_not_written_is_missed(name: str) -> None:
    other = replace(EXAMPLE, cells={**EXAMPLE.cells, CELL: 987654})
    data = FORMATS[name].render(document_of(check(EXAMPLE)))
    assert "987654" in lost(document_of(check(other)), name, data)


@pytest.mark.parametrize("name", ["pdf", "docx", "html"])
def test_that_a_sentence_that_was_not_written_is_missed(name: str) -> None:
    other = replace(EXAMPLE, texts={**EXAMPLE.texts, "other": "这一句没有写进文件。"})
    data = FORMATS[name].render(document_of(check(EXAMPLE)))
    assert "这一句没有写进文件。" in lost(document_of(check(other)), name, data)


def test_that_a_hyphen_at_the_end_of_a_line_is_no_loss() -> None:
    words = "".join(f"{'一' * (number % 7)}win-x64-" for number in range(40)) + "。"
    document = document_of(check(replace(EXAMPLE, texts={**EXAMPLE.texts, "other": words})))
    assert lost(document, "pdf", FORMATS["pdf"].render(document)) == []


@pytest.mark.parametrize("content", [b"changed", None])
def test_that_a_font_that_is_changed_or_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "SHA256SUMS").write_text(f"{'0' * 64}  song.ttf\n")
    if content is not None:
        (tmp_path / "fonts" / "song.ttf").write_bytes(content)
    monkeypatch.setattr(selftest, "resources", lambda: tmp_path)
    with pytest.raises(FileError, match=r"“song\.ttf”缺失或被改动"):
        selftest._fonts()


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        ("print('好'); sys.exit('缺少 Qt 插件')", "窗口没有通过自检：缺少 Qt 插件"),
        ("print('好', flush=True); import os; os.abort()", "窗口没有通过自检："),
    ],
)
def test_that_a_window_that_fails_is_told_after_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, told: str
) -> None:
    program = [sys.executable, "-X", "utf8", "-c", f"import sys; {ending}"]
    monkeypatch.setattr(selftest, "this_program", lambda: program)
    lines = selftest._window(tmp_path)
    assert next(lines) == "好"
    with pytest.raises(FileError, match=told):
        next(lines)


def test_that_a_program_that_cannot_be_started_again_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest, "this_program", lambda: [str(tmp_path / "gone")])
    with pytest.raises(FileError, match="窗口没有打开"):
        next(selftest._window(tmp_path))


def test_that_a_bundle_starts_itself_as_its_launcher_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("runtime", "lib", "program"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(paths, "_program", lambda: tmp_path / "program")
    monkeypatch.setattr(again, "resources", lambda: tmp_path / "program" / "resources")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "runtime" / "bin" / "python3"))
    start = str(tmp_path / "program" / "start.py")
    assert again.this_program() == [sys.executable, "-I", "-S", "-X", "utf8", start]
    monkeypatch.setattr(sys, "executable", str(tmp_path / "公开年报.exe"))
    assert again.this_program() == [sys.executable]


def test_that_a_report_read_back_otherwise_than_it_was_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    report = load(examples() / selftest.EXAMPLE).report
    report = report.with_cells({Cell("requests", "received", "person"): 99})
    list(export(check(report), folder, ["docx"]))
    with pytest.raises(FileError, match="当作上年报告读入，与原来不一致"):
        selftest._imported(folder)
