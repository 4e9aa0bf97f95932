"""Put our font faces into reportlab's PDF files: fast, small, and with text that copies out.

reportlab parses a font character by character and copies its outlines for every subset; here
it is handed what :mod:`app.export.faces` has read already. Its map from glyphs back to text
(ToUnicode) garbles characters beyond U+FFFF; ours does not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from mmap import mmap
from typing import IO, Any
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTEncoding, TTFont, TTFontFace
from reportlab.pdfgen.canvas import Canvas

from app.export.faces import Face

BLOCK = 100  # the most lines that one bfchar block of a CMap may hold
UNKNOWN = 0xFFFD  # what the box of a missing character is copied out as
_MAKER = re.compile(rb"(?m)^(%[\x80-\xff]*)( ReportLab [Gg]enerated PDF document.*)$")


class _Mapped:
    """The open file that reportlab asks for; reading it copies nothing."""

    def __init__(self, face: Face) -> None:
        self.name = str(face.path)
        self._data = face.data

    def read(self) -> mmap:
        return self._data


class _Window:
    """One table of a mapped font: slices are copied, the whole never is."""

    def __init__(self, data: mmap, start: int) -> None:
        self._data = data
        self._start = start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


class _Metrics:
    """Pairs of advance and bearing by glyph number."""

    def __init__(self, face: Face) -> None:
        self._advances = face.advances
        self._bearings = face.bearings

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        return self._advances[glyph], self._bearings[glyph]


class _EmbeddedFace(TTFontFace):
    """A reportlab face whose character map and metrics come from a Face."""

    def __init__(self, face: Face) -> None:
        self._face = face
        super().__init__(_Mapped(face))

    def extractInfo(self, charInfo: object = 1) -> None:  # noqa: N802, N803
        super().extractInfo(charInfo=0)
        face = self._face
        self.charToGlyph = face.glyphs
        self.charWidths = {code: face.advances[glyph] for code, glyph in face.glyphs.items()}
        self.defaultWidth = face.advances[0]
        self.hmetrics = _Metrics(face)
        self.glyphPos = face.offsets

    def get_table(self, tag: str) -> bytes | _Window:
        if tag == "glyf":
            return _Window(self._face.data, self._face.tables[tag][0])
        return self._face.table(tag)


class _EmbeddedFont(TTFont):
    """A reportlab font that maps every glyph back to its exact text."""

    def __init__(self, name: str, face: Face) -> None:
        # In place of TTFont's own, which would read the file through reportlab's slow parser.
        self.fontName = name
        self.face = _EmbeddedFace(face)
        self.encoding = TTEncoding()
        self.state = WeakKeyDictionary()
        self._asciiReadable = False
        self.shapable = False

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = f"{SUBSETN(number).decode()}+{self.face.name.decode()}"
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode(name, subset)


def to_unicode(name: str, codes: Sequence[int]) -> str:
    """Return the CMap that maps byte n of a font to ``codes[n]``, in UTF-16 with surrogates.

    Byte 0 is the box of a missing character and reads as U+FFFD.
    """
    targets = [UNKNOWN, *codes[1:]]
    lines = [
        f"<{byte:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for byte, code in enumerate(targets)
    ]
    blocks = (lines[start : start + BLOCK] for start in range(0, len(lines), BLOCK))
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(lines) - 1:02X}>",
            "endcodespacerange",
            *(
                line
                for block in blocks
                for line in (f"{len(block)} beginbfchar", *block, "endbfchar")
            ),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def register(fonts: Iterable[tuple[str, Face]]) -> None:
    """Make fonts known to reportlab by these names; those it knows already stay as they are."""
    known = pdfmetrics.getRegisteredFontNames()
    for name, face in fonts:
        if name not in known:
            pdfmetrics.registerFont(_EmbeddedFont(name, face))


def new_canvas(target: str | os.PathLike[str] | IO[bytes], title: str, font: str) -> Canvas:
    """Return an empty A4 canvas whose first font is ``font``; see ``fonts.open_canvas``."""
    rl_config.useA85 = 0
    if isinstance(target, os.PathLike):
        target = os.fspath(target)
    canvas = Canvas(
        target,
        A4,
        pageCompression=1,
        invariant=1,
        initialFontName=font,  # type: ignore[arg-type]  # the stubs say float
        lang="zh-CN",
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setCreator("")
    canvas.setProducer("")
    canvas.setSubject("")
    return canvas


def without_maker(pdf: bytes) -> bytes:
    """Blank out the library's name in the comments of a file; nothing changes its place."""
    return _MAKER.sub(lambda found: found[1] + b" " * len(found[2]), pdf)
