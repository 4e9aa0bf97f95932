"""What each part of a bundle weighs, for whoever must keep it small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePath

APART = ("program/resources/fonts",)
"""What is told apart from the folder it lies in."""
LEAST = 10**6
"""Bytes below which a part is told with the others."""
OTHERS = "others"


def weights(bundle: Path) -> Iterator[tuple[str, int]]:
    """Yield the parts of a bundle with their bytes on disk, the heaviest first.

    A part is a library, the runtime, our own folder or the fonts; small ones are told as one.
    """
    parts: Counter[str] = Counter()
    for file in bundle.rglob("*"):
        if file.is_file() and not file.is_symlink():
            parts[_part(file.relative_to(bundle))] += file.stat().st_size
    light = [part for part, size in parts.items() if size < LEAST]
    others = sum(parts.pop(part) for part in light)
    yield from parts.most_common()
    if others:
        yield OTHERS, others


def _part(path: PurePath) -> str:
    name = path.as_posix()
    if apart := next((one for one in APART if name.startswith(f"{one}/")), None):
        return apart
    return "/".join(path.parts[:2]) if path.parts[0] == "lib" else path.parts[0]
