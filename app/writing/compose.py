"""From answers and figures to sentences: ordinary Chinese that the clerk then edits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from app.forms import Cell
from app.live import live
from app.narrative import LIVE_NUMBER
from app.numbers import Number
from app.report import Report
from app.totals import Figures
from app.writing.answers import Answers, read_answers
from app.writing.guide import Clause, Item, Sentence, Sheet, Told, Topic, we

ADDRESS = re.compile(r"[a-z_]+\.[a-z_]+\.[a-z_]+")
"""A cell, as a sentence or a condition names it."""
_SLOT = re.compile(rf"{LIVE_NUMBER.pattern}|\{{(?P<field>[a-z_]+)\}}")
_CONDITION = re.compile(r"(?P<no>not )?(?P<name>[a-z_.]+)(?: (?P<sign>[=>]) (?P<value>\S+))?")
_LONGEST_REPEAT = 8


def tell(report: Report, figures: Figures, sheet: Sheet) -> tuple[Told, ...]:
    """What is to be written now on each topic of a sheet."""
    writer = Writer(report, figures, read_answers(sheet, report.drafting.answers))
    return tuple(Told(sheet, topic, writer.paragraph(topic)) for topic in sheet.topics)


class _MissingError(Exception):
    """Something a clause speaks of is not known."""


@dataclass(frozen=True)
class Writer:
    """Composes for one report as it stands; `answers` are those of one sheet."""

    report: Report
    figures: Figures
    answers: Answers

    def paragraph(self, topic: Topic) -> str:
        """The sentences on a topic as the draft holds them, '' where there is nothing to tell."""
        return "".join(filter(None, map(self._sentence, topic.sentences)))

    def open_tables(self, topic: Topic) -> tuple[str, ...]:
        """The tables whose figures a topic needs and that are not filled in yet, by their id."""
        addresses = (match.group() for text in topic.texts for match in ADDRESS.finditer(text))
        needed = (Cell(*address.split(".")) for address in addresses)
        return tuple(
            dict.fromkeys(
                cell.table
                for cell in needed
                if cell in self.figures.form.fields and self.figures.number(cell) is None
            )
        )

    def filled(self, text: str) -> str:
        """A text with its slots filled; raises where one of them is not known."""
        done, at = "", 0
        for slot in _SLOT.finditer(text):
            done += text[at : slot.start()]
            behind = text[slot.end() : slot.end() + _LONGEST_REPEAT]
            done += self._fill(slot, done, behind)
            at = slot.end()
        return done + text[at:]

    def _sentence(self, sentence: Sentence) -> str:
        if not self._hold(sentence.when):
            return ""
        told = [one for one in map(self._clause, sentence.clauses) if one]
        return "，".join(told) + "。" if told else ""

    def _clause(self, clause: Clause) -> str:
        try:
            if not self._hold(clause.when):
                return ""
            return self._listed(clause) if clause.items else self.filled(clause.text)
        except _MissingError:
            return ""

    def _listed(self, clause: Clause) -> str:
        known = [item for item in clause.items if self._count(item) is not None]
        told = [item for item in known if self._count(item)]
        if not told:
            return clause.all_zero if known else ""
        if len(told) == 1 and clause.sole:
            return clause.sole.replace("{name}", told[0].name)
        return self.filled(clause.before) + "、".join(self.filled(item.text) for item in told)

    def _count(self, item: Item) -> Number | None:
        slot = _SLOT.search(item.text)
        assert slot, f"nothing is counted in {item.text}"
        return self._number(slot["field"] or ".".join(slot.groups()[:3]))

    def _number(self, name: str) -> Number | None:
        if "." not in name:
            return self.answers.numbers.get(name)
        cell = Cell(*name.split("."))
        return self.figures.number(cell) if cell in self.figures.form.fields else None

    def _hold(self, conditions: Iterable[str]) -> bool:
        return all(self._holds(one) for one in conditions)

    def _holds(self, condition: str) -> bool:
        match = _CONDITION.fullmatch(condition)
        assert match, f"no condition: {condition}"
        return self._is_so(match) is not bool(match["no"])

    def _is_so(self, match: re.Match[str]) -> bool:
        name, value = match["name"], match["value"]
        if value is None:
            return name in self.answers.told
        if not value.isdecimal():
            return self.answers.told.get(name) == value
        number = self._number(name)
        if number is None:
            return False
        return number > int(value) if match["sign"] == ">" else number == int(value)

    def _fill(self, slot: re.Match[str], before: str, behind: str) -> str:
        if name := slot["field"]:
            words = self._ours.get(name) or self.answers.told.get(name)
            if words is None:
                raise _MissingError
            return _fitted(words, before, behind)
        cell = Cell(*slot.groups()[:3])
        if self._number(str(cell)) is None:
            raise _MissingError
        return live(cell)

    @cached_property
    def _ours(self) -> dict[str, str]:
        year = self.report.year
        return {"year": str(year), "next_year": str(year + 1), "we": we(self.report.organ)}


def _fitted(words: str, before: str, behind: str) -> str:
    """Words without what stands before or behind them already: 由（由党政办）审查.

    A single sign behind them is no repetition: 以规范执法行为为重点.
    """
    for size in range(_LONGEST_REPEAT, 0, -1):
        if len(words) > size and before.endswith(words[:size]):
            words = words[size:]
        if len(words) > size > 1 and len(behind) >= size and words.endswith(behind[:size]):
            words = words[:-size]
    return words
