"""How grave what is found is; a view that only shows it need not know the checks."""

from __future__ import annotations

from enum import Enum


class Level(Enum):
    """How badly something does not agree, worst first."""

    ERROR = "error"
    BLANK = "blank"
    QUERY = "query"
    HINT = "hint"

    @property
    def chinese(self) -> str:
        """The word the county's programs use for it."""
        return {"error": "强制", "blank": "待填", "query": "核实", "hint": "提示"}[self.value]

    @property
    def blocks(self) -> bool:
        """Tell whether it keeps an export from being clean."""
        return self in (Level.ERROR, Level.BLANK)
