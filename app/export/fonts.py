"""The bundled fonts: which one draws a character, how wide it is, and a canvas to draw on.

A role's own font draws what it can, 宋体 (all of GB 18030 level 2) what is left, then whichever
font happens to have the character. Fonts are read when first needed; reportlab is imported only
by :func:`open_canvas`.
"""

from __future__ import annotations

import enum
import os
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import IO, TYPE_CHECKING

from app.characters import UNDRAWN
from app.export.faces import Face, read_face
from app.paths import resources

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


class Role(enum.Enum):
    """What a font is for in a document after GB/T 9704-2012; the value names its file."""

    BODY = "fangsong"  # 仿宋
    SECOND = "kaiti"  # 楷体
    FIRST = "heiti"  # 黑体
    TITLE = "xiaobiaosong"  # 小标宋
    SONG = "song"  # 宋体

    __hash__ = object.__hash__  # Enum's own is a Python call, too slow for every character


@dataclass(frozen=True, slots=True)
class Run:
    """Text that one font draws; ``font`` is the name reportlab knows it by after open_canvas."""

    text: str
    font: str


def runs(text: str, role: Role) -> list[Run]:
    """Split text where the font changes; the parts joined are the text without `UNDRAWN`.

    A character no font has goes to 宋体, which draws a box: ask `app.characters.missing` first.
    """
    chain = _CHAINS[role]
    drawn = text.translate(_WITHOUT_UNDRAWN)
    return [
        Run("".join(characters), font)
        for font, characters in groupby(drawn, key=lambda character: chain[character][0])
    ]


def advance(character: str, role: Role) -> float:
    """Return the width of one character in em: 1.0 for a Chinese one, 0.0 for an undrawn one."""
    return _CHAINS[role][character][1]


def open_canvas(path_or_file: str | os.PathLike[str] | IO[bytes], title: str) -> Canvas:
    """Return an empty A4 reportlab canvas that knows every font :func:`runs` may name.

    The file gets this title, the language zh-CN and no author, and equal drawing gives equal
    bytes. Each page starts in reportlab's initial font, so call ``setFont`` on every page. A
    path is written when the canvas is saved; OSError then comes from there.
    """
    # Reportlab is slow to import.
    from app.export.embedding import new_canvas, register  # noqa: PLC0415

    register((role.value, _face(role)) for role in Role)
    return new_canvas(path_or_file, title, Role.BODY.value)


class _Chain(dict[str, tuple[str, float]]):
    """Character to font name and width in em, filled in as characters are asked for."""

    def __init__(self, role: Role) -> None:
        super().__init__(dict.fromkeys(UNDRAWN, (Role.SONG.value, 0.0)))
        self._role = role

    def __missing__(self, character: str) -> tuple[str, float]:
        role, glyph = _find(character, self._role) or (Role.SONG, 0)
        place = self[character] = (role.value, _face(role).advances[glyph] / 1000)
        return place


def _find(character: str, first: Role) -> tuple[Role, int] | None:
    """Return the first font of the chain that has the character, and its glyph number."""
    code = ord(character)
    for role in (first, Role.SONG, *Role):
        glyph = _face(role).glyphs.get(code)
        if glyph is not None:
            return role, glyph
    return None


@cache
def _face(role: Role) -> Face:
    return read_face(resources() / "fonts" / f"{role.value}.ttf")


_CHAINS = {role: _Chain(role) for role in Role}
_WITHOUT_UNDRAWN = str.maketrans("", "", UNDRAWN)
