"""Pages drawn from the real PDF, as they will be printed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.checks import check
from app.drafts import load
from app.export.document import document_of
from app.export.pdf import render
from app.export.raster import Picture, PrintedPages
from app.paths import examples


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render(document_of(check(load(examples() / "qingshi-2026.json").report)))


def dark_share(picture: Picture) -> float:
    """How much of a picture is ink."""
    return sum(byte < 128 for byte in picture.data) / max(len(picture.data), 1)


def test_that_every_page_is_drawn_at_the_size_of_paper(pdf: bytes) -> None:
    pages = PrintedPages(pdf)
    assert len(pages) >= 4
    for number, (width, height) in enumerate(pages.sizes):
        picture = pages.draw(number, 72)
        assert abs(picture.width - width) <= 1
        assert abs(picture.height - height) <= 1
        assert len(picture.data) == picture.stride * picture.height
        assert picture.stride >= 3 * picture.width
        assert 0.001 < dark_share(picture) < 0.5
    pages.close()


def test_that_a_page_for_the_printer_is_drawn_finer(pdf: bytes) -> None:
    pages = PrintedPages(pdf)
    coarse, fine = pages.draw(0, 72), pages.draw(0, 300)
    assert abs(fine.width - coarse.width * 300 / 72) < 5
    pages.close()


def test_that_pages_can_be_drawn_from_many_threads(pdf: bytes) -> None:
    pages = PrintedPages(pdf)
    wanted = [number % len(pages) for number in range(40)]
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda number: pages.draw(number, 40), wanted))
    assert drawn == [pages.draw(number, 40) for number in wanted]
    pages.close()


def test_that_a_closed_document_is_drawn_empty_and_closed_again_in_peace(pdf: bytes) -> None:
    pages = PrintedPages(pdf)
    pages.close()
    pages.close()
    assert pages.draw(0, 72).data == b""
