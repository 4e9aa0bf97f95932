"""The bundled fonts and the text they put into a PDF."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.characters import UNDRAWN
from app.export.embedding import BLOCK, to_unicode
from app.export.faces import FontError, read_face
from app.export.fonts import Role, advance, open_canvas, runs
from app.paths import resources

FOLDER = resources() / "fonts"
FILES = [FOLDER / f"{role.value}.ttf" for role in Role]
RARE = "㙍䶮𬇙㛃䴙鿍𫖯𬱖"  # of 通用规范汉字表, none of GB 2312
FULL_WIDTH = "“”‘’·…—－×÷±≤≥≠℃‰□■①Ⅰ〇〔〕《》（），。、；：？！　"
HARD_TEXT = "𬇙“镇”——‘村’……阿·买，a&b<i>1.5%</i>①☑〔2024〕㙍号𬱖"
RESERVED = ("noto", "source", "lxgw", "wenkai", "zhuque", "klee", "霞鹜", "朱雀")
DRAWABLE = st.text(
    st.one_of(
        st.integers(0x4E00, 0x9FA5).map(chr),
        st.sampled_from(RARE + "“”——……，。《》（）〔〕&<>#@0123456789①"),
    ),
    min_size=1,
    max_size=40,
)


def gb2312_hanzi() -> Iterable[str]:
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFA if row == 0xD7 else 0xFF):
            yield bytes((row, cell)).decode("gb2312")


def pdf_of(texts: Iterable[str], role: Role = Role.BODY) -> bytes:
    """One page a text, drawn in one line."""
    target = io.BytesIO()
    canvas = open_canvas(target, "年度报告")
    for text in texts:
        x = 20.0
        for run in runs(text, role):
            canvas.setFont(run.font, 10)
            canvas.drawString(x, 400, run.text)
            x += 10 * sum(advance(character, role) for character in run.text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def text_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return pdf_of([HARD_TEXT])


def test_that_every_role_has_its_file_and_every_file_its_sum() -> None:
    lines = (FOLDER / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    expected = {name: digest for digest, name in map(str.split, lines)}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FILES}
    assert found == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that_a_font_has_truetype_outlines_and_no_layout_tables(path: Path) -> None:
    tables = read_face(path).tables
    assert {"glyf", "loca", "cmap", "hmtx", "OS/2"} <= tables.keys()
    assert not {"CFF ", "GSUB", "GPOS", "fpgm", "prep"} & tables.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that_metrics_cover_every_glyph(path: Path) -> None:
    face = read_face(path)
    assert len(face.advances) == len(face.bearings) == len(face.offsets) - 1
    assert max(face.glyphs.values()) < len(face.advances)
    assert face.offsets[-1] == face.tables["glyf"][1]


def test_that_a_file_without_truetype_outlines_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(b"OTTO" + bytes(60))
    with pytest.raises(FontError, match=re.escape(str(path))):
        read_face(path)


@pytest.mark.parametrize("role", Role)
def test_that_fonts_bear_no_reserved_name_but_their_licence(role: Role, pdf: bytes) -> None:
    font = pdfmetrics.getFont(role.value)
    assert isinstance(font, TTFont)
    names = (font.face.name, font.face.familyName, font.face.fullName)
    assert all(name.startswith(b"Gongkai") for name in names)
    assert not any(word in name.decode().lower() for word in RESERVED for name in names)
    records = read_face(FOLDER / f"{role.value}.ttf").table("name")
    assert "SIL Open Font License".encode("utf-16-be") in records
    assert any(word.encode("utf-16-be") in records for word in ("Copyright", "(c)"))


def test_that_every_licence_stands_beside_the_fonts() -> None:
    licences = list((FOLDER / "licences").glob("*OFL.txt"))
    assert len(licences) == 3
    assert all("SIL OPEN FONT LICENSE" in path.read_text(encoding="utf-8") for path in licences)


@pytest.mark.parametrize("role", Role)
def test_that_a_roles_own_font_draws_the_common_and_the_rare_hanzi(role: Role) -> None:
    text = "".join(gb2312_hanzi()) + RARE
    assert [run.font for run in runs(text, role)] == [role.value]
    assert {advance(character, role) for character in text} == {1.0}


@pytest.mark.parametrize("role", Role)
def test_that_punctuation_and_symbols_are_full_width_in_every_role(role: Role) -> None:
    narrow = [character for character in FULL_WIDTH if advance(character, role) != 1.0]
    assert narrow == []


@pytest.mark.parametrize("role", Role)
def test_that_figures_are_equally_wide(role: Role) -> None:
    widths = {advance(figure, role) for figure in "0123456789"}
    assert len(widths) == 1
    assert 0.4 < widths.pop() < 0.65


@pytest.mark.parametrize("role", Role)
def test_that_the_width_asked_for_is_the_width_drawn(role: Role, pdf: bytes) -> None:
    for run in runs(HARD_TEXT, role):
        total = sum(advance(character, role) for character in run.text)
        assert pdfmetrics.stringWidth(run.text, run.font, 10) == pytest.approx(10 * total)


def test_that_song_draws_what_the_role_lacks() -> None:
    assert [(run.text, run.font) for run in runs("第①条", Role.BODY)] == [
        ("第", "fangsong"),
        ("①", "song"),
        ("条", "fangsong"),
    ]


def test_that_a_character_only_another_role_has_is_still_drawn() -> None:
    assert [run.font for run in runs("☑", Role.BODY)] == ["kaiti"]


def test_that_a_character_no_font_has_is_drawn_as_the_box_of_song() -> None:
    assert runs("🙂", Role.TITLE)[0].font == "song"


def test_that_tabs_breaks_and_selectors_take_no_room_and_are_not_drawn() -> None:
    assert {advance(undrawn, Role.BODY) for undrawn in UNDRAWN} == {0.0}
    assert "".join(run.text for run in runs("\t一\ufe0f\r\n二\U000e0100\t", Role.BODY)) == "一二"
    assert runs("\n", Role.BODY) == []


@given(st.text(max_size=30), st.sampled_from(Role))
def test_that_runs_join_to_the_text_and_never_repeat_a_font(text: str, role: Role) -> None:
    parts = runs(text, role)
    assert "".join(run.text for run in parts) == "".join(one for one in text if one not in UNDRAWN)
    assert all(one.font != other.font for one, other in pairwise(parts))


@pytest.mark.parametrize("role", Role)
def test_that_hard_text_comes_back_exactly_from_a_pdf(role: Role) -> None:
    assert text_of(pdf_of([HARD_TEXT + "\t"], role)) == [HARD_TEXT]


@settings(max_examples=25, deadline=None)
@given(st.lists(DRAWABLE, min_size=1, max_size=20), st.sampled_from(Role))
def test_that_any_text_comes_back_exactly_from_a_pdf(texts: list[str], role: Role) -> None:
    # pdfium guesses a line break where a flat 一 follows a high ” of another font.
    assert [text.replace("\r\n", "") for text in text_of(pdf_of(texts, role))] == texts


def test_that_more_than_one_subset_of_a_font_comes_back_exactly() -> None:
    hanzi = list(gb2312_hanzi())[:600]
    texts = ["".join(hanzi[start : start + 50]) for start in range(0, 600, 50)]
    assert text_of(pdf_of(texts)) == texts


def test_that_a_cmap_has_surrogate_pairs_and_at_most_a_hundred_lines_a_block() -> None:
    cmap = to_unicode("AAAAAA+Test", [0, *range(0x4E00, 0x4EF0), 0x2C1D9])
    assert "<F1> <D870DDD9>" in cmap
    blocks = re.findall(r"(\d+) beginbfchar\n(.*?)\nendbfchar", cmap, re.DOTALL)
    assert [int(count) for count, _ in blocks] == [len(b.splitlines()) for _, b in blocks]
    assert sum(int(count) for count, _ in blocks) == 242
    assert max(int(count) for count, _ in blocks) == BLOCK


def test_that_every_font_in_a_pdf_is_an_embedded_subset_of_ours(pdf: bytes) -> None:
    names = re.findall(rb"/BaseFont /(\S+)", pdf)
    assert names
    assert all(re.fullmatch(rb"[A-Z]{6}\+Gongkai\w+", name) for name in names)
    assert pdf.count(b"/FontFile2 ") == pdf.count(b"/Type /FontDescriptor") == len(names)
    assert b"Helvetica" not in pdf


def test_that_a_pdf_tells_its_title_and_language_and_nobodys_name(pdf: bytes) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        told = document.get_metadata_dict(skip_empty=True)
    assert {key for key in told if not key.endswith("Date")} == {"Title"}
    assert told["Title"] == "年度报告"
    assert b"/Lang (zh-CN)" in pdf


def test_that_a_page_is_a4(pdf: bytes) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_size() == pytest.approx((595.28, 841.89), abs=0.01)


def test_that_streams_are_compressed_without_ascii_armour(pdf: bytes) -> None:
    assert b"ASCII85" not in pdf
    assert pdf.count(b"stream\r\n") <= 2 * pdf.count(b"/FlateDecode")


def test_that_equal_drawing_gives_equal_bytes(pdf: bytes) -> None:
    assert pdf_of([HARD_TEXT]) == pdf


def test_that_a_canvas_writes_to_a_path_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "某镇 2024 年.pdf"
    open_canvas(path, "某镇").save()
    assert path.read_bytes().startswith(b"%PDF")


def test_that_asking_for_widths_does_not_import_reportlab() -> None:
    code = (
        "import sys; from app.export.fonts import Role, advance\n"
        "advance('一', Role.BODY)\n"
        "sys.exit('reportlab' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
