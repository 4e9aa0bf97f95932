"""A program that exports over and over until it is killed: FOLDER, then the files to write.

Each format is written with prepared bytes, so that a kill falls into the writing and not into
the drawing: first the old report, then the new one, and so on.
"""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path

from app.checks import check
from app.drafts import load
from app.export import FORMATS, export
from app.export.document import Document
from app.export.formats import Format
from app.paths import examples


def main(folder: Path, prepared: Path) -> None:
    """Export until killed; say when it begins."""
    checked = check(load(examples() / "qingshi-2026.json").report)
    assert checked.clean
    states = cycle(("old", "new"))
    state = next(states)

    def render(self: Format, document: Document) -> bytes:
        assert document.title
        return (prepared / f"{state}{self.suffix}").read_bytes()

    Format.render = render  # type: ignore[method-assign]
    print("ready", flush=True)
    while True:
        assert len(list(export(checked, folder, FORMATS))) == len(FORMATS)
        state = next(states)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
