"""Reports to test with: a small text table in, a list of findings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.checks import Checked, check
from app.forms import Cell, Form, form_for_year, form_named
from app.numbers import Figure, read
from app.report import Kind, Report
from app.session import Session
from app.taking import take_over
from tests.facts import Relation, official

NEUTRAL = {
    "preface": "现公布本年度政府信息公开工作年度报告。",
    "overview": (
        "主动公开、依申请公开、政府信息管理、政府信息公开平台建设和监督保障各项工作按要求开展。"
        "各站所分工负责，公开事项逐项落实到人，村民可以在镇政府公示栏和便民服务中心查看。"
        "工作考核合格，社会评议良好，没有发生责任追究的情形。"
    ),
    "problems": "存在的问题是公开不够及时，改进措施是每月检查一次。",
    "other": "没有收取信息处理费，没有其他需要报告的事项。",
}


def form(version: str = "2021") -> Form:
    """Return an official form."""
    found = form_named(version)
    assert found
    return found


def all_zeros(version: str = "2021", year: int = 2026) -> Report:
    """A township's report in which nothing happened: every typed cell is 0, every text is there."""
    blank = Report(form(version), year, "青石镇人民政府", texts=NEUTRAL)
    return blank.with_cells({one.cell: 0 for one in blank.form.typed()})


def changed(report: Report, example: Mapping[str, Any]) -> Report:
    """Change a report as the `breaks` and `keeps` of the rule catalogue say.

    With `form`, what is changed is a report of zeros on that form. `previous` puts last year's
    report beside it: of zeros, too, on the form of its year, and changed in the same way. `taken`
    are texts that were taken over from last year's report.
    """
    if version := example.get("form"):
        report = all_zeros(version, report.year)
    cells: dict[Cell, Figure | None] = {at(address): None for address in example.get("blank", ())}
    for address, value in example.get("cells", {}).items():
        kind = report.form.fields[at(address)].column.figure
        cells[at(address)] = read(str(value), kind)
    kind_name = example.get("kind")
    organ = example.get("organ", report.organ)
    last = example.get("previous")
    for part, text in example.get("taken", {}).items():
        report = take_over(report, part, 0, len(report.text(part)), text)
    return replace(
        report.with_cells(cells),
        organ=organ,
        year=example.get("year", report.year),
        stated_kind=Kind(kind_name) if kind_name else report.stated_kind,
        stated_title=example.get("title", report.stated_title),
        texts={**report.texts, **example.get("text", {})},
        previous=_last_year({"organ": organ, **last}) if last else report.previous,
    )


def _last_year(example: Mapping[str, Any]) -> Report:
    form_then = form_for_year(example["year"])
    assert form_then
    return changed(all_zeros(form_then.version, example["year"]), example)


def at(address: str) -> Cell:
    """Return the cell with this address."""
    return Cell(*address.split("."))


def tabled(report: Report, table: str, figures: str) -> Report:
    """Put a small text table into a report: column ids on top, a row id before each line.

    A dot leaves a cell as it is, a dash blanks it.
    """
    top, *lines = (line.split() for line in figures.strip().splitlines())
    cells: dict[Cell, Figure | None] = {}
    for row, *texts in lines:
        for column, text in zip(top[1:], texts, strict=True):
            cell = Cell(table, row, column)
            if text != ".":
                kind = report.form.fields[cell].column.figure
                cells[cell] = None if text == "-" else read(text, kind)
    return report.with_cells(cells)


def found(subject: Session | Checked | Report) -> list[tuple[str, str]]:
    """What the checks find: each rule with the place a clerk would look at.

    The place is the column of a balance, else the first cell concerned, else the text's part.
    """
    match subject:
        case Report():
            checked = check(subject)
        case Session():
            subject.read_texts()
            checked = subject.checked
        case Checked():
            checked = subject
    return [(one.rule, _place(one.rule, one.cells, one.section)) for one in checked.findings]


def _place(rule: str, cells: tuple[Cell, ...], section: str | None) -> str:
    if not cells:
        return section or ""
    return cells[0].column if rule == "balance" else f"{cells[0].row}.{cells[0].column}"


def fully_stated(version: str) -> Report:
    """A sound report that states every total, with different figures almost everywhere."""
    report = all_zeros(version, official(version).first_year)
    cells = {
        one.cell: 0 if one.row.barred or one.cell.column == "issued" else number * 7 % 23
        for number, one in enumerate(report.form.typed())
        if one.cell.row != "received"
    }
    while open_ones := [one for one in official(version).relations if _unknown(one, cells)]:
        for left, right in open_ones:
            if len(unknown := _unknown((left, right), cells)) == 1:
                (cell,) = unknown
                known, same = (right, left) if cell in left else (left, right)
                cells[cell] = sum(cells[one] for one in known) - sum(
                    cells[one] for one in same - {cell}
                )
    return report.with_cells(cells)


def _unknown(relation: Relation, cells: Mapping[Cell, int]) -> set[Cell]:
    return {cell for side in relation for cell in side} - cells.keys()
