"""Regular expressions that are compiled when they are first used.

The rules have some two hundred of them: 50 ms that a clerk would wait for before the window is
there, though nothing is checked before a draft is open.
"""

from __future__ import annotations

import re
from typing import cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what serves as the compiled pattern; a mistake in it shows at its first use."""
    return cast(re.Pattern[str], _Pattern(source, flags))


class _Pattern:
    """Becomes its compiled self with the first attribute that is asked of it."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> object:
        found: object = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found
