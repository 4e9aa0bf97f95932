"""The page of a Word report, what stands above and below its text, and the program's settings."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from app.export.docx_package import WordFile
from app.export.docx_styles import FOOTER, FOOTER_LINE, HEADER, HEADER_LINE, LINE
from app.export.docx_xml import Element, hexadecimal, make, paragraph, run, twips
from app.export.page import (
    BOTTOM,
    LEFT,
    NUMBER_BELOW,
    NUMBER_SIZE,
    RIGHT,
    SHEET_HEIGHT,
    SHEET_WIDTH,
    TOP,
)
from app.export.pdf import RED

SIDES = {"default": "right", "even": "left"}
"""Where the page number of odd and of even pages stands: outwards."""


def section(file: WordFile, mark: str) -> Element:
    """Return the properties of the one section; its headers and footers are put into the file."""
    return make(
        "sectPr",
        *(_part(file, "header", side, _mark(mark)) for side in SIDES if mark),
        *(_part(file, "footer", side, _page_number(side)) for side in SIDES),
        make("pgSz", w=twips(SHEET_WIDTH), h=twips(SHEET_HEIGHT)),
        make(
            "pgMar",
            top=twips(SHEET_HEIGHT - TOP),
            right=twips(SHEET_WIDTH - RIGHT),
            bottom=twips(BOTTOM),
            left=twips(LEFT),
            header=twips((SHEET_HEIGHT - TOP - HEADER_LINE) / 2),
            footer=twips(BOTTOM - NUMBER_BELOW - FOOTER_LINE / 2),
            gutter=0,
        ),
        make("docGrid", type="lines", linePitch=LINE),
    )


def settings() -> Element:
    """Return the part that tells Word to be the program of today, and to differ on even pages."""
    mode = make(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return make(
        "settings",
        make("zoom", percent=100),
        make("evenAndOddHeaders"),
        make("characterSpacingControl", val="compressPunctuation"),
        make("compat", mode),
    )


def _part(file: WordFile, kind: str, side: str, content: Element) -> Element:
    root = make("hdr" if kind == "header" else "ftr", content)
    types = {"header": CONTENT_TYPE.WML_HEADER, "footer": CONTENT_TYPE.WML_FOOTER}
    relations = {"header": RELATIONSHIP_TYPE.HEADER, "footer": RELATIONSHIP_TYPE.FOOTER}
    added = file.add(f"{kind}-{side}", types[kind], relations[kind], root)
    reference = make(f"{kind}Reference", type=side)
    reference.set(qn("r:id"), added)
    return reference


def _mark(mark: str) -> Element:
    return paragraph(HEADER, [run(mark, make("color", val=hexadecimal(RED)))])


def _page_number(side: str) -> Element:
    number = make("fldSimple", run("1"), instr=" PAGE ")
    away = make("ind", **{SIDES[side]: twips(NUMBER_SIZE)})
    return paragraph(FOOTER, [run("— "), number, run(" —")], away, make("jc", val=SIDES[side]))
