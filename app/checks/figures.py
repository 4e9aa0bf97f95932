"""Rules on the figures of the tables."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.forms import Cell, Equation, FigureKind, form_for_year
from app.numbers import Figure, Unreadable, gap, show, why_unreadable


@rule(Reads.FIGURES)
def stated_total(subject: Subject) -> Iterator[Fault]:
    """A total that is stated on the paper equals the sum of its parts (年度报告格式表三、表四)."""
    for equation in subject.form.equations:
        if equation.balance is None and subject.figures.holds(equation) is False:
            yield _wrong_sum(subject, equation)


def _wrong_sum(subject: Subject, equation: Equation) -> Fault:
    total = equation.right[0]
    expected = subject.figures.add(equation.left).number
    found = subject.figures.add(equation.right).number
    parts = subject.sum_in_words(equation.left, lambda cell: _part_name(subject, cell, total))
    message = (
        f"{subject.form.place(total)}：填报的总计是 {show(found)}，"
        f"各项相加是 {show(expected)}（{parts}），相差 {show(gap(found, expected))}。"
        "请核对各项，或改用计算值。"
    )
    return Fault(message, (total, *equation.left), expected=show(expected), found=show(found))


def _part_name(subject: Subject, cell: Cell, total: Cell) -> str:
    one = subject.form.fields[cell]
    return one.column.short if cell.row == total.row else one.row.short


@rule(Reads.FIGURES)
def balance(subject: Subject) -> Iterator[Fault]:
    """第一项加第二项之和，等于第三项加第四项之和, in each column (年度报告格式表三)."""
    for equation in subject.form.equations:
        if equation.balance and subject.figures.holds(equation) is False:
            yield _unbalanced(subject, equation)


def _unbalanced(subject: Subject, equation: Equation) -> Fault:
    assert equation.balance
    left, right = (subject.figures.add(side).number for side in (equation.left, equation.right))
    table = subject.form.section(equation.left[0].table).number
    message = (
        f"表{table} {equation.line.short}列：{_side(subject, equation.left)} = {show(left)}，"
        f"{_side(subject, equation.right)} = {show(right)}，相差 {show(gap(left, right))}。"
        f"{equation.balance.advice}"
    )
    return Fault(message, equation.cells, expected=show(left), found=show(right))


def _side(subject: Subject, cells: tuple[Cell, ...]) -> str:
    names = ((subject.form.fields[cell].row.short, subject.figures.number(cell)) for cell in cells)
    return " + ".join(f"{name}{show(number)}" for name, number in names)


@rule(Reads.FIGURES)
def blank_cells(subject: Subject) -> Iterator[Fault]:
    """Every cell is filled; 0 is written as 0 (国办公开办函〔2021〕30号: 不能遗漏)."""
    for table in subject.form.tables:
        blank = tuple(
            one.cell for one in subject.form.typed(table) if one.cell not in subject.report.cells
        )
        if blank:
            others = f"等 {len(blank)} 格" if len(blank) > 1 else ""
            first = subject.form.place(blank[0])
            yield Fault(f"{first}{others}还没有填。没有发生的请填 0。", blank)


@rule(Reads.FIGURES)
def no_organ(subject: Subject) -> Iterator[Fault]:
    """The report names the organ that makes it (年度报告格式)."""
    if not subject.report.organ.strip():
        yield Fault("还没有填写单位名称。请在“开始”一步填写单位全称。")


@rule(Reads.FIGURES)
def not_a_number(subject: Subject) -> Iterator[Fault]:
    """A cell holds a number, not a text; counts are whole (年度报告格式)."""
    for cell, figure in _cells(subject):
        if isinstance(figure, Unreadable):
            kind = subject.form.fields[cell].column.figure
            why = why_unreadable(figure, kind)
            message = f"{subject.form.place(cell)}：{why}。格里只留数字，说明写到正文里。"
            yield Fault(message, (cell,), found=figure.text)


@rule(Reads.FIGURES)
def negative(subject: Subject) -> Iterator[Fault]:
    """No count and no amount is below 0; only 本年增/减 of the 2019 form may be."""
    for cell, figure in _cells(subject):
        kind = subject.form.fields[cell].column.figure
        if kind is FigureKind.CHANGE or isinstance(figure, Unreadable) or figure >= 0:
            continue
        what = "金额" if kind is FigureKind.MONEY else "件数"
        message = f"{subject.form.place(cell)}：{show(figure)} 是负数，{what}不能小于 0。请改正。"
        yield Fault(message, (cell,), found=show(figure))


@rule(Reads.FIGURES)
def township_regulations(subject: Subject) -> Iterator[Fault]:
    """An organ without the power to make 规章 reports 0 of them (《立法法》)."""
    for cell, one in subject.form.fields.items():
        barred = subject.report.kind.value in one.row.barred
        if barred and (number := subject.figures.number(cell)):
            message = (
                f"{subject.form.place(cell)}：填了 {show(number)}。"
                f"{subject.report.kind.chinese}没有制定{one.row.short}的权限，应填 0；"
                "单位内部的制度不算。"
            )
            yield Fault(message, (cell,), expected="0", found=show(number))


@rule(Reads.FIGURES)
def form_of_year(subject: Subject) -> Iterator[Fault]:
    """A report is made on the form in force for its year (60号: 2019–2020; 30号: from 2021)."""
    form, year = subject.form, subject.report.year
    right = form_for_year(year)
    if right and right.version == form.version:
        return
    if right is None:
        yield Fault(f"没有适用于 {year} 年度的报告格式。请核对年度。", found=form.version)
        return
    message = (
        f"{year} 年度的报告应当使用{right.name}（{right.source}），现在用的是{form.name}。"
        "请在“开始”一步更换格式，或核对年度。"
    )
    yield Fault(message, expected=right.version, found=form.version)


@rule(Reads.FIGURES)
def stock(subject: Subject) -> Iterator[Fault]:
    """What was issued in the year is in force or repealed at its end (表二, from 2021)."""
    for table in subject.form.tables.values():
        for limit in table.limits:
            part = tuple(Cell(table.id, limit.row, column) for column in limit.part)
            whole = tuple(Cell(table.id, limit.row, column) for column in limit.whole)
            small, large = subject.figures.add(part), subject.figures.add(whole)
            if small.complete and large.complete and small.number > large.number:
                yield _beyond(subject, part, whole, limit.advice)


def _beyond(
    subject: Subject, part: tuple[Cell, ...], whole: tuple[Cell, ...], advice: str
) -> Fault:
    small, large = subject.figures.add(part).number, subject.figures.add(whole).number
    message = (
        f"{subject.form.place(part[0])} {show(small)}，大于"
        f"{_columns(subject, whole)}之和 {show(large)}。{advice}"
    )
    return Fault(message, (*part, *whole), expected=f"≤ {show(large)}", found=show(small))


def _columns(subject: Subject, cells: tuple[Cell, ...]) -> str:
    return "与".join(subject.form.fields[cell].column.short for cell in cells)


def _cells(subject: Subject) -> Iterator[tuple[Cell, Figure]]:
    for cell in subject.form.fields:
        if (figure := subject.report.cells.get(cell)) is not None:
            yield cell, figure
