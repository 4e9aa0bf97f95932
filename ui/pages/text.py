"""A step that is written: one editor for each of its texts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPalette, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout

from app.checks import Finding, Passage
from app.forms import Cell, Section
from app.narrative import fill_in, length, unchanged_ends
from app.report import Kind
from app.session import Update
from ui.bridge import Bridge
from ui.pages.page import Page
from ui.theme import colours
from ui.underlines import Underlines, in_document, utf16
from ui.widgets import label, wrapped

STEP_PAUSE_MS = 1200
PARAGRAPH_END = "\u2029"
BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


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
        self._quieten()
        self._pause = QTimer(self, singleShot=True, interval=STEP_PAUSE_MS)
        self._pause.timeout.connect(self._end_step)
        self.setPlainText(bridge.report.text(section.id))
        self.textChanged.connect(self._write)
        bridge.changed.connect(self._follow)
        self.underlines = Underlines(bridge, self.part, self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say again what is found where the cursor stands."""
        super().focusInEvent(event)
        self.underlines.tell_again()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Have the text read when one goes on by key; below a mouse nothing shall move."""
        super().focusOutEvent(event)
        if event.reason() in BY_KEY:
            self._bridge.read_texts()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window: one history for everything."""
        undo_keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
        asked_first = event.type() == QEvent.Type.ShortcutOverride
        if asked_first and isinstance(event, QKeyEvent) and any(map(event.matches, undo_keys)):
            event.ignore()
            return False
        return super().event(event)

    def _quieten(self) -> None:
        """Have what is selected stand back while one works elsewhere."""
        look, away = self.palette(), QPalette.ColorGroup.Inactive
        look.setColor(away, QPalette.ColorRole.Highlight, colours().chosen)
        look.setColor(away, QPalette.ColorRole.HighlightedText, look.text().color())
        self.setPalette(look)

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
        place = in_document(self._bridge.report.text(self.part), characters)
        return min(place, self.document().characterCount() - 1)

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
        """Put the focus in the text of a passage and select it; else begin to write.

        What is said of a whole part selects nothing: the clerk goes on where the cursor was.
        """
        editor = self.editors.get(text.part) if text else None
        if editor and text and text.start < text.end:
            editor.show_passage(text)
        (editor or list(self.editors.values())[-1]).setFocus()

    def finding_here(self) -> Finding | None:
        """The worst finding that touches the cursor, one with a cell first."""
        for editor in self.editors.values():
            if editor.hasFocus():
                here = editor.underlines.at(editor.textCursor().position())
                return next(iter(sorted(here, key=lambda one: not one.cells)), None)
        return None

    def _add(self, column: QVBoxLayout, section: Section) -> None:
        editor = TextEditor(self._bridge, section)
        editor.underlines.told.connect(self.told)
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


def _replace_differing(editor: QPlainTextEdit, old: str, new: str) -> None:
    """Change only what differs, so that cursor and scroll position stay where they are."""
    start, end = unchanged_ends(old, new)
    cursor = editor.textCursor()
    cursor.setPosition(utf16(old[:start]))
    cursor.setPosition(utf16(old[: len(old) - end]), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(new[start : len(new) - end])
