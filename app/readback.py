"""What an exported file says when it is read again, by libraries that did not write it alone."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from app.export.document import Document, TableContent

_BLANKS = re.compile(r"\s")
_HYPHEN_AT_LINE_END = "\ufffe"
"""How pdfium tells one."""
_PAGE_NUMBER = re.compile(r"—\s*\d+\s*—\s*$")


def lost(document: Document, name: str, data: bytes) -> list[str]:
    """The texts and figures of a document that its file in the named format does not hold.

    They are looked for in their order, each once, so that a figure counts only in its place.
    """
    said, at, missing = _bare(READERS[name](data)), 0, []
    for text in _texts(document, name):
        found = said.find(_bare(text), at)
        if found < 0:
            missing.append(text)
        else:
            at = found + len(_bare(text))
    return missing


def _texts(document: Document, name: str) -> Iterator[str]:
    if name != "xlsx":  # which holds the tables only
        yield document.title
    for part in document.parts:
        if part.table:
            yield part.heading
            yield from _contents(part.table, name)
        elif name != "xlsx":
            yield part.heading
            yield from (one.text for one in part.paragraphs)


def _contents(table: TableContent, name: str) -> Iterator[str]:
    """What stands in the boxes. In a PDF narrow headings side by side are read line by line."""
    bands = table.grid.bands if name == "pdf" else ()
    for one in table.contents:
        if not any(one.box.row in band for band in bands):
            yield one.text


def _bare(text: str) -> str:
    """A text without what no reader keeps: blanks and line ends."""
    return _BLANKS.sub("", text)


def _pdf(data: bytes) -> str:
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415

    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    text = "".join(_PAGE_NUMBER.sub("", page) for page in pages)
    return text.replace(_HYPHEN_AT_LINE_END, "-")


def _docx(data: bytes) -> str:
    import docx  # noqa: PLC0415

    body = docx.Document(io.BytesIO(data)).element.body
    return "".join(str(one.text or "") for one in body.iter() if str(one.tag).endswith("}t"))


def _xlsx(data: bytes) -> str:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return "\n".join(str(value) for value in cells if value is not None)


def _html(data: bytes) -> str:
    from html.parser import HTMLParser  # noqa: PLC0415

    class Reader(HTMLParser):
        said = ""

        def handle_data(self, data: str) -> None:
            self.said += data

    reader = Reader()
    reader.feed(data.decode("utf-8-sig"))
    return reader.said


READERS: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
    {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "html": _html}
)
"""How to read each format back. Libraries are imported when first used: they are heavy."""
