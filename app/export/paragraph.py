"""The paragraphs of a text and the headings officials write into them: 一、 / （一） / 1."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.narrative import paragraphs

LONGEST_HEADING = 40
"""Characters: a first sentence longer than that is no heading."""
_HAN = "[一二三四五六七八九十百]{1,4}"
_HEADINGS = (
    re.compile(rf"{_HAN}、[^。；：]*(?:。|$)"),
    re.compile(rf"[（(]{_HAN}[）)][^。]*(?:。|$)"),
    re.compile(r"\d{1,2}[.．、](?!\d)[^。；：]*(?:。|$)", re.ASCII),
)
"""The first sentence of a heading, by its level from 1 on (GB/T 9704-2012, 7.3.3)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; its first `head` characters are a heading of `level` 1 to 3, if any."""

    text: str
    level: int = 0
    head: int = 0

    @property
    def is_heading(self) -> bool:
        """Tell whether the whole paragraph is one, so that it must stay with what follows."""
        return 0 < self.head == len(self.text)


def read_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Split a text into its paragraphs and recognise their headings."""
    return tuple(map(read_paragraph, paragraphs(text)))


def read_paragraph(text: str) -> Paragraph:
    """Recognise the heading a paragraph begins with, or is."""
    for level, pattern in enumerate(_HEADINGS, start=1):
        found = pattern.match(text)
        if found and found.end() <= LONGEST_HEADING:
            return Paragraph(text, level, found.end())
    return Paragraph(text)
