"""The numbers of the text against those of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from app.checks.claims import CLAUSE_END, Claim, claims
from app.checks.finding import Fault, shortened
from app.checks.rule import Reads, Subject, rule
from app.checks.speech import Vocabulary, vocabularies
from app.checks.times import with_own_year
from app.forms import Cell
from app.numbers import gap, show
from app.patterns import pattern
from app.report import Kind

FINISHED_LEAD = 16
"""Characters of its clause that are read before 均已办结: what was finished."""
_DUE_ONLY = pattern("到期|应[办答]|除|其中")
"""「到期的申请均已办结」 says nothing of those that are not due."""


@rule(Reads.BOTH)
def text_against_tables(subject: Subject) -> Iterator[Fault]:
    """A number in the text is the one in its table (30号: 内容准确)."""
    texts = [with_own_year(subject, prose) for prose in subject.prose.values()]
    for vocabulary in vocabularies(subject.form).values():
        whole, year = subject.report.kind is Kind.COUNTY, subject.report.year
        told = [claim for prose in texts for claim in claims(prose, vocabulary, year, whole)]
        # Who has told the right number once may count other things by 收到 or 答复 elsewhere.
        right = {claim.sums for claim in told if _agrees(subject, claim)}
        shared = _shared_out(subject, told)
        for claim in told:
            if claim not in shared and not (claim.general and claim.sums in right):
                yield from _disagreement(subject, claim)


def _shared_out(subject: Subject, told: Sequence[Claim]) -> list[Claim]:
    """The claims of one paragraph that only together make the number of the table.

    「政府新收2件；部门新收4件」 where the table counts both.
    """
    groups: dict[tuple[int, object], list[Claim]] = {}
    for claim in told:
        paragraph = claim.prose.paragraph_at(claim.place.start).start
        groups.setdefault((paragraph, claim.sums), []).append(claim)
    return [
        claim
        for group in groups.values()
        if len(group) > 1 and _together_agree(subject, group)
        for claim in group
    ]


def _together_agree(subject: Subject, group: Sequence[Claim]) -> bool:
    value = sum((claim.quantity.value for claim in group), Decimal(0))
    amounts = (subject.figures.add(cells) for cells in group[0].sums)
    return any(one.complete and one.number == value for one in amounts)


def _agrees(subject: Subject, claim: Claim) -> bool:
    """Tell whether one way to reckon the claim makes its number."""
    return any(
        one.complete and claim.quantity.agrees(one.number)
        for cells in claim.sums
        for one in (subject.figures.add(cells), subject.figures.add_typed(cells))
    )


@rule(Reads.BOTH)
def all_finished(subject: Subject) -> Iterator[Fault]:
    """Where the text says that every application was settled, none is carried out (表三)."""
    for vocabulary in vocabularies(subject.form).values():
        cells = tuple(
            Cell(vocabulary.table, row, column)
            for rows in vocabulary.unfinished_rows
            for row in rows
            for column in (vocabulary.whole or ((),))[0]
        )
        left = subject.figures.add(cells)
        if cells and left.complete and left.number:
            yield from _still_open(subject, vocabulary, cells, show(left.number))


def _still_open(
    subject: Subject, vocabulary: Vocabulary, cells: tuple[Cell, ...], left: str
) -> Iterator[Fault]:
    for prose in subject.prose.values():
        for match in vocabulary.finished.finditer(prose.plain) if vocabulary.finished else ():
            before, after = prose.sentence_around(*match.span())
            lead = CLAUSE_END.split(before)[-1][-FINISHED_LEAD:]
            said = lead + match.group()
            if _DUE_ONLY.search(said) or not vocabulary.about.search(before + said + after):
                continue
            message = (
                f"正文说“{said}”，{_names(subject, cells)}却是 {left}。"
                "请核对正文和表格，改正不对的一处。"
            )
            place = subject.passage(prose, match.start() - len(lead), match.end())
            yield Fault(message, cells, place, expected="0", found=left)


def _disagreement(subject: Subject, claim: Claim) -> Iterator[Fault]:
    amounts = [subject.figures.add(cells) for cells in claim.sums]
    added = [subject.figures.add_typed(cells) for cells in claim.sums]
    if not all(one.complete for one in (*amounts, *added)) or _agrees(subject, claim):
        return
    numbers = [one.number for one in amounts]
    value = claim.quantity.value
    tables = "，".join(
        f"{_names(subject, cells)}是 {show(number)}"
        for cells, number in zip(claim.sums, numbers, strict=True)
    )
    far = f"，相差 {show(gap(Decimal(numbers[0]), value))}" if len(numbers) == 1 else ""
    said = shortened(claim.said)
    message = f"正文“{said}”与表格不一致：{tables}{far}。请核对正文和表格，改正不对的一处。"
    place = subject.passage(claim.prose, *claim.place)
    yield Fault(message, claim.sums[0], place, expected=show(numbers[0]), found=f"{value:f}")


def _names(subject: Subject, cells: tuple[Cell, ...]) -> str:
    """「表三“一（新收）+ 二（上年结转）”」; a column is named where it is not the total."""
    form = subject.form
    fields = [form.fields[cell] for cell in cells]
    rows = list(dict.fromkeys(one.row.label for one in fields))
    groups = {label[-2] for label in rows if len(label) > 1}
    if len(rows) > 1 and len(groups) == 1 and all(len(label) > 1 for label in rows):
        named = groups.pop()
    else:
        named = " + ".join(dict.fromkeys(one.row.short for one in fields))
    columns = dict.fromkeys(one.column.short for one in fields if not one.column.sum)
    table = f"表{form.section(cells[0].table).number}"
    return f"{table}“{named}”{'、'.join(columns)}"
