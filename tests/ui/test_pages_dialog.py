"""The guide on upkeep and the page of licences, opened from the help menu."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtTest import QTest

from app.composition import components
from app.manual import upkeep
from tests.ui.conftest import Key
from ui.help_menu import open_composition, open_upkeep
from ui.pages_dialog import PagesDialog
from ui.window import MainWindow


def test_that_each_page_of_the_guide_can_be_read_by_the_arrow_keys(zeros: MainWindow) -> None:
    dialog = open_upkeep(zeros)
    assert isinstance(dialog, PagesDialog)
    assert open_upkeep(zeros) is dialog
    dialog.list.setFocus()
    for task in upkeep():
        assert dialog.page.toPlainText().startswith(task.title)
        assert all(step in dialog.page.toPlainText() for step in task.steps)
        QTest.keyClick(dialog.list, Key.Key_Down)


def test_that_a_name_in_the_table_leads_to_its_licence(zeros: MainWindow) -> None:
    dialog = open_composition(zeros)
    assert isinstance(dialog, PagesDialog)
    assert "LGPL" in dialog.page.toPlainText()
    for one in components():
        assert one.name in dialog.page.toPlainText()
    dialog.page.anchorClicked.emit(QUrl("#Qt"))
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in dialog.page.toPlainText()
    assert dialog.list.currentItem().text() == "Qt"


def test_that_an_address_in_a_page_is_never_opened(zeros: MainWindow) -> None:
    dialog = open_composition(zeros)
    assert isinstance(dialog, PagesDialog)
    dialog.page.anchorClicked.emit(QUrl("https://www.qt.io/"))
    assert dialog.list.currentRow() == 0
    assert not dialog.page.openLinks()
