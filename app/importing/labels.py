"""Telling whether two labels say the same, however they are numbered, spaced and punctuated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, TypeVar

from app.numbers import INVISIBLE

K = TypeVar("K")

NEAR = 0.8
"""How alike two labels must be at least where they are not equal."""
LENGTHENED = 0.9
"""How alike a label is to one that says more behind the same words."""
MARGIN = 0.1
"""How much less alike the next label must be, or it could be meant as well."""
SHORTEST_NEAR = 4
"""Signs of a label below which only the same words count."""
LONGEST = 120
"""Signs beyond which a text is no label."""
_HAN = "[一二三四五六七八九十]{1,3}"
_NUMBERING = re.compile(
    rf"(?:{_HAN}[、.．:：]|[(]{_HAN}[)]|[(]\d{{1,2}}[)]|\d{{1,2}}(?:[、.．]|(?=\D)))"
)
_ASIDE = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_SIGNS = re.compile(r"[^\w]|_")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A label without spaces and line ends, in ordinary signs."""
    return "".join(unicodedata.normalize("NFKC", text).translate(INVISIBLE).split())


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """The words of a label alone: no numbering, nothing in brackets, no punctuation."""
    words = (
        _NUMBERING.sub("", plain(text), count=1) if _NUMBERING.match(plain(text)) else plain(text)
    )
    before = ""
    while before != words:
        before, words = words, _ASIDE.sub("", words)
    return _SIGNS.sub("", words)


@lru_cache(maxsize=16384)
def likeness(text: str, label: str) -> float:
    """How alike two labels are: 1 where they say the same, 0 where they have little in common."""
    if len(text) > LONGEST:
        return 0.0
    one, other = bare(text), bare(label)
    if not one or not other:
        return float(plain(text) == plain(label) != "")
    if one == other:
        return 1.0
    if min(len(one), len(other)) < SHORTEST_NEAR:
        return 0.0
    if one.startswith(other) or other.startswith(one):
        return LENGTHENED
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= NEAR else 0.0


class Vocabulary(Generic[K]):
    """Labels and what they stand for; several things may bear the same label."""

    def __init__(self, labels: Iterable[tuple[str, K]]) -> None:
        self._things: dict[str, list[K]] = {}
        for label, thing in labels:
            self._things.setdefault(bare(label) or plain(label), []).append(thing)
        self._known: dict[str, tuple[K, ...]] = {}

    def find(self, text: str) -> tuple[K, ...]:
        """What a text names; nothing where it names none of them, or could name several."""
        if text not in self._known:
            self._known[text] = tuple(self._things.get(self._label(text), ()))
        return self._known[text]

    def _label(self, text: str) -> str:
        words = bare(text) or plain(text)
        if not words or len(text) > LONGEST or words in self._things:
            return words
        ranked = sorted(((likeness(text, label), label) for label in self._things), reverse=True)
        (most, label), *rest = ranked or [(0.0, "")]
        unclear = rest and rest[0][0] > most - MARGIN
        return "" if most < NEAR or unclear else label
