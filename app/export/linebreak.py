"""Break a Chinese paragraph into lines, keeping 避头尾 (GB/T 15834) as GB/T 9704 papers do.

Every length is in the unit that `advance` answers in, normally points. A cut is named by the
index of the character that would begin the next line.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

_TOLERANCE = 1e-7

# What a cut there would break, from nothing to worst. Where a line leaves no choice, the least
# harm is done: a bracket at a line's end is ugly, a figure cut in two is misread.
_NOTHING, _PUNCTUATION, _WORD, _PAIR, _CLUSTER = range(5)

# A text is read by the kinds of its characters, one letter each: (w)ord, other (a)scii,
# (m)ark on the character before, ( opener, ) closer, [ and ] the same within a word,
# " straight quote, ' apostrophe, - dash or ellipsis, (g)lue to both sides, space, and x for all
# that may stand anywhere, as ideographs do.
_KINDS: dict[str, str] = {
    **dict.fromkeys("（《〈「『【〔〖〘〚［｛｟“‘", "("),
    **dict.fromkeys("，。、；：？！）》〉」』】〕〗〙〛］｝｠”·・•–～〜－", ")"),
    **dict.fromkeys("([{¥￥$＄€£￡№§", "["),
    **dict.fromkeys(",.;:?!)]}/%％．‰‱℃℉°′″", "]"),
    **dict.fromkeys("\"'", '"'),
    "’": "'",
    **dict.fromkeys("—…⋯―⸺─", "-"),
    **dict.fromkeys("／\u00a0\u2007\u202f\u2060\ufeff", "g"),
    "\u200b": " ",
}
_RUN = re.compile(r"[wa\[\]\"](?:[wam\[\]\"]|(?<=w)'(?=w))*")
_WORD_IN_RUN = re.compile(
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:[.．]\d+)*[%％‰‱℃℉°]?"
    r"|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*"
)
_NOT_BEFORE = re.compile(r"[)\]'\-g]|(?<! )\"")
_NOT_AFTER = re.compile(r"[(\[] *|g|\"(?! )")
_HYPHEN_BEFORE_CHINESE = re.compile(r"[-~](?![0-9A-Za-z])")
_SLASH_BEFORE_CHINESE = re.compile(r"/(?=[^!-~\s])")
_DASHES = re.compile(r"([—…⋯―⸺─])\1+")
_INSEPARABLE = re.compile("[\U0001f1e6-\U0001f1ff]{2}|\u200d.", re.DOTALL)
_MAY_OVERHANG = re.compile(r"[)\]'\-m ]*")


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide a line is, and how far apart its characters may be moved to fill it."""

    width: float
    squeeze: float
    """The most that may be taken from each gap between two characters."""
    stretch: float
    """The most that may be added to each gap; a line that needs more is left ragged."""
    justify: bool = True
    """Whether short lines are stretched. Squeezing keeps punctuation in its place either way."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is to be drawn: set the spacing as character space, then show the text."""

    text: str
    """Exactly the characters of the paragraph; spaces at its end hang beyond the margin."""
    indent: float
    """How far right of the margin the line begins."""
    width: float
    """What it covers when drawn, without indent and without hanging spaces."""
    spacing: float
    """To be added after each character: below zero squeezed, above zero stretched."""


def break_lines(
    text: str, measure: Measure, advance: Callable[[str], float], *, indent: float = 0.0
) -> list[Line]:
    """Break one paragraph into at least one line, the first one indented; no character is lost.

    `advance` is asked once for each different character and must not answer below zero. A line
    is wider than the measure only where a single character is.
    """
    paragraph = _Paragraph(text, measure, advance)
    lines = [paragraph.line(0, indent)]
    start = len(lines[0].text)
    while start < len(text):
        lines.append(paragraph.line(start, 0.0))
        start += len(lines[-1].text)
    return lines


class _Paragraph:
    """A text measured once, so that each line is found without reading all of it again."""

    def __init__(self, text: str, measure: Measure, advance: Callable[[str], float]) -> None:
        widths = {character: advance(character) for character in set(text)}
        self._text = text
        self._measure = measure
        self._kinds = text.translate({ord(character): _kind(character) for character in widths})
        self._ends = list(accumulate((widths[character] for character in text), initial=0.0))
        self._inked = list(accumulate(_after_each_mark(self._kinds), max, initial=0))
        self._harms = _harms(text, self._kinds, self._ends, measure.width)
        self._free = [0, *(cut for cut in range(1, len(text) + 1) if not self._harms[cut])]

    def line(self, start: int, indent: float) -> Line:
        """Set the line that begins at `start`."""
        room = self._measure.width - indent
        end = self._cut(start, room)
        spacing = self._spacing(start, end, room)
        if spacing > 0 and not self._stretches(spacing, end):
            spacing = 0.0
        width = self._width(start, end) + spacing * self._gaps(start, end)
        return Line(self._text[start:end], indent, width, spacing)

    def _stretches(self, spacing: float, end: int) -> bool:
        wanted = self._measure.justify and end < len(self._text)
        return wanted and spacing <= self._measure.stretch

    def _cut(self, start: int, room: float) -> int:
        """Find where the line ends: as far as fits, or one step further if it can be squeezed."""
        reached = max(start, bisect_right(self._ends, self._ends[start] + room + _TOLERANCE) - 1)
        limit = self._after_spaces(reached)
        nth = bisect_right(self._free, limit)
        last = self._free[nth - 1]
        if nth < len(self._free) and self._squeezes(start, last, reached, self._free[nth], room):
            return self._free[nth]
        return last if last > start else self._least_harmful(start, limit)

    def _squeezes(self, start: int, last: int, reached: int, further: int, room: float) -> bool:
        """Whether to squeeze up to `further`, rather than to end at `last`."""
        if not -self._measure.squeeze <= self._spacing(start, further, room) < 0:
            return False
        only_punctuation = _MAY_OVERHANG.fullmatch(self._kinds, reached, further) is not None
        return only_punctuation or last <= start or self._gapes(start, last, room)

    def _gapes(self, start: int, end: int, room: float) -> bool:
        """Whether filling the line moves its characters further than squeezing ever does."""
        return self._measure.justify and self._spacing(start, end, room) > self._measure.squeeze

    def _least_harmful(self, start: int, limit: int) -> int:
        # Cheap over a whole text: a cut passed over here is only looked at again by a line that
        # found nothing but worse ones, so at most once for each degree of harm.
        cuts = range(limit, start, -1)
        return min(cuts, key=self._harms.__getitem__, default=self._after_spaces(start + 1))

    def _spacing(self, start: int, end: int, room: float) -> float:
        """Tell how much each gap must grow, or shrink, for the line to fill the room."""
        missing = room - self._width(start, end)
        gaps = self._gaps(start, end)
        return missing / gaps if gaps and abs(missing) > _TOLERANCE else 0.0

    def _width(self, start: int, end: int) -> float:
        return self._ends[max(start, self._inked[end])] - self._ends[start]

    def _gaps(self, start: int, end: int) -> int:
        return max(0, self._inked[end] - start - 1)

    def _after_spaces(self, cut: int) -> int:
        while cut < len(self._kinds) and self._kinds[cut] == " ":
            cut += 1
        return min(cut, len(self._kinds))


def _after_each_mark(kinds: str) -> Iterator[int]:
    return (0 if kind == " " else place for place, kind in enumerate(kinds, start=1))


def _kind(character: str) -> str:
    """Tell how a character behaves at the edge of a line, in the letters of `_KINDS`."""
    if character in _KINDS:
        return _KINDS[character]
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf" or "\U0001f3fb" <= character <= "\U0001f3ff":
        return "m"
    if character.isspace():
        return " "
    if _is_of_words(character, category):
        return "w"
    return "a" if character.isascii() else "x"


def _is_of_words(character: str, category: str) -> bool:
    """Whether it builds words or figures: not ideographs, not ① and its like, but ² is."""
    ideographic = unicodedata.east_asian_width(character) in "WH"
    enclosed = category == "No" and character >= "①"
    return character.isalnum() and not ideographic and not enclosed


def _harms(text: str, kinds: str, ends: list[float], width: float) -> bytearray:
    """Tell for each cut what it would break; the end of the text breaks nothing."""
    harms = bytearray(len(text) + 1)
    for found in _NOT_BEFORE.finditer(kinds):
        harms[found.start()] = _PUNCTUATION
    for found in _NOT_AFTER.finditer(kinds):
        harms[found.end()] = _PUNCTUATION
    for found in _HYPHEN_BEFORE_CHINESE.finditer(text):
        harms[found.start()] = _PUNCTUATION
    for found in _SLASH_BEFORE_CHINESE.finditer(text):
        harms[found.end()] = _PUNCTUATION
    for start, end in _whole_words(text, kinds, ends, width + _TOLERANCE):
        harms[start + 1 : end] = bytes([_WORD]) * (end - start - 1)
    for found in _DASHES.finditer(text):
        start, end = found.span()
        fits = ends[end] - ends[start] <= width + _TOLERANCE
        for cut in range(start + 1, end, 1 if fits else 2):
            harms[cut] = _PAIR
    _bind_clusters(text, kinds, harms)
    harms[-1] = _NOTHING
    return harms


def _whole_words(
    text: str, kinds: str, ends: list[float], width: float
) -> Iterator[tuple[int, int]]:
    """Find what must stay whole: runs without a space or, in runs too long, their words."""
    for run in _RUN.finditer(kinds):
        start, end = run.span()
        if ends[end] - ends[start] <= width:
            yield start, end
            continue
        for word in _WORD_IN_RUN.finditer(text, start, end):
            if ends[word.end()] - ends[word.start()] <= width:
                yield word.span()


def _bind_clusters(text: str, kinds: str, harms: bytearray) -> None:
    """Keep each mark with its base, each flag and joined sign whole, and spaces off line starts."""
    for found in re.finditer("[m ]", kinds):
        harms[found.start()] = _CLUSTER
    for found in _INSEPARABLE.finditer(text):
        harms[found.end() - 1] = _CLUSTER
