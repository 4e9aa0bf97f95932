"""What is found in an exported file, by readers that are not ours."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from zipfile import ZipFile

import pypdfium2  # type: ignore[import-untyped]
from openpyxl import load_workbook

from tests.export.fragment import read_fragment
from tests.export.word import WordFile, text_of, w

_PAGE_NUMBER = re.compile(r"—\s*\d+\s*—\s*$")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_ESCAPED = re.compile("_x005F_(?=x)")


def text_of_pdf(data: bytes) -> str:
    """All text of the pages, their numbers left out."""
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return "".join(_PAGE_NUMBER.sub("", page) for page in pages)


def text_of_docx(data: bytes) -> str:
    """All text of the document, in tables and outside of them."""
    return "\n".join(map(text_of, WordFile(data).body.iter(w("p"))))


def text_of_xlsx(data: bytes) -> str:
    """The values of all cells."""
    book = load_workbook(io.BytesIO(data))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return "\n".join(_ESCAPED.sub("_", str(cell.value)) for cell in cells if cell.value is not None)


def text_of_html(data: bytes) -> str:
    """All text of a fragment; fails where it is not well-formed."""
    return read_fragment(data).text


TEXT_OF: Mapping[str, Callable[[bytes], str]] = {
    "pdf": text_of_pdf,
    "docx": text_of_docx,
    "xlsx": text_of_xlsx,
    "html": text_of_html,
}
"""How to read each format back."""


def bare(text: str) -> str:
    """A text without what no reader keeps: blanks and line ends."""
    return re.sub(r"\s", "", text)


def insides(data: bytes) -> Iterator[str]:
    """Everything a file says anywhere, unpacked: parts with their names, streams, comments."""
    if data.startswith(b"PK"):
        with ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist():
                yield f"{part.filename} {part.comment!r} {part.extra!r} {part.create_system}"
                yield unescape(archive.read(part).decode(errors="replace"))
            yield repr(archive.comment)
        return
    yield data.decode("latin-1") if data.startswith(b"%PDF") else data.decode()
    for stream in _STREAM.findall(data):
        inflater = zlib.decompressobj()
        yield inflater.decompress(stream).decode("latin-1")
