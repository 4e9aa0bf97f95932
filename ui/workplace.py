"""All one works with once the window is there: pages, panels, menus and what they do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from app.checks import Finding, Passage
from app.forms import Cell
from app.paths import examples
from app.session import Update
from ui.autosave import AutoSave
from ui.desk import Desk
from ui.enter_key import enter_actions
from ui.errands import Errands
from ui.findings import FindingsPanel
from ui.frame import Frame
from ui.help_menu import help_entries, open_rules
from ui.help_panel import HelpPanel
from ui.identity import PROGRAM
from ui.look_menu import look_menus
from ui.menus import SEPARATOR, Entry, Line, fill_menu
from ui.pages.making import make_page
from ui.pages.page import Page
from ui.panes import Panes
from ui.rail import REVIEW, START, Step, steps_of
from ui.reason_field import REASON_KEY
from ui.side import Side
from ui.status import counted
from ui.undoing import Undoing
from ui.window_keys import export_key
from ui.writing_tools import WritingTools

FOR_A_DRAFT = ("另存为…", "历史版本…", "导出…", "打印…", "全审")
"""Entries that are of no use while no draft is open."""


class Workplace(QObject):
    """Leads through the steps of the report that is open, in the frame of one window."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self.bridge, self.start, self.rail = frame.bridge, frame.start, frame.rail
        self.status, self.room = frame.status, frame.room
        self.autosave = AutoSave(self.bridge, self)
        self.desk = Desk(self.bridge, self.autosave, frame)
        self.errands = Errands(self.bridge, self.desk, lambda: self._opened(REVIEW), frame)
        self.findings = FindingsPanel(self.bridge, frame)
        self.help = HelpPanel(self.bridge, frame)
        self.writing = WritingTools(self.bridge, self._current_page, frame)
        self.undoing = Undoing(self.bridge, self)
        self.side = Side(frame, (self.findings, self.help), self.rail)
        self._panes = Panes(self._current_page, self.rail, self.findings, self.help, frame)
        self._form = self.bridge.report.form
        self._pages: dict[str, Page] = {START: self.start}
        frame.place_bar(self.writing.bar)
        self._fit_height(low=self.room.low)
        self._make_menus()
        self._connect()
        self._show_draft()
        self._refresh()

    def page(self, step: str) -> Page:
        """Return the page of a step, or of a section it shows, brought to the front."""
        one = next(one for one in self.rail.steps if step == one.id or step in one.sections)
        return self._show(one)

    def _opened(self, step: str) -> Page:
        self.rail.open(step)
        return self.page(step)

    def follow(self, finding: Finding) -> None:
        """Open the place a finding speaks of; of text and table it is the text."""
        self._open_place(finding.opens, finding.cells, finding.fault.text)

    def follow_to_cell(self) -> None:
        """Open the cell of the finding or the live number at the cursor.

        Where there is neither, it is the cell of the finding chosen in the panel.
        """
        page = self._current_page()
        finding, cell = page.finding_here(), page.cell_here()
        if cell and not (finding and finding.cells):
            self._open_place(cell.table, (cell,))
            return
        finding = finding or self.findings.chosen()
        if finding and finding.cells:
            self._open_place(finding.cells[0].table, finding.cells)
        elif finding:
            self.status.tell("这个问题只涉及文字，不涉及表格。")

    def review(self) -> None:
        """Check everything, show what was found, and say how it stands."""
        self._opened(REVIEW)
        checked = self.bridge.checked
        self.status.tell(f"已全审，运行了 {checked.rules_run} 条规则：{counted(checked)}")

    def write_reason(self) -> None:
        """Put the cursor where the chosen query, or the one at the cursor, takes its reason."""
        page = self._current_page()
        if self.bridge.draft and not self.findings.write_reason(page.finding_here()):
            self.status.tell("这里没有要说明理由的问题。按 F8 到下一个问题。")

    def _open_place(
        self, section: str | None, cells: tuple[Cell, ...], text: Passage | None = None
    ) -> None:
        step = section or START
        self.rail.open(step)
        self.page(step).show_place(cells, text)

    def open_draft(self, path: Path) -> None:
        """Open a draft and go on with it."""
        if self.desk.open(path):
            self._begin()

    def close(self) -> bool:
        """Save and put away what is open; False where the clerk would rather stay."""
        if not self.desk.close():
            return False
        self._finish_pages()
        self.autosave.finish()
        return True

    def _fit_height(self, low: bool) -> None:
        self.help.shorten(low=low)
        self.writing.bar.fit_height(low=low)
        for page in self._pages.values():
            page.fit_height(low=low)

    def _connect(self) -> None:
        self.room.changed.connect(self._fit_height)
        self.status.counts.clicked.connect(lambda: self.side.toggle(self.findings))
        self.findings.followed.connect(self.findings.raise_)
        self.findings.wanted.connect(lambda: self.side.bring(self.findings))
        self.help.wanted.connect(lambda: self.side.bring(self.help))
        self.help.left.connect(self.side.leave)
        self._frame.back.clicked.connect(lambda: self.rail.move(-1))
        self._frame.next.clicked.connect(lambda: self.rail.move(1))
        self.rail.chosen.connect(self._open_step)
        self.findings.followed.connect(self.follow)
        self.findings.cell_wanted.connect(self.follow_to_cell)
        self.findings.told.connect(self.status.tell)
        self.writing.place_wanted.connect(lambda text: self._open_place(text.part, (), text))
        self.writing.told.connect(self.status.tell)
        self.undoing.told.connect(self.status.tell)
        self.bridge.opened.connect(self._open_draft_changed)
        self.bridge.changed.connect(self._refresh)
        self.bridge.edited.connect(self._say_editing)
        self.autosave.saved.connect(self._say_saved)
        self.autosave.failed.connect(self.status.say_failed)
        self.start.wanted.connect(lambda name: self.open_draft(Path(name)))
        self.start.new_wanted.connect(self._create)
        self.start.another_wanted.connect(self.desk.close)
        self.errands.begun.connect(self._begin)
        self.errands.told.connect(self.status.tell)
        self.start.successor_wanted.connect(self.errands.begin_from)
        self.start.example_wanted.connect(lambda: self._try("qingshi-2026.json", "示例"))
        self.start.practice_wanted.connect(lambda: self._try("practice-2026.json", "练习"))

    def _make_menus(self) -> None:
        all_lines: tuple[Iterable[Line], ...] = (
            self._file_lines(),
            self._edit_lines(),
            self._view_lines(),
            self._tool_lines(),
            help_entries(self._frame, self.help),
        )
        menus = zip(self._frame.menus, all_lines, strict=True)
        actions = [one for menu, lines in menus for one in fill_menu(menu, self._frame, lines)]
        self._for_a_draft = [one for one in actions if one.text() in FOR_A_DRAFT]

    def _file_lines(self) -> list[Line]:
        standard = QKeySequence.StandardKey
        return [
            Entry("新建报告", self.desk.close, standard.New),
            Entry("用上年报告新建…", self.errands.begin_from_last_year),
            Entry("打开草稿…", self.start.browse, standard.Open),
            Entry("立即保存", self.desk.save, standard.Save),
            Entry("另存为…", self.desk.save_as, "Ctrl+Shift+S"),
            Entry("历史版本…", self.errands.show_history),
            Entry("导出…", self.errands.export, export_key()),
            Entry("打印…", self.errands.print_report, standard.Print),
            SEPARATOR,
            Entry("退出", self._frame.close, standard.Quit),
        ]

    def _edit_lines(self) -> list[Line]:
        return [
            *self.undoing.actions(),
            SEPARATOR,
            *enter_actions(self),
            SEPARATOR,
            *self.writing.changes(),
        ]

    def _view_lines(self) -> list[Line]:
        return [
            *self.side.actions(),
            *self.writing.views(),
            SEPARATOR,
            Entry("下一步", lambda: self.rail.move(1), "Ctrl+PgDown"),
            Entry("上一步", lambda: self.rail.move(-1), "Ctrl+PgUp"),
            Entry("下一区域", lambda: self._panes.go_on(1), "F6"),
            Entry("上一区域", lambda: self._panes.go_on(-1), "Shift+F6"),
            SEPARATOR,
            *(menu.menuAction() for menu in look_menus(self._frame)),
        ]

    def _tool_lines(self) -> list[Line]:
        return [
            Entry("全审", self.review),
            Entry("下一个问题", lambda: self.findings.step(1), "F8"),
            Entry("上一个问题", lambda: self.findings.step(-1), "Shift+F8"),
            self.findings.to_cell,
            Entry("说明理由", self.write_reason, REASON_KEY),
            SEPARATOR,
            *self.writing.helps(),
            SEPARATOR,
            Entry("核对规则(&R)", lambda: open_rules(self._frame, self.bridge.settings)),
        ]

    def _open_draft_changed(self) -> None:
        """Begin afresh with another draft, or with none."""
        self._rebuild(0)
        self._show_draft()
        if self.bridge.draft is None:
            self.start.show_place()

    def _show_draft(self) -> None:
        self.status.tell("")
        self.status.say_open(str(self.bridge.path) if self.bridge.draft else "")
        self.side.offer(self.bridge.draft is not None)
        self.start.list_recent()

    def _rebuild(self, current: int) -> None:
        """Begin with fresh pages, one step open; each is made when it is first opened."""
        self._form = self.bridge.report.form
        self._discard_pages()
        self.rail.show_steps(steps_of(self._form), current)
        self._show(self.rail.steps[current])
        self._refresh()

    def _discard_pages(self) -> None:
        self._finish_pages()
        while page := self._frame.stack.widget(1):
            self._frame.stack.removeWidget(page)
            page.deleteLater()
        self._pages = {START: self.start}

    def _show(self, step: Step) -> Page:
        """Bring a step's page to the front, made if need be, and return it."""
        page = self._pages.get(step.id)
        if page is None:
            page = self._pages[step.id] = self._make(step)
            self._frame.stack.addWidget(page)
        order = list(self._pages)
        self._frame.stack.setCurrentIndex(order.index(step.id))
        self.help.show_place(page.place())
        self._offer_steps()
        self.side.crowd(page.crowded())
        self.side.stand_back(step.id == REVIEW)
        return page

    def _offer_steps(self) -> None:
        """Offer to go on, and back, where there is a step to go to."""
        row, last = self.rail.current_row(), len(self.rail.steps) - 1
        opened = self.bridge.draft is not None
        self._frame.back.setEnabled(opened and row > 0)
        self._frame.next.setEnabled(opened and row < last)

    def _make(self, step: Step) -> Page:
        page = make_page(self.bridge, step)
        page.fit_height(low=self.room.low)
        page.told.connect(self.status.tell)
        page.crowded_changed.connect(lambda: self.side.crowd(self._current_page().crowded()))
        page.place_changed.connect(lambda: self.help.show_place(page.place()))
        page.step_wanted.connect(self.rail.open)
        page.finding_wanted.connect(self.follow)
        page.cells_wanted.connect(lambda cells: self._open_place(cells[0].table, cells))
        return page

    def _current_page(self) -> Page:
        return self._pages.get(self.rail.steps[self.rail.current_row()].id, self.start)

    def _finish_pages(self) -> None:
        for page in self._pages.values():
            page.finish()

    def _open_step(self, step: str) -> None:
        self.bridge.session.end_step()
        self.bridge.read_texts()
        self.status.tell("")
        page = self.page(step)
        self.findings.show_step(self.rail.steps[self.rail.current_row()])
        if not self.rail.hasFocus():
            page.show_place()

    def _refresh(self, update: Update | None = None) -> None:
        if update and self._form is not self.bridge.report.form:
            self._rebuild(self.rail.current_row())
            if self.rail.current_row():  # the first page is still the same, its focus too
                self._pages[self.rail.steps[self.rail.current_row()].id].show_place()
        opened = self.bridge.draft is not None
        for action in self._for_a_draft:
            action.setEnabled(opened)
        self.status.count(self.bridge.checked if opened else None)
        self._offer_steps()
        self._frame.setWindowTitle(f"{self.bridge.report.title} — {PROGRAM}" if opened else PROGRAM)

    def _begin(self) -> None:
        """Go on where work is: the first step after the start."""
        self.rail.go_to(1)
        self.page(self.rail.steps[1].id).show_place()

    def _create(self) -> None:
        if self.desk.create():
            self._begin()

    def _try(self, name: str, prefix: str) -> None:
        if self.desk.copy_of(examples() / name, prefix):
            self._begin()

    def _say_editing(self) -> None:
        if self.bridge.draft:
            self.status.say_editing()

    def _say_saved(self, path: str, at: datetime) -> None:
        self.status.say_saved(path, at, all_of_it=not self.autosave.unsaved)
