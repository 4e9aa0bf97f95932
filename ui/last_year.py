"""Last year's text beside this year's: what was copied is marked, paragraphs can be taken over."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.taking import Earlier, earlier_paragraphs, take_paragraph
from ui.bridge import Bridge
from ui.live_text import even, utf16
from ui.mime import emptied
from ui.selections import selection
from ui.text_editor import LAST_YEAR, TextEditor, to_confirm
from ui.theme import colours
from ui.widgets import wrapped

NOTHING = (
    "这份草稿里没有上年报告。在“核对与导出 › 与上年比较”选用上年的草稿，"
    "上年的文字就会出现在这里；明年新建时用“文件 › 用上年报告新建”，就不用再选。"
)
EMPTY = "上年报告的这一部分没有文字。"
MARKED = "点线下的字句，今年的报告里也有。"


class Reader(QPlainTextEdit):
    """Shows last year's paragraphs; Enter takes the one at the cursor."""

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByKeyboard | flags.TextSelectableByMouse)
        self.setTabChangesFocus(True)
        self.setAccessibleName("上年的文字")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a paragraph by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Words that say where they are from: pasted into a text, their numbers wait."""
        data = emptied(super().createMimeDataFromSelection())
        words = even(self.textCursor().selectedText())
        data.setText(words)
        data.setData(LAST_YEAR, words.encode("utf-8", "surrogatepass"))
        return data

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which paragraph is meant."""
        super().focusInEvent(event)
        self.cursorPositionChanged.emit()


class LastYearPane(QWidget):
    """Last year's text of the part that is being written."""

    told = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._editor: TextEditor | None = None
        self._paragraphs: tuple[Earlier, ...] = ()
        self._head = wrapped("")
        self.reader = Reader()
        self.take = QPushButton("取用这一段(&Q)")
        self.take.setToolTip("放到光标所在的一段后面；其中的年份和数字等您逐个确认")
        self._note = wrapped(MARKED, "guide")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        for widget in (self._head, self.reader, self.take, self._note):
            column.addWidget(widget, 1 if widget is self.reader else 0)
        column.addStretch()  # where there is nothing to read
        self.take.clicked.connect(self.take_over)
        self.reader.taken.connect(self.take_over)
        self.reader.cursorPositionChanged.connect(self._mark)
        bridge.changed.connect(self._follow)

    def beside(self, editor: TextEditor) -> None:
        """Show what was written last year in the part of this editor."""
        if editor is not self._editor:
            self._editor = editor
            self.refresh()

    def begin(self) -> None:
        """Let the clerk read."""
        self.reader.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was changed while it was out of sight."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the paragraphs and what of them stands in this year's report."""
        if self._editor is None:
            return
        report, part = self._bridge.report, self._editor.part
        self._paragraphs = earlier_paragraphs(report, part)
        self._head.setText(self._heading())
        text = "\n".join(one.shown for one in self._paragraphs)
        if text != self.reader.toPlainText():
            self.reader.setPlainText(text)
        self.reader.setVisible(bool(self._paragraphs))
        self.take.setVisible(bool(self._paragraphs))
        self._note.setVisible(any(one.copied for one in self._paragraphs))
        self._mark()

    def take_over(self) -> None:
        """Put the paragraph at the cursor into this year's text, and go on to the next."""
        number = self.reader.textCursor().blockNumber()
        if self._editor is None or number >= len(self._paragraphs):
            return
        words, editor = self._paragraphs[number].text, self._editor
        before = len(self._bridge.report.drafting.unconfirmed)
        report, end = take_paragraph(self._bridge.report, editor.part, editor.cursor_place, words)
        self._bridge.session.adopt(report, "取用上年一段")
        self._bridge.read_soon()
        editor.put_cursor(end)
        self.reader.moveCursor(QTextCursor.MoveOperation.NextBlock)
        waiting = len(report.drafting.unconfirmed) - before
        self.told.emit(f"已取用一段。{to_confirm(waiting)}")

    def _heading(self) -> str:
        last, editor = self._bridge.report.previous, self._editor
        if last is None or editor is None:
            return NOTHING
        if not self._paragraphs:
            return f"{last.year} 年：{EMPTY}"
        return f"{last.year} 年报告的“{last.form.section(editor.part).short}”"

    def _follow(self) -> None:
        """Compare again once the texts have been read; while one types it would cost time."""
        if self.isVisible() and not self._bridge.checked.waiting:
            self.refresh()

    def _mark(self) -> None:
        """The paragraph at the cursor, and the words that were copied."""
        marks = []
        here, document = self.reader.textCursor(), self.reader.document()
        if self._paragraphs:
            whole = QTextCursor(here.block())
            whole.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            look = QTextCharFormat()
            look.setBackground(colours().chosen)
            look.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marks.append(selection(whole, look))
        copied = QTextCharFormat()
        copied.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        copied.setUnderlineColor(colours().faint)
        for number, one in enumerate(self._paragraphs):
            start = document.findBlockByNumber(number).position()
            for span in one.copied:
                cursor = QTextCursor(document)
                cursor.setPosition(start + utf16(one.shown[: span.start]))
                end = start + utf16(one.shown[: span.end])
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                marks.append(selection(cursor, copied))
        self.reader.setExtraSelections(marks)
