"""The PDF file: where everything stands, and what can be read back from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checks import check
from app.drafts import load
from app.export.document import UNCHECKED_MARK, Document, Part, document_of
from app.export.fonts import Role
from app.export.page import (
    BOTTOM,
    EM,
    HEIGHT,
    LEFT,
    MM,
    PITCH,
    RIGHT,
    TOP,
    WIDTH,
    Item,
    Text,
    paginate,
    width_of,
)
from app.export.paragraph import read_paragraph
from app.export.pdf import compose, render
from app.export.pdf_cell import SMALLEST
from app.export.pdf_table import Placed
from app.export.pdf_text import paragraph
from app.forms import FigureKind, all_forms
from app.numbers import Figure, Unreadable
from app.paths import resources
from app.report import Report
from tests.reports import all_zeros

FORMS = [form.version for form in all_forms()]
EXAMPLE = load(resources() / "examples" / "qingshi-2026.json").report
RARE = "㙍䶮𬇙㛃䴙鿍𫖯𬱖"
NOTHING: dict[FigureKind, Figure] = dict.fromkeys(FigureKind, 0)
LONG: dict[FigureKind, Figure] = {
    FigureKind.COUNT: 123_456_789,
    FigureKind.CHANGE: -1_234_567,
    FigureKind.MONEY: Decimal("24252.311082"),
}
VAGUE = Unreadable("约三十余件，其中上年结转若干件，详见附件说明" * 3)
WORDS = st.text(
    st.sampled_from("一二政府信息公开，。、；：“”（）《》——……〔〕0123456789.%AbZ \t\u3000" + RARE),
    max_size=400,
)


@dataclass(frozen=True)
class Char:
    """One character as a reader of the file finds it, with the edges of its ink."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def in_type_area(self) -> bool:
        return BOTTOM < (self.bottom + self.top) / 2 < TOP

    def inside(self, box: Placed, slack: float = 0.0) -> bool:
        return (
            box.left - slack <= self.left
            and self.right <= box.right + slack
            and box.bottom - slack <= self.bottom
            and self.top <= box.top + slack
        )


def chars_of(pdf: bytes) -> list[list[Char]]:
    """The characters of each page that leave ink, in the order of the file."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [list(_chars(page.get_textpage())) for page in document]


def _chars(page: Any) -> Iterator[Char]:
    for at in range(page.count_chars()):
        text = page.get_text_range(at, 1)
        if text.strip():
            yield Char(text, *page.get_charbox(at))


def read_back(pages: list[list[Char]]) -> str:
    """All that stands in the type areas, as one text."""
    return "".join(char.text for page in pages for char in page if char.in_type_area)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def document(report: Report = EXAMPLE) -> Document:
    return document_of(check(report))


def filled(version: str, figures: dict[FigureKind, Figure]) -> Document:
    report = all_zeros(version)
    return document(
        report.with_cells(
            {one.cell: figures[one.column.figure] for one in report.form.typed()},
        )
    )


def prose(*paragraphs: str, organ: str = "青石镇人民政府", day: str = "2027年1月12日") -> Document:
    """A report of one section without tables."""
    title = f"{organ}2026年度报告"
    return Document(title, organ, 2026, day, "", (part("一、甲", *paragraphs),))


def part(heading: str, *paragraphs: str) -> Part:
    return Part(heading, tuple(map(read_paragraph, paragraphs)))


def words(texts: tuple[Text, ...]) -> str:
    return bare("".join(text.text for text in texts))


def boxes_of(document: Document, table: str) -> list[list[Placed]]:
    """The boxes of one table, page by page, pages without it left out."""
    (content,) = (one for _, one in document.tables if one.table.id == table)
    own = {id(one) for one in content.contents}
    pages = [[box for box in page.boxes if id(box.content) in own] for page in compose(document)]
    return [boxes for boxes in pages if boxes]


@pytest.fixture(scope="module")
def example() -> list[list[Char]]:
    return chars_of(render(document()))


# ── What comes back ──


@pytest.mark.parametrize(
    "subject",
    [document(), *(filled(version, LONG) for version in FORMS), document(all_zeros("2019"))],
    ids=["example", *FORMS, "zeros"],
)
def test_that_every_text_and_every_figure_comes_back_from_its_place(subject: Document) -> None:
    pages = chars_of(render(subject))
    everything = read_back(pages)
    signed = (subject.organ, subject.date) if subject.date else ()
    for text in (subject.title, *signed):
        assert bare(text) in everything
    for part in subject.parts:
        assert bare(part.heading) in everything
        assert all(bare(paragraph.text) in everything for paragraph in part.paragraphs)
    for chars, page in zip(pages, compose(subject), strict=True):
        for box in page.boxes:
            within = [char for char in chars if char.inside(box)]
            shown = bare("".join(text.text for text in box.texts))
            assert bare("".join(char.text for char in within)) == shown
            assert shown == bare(box.content.box.text or box.content.text + box.content.unit)
    shown_boxes = [id(box.content) for page in compose(subject) for box in page.boxes]
    assert {id(one) for _, table in subject.tables for one in table.contents} == {*shown_boxes}


def test_that_a_unit_stands_directly_behind_its_figure() -> None:
    figures: dict[FigureKind, Figure] = {**LONG, FigureKind.MONEY: Decimal("821.73")}
    assert "821.73万元" in read_back(chars_of(render(filled("2019", figures))))
    assert "万元" not in read_back(chars_of(render(document(Report(all_zeros("2019").form, 2019)))))


def test_that_rare_characters_come_back() -> None:
    text = f"{RARE}村的𬇙水与镕水。"
    with pypdfium2.PdfDocument(render(prose(text))) as pdf:
        assert text in pdf[0].get_textpage().get_text_range()


def test_that_markup_comes_back_as_it_was_typed() -> None:
    hostile = '<img src="/etc/passwd">&amp;<b>甲</b> \\(乙) {{a.b.c}} %s'
    subject = prose(hostile, organ="<para>&镇")
    assert bare(hostile) in read_back(chars_of(render(subject)))
    assert bare(subject.organ) in read_back(chars_of(render(subject)))


def test_that_a_tab_becomes_one_wide_space() -> None:
    page = compose(prose("甲\t乙"))[0]
    assert "甲\u3000乙" in [text.text for text in page.texts]


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=4), WORDS)
def test_that_no_character_is_lost_and_none_leaves_the_type_area(
    paragraphs: list[str], organ: str
) -> None:
    subject = prose(*paragraphs, organ=organ)
    pages = compose(subject)
    expected = bare(subject.title + "一、甲" + "".join(paragraphs) + organ + subject.date)
    assert "".join(words(page.texts) for page in pages) == expected
    assert all(fits(text) for page in pages for text in page.texts)


def fits(text: Text) -> bool:
    width = width_of(text.text, text.role, text.size) + text.spacing * (len(text.text) - 1)
    return (
        text.x >= LEFT - 0.01
        and text.x + width <= RIGHT + 0.01
        and text.y - 0.12 * text.size >= BOTTOM
        and text.y + 0.88 * text.size <= TOP + 0.01
    )


@pytest.mark.parametrize(
    "paragraph", ["主动公开" * 50_000, "A" * 20_000, "，" * 2_000, "（" * 2_000, "—" * 2_001]
)
def test_that_a_text_without_end_or_without_a_place_to_break_is_set(paragraph: str) -> None:
    pages = compose(prose(paragraph))
    assert paragraph in "".join(words(page.texts) for page in pages)
    assert all(fits(text) for page in pages for text in page.texts)


@pytest.mark.parametrize("version", FORMS)
def test_that_a_report_with_nothing_in_it_shows_its_form(version: str) -> None:
    blank = document(Report(EXAMPLE.form if version == "2021" else all_zeros(version).form, 2026))
    text = read_back(chars_of(render(blank)))
    assert all(bare(part.heading) in text for part in blank.parts)


# ── The page ──


def test_that_a_full_page_has_22_lines_of_28_characters_within_the_margins() -> None:
    page = chars_of(render(prose("政府信息公开工作" * 400)))[1]
    shown = [char for char in page if char.in_type_area]
    assert len([char for char in shown if char.left < LEFT + 3]) == 22
    assert len(shown) == 22 * 28
    assert min(char.left for char in shown) / MM == pytest.approx(28, abs=1)
    assert max(char.right for char in shown) / MM == pytest.approx(184, abs=1)
    assert 297 - max(char.top for char in shown) / MM == pytest.approx(37, abs=1)


def test_that_only_page_numbers_stand_outside_the_type_area(example: list[list[Char]]) -> None:
    for chars in example:
        inside = [char for char in chars if char.in_type_area]
        assert all(char.left >= LEFT and char.right <= RIGHT for char in inside)
        assert all(char.bottom >= BOTTOM and char.top <= TOP for char in inside)


def test_that_page_numbers_stand_outwards_one_character_in(example: list[list[Char]]) -> None:
    for number, chars in enumerate(example, start=1):
        below = [char for char in chars if char.top < BOTTOM]
        assert "".join(char.text for char in below) == f"—{number}—"
        assert BOTTOM - (below[0].top + below[0].bottom) / 2 == pytest.approx(7 * MM, abs=2)
        inset = RIGHT - below[-1].right if number % 2 else below[0].left - LEFT
        assert inset == pytest.approx(14, abs=1.5)


def test_that_every_page_of_an_unclean_report_bears_the_mark_and_no_other_does(
    example: list[list[Char]],
) -> None:
    assert not any(char.bottom > TOP for chars in example for char in chars)
    pages = chars_of(render(document(replace(EXAMPLE, cells={}))))
    for chars in pages:
        above = "".join(char.text for char in chars if char.bottom > TOP)
        assert above == UNCHECKED_MARK


def test_that_equal_documents_give_equal_files_with_every_font_embedded() -> None:
    first = render(document())
    render(prose("别的"))
    assert render(document()) == first
    fonts = re.findall(rb"/BaseFont /(\S+)", first)
    assert fonts
    assert first.count(b"/FontFile2 ") == len(fonts)


def test_that_the_outline_leads_to_the_title_and_the_six_sections() -> None:
    with pypdfium2.PdfDocument(render(document())) as pdf:
        entries = [
            (one.level, one.get_title(), one.get_dest().get_index()) for one in pdf.get_toc()
        ]
    pages = [words(page.texts) for page in compose(document())]
    sections = [part.heading for part in document().parts if part.heading]
    assert len(sections) == 6
    assert [(level, title) for level, title, _ in entries] == [
        (0, document().title),
        *((1, heading) for heading in sections),
    ]
    assert all(bare(title) in pages[at] for _, title, at in entries)


# ── Headings, paragraphs, signature ──


def roles_of(*paragraphs: str) -> list[tuple[str, Role]]:
    page = compose(prose(*paragraphs, day=""))[0]
    texts = [text for text in page.texts if text.role is not Role.TITLE]
    return [(text.text, text.role) for text in texts[1:]]  # without the heading of the section


def test_that_a_heading_of_the_second_level_is_set_in_its_own_face() -> None:
    assert roles_of("（一）主动公开", "甲。") == [
        ("（一）主动公开", Role.SECOND),
        ("甲。", Role.BODY),
    ]
    assert roles_of("（二）收费情况。本年没有收费。") == [
        ("（二）收费情况。", Role.SECOND),
        ("本年没有收费。", Role.BODY),
    ]


def test_that_a_heading_of_the_first_level_within_a_text_is_set_like_a_section() -> None:
    assert roles_of("一、加强领导", "甲。") == [("一、加强领导", Role.FIRST), ("甲。", Role.BODY)]


def test_that_a_long_sentence_and_a_third_level_are_body_text() -> None:
    sentence = "（三）" + "政府信息公开工作" * 6 + "。"
    assert {role for _, role in roles_of(sentence, "1.甲。", "（略）甲")} == {Role.BODY}


@pytest.mark.parametrize("text", ["一、甲", "（一）甲", "1.甲", "2．甲。"])
def test_that_a_paragraph_that_is_a_heading_stays_with_what_follows(text: str) -> None:
    assert read_paragraph(text).is_heading
    assert all(line.keep for line in paragraph(read_paragraph(text)))


@pytest.mark.parametrize("text", ["一、甲。乙。", "1.5件", "二是甲", "十一、" + "甲" * 40, "甲。"])
def test_that_other_paragraphs_are_free_to_part_from_what_follows(text: str) -> None:
    assert not read_paragraph(text).is_heading
    assert not any(line.keep for line in paragraph(read_paragraph(text)))


def test_that_figures_in_a_heading_do_not_push_its_line_over_the_edge() -> None:
    page = compose(prose("（一）2026年123456789012公开。" + "政府信息公开工作" * 10))[0]
    assert all(fits(text) for text in page.texts)
    first, second = [text for text in page.texts if text.size == EM][1:3]
    end = first.x + width_of(first.text, first.role, EM) + first.spacing * len(first.text)
    assert second.x == pytest.approx(end)
    assert second.y == first.y


@pytest.mark.parametrize("lines", range(23))
def test_that_no_heading_is_last_on_a_page_and_no_signature_alone(lines: int) -> None:
    body = ["甲"] * lines
    subject = replace(
        prose(),
        parts=(part("一、甲", *body, "（一）乙", "丙"), part("二、丁", *body, "戊", "己")),
    )
    pages = [page.texts for page in compose(subject)]
    assert all(texts[-1].role is Role.BODY for texts in pages)
    assert all(not texts[-1].text.startswith("（一）") for texts in pages)
    assert [text.text for text in pages[-1][-4:]] == ["戊", "己", subject.organ, subject.date]
    assert all(len(page) <= 22 for page in pages)


def signed(organ: str, day: str) -> list[Text]:
    texts = compose(prose("甲", organ=organ, day=day))[-1].texts
    return [text for text in texts if text.text in (organ, day)]


def test_that_a_report_without_a_date_has_no_signature() -> None:
    assert signed("青石镇人民政府", "") == []


def test_that_the_date_stands_two_characters_further_right_than_the_organ() -> None:
    organ, day = signed("青石镇人民政府", "2027年1月12日")
    assert organ.x + width_of(organ.text, Role.BODY, EM) == pytest.approx(RIGHT - 2 * EM)
    assert day.x == pytest.approx(organ.x + 2 * EM)
    assert organ.y - day.y == pytest.approx(PITCH)


def test_that_a_date_longer_than_the_organ_ends_two_characters_before_the_edge() -> None:
    organ, day = signed("青石镇", "2027年1月12日")
    assert day.x + width_of(day.text, Role.BODY, EM) == pytest.approx(RIGHT - 2 * EM)
    assert organ.x == pytest.approx(day.x - 2 * EM)


def test_that_a_long_title_is_parted_before_the_year_and_centred() -> None:
    organ = "内蒙古自治区锡林郭勒盟东乌珠穆沁旗乌里雅斯太镇人民政府"
    title = [text for text in compose(prose(organ=organ))[0].texts if text.role is Role.TITLE]
    assert [text.text for text in title][-1] == "2026年度报告"
    widths = [width_of(text.text, text.role, text.size) for text in title]
    assert abs(widths[0] - widths[1]) <= 2 * title[0].size
    for text, width in zip(title, widths, strict=True):
        assert text.x - LEFT == pytest.approx((WIDTH - width) / 2)


# ── Tables ──


@pytest.mark.parametrize("version", FORMS)
@pytest.mark.parametrize("figures", [NOTHING, LONG], ids=["zeros", "long"])
def test_that_the_table_of_applications_stands_on_one_page(
    version: str, figures: dict[FigureKind, Figure]
) -> None:
    (boxes,) = boxes_of(filled(version, figures), "requests")
    assert boxes[0].top == pytest.approx(TOP - PITCH)


@pytest.mark.parametrize("version", FORMS)
def test_that_figures_of_ten_digits_stay_in_one_line_and_readable(version: str) -> None:
    subject = filled(version, {**LONG, FigureKind.COUNT: 1_234_567_890})
    figures = [box for page in compose(subject) for box in page.boxes if box.content.figure]
    assert all(len(box.texts) == 1 for box in figures)
    assert min(text.size for box in figures for text in box.texts) >= SMALLEST


@pytest.mark.parametrize("figure", [10**15 - 1, VAGUE, Unreadable("约三十" * 5_000)])
def test_that_what_hardly_fits_stays_within_its_box(figure: Figure) -> None:
    report = EXAMPLE.with_cells(dict.fromkeys(EXAMPLE.cells, figure))
    for page in compose(document(report)):
        for box in page.boxes:
            assert BOTTOM <= box.bottom < box.top <= TOP + 0.01
            for text in box.texts:
                width = width_of(text.text, text.role, text.size)
                assert box.left <= text.x
                assert text.x + width + text.spacing * (len(text.text) - 1) <= box.right
                assert box.bottom <= text.y
                assert text.y + 0.8 * text.size <= box.top


def crowded() -> list[list[Placed]]:
    """The table of applications when its rows are so high that they fill several pages."""
    cells = dict.fromkeys((cell for cell in EXAMPLE.cells if cell.table == "requests"), VAGUE)
    return boxes_of(document(EXAMPLE.with_cells(cells)), "requests")


def test_that_heading_rows_are_repeated_on_every_page_of_a_long_table() -> None:
    pages = crowded()
    heads = [[box.content.box.text for box in boxes if box.content.box.row < 3] for boxes in pages]
    assert len(pages) > 1
    assert all(head == heads[0] for head in heads)


def test_that_no_row_is_split_between_pages() -> None:
    shown = [box.content.box.cell for boxes in crowded() for box in boxes if box.content.box.cell]
    assert len(shown) == len(set(shown)) == len(document().tables[1][1].grid.places)


def test_that_a_merged_heading_is_drawn_again_where_its_rows_continue() -> None:
    merged = [box for boxes in crowded() for box in boxes if box.content.box.rows > 20]
    assert len(merged) > 1
    assert len({words(box.texts) for box in merged}) == 1
    assert all(
        box.bottom < text.y < box.top and text.size >= SMALLEST
        for box in merged
        for text in box.texts
    )


@pytest.mark.parametrize("lines", range(0, 22, 3))
def test_that_the_bands_of_a_stacked_table_stay_whole(lines: int) -> None:
    subject = filled("2019", LONG)
    title, overview, *rest = subject.parts
    subject = replace(subject, parts=(title, part(overview.heading, *["甲"] * lines), *rest))
    pages = boxes_of(subject, "disclosure")
    grid = subject.tables[0][1].grid
    firsts = [min(box.content.box.row for box in boxes) for boxes in pages]
    assert {*firsts} <= {band.start for band in grid.bands}


def test_that_a_table_is_closed_up_where_that_saves_a_cut() -> None:
    (boxes,) = boxes_of(document(), "disclosure")
    (airy,) = boxes_of(document(), "disputes")
    heights = [min(box.top - box.bottom for box in table) for table in (boxes, airy)]
    assert heights[0] < heights[1]


# ── Pagination by itself ──


def test_that_items_kept_together_begin_a_page_together() -> None:
    filler = Item(height=HEIGHT - 2 * PITCH)
    head, body = Item(height=PITCH, keep=True), Item(height=2 * PITCH)
    assert paginate([filler, head, body]) == [[(0.0, filler)], [(0.0, head), (PITCH, body)]]


def test_that_a_chain_longer_than_a_page_flows_on() -> None:
    chain = [Item(height=PITCH, keep=True)] * 50
    assert [len(page) for page in paginate(chain)] == [22, 22, 6]


def test_that_space_below_an_item_may_vanish_at_the_end_of_a_page() -> None:
    item = Item(height=HEIGHT, below=PITCH)
    assert paginate([item, item]) == [[(0.0, item)], [(0.0, item)]]


def test_that_nothing_makes_one_empty_page() -> None:
    assert paginate([]) == [[]]


def test_that_a_report_signed_by_nobody_ends_with_its_text() -> None:
    subject = replace(prose("甲"), organ="", date="")
    assert compose(subject)[-1].texts[-1].text == "甲"
