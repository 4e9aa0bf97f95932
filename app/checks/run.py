"""Run the rules over a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from itertools import chain

from app.checks.catalogue import catalogue
from app.checks.finding import Fault, Finding, masked
from app.checks.levels import levels
from app.checks.moving import Moving
from app.checks.reasons import lapsed_reason, reason_for
from app.checks.rule import READS, RULES, Reads, Subject
from app.forms import Cell, Equation, Form
from app.level import Level
from app.narrative import LIVE_NUMBER
from app.report import Report
from app.settings import Settings
from app.totals import Figures, compute

PASSED_MEANS = "表示表内与表间数字关系成立；内容是否真实、是否应公开，由本单位负责。"
"""What must always be said beside 校验通过."""


@dataclass(frozen=True, eq=False)
class Checked:
    """What all rules say of one report; they run when it is first asked."""

    report: Report
    settings: Settings = field(default_factory=Settings)
    _said: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    """What rules said before that need not, or shall not yet, run again; by the rule's function."""
    others: tuple[Report, ...] = ()
    """Reports of other organs to look for copied text in."""
    waiting: bool = False
    """The texts have changed and are still to be read; what is said of them may be out of date."""
    _run: dict[str, tuple[Finding, ...]] = field(default_factory=dict, init=False)
    """What the rules asked so far have said."""

    @cached_property
    def figures(self) -> Figures:
        """The figures of the report with every total computed."""
        return compute(self.report.form, self.report.cells)

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings of each rule that is switched on, by the rule's function."""
        return {key: self._of(key, level) for key, level in self._on.items()}

    @cached_property
    def _on(self) -> Mapping[str, Level]:
        return {key: level for key, level in levels(self.settings).items() if level}

    @cached_property
    def _subject(self) -> Subject:
        return Subject(self.report, self.figures, self.settings)

    def _of(self, key: str, level: Level) -> tuple[Finding, ...]:
        if key in self._said:
            return self._said[key]
        if key not in self._run:
            self._run[key] = _findings(key, level, self._subject)
        return self._run[key]

    def _copied_from_others(self) -> Iterator[Finding]:
        """What is copied from other organs' reports, at the level of copying from one's own."""
        if not self.others:
            return
        # A rule like any other, seldom asked.
        from app.checks.copied import against, copied_from_last_year  # noqa: PLC0415

        entry = catalogue()[copied_from_last_year.__name__]
        if level := levels(self.settings)[entry.id]:
            for other in self.others:
                for fault in against(self.report, other, self.settings.similarity):
                    yield Finding(entry.name, level, masked(fault))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Worst first, then section by section, then in the order of the rules."""
        found = [finding for group in self.by_rule.values() for finding in group]
        found += self._copied_from_others()
        return tuple(_sorted(found, self.report.form))

    def reason(self, finding: Finding) -> str | None:
        """Why the clerk accepted what was found; None where it is open."""
        return reason_for(finding, self.figures, self.report.reasons)

    def lapsed_reason(self, finding: Finding) -> str:
        """Why it was accepted once, while other figures stood there; '' where it was not."""
        return lapsed_reason(finding, self.figures, self.report.reasons)

    @cached_property
    def accepted(self) -> list[tuple[Finding, str]]:
        """What was accepted, each finding with its reason."""
        if not self.report.reasons:
            return []
        answers = ((finding, self.reason(finding)) for finding in self.findings)
        return [(finding, reason) for finding, reason in answers if reason]

    @cached_property
    def open(self) -> tuple[Finding, ...]:
        """The findings that still want something done, in their order."""
        answered = {id(finding) for finding, _ in self.accepted}
        return tuple(one for one in self.findings if id(one) not in answered)

    @property
    def rules_run(self) -> int:
        """How many rules ran; each equation of the form counts as one."""
        equation_rules = {"sum", "balance"}
        on = [catalogue()[key] for key, level in levels(self.settings).items() if level]
        others = [entry for entry in on if entry.name not in equation_rules]
        return len(self.report.form.equations) + len(others)

    @property
    def clean(self) -> bool:
        """Tell whether an export needs no mark: no error is open, and nothing left to fill in.

        Asks only the rules that may say so; the others need not run for an export.
        """
        asked = (self._of(key, level) for key, level in self._on.items() if level.blocks)
        found = chain(chain.from_iterable(asked), self._copied_from_others())
        return all(self.reason(one) for one in found if one.level.blocks)

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
        """The open findings on each cell, worst first; blanks are not marked one by one."""
        marks: dict[Cell, tuple[Finding, ...]] = {}
        for finding in self.open:
            if finding.level is not Level.BLANK:
                for cell in finding.cells:
                    marks[cell] = (*marks.get(cell, ()), finding)
        return marks

    def at(self, level: Level) -> list[Finding]:
        """The findings of one level."""
        return [finding for finding in self.findings if finding.level is level]


def check(
    report: Report, settings: Settings | None = None, others: Iterable[Report] = ()
) -> Checked:
    """Compute all totals and run all rules over a report.

    Text that was copied from one of the `others` is found as well.
    """
    return Checked(report, settings or Settings(), others=tuple(others))


def check_again(before: Checked, report: Report, *, texts_later: bool = False) -> Checked:
    """Check a changed report; rules that look at nothing that has changed are not run again.

    With `texts_later` the rules on texts are not run either where a text has changed: what they
    said stays, moved along with the words it was said of, and dropped where those are changed.
    """
    changed = _changed(before, report)
    said = before.by_rule
    same_form = before.report.form is report.form
    if texts_later and same_form and Reads.TEXTS in changed:
        kept = {key: said[key] for key in said if Reads.TEXTS in READS[key]}
        moving = Moving(before.report, report)
        moved = {key: moving.along(one) for key, one in kept.items()}
        figures_only = {key: said[key] for key in said if not READS[key] & changed}
        said = moved | figures_only
        return Checked(report, before.settings, said, before.others, waiting=True)
    kept = {key: one for key, one in said.items() if not READS[key] & changed}
    return Checked(report, before.settings, kept, before.others)


def _changed(before: Checked, report: Report) -> Reads:
    """What a rule may look at has changed: figures, texts, or, with a new year or name, both."""
    old = before.report
    same = replace(
        report,
        cells=old.cells,
        texts=old.texts,
        reasons=old.reasons,
        drafting=old.drafting,
        notes=old.notes,
    )
    if old != same:
        return Reads.BOTH
    figures = Reads.FIGURES if old.cells != report.cells else Reads(0)
    live = figures and any(LIVE_NUMBER.search(text) for text in report.texts.values())
    to_confirm = old.drafting.unconfirmed != report.drafting.unconfirmed
    texts = before.waiting or live or to_confirm or old.texts != report.texts
    return figures | (Reads.TEXTS if texts else Reads(0))


def _findings(key: str, level: Level, subject: Subject) -> tuple[Finding, ...]:
    entry = catalogue()[key]
    import_module(entry.module)
    faults = (masked(_placed(fault, subject.form)) for fault in RULES[key](subject))
    return tuple(Finding(entry.name, level, fault) for fault in faults)


def _placed(fault: Fault, form: Form) -> Fault:
    """Let a message on a passage begin with the part, unless it names its place itself."""
    if fault.text is None or fault.text.start == fault.text.end:
        return fault
    short = form.section(fault.text.part).short
    if fault.message.startswith(("表", f"“{short}”")):
        return fault
    return replace(fault, message=f"{short}：{fault.message}")


def _sorted(findings: Iterable[Finding], form: Form) -> list[Finding]:
    levels = {level: at for at, level in enumerate(Level)}
    sections: dict[str | None, int] = {part.id: at for at, part in enumerate(form.sections)}
    return sorted(findings, key=lambda one: (levels[one.level], sections.get(one.opens, -1)))
