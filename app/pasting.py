"""What becomes of a pasted block: which figures go where, and what the clerk must be told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.alignment import Alignment, Known, align
from app.clipboard import Block
from app.forms import Cell, FigureKind, Form
from app.layout import Grid
from app.numbers import Figure, Number, Unreadable, read, show
from app.report import Report
from app.totals import compute

MOST_NAMED = 3
"""Places that are told one by one; of more it is only said how many there are."""


class Chosen(NamedTuple):
    """The places of the grid (row, column) that are chosen when something is pasted."""

    places: frozenset[tuple[int, int]]

    @property
    def rows(self) -> range:
        """From the first to the last row chosen."""
        return _reach(row for row, _ in self.places)

    @property
    def columns(self) -> range:
        """From the first to the last column chosen."""
        return _reach(column for _, column in self.places)


@dataclass(frozen=True)
class Pasted:
    """The figures a block brings, and the rest of it."""

    figures: Mapping[Cell, Figure | None] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    """What had no place, each said with where it stood in the block."""
    totals: Mapping[Cell, Figure] = field(default_factory=dict)
    """What the block says of totals, which are computed all the same."""
    named: bool = False
    """Its own labels told where it belongs."""

    def in_short(self, report: Report) -> str:
        """What was pasted and what was not, in one line, for the report as it was before."""
        if not (self.figures or self.totals or self.left_out):
            return "剪贴板里没有可以粘贴的内容。"
        odd = [
            (len(self.unreadable), "格看不懂，原样留着"),
            (len(self.differing(report)), "个总计与计算值不同，按计算值"),
            (len(self.left_out), "个没有位置，没有使用"),
        ]
        by = "（按表头对应）" if self.named else ""
        told = [f"{count} {what}" for count, what in odd if count]
        return "，".join([f"粘贴了 {len(self.figures)} 格{by}", *told]) + "。"

    def in_full(self, report: Report) -> tuple[str, ...]:
        """What did not go in as it was, place by place; nothing where all of it did."""
        form = report.form
        unreadable = [f"{form.place(one)}“{text}”" for one, text in self.unreadable.items()]
        differing = [
            f"{form.place(cell)}粘贴的是 {show(stated)}，计算是 {show(number)}"
            for cell, (stated, number) in self.differing(report).items()
        ]
        told = [
            _listed("看不懂、原样留着的", "格", unreadable, "请改成数字，没有发生的填 0"),
            _listed("总计按计算值，与粘贴的不同", "个", differing, "请核对各项"),
            _listed("没有位置、没有使用的", "个", self.left_out, ""),
        ]
        return tuple(filter(None, told))

    @property
    def unreadable(self) -> dict[Cell, str]:
        """The places that hold text instead of a figure now."""
        return {
            cell: figure.text
            for cell, figure in self.figures.items()
            if isinstance(figure, Unreadable)
        }

    def differing(self, report: Report) -> dict[Cell, tuple[Figure, Number]]:
        """The totals that the block states otherwise than they are computed: both figures."""
        computed = compute(report.form, report.with_cells(self.figures).cells).computed
        return {
            cell: (stated, computed[cell].number)
            for cell, stated in self.totals.items()
            if stated != computed[cell].number
        }


def paste(block: Block, form: Form, grid: Grid, chosen: Chosen) -> Pasted:
    """Find a place for everything in a block: by its labels, else from where the cursor stands.

    A block that fits into the chosen places several times fills all of them, as in a spreadsheet.
    Raises InputError where it cannot be told which columns a block with labels means.
    """
    if not block:
        return Pasted()
    aligned = align(block, grid)
    if not aligned and _repeats(block, chosen):
        return _filled(block, form, grid, chosen)
    return _Placing(form, grid, aligned or _from(block, chosen)).paste(block)


class _Placing:
    """Puts the texts of a block in their places, one by one."""

    def __init__(self, form: Form, grid: Grid, alignment: Alignment) -> None:
        self._form = form
        self._labels = Known(grid)
        self._at = alignment
        self._boxes = {(box.row, box.column): box for box in grid.boxes}
        self._figures: dict[Cell, Figure | None] = {}
        self._totals: dict[Cell, Figure] = {}
        self._left_out: list[str] = []

    def paste(self, block: Block) -> Pasted:
        """Return what becomes of every text."""
        for row, texts in enumerate(block):
            for column, text in enumerate(texts):
                if text is not None:
                    self._put(row, column, text)
        return Pasted(self._figures, tuple(self._left_out), self._totals, self._at.named)

    def _put(self, row: int, column: int, text: str) -> None:
        to_row, to_column = self._at.rows[row], self._at.columns[column]
        box = None
        if to_row is not None and to_column is not None:
            box = self._boxes.get((to_row, to_column))
        if box and box.cell:
            self._enter(box.cell, text)
        elif text.strip() and not self._is_words(text, beside=column):
            self._left_out.append(f"第 {row + 1} 行第 {column + 1} 个“{_short(text)}”")

    def _enter(self, cell: Cell, text: str) -> None:
        one = self._form.fields[cell]
        figure = read(text, one.column.figure)
        if not one.derived:
            self._figures[cell] = figure
        elif figure is not None:
            self._totals[cell] = figure

    def _is_words(self, text: str, *, beside: int) -> bool:
        """Tell whether a text is only a label: one of the table's, or beside rows with names."""
        names_rows = self._at.named and self._at.columns[beside] is None
        return text in self._labels or (names_rows and not _is_number(text))


def _filled(block: Block, form: Form, grid: Grid, chosen: Chosen) -> Pasted:
    """Repeat a block over the chosen cells; totals and headings among them are passed over."""
    figures: dict[Cell, Figure | None] = {}
    for box in grid.boxes:
        if box.cell and (box.row, box.column) in chosen.places:
            texts = block[(box.row - chosen.rows.start) % len(block)]
            text = texts[(box.column - chosen.columns.start) % len(texts)]
            one = form.fields[box.cell]
            if text is not None and not one.derived:
                figures[box.cell] = read(text, one.column.figure)
    return Pasted(figures)


def _repeats(block: Block, chosen: Chosen) -> bool:
    """Tell whether a block goes into what is chosen several times, without remainder."""
    widths = set(map(len, block))
    down, across = len(chosen.rows), len(chosen.columns)
    if len(widths) != 1 or down % len(block) or across % max(widths):
        return False
    return (down, across) != (len(block), max(widths))


def _from(block: Block, chosen: Chosen) -> Alignment:
    """The rows and columns from the first chosen cell on."""
    width = max(map(len, block))
    rows = range(chosen.rows.start, chosen.rows.start + len(block))
    columns = range(chosen.columns.start, chosen.columns.start + width)
    return Alignment(tuple(rows), tuple(columns))


def _reach(numbers: Iterator[int]) -> range:
    all_of_them = sorted(numbers)
    return range(all_of_them[0], all_of_them[-1] + 1)


def _is_number(text: str) -> bool:
    return any(isinstance(read(text, kind), Number) for kind in FigureKind)


def _listed(what: str, unit: str, places: Iterable[str], advice: str) -> str:
    """One sentence on some places; '' where there are none."""
    named = list(places)
    if not named:
        return ""
    shown = "；".join(named[:MOST_NAMED]) + (" 等" if len(named) > MOST_NAMED else "")
    return f"{what} {len(named)} {unit}：{shown}。{advice and advice + '。'}"


def _short(text: str) -> str:
    return text if len(text) <= 12 else f"{text[:12]}…"
