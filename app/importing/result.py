"""What was read from a file, and what was not: a report, and the account of it in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.files import FileError
from app.forms import Cell, Form, all_forms
from app.importing.narrative import Words, read_words
from app.importing.paper import Lattice, Paper, joined
from app.importing.placing import Placed, place
from app.narrative import length
from app.numbers import Figure, Unreadable, read
from app.report import Report

MOST_NAMED = 3
"""Places that are told one by one; of more it is only said how many there are."""
NO_FIGURE = (
    "没有读到表格里的数字。请确认文件里有这份报告的三张表，"
    "表格是文字而不是图片；也可以新建一份，从 Word 里复制表格粘贴进来。"
)
NO_YEAR = "看不出是哪一年的报告"


class Wanted(NamedTuple):
    """What the clerk knows better than the file, and what to assume where it says nothing."""

    year: int | None = None
    organ: str = ""
    year_otherwise: int | None = None
    organ_otherwise: str = ""


@dataclass(frozen=True, slots=True)
class TableRead:
    """How much of a table was read; its typed cells are counted, not its totals."""

    name: str
    wanted: int
    filled: int
    blank: int
    unreadable: tuple[str, ...] = ()
    """Places that hold no number, with what stands there."""
    unread: tuple[str, ...] = ()
    """Places that were not read, with the reason."""
    totals: int = 0
    """Totals that the file states."""

    @property
    def complete(self) -> bool:
        """Tell whether every typed cell was found."""
        return self.filled + self.blank == self.wanted

    def in_words(self) -> Iterator[str]:
        """What was read and what was not, a line each."""
        parts = [f"读到 {self.filled} 格"]
        if self.totals:
            parts.append(f"另有总计 {self.totals} 格")
        if self.blank:
            parts.append(f"{self.blank} 格是空的")
        if missing := self.wanted - self.filled - self.blank:
            parts.append(f"{missing} 格没有读到")
        yield f"{self.name}（应填 {self.wanted} 格）：{'，'.join(parts)}。"
        if self.unreadable:
            yield f"　　看不懂、原样留着的：{_listed(self.unreadable)}"
        if self.unread:
            yield f"　　没有读到的：{_listed(self.unread)}"


@dataclass(frozen=True, slots=True)
class Imported:
    """A report read from a file, with the account of what was read."""

    report: Report
    tables: tuple[TableRead, ...]
    notices: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Tell whether every typed cell of every table was found."""
        return all(table.complete for table in self.tables)

    def in_words(self) -> list[str]:
        """The whole account, line by line."""
        report = self.report
        lines = [f"{report.title}（{report.form.name}，{report.year} 年度）"]
        for table in self.tables:
            lines += table.in_words()
        written = [
            f"{part.short}{length(report.text(part.id))} 字"
            for part in report.form.text_sections
            if report.text(part.id)
        ]
        absent = [
            part.short
            for part in report.form.text_sections
            if not report.text(part.id) and not part.optional
        ]
        if written:
            lines.append(f"正文：{'，'.join(written)}。")
        if absent:
            lines.append(f"没有读到的正文：{'、'.join(absent)}。")
        return [*lines, *self.notices]


def import_paper(paper: Paper, wanted: Wanted) -> Imported:
    """Make the report a paper holds. Raises FileError where it holds no figure, or no year."""
    paper = replace(paper, pieces=joined(paper.pieces))
    form, words, placed = _best(paper, wanted.year)
    figures = dict(_figures(form, placed))
    if not figures:
        raise FileError(NO_FIGURE)
    year = wanted.year or words.year or wanted.year_otherwise
    if year is None:
        raise FileError(f"{NO_YEAR}，请写明报告年度。")
    notices = [*paper.notices]
    if not wanted.year and not words.year:
        notices.append(f"{NO_YEAR}，按 {year} 年度读入。")
    report = Report(
        form=form,
        year=year,
        organ=wanted.organ or _whole_name(words.organ, wanted.organ_otherwise),
        stated_title=words.title,
        date=words.day,
        texts={part: text for part, text in words.texts.items() if text},
        cells=figures,
    )
    return Imported(report, tuple(_tables(form, placed, figures)), tuple(notices))


def _whole_name(organ: str, otherwise: str) -> str:
    """A title often names an organ in short: the name that is known then says it whole."""
    return otherwise if organ in otherwise else organ


def _best(paper: Paper, year: int | None) -> tuple[Form, Words, Mapping[str, Placed]]:
    """The form most of whose cells are found, of equal ones that of the year, else the newest."""
    lattices = [piece for piece in paper.pieces if isinstance(piece, Lattice)]
    tried = [(form, read_words(paper, form), _placed(form, lattices)) for form in all_forms()]

    def found(one: tuple[Form, Words, Mapping[str, Placed]]) -> tuple[int, bool, int]:
        form, words, placed = one
        count = sum(len(table.texts) for table in placed.values())
        known = year or words.year
        return count, known is not None and form.serves(known), form.first_year

    return max(tried, key=found)


def _placed(form: Form, lattices: list[Lattice]) -> Mapping[str, Placed]:
    found = {table: Placed() for table in form.tables}
    for lattice in lattices:
        for name, table in form.tables.items():
            found[name].merge(place(lattice, table))
    return found


def _figures(form: Form, placed: Mapping[str, Placed]) -> Iterator[tuple[Cell, Figure]]:
    """The figures in the order of the form; a total is kept as it is stated."""
    for cell, one in form.fields.items():
        text = placed[cell.table].texts.get(cell, "")
        figure = read(text, one.column.figure)
        if figure is not None:
            yield cell, figure


def _tables(
    form: Form, placed: Mapping[str, Placed], figures: Mapping[Cell, Figure]
) -> Iterator[TableRead]:
    for name in form.tables:
        found = placed[name]
        typed = [one.cell for one in form.typed(name)]
        filled = [cell for cell in typed if cell in figures]
        blank = [cell for cell in typed if cell in found.texts and cell not in figures]
        missing = [cell for cell in typed if cell not in found.texts]
        unread = sorted(missing, key=lambda cell: cell not in found.unsure)  # reasons first
        totals = [cell for cell in figures if cell.table == name and form.fields[cell].derived]
        yield TableRead(
            f"表{form.section(name).number} {form.section(name).short}",
            wanted=len(typed),
            filled=len(filled),
            blank=len(blank),
            unreadable=tuple(_unreadable(form, figures, name)),
            unread=tuple(_with_reason(form, cell, found) for cell in unread),
            totals=len(totals),
        )


def _unreadable(form: Form, figures: Mapping[Cell, Figure], table: str) -> Iterator[str]:
    for cell, figure in figures.items():
        if cell.table == table and isinstance(figure, Unreadable):
            yield f"{form.place(cell)}“{figure.text}”"


def _with_reason(form: Form, cell: Cell, found: Placed) -> str:
    why = found.unsure.get(cell, "")
    return f"{form.place(cell)}（{why}）" if why else form.place(cell)


def _listed(places: tuple[str, ...]) -> str:
    named = "；".join(places[:MOST_NAMED])
    more = len(places) - MOST_NAMED
    return f"{named}等 {len(places)} 处。" if more > 0 else f"{named}。"
