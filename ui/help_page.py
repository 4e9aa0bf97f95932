"""The side help as a page of a text browser."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from app.guidance import OWN_WORDS
from app.side_help import CellHelp, PartHelp, Relation, State
from ui.theme import colours

SIGNS = {State.HOLDS: "✓", State.BROKEN: "✖", State.ASKED: "!", State.OPEN: "○", State.UNKNOWN: "·"}
"""The shape that goes with each state's word and colour."""


def cell_page(told: CellHelp) -> str:
    """All that is told of a cell."""
    return "".join(
        (
            _title(told.title),
            f"<p>{escape(''.join(told.counts))}</p>",
            _list("上年", told.last_year),
            _list("容易错", told.beware),
            _part("有关的核对", [_relation(one) for one in told.relations]),
            _list("依据", told.basis),
            _foot(),
        )
    )


def part_page(told: PartHelp) -> str:
    """All that is told of a part of the report or a step of the wizard."""
    return "".join(
        (
            _title(told.title),
            _list("应当写到", ["、".join(told.asked)] if told.asked else ()),
            _list("怎样写" if told.asked else "要点", told.contains),
            _list("常被退回的", told.returned),
            _list("依据", told.basis),
            _foot(),
        )
    )


def style() -> str:
    """The style sheet both pages are written for, in the colours of the moment."""
    tints = colours()
    return (
        "p { margin: 0 0 4px 0; } .title { font-weight: 600; }"
        f".head, .foot {{ color: {tints.faint.name()}; }} .head {{ margin: 8px 0 2px 0; }}"
        f".foot {{ margin-top: 12px; }}"
        f".{State.BROKEN.name} {{ color: {tints.error.name()}; }}"
        f".{State.ASKED.name} {{ color: {tints.query.name()}; }}"
        f".{State.HOLDS.name} {{ color: {tints.passed.name()}; }}"
    )


def _title(text: str) -> str:
    return f'<p class="title">{escape(text)}</p>'


def _list(head: str, texts: Iterable[str]) -> str:
    return _part(head, [f"{SIGNS[State.UNKNOWN]} {escape(text)}" for text in texts])


def _part(head: str, lines: list[str]) -> str:
    if not lines:
        return ""
    return f'<p class="head">{head}</p>' + "".join(f"<p>{line}</p>" for line in lines)


def _relation(one: Relation) -> str:
    state = f"{SIGNS[one.state]} {one.state.value}".rstrip()
    return f'<span class="{one.state.name}">{state}</span> {escape(one.sentence)}'


def _foot() -> str:
    return f'<p class="foot">{OWN_WORDS}</p>'
