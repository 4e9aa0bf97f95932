"""The steps of the wizard with the state of each, by sign, word and colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QSize, Signal
from PySide6.QtGui import QBrush, QResizeEvent

from app.forms import Form
from app.level import Level
from ui.bridge import Bridge
from ui.line_list import LineList
from ui.theme import RESTYLED, SIGNS, Group, Role, colours

if TYPE_CHECKING:
    from app.checks import Checked, Finding

START, REVIEW = "start", "review"


class Step(NamedTuple):
    """One step: its id, its name, and the sections it shows."""

    id: str
    name: str
    sections: tuple[str, ...]


class State(NamedTuple):
    """How a step stands, by sign, word and number; nothing of a step that cannot be opened."""

    sign: str = ""
    word: str = ""
    many: str = ""
    beside: str = ""
    brush: QBrush | None = None
    """The colour of its words; None for that of all others."""

    def __str__(self) -> str:
        return f"{self.sign} {self.word}{self.many}{self.beside}".strip()

    @property
    def in_short(self) -> str:
        """Without words."""
        return f"{self.sign}{self.many}"


def steps_of(form: Form) -> list[Step]:
    """The steps for a form; a part without a heading is shown with the one that follows it."""
    steps: list[Step] = []
    waiting: tuple[str, ...] = ()
    for section in form.sections:
        if not section.heading:
            waiting += (section.id,)
            continue
        steps.append(Step(section.id, f"{section.number} {section.short}", (*waiting, section.id)))
        waiting = ()
    return [Step(START, "开始", ()), *steps, Step(REVIEW, "核对与导出", ())]


def step_name(form: Form, section: str | None) -> str:
    """The name of the step that shows a section; of what concerns the whole report, the first."""
    steps = steps_of(form)
    return next((one.name for one in steps if section in one.sections), steps[0].name)


class StepRail(LineList):
    """Lists the steps; choosing one opens it."""

    chosen = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.steps: list[Step] = []
        self._terse = False
        """There is a line for each step only; the word of its state is told on hover."""
        self.setObjectName("rail")
        self.setAccessibleName("步骤")
        self._be_wide_enough()
        self.selectionModel().currentChanged.connect(self._choose)
        bridge.changed.connect(self.refresh)

    def show_steps(self, steps: list[Step], current: int) -> None:
        """Show these steps with one of them open, without saying that it was chosen."""
        self.blockSignals(True)
        self.clear()
        self.steps = steps
        for step in steps:
            self.add(step.name)
        self._fit()
        self.refresh()
        self.go_to(current)
        self.blockSignals(False)

    def open(self, step: str) -> None:
        """Open a step by its id, or by the id of a section it shows."""
        for row, one in enumerate(self.steps):
            if step == one.id or step in one.sections:
                self._go(row)

    def move(self, by: int) -> None:  # type: ignore[override]
        """Open the next (1) or the one before (-1)."""
        self._go(max(0, min(self.current_row() + by, self.count() - 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let all steps be seen at once where that is possible."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit another font, show other colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._be_wide_enough()
            self._fit()
            self.refresh()

    def refresh(self) -> None:
        """Show the state of each step; without a draft only the first can be opened."""
        for row, step in enumerate(self.steps):
            item = self.item(row)
            usable = self._bridge.draft is not None or step.id == START
            item.setEnabled(usable)
            state = self._state(step) if usable and self._bridge.draft else State()
            words = f"{step.name}　{state.in_short}" if self._terse else f"{step.name}\n{state}"
            item.setText(words.rstrip("　"))
            item.setToolTip(str(state) if self._terse else "")
            item.setForeground(state.brush or self._ink(usable=usable))
            item.setAccessibleText(f"{step.name}，{state}")

    def _ink(self, *, usable: bool) -> QBrush:
        return self.palette().brush(Group.Normal if usable else Group.Disabled, Role.Text)

    def _be_wide_enough(self) -> None:
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * 11)

    def _go(self, row: int) -> None:
        if self.item(row).isEnabled():
            self.go_to(row)

    def _fit(self) -> None:
        line = self.fontMetrics().height()
        room = (self.height() - 14) // max(self.count(), 1)
        terse = room < round(line * 2.1)
        least, most = (1.15, 1.7) if terse else (2.1, 3.1)
        height = max(round(line * least), min(room, round(line * most)))
        if terse is not self._terse:
            self._terse = terse
            self.refresh()
        for row in range(self.count()):
            self.item(row).setSizeHint(QSize(0, height))

    def _state(self, step: Step) -> State:
        counts = step_counts(self._bridge.checked, step)
        given = reasons_given(self._bridge.checked, step)
        beside = f" · 理由 {given}" if given else ""
        for level in (Level.ERROR, Level.BLANK, Level.QUERY):
            if counts[level]:
                brush = QBrush(colours().of(level)) if level is not Level.BLANK else None
                return State(SIGNS[level], level.chinese, f" {counts[level]}", beside, brush)
        return State("✓", "完成", "", beside, QBrush(colours().passed))

    def _choose(self, place: QModelIndex) -> None:
        if place.isValid():
            self.chosen.emit(self.steps[place.row()].id)


def step_counts(checked: Checked, step: Step) -> dict[Level, int]:
    """How much of each level a step still holds open; blanks are counted cell by cell.

    What concerns both a text and a table is counted at both, for either may be the one to change.
    """
    counts = dict.fromkeys(Level, 0)
    for finding in checked.open:
        if step.id == REVIEW or _concerns(finding, step):
            blanks = finding.level is Level.BLANK and finding.cells
            counts[finding.level] += len(finding.cells) if blanks else 1
    return counts


def reasons_given(checked: Checked, step: Step) -> int:
    """How many queries of a step were answered with a reason."""
    answered = (finding for finding, _ in checked.accepted)
    return sum(step.id == REVIEW or _concerns(finding, step) for finding in answered)


def _concerns(finding: Finding, step: Step) -> bool:
    places = [cell.table for cell in finding.cells[:1]]
    if finding.fault.text:
        places.append(finding.fault.text.part)
    return any(one in step.sections for one in places) if places else step.id == START
