"""Answers and figures at random, as clerks might give them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from app.forms import Cell
from app.report import Report
from app.writing.answers import NO, YES, key
from app.writing.guide import Asks, Field, Sheet
from tests.reports import all_zeros

ORGANS = {
    "青石镇人民政府": "2021",
    "白水乡人民政府": "2021",
    "东城街道办事处": "2021",
    "青石县人民政府": "2021",
    "青石县林业局": "2021",
    "某某中心学校": "2021",
    "黑山镇人民政府": "2019",
}
WORDS = {
    "focus": ["宅基地审批、惠农补贴和村级工程", "以群众关心的事项", "预决算等", "防汛为重点。"],
    "way": ["镇便民服务中心窗口、来信和政府网站", "政府网站；", "通过来信", "当面、邮寄等方式"],
    "reviewer": ["分管领导和党政办", "由党政办", "保密员 审查", "承办站所负责人"],
    "platform": ["县人民政府门户网站", "通过政府网站", "政府网站和公众号。", "公开栏"],
    "leader": ["一名副镇长", "由党委委员", "办公室主任分管", "分管领导"],
    "result": ["各站所全部合格", "考核结果是合格", "良好。", "两个站所限期整改"],
    "blamed_for": ["答复超过法定期限", "原因是答复没有说明理由", "公开了不该公开的内容；"],
    "matters": ["本年度机构职能有调整，有关事项已经移交", "行政执法事项调整后按决定书编号统计。"],
}
COUNTS = st.one_of(st.sampled_from(["0", "1", "2", "３", "1,234"]), st.integers(0, 400).map(str))


def answers(sheet: Sheet, *, blanks: bool = True) -> st.SearchStrategy[dict[str, str]]:
    """Answers to a whole sheet; some stay blank."""
    typed = [one for topic in sheet.topics for one in topic.fields if one.kind is not Asks.SUM]
    blank = st.just("")
    return st.fixed_dictionaries(
        {
            key(sheet, one.id): st.one_of(blank, _answer(one))
            if blanks
            else _answer(one).filter(_tells)
            for one in typed
        }
    )


def _tells(answer: str) -> bool:
    """A fee that was charged is not 0."""
    return answer != "0元"


def _answer(field: Field) -> st.SearchStrategy[str]:
    match field.kind:
        case Asks.YES:
            return st.sampled_from([YES, NO])
        case Asks.WORDS:
            return st.sampled_from(WORDS[field.id])
        case Asks.MONEY:
            return st.sampled_from(["0元", "100", "2420元", "1,250.50", "0.5"])
        case _:
            return COUNTS


@st.composite
def reports(draw: st.DrawFn, organs: list[str] | None = None) -> Report:
    """Reports whose tables are right in themselves: nothing, a little, or much of everything."""
    organ = draw(st.sampled_from(organs or list(ORGANS)))
    year = 2026 if ORGANS[organ] == "2021" else 2020
    report = replace(all_zeros(ORGANS[organ], year), organ=organ, texts={})
    some = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 40))
    cells: dict[Cell, Any] = {}
    for one in report.form.typed():
        cell = one.cell
        if cell.table == "requests" and cell.row not in ("received", "carried_in", "carried_out"):
            cells[cell] = draw(some) if draw(st.integers(0, 5)) == 0 else 0
        elif cell.table == "disputes" or cell.row in ("licences", "penalties", "coercion"):
            cells[cell] = draw(some)
    _balance(draw, report, cells)
    issued, repealed = draw(some), draw(some)
    if ORGANS[organ] == "2021":
        normative = Cell("disclosure", "normative", "issued")
        cells |= {
            normative: issued,
            normative._replace(column="repealed"): repealed,
            normative._replace(column="in_force"): issued + draw(some),
            Cell("disclosure", "fees", "amount"): 12345,
        }
    return report.with_cells(cells)


def _balance(draw: st.DrawFn, report: Report, cells: dict[Cell, Any]) -> None:
    """Let as many applications come in as are settled and carried out."""
    for column in dict.fromkeys(one.cell.column for one in report.form.typed("requests")):
        settled = sum(
            number
            for cell, number in cells.items()
            if cell.table == "requests" and cell.column == column
        )
        carried_out = draw(st.sampled_from([0, 0, 0, 1, 2]))
        carried_in = min(draw(st.sampled_from([0, 0, 1, 3])), settled + carried_out)
        at = Cell("requests", "received", column)
        cells[at] = settled + carried_out - carried_in
        cells[at._replace(row="carried_in")] = carried_in
        cells[at._replace(row="carried_out")] = carried_out


def answered(report: Report, part: str, kept: dict[str, str]) -> Report:
    """The report with these answers kept for a part."""
    drafting = report.drafting
    for name, text in kept.items():
        assert name.startswith(f"{part}.")
        drafting = drafting.with_answer(name, text)
    return replace(report, drafting=drafting)
