"""The styles of a Word report and the fonts they name, after GB/T 9704-2012."""

from __future__ import annotations

import math
from collections.abc import Iterator

from app.export.docx_xml import FONTS, Element, exactly, font, make, size, twips
from app.export.fonts import Role
from app.export.page import EM, MARK_SIZE, NUMBER_SIZE, PITCH
from app.export.pdf_cell import FIGURE, FIGURE_SIDE, LABEL, LEADING, SIDE
from app.export.pdf_table import SIZES
from app.export.pdf_text import HEADING_ROLES, TITLE_SIZE

LINE = math.floor(20 * PITCH)
"""From line to line in twips: 22 must fill the type area and not exceed it."""
BODY_SIZE = 16.0
"""3号 as Word knows it; what it is too wide for 28 in a line is taken off between characters."""
TABLE_SIZE = SIZES[0]
HEADER_LINE, FOOTER_LINE = 24.0, 20.0
"""How high the one line of a header or a footer is."""
INDENT = {"firstLineChars": 200, "firstLine": twips(2 * EM)}
NORMAL, BODY, TITLE, SIGNATURE = "Normal", "BodyText", "Title", "Signature"
HEADER, FOOTER = "Header", "Footer"
LABELS, FIGURES = "TableLabel", "TableFigure"
DEFAULT_RUN = "DefaultParagraphFont"
_INSTEAD = {
    Role.BODY: "仿宋",
    Role.SECOND: "楷体",
    Role.FIRST: "SimHei",
    Role.TITLE: "华文中宋",
    Role.SONG: "SimSun",
}
"""What an office may have where it lacks the font itself, or what else that one is called."""


def heading(level: int) -> str:
    """Return the style of a heading of this level, from 1 on."""
    return f"Heading{level}"


def heading_run(level: int) -> str:
    """Return the style of a heading that runs into its paragraph."""
    return f"{heading(level)}Char"


def styles() -> Element:
    """Return the part that defines all styles."""
    return make("styles", _defaults(), *_text_styles(), *_heading_styles(), *_table_styles())


def fonts() -> Element:
    """Return the part that says what to take for a font that is not there."""
    return make("fonts", *map(_font, FONTS))


def _font(role: Role) -> Element:
    return make(
        "font",
        make("altName", val=_INSTEAD[role]),
        make("charset", val="86"),
        make("family", val="auto"),
        name=FONTS[role],
    )


def _defaults() -> Element:
    language = make("lang", val="zh-CN", eastAsia="zh-CN")
    text = make("rPr", font(Role.BODY), make("color", val="000000"), *size(BODY_SIZE), language)
    return make("docDefaults", make("rPrDefault", text), make("pPrDefault"))


def _text_styles() -> Iterator[Element]:
    yield _style(
        NORMAL,
        "Normal",
        make("qFormat"),
        make(
            "pPr",
            make("widowControl", val=0),  # else pages have less than 22 lines
            make("kinsoku", val=1),
            make("overflowPunct", val=1),
            make("autoSpaceDE", val=0),
            make("autoSpaceDN", val=0),
            make("adjustRightInd", val=0),
            make("snapToGrid", val=0),  # lines have the pitch of the grid by themselves
            exactly(LINE, before=0, after=0),
            make("jc", val="both"),
        ),
        make("rPr", make("spacing", val=twips(EM - BODY_SIZE))),
        default=1,
    )
    yield _based(BODY, "Body Text", make("pPr", make("ind", **INDENT)))
    title = make("pPr", make("keepNext"), make("spacing", after=LINE), make("jc", val="center"))
    yield _based(TITLE, "Title", title, _look(Role.TITLE, TITLE_SIZE), then=BODY)
    yield _based(SIGNATURE, "Signature", make("pPr", make("jc", val="left")))
    header = make("pPr", exactly(twips(HEADER_LINE)), make("jc", val="center"))
    yield _based(HEADER, "header", header, _look(Role.FIRST, MARK_SIZE))
    yield _based(
        FOOTER, "footer", make("pPr", exactly(twips(FOOTER_LINE))), _look(Role.SONG, NUMBER_SIZE)
    )


def _heading_styles() -> Iterator[Element]:
    yield _style(
        DEFAULT_RUN, "Default Paragraph Font", make("semiHidden"), type="character", default=1
    )
    for level, role in HEADING_ROLES.items():
        whole, running = heading(level), heading_run(level)
        definition = make(
            "pPr",
            make("keepNext"),
            make("ind", **INDENT),
            make("jc", val="left"),
            make("outlineLvl", val=level - 1),
        )
        look = make("rPr", font(role))
        yield _based(whole, f"heading {level}", definition, look, then=BODY, link=running)
        yield _style(
            running,
            f"Heading {level} Char",
            make("basedOn", val=DEFAULT_RUN),
            make("link", val=whole),
            make("rPr", font(role)),
            type="character",
            customStyle=1,
        )


def _table_styles() -> Iterator[Element]:
    yield _style("TableNormal", "Normal Table", make("semiHidden"), type="table", default=1)
    beside = twips(SIDE - FIGURE_SIDE)
    line, centred = exactly(twips(TABLE_SIZE * LEADING)), make("jc", val="center")
    labels = make("pPr", line, make("ind", left=beside, right=beside), centred)
    yield _based(LABELS, "表格项目", labels, _look(LABEL, TABLE_SIZE), customStyle=1)
    figures = make("pPr", exactly(twips(TABLE_SIZE * LEADING)), make("jc", val="center"))
    yield _based(FIGURES, "表格数字", figures, _look(FIGURE, TABLE_SIZE), customStyle=1)


def _look(role: Role, points: float) -> Element:
    return make("rPr", font(role), make("spacing", val=0), *size(points))


def _based(
    style: str, name: str, *definition: Element, then: str = "", link: str = "", **marks: object
) -> Element:
    """Return a style of paragraphs that differs from the normal one in what is defined here."""
    parent = [
        make("basedOn", val=NORMAL),
        make("next", val=then) if then else None,
        make("link", val=link) if link else None,
        make("qFormat"),
    ]
    return _style(style, name, *parent, *definition, **marks)


def _style(style: str, name: str, *definition: Element | None, **marks: object) -> Element:
    kind = {"type": "paragraph", **marks}
    return make("style", make("name", val=name), *definition, **kind, styleId=style)
