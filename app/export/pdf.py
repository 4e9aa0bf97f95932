"""The report as a PDF file after GB/T 9704-2012, drawn line by line.

:func:`compose` decides where everything stands and needs no reportlab; :func:`render` draws it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, product
from typing import TYPE_CHECKING

from app.export.document import Document
from app.export.fonts import Role, open_canvas, runs
from app.export.page import (
    BOTTOM,
    CENTRE,
    LEFT,
    MARK_SIZE,
    NUMBER_BELOW,
    NUMBER_SIZE,
    RIGHT,
    SHEET_HEIGHT,
    TOP,
    WIDTH,
    Item,
    Text,
    paginate,
    width_of,
)
from app.export.pdf_table import BORDER, Placed, Rows, Sheet, lay_sheet
from app.export.pdf_text import Bookmark, Lines, bound, heading, paragraph, signature, title

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

ROW_HEIGHTS = (26.0, 22.5, 18.0)
"""How high the rows of a table grow; lower ones are taken where they save a page or a cut."""
BLACK = (0.0, 0.0, 0.0)
RED = (0.85, 0.0, 0.0)
SHADE = (0.776, 0.851, 0.945)  # of the official form

_Paged = list[list[tuple[float, Item]]]


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page, page number and mark left out."""

    texts: tuple[Text, ...]
    """In the order they are read, those of the boxes among them."""
    boxes: tuple[Placed, ...]
    bookmarks: tuple[Bookmark, ...]


def render(document: Document) -> bytes:
    """Return the report as a PDF file; equal documents give equal bytes."""
    from app.export.embedding import without_maker  # noqa: PLC0415 - reportlab is slow to import

    target = io.BytesIO()
    canvas = open_canvas(target, document.title)
    for number, page in enumerate(compose(document), start=1):
        _draw(canvas, page)
        _write(canvas, [_page_number(number)])
        if document.mark:
            _write(canvas, [_mark(document.mark)], RED)
        canvas.showPage()
    canvas.showOutline()
    canvas.save()
    return without_maker(target.getvalue())


def compose(document: Document) -> list[Page]:
    """Return the pages of a report with the place of every text and of every box of its tables."""
    return [_page(placed) for placed in _paginate(list(_flow(document)))]


def sheets(document: Document) -> list[Sheet]:
    """Return the tables of a report in their order, measured as they stand on its pages."""
    placed = chain.from_iterable(_paginate(list(_flow(document))))
    return list(dict.fromkeys(item.sheet for _, item in placed if isinstance(item, Rows)))


def _flow(document: Document) -> Iterator[Lines | Sheet]:
    yield from title(document.title)
    last: list[Lines] = []
    for part in document.parts:
        yield from last
        last = heading(part.heading) if part.heading else []
        last += (line for text in part.paragraphs for line in paragraph(text))
        if part.table:
            yield from last
            yield lay_sheet(part.table)
            last = []
    signed = signature(document)
    yield from bound(last) if signed else last
    yield from signed


def _paginate(flow: Sequence[Lines | Sheet]) -> _Paged:
    """Put everything on pages, each table as airy as costs nothing."""
    airy, *closer = ROW_HEIGHTS
    chosen = [part.grown(airy) if isinstance(part, Sheet) else part for part in flow]
    tables = [(at, part) for at, part in enumerate(flow) if isinstance(part, Sheet)]
    best = paginate(list(_items(chosen)))
    for (at, sheet), height in product(tables, closer):
        tried = [*chosen[:at], sheet.grown(height), *chosen[at + 1 :]]
        pages = paginate(list(_items(tried)))
        if _costs(pages) < _costs(best):
            chosen, best = tried, pages
    return best


def _items(flow: Iterable[Lines | Sheet]) -> Iterator[Item]:
    for part in flow:
        if isinstance(part, Sheet):
            yield from part.items()
        else:
            yield part


def _costs(pages: _Paged) -> tuple[int, int]:
    """Rank a pagination by its pages, then by the pieces its tables are cut into."""
    pieces = sum(len(set(map(_sheet_of, page)) - {None}) for page in pages)
    return len(pages), pieces


def _page(placed: Iterable[tuple[float, Item]]) -> Page:
    texts: list[Text] = []
    boxes: list[Placed] = []
    bookmarks: list[Bookmark] = []
    for sheet, group in groupby(placed, key=_sheet_of):
        members = list(group)
        if sheet:
            placed_boxes = _boxes(sheet, members)
            boxes += placed_boxes
            texts += (text for box in placed_boxes for text in box.texts)
        for used, item in members:
            if isinstance(item, Lines):
                texts += (text.moved(0.0, TOP - used) for text in item.texts)
                if item.bookmark:
                    bookmarks.append(replace(item.bookmark, y=TOP - used))
    return Page(tuple(texts), tuple(boxes), tuple(bookmarks))


def _sheet_of(placed: tuple[float, Item]) -> Sheet | None:
    return placed[1].sheet if isinstance(placed[1], Rows) else None


def _boxes(sheet: Sheet, placed: Sequence[tuple[float, Item]]) -> list[Placed]:
    """Place the rows of one table that came on one page as one piece."""
    rows = [item.rows for _, item in placed if isinstance(item, Rows)]
    return sheet.place(range(rows[0].start, rows[-1].stop), TOP - placed[0][0])


def _page_number(number: int) -> Text:
    """Place a page number one character in, on the outer side, 7 mm below the type area."""
    text = f"— {number} —"
    odd = RIGHT - NUMBER_SIZE - width_of(text, Role.SONG, NUMBER_SIZE)
    y = BOTTOM - NUMBER_BELOW - CENTRE * NUMBER_SIZE
    return Text(odd if number % 2 else LEFT + NUMBER_SIZE, y, text, Role.SONG, NUMBER_SIZE)


def _mark(mark: str) -> Text:
    """Place the mark of an unclean report in the middle of the top margin."""
    width = width_of(mark, Role.FIRST, MARK_SIZE)
    y = (TOP + SHEET_HEIGHT) / 2 - CENTRE * MARK_SIZE
    return Text(LEFT + (WIDTH - width) / 2, y, mark, Role.FIRST, MARK_SIZE)


def _draw(canvas: Canvas, page: Page) -> None:
    for nth, bookmark in enumerate(page.bookmarks):
        key = f"{canvas.getPageNumber()}-{nth}"
        canvas.bookmarkHorizontalAbsolute(key, bookmark.y)
        canvas.addOutlineEntry(bookmark.title, key, bookmark.level)
    _draw_borders(canvas, page.boxes)
    _write(canvas, page.texts)


def _draw_borders(canvas: Canvas, boxes: Iterable[Placed]) -> None:
    canvas.setLineWidth(BORDER)
    canvas.setFillColorRGB(*SHADE)
    shaded, plain = canvas.beginPath(), canvas.beginPath()
    for box in boxes:
        path = shaded if box.shaded else plain
        path.rect(box.left, box.bottom, box.right - box.left, box.top - box.bottom)
    canvas.drawPath(shaded, fill=1)
    canvas.drawPath(plain)


def _write(
    canvas: Canvas, texts: Iterable[Text], colour: tuple[float, float, float] = BLACK
) -> None:
    drawn = canvas.beginText()
    drawn.setFillColorRGB(*colour)
    for text in texts:
        drawn.setTextOrigin(text.x, text.y)
        drawn.setCharSpace(text.spacing)
        for run in runs(text.text, text.role):
            drawn.setFont(run.font, text.size)
            drawn.textOut(run.text)
    canvas.drawText(drawn)
