"""Random keys, clicks, drags, menus and dialogs: the window, the checks and the file agree.

GONGKAI_MONKEY_EVENTS and GONGKAI_MONKEY_SEEDS make it longer: 10000 and 0,1,2,3,4, say.
"""

from __future__ import annotations

import gc
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThreadPool
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)

from app.checks import check
from app.drafts import DraftFile, load, report_to
from app.live import Shown
from app.numbers import show
from app.report import Report
from app.session import Session, Update
from tests.ui.conftest import OFFSCREEN, children, let_run
from tests.ui.monkey import Monkey, World
from ui import printing, widgets
from ui.bridge import Bridge
from ui.crash import Job
from ui.line_list import LineList
from ui.live_text import even
from ui.pages.page import Page
from ui.table_view import FormTableView
from ui.text_editor import TextEditor
from ui.window import MainWindow

EVENTS = int(os.environ.get("GONGKAI_MONKEY_EVENTS", "400"))
SEEDS = [int(one) for one in os.environ.get("GONGKAI_MONKEY_SEEDS", "0,1").split(",")]
BATCH, COUNTED = 50, max(EVENTS // 10, 100)
"""After so many deeds all is compared, or what remains is counted."""
ASK, TELL = widgets.ask, widgets.tell
SOME = 20
"""So many more may remain at the end, of whatever kind: menus and dialogs first opened late."""


@pytest.fixture
def world(
    practice: MainWindow,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Monkey]:
    """A monkey at a window on a report with last year's inside, and real dialogs all around."""
    monkey = Monkey(practice, request.param)
    around = World(monkey, home)
    monkeypatch.setattr(widgets, "ask", ASK)
    monkeypatch.setattr(widgets, "tell", TELL)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", around.to_open)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", around.to_save)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", around.folder)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    monkeypatch.setattr(printing, "ask_for_printer", lambda *_: False)
    practice.bridge.session.adopt(with_last_year(practice.bridge.report), "上年报告")
    yield monkey
    monkey.rest()


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch, qtlog: Any) -> Iterator[list[str]]:
    """What went wrong so far, so that the monkey can be stopped at the deed that did it."""
    found: list[str] = []
    before = sys.excepthook

    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        found.append(repr(error))
        before(kind, error, trace)

    monkeypatch.setattr(sys, "excepthook", note)
    yield found
    assert [one.message for one in qtlog.records if OFFSCREEN not in one.message] == []


@pytest.mark.qt_log_ignore(OFFSCREEN)
@pytest.mark.parametrize("world", SEEDS, indirect=True)
def test_that_whatever_is_done_the_checks_the_window_and_the_file_agree(
    undressed: QApplication, practice: MainWindow, world: Monkey, faults: list[str]
) -> None:
    changes: Counter[type] = Counter()
    practice.bridge.changed.connect(lambda update: changes.update([type(update)]))
    remained: list[Counter[str]] = []
    for number in range(1, EVENTS + 1):
        world.act()
        assert not faults, told(number, world)
        if number % BATCH == 0:
            let_run(1)
            try:
                assert_whole(practice)
            except AssertionError as error:
                raise AssertionError(told(number, world)) from error
        if number % COUNTED == 0:
            world.put_away()
            remained.append(remains(practice))
        if practice.bridge.draft is None and world.mind.random() < 0.3:
            practice.start.practice_wanted.emit()
    assert changes[Update] > EVENTS / 20
    first, last = remained[1], remained[-1]
    assert {name: last[name] for name in last if last[name] > first[name] + SOME} == {}


def told(number: int, monkey: Monkey) -> str:
    """What the monkey did before something was wrong."""
    return "\n".join([f"deed {number}, after:", *monkey.deeds])


def with_last_year(report: Report) -> Report:
    """The report with one of the same words inside, as last year's."""
    return replace(report, previous=replace(report, year=report.year - 1))


def remains(window: MainWindow) -> Counter[str]:
    """What there still is once every dialog and the draft are put away: how many of each kind."""
    window.work.desk.close()
    QApplication.processEvents()
    for pool in children(window, QThreadPool):
        pool.waitForDone()  # a worker's own objects must not be looked at: no event after this
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    once = {type(one): one for one in children(window, QDialog)}  # shown again; a second is counted
    inside = {part for one in once.values() for part in (one, *children(one, QObject))}
    seen = [*QApplication.allWidgets(), *children(window, QObject)]
    kinds = (Bridge, Session, Report, DraftFile, Job, Page, Monkey)
    ours = [one for one in gc.get_objects() if issubclass(type(one), kinds)]
    left = [one for one in seen if one not in inside]
    found = Counter(type(one).__name__ for one in [*left, *ours])
    if (system := Path("/proc/self")).exists():
        found["threads"] = len(list((system / "task").iterdir()))
        found["files"] = len(list((system / "fd").iterdir()))
    return found


def assert_whole(window: MainWindow) -> None:
    """All that shows or holds the report agrees with it, and one step back and forth is none."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    session = window.bridge.session
    before = session.report
    if session.undo_name:
        window.work.undoing.undo()
        window.work.undoing.redo()
        assert session.report == before
    window.bridge.read_texts()
    afresh = check(session.report)
    assert session.checked.findings == afresh.findings
    assert session.checked.figures == afresh.figures
    assert_shown(window)
    seen = all_seen(window)
    window.bridge.changed.emit(everything(session.report))
    assert all_seen(window) == seen
    if window.bridge.path:
        window.save()
        assert report_to(load(window.bridge.path).report) == report_to(session.report)


def everything(report: Report) -> Update:
    """The news that all of a report has changed; told once more, it must change nothing."""
    parts = frozenset(part.id for part in report.form.text_sections)
    return Update(frozenset(report.form.fields), parts, details=True)


def all_seen(window: MainWindow) -> list[tuple[str, str]]:
    """The words on everything in the window, but for the line that tells of the place."""
    return [
        (type(one).__name__, words(one))
        for one in children(window, QWidget)
        if one.isVisible() and one is not window.status.told and words(one)
    ]


def words(widget: QWidget) -> str:
    """What there is to read on a widget."""
    match widget:
        case QLabel() | QAbstractButton():
            return widget.text()
        case QPlainTextEdit():
            return widget.toPlainText()
        case QListWidget() | LineList():
            return "\n".join(widget.item(row).text() for row in range(widget.count()))
    return ""


def assert_shown(window: MainWindow) -> None:
    """Every grid shows the figures of the report, every editor its texts with these figures."""
    report, figures = window.bridge.report, window.bridge.checked.figures
    for editor in children(window.stack, TextEditor):
        text = even(report.text(editor.part))
        assert editor.raw() == text
        shown = Shown.of(text, figures).text
        assert editor.toPlainText() == shown.replace("\u2028", "\n").replace("\xa0", " ")
        marks = editor.underlines.marks, editor.underlines.copied
        editor.underlines.refresh()
        assert (editor.underlines.marks, editor.underlines.copied) == marks
    for view in children(window.stack, FormTableView):
        for cell in view.form_model.grid.places:
            if cell in report.cells:
                shown = view.form_model.index_of(cell).data(Qt.ItemDataRole.EditRole)
                assert shown == show(figures.shown(cell))
