"""The panel of what does not agree; a click, Enter or F8 leads to the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDockWidget, QListWidgetItem, QWidget

from app.checks import PASSED_MEANS, Checked, Finding
from app.checks.reasons import takes_reason
from app.numbers import InputError
from ui.bridge import Bridge
from ui.finding_rows import accepted_rows, open_rows
from ui.focus import lasting, still_seen
from ui.message_list import FINDING, MessageList, Row
from ui.rail import Step
from ui.reason_field import ReasonField

TO_CELL_KEY = "Ctrl+Return"


class FindingsPanel(QDockWidget):
    """Lists the findings, worst first, each level under its own head."""

    followed = Signal(object)
    """The finding whose place is to be shown."""
    wanted = Signal()
    """The panel is to be brought to the front."""
    cell_wanted = Signal()
    """The cell of a finding on text and table is to be shown."""
    told = Signal(str)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("问题", parent)
        self._bridge = bridge
        self.setObjectName("findings")
        self._left_at = -1
        """Where the chosen finding stood that is repaired now; F8 goes on from there."""
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.list = MessageList()
        self.list.setAccessibleName("问题")
        self.list.itemActivated.connect(self._follow)
        self.list.itemClicked.connect(self._follow)
        self.to_place = self._action("到要改的地方", self._follow_chosen)
        self.to_cell = self._action("到表格里的数字", self.cell_wanted.emit)
        self.to_cell.setShortcut(QKeySequence(TO_CELL_KEY))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.list.addActions([self.to_place, self.to_cell])
        self.field = ReasonField(self.list)
        self._came_from: QWidget | None = None
        """Where the clerk was when she went to write a reason."""
        self._busy = False
        """The session is telling or being told; what loses the focus by it is not left."""
        self.list.currentItemChanged.connect(self._offer_field)
        self.field.given.connect(self._accept)
        self.field.left.connect(self._accept_quietly)
        self.field.escaped.connect(self._go_back)
        self.field.resized.connect(self._offer_field)
        self.setWidget(self.list)
        bridge.changed.connect(self.refresh)
        bridge.opened.connect(self.refresh)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Wide enough for a message in a few lines."""
        return QSize(self.fontMetrics().horizontalAdvance("国") * 20, 200)

    def refresh(self) -> None:
        """List what is found now; the chosen finding stays chosen while it lasts."""
        chosen, row = self.chosen(), self.list.currentRow()
        writing = self.field.line.hasFocus()
        was_busy, self._busy = self._busy, True
        listed = list(self._listed()) if self._bridge.draft else []
        self.list.show_rows([one for one, _ in listed], [finding for _, finding in listed])
        if chosen and self.list.currentRow() < 0:
            self._left_at = row
        self._offer_field()
        if writing and not self.field.isVisible():
            self._go_back()
        self._busy = was_busy

    def _listed(self) -> Iterator[tuple[Row, Finding | None]]:
        """The rows from the top with the finding each stands for."""
        checked = self._bridge.checked
        yield from open_rows(checked)
        if not checked.open:
            yield from ((row, None) for row in _nothing_found(checked))
        yield from accepted_rows(checked)

    def show_step(self, step: Step) -> None:
        """Bring into view what is found in a step that has just been opened.

        A finding that is chosen stays in view, for the step may have been opened to mend it.
        """
        if self.chosen():
            return
        rows = range(self.list.count())
        first = next((row for row in rows if self._opens(row) in step.sections), None)
        if first is not None:
            self.list.scrollToItem(self.list.item(first - 1), self.list.ScrollHint.PositionAtTop)

    def step(self, by: int) -> None:
        """Follow the next (1) or the last (-1) finding, round and round."""
        self.field.leave()
        self._bridge.read_texts()
        rows = [row for row in range(self.list.count()) if self._is_open(row)]
        if not rows:
            if self._bridge.draft:
                self.told.emit("没有要处理的问题了。")
            return
        current = self.list.currentRow()
        if current < 0:
            current = self._left_at - (by > 0)
        behind = [row for row in rows if (row > current if by > 0 else row < current)]
        row = (behind or rows)[0 if by > 0 else -1]
        self.list.setCurrentRow(row)
        self.list.scrollToItem(self.list.item(row))
        self._follow(self.list.item(row))

    def write_reason(self, here: Finding | None) -> bool:
        """Put the cursor in the field of the chosen query, or else of the one found `here`.

        False where neither takes a reason.
        """
        focused = QApplication.focusWidget()
        if focused is not self.field.line:
            self.field.leave()
            self._came_from = lasting(focused)
        self._bridge.read_texts()
        wanted = next((one for one in (self.chosen(), here) if one and takes_reason(one)), None)
        rows = (row for row in range(self.list.count()) if self._finding(row) == wanted)
        row = next(rows, -1) if wanted else -1
        if row < 0:
            return False
        self.wanted.emit()
        self.list.setCurrentRow(row)
        self.list.scrollToItem(self.list.item(row))
        self.field.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def chosen(self) -> Finding | None:
        """The finding whose row is chosen."""
        return self._finding(self.list.currentRow())

    def _finding(self, row: int) -> Finding | None:
        finding = self.list.item(row).data(FINDING) if row >= 0 else None
        return finding if isinstance(finding, Finding) else None

    def _opens(self, row: int) -> str | None:
        finding = self._finding(row)
        return finding.opens if finding else None

    def _is_open(self, row: int) -> bool:
        finding = self._finding(row)
        return finding is not None and self._bridge.checked.reason(finding) is None

    def _offer_field(self) -> None:
        """Show the field in the chosen row, if what is found there takes a reason."""
        finding = self.chosen()
        if finding and takes_reason(finding):
            checked = self._bridge.checked
            reason, lapsed = checked.reason(finding), checked.lapsed_reason(finding)
            self.field.show_for(finding, reason, "" if reason else lapsed)
            self.list.show_field(self.list.currentRow(), self.field)
        else:
            self.field.put_away()
            self.list.show_field(-1, self.field)

    def _accept(self, finding: Finding, reason: str) -> None:
        """Accept a query with a reason, and go back to where the clerk was."""
        if self._accept_quietly(finding, reason) and self.field.line.hasFocus():
            self._go_back()

    def _accept_quietly(self, finding: Finding, reason: str) -> bool:
        """Accept it where the clerk has gone on already; what is refused waits in its row."""
        if self._busy:
            return False
        self._busy = True
        try:
            self.field.keep(finding, "")
            self._bridge.session.accept(finding, reason)
        except InputError as error:
            self.field.keep(finding, reason)
            self.field.refuse(finding, str(error))
            self.list.scrollToItem(self.list.currentItem())
            return False
        finally:
            self._busy = False
        if QApplication.focusWidget() is None:  # it was taken away, to save what is half written
            self._go_back()
        return True

    def _go_back(self) -> None:
        back = self._came_from
        self._came_from = None
        (back if back and still_seen(back) else self.list).setFocus()

    def _action(self, text: str, do: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(do)
        return action

    def _follow_chosen(self) -> None:
        if item := self.list.currentItem():
            self._follow(item)

    def _follow(self, item: QListWidgetItem) -> None:
        self.field.leave()
        finding = item.data(FINDING)
        if isinstance(finding, Finding):
            self.followed.emit(finding)


def _nothing_found(checked: Checked) -> list[Row]:
    what = "没有其他问题" if checked.accepted else "没有发现问题"
    passed = f"✓ 运行了 {checked.rules_run} 条规则，{what}"
    return [Row(passed, bold=True), Row(PASSED_MEANS)]
