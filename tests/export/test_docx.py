"""The Word file, read back from its XML."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checks import check
from app.drafts import load
from app.export.document import UNCHECKED_MARK, Document, Part, document_of
from app.export.docx import render
from app.export.docx_table import LESS
from app.export.page import PITCH
from app.export.paragraph import read_paragraph
from app.export.pdf import sheets
from app.forms import Cell, FigureKind, all_forms
from app.numbers import Figure, Unreadable
from app.paths import resources
from app.report import Report
from tests.checks.judging import CORPUS
from tests.export.word import WordFile, style_of, text_of, value, w
from tests.facts import official
from tests.reports import all_zeros, form

FORMS = [form.version for form in all_forms()]
EXAMPLE = load(resources() / "examples" / "qingshi-2026.json").report
OFFICIAL = CORPUS / "originals" / "blank-form-2021.docx"
ANY = Cell("requests", "granted", "person")
LONG: dict[FigureKind, Figure] = {
    FigureKind.COUNT: 1_234_567_890,
    FigureKind.CHANGE: -1_234_567,
    FigureKind.MONEY: Decimal("24252.311082"),
}


def document(report: Report = EXAMPLE) -> Document:
    return document_of(check(report))


def written(subject: Document | Report = EXAMPLE) -> WordFile:
    return WordFile(render(document(subject) if isinstance(subject, Report) else subject))


def filled(version: str, figures: dict[FigureKind, Figure]) -> Report:
    report = all_zeros(version)
    return report.with_cells(
        {one.cell: figures[one.column.figure] for one in report.form.typed()},
    )


def prose(*paragraphs: str, organ: str = "青石镇人民政府", day: str = "2027年1月12日") -> Document:
    """A report of one section without tables."""
    part = Part("一、甲", tuple(map(read_paragraph, paragraphs)))
    return Document(f"{organ}2026年度报告", organ, 2026, day, "", (part,))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def labels_of(subject: Document) -> list[dict[tuple[int, int, int, int], str]]:
    """The headings of each table of a written document by their places."""
    figures = [table.grid.places.values() for _, table in subject.tables]
    return [
        {cell.place: cell.folded for cell in table.cells if cell.place not in taken}
        for table, taken in zip(
            written(subject).tables,
            [{(one.row, one.column, one.rows, one.columns) for one in boxes} for boxes in figures],
            strict=True,
        )
    ]


# ── The tables of the official form ──


@pytest.mark.skipif(not OFFICIAL.exists(), reason=f"官方空白表格不在这台机器上：{OFFICIAL}")
def test_that_the_tables_are_those_of_the_official_word_form_cell_by_cell() -> None:
    blank = written(Report(form("2021"), 2026))
    for ours, theirs in zip(blank.tables, WordFile(OFFICIAL).tables, strict=True):
        assert ours.widths == theirs.widths
        assert [(one.place, one.folded) for one in ours.cells] == [
            (one.place, one.folded) for one in theirs.cells
        ]


@pytest.mark.parametrize("version", FORMS)
def test_that_every_heading_stands_where_the_official_form_has_it(version: str) -> None:
    subject = document(all_zeros(version))
    names = [table.table.id for _, table in subject.tables]
    for name, labels, table in zip(names, labels_of(subject), written(subject).tables, strict=True):
        facts = official(version).tables[name]
        assert labels == facts.labels
        assert len(table.widths) == facts.columns
        assert facts.widths in (None, table.widths)


@pytest.mark.parametrize("version", FORMS)
def test_that_every_figure_stands_at_its_place_in_the_grid(version: str) -> None:
    subject = document(filled(version, LONG))
    for (_, content), table in zip(subject.tables, written(subject).tables, strict=True):
        found = {cell.place: cell.folded for cell in table.cells}
        assert found == {
            (one.box.row, one.box.column, one.box.rows, one.box.columns): (
                one.text + one.unit if one.box.cell else one.box.text
            )
            for one in content.contents
        }


def test_that_a_blank_stays_empty_and_what_cannot_be_read_stands_as_it_is() -> None:
    def shown(figure: Figure | None) -> str:
        (_, content), table = document().tables[1], written(EXAMPLE.with_cells({ANY: figure}))
        box = content.grid.places[ANY]
        return next(
            one.text
            for one in table.tables[1].cells
            if (one.row, one.column) == (box.row, box.column)
        )

    assert shown(None) == ""
    assert shown(0) == "0"
    assert shown(Unreadable("22（其中 修订16件）<b>")) == "22（其中 修订16件）<b>"


@pytest.mark.parametrize("version", FORMS)
def test_that_the_cells_of_each_row_are_as_wide_as_the_columns_they_cover(version: str) -> None:
    for table in written(all_zeros(version)).body.iter(w("tbl")):
        widths = [int(one.attrib[w("w")]) for one in table.findall(w("tblGrid", "gridCol"))]
        assert value(table, "tblPr", "tblW", of="w") == str(sum(widths))
        for row in table.findall(w("tr")):
            at = 0
            for cell in row.findall(w("tc")):
                span = int(value(cell, "tcPr", "gridSpan") or 1)
                assert value(cell, "tcPr", "tcW", of="w") == str(sum(widths[at : at + span]))
                at += span
            assert at == len(widths)


def test_that_no_row_is_split_and_heading_rows_are_repeated() -> None:
    file, subject = written(), document()
    for table, (_, content) in zip(file.body.iter(w("tbl")), subject.tables, strict=True):
        rows = table.findall(w("tr", "trPr"))
        assert all(row.find(w("cantSplit")) is not None for row in rows)
        heads = [row.find(w("tblHeader")) is not None for row in rows]
        head = content.grid.head_rows
        assert heads == [True] * head + [False] * (len(rows) - head)


@pytest.mark.parametrize("version", FORMS)
def test_that_the_table_of_applications_is_bound_to_one_page(version: str) -> None:
    *rows, last = list(written(all_zeros(version)).body.iter(w("tbl")))[1].findall(w("tr"))
    for row in rows:
        assert all(one.find(w("pPr", "keepNext")) is not None for one in row.iter(w("p")))
    assert all(one.find(w("pPr", "keepNext")) is None for one in last.iter(w("p")))


def test_that_figures_of_ten_digits_are_set_smaller_so_that_they_stay_in_one_line() -> None:
    table = list(written(filled("2021", LONG)).body.iter(w("tbl")))[1]
    for cell in table.iter(w("tc")):
        if text_of(cell) == str(LONG[FigureKind.COUNT]):
            size = int(value(next(cell.iter(w("r"))), "rPr", "sz") or 0) / 2
            assert 5 <= size <= 685 / 20 / (0.5 * 10)


def test_that_a_table_closed_up_below_text_leaves_room_for_a_line_more() -> None:
    spare = []
    for sheet, table in zip(sheets(document()), written().body.iter(w("tbl")), strict=True):
        heights = [int(value(row, "trPr", "trHeight") or 0) / 20 for row in table.findall(w("tr"))]
        spare.append(sum(sheet.heights) - sum(heights) - LESS)
    assert spare == pytest.approx([PITCH, 0, 0], abs=1)


# ── Headings and styles ──


def test_that_headings_are_heading_styles_and_run_in_ones_are_body_text() -> None:
    subject = prose(
        "（一）主动公开", "甲。", "1.乙", "（二）收费情况。本年没有收费。", "2.丙。丁。"
    )
    assert written(subject).paragraphs == [
        ("Title", "青石镇人民政府2026年度报告"),
        ("Heading1", "一、甲"),
        ("Heading2", "（一）主动公开"),
        ("BodyText", "甲。"),
        ("Heading3", "1.乙"),
        ("BodyText", "（二）收费情况。本年没有收费。"),
        ("BodyText", "2.丙。丁。"),
        ("Signature", "青石镇人民政府"),
        ("Signature", "2027年1月12日"),
    ]


def test_that_a_run_in_heading_is_set_in_the_face_of_its_level() -> None:
    file = written(prose("（二）收费情况。本年没有收费。"))
    runs = file.paragraph("（二）收费情况。本年没有收费。").findall(w("r"))
    assert [(text_of(run), value(run, "rPr", "rStyle")) for run in runs] == [
        ("（二）收费情况。", "Heading2Char"),
        ("本年没有收费。", None),
    ]


def test_that_heading_styles_have_their_outline_levels_and_stay_with_what_follows() -> None:
    styles = written().styles
    for level in (1, 2, 3):
        style = styles[f"Heading{level}"]
        assert value(style, "name") == f"heading {level}"
        assert value(style, "pPr", "outlineLvl") == str(level - 1)
        assert style.find(w("pPr", "keepNext")) is not None


@pytest.mark.parametrize(
    ("style", "font", "half_points"),
    [
        ("Normal", "仿宋_GB2312", "32"),
        ("BodyText", "仿宋_GB2312", "32"),
        ("Title", "方正小标宋简体", "44"),
        ("Heading1", "黑体", "32"),
        ("Heading1Char", "黑体", "32"),
        ("Heading2", "楷体_GB2312", "32"),
        ("Heading2Char", "楷体_GB2312", "32"),
        ("Heading3", "仿宋_GB2312", "32"),
        ("Footer", "宋体", "28"),
        ("TableLabel", "仿宋_GB2312", "21"),
        ("TableFigure", "宋体", "21"),
    ],
)
def test_that_each_style_has_the_font_and_the_size_of_the_standard(
    style: str, font: str, half_points: str
) -> None:
    file = written()
    defaults = file.root("word/styles.xml").find(w("docDefaults", "rPrDefault"))
    assert defaults is not None
    for path, wanted in ((("rPr", "rFonts"), font), (("rPr", "sz"), half_points)):
        of = "eastAsia" if "rFonts" in path else "val"
        assert (value(file.styles[style], *path, of=of) or value(defaults, *path, of=of)) == wanted


def test_that_every_font_is_named_for_every_script_and_no_theme_is_asked() -> None:
    for name, data in written().raw.items():
        if name.startswith("word/"):
            text = data.decode()
            assert "heme" not in text
            for found in re.findall("<w:rFonts ([^>]*)/>", text):
                named = dict(re.findall(r'w:(\w+)="([^"]*)"', found))
                fonts = [named[script] for script in ("ascii", "hAnsi", "eastAsia", "cs")]
                assert len({*fonts}) == 1


def test_that_every_style_that_is_used_is_defined() -> None:
    file = written(replace(EXAMPLE, cells={}))
    used = {
        one.attrib[w("val")]
        for part in file.raw
        if part.startswith("word/") and part.endswith(".xml")
        for one in file.root(part).iter()
        if one.tag in {w(name) for name in ("pStyle", "rStyle", "basedOn", "next", "link")}
    }
    assert used <= file.styles.keys()
    assert file.styles.keys() - used <= {"TableNormal"}


def test_that_the_library_reads_what_we_wrote() -> None:
    found = docx.Document(io.BytesIO(render(document())))
    assert found.paragraphs[0].style is not None
    assert found.paragraphs[0].style.name == "Title"
    headings = [one.text for one in found.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings == [part.heading for part in document().parts if part.heading]
    assert found.core_properties.title == document().title
    assert found.core_properties.author == ""


# ── The page ──


def section() -> Element:
    found = written().body.find(w("sectPr"))
    assert found is not None
    return found


def test_that_the_page_is_that_of_the_standard() -> None:
    size, margins = section().find(w("pgSz")), section().find(w("pgMar"))
    assert size is not None
    assert margins is not None
    assert (size.get(w("w")), size.get(w("h"))) == ("11906", "16838")
    millimetres = {
        name.partition("}")[2]: int(twips) / 1440 * 25.4 for name, twips in margins.items()
    }
    assert millimetres["top"] == pytest.approx(37, abs=0.05)
    assert millimetres["left"] == pytest.approx(28, abs=0.05)
    assert 210 - millimetres["left"] - millimetres["right"] == pytest.approx(156, abs=0.05)
    assert 297 - millimetres["top"] - millimetres["bottom"] == pytest.approx(225, abs=0.05)


def test_that_22_lines_of_28_characters_fill_the_type_area() -> None:
    styles = written().styles
    assert value(section(), "docGrid", of="type") == "lines"
    assert value(section(), "docGrid", of="linePitch") == "579"
    assert value(styles["Normal"], "pPr", "spacing", of="line") == "579"
    assert value(styles["Normal"], "pPr", "spacing", of="lineRule") == "exact"
    character = 16 + int(value(styles["Normal"], "rPr", "spacing") or 0) / 20
    assert 28 * character <= 156 / 25.4 * 72 < 29 * character


def test_that_paragraphs_begin_two_characters_in() -> None:
    styles = written().styles
    for style in ("BodyText", "Heading1", "Heading2", "Heading3"):
        assert value(styles[style], "pPr", "ind", of="firstLineChars") == "200"


def test_that_no_space_is_put_between_chinese_and_figures() -> None:
    normal = written().styles["Normal"]
    assert value(normal, "pPr", "autoSpaceDE") == value(normal, "pPr", "autoSpaceDN") == "0"


def test_that_page_numbers_stand_outwards_one_character_in() -> None:
    file = written()
    for side, at in (("default", "right"), ("even", "left")):
        footer = file.root(f"word/footer-{side}.xml")
        assert text_of(footer) == "— 1 —"
        assert [one.get(w("instr")) for one in footer.iter(w("fldSimple"))] == [" PAGE "]
        paragraph = footer[0]
        assert style_of(paragraph) == "Footer"
        assert value(paragraph, "pPr", "jc") == at
        assert value(paragraph, "pPr", "ind", of=at) == "280"
    assert file.root("word/settings.xml").find(w("evenAndOddHeaders")) is not None


def test_that_every_page_of_an_unclean_report_bears_the_mark_and_no_other_does() -> None:
    assert not any("header" in name for name in written().raw)
    file = written(replace(EXAMPLE, cells={}))
    for side in ("default", "even"):
        header = file.root(f"word/header-{side}.xml")
        assert text_of(header) == UNCHECKED_MARK
        assert value(next(header.iter(w("r"))), "rPr", "color") == "D90000"
    kinds = [one.get(w("type")) for one in file.body.iter(w("headerReference"))]
    assert kinds == ["default", "even"]


# ── Title and signature ──


def test_that_a_long_title_is_parted_before_the_year() -> None:
    subject = prose("甲", organ="内蒙古自治区锡林郭勒盟东乌珠穆沁旗乌里雅斯太镇人民政府")
    (_, title), *_ = written(subject).paragraphs
    assert title.replace("\n", "") == subject.title
    assert title.splitlines()[-1] == "2026年度报告"


def test_that_a_report_without_a_date_has_no_signature() -> None:
    assert "Signature" not in dict(written(prose("甲", day="")).paragraphs)


def test_that_the_signature_stands_at_the_right_below_an_empty_line_bound_to_the_text() -> None:
    file = written(prose("甲。", "乙。"))
    organ, day = file.paragraph("青石镇人民政府"), file.paragraph("2027年1月12日")
    lefts = [int(value(one, "pPr", "ind", of="left") or 0) for one in (organ, day)]
    width = 156 / 25.4 * 1440
    assert lefts[0] + (7 + 2) * 315 == pytest.approx(width, abs=2)
    assert lefts[1] - lefts[0] == pytest.approx(2 * 315, abs=1)
    assert value(organ, "pPr", "spacing", of="before") == "579"
    assert organ.find(w("pPr", "keepNext")) is not None
    assert file.paragraph("乙。").find(w("pPr", "keepNext")) is not None
    assert file.paragraph("甲。").find(w("pPr", "keepNext")) is None


def test_that_a_report_signed_by_nobody_has_its_date() -> None:
    file = written(replace(prose("甲"), organ=""))
    assert file.paragraphs[-1] == ("Signature", "2027年1月12日")


# ── What is written is what is read ──


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=40))
def test_that_any_text_comes_back_as_it_was_written(text: str, organ: str) -> None:
    report = replace(EXAMPLE, organ=organ, texts={**EXAMPLE.texts, "overview": text})
    subject = document(report)
    wanted: list[str] = []
    for part in subject.parts:
        wanted += filter(None, [part.heading])
        wanted += (one.text.replace("\t", "\u3000") for one in part.paragraphs)
    paragraphs = written(subject).paragraphs
    assert [one for style, one in paragraphs if style not in ("Title", "Signature")] == wanted
    signed = "".join(one for style, one in paragraphs if style == "Signature")
    assert bare(signed) == bare(subject.organ + subject.date)


@pytest.mark.parametrize("version", FORMS)
def test_that_a_report_with_nothing_in_it_shows_its_form(version: str) -> None:
    blank = document(Report(form(version), form(version).first_year))
    read = [text for style, text in written(blank).paragraphs if style == "Heading1"]
    assert read == [part.heading for part in blank.parts if part.heading]


def test_that_a_table_is_followed_by_a_paragraph_as_word_demands() -> None:
    tables = [Part("", table=table) for _, table in document().tables]
    tags = [one.tag for one in written(replace(document(), date="", parts=tuple(tables))).body]
    assert tags == [w("p"), *[w("tbl"), w("p")] * 3, w("sectPr")]


# ── The package ──


def test_that_the_file_has_no_part_that_we_did_not_make() -> None:
    assert [*written().raw] == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/fontTable.xml",
        "word/settings.xml",
        "word/footer-default.xml",
        "word/footer-even.xml",
        "docProps/core.xml",
    ]


def test_that_the_file_has_a_title_and_a_language_and_no_history() -> None:
    file = written(replace(EXAMPLE, date=date(2027, 1, 12)))
    facts = {one.tag.partition("}")[2]: one.text for one in file.root("docProps/core.xml")}
    assert facts == {"title": document().title, "language": "zh-CN"}
    whole = b"\n".join(file.raw.values()).decode()
    assert not [trace for trace in ("rsid", "revision", "w:ins ", "w:del ") if trace in whole]


def test_that_the_language_is_chinese() -> None:
    defaults = written().root("word/styles.xml").find(w("docDefaults", "rPrDefault"))
    assert defaults is not None
    assert {value(defaults, "rPr", "lang", of=of) for of in ("val", "eastAsia")} == {"zh-CN"}


ORDERS: dict[str, str] = {
    "rPr": "rStyle rFonts color spacing sz szCs lang",
    "pPr": (
        "pStyle keepNext widowControl kinsoku overflowPunct autoSpaceDE autoSpaceDN"
        " adjustRightInd snapToGrid spacing ind jc outlineLvl"
    ),
    "tblPr": "tblW jc tblBorders tblLayout tblCellMar",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "left right",
    "tcPr": "tcW gridSpan vMerge shd vAlign",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "p": "pPr r fldSimple",
    "r": "rPr t br",
    "sectPr": "headerReference footerReference pgSz pgMar docGrid",
    "style": "name basedOn next link semiHidden qFormat pPr rPr",
    "styles": "docDefaults style",
    "docDefaults": "rPrDefault pPrDefault",
    "settings": "zoom evenAndOddHeaders characterSpacingControl compat",
    "font": "altName charset family",
}
"""What we write, in the order of the schema (ISO/IEC 29500-1, annex A); there is much more."""
REPEATED = {"p", "r"}
"""Whose children come in turn behind their properties."""


@pytest.mark.parametrize(
    "report",
    [EXAMPLE, replace(EXAMPLE, cells={}), filled("2019", LONG)],
    ids=["example", "blank", "long"],
)
def test_that_all_elements_come_in_the_order_of_the_schema(report: Report) -> None:
    file = written(report)
    seen: set[str] = set()
    for part in (name for name in file.raw if re.fullmatch(r"word/[\w-]+\.xml", name)):
        for element in file.root(part).iter():
            name = element.tag.removeprefix(w(""))
            children = [child.tag.removeprefix(w("")) for child in element]
            if name in ORDERS:
                ranks = [ORDERS[name].split().index(child) for child in children]
                assert ranks == sorted(ranks) or name in REPEATED, (part, name, children)
                assert not name.endswith("Pr") or name == "sectPr" or len({*ranks}) == len(ranks)
                seen.add(name)
            if name in REPEATED:
                assert not any(child.endswith("Pr") for child in children[1:])
    assert seen == {*ORDERS}


def test_that_every_relation_leads_to_a_part_and_every_part_has_a_type_and_a_relation() -> None:
    file = written(replace(EXAMPLE, cells={}))
    targets = set()
    for part, folder in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
        for relation in file.root(part):
            target = relation.attrib["Target"].lstrip("/")
            targets.add(target if target in file.raw else folder + target)
    parts = {name for name in file.raw if name.startswith(("word/", "docProps/"))}
    assert targets == parts - {"word/_rels/document.xml.rels"}
    types = file.root("[Content_Types].xml")
    assert {one.get("PartName") for one in types} - {None} == {f"/{name}" for name in targets}
    assert {one.get("Extension") for one in types} - {None} == {"rels", "xml"}
    ids = {one.attrib["Id"] for one in file.root("word/_rels/document.xml.rels")}
    used = set(re.findall(r' r:id="(\w+)"', file.raw["word/document.xml"].decode()))
    assert len(used) == 4
    assert used <= ids
