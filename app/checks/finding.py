"""What a rule finds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from app.forms import Cell
from app.level import Level
from app.numbers import Number, gap
from app.personal import mask_all

LONGEST_QUOTE = 28
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a text: the part's id and the characters from `start` up to `end`."""

    part: str
    start: int
    end: int
    quote: str


def shortened(quote: str) -> str:
    """A quotation as a message shows it: its end is what matters, its beginning may be left out."""
    return quote if len(quote) <= LONGEST_QUOTE else f"…{quote[-LONGEST_QUOTE:]}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not agree, as a rule reports it."""

    message: str
    cells: tuple[Cell, ...] = ()
    """The cells concerned; the first is the one to change."""
    text: Passage | None = None
    expected: str | None = None
    found: str | None = None


def masked(fault: Fault) -> Fault:
    """The fault with every personal datum it quotes made unreadable; its places still fit."""
    text = fault.text and replace(fault.text, quote=mask_all(fault.text.quote))
    expected, found = (one and mask_all(one) for one in (fault.expected, fault.found))
    return replace(
        fault, message=mask_all(fault.message), text=text, expected=expected, found=found
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with the rule that found it and the level that rule has."""

    rule: str
    level: Level
    fault: Fault

    @property
    def message(self) -> str:
        """What is wrong, both numbers, and what to do, in Chinese."""
        return self.fault.message

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells concerned; the first is the one to change."""
        return self.fault.cells

    @property
    def section(self) -> str | None:
        """The id of the section it concerns, None where it concerns the whole report.

        Of text and table it is the table.
        """
        if self.fault.cells:
            return self.fault.cells[0].table
        return self.fault.text.part if self.fault.text else None

    @property
    def opens(self) -> str | None:
        """The id of the section to open for it; of text and table it is the text."""
        return self.fault.text.part if self.fault.text else self.section

    @property
    def gap(self) -> Number | None:
        """How far two figures lie apart; None where it is not about two figures."""
        expected, found = self.fault.expected, self.fault.found
        if not (self.fault.cells and expected and found):
            return None
        if not (_NUMBER.fullmatch(expected) and _NUMBER.fullmatch(found)):
            return None
        return gap(Decimal(expected), Decimal(found))
