"""The page of GB/T 9704-2012, text set for it, and which page everything comes to stand on.

All lengths are points. Text and boxes know their place on the sheet as a PDF file counts it,
from the lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.export.fonts import Role, advance
from app.export.linebreak import Line, Measure, break_lines

MM = 72 / 25.4
SHEET_WIDTH, SHEET_HEIGHT = 210 * MM, 297 * MM
LEFT, WIDTH = 28 * MM, 156 * MM
TOP, HEIGHT = SHEET_HEIGHT - 37 * MM, 225 * MM
RIGHT, BOTTOM = LEFT + WIDTH, TOP - HEIGHT
EM = 15.75
"""The size of body text, 3号: 28 of them fill a line."""
PITCH = 28.98
"""From line to line: 22 of them fill the type area."""
ROOM = HEIGHT - PITCH
"""For a table that stands on one page, below its heading."""
SQUEEZE, STRETCH = 0.6, EM / 2
NUMBER_SIZE, NUMBER_BELOW = 14.0, 7 * MM
"""The size of page numbers, 4号, and how far below the type area their middle stands."""
MARK_SIZE = 16.0
ASCENT = 0.88
CENTRE = 0.38
"""How far the top and the middle of a Chinese character lie above its baseline, in em."""
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of one size to be drawn in one go, beginning at a point of the baseline."""

    x: float
    y: float
    text: str
    role: Role
    size: float
    spacing: float = 0.0
    """To be added after each character."""

    def moved(self, right: float, up: float) -> Text:
        """Return the same text standing elsewhere."""
        return replace(self, x=self.x + right, y=self.y + up)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What cannot be divided between two pages."""

    height: float
    keep: bool = False
    """Whether it must stand on one page with the item that follows."""
    below: float = 0.0
    """Left free after it, unless a page ends there."""
    repeated: float = 0.0
    """How much higher it is where it begins a page, for headings that are drawn again."""


def width_of(text: str, role: Role, size: float) -> float:
    """Measure a text set without spacing."""
    return size * sum(advance(character, role) for character in text)


def set_lines(
    text: str, width: float, role: Role, size: float, *, indent: float = 0.0
) -> list[Line]:
    """Break a text into lines that are not stretched to one width."""
    measure = Measure(width, SQUEEZE, STRETCH, justify=False)
    return break_lines(text, measure, partial(_advance, role, size), indent=indent)


def balanced(text: str, width: float, role: Role, size: float) -> list[Line]:
    """Break a text into as few lines as the width allows, each about as long as the others."""
    lines = set_lines(text, width, role, size)
    narrow = width_of(text, role, size) / len(lines)
    while len(lines) > 1 and narrow < width:
        tried = set_lines(text, narrow, role, size)
        if len(tried) == len(lines):
            return tried
        narrow += size / 4
    return lines


def paginate(items: Sequence[Item]) -> list[list[tuple[float, Item]]]:
    """Put items on pages: for each page its items, each with how far below the top it begins.

    Items kept together begin a new page together, unless not even a whole page holds them.
    There is at least one page; an item higher than a page overflows it.
    """
    pages: list[list[tuple[float, Item]]] = [[]]
    used = 0.0
    for chain in _chains(items):
        if not _fits(chain, used) and _fits(chain, 0.0):
            pages.append([])
            used = 0.0
        for item in chain:
            if pages[-1] and not _fits([item], used):
                pages.append([])
                used = 0.0
            pages[-1].append((used, item))
            used += item.height + item.below + (0.0 if used else item.repeated)
    return [page for page in pages if page] or [[]]


def _advance(role: Role, size: float, character: str) -> float:
    return size * advance(character, role)


def _chains(items: Sequence[Item]) -> Iterator[list[Item]]:
    chain: list[Item] = []
    for item in items:
        chain.append(item)
        if not item.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def _fits(chain: Sequence[Item], used: float) -> bool:
    needed = sum(item.height + item.below for item in chain) - chain[-1].below
    if not used:
        needed += chain[0].repeated
    return used + needed <= HEIGHT + _TOLERANCE
