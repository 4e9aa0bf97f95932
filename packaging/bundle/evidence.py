"""What goes with a package to show what is in it: licences, bill of materials, sums."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from bundle.description import Layout, Target


def write_licences(
    bundle: Path, target: Target, described: Layout, wheels: Mapping[str, Path]
) -> None:
    """Put the licences of everything in the bundle into it."""


def write_sbom(
    bundle: Path, target: Target, described: Layout, wheels: Mapping[str, Path], to: Path
) -> Path:
    """Write the bill of materials (CycloneDX) of one target; return its path."""
    raise NotImplementedError


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS over all files of a folder, in the form `sha256sum -c` reads."""
    lines = [
        f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n"
        for one in sorted(folder.iterdir())
        if one.name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
