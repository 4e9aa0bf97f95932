"""The fee for processing information: what the text says of it, against table two."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.forms.model import ProcessingFee
from app.numbers import Number, show
from app.prose import Prose
from app.quantities import Quantity, quantities_in

YUAN_PER_UNIT = 10_000
"""Table two counts in 万元."""


@rule(Reads.BOTH)
def fee_unit(subject: Subject) -> Iterator[Fault]:
    """信息处理费 (元) is contained in 行政事业性收费 (万元) (国办函〔2020〕109号)."""
    fee = subject.form.processing_fee
    if fee is None or (prose := subject.prose.get(fee.part)) is None:
        return
    charged = subject.figures.number(fee.charged)
    told = list(_amounts(prose, fee))
    if told and charged is not None:
        yield from _held(subject, fee, prose, max(told, key=lambda one: one.value), charged)


def _held(
    subject: Subject, fee: ProcessingFee, prose: Prose, told: Quantity, charged: Number
) -> Iterator[Fault]:
    yuan, wanted = told.value.normalize(), (told.value / YUAN_PER_UNIT).normalize()
    if (charged != yuan and charged >= wanted) or not yuan:
        return
    said = "像是按元填的" if charged == yuan else "应当包含这笔钱"
    message = (
        f"{subject.form.place(fee.charged)}填了 {show(charged)} 万元，"
        f"正文写信息处理费 {show(yuan)} 元（{show(wanted)} 万元），{said}。请核对单位和金额。"
    )
    place = subject.passage(prose, told.start, told.end)
    yield Fault(message, (fee.charged,), place, f"≥ {show(wanted)}", show(charged))


def _amounts(prose: Prose, fee: ProcessingFee) -> Iterator[Quantity]:
    """The sums of money in the sentences that name the fee."""
    for sentence in prose.clauses:
        text = prose.plain[sentence.start : sentence.end]
        if any(word in text for word in fee.words):
            found = quantities_in(prose, sentence)
            yield from (one for one in found if one.unit == "元" and one.value != Decimal(0))
