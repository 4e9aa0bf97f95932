"""What a screen reader says of a cell and of the headings that lead to it."""

from __future__ import annotations

from app.checks import Checked, Finding
from app.forms import Cell, Table
from app.guidance import cell_guide
from app.numbers import Unreadable, show


def name_of(checked: Checked, cell: Cell) -> str:
    """Place, value and state: 「表三，（二）部分公开，自然人，3，强制：相差 1」."""
    place = checked.report.form.place(cell)
    findings = checked.marks.get(cell, ())
    states = [f"{one.level.chinese}：{_brief(one, place)}" for one in findings]
    answers = [f"已说明理由：{reason}" for one, reason in checked.accepted if cell in one.cells]
    said = [place.replace(" · ", "，"), _value(checked, cell), *states, *answers]
    return "，".join(filter(None, said))


def description_of(checked: Checked, cell: Cell) -> str:
    """What is wrong in full; where nothing is, what the cell counts."""
    messages = [one.message for one in checked.marks.get(cell, ())]
    return "\n".join(messages) or "".join(cell_guide(checked.report.form, cell).counts)


def heading_of(table: Table, section: int, *, of_row: bool) -> str:
    """The path of headings that leads to a row or column of a table with one block of figures."""
    (block,) = table.blocks
    pairs = [(*row.label, *column.label) for row in block.rows for column in block.columns]
    lines = block.rows if of_row else block.columns
    path = pairs[section] if table.across else lines[section].label
    return "，".join(path)


def _value(checked: Checked, cell: Cell) -> str:
    """The figure, or that there is none, and where it comes from if it is not typed."""
    shown, amount = checked.figures.shown(cell), checked.figures.computed.get(cell)
    if isinstance(shown, Unreadable):
        return shown.text
    if amount is None or amount.missing == len(checked.report.form.fields[cell].leaves):
        return show(shown) or "待填"
    if cell in checked.report.cells:
        return f"{show(shown)}，填报的总计"
    return f"{show(shown)}，自动计算" if amount.complete else f"暂计 {show(amount.number)}，待填"


def _brief(finding: Finding, place: str) -> str:
    """By how much it does not agree; else the message without the place, which has been said."""
    if finding.gap:
        return f"相差 {show(finding.gap)}"
    return finding.message.removeprefix(f"{place}：")
