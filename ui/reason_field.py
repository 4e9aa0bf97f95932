"""The line in a query's own row in which the clerk says why it may stand as it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.checks import Finding
from ui.widgets import wrapped
from ui.window_keys import Line

REASON_KEY = "F4"
LAPSED = "! 数字变了，原来的理由不再算数；仍然适用的按回车，不适用的改写。"
NOT_LEFT = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The clerk looks at another program or a menu, and will be back."""
Subject = tuple[str, str]
"""What a half-written reason belongs to: rule and message, wherever the words stand by now."""


class _Line(Line):
    """A line that says how it is left."""

    left = Signal()
    clicked_away = Signal()
    """The mouse has gone to the list, whose rows must stay where they are until it is let go."""
    escaped = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the clerk goes on elsewhere."""
        super().focusOutEvent(event)
        now = QApplication.focusWidget()
        if event.reason() == Qt.FocusReason.MouseFocusReason and now and now.isAncestorOf(self):
            self.clicked_away.emit()
        elif event.reason() not in NOT_LEFT:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Escape without writing anything."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class ReasonField(QWidget):
    """Shows the reason of one finding; what is half written is there again when one comes back."""

    given = Signal(object, str)
    """Enter was pressed: for this finding this is the reason, '' withdraws it."""
    left = Signal(object, str)
    """The clerk has gone on elsewhere, with this half written for this finding."""
    escaped = Signal()
    """The clerk goes back to where she was, and nothing changes."""
    resized = Signal()
    """Another height is needed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._begun: dict[Subject, str] = {}
        self._finding: Finding | None = None
        self._put_off: Finding | None = None
        self._reason = ""
        self.line = _Line(self)
        self.line.setPlaceholderText(f"不用改的，写明理由（{REASON_KEY}），按回车")
        self.line.textEdited.connect(self._note)
        self.line.returnPressed.connect(lambda: self._give(self.line.text()))
        self.line.left.connect(self.leave)
        self.line.clicked_away.connect(self._wait)
        self.line.escaped.connect(self._escape)
        self.withdraw = QPushButton("撤回")
        self.withdraw.setObjectName("small")
        self.withdraw.setAccessibleName("撤回理由")
        self.withdraw.clicked.connect(lambda: self._give(""))
        self.lapsed = wrapped(LAPSED, "guide")
        self.refusal = wrapped("", "refusal")
        self._arrange()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let no key of the line go on to the list, which would follow the finding by it."""
        event.accept()

    def show_for(self, finding: Finding, reason: str | None, lapsed: str = "") -> None:
        """Be the field of a finding; what is being typed in it is never written over.

        A reason that has lapsed is there to be given again or changed.
        """
        same = self._finding and _subject(self._finding) == _subject(finding)
        self._finding = finding
        if same and self._reason == (reason or ""):
            return
        self._reason = reason or ""
        self.line.setText(self._begun.get(_subject(finding), self._reason or lapsed))
        self.lapsed.setVisible(bool(lapsed))
        self.line.setAccessibleName(f"理由：{finding.message}")
        self.withdraw.setVisible(bool(reason))
        self.refuse(finding, "")

    def put_away(self) -> None:
        """Be nobody's field."""
        self._finding = None
        self.hide()

    def refuse(self, finding: Finding, sentence: str) -> None:
        """Say why a finding's reason was refused, and what a good one is like; the text stays."""
        if self._finding and _subject(self._finding) == _subject(finding):
            self.refusal.setText(f"✖ {sentence}" if sentence else "")
            self.refusal.setVisible(bool(sentence))
            self.line.setAccessibleDescription(sentence)
            self.resized.emit()

    def keep(self, finding: Finding, text: str) -> None:
        """Remember what is half written for a finding; '' once it has become the reason."""
        self._begun.pop(_subject(finding), None)
        if text:
            self._begun[_subject(finding)] = text

    def height_for(self, width: int) -> int:
        """The height it needs at this width."""
        layout = self.layout()
        assert layout
        flows = layout.hasHeightForWidth()
        return layout.totalHeightForWidth(width) if flows else layout.sizeHint().height()

    def leave(self) -> None:
        """Hand over what is half written, here and where a click has led away from."""
        for finding in (self._put_off, self._finding):
            begun = self._begun.get(_subject(finding)) if finding else None
            if begun and begun.strip():
                self.left.emit(finding, begun)
        self._put_off = None

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.withdraw)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 10, 7)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.lapsed)
        column.addWidget(self.refusal)

    def _give(self, text: str) -> None:
        if self._finding:
            self.given.emit(self._finding, text)

    def _wait(self) -> None:
        self._put_off = self._finding

    def _note(self, text: str) -> None:
        if self._finding:
            self.keep(self._finding, text)
            if self.refusal.text():
                self.refuse(self._finding, "")

    def _escape(self) -> None:
        if self._finding:
            self.keep(self._finding, "")
            self.line.setText(self._reason)
            self.refuse(self._finding, "")
        self.escaped.emit()


def _subject(finding: Finding) -> Subject:
    return finding.rule, finding.message
