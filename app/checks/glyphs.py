"""Characters that would come out of the printer as a box."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from app.characters import missing
from app.checks.finding import Fault, Passage
from app.checks.rule import Reads, Subject, rule

MOST = 20
"""Characters told of in one place; a pasted page of signs is told well enough by its beginning."""


@rule(Reads.TEXTS)
def undrawable(subject: Subject) -> Iterator[Fault]:
    """Every character of texts, name and title is in a font the PDF is made with.

    What stands in a cell is left alone: no number has such characters.
    """
    report = subject.report
    organ = missing(report.organ)
    yield from (Fault(f"单位名称里的{_told(one)}", found=one) for one in organ[:MOST])
    others = (one for one in missing(report.stated_title) if one not in organ)
    yield from (Fault(f"报告标题里的{_told(one)}", found=one) for one in islice(others, MOST))
    for section in subject.form.text_sections:
        text = report.text(section.id)
        for one in missing(text)[:MOST]:
            at = text.index(one)
            place = Passage(section.id, at, at + 1, one)
            yield Fault(_told(one, text.count(one)), text=place, found=one)


def _told(character: str, times: int = 1) -> str:
    often = f"，共 {times} 处" if times > 1 else ""
    return (
        f"“{character}”（U+{ord(character):04X}{often}）没有字体可用，"
        "导出的 PDF 里会是一个方框。请删去，或换一种写法。"
    )
