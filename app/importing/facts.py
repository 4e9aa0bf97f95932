"""What a table of basic facts says outright about a report: its name, its organ, its year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.importing.paper import Lattice, Piece
from app.importing.vocabulary import spoken


@dataclass(frozen=True, slots=True)
class Facts:
    """Each as it is written; '' where nothing is said."""

    title: str = ""
    organ: str = ""
    year: str = ""
    day: str = ""


def facts_in(pieces: Iterable[Piece]) -> Facts:
    """What stands in the cell beside a name, or behind it in the same cell; the first counts."""
    said: dict[str, str] = {}
    for piece in pieces:
        if isinstance(piece, Lattice):
            beside = {(box.row, box.column): box.text for box in piece.boxes}
            for box in piece.boxes:
                name, colon, value = box.text.replace(":", "：").partition("：")
                value = value if colon else beside.get((box.row, box.column + box.columns), "")
                for fact, words in spoken().facts.items():
                    if value.strip() and words.fullmatch(name.strip()):
                        said.setdefault(fact, value.strip())
    return Facts(**said)
