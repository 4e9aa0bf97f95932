"""The text of one box of a table, set so that it fits: headings, figures, words in their place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from app.export.document import Content
from app.export.fonts import Role
from app.export.linebreak import Line
from app.export.page import CENTRE, ROOM, Text, balanced, set_lines, width_of
from app.layout import Grid
from app.numbers import Unreadable

LABEL, FIGURE = Role.BODY, Role.SONG
LEADING = 1.2
SIDE, FIGURE_SIDE = 2.5, 1.75
"""Left free beside a heading, beside a figure."""
NARROW_BELOW, SMALLEST = 7.0, 5.0
"""Smaller figures are set in the face with narrow digits; smaller still, they are divided."""
SHORT = 3
"""Characters of a heading that shrinks a little rather than be divided."""
MOST_LINES = 6
"""What text in the place of a figure may cover before it is set in the smallest size."""
_NUMERAL = re.compile(r"（.{1,3}）")


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one box, set."""

    lines: tuple[Line, ...]
    role: Role
    size: float
    centred: bool = True
    upright: bool = False
    """Whether it is set one character to the line."""

    @property
    def height(self) -> float:
        """What its lines cover."""
        return len(self.lines) * self.size * LEADING


def printed(content: Content) -> str:
    """Return the figure of a box with the unit that belongs behind it; blank ones have none."""
    text = content.text.replace("\t", "\u3000")
    return text + content.unit if text else ""


def set_box(
    content: Content, grid: Grid, width: float, size: float, room: float = math.inf
) -> Block:
    """Set the text of a box; smaller where only some of its rows are on the page."""
    while True:
        block = _set(content, grid, width, size)
        if block.height <= room or size <= SMALLEST:
            return block
        size -= 0.5


def _set(content: Content, grid: Grid, width: float, size: float) -> Block:
    box = content.box
    if box.cell:
        words = isinstance(content.figure, Unreadable)
        return (_words if words else _number)(printed(content), width - 2 * FIGURE_SIDE, size)
    names_row = box.row >= grid.bands[0].stop and box.column + box.columns == grid.stub_columns
    upright = box.rows >= 2 * len(box.text)
    return _label(box.text, width - 2 * SIDE, size, upright, names_row and grid.stub_columns > 1)


def _number(text: str, room: float, size: float) -> Block:
    """Set a figure in one line if it can be read so: smaller, then also in the narrower face."""
    for role, least in ((FIGURE, NARROW_BELOW), (LABEL, SMALLEST)):
        natural = width_of(text, role, size)
        fitting = math.floor(size * min(1.0, room / natural) * 10) / 10 if text else size
        if fitting >= least:
            return _lines(text, room, role, fitting)
    return Block(tuple(balanced(text, room, LABEL, SMALLEST)), LABEL, SMALLEST)


def _words(text: str, room: float, size: float) -> Block:
    """Set what stands in the place of a figure; what a page cannot hold ends with an ellipsis."""
    if width_of(text, FIGURE, size) > MOST_LINES * room:
        size = SMALLEST
    most = int(ROOM / 2 / (size * LEADING))
    block = _lines(text[: most * int(room)], room, FIGURE, size)
    if len(block.lines) <= most:
        return block
    return replace(block, lines=(*block.lines[: most - 1], *_lines("…", room, FIGURE, size).lines))


@lru_cache(maxsize=1024)
def _lines(text: str, room: float, role: Role, size: float) -> Block:
    return Block(tuple(set_lines(text, room, role, size)), role, size)


@lru_cache(maxsize=512)
def _label(text: str, room: float, size: float, upright: bool, sentence: bool) -> Block:
    """Set a heading: from the left, upright, or in even lines with its numeral apart."""
    if sentence:
        return replace(_lines(text, room, LABEL, size), centred=False)
    if upright:
        return _upright(text, room, size)
    if len(text) <= SHORT:
        size = max(0.8 * size, min(size, size * room / width_of(text, LABEL, size)))
    lines = balanced(text, room, LABEL, size)
    numeral = _NUMERAL.match(text)
    if numeral:
        apart = [numeral.group(), text[numeral.end() :]]
        parted = [line for part in apart for line in balanced(part, room, LABEL, size)]
        lines = parted if len(parted) <= len(lines) else lines
    return Block(tuple(lines), LABEL, size)


def _upright(text: str, room: float, size: float) -> Block:
    """Set one character to the line, its punctuation hanging beside it."""
    block = _lines(text, min(room, 1.95 * size), LABEL, size)
    lines = tuple(replace(line, width=size) for line in block.lines)
    return replace(block, lines=lines, upright=True)


def texts_of(block: Block, left: float, right: float, middle: float) -> Iterator[Text]:
    """Draw the lines of a block around the middle of its box."""
    step = block.size * LEADING
    y = middle + step * (len(block.lines) - 1) / 2 - CENTRE * block.size
    for line in block.lines:
        x = (left + right - line.width) / 2 if block.centred else left + SIDE
        yield Text(x, y, line.text.rstrip(), block.role, block.size, line.spacing)
        y -= step
