"""Word files: every way in which Word keeps text, and the official form itself."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from zipfile import ZipFile

import pytest

from app.forms import Cell
from app.importing.docx import read
from app.importing.paper import Lattice, Line
from app.numbers import show
from app.report import Report
from tests.importing.reading import SHARED, imported, stated
from tests.importing.word_file import packed, paragraph, table, word
from tests.reports import fully_stated

BLANK = SHARED / "corpus" / "originals" / "blank-form-2021.docx"
ROWS = ("信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|1|2|3")


def texts(data: bytes) -> list[str]:
    return [piece.text for piece in read(data).pieces if isinstance(piece, Line)]


def regulations(data: bytes) -> list[str]:
    return [show(figure) for figure in imported(data).report.cells.values()]


# ── The official form ──


@pytest.fixture(scope="module")
def blank() -> bytes:
    if not BLANK.exists():
        pytest.skip("the official form lies beside the project, not in it")
    return BLANK.read_bytes()


def filled(data: bytes, report: Report, change: Callable[[str], str] = str) -> bytes:
    """The official form with the figures of a report typed into its empty cells, in order."""
    with ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts["word/document.xml"].decode()
    figures = iter([show(report.cells[cell]) for cell in report.form.fields])

    def fill(cell: re.Match[str]) -> str:
        words = "".join(re.findall("<w:t(?: [^>]*)?>([^<]*)", cell[0]))
        goes_on = '<w:vMerge w:val="continue"/>' in cell[0] or "<w:vMerge/>" in cell[0]
        if words.strip() or goes_on:
            return cell[0]
        run = f"<w:r><w:t>{next(figures)}</w:t></w:r>"
        return cell[0].replace("</w:p>", f"{run}</w:p>", 1)

    document = re.sub("<w:tc>.*?</w:tc>", fill, document, flags=re.DOTALL)
    assert next(figures, None) is None
    return packed({**parts, "word/document.xml": change(document)})


def test_that_the_official_form_filled_in_is_read_whole(blank: bytes) -> None:
    report = fully_stated("2021")
    read_back = imported(filled(blank, report))
    assert stated(read_back.report) == stated(report)
    assert read_back.complete


def test_that_a_form_left_blank_is_no_report(blank: bytes) -> None:
    with pytest.raises(Exception, match="没有读到表格里的数字"):
        imported(blank)


def test_that_runs_and_proofing_marks_between_digits_do_no_harm(blank: bytes) -> None:
    def shatter(document: str) -> str:
        digits = re.compile(r"<w:r><w:t>(\d)(\d+)</w:t></w:r>")
        parted = (
            r'<w:r><w:t>\1</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>\2</w:t></w:r>'
        )
        return digits.sub(parted, document)

    report = fully_stated("2021")
    assert stated(imported(filled(blank, report, shatter)).report) == stated(report)


# ── Ways of keeping text ──


@pytest.mark.parametrize(
    "kept",
    [
        "<w:ins w:author='a'>{run}</w:ins>",
        "<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>",
        "<w:hyperlink>{run}</w:hyperlink>",
        "<w:fldSimple w:instr='x'>{run}</w:fldSimple>",
        "<w:smartTag><w:customXml>{run}</w:customXml></w:smartTag>",
        "<w:moveTo>{run}</w:moveTo>",
        "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>{run}",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>{run}",
        "<w:r><w:instrText>9</w:instrText></w:r>{run}",
    ],
)
def test_that_text_is_read_wherever_it_is_kept_and_not_where_it_was_deleted(kept: str) -> None:
    run = kept.format(run="<w:r><w:t>2</w:t></w:r>")
    data = word(table(*ROWS).replace("<w:r><w:t>2</w:t></w:r>", run))
    assert regulations(data) == ["1", "2", "3"]


def test_that_a_row_within_a_content_control_is_read_and_a_deleted_one_is_not() -> None:
    made = table(ROWS[0], "规章|7|8|9", ROWS[1])
    head, gone, row = re.findall("<w:tr>.*?</w:tr>", made)
    gone = gone.replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    row = f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>"
    assert regulations(word(f"<w:tbl>{head}{gone}{row}</w:tbl>")) == ["1", "2", "3"]


def test_that_a_table_within_a_layout_table_is_found() -> None:
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('一')}{table(*ROWS)}</w:tc></w:tr></w:tbl>"
    assert regulations(word(outer)) == ["1", "2", "3"]
    assert texts(word(outer)) == ["一"]


def test_that_a_table_of_one_column_is_running_text() -> None:
    assert texts(word(table("总的情况", "做了这些事"))) == ["总的情况", "做了这些事"]


def test_that_merged_cells_of_every_kind_are_one_box() -> None:
    made = (
        "<w:tbl><w:tblGrid><w:gridCol w:w='900'/><w:gridCol w:w='900'/><w:gridCol w:w='900'/>"
        "</w:tblGrid>"
        "<w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p/></w:tc>"
        "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/></w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
        "<w:tc><w:tcPr><w:hMerge w:val='restart'/></w:tcPr><w:p/></w:tc>"
        "<w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc></w:tr>"
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc>"
        "</w:tr></w:tbl>"
    )
    (lattice,) = (one for one in read(word(made)).pieces if isinstance(one, Lattice))
    found = {(box.row, box.column, box.rows, box.columns) for box in lattice.boxes}
    assert found == {(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 2), (2, 1, 1, 1), (2, 2, 1, 1)}


def test_that_slivers_left_by_a_converter_are_no_columns() -> None:
    grid = "".join(f"<w:gridCol w:w='{width}'/>" for width in (2000, 1, 1999, 2000, 1, 1999))
    rows = (
        [("信息内容", 1), ("本年制发件数", 2), ("本年废止件数", 2), ("现行有效件数", 1)],
        [("规章", 2), ("1", 1), ("2", 1), ("3", 2)],
    )
    made = "".join(
        "<w:tr>"
        + "".join(
            f"<w:tc><w:tcPr><w:gridSpan w:val='{span}'/></w:tcPr>{paragraph(text)}</w:tc>"
            for text, span in row
        )
        + "</w:tr>"
        for row in rows
    )
    data = word(f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>")
    assert regulations(data) == ["1", "2", "3"]


def test_that_the_part_is_found_wherever_the_file_says_it_is() -> None:
    with ZipFile(io.BytesIO(word(table(*ROWS)))) as archive:
        document = archive.read("word/document.xml")
        relations = archive.read("_rels/.rels").decode()
    relations = relations.replace("word/document.xml", "/word/document2.xml")
    data = packed({"_rels/.rels": relations, "word/document2.xml": document})
    assert regulations(data) == ["1", "2", "3"]


def test_that_the_official_office_may_use_the_strict_namespace() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = word(table(*ROWS))
    with ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/document.xml"] = parts["word/document.xml"].replace(old, strict.encode())
    assert regulations(packed(parts)) == ["1", "2", "3"]


def test_that_what_stands_in_a_text_box_is_read_once() -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:drawing><w:txbxContent>"
        f"{paragraph('在框里')}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<w:txbxContent>{paragraph('在框里')}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert [text for text in texts(word(box)) if text] == ["在框里"]


def test_that_a_cell_keeps_its_line_ends_and_a_figure_does_not_mind() -> None:
    data = word(table(*ROWS).replace("本年制发件数", "本年制</w:t><w:br/><w:t>发件数"))
    assert imported(data).report.cells[Cell("disclosure", "regulations", "issued")] == 1
