"""What one text shares with another: passages that stand in both, whatever the figures say.

Only Chinese characters are compared, and none that writes a number: last year's sentence with
this year's figures, or with other commas, is the same sentence. Names in 《》 and the set phrases
a caller gives are left out of both texts; what is left are a text's own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.patterns import pattern

SHORTEST_SHARED = 8
"""Own characters in a row; officials who never met often share fewer."""
_CANDIDATES = 8
"""Places looked at where the same words stand in the other text again and again."""
_BETWEEN_TEXTS = "\n"
_TITLE = pattern(r"《[^《》\n]{1,80}》")
_NUMERALS = "一七万三两九二五亿八六十千四百"
_WORDS = pattern(rf"(?:(?![{_NUMERALS}])[㐀-䶿一-鿿\U00020000-\U000323af])+")
_KEY = 2


class Shared(NamedTuple):
    """A passage that stands in another text, too: where it is, and how many own characters."""

    start: int
    end: int
    size: int


class Words(NamedTuple):
    """The own words of a text: its characters, and the place each of them has in it."""

    signs: str
    places: list[int]


class Phrases:
    """Set phrases that are nobody's own words; the longest that fits is the one that counts."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        folded = {_fold(phrase).signs for phrase in phrases}
        for phrase in sorted(folded, key=len, reverse=True):
            if len(phrase) >= _KEY:
                self._by_start.setdefault(phrase[:_KEY], []).append(phrase)

    def own_words(self, text: str) -> Words:
        """Read a text with everything left out that does not make it like or unlike another."""
        folded = _fold(text)
        signs, places, start = [], [], 0
        for begin, end in self._found(folded.signs):
            signs.append(folded.signs[start:begin])
            places += folded.places[start:begin]
            start = end
        return Words("".join([*signs, folded.signs[start:]]), [*places, *folded.places[start:]])

    def _found(self, signs: str) -> Iterable[tuple[int, int]]:
        at, last = 0, len(signs) - _KEY
        while at <= last:
            if phrases := self._by_start.get(signs[at : at + _KEY]):
                size = next((len(one) for one in phrases if signs.startswith(one, at)), 0)
                if size:
                    yield at, at + size
                    at += size
                    continue
            at += 1


def _fold(text: str) -> Words:
    bare = _TITLE.sub(lambda title: " " * len(title.group()), text)
    signs: list[str] = []
    places: list[int] = []
    for run in _WORDS.finditer(bare):
        signs.append(run.group())
        places.extend(range(*run.span()))
    return Words("".join(signs), places)


@dataclass(frozen=True)
class Likeness:
    """What a text shares with others: passages in its order, none of them over another."""

    own: int
    """How many own characters the text has."""
    passages: tuple[Shared, ...] = ()

    @property
    def shared(self) -> int:
        """How many of its own characters stand in a shared passage."""
        return sum(one.size for one in self.passages)

    @property
    def share(self) -> float:
        """The shared part of its own characters, 0 to 1; 0 where it has none."""
        return self.shared / self.own if self.own else 0.0

    @cached_property
    def longest(self) -> Shared | None:
        """The shared passage with the most own characters."""
        return max(self.passages, key=lambda one: one.size, default=None)


class Source:
    """Texts that another one may have been copied from, made ready to be searched."""

    def __init__(self, texts: Iterable[str], phrases: Phrases) -> None:
        self._phrases = phrases
        self._signs = _BETWEEN_TEXTS.join(phrases.own_words(text).signs for text in texts)
        self._places: dict[str, list[int]] = {}
        for at in range(len(self._signs) - SHORTEST_SHARED + 1):
            places = self._places.setdefault(self._signs[at : at + SHORTEST_SHARED], [])
            if len(places) < _CANDIDATES:
                places.append(at)

    def likeness(self, text: str) -> Likeness:
        """Tell what a text shares with these; the time grows no faster than its length."""
        words = self._phrases.own_words(text)
        passages: list[Shared] = []
        at, last = 0, len(words.signs) - SHORTEST_SHARED
        while at <= last:
            if size := self._longest_at(words.signs, at):
                floor = passages[-1].end if passages else 0
                start = _with_number(text, words.places[at], floor)
                passages.append(Shared(start, words.places[at + size - 1] + 1, size))
            at += size or 1
        return Likeness(len(words.signs), tuple(passages))

    def _longest_at(self, signs: str, at: int) -> int:
        places = self._places.get(signs[at : at + SHORTEST_SHARED], ())
        return max((self._alike(signs, at, place) for place in places), default=0)

    def _alike(self, signs: str, at: int, place: int) -> int:
        """How far the two run alike: in leaps that double while they fit, then halve."""
        size, most = SHORTEST_SHARED, min(len(signs) - at, len(self._signs) - place)
        leap = SHORTEST_SHARED
        while leap and size < most:
            end = min(size + leap, most)
            if signs[at + size : at + end] == self._signs[place + size : place + end]:
                size, leap = end, leap * 2
            else:
                leap //= 2
        return size


def _with_number(text: str, start: int, floor: int) -> int:
    """Take in a number before a passage: nobody reads 「年，我镇」 or 「是更新慢」."""
    while start > floor and (text[start - 1].isdigit() or text[start - 1] in _NUMERALS):
        start -= 1
    return start
