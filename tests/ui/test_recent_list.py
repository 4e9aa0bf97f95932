"""The drafts of the first page, each with what is open in it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.drafts import DraftFile
from app.glance import Glance, glance
from app.paths import documents
from app.recent import remember
from app.report import Report
from app.settings import Settings
from tests.reports import all_zeros, at
from tests.ui.conftest import Key, Modifier, press
from ui import recent_list
from ui.recent_list import RecentDrafts
from ui.window import MainWindow

NAME = "青石镇2026年政府信息公开工作年度报告"


def saved(name: str, report: Report) -> Path:
    path = documents() / f"{name}.json"
    file = DraftFile(path)
    file.save(report)
    file.close()
    remember(path)
    return path


def rows(recent: RecentDrafts) -> list[list[str]]:
    return [recent.item(row).text().split("\n") for row in range(recent.count())]


@pytest.fixture
def drafts(home: Path) -> list[Path]:
    """Three drafts: a sound one, one with an error and blanks, and one that is damaged."""
    broken = all_zeros().with_cells(
        {at("disclosure.coercion.decisions"): -1, at("requests.received.person"): None}
    )
    made = [saved(NAME, all_zeros()), saved(f"{NAME}（2）", broken), documents() / "坏.json"]
    made[2].write_bytes(b"{")
    remember(made[2])
    return made


def known(window: MainWindow, qtbot: QtBot) -> list[list[str]]:
    """The rows once every draft was looked at."""
    recent = window.start.recent
    qtbot.waitUntil(lambda: "正在查看" not in str(rows(recent)))
    return rows(recent)


def test_that_each_draft_tells_organ_year_what_is_open_and_when_it_was_saved(
    drafts: list[Path], open_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    bad, broken, sound = known(open_window(), qtbot)
    assert bad == ["坏", "✖ 打不开或已损坏"]
    assert broken[0] == "青石镇人民政府　2026 年度　（2）"
    assert broken[1].startswith("✖ 强制 1　○ 待填 1 · 今天 ")
    assert broken[1].endswith(" 保存")
    assert sound[0] == "青石镇人民政府　2026 年度"
    assert sound[1].startswith("✓ 可以上报 · 今天 ")


def test_that_the_state_is_spoken_with_the_name(
    drafts: list[Path], open_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = open_window()
    known(window, qtbot)
    item = window.start.recent.item(0)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "坏，✖ 打不开或已损坏"
    assert item.toolTip() == f"✖ 打不开或已损坏\n{drafts[2]}"


def test_that_drafts_are_looked_at_off_the_thread_of_the_window(
    drafts: list[Path],
    open_window: Callable[[], MainWindow],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads = set()

    def look(path: Path, settings: Settings) -> Glance:
        threads.add(threading.current_thread())
        return glance(path, settings)

    monkeypatch.setattr(recent_list, "glance", look)
    known(open_window(), qtbot)
    assert threads
    assert threading.main_thread() not in threads


def test_that_a_draft_is_looked_at_again_only_when_its_file_has_changed(
    drafts: list[Path],
    open_window: Callable[[], MainWindow],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_window()
    known(window, qtbot)
    looked: list[Path] = []

    def look(path: Path, settings: Settings) -> Glance:
        looked.append(path)
        return glance(path, settings)

    monkeypatch.setattr(recent_list, "glance", look)
    window.start.list_recent()
    qtbot.wait(30)
    assert looked == []

    file = DraftFile(drafts[1])
    drafts[1].unlink()
    file.save(all_zeros())
    file.close()
    window.start.list_recent()
    qtbot.waitUntil(lambda: "可以上报" in rows(window.start.recent)[1][1])
    assert looked == [drafts[1]]


def test_that_the_draft_that_is_open_says_so_and_is_up_to_date_on_coming_back(
    blank: MainWindow, qtbot: QtBot
) -> None:
    blank.rail.open("start")
    (only,) = known(blank, qtbot)
    assert only[1].startswith("正在填写 · ○ 待填 ")
    blank.bridge.session.fill({one.cell: "0" for one in blank.bridge.report.form.typed()}, "填")
    assert blank.work.autosave.save_now()
    blank.rail.open("overview")
    blank.rail.open("start")
    qtbot.waitUntil(lambda: "待填 3" in rows(blank.start.recent)[0][1])


def test_that_closing_the_window_does_not_wait_for_drafts_not_yet_looked_at(
    qtbot: QtBot,
    drafts: list[Path],
    open_window: Callable[[], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    looked: list[Path] = []

    def slowly(path: Path, _settings: Settings) -> Glance:
        looked.append(path)
        begun.set()
        go_on.wait(5)
        return glance(path)

    monkeypatch.setattr(recent_list, "glance", slowly)
    window = open_window()
    qtbot.waitUntil(begun.is_set)
    threading.Timer(0.1, go_on.set).start()
    window.close()
    assert len(looked) == 1


def test_that_a_draft_is_opened_by_enter(
    drafts: list[Path], open_window: Callable[[], MainWindow]
) -> None:
    window = open_window()
    window.start.recent.setFocus()
    window.start.recent.go_to(1)
    press(window, Key.Key_Return)
    assert window.bridge.path == drafts[1]


def test_that_the_drafts_are_reached_by_their_letter(
    drafts: list[Path], open_window: Callable[[], MainWindow]
) -> None:
    window = open_window()
    press(window, Key.Key_R, modifier=Modifier.AltModifier)
    assert window.start.recent.hasFocus()
    assert window.start.recent.chosen() == drafts[-1]
    press(window, Key.Key_Down, Key.Key_Return)
    assert window.bridge.path == drafts[1]


def test_that_the_arrow_keys_only_choose(
    drafts: list[Path], open_window: Callable[[], MainWindow]
) -> None:
    window = open_window()
    window.start.recent.setFocus()
    press(window, Key.Key_Down, Key.Key_Down)
    assert window.start.recent.chosen() == drafts[0]
    assert window.bridge.draft is None
