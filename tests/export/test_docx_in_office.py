"""The Word file as another program opens, prints and saves it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from app.export import docx, pdf
from app.export.document import UNCHECKED_MARK, Document, Part
from app.export.docx_xml import FONTS
from app.export.fonts import Role
from app.paths import resources
from tests.export.test_docx import EXAMPLE, document
from tests.export.word import WordFile
from tests.reports import all_zeros

OFFICE = shutil.which("soffice")
BUNDLED = {
    Role.BODY: "FangSong",
    Role.SECOND: "KaiTi",
    Role.FIRST: "HeiTi",
    Role.TITLE: "XiaoBiaoSong",
    Role.SONG: "Song",
}
LINE = 28
"""Characters."""
WORDS = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
"""LibreOffice cannot leave out the space between Chinese and figures, so there are none."""

pytestmark = pytest.mark.skipif(OFFICE is None, reason="没有安装 LibreOffice")


@dataclass(frozen=True)
class Office:
    """What LibreOffice made of our files."""

    printed: Path
    saved: Path


def subjects() -> dict[str, Document]:
    """What is given to LibreOffice, by the name of its file."""
    marked = wordy(document(EXAMPLE.with_cells(dict.fromkeys(list(EXAMPLE.cells)[:3]))))
    return {
        "example": wordy(document()),
        "marked": replace(marked, parts=tuple(map(longer, marked.parts))),
        "2019": document(all_zeros("2019", 2019)),
    }


def wordy(subject: Document) -> Document:
    """Write figures outside of tables as words."""
    return replace(
        subject,
        title=subject.title.translate(WORDS),
        date=subject.date.translate(WORDS),
        parts=tuple(
            replace(
                part,
                paragraphs=tuple(
                    replace(one, text=one.text.translate(WORDS)) for one in part.paragraphs
                ),
            )
            for part in subject.parts
        ),
    )


def longer(part: Part) -> Part:
    """Say everything three times."""
    return replace(part, paragraphs=3 * part.paragraphs)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Print two of our files and, at the same time, save two of them again."""
    folder = tmp_path_factory.mktemp("office")
    for name, subject in subjects().items():
        (folder / f"{name}.docx").write_bytes(docx.render(subject))
    _lend_fonts(folder)
    made = Office(folder / "printed", folder / "saved")
    runs = [
        _convert(folder, "pdf", made.printed, ["example", "marked"]),
        _convert(folder, "docx", made.saved, ["example", "2019"]),
    ]
    assert [one.wait(timeout=120) for one in runs] == [0, 0]
    return made


def _lend_fonts(folder: Path) -> None:
    """Have the bundled fonts stand for those of the offices."""
    aliases = "".join(
        f'<alias binding="same"><family>{FONTS[role]}</family>'
        f"<prefer><family>Gongkai {name}</family></prefer></alias>"
        for role, name in BUNDLED.items()
    )
    lent = f"<dir>{resources() / 'fonts'}</dir><cachedir>{folder / 'cache'}</cachedir>{aliases}"
    (folder / "fonts.conf").write_text(f"<fontconfig>{lent}</fontconfig>", encoding="utf-8")


def _convert(folder: Path, kind: str, to: Path, names: list[str]) -> subprocess.Popen[bytes]:
    home = (folder / f"user-{kind}").as_uri()
    files = [str(folder / f"{name}.docx") for name in names]
    return subprocess.Popen(
        [
            *(str(OFFICE), f"-env:UserInstallation={home}", "--headless"),
            *("--convert-to", kind, "--outdir", str(to), *files),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def pages_of(source: bytes | Path) -> list[str]:
    """What stands on each page of a PDF file, without spaces."""
    with pypdfium2.PdfDocument(source) as file:
        return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in file]


@pytest.mark.parametrize("name", ["example", "marked"])
def test_that_word_and_pdf_have_the_same_pages_to_a_line(office: Office, name: str) -> None:
    ours = pages_of(pdf.render(subjects()[name]))
    theirs = pages_of(office.printed / f"{name}.pdf")
    ends = zip(accumulate(map(len, ours)), accumulate(map(len, theirs)), strict=True)
    assert len(ours) > 7
    assert [(one, other) for one, other in ends if abs(one - other) > LINE] == []


def test_that_every_printed_page_has_its_number_and_the_mark_of_an_unclean_report(
    office: Office,
) -> None:
    for name, marks in (("example", 0), ("marked", 1)):
        for number, page in enumerate(pages_of(office.printed / f"{name}.pdf"), start=1):
            assert f"—{number}—" in page
            assert page.count(UNCHECKED_MARK) == marks


@pytest.mark.parametrize("name", ["example", "2019"])
def test_that_tables_and_headings_survive_being_saved_by_another_program(
    office: Office, name: str
) -> None:
    ours = WordFile(docx.render(subjects()[name]))
    theirs = WordFile(office.saved / f"{name}.docx")
    for one, other in zip(ours.tables, theirs.tables, strict=True):
        assert [(cell.place, cell.folded) for cell in one.cells] == [
            (cell.place, cell.folded) for cell in other.cells
        ]
        assert other.widths == pytest.approx(one.widths, abs=2)
    assert [text for _, text in theirs.paragraphs] == [text for _, text in ours.paragraphs]
    assert headings_of(theirs) == headings_of(ours) != []


def headings_of(file: WordFile) -> list[tuple[str, str]]:
    return [(style, text) for style, text in file.paragraphs if style.startswith("Heading")]
