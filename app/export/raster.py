"""The pages of a finished PDF as pictures, for the screen and for a printer.

pdfium is not made for several threads: all calls of it go one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import pypdfium2  # type: ignore[import-untyped]

_ONE_BY_ONE = Lock()
POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """One page drawn: rows of red, green and blue bytes, `stride` bytes each."""

    width: int
    height: int
    stride: int
    data: bytes


class PrintedPages:
    """A PDF whose pages can be drawn at any size, from any thread; to be closed at last."""

    def __init__(self, pdf: bytes) -> None:
        with _ONE_BY_ONE:
            self._document = pypdfium2.PdfDocument(pdf)
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(number) for number in range(len(self._document))
            )
            """Width and height of each page in points."""

    def __len__(self) -> int:
        return len(self.sizes)

    def draw(self, page: int, dots_per_inch: float) -> Picture:
        """Draw a page as it will be printed; of a closed document it is empty."""
        with _ONE_BY_ONE:
            if self._document is None:
                return Picture(0, 0, 0, b"")
            opened = self._document[page]
            bitmap = opened.render(scale=dots_per_inch / POINTS_PER_INCH, rev_byteorder=True)
            data = bytes(bitmap.buffer)
            picture = Picture(bitmap.width, bitmap.height, bitmap.stride, data)
            bitmap.close()
            opened.close()
        return picture

    def close(self) -> None:
        """Give back what the document holds; drawing is over."""
        with _ONE_BY_ONE:
            if self._document is not None:
                self._document.close()
                self._document = None
