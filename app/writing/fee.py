"""The fee as it is being told, held against table two before it is written."""

from __future__ import annotations

from app.checks.fees import fee_unit
from app.checks.rule import Subject
from app.numbers import show
from app.report import Report
from app.totals import compute
from app.writing.guide import Told


def beside_fee(report: Report, told: Told) -> str:
    """What table two holds, and what is wrong with it if this were written; '' without a fee."""
    fee = report.form.processing_fee
    if fee is None or not told.topic.fee:
        return ""
    figures = compute(report.form, report.cells)
    charged = figures.number(fee.charged)
    if charged is None:
        return f"{report.form.place(fee.charged)}还没有填。"
    if told.paragraph:
        tried = report.with_text(fee.part, told.paragraph)
        for fault in fee_unit(Subject(tried, figures)):
            return fault.message
    unit = report.form.fields[fee.charged].column.unit
    return f"{report.form.place(fee.charged)}：{show(charged)} {unit}。"
