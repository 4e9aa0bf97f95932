"""Elements of WordprocessingML, its units, and the fonts that offices have for our roles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from app.export.fonts import Role

Element: TypeAlias = BaseOxmlElement

FONTS: Mapping[Role, str] = MappingProxyType(
    {
        Role.BODY: "仿宋_GB2312",
        Role.SECOND: "楷体_GB2312",
        Role.FIRST: "黑体",
        Role.TITLE: "方正小标宋简体",
        Role.SONG: "宋体",
    }
)

_PREFIXES = {prefix: nsmap[prefix] for prefix in ("w", "r")}
"""Said with each element: else a prefix would be whatever other libraries have registered."""


def make(tag: str, *children: Element | None, **values: object) -> Element:
    """Return a new element of Word's namespace with these attributes; None is no child."""
    attributes = {qn(f"w:{name}"): str(value) for name, value in values.items()}
    made: Element = OxmlElement(f"w:{tag}", attributes, _PREFIXES)
    for child in children:
        if child is not None:
            made.append(child)
    return made


def paragraph(style: str, runs: Iterable[Element], *properties: Element | None) -> Element:
    """Return a paragraph; its properties come in the order of Word's schema."""
    return make("p", make("pPr", make("pStyle", val=style), *properties), *runs)


def run(text: str, *properties: Element) -> Element:
    """Return a run of text, whatever characters it is of; a newline breaks the line."""
    made = make("r", make("rPr", *properties) if properties else None)
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(make("br"))
        written = make("t")
        written.text = line
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(written)
    return made


def font(role: Role) -> Element:
    """Return the font of a role, for every script; quotation marks count as Chinese."""
    name = FONTS[role]
    return make("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia")


def hexadecimal(colour: tuple[float, float, float]) -> str:
    """Return a colour as Word writes it."""
    return "".join(f"{round(255 * part):02X}" for part in colour)


def size(points: float) -> tuple[Element, Element]:
    """Return a size of text, for every script."""
    halves = math.floor(2 * points)
    return make("sz", val=halves), make("szCs", val=halves)


def twips(points: float) -> int:
    """Return a length in twentieths of a point."""
    return round(20 * points)


def exactly(line: int, **more: object) -> Element:
    """Return the spacing of lines that are so many twips apart whatever font comes to be used."""
    return make("spacing", **more, line=line, lineRule="exact")
