"""What the guided forms would write by now and the texts do not say yet."""

from __future__ import annotations

from collections.abc import Iterator

from app.report import Report
from app.totals import Figures
from app.writing.compose import tell
from app.writing.guide import Told, pairs_guide, sheet_of
from app.writing.pairs import told_of_pairs
from app.writing.placing import Standing, spot


def behind(report: Report, figures: Figures) -> tuple[Told, ...]:
    """What tables and answers have made of topics since their part was written by its form.

    Nothing of a part that the clerk writes freely.
    """
    return tuple(
        told
        for told in _told(report, figures)
        if told.paragraph and spot(report, told).standing in (Standing.NEW, Standing.STALE)
    )


def _told(report: Report, figures: Figures) -> Iterator[Told]:
    for section in report.form.text_sections:
        if not any(key.startswith(f"{section.id}.") for key in report.drafting.composed):
            continue
        if section.id == pairs_guide().part:
            yield told_of_pairs(report)
        elif sheet := sheet_of(report, section.id):
            yield from tell(report, figures, sheet)
