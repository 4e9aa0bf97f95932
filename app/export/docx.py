"""The report as a Word file after GB/T 9704-2012, to be read and changed like any other.

Words stand in styles and are broken into lines by Word; tables are about as high as in the PDF
file, so that both have the same pages unless the fonts of an office are much wider than ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.table import CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.shared import Pt

from app.export.document import Document
from app.export.docx_package import WordFile
from app.export.docx_page import section, settings
from app.export.docx_styles import BODY, LINE, SIGNATURE, TITLE, fonts, heading, heading_run, styles
from app.export.docx_table import ABOVE, table
from app.export.docx_xml import Element, make, paragraph, run, twips
from app.export.page import EM, LEFT
from app.export.paragraph import Paragraph
from app.export.pdf import sheets
from app.export.pdf_table import BELOW
from app.export.pdf_text import signature, spaced, title_lines


def render(document: Document) -> bytes:
    """Return the report as a Word file; equal documents give equal bytes."""
    body = make("body", *_apart(_blocks(document)))
    file = WordFile(make("document", body))
    for name, content_type, relation, root in (
        ("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles()),
        ("fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, fonts()),
        ("settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings()),
    ):
        file.add(name, content_type, relation, root)
    body.append(section(file, document.mark))
    return file.packed(document.title)


def _blocks(document: Document) -> list[Element]:
    """Return title, sections and signature in order; the signature is bound to what it signs."""
    lines = "\n".join(line.text for line in title_lines(document.title))
    blocks: list[Element] = [paragraph(TITLE, [run(lines)])]
    tables = iter(sheets(document))
    for part in document.parts:
        if part.heading:
            blocks.append(paragraph(heading(1), [run(part.heading)]))
        blocks += map(_paragraph, part.paragraphs)
        if part.table:
            blocks.append(table(next(tables)))
    signed = list(_signature(document))
    if signed and isinstance(blocks[-1], CT_P):
        blocks[-1].get_or_add_pPr().keepNext_val = True
    return [*blocks, *signed]


def _paragraph(subject: Paragraph) -> Element:
    text, head = spaced(subject.text), subject.head
    if subject.is_heading:
        return paragraph(heading(subject.level), [run(text)])
    if not head:
        return paragraph(BODY, [run(text)])
    style = make("rStyle", val=heading_run(subject.level))
    return paragraph(BODY, [run(text[:head], style), run(text[head:])])


def _signature(document: Document) -> Iterator[Element]:
    """Place organ and date where the PDF file has them: Chinese characters are as wide in both."""
    texts = [line.texts[0] for line in signature(document)]
    above = make("spacing", before=LINE)
    if organ := texts[:-1]:
        lines = "\n".join(text.text for text in organ)
        yield paragraph(SIGNATURE, [run(lines)], make("keepNext"), above, _from(organ[0].x))
    for day in texts[-1:]:
        yield paragraph(SIGNATURE, [run(day.text)], None if organ else above, _from(day.x))


def _from(x: float) -> Element:
    """Begin lines there; they may end in the margin, for digits are wider in some fonts."""
    return make("ind", left=twips(x - LEFT), right=-twips(2 * EM))


def _apart(blocks: Sequence[Element]) -> Iterator[Element]:
    """Leave room above and below tables, and have a paragraph behind each: Word demands one."""
    for before, block in pairwise([None, *blocks]):
        if isinstance(before, CT_Tbl):
            if isinstance(block, CT_P):
                block.get_or_add_pPr().spacing_before = Pt(BELOW)
            else:
                yield make("p")
        elif isinstance(block, CT_Tbl) and isinstance(before, CT_P):
            before.get_or_add_pPr().spacing_after = Pt(ABOVE)
        if block is not None:
            yield block
    if isinstance(blocks[-1], CT_Tbl):
        yield make("p")
