"""Which characters can be printed: some no format can hold, some no bundled font can draw."""

from __future__ import annotations

import re
from functools import cache

from app.paths import resources

UNDRAWN = "\t\n\r" + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Tab, line ends, variation selectors: they leave no ink, and no font needs a glyph for them."""

# What no output format can hold or what could hide or reorder text: control characters,
# surrogates, non-characters, zero-width and bidirectional signs, tags.
_UNPRINTABLE = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\ud800-\udfff\ufdd0-\ufdef"
    "\ufffe\uffff\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def printable(text: str) -> str:
    """Drop the characters no format can hold; every kind of line end becomes a newline."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))


def missing(text: str) -> list[str]:
    """Return the distinct characters that would be printed as a box, in order.

    No bundled font has them. What is not printed at all is not among them.
    """
    return [one for one in dict.fromkeys(_without_font().findall(text)) if printable(one)]


@cache
def _without_font() -> re.Pattern[str]:
    """Match each character that no font has but that leaves ink; as a pattern it costs nothing."""
    lines = (resources() / "fonts" / "coverage.txt").read_text(encoding="ascii").split()
    spans = (map(int, line.split("-"), (16, 16)) for line in lines)
    covered = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in spans)
    return re.compile(f"[^{covered}{UNDRAWN}]")
