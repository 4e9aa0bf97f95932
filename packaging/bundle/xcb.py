"""The small libraries of the window system that Qt needs and older desktops lack."""

from __future__ import annotations

from pathlib import Path

from bundle.description import Layout, Target
from bundle.python_linux import builder

INSIDE = "/bundle"


def add_libraries(bundle: Path, target: Target, described: Layout) -> None:
    """Put them beside Qt's own, from the chroot we build in; each finds the others beside it."""
    table = described.tables["linux"]
    system = f"/usr/lib/{table['triplet'][target.name]}"
    folder = f"{INSIDE}/{table['xcb']['folder']}"
    chroot = builder(described)
    for name in table["xcb"]["libraries"]:
        copy = f"{folder}/{name}"
        for command in (
            ["cp", "--dereference", f"{system}/{name}", copy],
            ["patchelf", "--set-rpath", "$ORIGIN", copy],
            ["chmod", "644", copy],
        ):
            chroot.run(command, binds={bundle: INSIDE})
