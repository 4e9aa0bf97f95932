"""Alt and an underlined letter means one thing: no two that are seen share a letter."""

from __future__ import annotations

from collections import defaultdict

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QTabBar, QWidget

from app.settings import Settings, settings_file
from tests.ui.conftest import Key, Modifier, children, press, table
from ui.manual_dialog import ManualDialog
from ui.rules_dialog import RulesDialog
from ui.window import MainWindow


def shared(window: QWidget) -> list[set[str]]:
    """The words of what is seen, wherever two answer to the same letter."""
    by_letter: dict[str, set[str]] = defaultdict(set)
    for words in _words(window):
        if letter := QKeySequence.mnemonic(words).toString():
            by_letter[letter].add(words)
    return [words for words in by_letter.values() if len(words) > 1]


def _words(window: QWidget) -> list[str]:
    words = []
    if isinstance(window, MainWindow):
        words += [action.text() for action in window.menuBar().actions()]
    for widget in children(window, QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy()):
            words.append(widget.text())
        elif isinstance(widget, QTabBar):
            words += [widget.tabText(at) for at in range(widget.count())]
    return words


def test_that_no_two_share_a_letter_on_any_page(practice: MainWindow) -> None:
    practice.show()
    for step in practice.rail.steps:
        practice.rail.open(step.id)
        press(practice, Key.Key_F1)
        assert shared(practice) == [], step.name
        press(practice, Key.Key_Escape)


@pytest.mark.parametrize("step", ["overview", "problems", "other"])
@pytest.mark.parametrize("what", ["guide", "last_year", "numbers"])
def test_that_no_two_share_a_letter_with_help_beside_a_text(
    practice: MainWindow, step: str, what: str
) -> None:
    practice.show()
    practice.rail.open(step)
    assert practice.work.page(step).help_write(what)
    press(practice, Key.Key_H, modifier=Modifier.ControlModifier)
    assert shared(practice) == []


def test_that_no_two_share_a_letter_when_a_year_without_requests_offers_its_sentence(
    blank: MainWindow,
) -> None:
    blank.show()
    table(blank, "requests")
    press(blank, Key.Key_W, modifier=Modifier.AltModifier)
    assert shared(blank) == []


@pytest.mark.parametrize("kind", [RulesDialog, ManualDialog])
def test_that_no_two_share_a_letter_in_a_dialog(
    practice: MainWindow, kind: type[RulesDialog] | type[ManualDialog]
) -> None:
    practice.show()
    dialog: QDialog = (
        RulesDialog(Settings(), settings_file(), practice)
        if kind is RulesDialog
        else ManualDialog(practice)
    )
    dialog.show()
    assert shared(dialog) == []


def test_that_a_shared_letter_would_be_noticed(practice: MainWindow) -> None:
    practice.show()
    practice.next.setText("文档(&F)")
    assert shared(practice) == [{"文件(&F)", "文档(&F)"}]
