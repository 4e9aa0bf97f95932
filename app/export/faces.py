"""Read a TrueType file's character map and metrics, quickly and from mapped memory.

Only what our own font builder writes is understood: a format 12 character map, 1000 units to
the em, long glyph offsets. Nothing here needs reportlab.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import iter_unpack, unpack_from

FULL_UNICODE = (3, 10)  # platform and encoding of the character map that knows all planes


class FontError(Exception):
    """A bundled font file is not one our builder made; the message names the file."""


@dataclass(frozen=True)
class Face:
    """One font file; tables are parsed when first asked for and then kept.

    Advances are in thousandths of an em; glyph numbers index ``advances``, ``bearings`` and
    ``offsets`` (which has one entry more, the end of the last outline).
    """

    path: Path
    data: mmap
    tables: dict[str, tuple[int, int]]

    @cached_property
    def glyphs(self) -> dict[int, int]:
        """Code point to glyph number."""
        cmap = self.table("cmap")
        (count,) = unpack_from(">H", cmap, 2)
        for platform, encoding, offset in iter_unpack(">HHL", cmap[4 : 4 + 8 * count]):
            if (platform, encoding) == FULL_UNICODE:
                return _segments(cmap[offset:])
        raise FontError(f"{self.path}: no character map for all of Unicode")

    @cached_property
    def advances(self) -> array[int]:
        """Advance width by glyph number."""
        full, metrics = self._metrics
        return metrics[: 2 * full : 2] + metrics[2 * full - 2 : 2 * full - 1] * (
            self._glyph_count - full
        )

    @cached_property
    def bearings(self) -> array[int]:
        """Left side bearing by glyph number, as the unsigned 16 bits the file holds."""
        full, metrics = self._metrics
        return metrics[1 : 2 * full : 2] + metrics[2 * full :]

    @cached_property
    def offsets(self) -> array[int]:
        """Where each outline starts in the table ``glyf``."""
        return _big_endian("I", self.table("loca"))

    @property
    def _glyph_count(self) -> int:
        (count,) = unpack_from(">H", self.table("maxp"), 4)
        return int(count)

    @cached_property
    def _metrics(self) -> tuple[int, array[int]]:
        """Return how many glyphs have an advance of their own, and the table of metrics."""
        (full,) = unpack_from(">H", self.table("hhea"), 34)
        return full, _big_endian("H", self.table("hmtx"))

    def table(self, tag: str) -> bytes:
        """Return a copy of one table; raise KeyError where the font has none of that tag."""
        offset, length = self.tables[tag]
        return self.data[offset : offset + length]


def read_face(path: Path) -> Face:
    """Map a font file into memory; raise FontError where it has no TrueType outlines."""
    with path.open("rb") as file:
        data = mmap(file.fileno(), 0, access=ACCESS_READ)
    count = int.from_bytes(data[4:6], "big")
    directory = iter_unpack(">4sLLL", data[12 : 12 + 16 * count])
    tables = {tag.decode("ascii"): (offset, length) for tag, _, offset, length in directory}
    if data[:4] != b"\0\1\0\0" or "glyf" not in tables:
        raise FontError(f"{path}: no TrueType outlines")
    return Face(path, data, tables)


def _segments(table: bytes) -> dict[int, int]:
    """Read the segments of a format 12 character map."""
    kind, _, _, _, count = unpack_from(">HHLLL", table)
    if kind != 12:
        raise FontError(f"character map of format {kind}, not 12")
    return {
        code: glyph + code - first
        for first, last, glyph in iter_unpack(">LLL", table[16 : 16 + 12 * count])
        for code in range(first, last + 1)
    }


def _big_endian(kind: str, table: bytes) -> array[int]:
    numbers = array(kind, table)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
