"""A step that is filled in as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from app.checks import Finding, Passage
from app.forms import Cell, Form, Section
from app.numbers import show
from app.report import Report
from app.zeros import NothingHappened, blanks, followed, nothing_happened
from ui.balance_strip import BalanceStrip
from ui.bridge import Bridge
from ui.notice import Notice, Offer
from ui.pages.page import EDGES, LOW_EDGES, Page
from ui.table_model import FormTableModel
from ui.table_view import FormTableView
from ui.widgets import Elided

LOW = 16
"""Height of the page in lines of text below which only differences are shown below it."""


class TablePage(Page):
    """The table, its state in one line above, and its balances below."""

    def __init__(self, bridge: Bridge, section: Section) -> None:
        super().__init__()
        self._bridge = bridge
        self._table = bridge.report.form.tables[section.id]
        self.setObjectName("page")
        self.view = FormTableView(bridge, FormTableModel(bridge, self._table, self))
        self.view.moved.connect(self._tell_cell)
        self.view.moved.connect(self.place_changed)
        self.view.ended.connect(self._tell_end)
        self.view.sheet.told.connect(self.told)
        self._said = ""
        """What the status line was last told of the cell in focus."""
        self.notice = Notice()
        self.view.sheet.noticed.connect(self.notice.say)
        self._state = Elided("guide", stretch=False)
        self._zeros = QPushButton()
        self._zeros.clicked.connect(self.fill_zeros)
        self._nothing = QPushButton("全年无申请(&W)")
        self._nothing.clicked.connect(self.report_nothing)
        self._computed = QPushButton()
        self._computed.clicked.connect(self.take_computed)
        self._strips = [BalanceStrip(bridge, self.view, one) for one in self._table.balances]
        self._column = QVBoxLayout(self)
        self._arrange(section)
        self._nothing.setVisible(followed(bridge.report.form, section.id))
        bridge.changed.connect(self._refresh)
        self._refresh()

    def show_place(self, cells: tuple[Cell, ...] = (), _text: Passage | None = None) -> None:
        """Put the focus on the first cell and light up the others; without cells, begin entry."""
        if cells:
            self.view.go_to(cells[0], frozenset(cells) if len(cells) < 30 else frozenset())
            self._tell_cell(cells[0])  # the focus may have been there before
            return
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.view.first_typed())
        self.view.setFocus()

    def place(self) -> Cell | str:
        """The cell that has the focus, or else the table."""
        return self.view.form_model.cell(self.view.currentIndex()) or self._table.id

    def finding_here(self) -> Finding | None:
        """The worst open finding on the cell in focus."""
        cell = self.view.form_model.cell(self.view.currentIndex())
        found = self.view.form_model.findings(cell) if cell and self.view.hasFocus() else ()
        return next(iter(found), None)

    def confirm(self) -> bool:
        """Confirm the figure in focus that was carried in from last year's report."""
        cell = self.view.form_model.cell(self.view.currentIndex())
        if not (cell and self.view.form_model.source(cell)):
            return False
        self._bridge.session.confirm(cell)
        self.told.emit(f"已确认：{self._bridge.report.form.place(cell)}。")
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room of a low window to the figures."""
        super().resizeEvent(event)
        for strip in self._strips:
            strip.shorten(low=self.height() < LOW * self.fontMetrics().lineSpacing())

    def fit_height(self, *, low: bool) -> None:
        """Keep edges and rows narrow where the window is low."""
        self._column.setContentsMargins(*(LOW_EDGES if low else EDGES))
        self._column.setSpacing(3 if low else 6)
        self.view.fit_height(low=low)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was said here has been read once one goes on to another step."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.notice.clear()

    def fill_zeros(self) -> None:
        """Fill every blank cell with 0 as one step."""
        self._bridge.session.fill(dict.fromkeys(self._blanks(), "0"), "其余填 0")

    def report_nothing(self) -> None:
        """Fill this table and those that follow it with 0, and offer the sentence that says so."""
        report = self._bridge.report
        found = nothing_happened(report, self._table.id)
        if found.standing:
            self.notice.say(_not_nothing(report, found))
            return
        self._bridge.session.fill(dict.fromkeys(found.blanks, "0"), "全年无申请")
        self._offer(found)

    def _offer(self, found: NothingHappened) -> None:
        form = self._bridge.report.form
        filled = f"已把{_tables(form, found.blanks)}的 {len(found.blanks)} 格填 0。"
        said = [filled] if found.blanks else []
        if not found.sentence:
            self.notice.say(said)
            return
        part = form.section(found.part).short
        said.append(f"“{part}”里可以加一句（加进去还可以改）：{found.sentence}")
        self.notice.say(said, Offer(f"加进“{part}”(&A)", lambda: self._say_so(found)))

    def _say_so(self, found: NothingHappened) -> None:
        part = self._bridge.report.form.section(found.part).short
        self._bridge.session.add(found.part, found.sentence, f"加进{part}：全年无申请")
        self.told.emit(f"已加在“{part}”末尾。")
        self.view.setFocus()

    def take_computed(self) -> None:
        """Drop the stated totals that differ, so that the computed ones stand."""
        self._bridge.session.put(dict.fromkeys(self._differing()), "改用计算值")

    def _arrange(self, section: Section) -> None:
        heading = Elided("heading")
        heading.setText(section.heading)
        top = QHBoxLayout()
        top.addWidget(heading, 1)  # in a narrow window the heading gives way, not what one needs
        top.addWidget(self._state)
        top.addSpacing(12)
        for button in (self._computed, self._nothing, self._zeros):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves one in the table
            top.addWidget(button)
        self._column.addLayout(top)
        self._column.addWidget(self.notice)
        self._column.addWidget(self.view, 1)
        for strip in self._strips:
            self._column.addWidget(strip)
        self.fit_height(low=False)

    def _blanks(self) -> tuple[Cell, ...]:
        return blanks(self._bridge.report, self._table.id)

    def _differing(self) -> list[Cell]:
        figures = self._bridge.checked.figures
        return [
            cell
            for cell, amount in figures.computed.items()
            if cell.table == self._table.id
            and cell in figures.cells
            and figures.cells[cell] != amount.number
        ]

    def _refresh(self) -> None:
        counts = Counter(holds for _, holds in self._bridge.checked.verdicts(self._table.id))
        state = (
            f"{counts.total()} 条关系：{counts[True]} 通过 · "
            f"{counts[False]} 不符 · {counts[None]} 待填"
        )
        self._state.setText(state if counts else "")
        blank, differing = len(self._blanks()), self._differing()
        self._zeros.setText(f"其余 {blank} 格填 0(&0)" if blank else "已全部填写")
        self._zeros.setEnabled(bool(blank))
        self._zeros.setVisible(bool(blank) or not differing)  # three do not fit a small screen
        self._nothing.setEnabled(nothing_happened(self._bridge.report, self._table.id).possible)
        self._computed.setVisible(bool(differing))
        self._computed.setText(f"改用计算值 {len(differing)} 处(&C)")
        if self._bridge.session.redo_name:
            self.notice.clear()  # what it speaks of has been taken back
        self._drop_partners()
        here = self.view.form_model.cell(self.view.currentIndex())
        if here and self._explained(here) != self._said:  # else what was said since may stay
            self._tell_cell(here)

    def _drop_partners(self) -> None:
        """Put out the lights of cells that are in order by now."""
        model, figures = self.view.form_model, self.view.figures
        figures.partners = frozenset(
            cell for cell in figures.partners if model.findings(cell) or model.is_blank(cell)
        )

    def _tell_cell(self, cell: Cell | None) -> None:
        if cell and self.isVisible():
            self._said = self._explained(cell)
            self.told.emit(self._said)

    def _tell_end(self) -> None:
        """Say at the last cell where to go from there."""
        blank = len(self._blanks())
        state = f"还有 {blank} 格没有填，按 F8 找到它们" if blank else "这张表填完了"
        self.told.emit(f"这是最后一格，{state}；Ctrl+PageDown 到下一步。")

    def _explained(self, cell: Cell) -> str:
        stated = self._bridge.checked.figures.stated(cell)
        computed = self._bridge.checked.figures.computed.get(cell)
        text = self.view.form_model.explain(cell)
        if stated is not None and computed and stated != computed.number:
            text += f"（填报 {show(stated)}，计算 {show(computed.number)}）"
        return text.replace("\n", "　")


def _not_nothing(report: Report, found: NothingHappened) -> tuple[str, ...]:
    first, more = found.standing[0], len(found.standing) - 1
    others = f"，另有 {more} 格也不是 0" if more else ""
    return (
        f"{report.form.place(first)}填的是 {show(report.cells[first])}{others}，所以没有改动。"
        "全年无申请时都应是 0，请先核对。",
    )


def _tables(form: Form, cells: Sequence[Cell]) -> str:
    names = dict.fromkeys(f"表{form.section(cell.table).number}" for cell in cells)
    return "、".join(names)
