"""The export: which files, where to, how far it is, and what was written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.export import FORMATS, Written, official_name
from app.export.document import UNCHECKED_MARK
from app.files import is_folder
from app.level import Level
from app.preferences import preference, set_preference
from ui.bridge import Bridge
from ui.exporting import SHEET, SHEET_NAME, Exporting, Wanted, chinese
from ui.later import soon
from ui.room import fit_dialog
from ui.theme import SIGNS
from ui.widgets import Upright, label, primary, wrapped

FOLDER, FORMATS_CHOSEN = "export_folder", "export_formats"
SIZE = QSize(620, 300)
PATH = Qt.ItemDataRole.UserRole
NO_OPENER = "电脑上没有能打开这种文件的程序；文件已经导出，可以拷到别的电脑上打开。"
CLEAN = "✓ 校验通过，文件不带标记。"
UNCLEAN = (
    f"{SIGNS[Level.QUERY]} 还有“强制”或“待填”的问题：照样可以导出，"
    f"但每一页都会标明“{UNCHECKED_MARK}”。"
)


class ExportDialog(QDialog):
    """Stays beside the window while files are written; Escape stops the writing, then closes."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._exporting = Exporting(self)
        self._running = False
        self.setWindowTitle("导出")
        self.folder = QLineEdit()
        self.formats = {name: QCheckBox(one.chinese) for name, one in FORMATS.items()}
        self.formats[SHEET] = QCheckBox(f"另附{SHEET_NAME}（PDF，给审核的人看）")
        self.names = wrapped("", "guide")
        self.state = wrapped("")
        self.progress = QProgressBar()
        self.outcome = wrapped("")
        self.files = QListWidget()
        self.export_button = primary("导出(&X)")
        self.close_button = QPushButton("关闭")
        self.open_file = QPushButton("打开文件(&O)")
        self.open_folder = QPushButton("打开文件夹(&D)")
        self._arrange()
        self._connect()
        self._recall()
        bridge.changed.connect(self.refresh)
        self.refresh()
        fit_dialog(self, SIZE)

    def refresh(self) -> None:
        """Say under which names the files will stand, and whether they will bear the mark."""
        name = official_name(self._bridge.report)
        suffixes = [FORMATS[one].suffix for one in self._wanted() if one in FORMATS]
        sheet = f"、《{name}{SHEET_NAME}》.pdf" if SHEET in self._wanted() else ""
        told = "、".join(suffixes)
        self.names.setText(f"文件名：《{name}》{told}{sheet}" if suffixes or sheet else "")
        self.state.setText(CLEAN if self._bridge.checked.clean else UNCLEAN)
        self.state.setObjectName("" if self._bridge.checked.clean else "warning")
        self.state.style().polish(self.state)

    def start(self) -> None:
        """Write the chosen files in the background, or say what is missing."""
        folder, names = self.folder.text().strip(), self._wanted()
        if not names or not folder:
            self.outcome.setText("请先选择文件夹和至少一种格式。")
            return
        target = Path(folder).expanduser()
        if not target.is_absolute():
            self.outcome.setText(f"“{folder}”不是完整的文件夹路径，请点“选择…”。")
            return
        self._bridge.read_texts()
        set_preference(FOLDER, str(target))
        set_preference(FORMATS_CHOSEN, ",".join(names))
        self._run(len(names))
        self._exporting.begin(Wanted(self._bridge.checked, target, names))

    def reject(self) -> None:
        """Stop what is being written; when nothing is, close."""
        if self._running:
            self._exporting.stop()
            self.outcome.setText("正在停下…")
        else:
            super().reject()

    def finish(self) -> None:
        """Wait for what is being written, and be there no longer: the report is put away."""
        self._exporting.finish()
        self.hide()

    def _wanted(self) -> tuple[str, ...]:
        return tuple(name for name, box in self.formats.items() if box.isChecked())

    def _recall(self) -> None:
        known = preference(FORMATS_CHOSEN, ",".join(FORMATS)).split(",")
        for name, box in self.formats.items():
            box.setChecked(name in known)
        beside = str(self._bridge.path.parent) if self._bridge.path else ""
        remembered = preference(FOLDER, "")
        self.folder.setText(remembered if is_folder(Path(remembered or "-")) else beside)

    def _run(self, count: int) -> None:
        self._running = True
        self.files.clear()
        self.progress.setRange(0, count)
        self.progress.setValue(0)
        self.close_button.setText("取消")
        self._show_state()

    def _show_state(self) -> None:
        self.export_button.setEnabled(not self._running)
        self.progress.setVisible(self._running)
        self.files.setVisible(self.files.count() > 0)
        for button in (self.open_file, self.open_folder):
            button.setVisible(self.files.count() > 0 and not self._running)

    def _begin_file(self, at: int, name: str) -> None:
        self.progress.setValue(at)
        self.outcome.setText(f"正在导出{name}（{at + 1}/{self.progress.maximum()}）…")

    def _add_file(self, written: Written) -> None:
        item = QListWidgetItem(f"✓ {written.path.name}", self.files)
        item.setData(PATH, str(written.path))
        item.setToolTip(str(written.path))
        if written.notice:
            item.setText(f"{item.text()}\n{SIGNS[Level.QUERY]} {written.notice}")
        self._show_state()

    def _end(self, trouble: str) -> None:
        self._running = False
        self.close_button.setText("关闭")
        count = self.files.count()
        done = f"✓ 已导出 {count} 个文件，在：{self._folder_written()}" if count else ""
        self.outcome.setText("\n".join(filter(None, [done, trouble and f"✖ {trouble}"])))
        self._show_state()
        fit_dialog(self, self.size())
        soon(self, lambda: self._body.ensureWidgetVisible(self.outcome))
        self.files.setCurrentRow(0)
        (self.open_file if count and not trouble else self.export_button).setFocus()

    def _folder_written(self) -> Path:
        item = self.files.item(0)
        return Path(item.data(PATH)).parent if item else Path()

    def _open_chosen(self) -> None:
        if item := self.files.currentItem() or self.files.item(0):
            self._open(Path(item.data(PATH)))

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.outcome.setText(NO_OPENER)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "导出到", self.folder.text())
        if name:
            self.folder.setText(name)

    def _connect(self) -> None:
        for box in self.formats.values():
            box.toggled.connect(self.refresh)
        self.export_button.clicked.connect(self.start)
        self.close_button.clicked.connect(self.reject)
        self.open_file.clicked.connect(self._open_chosen)
        self.open_folder.clicked.connect(lambda: self._open(self._folder_written()))
        self.files.itemActivated.connect(lambda _: self._open_chosen())
        self._exporting.began.connect(self._begin_file)
        self._exporting.written.connect(self._add_file)
        self._exporting.ended.connect(self._end)

    def _arrange(self) -> None:
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(9)
        body.addWidget(self.state)
        body.addLayout(self._boxes())
        body.addLayout(self._folder_line())
        for widget in (self.names, self.progress, self.outcome, self.files):
            body.addWidget(widget)
        column = QVBoxLayout(self)
        self._body = Upright(inside)
        column.addWidget(self._body)
        column.addStretch()
        line = QHBoxLayout()
        for button in (self.open_file, self.open_folder):
            line.addWidget(button)
        line.addStretch()
        line.addWidget(self.close_button)
        line.addWidget(self.export_button)
        column.addLayout(line)
        self.export_button.setDefault(True)
        self.files.setAccessibleName("已导出的文件")
        self.files.setWordWrap(True)
        self.files.setMaximumHeight(150)
        self.progress.setAccessibleName("导出进度")
        self._show_state()

    def _boxes(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        for at, name in enumerate(FORMATS):
            self.formats[name].setAccessibleName(f"导出{chinese(name)}")
            grid.addWidget(self.formats[name], 0, at)
        grid.addWidget(self.formats[SHEET], 1, 0, 1, len(FORMATS))
        grid.setColumnStretch(len(FORMATS), 1)
        return grid

    def _folder_line(self) -> QHBoxLayout:
        title = label("导出到(&T)")
        title.setBuddy(self.folder)
        self.folder.setAccessibleName("导出到文件夹")
        choose = QPushButton("选择…(&F)")
        choose.clicked.connect(self._choose_folder)
        line = QHBoxLayout()
        line.addWidget(title)
        line.addWidget(self.folder, 1)
        line.addWidget(choose)
        return line
