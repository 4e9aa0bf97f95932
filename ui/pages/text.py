"""A step that is written: one editor for each of its texts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout

from app.checks import Passage
from app.forms import Cell, Section
from app.narrative import fill_in, length, unchanged_ends
from app.report import Kind
from app.session import Update
from ui.bridge import Bridge
from ui.pages.page import Page
from ui.widgets import label, wrapped

STEP_PAUSE_MS = 1200
PARAGRAPH_END = "\u2029"


class TextEditor(QPlainTextEdit):
    """Shows one text of the report and hands every change to the session, undo included."""

    def __init__(self, bridge: Bridge, section: Section) -> None:
        super().__init__()
        self._bridge = bridge
        self.part = section.id
        self._following = False
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(section.heading or section.short)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() + 1.5)
        self.setFont(font)
        self._pause = QTimer(self, singleShot=True, interval=STEP_PAUSE_MS)
        self._pause.timeout.connect(self._end_step)
        self.setPlainText(bridge.report.text(section.id))
        self.textChanged.connect(self._write)
        bridge.changed.connect(self._follow)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window: one history for everything."""
        undo_keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
        asked_first = event.type() == QEvent.Type.ShortcutOverride
        if asked_first and isinstance(event, QKeyEvent) and any(map(event.matches, undo_keys)):
            event.ignore()
            return False
        return super().event(event)

    def written(self) -> str:
        """The text exactly as typed; Qt's own plain text would lose no-break spaces."""
        return self.document().toRawText().replace(PARAGRAPH_END, "\n")

    def show_passage(self, passage: Passage) -> None:
        """Select the characters of a passage and bring them into view."""
        cursor = self.textCursor()
        cursor.setPosition(self._position(passage.start))
        cursor.setPosition(self._position(passage.end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _position(self, characters: int) -> int:
        """Qt counts UTF-16 units, two for a rare character, and one for a line end of two signs."""
        before = self._bridge.report.text(self.part)[:characters].replace("\r\n", "\n")
        return min(_utf16(before), self.document().characterCount() - 1)

    def _write(self) -> None:
        if not self._following:
            self._bridge.session.write(self.part, self.written())
            self._pause.start()

    def _end_step(self) -> None:
        self._bridge.session.end_step()

    def _follow(self, update: Update) -> None:
        text = self._bridge.report.text(self.part)
        if self.part not in update.parts or self.written() == text:
            return
        self._following = True
        _replace_differing(self, self.written(), text)
        self._following = False


class TextPage(Page):
    """The texts of a step, each with what it should speak of and how long it is."""

    def __init__(self, bridge: Bridge, sections: tuple[Section, ...]) -> None:
        super().__init__()
        self._bridge = bridge
        self.setObjectName("page")
        self.editors: dict[str, TextEditor] = {}
        self._guides: dict[str, QLabel] = {}
        self._lengths: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        for section in sections:
            self._add(column, section)
        bridge.changed.connect(self._refresh)
        self._refresh()

    def show_place(self, _cells: tuple[Cell, ...] = (), text: Passage | None = None) -> None:
        """Put the focus in the text of a passage and select it; else begin to write."""
        if text and text.part in self.editors:
            self.editors[text.part].show_passage(text)
            self.editors[text.part].setFocus()
        else:
            list(self.editors.values())[-1].setFocus()

    def _add(self, column: QVBoxLayout, section: Section) -> None:
        editor = TextEditor(self._bridge, section)
        title = label(
            section.heading or section.short, "heading" if section.heading else "cardTitle"
        )
        title.setBuddy(editor)
        count = QLabel()
        line = QHBoxLayout()
        line.addWidget(title)
        line.addStretch()
        line.addWidget(count)
        column.addLayout(line)
        self._guides[section.id] = wrapped("", "guide")
        column.addWidget(self._guides[section.id])
        column.addWidget(editor, 1 if section.optional else 4)
        self.editors[section.id] = editor
        self._lengths[section.id] = count

    def _refresh(self) -> None:
        report, figures = self._bridge.report, self._bridge.checked.figures
        for part, count in self._lengths.items():
            count.setText(f"{length(fill_in(report.text(part), figures))} 字")
            self._guides[part].setText(_guide(report.form.section(part), report.kind))


def _guide(section: Section, kind: Kind) -> str:
    topics = (*section.topics, *section.accountability, *section.asked)
    asked = [one.name for one in topics if not one.kinds or kind.value in one.kinds]
    return section.guide + (f"　应写到：{'、'.join(asked)}。" if asked else "")


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _replace_differing(editor: QPlainTextEdit, old: str, new: str) -> None:
    """Change only what differs, so that cursor and scroll position stay where they are."""
    start, end = unchanged_ends(old, new)
    cursor = editor.textCursor()
    cursor.setPosition(_utf16(old[:start]))
    cursor.setPosition(_utf16(old[: len(old) - end]), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(new[start : len(new) - end])
