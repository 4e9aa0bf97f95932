"""Beginning this year's report from last year's: which one, what was read, what is carried in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.drafts import DraftError, load
from app.files import FileError, safe_name
from app.importing import SUFFIXES, Imported, Wanted
from app.paths import documents
from app.personal import mask_all
from app.report import Report
from app.settings import Settings
from app.succession import carried_lines, line_in_words, next_report
from ui.later import soon
from ui.reading import ReadingFile
from ui.recent_list import RecentDrafts, path_of
from ui.room import fit_dialog
from ui.widgets import label, primary, upright, wrapped

SIZE = QSize(660, 470)
SIZE_WITH_ACCOUNT = QSize(660, 600)
COPY = "把上年的正文也复制过来，其中的年份和数字逐个确认或改掉"
FILES = " ".join(f"*{suffix}" for suffix in (".json", *SUFFIXES))
FILTER = f"上年的报告 ({FILES});;草稿 (*.json);;所有文件 (*)"
OTHER_FILES = "上年的 Word（.docx）、Excel（.xlsx）、网页、PDF 或文本文件"
NOTHING_CHOSEN = f"请选一份上年的草稿；没有草稿的，点“别的文件”，选{OTHER_FILES}。"
NO_COPY_ADVICE = "不复制也能在写正文时对照上年的原文。照抄上年是最常被点名的毛病。"


class SuccessionDialog(QDialog):
    """Offers the recent drafts or a file, and tells what the new report will begin with."""

    def __init__(
        self,
        settings: Settings,
        chosen: Path | None,
        parent: QWidget,
        assumed: Wanted | None = None,
    ) -> None:
        """Offer the drafts; a file that does not say so is of the year and organ `assumed`."""
        super().__init__(parent)
        self.setWindowTitle("用上年报告新建")
        self._previous: Report | None = None
        self._assumed = assumed or Wanted()
        self._reading = ReadingFile(self)
        self.progress = QProgressBar(maximum=0)
        self.progress.setAccessibleName("读取进度")
        self.stop_button = QPushButton("停止读取(&S)")
        self.account = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.account.setAccessibleName("读到的和没有读到的")
        self.drafts = RecentDrafts(settings)
        self.drafts.setAccessibleName("上年的草稿")
        self.browse_button = QPushButton("别的文件(&O)…")
        self.told = wrapped("")
        self.copy_text = QCheckBox(COPY)
        self.create_button = primary("新建(&N)")
        self._arrange()
        self._connect()
        self.drafts.list_recent()
        self._begin_with(chosen)
        fit_dialog(self, SIZE)

    def report(self) -> Report | None:
        """The report to begin with, as chosen; None while nothing fitting is chosen."""
        if self._previous is None:
            return None
        return next_report(self._previous, copy_text=self.copy_text.isChecked())

    def take(self, path: Path) -> None:
        """Take a file as last year's report and tell what comes of it, or why it cannot be taken.

        A draft is taken at once; a report of another program is read in the background.
        """
        self._previous = None
        self._reading.stop()
        if path.suffix.lower() != ".json":
            self._reading.begin(path, self._assumed)
            self._show_reading([f"正在读“{path.name}”…"])
            return
        self._show_reading([])
        try:
            opened = load(path)
        except (DraftError, FileError) as error:
            self._tell([f"✖ {error}"])
            return
        self._previous = opened.report
        self._tell([*opened.notices, *_begun_in_words(next_report(opened.report))])

    def done(self, result: int) -> None:
        """Wait for a draft that is still being looked at, read no further, and close."""
        self.drafts.finish()
        self._reading.finish()
        super().done(result)

    def _connect(self) -> None:
        self.drafts.selectionModel().currentChanged.connect(self._take_chosen)
        self.drafts.activated.connect(lambda _: self.create_button.click())
        self.browse_button.clicked.connect(self._browse)
        self.create_button.clicked.connect(self.accept)
        self.stop_button.clicked.connect(self._stop_reading)
        self._reading.read.connect(self._take_imported)
        self._reading.refused.connect(lambda why: self._end_reading([f"✖ {why}"]))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(8)
        title = label("上年的报告(&D)")
        title.setBuddy(self.drafts)
        self.browse_button.setToolTip(f"别处的草稿，或者{OTHER_FILES}")
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch()
        top.addWidget(self.browse_button)
        column.addLayout(top)
        column.addWidget(self.drafts, 1)
        column.addLayout(self._progress_line())
        column.addWidget(self.account, 2)
        self.account.hide()
        column.addWidget(upright(self.told, self.copy_text, wrapped(NO_COPY_ADVICE, "guide")))
        column.addLayout(self._buttons())

    def _progress_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(self.progress, 1)
        line.addWidget(self.stop_button)
        self.progress.hide()
        self.stop_button.hide()
        return line

    def _buttons(self) -> QHBoxLayout:
        cancel = QPushButton("取消")
        cancel.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(cancel)
        line.addWidget(self.create_button)
        self.create_button.setDefault(True)
        return line

    def _begin_with(self, chosen: Path | None) -> None:
        self.drafts.choose(chosen)
        if chosen and self.drafts.chosen() != chosen:
            self.take(chosen)
        elif self.drafts.current_row() < 0:
            self._tell([NOTHING_CHOSEN])
        (self.drafts if path_of(self.drafts.item(0)) else self.browse_button).setFocus()

    def _take_chosen(self) -> None:
        if path := self.drafts.chosen():
            self.take(path)

    def _browse(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选上年的报告", str(documents()), FILTER)
        if name:
            self.drafts.go_to(-1)
            self.take(Path(name))

    def _take_imported(self, imported: Imported) -> None:
        self._previous = imported.report
        self.account.setPlainText("\n".join(mask_all(line) for line in imported.in_words()))
        self._end_reading(_begun_in_words(next_report(imported.report)))
        self.account.show()

    def _stop_reading(self) -> None:
        self._reading.stop()
        self._end_reading(["已停止，什么都没有读入。"])

    def _show_reading(self, lines: list[str]) -> None:
        self.progress.setVisible(self._reading.running)
        self.stop_button.setVisible(self._reading.running)
        self.account.hide()
        self._tell(lines)
        if self._reading.running:
            self.stop_button.setFocus()

    def _end_reading(self, lines: list[str]) -> None:
        """Tell what came of it, and give the keyboard to what is next."""
        focused = self.stop_button.hasFocus()
        self._show_reading(lines)
        soon(self, lambda: fit_dialog(self, SIZE_WITH_ACCOUNT if self._previous else SIZE))
        if focused:
            (self.create_button if self._previous else self.browse_button).setFocus()

    def _tell(self, lines: list[str]) -> None:
        self.told.setText("\n".join(lines))
        report = self._previous and next_report(self._previous)
        self.create_button.setEnabled(report is not None)
        self.create_button.setText(f"新建 {report.year} 年度报告(&N)" if report else "新建(&N)")


def _begun_in_words(report: Report) -> list[str]:
    organ = report.organ.strip() or "（没有写单位名称）"
    lines = [f"新建：{organ} {report.year} 年度，{report.form.name}。带入（来自上年）："]
    carried = carried_lines(report)
    lines += [f"· {line_in_words(line, report)}" for line in carried]
    if not carried:
        lines.append("· 没有可以带入的数字")
    if (documents() / f"{safe_name(report.title)}.json").exists():
        lines.append(f"! 已经有一份 {report.year} 年度的草稿了；这会另建一份，原来的不动。")
    return lines
