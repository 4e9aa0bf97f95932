"""A step that is filled in as a table."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from app.checks import Passage
from app.forms import Cell, Section
from app.numbers import show
from ui.balance_strip import BalanceStrip
from ui.bridge import Bridge
from ui.pages.page import Page
from ui.table_model import FormTableModel
from ui.table_view import FormTableView
from ui.widgets import Elided, label


class TablePage(Page):
    """The table, its state in one line above, and its balances below."""

    def __init__(self, bridge: Bridge, section: Section) -> None:
        super().__init__()
        self._bridge = bridge
        self._table = bridge.report.form.tables[section.id]
        self.setObjectName("page")
        self.view = FormTableView(bridge, FormTableModel(bridge, self._table, self))
        self.view.moved.connect(self._tell_cell)
        self.view.told.connect(self.told)
        self._state = Elided("guide")
        self._zeros = QPushButton()
        self._zeros.clicked.connect(self.fill_zeros)
        self._computed = QPushButton()
        self._computed.clicked.connect(self.take_computed)
        self._arrange(section)
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

    def fill_zeros(self) -> None:
        """Fill every blank cell with 0 as one step."""
        self._bridge.session.fill(dict.fromkeys(self._blanks(), "0"), "其余填 0")

    def take_computed(self) -> None:
        """Drop the stated totals that differ, so that the computed ones stand."""
        self._bridge.session.put(dict.fromkeys(self._differing()), "改用计算值")

    def _arrange(self, section: Section) -> None:
        heading = label(section.heading, "heading")
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addSpacing(18)
        top.addWidget(self._state, 1)
        for button in (self._computed, self._zeros):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        for balance in self._table.balances:
            column.addWidget(BalanceStrip(self._bridge, self.view, balance))

    def _blanks(self) -> list[Cell]:
        report = self._bridge.report
        typed = report.form.typed(self._table.id)
        return [one.cell for one in typed if one.cell not in report.cells]

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
        blanks, differing = len(self._blanks()), self._differing()
        self._zeros.setText(f"其余 {blanks} 格填 0(&0)" if blanks else "已全部填写")
        self._zeros.setEnabled(bool(blanks))
        self._computed.setVisible(bool(differing))
        self._computed.setText(f"改用计算值（{len(differing)} 处）(&C)")
        self._drop_partners()
        self._tell_cell(self.view.form_model.cell(self.view.currentIndex()))

    def _drop_partners(self) -> None:
        """Put out the lights of cells that are in order by now."""
        model, figures = self.view.form_model, self.view.figures
        figures.partners = frozenset(
            cell for cell in figures.partners if model.findings(cell) or model.is_blank(cell)
        )

    def _tell_cell(self, cell: Cell | None) -> None:
        if not cell or not self.isVisible():
            return
        stated = self._bridge.checked.figures.stated(cell)
        computed = self._bridge.checked.figures.computed.get(cell)
        text = self.view.form_model.explain(cell)
        if stated is not None and computed and stated != computed.number:
            text += f"（填报 {show(stated)}，计算 {show(computed.number)}）"
        self.told.emit(text.replace("\n", "　"))
