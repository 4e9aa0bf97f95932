"""Small Word files for tests: a body between its declarations, packed with what it needs."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument" Target="{{target}}"/></Relationships>'
)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def word(body: str, before: str = "", **parts: str) -> bytes:
    """A Word file; `before` stands above its root."""
    document = f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    relations = RELATIONS.format(target="word/document.xml")
    return packed({"_rels/.rels": relations, "word/document.xml": document, **parts})


def paragraph(*runs: str) -> str:
    """A paragraph of runs."""
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def table(*rows: str) -> str:
    """A table; cells are parted by `|`."""
    made = [
        "<w:tr>"
        + "".join(f"<w:tc>{paragraph(cell.strip())}</w:tc>" for cell in row.split("|"))
        + "</w:tr>"
        for row in rows
    ]
    return f"<w:tbl>{''.join(made)}</w:tbl>"
