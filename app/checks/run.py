"""Run the rules over a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.checks import (
    bodies,
    citations,
    copied,
    coverage,
    figures,
    lists,
    privacy,
    shares,
    slips,
    sums,
    text_and_tables,
    texts,
    times,
    years,
)
from app.checks.catalogue import catalogue
from app.checks.finding import Finding, Level, masked
from app.checks.levels import levels
from app.checks.rule import RULES, Subject
from app.forms import Cell, Equation, Form
from app.report import Report
from app.settings import Settings
from app.totals import Figures, compute

MODULES = (
    *(figures, years, text_and_tables, sums, shares, lists, coverage, times, citations, bodies),
    *(slips, privacy, copied, texts),
)
"""The rule modules; importing them registers their rules."""


PASSED_MEANS = "表示表内与表间数字关系成立；内容是否真实、是否应公开，由本单位负责。"
"""What must always be said beside 校验通过."""


@dataclass(frozen=True, eq=False)
class Checked:
    """What all rules say of one report; they run when it is first asked."""

    report: Report
    settings: Settings = field(default_factory=Settings)
    _earlier: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    """What rules said that need not run again, since nothing they look at has changed."""

    @cached_property
    def figures(self) -> Figures:
        """The figures of the report with every total computed."""
        return compute(self.report.form, self.report.cells)

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings of each rule that is switched on, by the rule's function."""
        subject = Subject(self.report, self.figures, self.settings)
        found = {}
        for key, level in levels(self.settings).items():
            if level:
                earlier = self._earlier.get(key)
                found[key] = _findings(key, level, subject) if earlier is None else earlier
        return found

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Worst first, then section by section, then in the order of the rules."""
        found = (finding for group in self.by_rule.values() for finding in group)
        return tuple(_sorted(found, self.report.form))

    @property
    def rules_run(self) -> int:
        """How many rules ran; each equation of the form counts as one."""
        equation_rules = {"sum", "balance"}
        on = [catalogue()[key] for key, level in levels(self.settings).items() if level]
        others = [entry for entry in on if entry.name not in equation_rules]
        return len(self.report.form.equations) + len(others)

    @property
    def clean(self) -> bool:
        """Tell whether an export needs no mark: no error and nothing left to fill in."""
        return not any(finding.level.blocks for finding in self.findings)

    @cached_property
    def filled(self) -> int:
        """How many cells of the form hold something, complete totals included."""
        return sum(self.figures.shown(cell) is not None for cell in self.report.form.fields)

    @property
    def blank(self) -> int:
        """How many cells are still to be typed."""
        return sum(one.cell not in self.report.cells for one in self.report.form.typed())

    def verdicts(self, table: str) -> list[tuple[Equation, bool | None]]:
        """For each equation of a table: whether it holds, None while it is incomplete."""
        return [
            (equation, self.figures.holds(equation))
            for equation in self.report.form.equations
            if equation.left[0].table == table
        ]

    @cached_property
    def marks(self) -> Mapping[Cell, tuple[Finding, ...]]:
        """The findings that concern each cell, worst first; blanks are not marked one by one."""
        marks: dict[Cell, tuple[Finding, ...]] = {}
        for finding in self.findings:
            if finding.level is not Level.BLANK:
                for cell in finding.cells:
                    marks[cell] = (*marks.get(cell, ()), finding)
        return marks

    def at(self, level: Level) -> list[Finding]:
        """The findings of one level."""
        return [finding for finding in self.findings if finding.level is level]


def check(report: Report, settings: Settings | None = None) -> Checked:
    """Compute all totals and run all rules over a report."""
    return Checked(report, settings or Settings())


def _findings(key: str, level: Level, subject: Subject) -> tuple[Finding, ...]:
    name = catalogue()[key].name
    return tuple(Finding(name, level, masked(fault)) for fault in RULES[key](subject))


def _sorted(findings: Iterable[Finding], form: Form) -> list[Finding]:
    levels = {level: at for at, level in enumerate(Level)}
    sections: dict[str | None, int] = {part.id: at for at, part in enumerate(form.sections)}
    return sorted(findings, key=lambda one: (levels[one.level], sections.get(one.section, -1)))
