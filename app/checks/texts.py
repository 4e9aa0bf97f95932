"""Rules on the texts and on what they say of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from app.checks.finding import Fault, Passage
from app.checks.rule import Reads, Subject, rule
from app.numbers import show

YUAN_PER_UNIT = 10_000
AMOUNT_OF_YUAN = re.compile(r"(?<![\d.,，])(\d{1,3}(?:[,，]\d{3})+|\d{1,15})(\.\d{1,6})?\s?(万?)元")
SENTENCE = re.compile(r"[^。；;\n]+")


@rule(Reads.BOTH)
def fee_unit(subject: Subject) -> Iterator[Fault]:
    """信息处理费 (元) is contained in 行政事业性收费 (万元) (国办函〔2020〕109号)."""
    fee = subject.form.processing_fee
    if fee is None or (charged := subject.figures.number(fee.charged)) is None:
        return
    text = subject.report.text(fee.part)
    amounts = list(_amounts(text, fee.words))
    if not amounts:
        return
    yuan, passage = max(((yuan, (start, end)) for yuan, start, end in amounts), key=lambda a: a[0])
    wanted = (yuan / YUAN_PER_UNIT).normalize()
    if charged == yuan > 0 or charged < wanted:
        place = Passage(fee.part, *passage, text[slice(*passage)])
        said = "像是按元填的" if charged == yuan else "应当包含这笔钱"
        message = (
            f"{subject.form.place(fee.charged)}填了 {show(charged)} 万元，"
            f"正文写信息处理费 {show(yuan)} 元（{show(wanted)} 万元），{said}。请核对单位和金额。"
        )
        expected = f"≥ {show(wanted)}"
        yield Fault(message, (fee.charged,), place, expected, show(charged))


def _amounts(text: str, words: tuple[str, ...]) -> Iterator[tuple[Decimal, int, int]]:
    for sentence in SENTENCE.finditer(text):
        if any(word in sentence.group() for word in words):
            for match in AMOUNT_OF_YUAN.finditer(text, sentence.start(), sentence.end()):
                number = Decimal(re.sub("[,，]", "", match[1]) + (match[2] or ""))
                yield number * (YUAN_PER_UNIT if match[3] else 1), match.start(), match.end()


@rule(Reads.FIGURES)
def no_organ(subject: Subject) -> Iterator[Fault]:
    """The report names the organ that makes it."""
    if not subject.report.organ.strip():
        yield Fault("还没有填写单位名称。请在“开始”一步填写单位全称。")
