"""Office files are ZIP archives; ours tell nothing of when and where they were made."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def undated(data: bytes, instead: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return an archive with the same parts in the same order, packed without dates and system.

    What is given `instead` of a part, by its name, takes its place.
    """
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            info = ZipInfo(name)
            info.create_system = 0
            part = (instead or {}).get(name) or parts.read(name)
            archive.writestr(info, part, ZIP_DEFLATED)
    return packed.getvalue()
