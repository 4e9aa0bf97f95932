"""What helps to write the texts and is no part of the report: it is saved, and never printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from app.forms import Cell
from app.unchanged import unchanged_ends


class Unconfirmed(NamedTuple):
    """A number taken over from last year's text that nobody has confirmed or changed yet."""

    part: str
    start: int
    end: int
    quote: str

    def stands_in(self, text: str) -> bool:
        """Tell whether it is there, and not a piece of a longer number by now."""
        around = text[max(self.start - 1, 0) : self.start] + text[self.end : self.end + 1]
        return text[self.start : self.end] == self.quote and not any(map(str.isdigit, around))


class Pair(NamedTuple):
    """A problem and the measure against it."""

    problem: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Drafting:
    """What the clerk told the guided forms, what they wrote from it, and what is to confirm."""

    answers: Mapping[str, str] = field(default_factory=dict)
    """What was typed, by topic and field."""
    composed: Mapping[str, str] = field(default_factory=dict)
    """What was last written into the text, by topic."""
    pairs: tuple[Pair, ...] = ()
    unconfirmed: tuple[Unconfirmed, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What else the draft held here; kept for the program that wrote it."""
    confirmed: frozenset[Cell] = frozenset()
    """Figures carried in from last year's report that the clerk stands by."""

    def with_answer(self, key: str, text: str) -> Drafting:
        """The same with this answer; '' takes it back."""
        answers = {**self.answers, key: text}
        return replace(self, answers={name: told for name, told in answers.items() if told})

    def with_composed(self, topic: str, text: str) -> Drafting:
        """The same with what was now written of a topic."""
        return replace(self, composed={**self.composed, topic: text})

    def along(self, part: str, old: str, new: str) -> Drafting:
        """The same after a text was changed: numbers move with it, those that changed are done."""
        if not any(one.part == part for one in self.unconfirmed):
            return self
        return replace(self, unconfirmed=tuple(_moved(self.unconfirmed, part, old, new)))


def found_again(
    unconfirmed: Iterable[Unconfirmed], texts: Mapping[str, str]
) -> Iterator[Unconfirmed]:
    """The numbers at the places where they stand now, as when a draft was changed outside.

    One that stands elsewhere is found where it is nearest; one that is gone is left out.
    """
    for one in unconfirmed:
        text = texts.get(one.part, "")
        if one.quote and not one.stands_in(text):
            start = _nearest(text, one.quote, max(one.start, 0))
            one = one._replace(start=start, end=start + len(one.quote))  # noqa: PLW2901
        if one.quote and one.start >= 0 and one.stands_in(text):
            yield one


def _nearest(text: str, quote: str, place: int) -> int:
    """Where a quote stands nearest to a place; -1 where it stands nowhere."""
    around = (text.rfind(quote, 0, place + len(quote)), text.find(quote, place))
    return min((at for at in around if at >= 0), key=lambda at: abs(at - place), default=-1)


def _moved(
    unconfirmed: Iterable[Unconfirmed], part: str, old: str, new: str
) -> Iterator[Unconfirmed]:
    before, behind = (len(old), 0) if old == new else unchanged_ends(old, new)
    for one in unconfirmed:
        if one.part != part or one.end <= before:
            moved = one
        elif one.start >= len(old) - behind:
            growth = len(new) - len(old)
            moved = one._replace(start=one.start + growth, end=one.end + growth)
        else:
            continue
        if one.part != part or moved.stands_in(new):
            yield moved
