"""Something said at the head of a page that stays until it has been read; it never takes focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from ui.widgets import wrapped


class Offer(NamedTuple):
    """Something the clerk may take or leave: its words on a button, and what it does."""

    text: str
    do: Callable[[], object]


class Notice(QFrame):
    """Shows sentences, and with them an offer where there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._offer: Offer | None = None
        self._words = wrapped("")
        self._take, self._away = QPushButton(), QPushButton()
        self._take.clicked.connect(self._accept)
        self._away.clicked.connect(self.clear)
        for button in (self._take, self._away):
            button.setObjectName("small")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 8, 6)
        row.addWidget(self._words, 1)
        row.addWidget(self._take)
        row.addWidget(self._away)
        self.hide()

    def say(self, sentences: Sequence[str], offer: Offer | None = None) -> None:
        """Show these sentences in place of what was shown; without any, nothing."""
        self._offer = offer
        self._words.setText("\n".join(sentences))
        self.setAccessibleName("\n".join(sentences))
        self._take.setText(offer.text if offer else "")
        self._take.setVisible(offer is not None)
        self._away.setText("不用(&K)" if offer else "知道了(&K)")
        self.setVisible(bool(sentences))

    def clear(self) -> None:
        """Put it away."""
        self.say(())

    def _accept(self) -> None:
        offer = self._offer
        self.clear()
        if offer:
            offer.do()
