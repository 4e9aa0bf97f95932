"""The report being edited: the one door for every change, undo and redo included.

Each change makes a new report, checks it whole and tells the listeners once. Listeners never
call each other; a change made from within a listener is an error of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from app.checks import Checked, Finding, check, check_again
from app.checks.reasons import with_reason
from app.drafting import Drafting
from app.forms import Cell, Form
from app.numbers import Figure, read
from app.report import Kind, Report
from app.settings import Settings

MOST_STEPS = 1000
"""Undo steps kept; a report shares what it does not change, so a step is small."""


@dataclass(frozen=True, slots=True)
class Update:
    """What one change changed; sent once, when the whole state is consistent."""

    cells: frozenset[Cell]
    """Cells that show another figure or another mark than before."""
    parts: frozenset[str]
    """Texts that changed."""
    details: bool
    """Form, year, organ, kind, title or date changed."""


class Step(NamedTuple):
    """A state to go back to, and the name of what was done in it."""

    name: str
    report: Report


class Session:
    """Holds one report, what the checks say of it, and its undo history."""

    def __init__(self, report: Report, settings: Settings | None = None) -> None:
        self._checked = check(report, settings)
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._listeners: list[Callable[[Update], None]] = []
        self._joined: str | None = None
        self._telling = False

    @property
    def report(self) -> Report:
        """The report as it stands."""
        return self._checked.report

    @property
    def checked(self) -> Checked:
        """Totals and findings for the report as it stands.

        While a text is being written its findings wait for `read_texts`; see `Checked.waiting`.
        """
        return self._checked

    @property
    def undo_name(self) -> str | None:
        """What the next undo takes back, None where there is nothing."""
        return self._undo[-1].name if self._undo else None

    @property
    def redo_name(self) -> str | None:
        """What the next redo does again, None where there is nothing."""
        return self._redo[-1].name if self._redo else None

    def listen(self, listener: Callable[[Update], None]) -> None:
        """Call `listener` after every change."""
        self._listeners.append(listener)

    def type(self, cell: Cell, text: str) -> None:
        """Enter what was typed in a cell; what is no figure is kept as unreadable text.

        A figure carried in from last year's report is confirmed by typing it again.
        """
        figure = read(text, self.report.form.fields[cell].column.figure)
        if figure == self.report.cells.get(cell):
            self.confirm(cell)
        else:
            self.put({cell: figure}, f"填写{self.report.form.place(cell)}")

    def confirm(self, cell: Cell) -> None:
        """Stand by a figure that was carried in from last year's report."""
        # Imported here: it brings much along, and the window should be there at once.
        from app.succession import confirmed  # noqa: PLC0415

        if self.report.previous:
            self.adopt(confirmed(self.report, cell), f"确认{self.report.form.place(cell)}")

    def fill(self, texts: Mapping[Cell, str], name: str) -> None:
        """Enter many cells as one step; '' blanks a cell."""
        fields = self.report.form.fields
        self.put(
            {cell: read(text, fields[cell].column.figure) for cell, text in texts.items()}, name
        )

    def put(self, figures: Mapping[Cell, Figure | None], name: str) -> None:
        """Set many cells as one step; None blanks a cell, or drops a stated total."""
        self._change(self.report.with_cells(figures), name)

    def write(self, part: str, text: str) -> None:
        """Replace the text of a part; keystrokes in one part join into one step."""
        name = f"修改{self.report.form.section(part).short}"
        self._change(self.report.with_text(part, text), name, joins=f"text {part}")

    def add(self, part: str, sentence: str, name: str) -> None:
        """Put a sentence behind what a part says already, as a step of its own."""
        text = self.report.text(part).rstrip()
        self._change(self.report.with_text(part, f"{text}\n{sentence}" if text else sentence), name)

    def read_texts(self) -> None:
        """Run the rules on texts that wait since the last change; tells the listeners."""
        if self._checked.waiting:
            self._refuse_while_telling()
            self._tell(check_again(self._checked, self.report))

    def end_step(self) -> None:
        """Let the next change start an undo step of its own (the clerk paused or went on)."""
        self._joined = None

    def name_organ(self, organ: str) -> None:
        """Set the organ's name; its kind follows the name unless it was chosen."""
        self._change(replace(self.report, organ=organ), "修改单位名称", joins="organ")

    def choose_kind(self, kind: Kind | None) -> None:
        """Set what sort of organ it is; None goes back to what the name tells."""
        self._change(replace(self.report, stated_kind=kind), "修改单位类型")

    def entitle(self, title: str) -> None:
        """Set the title; '' goes back to the one made from organ and year."""
        self._change(replace(self.report, stated_title=title), "修改标题", joins="title")

    def sign(self, day: date | None) -> None:
        """Set the day of the signature block."""
        self._change(replace(self.report, date=day), "修改落款日期", joins="date")

    def accept(self, finding: Finding, reason: str) -> None:
        """Accept a query with a reason; '' withdraws it. Raises InputError for an empty phrase."""
        reasons = with_reason(finding, self.checked.figures, self.report.reasons, reason)
        name = "说明理由" if reason.strip() else "撤回理由"
        self._change(replace(self.report, reasons=reasons), name)

    def answer(self, key: str, text: str) -> None:
        """Keep what a guided form was told; keystrokes in one field join into one step."""
        drafting = self.report.drafting.with_answer(key, text)
        self.adopt(replace(self.report, drafting=drafting), "填写引导内容", joins=f"answer {key}")

    def adopt(self, report: Report, name: str, joins: str | None = None) -> None:
        """Go on with what the core has made of the report (words composed or taken over)."""
        self._change(report, name, joins)

    def note(self, place: str, text: str) -> None:
        """Keep a note of one's own at a cell's address or a part; '' takes it away."""
        self._change(self.report.with_note(place, text), "修改备注", joins=f"note {place}")

    def choose_year(self, year: int, form: Form) -> None:
        """Set the year and the form it is reported on; figures of the other form are kept aside."""
        self._change(replace(self.report, year=year, form=form), "修改年度和格式", joins="year")

    def compare_with(self, previous: Report | None) -> None:
        """Put last year's report beside this one, or take it away."""
        last = previous and replace(previous, previous=None)
        self._change(replace(self.report, previous=last), "选用上年报告")

    def restore(self, earlier: Report, when: str) -> None:
        """Go back to an earlier state of the report, as one step like any other."""
        self._change(earlier, f"恢复 {when} 的内容")

    def undo(self) -> None:
        """Take back the last step; does nothing where there is none."""
        self._go(self._undo, self._redo)

    def redo(self) -> None:
        """Do the last undone step again; does nothing where there is none."""
        self._go(self._redo, self._undo)

    def _change(self, report: Report, name: str, joins: str | None = None) -> None:
        self._refuse_while_telling()
        if report == self.report:
            return
        if not (joins and joins == self._joined and self._undo):
            self._undo.append(Step(name, self.report))
            del self._undo[:-MOST_STEPS]
        self._joined = joins
        self._redo.clear()
        self._show(report)

    def _go(self, back: list[Step], forth: list[Step]) -> None:
        self._refuse_while_telling()
        if not back:
            return
        step = back.pop()
        forth.append(Step(step.name, self.report))
        self._joined = None
        self._show(step.report)

    def _refuse_while_telling(self) -> None:
        assert not self._telling, "a listener changed the report it was being told of"

    def _show(self, report: Report) -> None:
        self._tell(check_again(self._checked, report, texts_later=True))

    def _tell(self, checked: Checked) -> None:
        before, self._checked = self._checked, checked
        update = _difference(before, checked)
        self._telling = True
        try:
            for listener in self._listeners:
                listener(update)
        finally:
            self._telling = False


def _difference(before: Checked, after: Checked) -> Update:
    old, new = before.report, after.report
    parts = {part for part in {*old.texts, *new.texts} if old.text(part) != new.text(part)}
    fields = () if old.form is new.form and old.cells == new.cells else new.form.fields
    cells = {cell for cell in fields if _looks_different(before, after, cell)}
    cells |= old.drafting.confirmed ^ new.drafting.confirmed
    marks = before.marks.items() ^ after.marks.items()
    details = _without_contents(old) != _without_contents(new)
    return Update(frozenset(cells | {cell for cell, _ in marks}), frozenset(parts), details)


def _without_contents(report: Report) -> Report:
    return replace(report, cells={}, texts={}, notes={}, drafting=Drafting())


def _looks_different(before: Checked, after: Checked, cell: Cell) -> bool:
    old, new = before.figures, after.figures
    typed = old.cells.get(cell) != new.cells.get(cell)
    return typed or old.computed.get(cell) != new.computed.get(cell)
