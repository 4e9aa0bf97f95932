"""Web pages, workbooks and text files as others write them; published reports and the office."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.drafts import load
from app.forms import Cell
from app.importing.formats import read_bytes
from app.importing.paper import Line
from app.numbers import show
from app.paths import examples
from tests.importing.reading import SHARED, exported, imported, shown, stated, told

LICENCES = Cell("disclosure", "licences", "decisions")
PAGE = (
    "<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
    "<tr><td>行政许可</td><td>5</td></tr></table>"
)
OFFICE = shutil.which("soffice")


def licences(data: bytes) -> str:
    return show(imported(data).report.cells.get(LICENCES))


def texts(page: str) -> list[str]:
    return [one.text for one in read_bytes(page.encode()).pieces if isinstance(one, Line)]


# ── Web pages ──


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        f"<html><head><title>x</title><style>td{{}}</style></head><body>{PAGE}</body></html>",
        f"<html><head><title>x</title><meta charset=utf-8><body>{PAGE}</html>",
        PAGE.replace("</td>", "").replace("</tr>", ""),
        PAGE.upper().replace("TABLE", "table"),
        f"<table><tr><td>{PAGE}</td><td>右边一栏</td></tr></table>",
        PAGE.replace("<td>5", "<td><p class=MsoNormal><span lang=EN-US>5<o:p></o:p></span></p>"),
        PAGE.replace("<td>5", "<td>&nbsp;５&#32;"),
        PAGE.replace("<tr>", "<tbody><tr>", 1).replace("</table>", "</tbody></table>"),
        PAGE.replace("</table>", '<tr height="0"><td></td><td></td><td></td></tr></table>'),
        PAGE.replace("行政许可", "行政<br>许可<script>9</script><!-- 9 -->"),
        PAGE.replace("<td>5", "<td><span style='display: none'>9</span>5"),
    ],
)
def test_that_a_table_of_a_web_page_is_read_however_it_is_written(page: str) -> None:
    assert licences(page.encode()) == "5"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_that_a_page_is_read_in_every_usual_encoding(encoding: str) -> None:
    page = f'<html><meta charset="gb2312"><body>{PAGE}</body></html>'
    assert licences(page.encode(encoding)) == "5"


def test_that_lines_of_a_page_are_its_paragraphs() -> None:
    page = "<div>一、总体\n情况<p>甲<b>乙</b> 丙<br>丁</p><ul><li>戊</ul>己</div>"
    assert texts(f"<html>{page}") == ["一、总体 情况", "甲乙 丙\n丁", "戊", "己"]


# ── Workbooks ──


def workbook(*rows: tuple[str | float | None, ...], merges: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_that_a_workbook_of_others_is_read() -> None:
    data = workbook(
        ("青石镇2025年政府信息公开工作年度报告",),
        ("第二十条第（五）项",),
        ("信息内容", "本年处理决定数量"),
        ("行政许可", 447228.0, None, None),
        merges=("A1:D1", "A2:D2", "B3:D3", "B4:D4"),
    )
    read = imported(data).report
    assert read.cells == {LICENCES: 447228}
    assert (read.year, read.organ) == (2025, "青石镇")


@pytest.mark.parametrize(
    ("value", "shown_as"), [(8.3, "8.3"), (0.1 + 0.2, "0.3"), (1e3, "1000"), ("1,234", "1234")]
)
def test_that_a_number_is_what_the_cell_shows(value: str | float, shown_as: str) -> None:
    data = workbook(("信息内容", "本年收费金额（单位：万元）"), ("行政事业性收费", value))
    (figure,) = imported(data).report.cells.values()
    assert f"{figure:f}".rstrip("0").rstrip(".") == shown_as.rstrip("0").rstrip(".")


def test_that_a_formula_written_by_a_library_is_told_as_one_without_value() -> None:
    data = workbook(("信息内容", "本年处理决定数量"), ("行政许可", "=1+1"), ("行政处罚", 3))
    read = imported(data)
    assert LICENCES not in read.report.cells
    assert any("有 1 个格是公式" in line for line in read.in_words())


def test_that_a_hidden_sheet_does_not_count() -> None:
    book = Workbook()
    for number, sheet in ((1, book.worksheets[0]), (2, book.create_sheet("旧"))):
        sheet.append(("信息内容", "本年处理决定数量"))
        sheet.append(("行政许可", number))
    book.worksheets[1].sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    assert licences(data.getvalue()) == "1"


# ── Text ──


@pytest.mark.parametrize(
    "text",
    [
        "信息内容\t本年处理决定数量\n行政许可\t5\n",
        "信息内容\t本年处理决定数量\t\t\n行政许可\t5\t\t\n",
        "\t信息内容\n\t本年处理\n决定数量\n\n\t行政许可\n\t5\n\n三、下一部分\n",
    ],
)
def test_that_rows_of_text_are_read_with_tabs_between_or_a_cell_to_a_line(text: str) -> None:
    assert licences(text.encode("gb18030")) == "5"


def test_that_paragraphs_that_begin_with_a_tab_are_no_table() -> None:
    paragraphs = "\t第一段说了这些，\n\t第二段说了那些。\n"
    assert texts(paragraphs) == ["\t第一段说了这些，", "\t第二段说了那些。", ""]


# ── Published reports ──


def seed() -> bytes:
    path = SHARED / "seed" / "duoba-2020.txt"
    if not path.exists():
        pytest.skip("the published seed report lies outside this repository")
    return path.read_bytes()


def test_that_the_published_seed_report_is_read_whole() -> None:
    read = imported(seed())
    facts = json.loads((SHARED / "corpus" / "duoba_2020.json").read_text("utf-8"))
    expected = {at: str(figure).removesuffix("万元") for at, figure in facts["cells"].items()}
    assert {str(cell): show(figure) for cell, figure in read.report.cells.items()} == expected
    assert (read.report.year, read.report.form.version, read.complete) == (2020, "2019", True)
    assert read.report.title == "多巴镇政府信息公开工作年度报告"
    assert read.report.text("problems").startswith("一是制度机制")
    assert read.report.text("other") == "无"


# ── Through the office ──


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our exports of the example, converted by LibreOffice there and back."""
    if OFFICE is None:
        pytest.skip("没有安装 LibreOffice")
    folder = tmp_path_factory.mktemp("office")
    report = load(examples() / "qingshi-2026.json").report
    for name in ("docx", "xlsx", "html"):
        (folder / f"{name}.{name}").write_bytes(exported(report, name))
    for source, kind, into in (
        ("docx.docx", "odt", "."),
        ("docx.odt", "docx", "odt-docx"),
        ("docx.docx", "doc", "."),
        ("docx.doc", "docx", "doc-docx"),
        ("docx.docx", "html", "docx-html"),
        ("xlsx.xlsx", "xlsx", "xlsx-xlsx"),
        ("xlsx.xlsx", "html", "xlsx-html"),
        ("html.html", "odt", "."),
        ("html.odt", "docx", "html-docx"),
    ):
        command = [OFFICE, f"-env:UserInstallation={folder.as_uri()}/profile", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(folder / into), str(folder / source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.parametrize(
    "way",
    [
        "odt-docx/docx.docx",
        "doc-docx/docx.docx",
        "docx-html/docx.html",
        "xlsx-xlsx/xlsx.xlsx",
        "xlsx-html/xlsx.html",
        "html-docx/html.docx",
    ],
)
def test_that_a_report_is_read_whole_after_another_program_saved_it(
    converted: Path, way: str
) -> None:
    report = load(examples() / "qingshi-2026.json").report
    read = imported((converted / way).read_bytes())
    assert stated(read.report) == shown(report)
    assert read.complete
    assert (read.report.year, read.report.organ) == (2026, report.organ)
    if not way.startswith("xlsx"):
        assert told(read.report) == told(report)
        assert read.report.date == report.date
