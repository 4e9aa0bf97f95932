"""The words of a report set line by line: title, headings, paragraphs, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.export.document import Document
from app.export.fonts import Role, advance
from app.export.linebreak import Line, Measure, break_lines
from app.export.page import (
    ASCENT,
    EM,
    LEFT,
    PITCH,
    RIGHT,
    SQUEEZE,
    STRETCH,
    WIDTH,
    Item,
    Text,
    balanced,
    set_lines,
    width_of,
)
from app.export.paragraph import Paragraph

TITLE_SIZE = 22.0  # 2号
INDENT = 2 * EM
HEADING_ROLES = {1: Role.FIRST, 2: Role.SECOND, 3: Role.BODY}
"""In what a heading within a text is set, by its level."""
_YEAR = re.compile(r"(?=\d{4}年)")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: its words, its depth, and the height on the page it leads to."""

    title: str
    level: int
    y: float


@dataclass(frozen=True, slots=True)
class Lines(Item):
    """One line of text; its pieces are placed from the left of the sheet and the item's top."""

    texts: tuple[Text, ...]
    bookmark: Bookmark | None = None


def title(text: str) -> list[Lines]:
    """Set the title."""
    items = [_line(_centred(line), keep=True) for line in title_lines(text)]
    bookmark = Bookmark(spaced(text), 0, 0.0)
    items[0] = replace(items[0], bookmark=bookmark)
    return [*items[:-1], replace(items[-1], below=PITCH)]


def title_lines(text: str) -> list[Line]:
    """Break a title; what one line cannot hold is parted before the year, else evenly."""
    text = spaced(text)
    parts = [text]
    if width_of(text, Role.TITLE, TITLE_SIZE) > WIDTH:
        parts = [part for part in _YEAR.split(text, maxsplit=1) if part]
    return [line for part in parts for line in balanced(part, WIDTH, Role.TITLE, TITLE_SIZE)]


def _centred(line: Line) -> Text:
    x = LEFT + (WIDTH - line.width) / 2
    return Text(x, 0.0, line.text.rstrip(), Role.TITLE, TITLE_SIZE, line.spacing)


def heading(text: str) -> list[Lines]:
    """Set the heading of a section, bound to what follows."""
    lines = set_lines(text, WIDTH, Role.FIRST, EM, indent=INDENT)
    items = [_line(_plain(line, LEFT + line.indent, Role.FIRST), keep=True) for line in lines]
    return [replace(items[0], bookmark=Bookmark(text, 1, 0.0)), *items[1:]]


def paragraph(subject: Paragraph) -> list[Lines]:
    """Set a paragraph; one that is a heading as a whole stays with what follows."""
    text = spaced(subject.text)
    role = HEADING_ROLES.get(subject.level, Role.BODY)
    widest = _Widest(text[: subject.head], role)
    items: list[Lines] = []
    start = 0
    for line in break_lines(text, Measure(WIDTH, SQUEEZE, STRETCH), widest, indent=INDENT):
        pieces = _pieces(line, subject.head - start, role)
        items.append(_line(*pieces, keep=subject.is_heading))
        start += len(line.text)
    return items


class _Widest:
    """Measures body text so that it still fits where characters of a heading are set in `role`."""

    def __init__(self, heading: str, role: Role) -> None:
        self._heading = frozenset(heading)
        self._role = role

    def __call__(self, character: str) -> float:
        width = advance(character, Role.BODY)
        if character in self._heading:
            width = max(width, advance(character, self._role))
        return EM * width


def _pieces(line: Line, head: int, role: Role) -> Iterator[Text]:
    """Set a line whose first characters, `head` of them, belong to a heading set in `role`."""
    text, x = line.text.rstrip(), LEFT + line.indent
    if head <= 0 or role is Role.BODY:
        yield _plain(line, x, Role.BODY)
        return
    parts = [(text[:head], role), (text[head:], Role.BODY)]
    widths = [width_of(part, one, EM) for part, one in parts]
    gaps = max(1, len(text) - 1)
    spacing = (line.width - sum(widths)) / gaps
    for (part, one), width in zip(parts, widths, strict=True):
        if part:
            yield Text(x, 0.0, part, one, EM, spacing)
        x += width + spacing * len(part)


def signature(document: Document) -> list[Lines]:
    """Set organ and date as GB/T 9704 has them on papers without a seal; nothing without a date.

    The longer of the two ends two characters before the right edge; the date begins two
    characters further right than the organ, or ends where an organ of several lines does.
    """
    if not document.date:
        return []
    lines = balanced(spaced(document.organ), WIDTH - INDENT, Role.BODY, EM)
    wide = max(line.width for line in lines) if document.organ else 0.0
    day = width_of(document.date, Role.BODY, EM)
    left = RIGHT - INDENT - (wide if wide >= day else day + INDENT)
    date_left = left + INDENT if len(lines) == 1 else RIGHT - INDENT - day
    texts = [_plain(line, left, Role.BODY) for line in lines]
    texts.append(Text(date_left, 0.0, document.date, Role.BODY, EM))
    shown = [text for text in texts if text.text]
    return [_line(text, keep=number < len(shown)) for number, text in enumerate(shown, start=1)]


def bound(items: Sequence[Lines]) -> list[Lines]:
    """Bind the last two lines of a text to the signature that follows after an empty line."""
    last = [replace(item, keep=True) for item in items[-2:]]
    return [*items[:-2], *last[:-1], *(replace(item, below=PITCH) for item in last[-1:])]


def _line(*texts: Text, keep: bool = False) -> Lines:
    """Hang one line of the type area from its item's top."""
    hung = tuple(text.moved(0.0, -ASCENT * text.size) for text in texts)
    return Lines(hung, height=PITCH, keep=keep)


def _plain(line: Line, x: float, role: Role) -> Text:
    return Text(x, 0.0, line.text.rstrip(), role, EM, line.spacing)


def spaced(text: str) -> str:
    """Turn each tab into one full-width space."""
    return text.replace("\t", "\u3000")
