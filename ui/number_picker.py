"""Choosing a figure of the tables by its words, to stand in a text as a live number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.forms import Cell
from app.live import places
from app.session import Update
from ui.answer_line import AnswerLine
from ui.bridge import Bridge
from ui.text_editor import TextEditor
from ui.widgets import wrapped

NOTE = "插入的数字随表格变化，导出时就是普通数字。"
CELL = Qt.ItemDataRole.UserRole
TO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class NumberPicker(QWidget):
    """Search as one types; Enter puts the figure where the cursor of the text is."""

    done = Signal()
    """A figure was put into the text."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._editor: TextEditor | None = None
        self.search = AnswerLine("查找表中数字", "写几个字，如：新收 总计")
        self.list = QListWidget()
        self.list.setAccessibleName("表中数字")
        self.list.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(wrapped(NOTE, "guide"))
        self.setFocusProxy(self.search)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self.refresh)
        self.search.returnPressed.connect(self._insert)
        self.list.itemActivated.connect(self._insert)
        bridge.changed.connect(self._follow)

    def beside(self, editor: TextEditor) -> None:
        """Serve this editor from now on."""
        self._editor = editor

    def begin(self) -> None:
        """Let the clerk look for a figure."""
        self.search.selectAll()
        self.search.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was changed while it was out of sight."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """List the figures whose words fit, with what stands there now."""
        chosen = self._chosen()
        self.list.clear()
        for place in places(self._bridge.checked.figures, self.search.text()):
            item = QListWidgetItem(f"{place.words}　{place.figure}", self.list)
            item.setData(CELL, place.cell)
            if place.cell == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Move in the list while the line has the focus."""
        pressed = event if event.type() == QEvent.Type.KeyPress else None
        if isinstance(pressed, QKeyEvent) and pressed.key() in TO_LIST:
            self.list.keyPressEvent(pressed)
            return True
        return False

    def _follow(self, update: Update) -> None:
        if update.cells and self.isVisible():
            self.refresh()

    def _chosen(self) -> Cell | None:
        item = self.list.currentItem()
        return Cell(*item.data(CELL)) if item else None

    def _insert(self) -> None:
        cell = self._chosen()
        if cell and self._editor:
            self._bridge.session.end_step()
            self._editor.insert_live(cell)
            self._bridge.session.end_step()
            self.done.emit()
