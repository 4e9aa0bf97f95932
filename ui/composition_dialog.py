"""What the program is made of and under which licences: all of it, then each part on a page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget

from app.composition import components
from app.composition_page import TITLE, details, overview
from ui.pages_dialog import Leaf, PagesDialog


class CompositionDialog(PagesDialog):
    """A name in the table of the first page leads to its own page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        listed = components()
        first = Leaf("概况", partial(overview, listed))
        leaves = [first, *(Leaf(one.name, partial(details, one)) for one in listed)]
        super().__init__(TITLE, "许可和组成", leaves, parent)
        self.page.anchorClicked.connect(self._follow)

    def _follow(self, link: QUrl) -> None:
        names = [self.list.item(row).text() for row in range(self.list.count())]
        if link.fragment() in names:
            self.list.setCurrentRow(names.index(link.fragment()))
