"""Numbers that came with last year's text and that nobody has looked at since."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.finding import Fault, Passage
from app.checks.rule import Reads, Subject, rule


@rule(Reads.TEXTS)
def unconfirmed(subject: Subject) -> Iterator[Fault]:
    """A number taken over from last year's text is confirmed, or changed (30号: 内容准确)."""
    for one in subject.report.drafting.unconfirmed:
        if one.part in subject.prose and one.stands_in(subject.report.text(one.part)):
            message = (
                f"“{one.quote}”待确认：是从上年报告取来的。请改成本年的；确实没有变的，请确认。"
            )
            place = Passage(one.part, one.start, one.end, one.quote)
            yield Fault(message, text=place, found=one.quote)
