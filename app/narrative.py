"""The texts of a report as they will be read: live numbers filled in, paragraphs apart."""

from __future__ import annotations

import re

from app.forms import Cell
from app.numbers import show
from app.totals import Figures

LIVE_NUMBER = re.compile(r"\{\{\s*([a-z_]+)\.([a-z_]+)\.([a-z_]+)\s*\}\}")
MISSING = "（待填）"


def fill_in(text: str, figures: Figures) -> str:
    """Replace each live number by the figure of its cell; other braces stay as they are."""

    def figure(match: re.Match[str]) -> str:
        cell = Cell(*match.groups())
        if cell not in figures.form.fields:
            return match.group()
        return show(figures.shown(cell)) or MISSING

    return LIVE_NUMBER.sub(figure, text)


def paragraphs(text: str) -> tuple[str, ...]:
    """Split a text at line ends; empty lines and the indents typed by hand are dropped."""
    return tuple(line.strip(" \t\u3000") for line in text.splitlines() if line.strip(" \t\u3000"))


def length(text: str) -> int:
    """How many characters a text has as a reader counts them: no spaces, no line ends."""
    return len("".join(text.split()))
