"""PDF files: ours, LibreOffice's, a published one; lines make tables, places make paragraphs."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.files import FileError
from app.importing.paper import Line
from app.importing.pdf import read
from app.importing.ruling import Rule, drawn_tables
from tests.importing.reading import SHARED, imported

PUBLISHED = SHARED / "corpus" / "originals" / "huaian-2024.pdf"


def drawn(*lines: tuple[float, float, float, float]) -> list[list[tuple[float, ...]]]:
    rules = [Rule(*line) for line in lines]
    return [[tuple(cell) for cell in table] for table in drawn_tables(rules)]


def page(draw: Callable[[Canvas], object]) -> bytes:
    """A PDF file of one page."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(600, 800))
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return data.getvalue()


def test_that_lines_make_cells_and_a_missing_one_merges_them() -> None:
    frame = [(0, 0, 0, 20), (20, 0, 20, 20), (0, 0, 20, 0), (0, 20, 20, 20)]
    inside = [(10, 0, 10, 20), (10, 10, 20, 10)]
    assert drawn(*frame, *inside) == [[(0, 0, 10, 20), (10, 10, 20, 20), (10, 0, 20, 10)]]


def test_that_a_table_cut_off_by_the_page_keeps_its_last_row() -> None:
    upright = [(0, 0, 0, 20), (10, 0, 10, 20)]
    assert drawn(*upright, (0, 20, 10, 20), (0, 10, 10, 10)) == [[(0, 10, 10, 20), (0, 0, 10, 10)]]


def test_that_tables_that_do_not_touch_are_two() -> None:
    box = [(0, 0, 0, 9), (9, 0, 9, 9), (0, 0, 9, 0), (0, 9, 9, 9)]
    other = [(x, y + 50, right, top + 50) for x, y, right, top in box]
    assert len(drawn(*box, *other)) == 2


def test_that_thin_bars_are_lines_and_shades_are_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 560, "1")
        for x in (50, 150):
            canvas.rect(x, 500, 0.5, 100, stroke=0, fill=1)
        for y in (500, 550, 600):
            canvas.rect(50, y, 100, 0.5, stroke=0, fill=1)
        canvas.rect(60, 510, 80, 30, stroke=0, fill=1)

    assert [type(piece) for piece in read(page(draw)).pieces] != [Line]
    (table,) = read(page(draw)).pieces
    assert not isinstance(table, Line)
    assert [(box.row, box.column, box.text) for box in table.boxes] == [(0, 0, "1"), (1, 0, "")]


def test_that_lines_of_a_paragraph_are_joined_and_page_numbers_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 16)
        for y, x, words in (
            (700, 132, "a first line that begins a paragraph x"),
            (680, 100, "and one that goes on at the margin now"),
            (660, 100, "and ends."),
            (640, 132, "another"),
            (40, 300, "- 7 -"),
        ):
            canvas.drawString(x, y, words)

    texts = [one.text for one in read(page(draw)).pieces if isinstance(one, Line)]
    assert len(texts) == 2
    assert texts[0].endswith("ends.")


def test_that_a_scan_and_a_locked_file_are_told() -> None:
    with pytest.raises(FileError, match="扫描的图片"):
        read(page(lambda canvas: canvas.rect(10, 10, 300, 300, fill=1)))
    with pytest.raises(FileError, match="可能已损坏"):
        read(b"%PDF-1.7\nrubbish")


def test_that_a_file_under_a_password_is_told() -> None:
    data = io.BytesIO()
    canvas = Canvas(data, encrypt="secret")
    canvas.drawString(100, 100, "x")
    canvas.save()
    with pytest.raises(FileError, match="加了密码"):
        read(data.getvalue())


def test_that_the_published_report_is_read_whole() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the published report lies outside this repository")
    found = imported(PUBLISHED.read_bytes())
    facts = json.loads((SHARED / "corpus" / "huaian_city_2024.json").read_text("utf-8"))
    read_back = {str(cell): Decimal(str(one)) for cell, one in found.report.cells.items()}
    assert read_back == {at: Decimal(str(one)) for at, one in facts["cells"].items()}
    assert (found.complete, found.report.year, found.report.organ) == (True, 2024, "淮安市人民政府")
    assert found.report.text("other").endswith("信息处理费3940元。")
    paragraphs = found.report.text("overview").split("\n")
    assert [one[:3] for one in paragraphs[1:]] == ["（一）", "（二）", "（三）", "（四）", "（五）"]
