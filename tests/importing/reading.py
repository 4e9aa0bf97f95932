"""Reading what tests have made, without a process of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.characters import printable
from app.checks import check
from app.export import FORMATS
from app.export.document import document_of
from app.forms import Cell
from app.importing.formats import read_bytes
from app.importing.paper import Lattice, Line, Paper, Piece, from_rows
from app.importing.result import Imported, Wanted, import_paper
from app.layout import Box
from app.narrative import fill_in, paragraphs
from app.numbers import show
from app.report import Report
from app.totals import compute

ASSUMED = Wanted(year_otherwise=2025)

SHARED = Path(__file__).parents[2].parent / "shared"
"""Papers of others lie beside the project, where they do."""


def imported(data: bytes, wanted: Wanted = ASSUMED) -> Imported:
    """What is read from a file."""
    return import_paper(read_bytes(data), wanted)


def exported(report: Report, name: str) -> bytes:
    """A report as a file of our own."""
    return FORMATS[name].render(document_of(check(report)))


def read_pieces(*pieces: Piece, wanted: Wanted = ASSUMED) -> Imported:
    """What is read from lines and tables."""
    return import_paper(Paper(pieces), wanted)


def grid(*rows: str, ragged: bool = False) -> Lattice:
    """A table drawn in text: a row to a line, `|` between cells.

    `<` goes on with the cell at its left, `^` with the one above it.
    """
    texts = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
    if ragged:
        return from_rows(texts)
    return Lattice(
        tuple(
            Box(at, column, _down(texts, at, column), _right(line, column), text)
            for at, line in enumerate(texts)
            for column, text in enumerate(line)
            if text not in ("<", "^")
        )
    )


def _right(line: Sequence[str], column: int) -> int:
    end = column + 1
    while end < len(line) and line[end] == "<":
        end += 1
    return end - column


def _down(texts: Sequence[Sequence[str]], at: int, column: int) -> int:
    end = at + 1
    while end < len(texts) and column < len(texts[end]) and texts[end][column] == "^":
        end += 1
    return end - at


def lines(text: str) -> list[Line]:
    """A text as lines."""
    return [Line(line) for line in text.splitlines()]


def shown(report: Report) -> dict[Cell, str]:
    """Every figure as it is printed, totals too, blank ones left out."""
    figures = compute(report.form, report.cells)
    texts = {cell: show(figures.shown(cell)) for cell in report.form.fields}
    return {cell: text for cell, text in texts.items() if text}


def stated(report: Report) -> dict[Cell, str]:
    """The figures a report holds, as text."""
    return {cell: show(figure) for cell, figure in report.cells.items()}


def told(report: Report) -> Mapping[str, list[str]]:
    """The paragraphs of each text as they are printed, without blanks."""
    figures = compute(report.form, report.cells)
    texts = {
        part.id: paragraphs(printable(fill_in(report.text(part.id), figures)))
        for part in report.form.text_sections
    }
    return {part: [bare(one) for one in found] for part, found in texts.items() if found}


def bare(text: str) -> str:
    """A text without blanks."""
    return re.sub(r"\s", "", text)
