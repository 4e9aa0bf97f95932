"""The report as every file format shows it: parts in order, texts filled in, figures in place."""

from __future__ import annotations

from dataclasses import dataclass

from app.characters import printable
from app.checks import Checked
from app.export.paragraph import Paragraph, read_paragraphs
from app.forms import Table
from app.layout import Box, Grid, lay_out
from app.narrative import fill_in
from app.numbers import Figure, show

UNCHECKED_MARK = "未通过校验，仅供核对"


@dataclass(frozen=True, slots=True)
class Content:
    """One box of a table with what stands in it."""

    box: Box
    text: str
    figure: Figure | None = None
    unit: str = ""
    """Printed behind the figure where no heading names it."""


@dataclass(frozen=True, slots=True)
class TableContent:
    """A table laid out and filled in."""

    table: Table
    grid: Grid
    contents: tuple[Content, ...]

    @property
    def units(self) -> str:
        """What its figures count, for a line above it: 「计量单位：件、万元」."""
        columns = (column for block in self.table.blocks for column in block.columns)
        return f"计量单位：{'、'.join(dict.fromkeys(one.unit for one in columns if one.unit))}"


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its heading ('' for the preface) and its paragraphs or its table."""

    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    table: TableContent | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report ready to be written in any format."""

    title: str
    organ: str
    year: int
    date: str
    """The day of the signature as it is printed (2027年1月12日), '' where none is given."""
    mark: str
    """What every page must bear; '' where the report is clean."""
    parts: tuple[Part, ...]

    @property
    def tables(self) -> tuple[tuple[str, TableContent], ...]:
        """The tables with their headings."""
        return tuple((part.heading, part.table) for part in self.parts if part.table)


def document_of(checked: Checked) -> Document:
    """Make the document of a checked report; an unclean one bears the mark."""
    report = checked.report
    day = report.date
    return Document(
        title=printable(report.title).replace("\n", ""),
        organ=printable(report.organ).replace("\n", ""),
        year=report.year,
        date=f"{day.year}年{day.month}月{day.day}日" if day else "",
        mark="" if checked.clean else UNCHECKED_MARK,
        parts=tuple(_parts(checked)),
    )


def _parts(checked: Checked) -> list[Part]:
    parts: list[Part] = []
    for section in checked.report.form.sections:
        table = checked.report.form.tables.get(section.id)
        if table:
            parts.append(Part(section.heading, table=_fill(table, checked)))
            continue
        text = printable(fill_in(checked.report.text(section.id), checked.figures))
        if text.strip() or not section.optional:
            parts.append(Part(section.heading, read_paragraphs(text)))
    return parts


def _fill(table: Table, checked: Checked) -> TableContent:
    grid = lay_out(table)
    return TableContent(table, grid, tuple(_content(box, checked) for box in grid.boxes))


def _content(box: Box, checked: Checked) -> Content:
    if box.cell is None:
        return Content(box, box.text)
    figure = checked.figures.shown(box.cell)
    unit = checked.report.form.fields[box.cell].column.printed_unit
    return Content(box, printable(show(figure)).replace("\n", " "), figure, unit)
