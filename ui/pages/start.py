"""The first step: what report this is, and which draft to work on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from app.forms import Cell, editions, form_for_year, form_named
from app.level import Level
from app.patterns import pattern
from app.report import Kind, Report
from ui.bridge import Bridge
from ui.drafts_card import DraftsCard
from ui.pages.page import Page
from ui.rail import START
from ui.theme import SIGNS
from ui.widgets import card, label, primary, wrapped
from ui.window_keys import Line

if TYPE_CHECKING:
    from app.checks import Passage

DAY = pattern(r"\s*(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?\s*")
NARROW = 44
"""Width of the page in characters that is too little for two cards side by side."""
STEPS = (
    "① 填：六个部分随时打开、随时修改，总计自动算，没有发生的一键填 0。",
    "② 核：右边“问题”一栏即时指出不符之处，点一下就到要改的地方（F8 看下一个）。",
    "③ 导：在“核对与导出”得到 PDF 报告、Word 文档和 Excel 表格。全程不联网，改动自动保存。",
)


class StartPage(Page):
    """Describes the report at the left; offers drafts to open at the right."""

    wanted = Signal(str)
    """A draft to open, by path."""
    successor_wanted = Signal(str)
    """Next year's report is to be begun from a draft: its path, '' where none is chosen yet."""
    new_wanted = Signal()
    another_wanted = Signal()
    example_wanted = Signal()
    practice_wanted = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.setObjectName("page")
        self.organ = Line(placeholderText="单位全称，如：青石镇人民政府")
        self.kind = QComboBox()
        self.year = QComboBox()
        self.form = QComboBox()
        self.title = Line()
        self.day = Line(placeholderText="可以不填，如：2027-01-12")
        self.new = primary("新建这份报告(&N)")
        self.another = QPushButton("另建一份报告…")
        self.succeed = QPushButton("用上年报告…(&L)")
        self._drafts = DraftsCard(bridge)
        self.recent = self._drafts.recent
        self._form_warning = wrapped("", "warning")
        self._state = wrapped("", "guide")
        for choice in (self.kind, self.form):
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._cards.setContentsMargins(14, 14, 14, 14)
        self._cards.setSpacing(14)
        self._cards.addWidget(self._report_card(), 3)
        self._cards.addWidget(self._drafts, 2)
        self._connect()
        bridge.changed.connect(self.refresh)
        bridge.opened.connect(self._restart)
        self.refresh()

    def refresh(self) -> None:
        """Show the report as it stands; a field that shows it already is left alone."""
        report, opened = self._bridge.report, self._bridge.draft is not None
        _set_text(self.organ, report.organ)
        _set_text(self.title, report.stated_title)
        if not self.day.hasFocus() and not self._day_unclear():
            _set_text(self.day, report.date.isoformat() if report.date else "")
        self.title.setPlaceholderText(report.title)
        told = f"（{report.kind.chinese}）" if report.organ.strip() else ""
        self.kind.setItemText(0, f"按名称判断{told}")
        self.kind.setCurrentIndex(self.kind.findData(report.stated_kind))
        if self.year.findData(report.year) < 0:
            self.year.addItem(f"{report.year} 年", report.year)
        self.year.setCurrentIndex(self.year.findData(report.year))
        self.form.setCurrentIndex(self.form.findData(report.form.version))
        self._form_warning.setText(_warning(report))
        self._form_warning.setVisible(not report.form.serves(report.year))
        self.new.setVisible(not opened)
        self.new.setEnabled(bool(report.organ.strip()))
        self.another.setVisible(opened)
        self._state.setText(self._situation())

    def show_place(self, _cells: tuple[Cell, ...] = (), _text: Passage | None = None) -> None:
        """Begin with the name of the organ."""
        self.organ.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was saved meanwhile."""
        super().showEvent(event)
        self.list_recent()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put one card below the other where they would be too narrow side by side."""
        super().resizeEvent(event)
        em, way = self.fontMetrics().horizontalAdvance("国"), QBoxLayout.Direction
        narrow = self.width() < NARROW * em
        self._cards.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def place(self) -> Cell | str:
        """The first step as a whole."""
        return START

    def list_recent(self) -> None:
        """Show the drafts opened lately."""
        self._drafts.list_recent()

    def browse(self) -> None:
        """Let the clerk choose a draft file."""
        self._drafts.browse()

    def finish(self) -> None:
        """Look at no more drafts in the background."""
        self._drafts.recent.finish()

    def _restart(self) -> None:
        self.day.clear()
        self.refresh()

    def _day_unclear(self) -> bool:
        return bool(self.day.text().strip()) and _day(self.day.text()) is None

    def _situation(self) -> str:
        if self._day_unclear():
            return f"“{self.day.text()}”不是日期，没有采用；请写成 2027-01-12 这样。"
        if self._bridge.path:
            return f"草稿：{self._bridge.path}\n改动会自动保存，随时可以关闭窗口。"
        return "填好单位名称和年度，点“新建这份报告”；之后每一步都可以随时打开、随时修改。"

    def _report_card(self) -> QWidget:
        self._fill_choices()
        frame, column = card("这份报告")
        column.addLayout(self._fields())
        buttons = QHBoxLayout()
        buttons.addWidget(self.new)
        buttons.addWidget(self.another)
        buttons.addWidget(self.succeed)
        buttons.addStretch()
        column.addLayout(buttons)
        column.addWidget(self._form_warning)
        column.addWidget(self._state)
        column.addStretch()
        column.addWidget(label("三步做完", "cardTitle"))
        for line in STEPS:
            column.addWidget(wrapped(line, "guide"))
        return frame

    def _fill_choices(self) -> None:
        self.kind.addItem("", None)
        for kind in Kind:
            self.kind.addItem(kind.chinese, kind)
        first = editions()[0].first_year
        for year in range(date.today().year + 1, first - 1, -1):
            self.year.addItem(f"{year} 年", year)
        for one in editions():
            self.form.addItem(f"{one.name}（{one.source}）", one.version)

    def _fields(self) -> QFormLayout:
        fields = QFormLayout()
        fields.setVerticalSpacing(10)
        fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in (
            ("单位名称(&D)", self.organ),
            ("单位类型", self.kind),
            ("报告年度(&Y)", self.year),
            ("报告格式", self.form),
            ("标题", self.title),
            ("落款日期", self.day),
        ):
            fields.addRow(name, field)
            field.setAccessibleName(name.partition("(")[0])
        return fields

    def _connect(self) -> None:
        self.organ.textEdited.connect(self._name_organ)
        self.organ.returnPressed.connect(self.new.click)
        self.title.textEdited.connect(self._entitle)
        self.day.editingFinished.connect(self._sign)
        self.kind.activated.connect(self._choose_kind)
        self.year.activated.connect(self._choose_year)
        self.form.activated.connect(self._choose_form)
        self.new.clicked.connect(self.new_wanted)
        self.another.clicked.connect(self.another_wanted)
        self.succeed.clicked.connect(lambda: self.successor_wanted.emit(""))
        self._drafts.wanted.connect(self.wanted)
        self._drafts.successor_wanted.connect(self.successor_wanted)
        self._drafts.example_wanted.connect(self.example_wanted)
        self._drafts.practice_wanted.connect(self.practice_wanted)

    def _name_organ(self, name: str) -> None:
        self._bridge.session.name_organ(name)

    def _entitle(self, title: str) -> None:
        self._bridge.session.entitle(title)

    def _choose_kind(self) -> None:
        self._bridge.session.choose_kind(self.kind.currentData())

    def _choose_year(self) -> None:
        year = self.year.currentData()
        self._bridge.session.choose_year(year, form_for_year(year) or self._bridge.report.form)

    def _choose_form(self) -> None:
        if form := form_named(self.form.currentData()):
            self._bridge.session.choose_year(self._bridge.report.year, form)

    def _sign(self) -> None:
        if not self._day_unclear():
            self._bridge.session.sign(_day(self.day.text()))
        self.refresh()


def _warning(report: Report) -> str:
    right = form_for_year(report.year)
    if right is None or right is report.form:
        return ""
    strays = sum(cell not in report.form.fields for cell in report.cells)
    kept = f"（另一种格式里填过的 {strays} 格没有丢，改回即可看到。）" if strays else ""
    return (
        f"{SIGNS[Level.QUERY]} {report.year} 年度应当用{right.name}，请改回；"
        f"用别的格式，核对时会列为“{Level.ERROR.chinese}”问题。{kept}"
    )


def _set_text(field: Line, text: str) -> None:
    if field.text() != text:
        field.setText(text)


def _day(text: str) -> date | None:
    match = DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
