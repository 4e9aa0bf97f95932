"""Findings as rows of a list: by level, then by step, with what stands beside each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from app.checks import Checked, Finding, Level
from app.numbers import show
from ui.message_list import Row
from ui.rail import step_name
from ui.theme import SIGNS

LONGEST_NUMBER = 12
"""Characters of what should stand there and what stands there; longer ones are in the message."""


def open_rows(checked: Checked) -> Iterator[tuple[Row, Finding | None]]:
    """What is open, worst first and step by step, each row with the finding it stands for."""
    form = checked.report.form
    for level, group in groupby(checked.open, key=lambda one: one.level):
        findings = list(group)
        yield Row(f"{SIGNS[level]} {level.chinese}（{len(findings)}）", bold=True), None
        for step, few in groupby(findings, key=lambda one: step_name(form, one.opens)):
            yield Row(step, faint=True), None
            yield from ((Row(one.message, one.level, _beside(one)), one) for one in few)


def accepted_rows(checked: Checked) -> Iterator[tuple[Row, Finding | None]]:
    """What was accepted, with the reasons."""
    if checked.accepted:
        yield Row(f"✓ 已说明理由（{len(checked.accepted)}）", bold=True), None
        for one, reason in checked.accepted:
            yield Row(one.message, one.level, f"理由：{reason}", faint=True), one


def _beside(finding: Finding) -> str:
    """What should stand there and what does; below it the way to the other place, if any.

    Of two numbers that only contradict each other neither is called right.
    """
    expected, found = finding.fault.expected, finding.fault.found
    short = all(one and len(one) <= LONGEST_NUMBER for one in (expected, found))
    sure = finding.level is Level.ERROR
    numbers = f"应为 {expected}　实为 {found}" if short and sure else ""
    apart = "" if finding.gap is None else f"相差 {show(finding.gap)}"
    other = "Ctrl+Enter：到表格" if finding.cells and finding.fault.text else ""
    return "\n".join(filter(None, ["　".join(filter(None, [numbers, apart])), other]))
