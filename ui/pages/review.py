"""The last step: what is still open, and the files to take away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QThreadPool, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.checks import PASSED_MEANS, Checked, Level, Passage
from app.export import FORMATS, Written, export
from app.export.document import UNCHECKED_MARK
from app.files import FileError
from app.forms import Cell
from ui.bridge import Bridge
from ui.crash import Job
from ui.pages.page import Page
from ui.rail import REVIEW, START, Step, reasons_given, step_counts, steps_of
from ui.theme import RESTYLED, SIGNS, colours
from ui.widgets import card, label, primary, wrapped

PASSED = "✓ 校验通过"


class ReviewPage(Page):
    """Sums up the findings step by step and exports the report."""

    _written = Signal(object, str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._worker = QThreadPool(self)
        self.setObjectName("page")
        self._verdict = label("", "heading")
        self._meaning = wrapped("", "guide")
        self._steps = QGridLayout()
        self._steps.setVerticalSpacing(2)
        self.folder = QLineEdit()
        self.folder.setAccessibleName("导出到文件夹")
        self.formats = {name: QCheckBox(one.chinese) for name, one in FORMATS.items()}
        self.export_button = primary("导出(&X)")
        self.result = wrapped("")
        self.result.hide()
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._open_folder = QPushButton("打开文件夹")
        self._exported_to = Path()
        self._focus_back = False
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(10)
        column.addWidget(self._verdict)
        column.addWidget(self._meaning)
        column.addLayout(self._steps)
        column.addWidget(self._export_card())
        column.addStretch()
        self._written.connect(self._show_result)
        bridge.changed.connect(self.refresh)

    def show_place(self, _cells: tuple[Cell, ...] = (), _text: Passage | None = None) -> None:
        """Begin with the export, which is what one comes here for."""
        if not self.folder.text() and self._bridge.path:
            self.folder.setText(str(self._bridge.path.parent))
        self.export_button.setFocus()

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
        """Say what is still open in each step; out of sight, or with texts unread, this waits."""
        if not self.isVisible():
            return
        checked = self._bridge.checked
        if checked.waiting:
            self._bridge.read_soon()
            return
        self._verdict.setText(_verdict(checked))
        queries = sum(one.level is Level.QUERY for one in checked.open)
        also = f"另有 {queries} 处需要核实。" if queries and checked.clean else ""
        if checked.accepted and checked.clean:
            also += f"已说明理由 {len(checked.accepted)} 处。"
        self._meaning.setText(
            also + PASSED_MEANS if checked.clean else f"导出的文件每页都会标明“{UNCHECKED_MARK}”。"
        )
        self._list_steps(checked)

    def start_export(self) -> None:
        """Write the chosen formats in the background; the window stays alive."""
        names = [name for name, box in self.formats.items() if box.isChecked()]
        folder = self.folder.text().strip()
        if not names or not folder:
            self._tell("请先选择文件夹和至少一种格式。")
            return
        if not Path(folder).expanduser().is_absolute():
            self._tell(f"“{folder}”不是完整的文件夹路径，请点“选择…”。")
            return
        self._bridge.read_texts()
        self._focus_back = self.export_button.hasFocus()
        self.export_button.setEnabled(False)
        self._tell("正在导出…")
        checked, target = self._bridge.checked, Path(folder).expanduser()
        self._worker.start(Job(lambda: self._export(checked, target, names)))

    def finish(self) -> None:
        """Wait for an export that is still being written."""
        self._worker.waitForDone()

    def _export(self, checked: Checked, folder: Path, names: list[str]) -> None:
        files: list[Written] = []
        try:
            files.extend(export(checked, folder, names))
        except FileError as error:
            self._written.emit(files, str(error))
        except Exception:
            self._written.emit(files, "导出时程序出错，没有完成。草稿没有受影响。")
            raise
        else:
            self._written.emit(files, "")

    def _show_result(self, files: list[Written], error: str) -> None:
        lines = [f"✓ 已导出：{one.path}" for one in files]
        lines += [f"{SIGNS[Level.QUERY]} {one.notice}" for one in files if one.notice]
        self._tell("\n".join([*lines, f"✖ {error}"] if error else lines))
        self._open_folder.setVisible(bool(files))
        self._exported_to = files[0].path.parent if files else self._exported_to
        self.export_button.setEnabled(True)
        if self._focus_back:
            self.export_button.setFocus()

    def _tell(self, sentence: str) -> None:
        self.result.setText(sentence)
        self.result.show()

    def _export_card(self) -> QWidget:
        frame, column = card("导出")
        choose = QPushButton("选择…")
        choose.clicked.connect(self._choose_folder)
        line = QHBoxLayout()
        line.addWidget(label("导出到"))
        line.addWidget(self.folder, 1)
        line.addWidget(choose)
        column.addLayout(line)
        kinds = QHBoxLayout()
        for box in self.formats.values():
            box.setChecked(True)
            kinds.addWidget(box)
        kinds.addStretch()
        kinds.addWidget(self._open_folder)
        kinds.addWidget(self.export_button)
        self._open_folder.hide()
        self._open_folder.clicked.connect(self._show_folder)
        self.export_button.clicked.connect(self.start_export)
        column.addLayout(kinds)
        column.addWidget(self.result)
        return frame

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "导出到", self.folder.text())
        if name:
            self.folder.setText(name)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._exported_to)))

    def _list_steps(self, checked: Checked) -> None:
        while item := self._steps.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        steps = [step for step in steps_of(checked.report.form) if step.id != REVIEW]
        for row, step in enumerate(steps):
            self._steps.addWidget(label(step.name), row, 0)
            self._steps.addWidget(_state(checked, step), row, 1)
            self._steps.addWidget(_opener(step, self.step_wanted.emit), row, 2)
        self._steps.setColumnStretch(1, 1)


def _verdict(checked: Checked) -> str:
    if checked.clean:
        return PASSED
    errors = len(checked.at(Level.ERROR))
    blanks = checked.blank + sum(not one.cells for one in checked.at(Level.BLANK))
    parts = [f"强制 {errors} 处" if errors else "", f"待填 {blanks} 处" if blanks else ""]
    return "✖ 还不能上报：" + "，".join(filter(None, parts))


def _state(checked: Checked, step: Step) -> QLabel:
    counts = step_counts(checked, step)
    open_ones = [f"{SIGNS[one]} {one.chinese} {counts[one]}" for one in Level if counts[one]]
    if given := reasons_given(checked, step):
        open_ones = [*(open_ones or ["✓ 完成"]), f"已说明理由 {given}"]
    made = label("　".join(open_ones) or "✓ 完成")
    worst = next((level for level in Level if counts[level]), None)
    colour = colours().of(worst) if worst else colours().passed
    made.setStyleSheet(f"color: {colour.name()}")
    return made


def _opener(step: Step, open_step: Callable[[str], None]) -> QPushButton:
    button = QPushButton("去修改" if step.id != START else "查看")
    button.setObjectName("small")
    button.setAccessibleName(f"打开{step.name}")
    button.clicked.connect(lambda: open_step(step.id))
    return button
