"""What a form consists of. Everything here is frozen: a legal form does not change once issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, TypeAlias


class Cell(NamedTuple):
    """The name of one figure: table, row, column. Where it stands only `app.layout` knows."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return ".".join(self)


class FigureKind(Enum):
    """What may be written in a cell."""

    COUNT = "count"
    """A whole number from 0."""
    CHANGE = "change"
    """A whole number that may be negative (本年增/减)."""
    MONEY = "money"
    """An amount from 0 with decimals."""


class Column(NamedTuple):
    """A column: what its figures are, their unit, and how many frame columns it covers."""

    id: str
    label: tuple[str, ...]
    """The path of headings that leads to it, outermost first."""
    short: str
    sum: tuple[str, ...] = ()
    """The other columns this one adds up; empty where figures are typed."""
    figure: FigureKind = FigureKind.COUNT
    unit: str = ""
    span: int = 1

    @property
    def printed_unit(self) -> str:
        """The unit to print behind a figure; empty where the heading names it."""
        named_above = self.unit in "".join(self.label)
        return self.unit if self.figure is FigureKind.MONEY and not named_above else ""


class Row(NamedTuple):
    """A row, and the kinds of organ that have no power to fill it with anything but 0."""

    id: str
    label: tuple[str, ...]
    """The path of headings that leads to it, outermost first."""
    short: str
    sum: tuple[str, ...] = ()
    """The other rows this one adds up; empty where figures are typed."""
    barred: frozenset[str] = frozenset()


Line: TypeAlias = Row | Column


class Block(NamedTuple):
    """Rows that share columns; `banner` is the line above them, `corner` heads their labels."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    banner: str = ""
    corner: str = ""


class Balance(NamedTuple):
    """Rows that add up to other rows in every column (官方勾稽关系)."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    left_name: str
    right_name: str
    advice: str


class Limit(NamedTuple):
    """Columns of one row that together cannot exceed other columns of it."""

    row: str
    part: tuple[str, ...]
    whole: tuple[str, ...]
    advice: str


class Chain(NamedTuple):
    """A row or a column that goes on from last year's report (跨年度关系).

    Each figure in `line` is last year's figures in `before`, plus this year's in `plus`, less this
    year's in `minus`. Where last year's form has no such line, there is nothing to go on from.
    """

    rule: str
    """The rule that judges it, by its name."""
    lines: str
    """Whether `rows` or `columns` are meant."""
    line: str
    before: tuple[str, ...]
    advice: str
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()

    def speaks_of(self, cell: Cell) -> bool:
        """Tell whether a cell of its table stands in one of its lines of this year."""
        own = cell.row if self.lines == "rows" else cell.column
        return own in (self.line, *self.plus, *self.minus)

    def beside(self, cell: Cell, line: str) -> Cell:
        """The cell of another line in the same column, or in the same row."""
        return cell._replace(row=line) if self.lines == "rows" else cell._replace(column=line)


class Table(NamedTuple):
    """One table of the form. Laid `across`, its rows stand side by side under their headings."""

    id: str
    frame: tuple[int, ...]
    """Widths of the frame columns, in twips, as the official Word form has them."""
    blocks: tuple[Block, ...]
    across: bool = False
    balances: tuple[Balance, ...] = ()
    limits: tuple[Limit, ...] = ()
    chains: tuple[Chain, ...] = ()
    follows: str = ""
    """The table without whose figures there can hardly be any here."""
    compared: tuple[str, ...] = ()
    """The columns in which a leap against last year is worth a second look."""


class Topic(NamedTuple):
    """Something a text must speak of, and the words (regular expressions) that show it does."""

    name: str
    signs: tuple[str, ...]
    kinds: frozenset[str] = frozenset()
    """The kinds of organ it is asked of; empty means all."""
    headed: str = ""
    """What a heading for it says (a regular expression), where the text has such headings."""


class Section(NamedTuple):
    """One part of the report: a text, or the table of the same id."""

    id: str
    heading: str
    short: str
    guide: str = ""
    topics: tuple[Topic, ...] = ()
    """What an account of the year must cover."""
    accountability: tuple[Topic, ...] = ()
    """What the law asks of governments besides; it may be told in any part."""
    asked: tuple[Topic, ...] = ()
    """What the part's own heading promises."""
    shortest: int = 0
    """Characters below which it is no account."""
    bare_word_is_empty: bool = False
    """A mere 无 is no answer here."""
    optional: bool = False
    named: str = ""
    """How running text names this part; a regular expression."""

    @property
    def number(self) -> str:
        """The numeral its heading begins with (「三」), empty where it has no heading."""
        return self.heading.partition("、")[0] if "、" in self.heading else ""


class ProcessingFee(NamedTuple):
    """Where the text reports 信息处理费 (元), and the cell (万元) that must contain it."""

    part: str
    words: tuple[str, ...]
    signs: tuple[str, ...]
    """Words that show the text speaks of it, even to say that there was none."""
    charged: Cell


class Field(NamedTuple):
    """One cell with its row and column. `sums` are the ways its total is made; empty if typed."""

    cell: Cell
    row: Row
    column: Column
    sums: tuple[tuple[Cell, ...], ...] = ()
    leaves: tuple[Cell, ...] = ()
    """The typed cells a total comes from in the end; empty where the cell itself is typed."""

    @property
    def derived(self) -> bool:
        """Tell whether the figure is computed rather than typed."""
        return bool(self.sums)


class Equation(NamedTuple):
    """One relation the form demands: the left cells add up to the right cells."""

    left: tuple[Cell, ...]
    right: tuple[Cell, ...]
    line: Line
    """The line it speaks of: the column of a balance, the total's own row or column of a sum."""
    balance: Balance | None = None
    """The balance it comes from; None for a sum, whose right side is the one total."""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells it ties together."""
        return self.left + self.right


@dataclass(frozen=True, eq=False)
class Edition:
    """An official version of the yearly report: what it is called, and for which years it is."""

    version: str
    name: str
    source: str
    first_year: int
    last_year: int | None

    def serves(self, year: int) -> bool:
        """Tell whether reports on this year are made on this form."""
        return self.first_year <= year <= (self.last_year or year)


@dataclass(frozen=True, eq=False)
class Form(Edition):
    """An official version whole; read once, so compared by identity."""

    title: str
    source_title: str
    """What the document that issued it is called, without its issuer."""
    sections: tuple[Section, ...]
    tables: Mapping[str, Table]
    fields: Mapping[Cell, Field]
    """Every cell in the order of the form."""
    equations: tuple[Equation, ...]
    processing_fee: ProcessingFee | None = None
    _section_of: Mapping[str, Section] = field(init=False, repr=False)
    _typed: Mapping[str, tuple[Field, ...]] = field(init=False, repr=False)
    """What is filled in, by table, and under '' all of it; asked for at every key."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_section_of", {part.id: part for part in self.sections})
        typed = [one for one in self.fields.values() if not one.derived]
        by_table = {
            table: tuple(one for one in typed if one.cell.table == table) for table in self.tables
        }
        object.__setattr__(self, "_typed", {"": tuple(typed), **by_table})

    @property
    def text_sections(self) -> tuple[Section, ...]:
        """The parts that are written, in order."""
        return tuple(part for part in self.sections if part.id not in self.tables)

    def section(self, part: str) -> Section:
        """Return the part with this id."""
        return self._section_of[part]

    def typed(self, table: str = "") -> Iterator[Field]:
        """The fields a clerk fills in, of one table or of all."""
        return iter(self._typed.get(table, ()))

    def place(self, cell: Cell) -> str:
        """Name a cell as a clerk would: 「表三 · （二）部分公开 · 商业企业」."""
        one = self.fields[cell]
        return f"表{self.section(cell.table).number} · {one.row.short} · {one.column.short}"
