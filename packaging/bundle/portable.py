"""The portable package: the bundle in a .zip, with the marker that keeps drafts beside it."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bundle.description import PACKAGING

MARKER = "portable.txt"
"""What app/paths.py looks for beside the launcher."""
EXPLANATION = PACKAGING / "windows" / MARKER


def write_portable(bundle: Path, folder: str, epoch: int, archive: Path) -> None:
    """Write a .zip that unpacks to `folder`; equal bundles give equal bytes."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as written:
        for name, data in _contents(bundle):
            entry = zipfile.ZipInfo(f"{folder}/{name}", time.gmtime(epoch)[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # made as on MS-DOS: no Unix modes to misread
            written.writestr(entry, data)


def _contents(bundle: Path) -> Iterator[tuple[str, bytes]]:
    # With a byte order mark and CRLF every Windows Notepad shows it as it is.
    told = EXPLANATION.read_text("utf-8").replace("\n", "\r\n")
    yield MARKER, told.encode("utf-8-sig")
    for path in sorted(bundle.rglob("*")):
        if path.is_file():
            yield path.relative_to(bundle).as_posix(), path.read_bytes()
