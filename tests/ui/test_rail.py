"""The step rail: the state of each step by sign and word, and the ways from step to step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.reports import at, form
from tests.ui.conftest import Key, Modifier, press, review, saved, table, text
from ui.table_view import FormTableView
from ui.window import MainWindow

Control = Modifier.ControlModifier
STEPS = ["start", "overview", "disclosure", "requests", "disputes", "problems", "other", "review"]


def states(window: MainWindow) -> dict[str, str]:
    """What the rail shows below the name of each step."""
    rail = window.rail
    return {one.id: rail.item(row).text().partition("\n")[2] for row, one in enumerate(rail.steps)}


def current(window: MainWindow) -> str:
    return window.rail.steps[window.rail.current_row()].id


def test_that_each_step_shows_its_state_by_sign_and_word(zeros: MainWindow) -> None:
    assert set(states(zeros).values()) == {"✓ 完成"}

    zeros.bridge.session.type(at("disclosure.coercion.decisions"), "-3")
    zeros.bridge.session.type(at("disclosure.licences.decisions"), "若干")
    zeros.bridge.session.type(at("disputes.review.upheld"), "")
    zeros.bridge.session.write("other", "")
    zeros.bridge.read_texts()

    assert states(zeros) == dict.fromkeys(STEPS, "✓ 完成") | {
        "disclosure": "✖ 强制 2",
        "disputes": "○ 待填 1",
        "other": "○ 待填 1",
        "review": "✖ 强制 2",
    }
    spoken = zeros.rail.item(4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "四 复议诉讼，○ 待填 1"


def test_that_a_repair_changes_the_state_of_its_step_and_of_the_review_at_once(
    zeros: MainWindow,
) -> None:
    zeros.bridge.session.type(at("disclosure.coercion.decisions"), "-3")
    assert states(zeros)["disclosure"] == states(zeros)["review"] == "✖ 强制 1"
    zeros.bridge.session.type(at("disclosure.coercion.decisions"), "3")
    assert states(zeros)["disclosure"] == states(zeros)["review"] == "✓ 完成"


def test_that_a_query_is_shown_where_nothing_worse_is_left(zeros: MainWindow) -> None:
    assert states(zeros)["disclosure"] == "✓ 完成"
    zeros.bridge.session.write("other", "收取信息处理费2420元。")
    zeros.bridge.session.type(at("disclosure.fees.amount"), "2420")
    zeros.bridge.read_texts()
    assert "fee-unit" in [one.rule for one in zeros.bridge.checked.findings]
    assert states(zeros)["disclosure"].partition(" ")[0] in ("!", "✖")
    assert states(zeros)["other"] == "! 核实 1"


def test_that_any_step_can_be_opened_by_a_click(blank: MainWindow) -> None:
    for row in (5, 2, 7, 0, 3):
        place = blank.rail.visualRect(blank.rail.item(row).index()).center()
        QTest.mouseClick(blank.rail.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert current(blank) == STEPS[row]
        assert blank.work._pages[STEPS[row]].isVisible()


def test_that_ctrl_page_keys_and_the_buttons_go_from_step_to_step(blank: MainWindow) -> None:
    blank.rail.open("start")
    seen = []
    for _ in STEPS:
        seen.append(current(blank))
        press(blank, Key.Key_PageDown, modifier=Control)
    assert seen == STEPS
    assert current(blank) == "review"

    press(blank, Key.Key_PageUp, modifier=Control)
    assert current(blank) == "other"
    QTest.mouseClick(blank.back, Qt.MouseButton.LeftButton)
    assert current(blank) == "problems"
    QTest.mouseClick(blank.next, Qt.MouseButton.LeftButton)
    assert current(blank) == "other"


def test_that_there_is_no_step_before_the_first_nor_after_the_last(blank: MainWindow) -> None:
    offered = {}
    for step in STEPS:
        blank.rail.open(step)
        offered[step] = (blank.back.isEnabled(), blank.next.isEnabled())
    assert offered == dict.fromkeys(STEPS, (True, True)) | {
        "start": (False, True),
        "review": (True, False),
    }


def test_that_the_keyboard_is_ready_on_each_step_as_it_opens(blank: MainWindow) -> None:
    for step in STEPS[1:]:
        blank.rail.open(step)
        focused = blank.focusWidget()
        assert focused
        assert blank.work.page(step).isAncestorOf(focused), step
        if isinstance(focused, FormTableView):
            assert focused.currentIndex() == focused.first_typed()


def test_that_only_the_first_step_can_be_opened_without_a_draft(window: MainWindow) -> None:
    for row in range(1, len(STEPS)):
        place = window.rail.visualRect(window.rail.item(row).index()).center()
        QTest.mouseClick(window.rail.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert current(window) == "start"
    for key in (Key.Key_PageDown, Key.Key_E):
        press(window, key, modifier=Control)
        assert current(window) == "start"
    window.rail.setFocus()
    press(window, Key.Key_Down, Key.Key_End)
    assert current(window) == "start"
    assert not window.next.isEnabled()
    assert set(states(window).values()) == {""}


def test_that_arrows_on_the_rail_open_steps_and_keep_the_focus_there(blank: MainWindow) -> None:
    blank.rail.setFocus()
    press(blank, Key.Key_Down, Key.Key_Down)
    assert current(blank) == "disclosure"
    assert blank.work._pages["disclosure"].isVisible()
    assert blank.rail.hasFocus()


@pytest.mark.parametrize("step", ["requests", "disclosure"])
def test_that_undoing_a_change_of_form_rebuilds_the_page_one_is_on(
    blank: MainWindow, step: str
) -> None:
    table(blank, step).fill_zeros()
    kept = blank.bridge.report.cells
    blank.bridge.session.choose_year(2020, form("2019"))
    view = table(blank, step).view
    assert view.form_model.table is form("2019").tables[step]

    press(blank, Key.Key_Z, modifier=Control)

    view = table(blank, step).view
    assert view.form_model.table is form("2021").tables[step]
    assert blank.bridge.report.cells == kept
    assert "已保存" not in saved(blank)


def test_that_the_title_of_the_window_names_the_report(blank: MainWindow) -> None:
    assert blank.windowTitle() == "青石镇2026年政府信息公开工作年度报告 — 公开年报"
    text(blank, "overview")
    blank.bridge.session.entitle("另一个标题")
    assert blank.windowTitle() == "另一个标题 — 公开年报"
    review(blank)
    blank.work.desk.close()
    assert blank.windowTitle() == "公开年报"
    assert current(blank) == "start"
