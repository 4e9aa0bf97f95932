"""Measure the exports beside what others would take instead on the same content."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from app.checks import check
from app.drafts import load
from app.export import FORMATS
from app.export.document import Document, TableContent, document_of
from app.paths import examples, resources
from tests.bench.timing import Timing, report, timed, timed_process

EXAMPLE = examples() / "qingshi-2026.json"
COLD, WARM = 7, 20
RENDER = """
from app.checks import check
from app.drafts import load
from app.export import FORMATS
from app.export.document import document_of
from pathlib import Path
FORMATS[{name!r}].render(document_of(check(load(Path({path!r})).report)))
print((time.time() - BEGIN) * 1000)
"""
BARE_PYTHON = "print((time.time() - BEGIN) * 1000)"
FLOORS = {
    "pdf": """
import io
from reportlab.pdfgen.canvas import Canvas
page = Canvas(io.BytesIO())
page.drawString(100, 100, "x")
page.save()
print((time.time() - BEGIN) * 1000)
""",
    "xlsx": """
import io
from openpyxl import Workbook
book = Workbook()
for row in range(60):
    book.active.append([row] * 10)
book.save(io.BytesIO())
print((time.time() - BEGIN) * 1000)
""",
    "docx": """
import io
from docx import Document
paper = Document()
for row in range(60):
    paper.add_paragraph("x" * 100)
paper.add_table(27, 10)
paper.save(io.BytesIO())
print((time.time() - BEGIN) * 1000)
""",
    "html": BARE_PYTHON,
}
GOALS = {"pdf": ("≤ 250 ms", "≤ 50 ms"), "xlsx": ("", "≤ 100 ms"), "docx": ("", "≤ 150 ms")}
TYPST = "import typst; typst.compile({source!r}, font_paths=[{fonts!r}]); " + BARE_PYTHON


def print_exports() -> None:
    """Print cold and warm times of every format, its floor, and the other engines for a PDF."""
    document = document_of(check(load(EXAMPLE).report))
    report("空 Python 启动", timed_process(BARE_PYTHON, COLD), None, "")
    colds = {name: _format(name, document) for name in FORMATS}
    with tempfile.TemporaryDirectory() as folder:
        _other_engines(document, Path(folder), colds["pdf"])
    _hundred_reports()


def _format(name: str, document: Document) -> Timing:
    one, (cold_goal, warm_goal) = FORMATS[name], GOALS.get(name, ("", ""))
    cold = timed_process(RENDER.format(name=name, path=str(EXAMPLE)), COLD)
    report(f"{one.chinese}，冷启动", cold, timed_process(FLOORS[name], COLD), cold_goal)
    report(f"{one.chinese}，再次", timed(lambda: one.render(document), WARM), None, warm_goal)
    return cold


def _other_engines(document: Document, folder: Path, ours: Timing) -> None:
    """The same content through typst and LibreOffice; the ratio is theirs to our cold PDF."""
    if find_spec("typst"):
        source, fonts = folder / "report.typ", str(resources() / "fonts")
        source.write_text(as_typst(document), encoding="utf-8")
        code = TYPST.format(source=str(source), fonts=fonts)
        report("  同样内容：typst，冷启动", timed_process(code, COLD), ours, "")
    if office := shutil.which("soffice"):
        word = folder / "report.docx"
        word.write_bytes(FORMATS["docx"].render(document))
        report("  同样内容：LibreOffice，冷启动", _libreoffice(office, word), ours, "≥ 6×")
    else:
        print("  没有 LibreOffice，不能并排比较。")


def _libreoffice(office: str, word: Path) -> Timing:
    profile = f"-env:UserInstallation=file://{word.parent}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir"]
    command += [str(word.parent), str(word)]

    def convert() -> None:
        subprocess.run(command, check=True, capture_output=True)

    return timed(convert, 3)


def as_typst(document: Document) -> str:
    """The report in typst's language: page, fonts, headings, paragraphs and tables like ours."""
    lines = [
        '#set page(paper: "a4", margin: (left: 28mm, right: 26mm, top: 37mm, bottom: 35mm))',
        '#set text(font: ("Gongkai FangSong", "Gongkai Song"), size: 15.75pt, lang: "zh")',
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 13pt)",
        f"#align(center, text(size: 22pt, {_quoted(document.title)}))",
    ]
    for part in document.parts:
        lines.append(f"#par({_quoted(part.heading)})")
        lines += [f"#par({_quoted(one.text)})" for one in part.paragraphs]
        if part.table:
            lines.append(_typst_table(part.table))
    return "\n\n".join(lines)


def _typst_table(table: TableContent) -> str:
    cells = [
        f"table.cell(x: {one.box.column}, y: {one.box.row}, rowspan: {one.box.rows}, "
        f"colspan: {one.box.columns}, text(size: 9pt, {_quoted(one.text)})),"
        for one in table.contents
    ]
    return f"#table(columns: (1fr,) * {table.grid.columns},\n" + "\n".join(cells) + "\n)"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _hundred_reports() -> None:
    """A hundred different reports in every format: CPU seconds, and how much memory grows."""
    example = load(EXAMPLE).report
    _all_formats(document_of(check(example)))
    before, begin = _memory(), time.process_time()
    for number in range(100):
        text = f"{example.text('overview')}\n第 {number} 份。"
        _all_formats(document_of(check(replace(example.with_text("overview", text)))))
    seconds, grown = time.process_time() - begin, _memory() - before
    names = "、".join(FORMATS)
    print(f"100 份报告，{names}：{seconds:.1f} 秒 CPU（≤ 30）；内存增加 {grown:.1f} MB")


def _all_formats(document: Document) -> None:
    for one in FORMATS.values():
        one.render(document)


def _memory() -> float:
    """The most memory this process has held so far, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415 - Windows has no such module

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
