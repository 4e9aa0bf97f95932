"""What the guided forms ask and how answers become sentences; read from `writing.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from app.forms import Form, Section
from app.paths import resources
from app.report import Kind, Report


class Asks(Enum):
    """What kind of answer a field takes."""

    COUNT = "count"
    MONEY = "money"
    YES = "yes"
    WORDS = "words"
    SUM = "sum"
    """Added up from other fields once all of them are told; nothing is typed."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked."""

    id: str
    ask: str
    kind: Asks
    unit: str = ""
    tip: str = ""
    """What to type, for whoever hesitates; never a fact."""
    of: tuple[str, ...] = ()
    """The fields a sum adds up."""
    most: str = ""
    """The field this one cannot exceed."""
    asked: str = ""
    """The topic of accountability it belongs to; others need not tell it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One of several things that are listed; it is left out where its number is 0."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence: words, or a list with what stands before it."""

    text: str = ""
    when: tuple[str, ...] = ()
    before: str = ""
    items: tuple[Item, ...] = ()
    sole: str = ""
    """What is said where one item alone is left."""
    all_zero: str = ""
    """What is said where every item is 0."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Clauses that are told together, when all the conditions hold."""

    clauses: tuple[Clause, ...]
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """What is asked and told of one topic."""

    name: str
    fields: tuple[Field, ...]
    sentences: tuple[Sentence, ...]
    fee: bool = False
    """It is asked only where the form has a processing fee."""

    @property
    def texts(self) -> Iterator[str]:
        """Everything its sentences say, and what they depend on."""
        for sentence in self.sentences:
            yield from sentence.when
            for clause in sentence.clauses:
                yield from (clause.text, clause.before, clause.sole, clause.all_zero, *clause.when)
                yield from (item.text for item in clause.items)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The guided form of one part."""

    part: str
    topics: tuple[Topic, ...]
    headed: bool = False
    """Each topic stands below a heading of its own."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be written on one topic now, '' where there is nothing to tell."""

    sheet: Sheet
    topic: Topic
    paragraph: str

    @property
    def key(self) -> str:
        """The name a draft keeps by what was written on it."""
        return f"{self.sheet.part}.{self.topic.name}"


@dataclass(frozen=True, slots=True)
class PairsGuide:
    """How problems and measures are asked for and told."""

    part: str
    kept_tip: str
    problem_tip: str
    measure_tip: str
    prompts: tuple[str, ...]
    """Questions to think of; none of them says that something is so."""
    promises: tuple[str, ...]
    """Words from which on last year's text tells what will be done."""
    one_kept: str
    """How last year's measure was kept, where one is told of."""
    kept: str
    one_problem: str
    one_measure: str
    problems: str
    measures: str


def sheet_of(report: Report, part: str) -> Sheet | None:
    """The guided form of a part, with just what this form asks of this kind of organ."""
    found = next((one for one in _guide().sheets if one.part == part), None)
    if found is None:
        return None
    section = report.form.section(part)
    topics = tuple(_topics(found.topics, report.form, section, report.kind))
    return Sheet(found.part, topics, found.headed)


def pairs_guide() -> PairsGuide:
    """How problems and measures are asked for and told."""
    return _guide().pairs


def we(organ: str) -> str:
    """How an organ speaks of itself: 我镇."""
    name = organ.strip()
    return next(says for ends, says in _guide().we if name.endswith(ends))


def says_nothing(words: str) -> bool:
    """Tell whether an answer is a bare 无 or its kin."""
    return words in _guide().nothing


def _topics(topics: Iterable[Topic], form: Form, section: Section, kind: Kind) -> Iterator[Topic]:
    told = {one.name for one in section.accountability if not one.kinds or kind.value in one.kinds}
    for topic in topics:
        if not topic.fee or form.processing_fee:
            fields = tuple(one for one in topic.fields if not one.asked or one.asked in told)
            yield Topic(topic.name, fields, topic.sentences, topic.fee)


@dataclass(frozen=True, slots=True)
class _Guide:
    sheets: tuple[Sheet, ...]
    pairs: PairsGuide
    we: tuple[tuple[tuple[str, ...], str], ...]
    nothing: frozenset[str]


@cache
def _guide() -> _Guide:
    data = tomllib.loads((resources() / "writing.toml").read_text(encoding="utf-8"))
    return _Guide(
        tuple(_sheet(one) for one in data["sheets"]),
        PairsGuide(**_frozen(data["pairs"])),
        tuple((tuple(one["ends"]), one["says"]) for one in data["we"]),
        frozenset(data["nothing"]),
    )


def _sheet(data: Mapping[str, Any]) -> Sheet:
    return Sheet(
        data["part"], tuple(_topic(one) for one in data["topics"]), data.get("headed", False)
    )


def _topic(data: Mapping[str, Any]) -> Topic:
    fields = tuple(Field(**{**_frozen(one), "kind": Asks(one["kind"])}) for one in data["fields"])
    return Topic(
        data["name"], fields, tuple(map(_sentence, data["sentences"])), data.get("fee", False)
    )


def _sentence(data: Mapping[str, Any]) -> Sentence:
    when = tuple(data.get("when", ()))
    if "text" in data:
        return Sentence((Clause(data["text"]),), when)
    return Sentence(tuple(map(_clause, data["clauses"])), when)


def _clause(data: Mapping[str, Any]) -> Clause:
    items = tuple(Item(**one) for one in data.get("items", ()))
    return Clause(**{**_frozen(data), "items": items})


def _frozen(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(one) if isinstance(one, list) else one for key, one in data.items()}
