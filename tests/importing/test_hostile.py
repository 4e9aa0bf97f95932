"""Files that mean harm, or are broken: one Chinese sentence, and the program goes on."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from app.commands import run
from app.files import FileError
from app.importing import Reading, Wanted, child, read_file
from app.importing.formats import read_bytes
from app.importing.result import import_paper
from tests.importing.reading import exported
from tests.importing.word_file import RELATIONS, packed, paragraph, table, word
from tests.reports import all_zeros
from tests.sentences import assert_sentence

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def workbook(sheet: str) -> bytes:
    """A workbook of one sheet."""
    book = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    relation = RELATIONS.format(target="worksheets/sheet1.xml")
    return packed(
        {
            "_rels/.rels": RELATIONS.format(target="xl/workbook.xml"),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relation.replace('officeDocument"', 'worksheet"'),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>',
        }
    )


def dense() -> bytes:
    return word(paragraph("0" * 20_000_000))


def locked() -> bytes:
    data = bytearray(word(paragraph("甲")))
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.rfind(b"PK\x01\x02", 0, at)
    return bytes(data)


def crowded() -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for number in range(2_001):
            archive.writestr(f"word/{number}.xml", b"")
    return data.getvalue()


def nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "</w:tc></w:tr></w:tbl>" * depth


BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "文件是空的"),
    "zeroed": (b"\0" * 4096, "文件是空的"),
    "old or under a password": (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "旧版或已加密"),
    "rich text": (b"{\\rtf1\\ansi hello}", "另存为 .docx"),
    "an archive of a page": (b"MIME-Version: 1.0\r\n", "另存为 .docx"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "这是图片"),
    "a draft": (b'{"schema": 1}', "直接打开"),
    "not an archive": (b"PK\x03\x04" + b"rubbish" * 99, "可能已损坏"),
    "an archive cut short": (word(paragraph("甲"))[:-40], "可能已损坏"),
    "another archive": (packed({"mimetype": "application/epub"}), "认不出这种文件"),
    "a document type": (word(table("规章|1"), DOCTYPE), "文档类型"),
    "macros": (word("", **{"word/vbaProject.bin": "x"}), "带有宏"),
    "encryption": (locked(), "加了密码"),
    "a bomb": (dense(), "内容太大"),
    "too many parts": (crowded(), "部件太多"),
    "broken XML": (word("<w:p>"), "可能已损坏"),
    "tables without end": (word(nested(3000)), "没有读到"),
    "a merge over everything": (
        workbook('<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "表格太大",
    ),
    "a large merge": (
        workbook('<sheetData/><mergeCells><mergeCell ref="A1:CV300"/></mergeCells>'),
        "表格太大",
    ),
    "many large merges": (
        workbook(
            "<sheetData/><mergeCells>"
            + "".join(f'<mergeCell ref="A{1 + 40 * n}:RZ{40 + 40 * n}"/>' for n in range(400))
            + "</mergeCells>"
        ),
        "表格太大",
    ),
    "a row far away": (
        workbook('<sheetData><row r="1048576"><c r="A1048576"/></row></sheetData>'),
        "太大",
    ),
    "a row that is none": (
        workbook('<sheetData><row r="x"><c r="y"/></row></sheetData>'),
        "没有读到",
    ),
    "a formula": (
        workbook('<sheetData><row r="1"><c r="A1"><f>1+1</f></c></row></sheetData>'),
        "没有读到",
    ),
    "noise": (bytes(range(256)) * 40, "不是文字"),
    "a page without end": (b"<html>" + b"<div>" * 100_000, "没有读到"),
    "spans without end": (
        b"<table>" + b"<tr>" * 50 + b"<td rowspan=65000 colspan=65000>1<td>2</table>",
        "太大",
    ),
    "a strange declaration": (b"<html><![x[y]]><table><tr><td>", "没有读到|读不下去"),
}


@pytest.mark.parametrize("case", BAD)
def test_that_it_is_refused_with_a_sentence(case: str) -> None:
    data, told = BAD[case]
    with pytest.raises(FileError, match=told) as refused:
        import_paper(read_bytes(data), Wanted(2025))
    assert_sentence(str(refused.value))


@pytest.mark.parametrize("case", ["a bomb", "a document type", "tables without end", "noise"])
def test_that_the_command_ends_with_2_and_writes_nothing(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "上年.docx").write_bytes(BAD[case][0])
    code = run(["import", str(tmp_path / "上年.docx"), "--into", str(tmp_path / "草稿.json")])
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert_sentence(said.err, "上年.docx")
    assert [one.name for one in tmp_path.iterdir()] == ["上年.docx"]


def test_that_formulas_without_a_value_are_told() -> None:
    cells = (
        '<c r="A1" t="inlineStr"><is><t>信息内容</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>本年处理决定数量</t></is></c>',
        '<c r="A2" t="inlineStr"><is><t>行政许可</t></is></c><c r="B2"><v>3</v></c>',
        '<c r="A3" t="inlineStr"><is><t>行政处罚</t></is></c><c r="B3"><f>B2</f></c>',
        '<c r="A4" t="inlineStr"><is><t>行政强制</t></is></c>'
        '<c r="B4"><f>B2</f><v>8.300000000000001</v></c>',
    )
    rows = "".join(f'<row r="{at}">{row}</row>' for at, row in enumerate(cells, start=1))
    read = import_paper(read_bytes(workbook(f"<sheetData>{rows}</sheetData>")), Wanted(2025))
    told = "\n".join(read.in_words())
    assert "有 1 个格是公式" in told
    assert "用 WPS 或 Excel 打开、保存一次再试" in told
    assert "8.3”" in told


# ── The process of its own ──


def instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Have the child do something else than read."""
    monkeypatch.setattr(child, "this_program", lambda: [sys.executable, "-c", code])


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    path = tmp_path / "上年.html"
    path.write_bytes(exported(all_zeros(), "html"))
    return path


def test_that_a_file_is_read_in_a_process_of_its_own(report_file: Path) -> None:
    read = read_file(report_file, Wanted())
    assert read.complete
    assert read.report.year == 2026
    assert [table.wanted for table in read.tables] == [10, 144, 12]


def test_that_reading_that_takes_too_long_is_ended(
    report_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "SECONDS", 1)
    instead(monkeypatch, "import time; time.sleep(60)")
    began = time.monotonic()
    with pytest.raises(FileError, match="秒还没有读完"):
        read_file(report_file, Wanted())
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("end", ["import os; os.abort()", "print('no answer')", "raise SystemExit"])
def test_that_a_crash_while_reading_is_told_and_does_no_harm(
    report_file: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    instead(monkeypatch, end)
    with pytest.raises(FileError, match="内容不正常，读不下去"):
        read_file(report_file, Wanted())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no memory this way")
def test_that_a_file_cannot_take_all_memory(
    report_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    eat = "from app.importing import child; child._limit(); b'0' * (2 * child.MEMORY)"
    instead(monkeypatch, eat)
    with pytest.raises(FileError, match="内容不正常"):
        read_file(report_file, Wanted())


def test_that_reading_can_be_stopped_before_it_began(report_file: Path) -> None:
    reading = Reading(report_file, Wanted())
    reading.stop()
    with pytest.raises(FileError, match="已取消"):
        reading.run()
