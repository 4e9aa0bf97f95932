"""What the clerk is told when something broke, with a report to hand on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.files import FileError, write_whole
from ui.room import fit_dialog
from ui.widgets import Elided, primary, upright, wrapped

ABOUT = "下面是出错情况，不含填写的内容和人名、路径；可以复制或存成文件，发给技术支持。"
FILE_NAME = "公开年报出错情况.txt"
SIZE = QSize(640, 400)


class CrashDialog(QDialog):
    """Says a sentence, shows the report, and offers to go on or, where it has a word, to leave."""

    def __init__(
        self, sentence: str, report: str, go_on: str, leave: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.answer: str | None = None
        """The word of the button that was pressed; None where the dialog was just closed."""
        self.setWindowTitle("公开年报")
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName("出错情况")
        self.state = Elided("guide")
        self.copy_button = QPushButton("复制(&C)")
        self.save_button = QPushButton("存成文件(&S)…")
        self.leave_button = QPushButton(leave)
        self.go_on_button = primary(go_on)
        self._arrange(sentence)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._save)
        self.leave_button.setVisible(bool(leave))
        for button, word in ((self.leave_button, leave), (self.go_on_button, go_on)):
            button.clicked.connect(lambda _=False, word=word: self._take(word))
        self.go_on_button.setDefault(True)
        self.go_on_button.setFocus()
        fit_dialog(self, SIZE)

    def ask(self) -> str | None:
        """Show the dialog, wait, and return the answer."""
        self.exec()
        self.deleteLater()
        return self.answer

    def _arrange(self, sentence: str) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(10)
        first, _, more = sentence.partition("\n\n")
        said = [wrapped(first, "cardTitle"), *([wrapped(more)] if more else [])]
        column.addWidget(upright(*said, wrapped(ABOUT, "guide")))
        column.addWidget(self.report, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.state, 1)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.go_on_button)
        column.addLayout(buttons)

    def _take(self, word: str) -> None:
        self.answer = word
        self.accept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.state.setText("✓ 已复制")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "存成文件", FILE_NAME, "文本 (*.txt)")
        if not name:
            return
        try:
            write_whole(Path(name), self.report.toPlainText().encode())
        except FileError as error:
            self.state.setText(f"✖ {error}")
        else:
            self.state.setText("✓ 已存成文件")
