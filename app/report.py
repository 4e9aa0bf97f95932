"""One yearly report as a value: changing it makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from app.drafting import Drafting
from app.forms import Cell, Form
from app.patterns import pattern

if TYPE_CHECKING:
    from app.numbers import Figure


class Kind(Enum):
    """What sort of organ reports; some rows and topics depend on it."""

    TOWNSHIP = "township"
    SUBDISTRICT = "subdistrict"
    COUNTY = "county"
    DEPARTMENT = "department"

    @property
    def chinese(self) -> str:
        """The word a clerk knows it by."""
        return _KIND_NAMES[self]


_KIND_NAMES = {
    Kind.TOWNSHIP: "乡镇",
    Kind.SUBDISTRICT: "街道",
    Kind.COUNTY: "县（市、区）及以上政府",
    Kind.DEPARTMENT: "部门",
}
_KIND_SIGNS = (
    (Kind.SUBDISTRICT, pattern(r"街道(办事处|办)?$")),
    (Kind.TOWNSHIP, pattern(r"(镇|乡|苏木)(人民政府|政府)?$")),
    (Kind.COUNTY, pattern(r"(县|市|区|旗|州|盟|省)(人民政府|政府)?$")),
)


def guess_kind(organ: str) -> Kind:
    """Tell from its name what sort of organ it is; a department where nothing else fits."""
    name = organ.strip()
    return next((kind for kind, sign in _KIND_SIGNS if sign.search(name)), Kind.DEPARTMENT)


@dataclass(frozen=True)
class Report:
    """The report of one organ on one year. A cell that is not in `cells` is blank."""

    form: Form
    year: int
    organ: str = ""
    stated_kind: Kind | None = None
    stated_title: str = ""
    date: date | None = None
    """The day of the signature block."""
    texts: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[Cell, Figure] = field(default_factory=dict)
    """Typed figures, and totals stated on the paper the report was read from."""
    reasons: tuple[Mapping[str, Any], ...] = ()
    previous: Report | None = None
    """Last year's report of the same organ, to compare with."""
    drafting: Drafting = field(default_factory=Drafting)
    """What helps to write the texts and is not printed."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What the clerk notes for herself, by cell address or part; never printed or exported."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What else the draft file held; kept for the program that wrote it."""

    @property
    def kind(self) -> Kind:
        """The stated kind, or the one its name tells."""
        return self.stated_kind or guess_kind(self.organ)

    @property
    def title(self) -> str:
        """The stated title, or the one made from organ and year by the form's pattern."""
        organ = self.organ.strip()
        organ = organ.removesuffix("人民政府") or organ
        return self.stated_title or self.form.title.format(organ=organ, year=self.year)

    def text(self, part: str) -> str:
        """The text of a part, '' where nothing is written."""
        return self.texts.get(part, "")

    def with_cells(self, changes: Mapping[Cell, Figure | None]) -> Report:
        """Return the report with these cells changed; None blanks a cell."""
        cells = {**self.cells, **changes}
        kept = {cell: figure for cell, figure in cells.items() if figure is not None}
        return replace(self, cells=kept)

    def with_text(self, part: str, text: str) -> Report:
        """Return the report with this part's text replaced; what is to confirm moves along."""
        drafting = self.drafting.along(part, self.text(part), text)
        return replace(self, texts={**self.texts, part: text}, drafting=drafting)

    def with_note(self, place: str, text: str) -> Report:
        """Return the report with this note at a cell's address or a part; '' takes it away."""
        notes = {**self.notes, place: text}
        return replace(self, notes={key: one for key, one in notes.items() if one})
