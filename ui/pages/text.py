"""A step that is written: one editor for each of its texts."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from app.checks import Finding, Passage
from app.forms import Cell, Section
from app.guidance import asked_of
from app.narrative import fill_in, length
from app.report import Kind
from ui.bridge import Bridge
from ui.pages.page import Page
from ui.text_editor import TextEditor
from ui.widgets import Elided, wrapped

__all__ = ["TextEditor", "TextPage"]


class TextPage(Page):
    """The texts of a step, each with what it should speak of and how long it is."""

    def __init__(self, bridge: Bridge, sections: tuple[Section, ...]) -> None:
        super().__init__()
        self._bridge = bridge
        self.setObjectName("page")
        self.editors: dict[str, TextEditor] = {}
        self._part = sections[-1].id
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

    def place(self) -> Cell | str:
        """The part that has the focus, or had it last."""
        focused = (part for part, editor in self.editors.items() if editor.hasFocus())
        self._part = next(focused, self._part)
        return self._part

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
        title = Elided("heading" if section.heading else "cardTitle")
        title.setText(section.heading or section.short)
        title.setBuddy(editor)
        count = QLabel()
        line = QHBoxLayout()
        line.addWidget(title, 1)
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
            guide = _guide(report.form.section(part), report.kind)
            self._guides[part].setText(guide)
            self.editors[part].setAccessibleDescription(guide)


def _guide(section: Section, kind: Kind) -> str:
    asked = asked_of(section, kind)
    return section.guide + (f"　应写到：{'、'.join(asked)}。" if asked else "")
