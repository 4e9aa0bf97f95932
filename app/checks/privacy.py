"""Personal data that a published report must not tell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from app.checks.finding import Fault, Passage
from app.checks.rule import Reads, Subject, rule
from app.patterns import pattern
from app.personal import Datum, Kind, find, masked
from app.prose import Prose

MOST = 20
"""Findings in one part; a pasted list of names is told well enough by its beginning."""
_PREFACE = "preface"
_OFFICE_LABEL = pattern(r"(?:电话|热线|联系方式)(?:号码)?[：为是]?[0-9 ，、（）/+-]{0,40}$")
_LABEL_REACH = 50
_ADVICE = {
    Kind.IDENTITY: "公开的报告里不应出现，请删去。",
    Kind.CARD: "公开的报告里不应出现，请删去。",
    Kind.MOBILE: "请删去；单位的联系电话写在前言里。",
    Kind.NAME: "请删去姓名，或者改写成“某某”。",
}


@rule(Reads.TEXTS)
def personal_data(subject: Subject) -> Iterator[Fault]:
    """Nobody's number, account or name is published (条例 第十五条).

    The quote of the passage is masked sign for sign, so its place fits the text and its words
    do not: neither a window, a log nor a JSON file repeats what should not be there.
    """
    for prose in subject.prose.values():
        alarms = (one for one in find(prose.plain) if not _is_the_office(prose, one))
        for datum in islice(alarms, MOST):
            yield _fault(subject, prose, datum)


def _is_the_office(prose: Prose, datum: Datum) -> bool:
    """Tell whether it is the telephone an office gives in its preface."""
    if prose.part != _PREFACE or datum.kind is not Kind.MOBILE:
        return False
    before = prose.plain[max(datum.start - _LABEL_REACH, 0) : datum.start]
    return bool(_OFFICE_LABEL.search(before))


def _fault(subject: Subject, prose: Prose, datum: Datum) -> Fault:
    start, end = prose.in_raw(datum.start, datum.end)
    quote = masked(datum.kind, prose.raw[start:end])
    shown = masked(datum.kind, prose.plain[datum.start : datum.end])
    section = subject.form.section(prose.part).short
    what = "申请人或者原告的姓名" if datum.kind is Kind.NAME else datum.kind.value
    message = f"“{section}”部分写有{what}“{shown}”，属于个人信息。{_ADVICE[datum.kind]}"
    return Fault(message, text=Passage(prose.part, start, end, quote), found=shown)
