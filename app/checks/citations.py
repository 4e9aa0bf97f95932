"""The documents the text cites as its basis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.forms import Form, all_forms
from app.patterns import pattern
from app.prose import Prose

REGULATION_ORDER = "711"
"""国务院令第711号 promulgated the 条例 in force; 第492号 was the one before it."""
_DOCUMENT = pattern(
    r"(?P<issuer>国务?[院办][\u4e00-\u9fff]{0,10}?)(?P<open>[〔\[【（﹝{<]?)(?P<year>20\d\d)年?"
    r"(?P<close>[〕\]】）﹞}>]?)第?(?P<number>\d{1,3})号"
)
_STATE_COUNCIL = pattern("(?:国务院办公厅|国办)(?:政府信息与政务公开办公室|公开办)?[《“]?$")
_NO_LONGER = pattern("停止|不再|原试行|取代|代替|废止")
_ORDER = pattern(r"条例》?[^。；\n《]{0,14}?令[^。；\d\n]{0,3}?(?P<number>\d{2,4})号")


@rule(Reads.TEXTS)
def cited_form(subject: Subject) -> Iterator[Fault]:
    """The form in force is cited: 国办公开办函〔2021〕30号 from 2021 on, 〔2019〕60号 before."""
    for prose in subject.prose.values():
        for match in _DOCUMENT.finditer(prose.plain):
            sentence = prose.sentence_at(match.start())
            past = _NO_LONGER.search(prose.plain, *sentence)
            if _means_a_form(match) and not _is_right(subject, match) and not past:
                yield _miscited(subject, prose, match)
        for form in all_forms():
            if form.source != subject.form.source and form.source_title:
                yield from _cited_by_title(subject, prose, form)


def _is_right(subject: Subject, match: re.Match[str]) -> bool:
    """Issuer, year and number are those of the form; any pair of brackets will do."""
    right = _DOCUMENT.fullmatch(subject.form.source)
    names = ("issuer", "year", "number")
    paired = bool(match["open"]) and bool(match["close"])
    return bool(right) and paired and all(right and match[one] == right[one] for one in names)


def _cited_by_title(subject: Subject, prose: Prose, former: Form) -> Iterator[Fault]:
    """The document of another form, called by its title alone; provinces' own notices are not."""
    for match in re.finditer(re.escape(former.source_title), prose.plain):
        issuer = prose.plain[max(match.start() - 26, 0) : match.start()]
        numbered = _DOCUMENT.search(prose.plain, match.end(), match.end() + 30)
        named_by_number = numbered and not _is_right(subject, numbered)
        if _STATE_COUNCIL.search(issuer) and not named_by_number:
            message = (
                f"引用的通知印发的是{former.name}（{former.source}），"
                f"{subject.report.year} 年度报告的格式由{subject.form.source}印发。请改正文件名。"
            )
            place = subject.passage(prose, *match.span())
            expected = subject.form.source_title
            yield Fault(message, (), place, expected=expected, found=match.group())


def _means_a_form(match: re.Match[str]) -> bool:
    """The number and year of a form, or the series that only the forms are numbered in."""
    known = {(one["year"], one["number"]) for one in _sources()}
    series = {one["issuer"] for one in _sources()}
    return (match["year"], match["number"]) in known or match["issuer"] in series


@cache
def _sources() -> tuple[re.Match[str], ...]:
    found = (_DOCUMENT.fullmatch(form.source) for form in all_forms())
    return tuple(one for one in found if one)


def _miscited(subject: Subject, prose: Prose, match: re.Match[str]) -> Fault:
    source = subject.form.source
    message = (
        f"引用的文件写的是“{match.group()}”，{subject.report.year} 年度报告的格式由"
        f"{source}印发。请改正文号。"
    )
    place = subject.passage(prose, *match.span())
    return Fault(message, (), place, expected=source, found=match.group())


@rule(Reads.TEXTS)
def cited_regulation(subject: Subject) -> Iterator[Fault]:
    """The 条例 in force is cited as 国务院令第711号 (2019-05-15)."""
    for prose in subject.prose.values():
        for match in _ORDER.finditer(prose.plain):
            number = match["number"]
            if number != REGULATION_ORDER:
                message = (
                    f"《条例》的文号写的是第{number}号；现行《政府信息公开条例》由国务院令"
                    f"第{REGULATION_ORDER}号公布。请改正。"
                )
                place = subject.passage(prose, match.start("number"), match.end())
                yield Fault(message, (), place, expected=REGULATION_ORDER, found=number)
