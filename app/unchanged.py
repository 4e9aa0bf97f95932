"""What two versions have in common."""

from __future__ import annotations

from collections.abc import Sequence


def unchanged_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """How many characters two texts share at their beginnings, and behind that at their ends."""
    least = min(len(old), len(new))
    before = next((at for at in range(least) if old[at] != new[at]), least)
    rest = least - before
    behind = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return before, behind
