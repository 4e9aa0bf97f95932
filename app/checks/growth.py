"""How the text compares a number with last year's, held against both reports."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from app.checks.claims import Claim, claims
from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.checks.shares import Ratio
from app.checks.speech import vocabularies
from app.checks.years import not_compared
from app.forms import Cell
from app.numbers import Number, show
from app.patterns import pattern
from app.quantities import Quantity, quantities
from app.report import Kind

_AGAINST_LAST_YEAR = pattern(
    "[，、]?(?:同比|[比较与](?:上一?年|去年|20\\d\\d年)度?(?:同期)?(?:相比)?)，?"
    "(?P<how>增长|上升|增加|提高|下降|减少|降低)(?:了|约|为)?"
)
_MORE = frozenset(("增长", "上升", "增加", "提高"))


@rule(Reads.BOTH)
def growth_against_last_year(subject: Subject) -> Iterator[Fault]:
    """「3646件，同比增长1.05%」 is what the figures of the two years make (30号: 内容准确)."""
    if subject.previous is None or not_compared(subject.report):
        return
    for prose in subject.prose.values():
        following = {one.start: one for one in quantities(prose)}
        for vocabulary in vocabularies(subject.form).values():
            whole = subject.report.kind is Kind.COUNTY
            for claim in claims(prose, vocabulary, subject.report.year, whole):
                match = _AGAINST_LAST_YEAR.match(prose.plain, claim.quantity.end)
                told = match and following.get(match.end())
                if match and told:
                    yield from _held(subject, claim, told, match["how"] in _MORE)


def _held(subject: Subject, claim: Claim, told: Quantity, more: bool) -> Iterator[Fault]:
    """Nothing where one of the ways to reckon the claim makes what is told."""
    pairs = [
        (this, last)
        for cells in claim.sums
        for this, last in _both_years(subject, cells)
        if claim.quantity.agrees(this)
    ]
    if not pairs or told.vague or any(_makes(told, more, *pair) for pair in pairs):
        return
    this, last = pairs[0]
    printed = claim.prose.plain[told.start : told.end]
    message = (
        f"正文说比上年{'增加' if more else '减少'} {printed}；"
        f"本年是 {show(this)}，{subject.report.year - 1} 年度报告是 {show(last)}，"
        f"{_right(told, this, last)}。请核对。"
    )
    place = subject.passage(claim.prose, told.start, told.end)
    yield Fault(message, (), place, expected=_right(told, this, last), found=printed)


def _both_years(subject: Subject, cells: tuple[Cell, ...]) -> Iterator[tuple[Number, Number]]:
    figures = subject.previous_figures
    if figures is None or any(cell not in figures.form.fields for cell in cells):
        return
    this, last = subject.figures.add(cells), figures.add(cells)
    if this.complete and last.complete:
        yield this.number, last.number


def _makes(told: Quantity, more: bool, this: Number, last: Number) -> bool:
    change = Decimal(this) - Decimal(last)
    if change and (change > 0) != more:
        return False
    if told.unit != "%":
        return told.value == abs(change)
    return bool(last) and Ratio(abs(change), Decimal(last)).printed_as(told)


def _right(told: Quantity, this: Number, last: Number) -> str:
    change = Decimal(this) - Decimal(last)
    word = "增加" if change > 0 else "减少"
    if told.unit == "%" and last:
        return f"{word} {Ratio(abs(change), Decimal(last)).rounded(told)}%"
    return f"{word} {abs(change)}" if change else "没有变化"
