"""Under a table, for each column: both sides of the balance and their difference."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from app.forms import Balance, Equation
from app.numbers import gap, show
from app.totals import Amount
from ui.bridge import Bridge
from ui.headings import CENTRED, paint_heading
from ui.table_view import FormTableView
from ui.theme import RESTYLED, colours


class BalanceStrip(QWidget):
    """Three lines, in step with the columns of the table above."""

    def __init__(self, bridge: Bridge, view: FormTableView, balance: Balance) -> None:
        super().__init__()
        self._bridge = bridge
        self._view = view
        self._balance = balance
        table = view.form_model.table.id
        self._equations: list[Equation] = [
            equation
            for equation in bridge.report.form.equations
            if equation.balance is balance and equation.left[0].table == table
        ]
        self._lines_shown = range(3)
        self.shorten(low=False)
        bridge.changed.connect(self._refresh)
        view.horizontalHeader().sectionResized.connect(self.update)
        view.horizontalScrollBar().valueChanged.connect(self.update)
        self._refresh()

    def shorten(self, *, low: bool) -> None:
        """Show the differences alone where the window is too low for more."""
        self._lines_shown = range(2, 3) if low else range(3)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Fit another font."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._measure()

    def _measure(self) -> None:
        self._line = self.fontMetrics().height() + 4
        self.setFixedHeight(len(self._lines_shown) * self._line + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines with their names, then the figures of each column."""
        painter = QPainter(self)
        stub = self._view.verticalHeader().width() + self._view.frameWidth()
        names = (self._balance.left_name, self._balance.right_name, "差")
        painter.setClipRect(self.rect().adjusted(stub, 0, 0, 0))
        for equation in self._equations:
            self._paint_column(painter, equation, self._view.horizontalHeader(), stub)
        painter.setClipping(False)
        for place, line in enumerate(self._lines_shown):
            box = QRect(0, place * self._line, stub, self._line)
            paint_heading(painter, box, names[line], CENTRED)

    def _paint_column(
        self, painter: QPainter, equation: Equation, header: QHeaderView, stub: int
    ) -> None:
        section = self._view.form_model.index_of(equation.left[0]).column()
        left = stub + header.sectionViewportPosition(section)
        texts = self._lines(equation)
        for place, line in enumerate(self._lines_shown):
            text = texts[line]
            box = QRect(left, place * self._line, header.sectionSize(section), self._line)
            paint_heading(painter, box, "", CENTRED)
            wrong = line == 2 and text not in ("", "0 ✓")
            painter.setPen(colours().error if wrong else colours().faint)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _lines(self, equation: Equation) -> tuple[str, str, str]:
        figures = self._bridge.checked.figures
        left, right = figures.add(equation.left), figures.add(equation.right)
        return _shown(left), _shown(right), _difference(left, right)

    def _refresh(self) -> None:
        parts = [f"{one.line.short} {'，'.join(self._lines(one))}" for one in self._equations]
        self.setAccessibleName("；".join(parts))
        self.update()


def _shown(amount: Amount) -> str:
    return show(amount.number) if amount.complete else "…"


def _difference(left: Amount, right: Amount) -> str:
    if left.missing or right.missing:
        return ""
    return "0 ✓" if left.number == right.number else f"✖ {show(gap(left.number, right.number))}"
