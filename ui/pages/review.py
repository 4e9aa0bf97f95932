"""The last step: what is still open, what changed since last year, the pages, and the files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidgetItem,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.checks import PASSED_MEANS, Checked, Finding, Level, Passage
from app.checks.years import not_compared
from app.differences import CellChange, against_last_year
from app.drafts import DraftError, load
from app.export.document import UNCHECKED_MARK
from app.files import FileError
from app.forms import Cell
from app.paths import documents
from app.report import Report
from app.writing.behind import behind
from ui.bridge import Bridge
from ui.changes_table import Change, ChangesTable
from ui.export_dialog import ExportDialog
from ui.finding_rows import accepted_rows, open_rows
from ui.message_list import FINDING, MessageList, Row
from ui.pages.page import EDGES, LOW_EDGES, Page
from ui.preview import Preview
from ui.printing import Printing
from ui.rail import REVIEW
from ui.theme import RESTYLED
from ui.widgets import primary, wrapped

PASSED = "✓ 校验通过"
PREVIEW_PAUSE_MS = 500
NO_LAST_YEAR = "这份草稿里没有上年的报告。选用上年的草稿以后，这里逐格列出与上年不同的数字。"
BEHIND = "引导填写之后，表格或答案又改过，正文还没有写进去。回车到那里，按 Ctrl+G。"
PRINT, STOP_PRINTING = "打印…(&P)", "停止打印(&P)"


class ReviewPage(Page):
    """Sums up the findings, compares with last year, shows the pages, prints and exports."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.setObjectName("page")
        self._verdict = wrapped("", "heading")
        self._meaning = wrapped("", "guide")
        self.print_button = QPushButton(PRINT)
        self.export_button = primary("导出…(&X)")
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("核对、比较、预览")
        self.list = MessageList()
        self.changes = ChangesTable("与上年不同的数字", ("位置", "上年", "本年", "增减"))
        self._compared = wrapped("", "guide")
        self._choose_last = QPushButton("选用上年的草稿…(&L)")
        self.preview = Preview()
        self.printing = Printing(self)
        self._dialog: ExportDialog | None = None
        self._again = QTimer(self, singleShot=True, interval=PREVIEW_PAUSE_MS)
        self._arrange()
        self._connect()

    def show_place(self, _cells: tuple[Cell, ...] = (), _text: Passage | None = None) -> None:
        """Begin with the export, which is what one comes here for."""
        self.export_button.setFocus()

    def finding_here(self) -> Finding | None:
        """The finding whose row is chosen, while the list has the focus."""
        item = self.list.currentItem() if self.list.hasFocus() else None
        finding = item.data(FINDING) if item else None
        return finding if isinstance(finding, Finding) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was changed on other pages."""
        super().showEvent(event)
        self._bridge.read_texts()
        self.refresh()

    def place(self) -> Cell | str:
        """The last step as a whole."""
        return REVIEW

    def changeEvent(self, event: QEvent) -> None:
        """Show other colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self.refresh()

    def refresh(self) -> None:
        """Say what is open; out of sight, or with texts unread, this waits."""
        if not self.isVisible():
            return
        checked = self._bridge.checked
        if checked.waiting:
            self._bridge.read_soon()
            return
        self._verdict.setText(_verdict(checked))
        self._meaning.setText(_meaning(checked))
        self._verdict.setToolTip(_meaning(checked))
        listed = list(_listed(checked))
        self.list.show_rows([row for row, _ in listed], [finding for _, finding in listed])
        self._compare(checked.report)
        self._again.start()

    def fit_height(self, *, low: bool) -> None:
        """Keep edges narrow where the window is low; what the verdict means is told on hover."""
        self._column.setContentsMargins(*(LOW_EDGES if low else EDGES))
        self._column.setSpacing(4 if low else 8)
        self._meaning.setVisible(not low)

    def export_dialog(self) -> ExportDialog:
        """The dialog that exports, made when it is first asked for, brought to the front."""
        if self._dialog is None:
            self._dialog = ExportDialog(self._bridge, self)
        self._bridge.read_texts()
        self._dialog.refresh()
        self._dialog.show()
        self._dialog.activateWindow()
        self._dialog.export_button.setFocus()
        return self._dialog

    def finish(self) -> None:
        """Wait for files, pages and paper that are still in hand."""
        self._again.stop()
        self.preview.finish()
        self.printing.finish()
        if self._dialog:
            self._dialog.finish()

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._verdict)
        words.addWidget(self._meaning)
        top = QHBoxLayout()
        top.addLayout(words, 1)
        top.addWidget(self.print_button)
        top.addWidget(self.export_button)
        self.tabs.setDocumentMode(True)
        self.list.setAccessibleName("核对情况")
        self.tabs.addTab(self.list, "核对情况")
        self.tabs.addTab(self._comparison(), "与上年比较")
        self.tabs.addTab(self.preview, "打印预览")
        self._column = QVBoxLayout(self)
        self._column.addLayout(top)
        self._column.addWidget(self.tabs, 1)
        self.fit_height(low=False)

    def _comparison(self) -> QWidget:
        page = QWidget()
        line = QHBoxLayout()
        line.setContentsMargins(8, 0, 6, 0)
        line.addWidget(self._compared, 1)
        line.addWidget(self._choose_last)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 6, 0, 0)
        column.addLayout(line)
        column.addWidget(self.changes, 1)
        column.addStretch()  # where there is nothing to compare
        return page

    def _connect(self) -> None:
        self.export_button.clicked.connect(self.export_dialog)
        self.print_button.clicked.connect(self._print_or_stop)
        self.list.itemActivated.connect(self._follow)
        self.list.itemClicked.connect(self._follow)
        self.changes.followed.connect(lambda cell: self.cells_wanted.emit((cell,)))
        self._choose_last.clicked.connect(self._choose_last_year)
        self.tabs.currentChanged.connect(lambda _: self._show_pages())
        self._again.timeout.connect(self._show_pages)
        self.printing.told.connect(self.told)
        self.printing.running.connect(self._say_printing)
        self._bridge.changed.connect(self.refresh)

    def _follow(self, item: QListWidgetItem) -> None:
        there = item.data(FINDING)
        if isinstance(there, Finding):
            self.finding_wanted.emit(there)
        elif there:
            self.step_wanted.emit(there)

    def _compare(self, report: Report) -> None:
        why = not_compared(report)
        changes = () if why else against_last_year(report)
        self.changes.show_changes(map(_row, changes))
        self.changes.setVisible(report.previous is not None and not why)
        self._compared.setText(why or _compared_in_words(report, len(changes)))

    def _show_pages(self) -> None:
        if self.isVisible() and self.tabs.currentWidget() is self.preview:
            self._bridge.read_texts()
            self.preview.show_report(self._bridge.checked)

    def _print_or_stop(self) -> None:
        if self.printing.busy:
            self.printing.stop()
        else:
            self._bridge.read_texts()
            self.printing.begin(self._bridge.checked)

    def _say_printing(self, running: bool) -> None:
        self.print_button.setText(STOP_PRINTING if running else PRINT)

    def _choose_last_year(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "选上年的草稿", str(documents()), "草稿 (*.json);;所有文件 (*)"
        )
        if not name:
            return
        try:
            self._bridge.session.compare_with(load(Path(name)).report)
        except (DraftError, FileError) as error:
            self._compared.setText(f"✖ {error}")


def _verdict(checked: Checked) -> str:
    if checked.clean:
        return PASSED
    errors = sum(one.level is Level.ERROR for one in checked.open)
    blanks = checked.blank + sum(not one.cells for one in checked.at(Level.BLANK))
    parts = [f"强制 {errors} 处" if errors else "", f"待填 {blanks} 处" if blanks else ""]
    return "✖ 还不能上报：" + "，".join(filter(None, parts))


def _meaning(checked: Checked) -> str:
    if not checked.clean:
        return f"照样可以导出和打印，但每页都会标明“{UNCHECKED_MARK}”。"
    queries = sum(one.level is Level.QUERY for one in checked.open)
    also = f"另有 {queries} 处需要核实。" if queries else ""
    if checked.accepted:
        also += f"已说明理由 {len(checked.accepted)} 处。"
    return also + PASSED_MEANS


def _listed(checked: Checked) -> Iterator[tuple[Row, Finding | str | None]]:
    """What is open, worst first and step by step; then what was accepted, with the reasons."""
    form = checked.report.form
    if not checked.open:
        yield Row("✓ 没有发现问题", bold=True), None
    yield from open_rows(checked)
    late = behind(checked.report, checked.figures)
    for part, several in groupby(late, key=lambda one: one.sheet.part):
        names = "、".join(one.topic.name for one in several)
        yield Row(f"“{form.section(part).short}”还可以更新", bold=True), None
        yield Row(f"{names}：{BEHIND}"), part
    yield from accepted_rows(checked)
    cells = f"已填 {checked.filled} 格，待填 {checked.blank} 格"
    yield Row(f"运行了 {checked.rules_run} 条规则；{cells}。", faint=True), None


def _row(change: CellChange) -> Change:
    return Change((change.place, change.before, change.after, change.by), change.cell)


def _compared_in_words(report: Report, count: int) -> str:
    if report.previous is None:
        return NO_LAST_YEAR
    if not count:
        return f"与 {report.previous.year} 年度报告逐格比较：填报的数字完全一样。"
    return (
        f"与 {report.previous.year} 年度报告逐格比较：{count} 格不同，差得多的在前；"
        "总计不列。双击或回车到那一格。"
    )
