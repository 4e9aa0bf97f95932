"""What a Linux package asks of the system it is installed on."""

from __future__ import annotations

from collections.abc import Sequence

from bundle.description import Layout, Target


def depends(target: Target, described: Layout) -> list[str]:
    """The packages a target's package depends on, a C library new enough for it first."""
    table = described.tables["linux"]
    library = f"libc6 (>= {table['newest'][target.name]['GLIBC']})"
    return [library, *table["deb"]["depends"], *table["deb"]["more"][target.name]]


def first_choices(wanted: Sequence[str]) -> list[str]:
    """The packages that dependencies name first, without their versions."""
    return [one.split("|")[0].split("(")[0].strip() for one in wanted]
