"""Hold what the checks say of a report against what a strict and fair reviewer says of it."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.checks import Finding, check
from app.drafts import load
from app.report import Report
from tests.reports import all_zeros, changed

HERE = Path(__file__).parent
CASES = HERE / "cases"
CORPUS = HERE.parents[2] / "shared" / "corpus"
"""Published reports of others; no part of the repository."""
OF_TEXT = frozenset(
    (
        *("text-vs-table", "parts-sum", "item-count", "numbering", "percentage", "year", "period"),
        *("citation", "topics", "accountability", "fee-report", "empty-section", "placeholder"),
        *("personal-data", "wrong-body", "doubled-words", "length", "glyph"),
    )
)
"""The rules a case judges; figures have tests of their own."""


@dataclass(frozen=True)
class Label:
    """What a reviewer says, or may say: a rule, and where it can be told the place."""

    rule: str
    part: str = ""
    start: int = 0
    end: int = 0

    def fits(self, finding: Finding) -> bool:
        """Tell whether a finding says this; a place need not be the same, but must touch."""
        if finding.rule != self.rule:
            return False
        place = finding.fault.text
        if not self.end or place is None or place.start == place.end:
            return True
        return place.part == self.part and place.start < self.end and self.start < place.end


@dataclass(frozen=True)
class Case:
    """A report with what must and what may be said of its text; anything else is a wrong alarm."""

    name: str
    report: Report
    must: tuple[Label, ...] = ()
    may: tuple[Label, ...] = ()
    known_miss: str = ""
    """Why it is not found, where that is known and accepted."""


@dataclass
class Verdict:
    """What was rightly said, missed, and wrongly said."""

    hits: list[Label] = field(default_factory=list)
    missed: list[Label] = field(default_factory=list)
    wrong: list[Finding] = field(default_factory=list)


def invented_cases() -> list[Case]:
    """Our own cases, one report each."""
    return [case for path in sorted(CASES.glob("*.toml")) for case in _cases_in(path)]


def corpus_cases() -> list[Case]:
    """The published reports with their labels; nothing where their folder is absent."""
    labels = tomllib.loads((HERE / "corpus_labels.toml").read_text(encoding="utf-8"))
    return [
        _published(path, labels.get(path.stem, {}), labels["*"]["may"])
        for path in sorted(CORPUS.glob("*.json"))
    ]


def _published(path: Path, data: Mapping[str, Any], always: Iterable[Mapping[str, Any]]) -> Case:
    report = load(path).report
    if before := data.get("previous"):
        report = replace(report, previous=load(path.with_name(f"{before}.json")).report)
    must = tuple(Label(**one) for one in data.get("must", ()))
    return Case(path.stem, report, must, tuple(Label(**one) for one in always))


def _cases_in(path: Path) -> Iterator[Case]:
    for data in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
        yield _case(f"{path.stem}: {data['name']}", data)


def _case(name: str, data: Mapping[str, Any]) -> Case:
    if data.get("whole"):
        return _whole_report(name, data)
    part, text = data["part"], data["text"]
    sound = all_zeros(year=data.get("year", 2026))
    whole = text if data.get("replace") else f"{sound.text(part)}\n{text}"
    report = changed(sound, {**data, "text": {**data.get("texts", {}), part: whole}})
    must = tuple(label(report, part, one) for one in data.get("must", ()))
    may = tuple(label(report, part, one) for one in data.get("may", ()))
    return Case(name, report, must, may, data.get("known_miss", ""))


def _whole_report(name: str, data: Mapping[str, Any]) -> Case:
    year = data.get("year", 2026)
    blank = all_zeros("2019" if year < 2021 else "2021", year)
    report = changed(blank, {**data, "text": data["parts"]})
    report = replace(report, texts=data["parts"])
    must = tuple(label(report, "overview", one) for one in data.get("must", ()))
    return Case(name, report, must, tuple(label(report, "", one) for one in data.get("may", ())))


def label(report: Report, part: str, data: Mapping[str, str]) -> Label:
    """A label of a file; its quotation is found in the text."""
    quote, part = data.get("quote", ""), data.get("part", part)
    start = report.text(part).rfind(quote) if quote else 0
    assert start >= 0, f"{quote} is not in the text"
    return Label(data["rule"], part, start, start + len(quote))


def judge(case: Case) -> Verdict:
    """Run the checks over a case."""
    said = [one for one in check(case.report).findings if one.rule in OF_TEXT]
    verdict = Verdict()
    for label in case.must:
        fitting = [one for one in said if label.fits(one)]
        (verdict.hits if fitting else verdict.missed).append(label)
    allowed = (*case.must, *case.may)
    verdict.wrong = [one for one in said if not any(label.fits(one) for label in allowed)]
    return verdict


@dataclass
class Score:
    """Counts by rule over many cases."""

    hits: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


def score(verdicts: Iterable[Verdict]) -> Score:
    """Add up verdicts by rule."""
    total = Score()
    for verdict in verdicts:
        total.hits.update(one.rule for one in verdict.hits)
        total.missed.update(one.rule for one in verdict.missed)
        total.wrong.update(one.rule for one in verdict.wrong)
    return total
