"""A step that is written: one editor for each of its texts, and what helps to write beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.checks import Finding, Passage
from app.forms import Cell, Section
from app.guidance import asked_of
from app.narrative import fill_in, length
from app.report import Kind
from ui.bridge import Bridge
from ui.live_text import even
from ui.pages.page import EDGES, LOW_EDGES, Page
from ui.side_pane import Help, SidePane
from ui.text_editor import TextEditor
from ui.widgets import Elided, Upright, lead_through, wrapped

BUTTONS = {
    Help.GUIDE: ("引导(&G)", "引导填写：回答几个问题，写成句子"),
    Help.LAST_YEAR: ("上年(F9)", "上年文字：上年报告的这一部分，可以一段一段取用"),
    Help.NUMBERS: ("数字(&I)", "表中数字：插入随表格变化的数字（Alt+=）"),
}


class TextPage(Page):
    """The texts of a step, each with what it should speak of and how long it is."""

    def __init__(self, bridge: Bridge, sections: tuple[Section, ...]) -> None:
        super().__init__()
        self._bridge = bridge
        self.setObjectName("page")
        self.editors: dict[str, TextEditor] = {}
        self._guides: dict[str, QLabel] = {}
        self._lengths: dict[str, QLabel] = {}
        self._buttons: dict[Help, QPushButton] = {}
        self._writing = sections[-1].id
        self.side = SidePane(bridge, self._writing)
        self._low = False
        left = QWidget()
        self._column = QVBoxLayout(left)
        for section in sections:
            self._add(self._column, section)
        self._arrange(left)
        self.fit_height(low=False)
        lead_through(*self.editors.values(), *self._buttons.values())
        bridge.changed.connect(self._refresh)

    def show_place(self, _cells: tuple[Cell, ...] = (), text: Passage | None = None) -> None:
        """Put the focus in the text of a passage and select it; else begin to write.

        What is said of a whole part selects nothing: the clerk goes on where the cursor was.
        """
        editor = self.editors.get(text.part) if text else None
        if editor and text and text.start < text.end:
            editor.show_passage(text)
        (editor or list(self.editors.values())[-1]).setFocus()

    def place(self) -> Cell | str:
        """The part that is written in, or was last."""
        return self._writing

    def resume(self) -> None:
        """Go on in the text that was written in last."""
        self.editor.setFocus()

    def finding_here(self) -> Finding | None:
        """The worst finding that touches the cursor, one with a cell first."""
        for editor in self.editors.values():
            if editor.hasFocus():
                here = editor.underlines.at(editor.textCursor().position())
                return next(iter(sorted(here, key=lambda one: not one.cells)), None)
        return None

    def cell_here(self) -> Cell | None:
        """The cell that a live number at the cursor follows."""
        editor, position = self.editor, self.editor.textCursor().position()
        if not editor.hasFocus():
            return None
        return editor.live_cell(position) or editor.live_cell(position - 1)

    def help_write(self, what: str) -> bool:
        """Have help beside the text that is being written; the same key leads back."""
        if not self.side.offers(Help(what)):
            return False
        if self.side.is_used(Help(what)):
            self.side.leave()
            return True
        self.side.beside(self.editor)
        self.side.open(Help(what))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the help away, from the text as well."""
        if event.key() == Qt.Key.Key_Escape and not self.side.isHidden():
            self.side.leave()
        else:
            super().keyPressEvent(event)

    def crowded(self) -> bool:
        """Tell whether there is help beside the text."""
        return not self.side.isHidden()

    def fit_height(self, *, low: bool) -> None:
        """Have what should be written told in the empty text, and by the help, where it is low."""
        self._low = low
        self._column.setContentsMargins(*(LOW_EDGES if low else EDGES))
        self.side.fit_height(low=low)
        self._make_room()
        self._refresh()

    def writing_place(self) -> tuple[str, int, int]:
        """The part that was written in last, and what is selected in it."""
        return self.editor.part, *self.editor.selected

    def selected_words(self) -> str:
        """What is selected in a text, as it is seen."""
        return even(self.editor.textCursor().selectedText())

    @property
    def editor(self) -> TextEditor:
        """The editor that was written in last."""
        return self.editors[self._writing]

    def _arrange(self, left: QWidget) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        self._scrolled = Upright(left)
        self._scrolled.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        split.addWidget(self._scrolled)
        split.addWidget(self.side)
        split.setSizes([560, 440])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)
        self.side.told.connect(self.told)
        self.side.left.connect(self.resume)
        self.side.opened.connect(self._make_room)
        self.side.closed.connect(self._make_room)

    def _add(self, column: QVBoxLayout, section: Section) -> None:
        editor = TextEditor(self._bridge, section)
        editor.underlines.told.connect(self.told)
        editor.told.connect(self.told)
        editor.entered.connect(self._enter)
        title = Elided("heading" if section.heading else "cardTitle")
        title.setText(section.heading or section.short)
        title.setBuddy(editor)
        count = QLabel()
        line = QHBoxLayout()
        line.addWidget(title, 1)
        if section.id == self._writing:
            for what, (text, tip) in BUTTONS.items():
                self._buttons[what] = self._button(what, text, tip)
                line.addWidget(self._buttons[what])
        line.addWidget(count)
        column.addLayout(line)
        self._guides[section.id] = wrapped("", "guide")
        column.addWidget(self._guides[section.id])
        column.addWidget(editor, 1 if section.optional else 4)
        self.editors[section.id] = editor
        self._lengths[section.id] = count

    def _button(self, what: Help, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("small")
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        if not self.side.offers(what):
            button.hide()
        button.clicked.connect(lambda: self.help_write(what.value))
        return button

    def _make_room(self) -> None:
        """Without the pane there are buttons to open it, and what should be written in words."""
        self.crowded_changed.emit()
        opened = not self.side.isHidden()
        for what, button in self._buttons.items():
            button.setVisible(not opened and self.side.offers(what))
        for guide in self._guides.values():
            guide.setVisible(not (opened or self._low))

    def _enter(self, part: str) -> None:
        self._writing = part
        self._scrolled.ensureWidgetVisible(self.editor, 0, 0)
        self.side.beside(self.editor)

    def _refresh(self) -> None:
        report, figures = self._bridge.report, self._bridge.checked.figures
        for part, count in self._lengths.items():
            section = report.form.section(part)
            count.setText(_counted(length(fill_in(report.text(part), figures)), section.shortest))
            guide = _guide(section, report.kind)
            self._guides[part].setText(guide)
            self.editors[part].setAccessibleDescription(guide)
            self.editors[part].setPlaceholderText(guide if self._low else "")


def _counted(count: int, shortest: int) -> str:
    """How long a text is, and how long at least where the form says so."""
    return f"{count} 字" + (f" / 一般不少于 {shortest} 字" if count < shortest else "")


def _guide(section: Section, kind: Kind) -> str:
    asked = asked_of(section, kind)
    return section.guide + (f"　应写到：{'、'.join(asked)}。" if asked else "")
