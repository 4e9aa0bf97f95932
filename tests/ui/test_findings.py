"""The panel of what does not agree: grouped, followed by keys, up to date at every moment."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidgetItem, QMenu

from app.checks import Level
from tests.reports import at, form
from tests.ui.conftest import Key, Modifier, here, press, table, text, told
from ui import cell_painter
from ui.message_list import BESIDE, FINDING
from ui.pages.table import TablePage
from ui.pages.text import TextPage
from ui.rail import REVIEW
from ui.window import MainWindow

Shift = Modifier.ShiftModifier


def lines(window: MainWindow) -> list[str]:
    panel = window.work.findings.list
    return [panel.item(row).text() for row in range(panel.count())]


def entry(window: MainWindow, rule: str) -> QListWidgetItem:
    """The line of the first finding of a rule."""
    panel = window.work.findings.list
    items = [panel.item(row) for row in range(panel.count())]
    return next(one for one in items if one.data(FINDING) and one.data(FINDING).rule == rule)


def rules(window: MainWindow) -> list[str]:
    panel = window.work.findings.list
    found = (panel.item(row).data(FINDING) for row in range(panel.count()))
    return [one.rule for one in found if one]


def double_click(window: MainWindow, item: QListWidgetItem) -> None:
    panel = window.work.findings.list
    panel.scrollToItem(item)
    place = panel.visualItemRect(item).topLeft() + QPoint(20, 10)
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=place)


def grid(window: MainWindow) -> TablePage:
    page = window.stack.currentWidget()
    assert isinstance(page, TablePage)
    return page


def test_that_findings_stand_under_their_level_worst_first(practice: MainWindow) -> None:
    checked = practice.bridge.checked
    errors, blanks = checked.at(Level.ERROR), checked.at(Level.BLANK)

    heads = [line for line in lines(practice) if line.endswith("）") and line[0] in "✖○!·"]
    assert heads[:2] == [f"✖ 强制（{len(errors)}）", f"○ 待填（{len(blanks)}）"]
    assert rules(practice) == [one.rule for one in checked.findings]
    assert entry(practice, "balance").data(Qt.ItemDataRole.AccessibleTextRole).startswith("强制：")


def test_that_each_level_is_grouped_by_the_step_its_findings_open(practice: MainWindow) -> None:
    panel, steps = practice.work.findings.list, {one.name: one for one in practice.rail.steps}
    under: list[str] = []
    for row in range(panel.count()):
        item = panel.item(row)
        finding = item.data(FINDING)
        if item.text() in steps:
            under.append(item.text())
            assert not item.flags() & Qt.ItemFlag.ItemIsSelectable
        elif finding:
            shown = steps[under[-1]].sections or (None,)
            assert finding.opens in shown
    errors = under[: under.index("四 复议诉讼")]
    assert errors == ["二 主动公开", "三 申请情况"]
    assert "一 总体情况" in under[len(errors) :]


def test_that_a_wrong_sum_says_what_should_stand_there_what_does_and_how_far_apart(
    practice: MainWindow,
) -> None:
    item = entry(practice, "balance")
    assert item.data(BESIDE) == "应为 6　实为 5　相差 1"
    spoken = item.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("应为 6　实为 5　相差 1")
    assert "相差" not in (entry(practice, "citation").data(BESIDE) or "")


def test_that_the_cell_to_blame_has_a_solid_frame_and_its_partners_dashed_ones(
    practice: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    double_click(practice, entry(practice, "balance"))
    view = grid(practice).view
    frames: list[Qt.PenStyle] = []
    monkeypatch.setattr(
        cell_painter, "_outline", lambda _p, _rect, _c, style, _inset: frames.append(style)
    )
    partners = [one for one in view.figures.partners if not view.form_model.to_change(one)]
    assert partners
    for cell in partners:
        view.scrollTo(view.form_model.index_of(cell))
        frames.clear()
        view.viewport().grab(view.visualRect(view.form_model.index_of(cell)).adjusted(4, 4, -4, -4))
        assert frames == [Qt.PenStyle.DashLine], cell
    blamed = view.form_model.index_of(at("requests.received.business"))
    view.scrollTo(blamed)
    frames.clear()
    view.viewport().grab(view.visualRect(blamed).adjusted(4, 4, -4, -4))
    assert set(frames) == {Qt.PenStyle.SolidLine}


def test_that_f8_leads_round_all_findings_and_shift_f8_back(practice: MainWindow) -> None:
    findings = practice.bridge.checked.findings
    visited = []
    for _ in range(len(findings) + 1):
        press(practice, Key.Key_F8)
        visited.append(practice.work.findings.list.currentItem().data(FINDING))
    assert visited == [*findings, findings[0]]

    press(practice, Key.Key_F8, modifier=Shift)
    assert practice.work.findings.list.currentItem().data(FINDING) == findings[-1]
    press(practice, Key.Key_F8, modifier=Shift)
    assert practice.work.findings.list.currentItem().data(FINDING) == findings[-2]


def test_that_f8_says_so_where_nothing_is_left_to_mend(zeros: MainWindow) -> None:
    zeros.bridge.session.type(at("disclosure.penalties.decisions"), "若干")
    press(zeros, Key.Key_F8)
    press(zeros, "5", Key.Key_Return)
    assert zeros.bridge.checked.open == ()

    press(zeros, Key.Key_F8)

    assert told(zeros) == "没有要处理的问题了。"


@pytest.mark.parametrize(("back", "next_one"), [(False, "coercion"), (True, "licences")])
def test_that_f8_goes_on_from_where_a_finding_was_just_repaired(
    zeros: MainWindow, back: bool, next_one: str
) -> None:
    for row in ("licences", "penalties", "coercion", "fees"):
        column = "amount" if row == "fees" else "decisions"
        zeros.bridge.session.type(at(f"disclosure.{row}.{column}"), "若干")
    press(zeros, Key.Key_F8, Key.Key_F8)
    assert here(grid(zeros).view) == "disclosure.penalties.decisions"
    press(zeros, "5", Key.Key_Return)
    assert len(rules(zeros)) == 3

    press(zeros, Key.Key_F8, modifier=Shift if back else Modifier.NoModifier)

    assert here(grid(zeros).view) == f"disclosure.{next_one}.decisions"


def test_that_opening_a_step_brings_its_findings_into_view(practice: MainWindow) -> None:
    practice.show()
    panel = practice.work.findings.list
    last = practice.rail.steps[-2]
    practice.rail.setFocus()
    press(practice, Key.Key_End)
    press(practice, Key.Key_Up)

    (head,) = panel.findItems(last.name, Qt.MatchFlag.MatchExactly)
    finding = panel.item(panel.row(head) + 1)
    assert finding.data(FINDING).opens in last.sections
    assert panel.viewport().rect().contains(panel.visualItemRect(finding).topLeft())


def test_that_a_chosen_finding_stays_in_view_when_another_step_is_opened(
    practice: MainWindow,
) -> None:
    practice.show()
    press(practice, Key.Key_F8)
    panel = practice.work.findings.list
    practice.rail.setFocus()
    press(practice, Key.Key_End, Key.Key_Up)
    assert panel.viewport().rect().contains(panel.visualItemRect(panel.currentItem()).topLeft())


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
def test_that_a_review_of_everything_says_how_many_rules_ran_and_what_is_open(
    practice: MainWindow,
) -> None:
    practice.show()
    press(practice, Key.Key_T, modifier=Modifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Key.Key_Return)

    assert practice.rail.steps[practice.rail.current_row()].id == REVIEW
    said = practice.status.told.text()
    assert f"运行了 {practice.bridge.checked.rules_run} 条规则" in said
    assert "强制 5" in said


def test_that_a_double_click_jumps_to_the_cell_to_change_and_lights_its_partners(
    practice: MainWindow,
) -> None:
    item = entry(practice, "balance")
    cells = item.data(FINDING).cells
    double_click(practice, item)

    view = grid(practice).view
    assert here(view) == str(cells[0]) == "requests.received.business"
    assert (view.currentIndex().row(), view.currentIndex().column()) == (0, 1)
    assert view.hasFocus()
    assert view.figures.partners == frozenset(cells[1:])
    assert at("requests.processed.business") in view.figures.partners


def test_that_enter_on_a_finding_jumps_to_its_cell(practice: MainWindow) -> None:
    practice.work.findings.list.setFocus()
    practice.work.findings.list.setCurrentItem(entry(practice, "negative"))
    press(practice, Key.Key_Return)

    view = grid(practice).view
    assert here(view) == "disclosure.coercion.decisions"
    assert view.hasFocus()
    press(practice, "3", Key.Key_Return)
    assert "negative" not in rules(practice)


def test_that_a_blank_finding_leads_to_the_first_blank_cell(practice: MainWindow) -> None:
    double_click(practice, entry(practice, "blank"))
    assert here(grid(practice).view) == "disputes.suit_after_review.corrected"


def test_that_partners_go_dark_once_they_are_in_order(practice: MainWindow) -> None:
    double_click(practice, entry(practice, "balance"))
    view = grid(practice).view
    assert view.figures.partners

    press(practice, "4", Key.Key_Return)

    assert "balance" not in rules(practice)
    assert not view.figures.partners


def test_that_a_change_of_form_forgets_the_lit_cells_of_the_other(practice: MainWindow) -> None:
    cells = (at("disclosure.fees.amount"), at("disclosure.normative.in_force"))
    table(practice, "disclosure").show_place(cells)
    assert grid(practice).view.figures.partners == {cells[1]}

    practice.bridge.session.choose_year(2020, form("2019"))

    assert grid(practice).view.form_model.table is form("2019").tables["disclosure"]
    assert not grid(practice).view.figures.partners


def test_that_a_text_finding_selects_its_passage(zeros: MainWindow) -> None:
    table(zeros, "disclosure")
    zeros.bridge.session.write("other", "𬇙镇收取信息处理费2420元。没有其他事项。")
    zeros.bridge.read_texts()
    zeros.work.findings.list.setFocus()
    item = entry(zeros, "fee-unit")
    passage = item.data(FINDING).fault.text
    page = text(zeros, "other")
    page.show_place((), passage)

    cursor = page.editors["other"].textCursor()
    assert cursor.selectedText() == passage.quote == "2420元"
    assert page.editors["other"].hasFocus()


def test_that_an_empty_text_is_opened_for_writing(zeros: MainWindow) -> None:
    zeros.bridge.session.write("problems", "")
    zeros.bridge.read_texts()
    double_click(zeros, entry(zeros, "empty-section"))

    page = zeros.stack.currentWidget()
    assert isinstance(page, TextPage)
    assert page.editors["problems"].hasFocus()


def test_that_the_list_follows_a_repair_made_elsewhere_at_once(practice: MainWindow) -> None:
    view = table(practice, "disclosure").view
    view.go_to(at("disclosure.coercion.decisions"))
    before = len(rules(practice))
    press(practice, "3", Key.Key_Return)
    assert len(rules(practice)) == before - 1

    press(practice, Key.Key_Z, modifier=Modifier.ControlModifier)
    assert len(rules(practice)) == before


def test_that_a_panel_without_findings_says_how_many_rules_ran(zeros: MainWindow) -> None:
    checked = zeros.bridge.checked
    assert not checked.findings
    assert lines(zeros) == [
        f"✓ 运行了 {checked.rules_run} 条规则，没有发现问题",
        "表示表内与表间数字关系成立；内容是否真实、是否应公开，由本单位负责。",
    ]
    assert checked.rules_run > len(zeros.bridge.report.form.equations)
    press(zeros, Key.Key_F8)
    assert zeros.work.findings.list.currentItem() is None


def test_that_a_finding_is_followed_though_the_panel_is_put_away(practice: MainWindow) -> None:
    practice.resize(910, 485)
    assert not practice.work.findings.isVisible()
    press(practice, Key.Key_F8)
    assert here(grid(practice).view) == str(practice.bridge.checked.findings[0].cells[0])

    practice.status.counts.click()
    assert practice.work.findings.isVisible()


def test_that_every_message_is_readable_in_full(practice: MainWindow) -> None:
    panel = practice.work.findings.list
    for row in range(panel.count()):
        item = panel.item(row)
        room = panel.visualItemRect(item)
        width = room.width() - 18
        needed = panel.fontMetrics().boundingRect(
            0, 0, width, 10_000, Qt.TextFlag.TextWordWrap.value, item.text()
        )
        assert needed.height() <= room.height() - 10, item.text()


@pytest.mark.parametrize("held", [Modifier.ControlModifier, Modifier.ShiftModifier])
def test_that_only_the_cell_one_is_led_to_is_chosen_whatever_key_is_held(
    practice: MainWindow, held: Modifier
) -> None:
    """Ctrl+Enter and Shift+F8 lead there; what was chosen before must not be cleared by Delete."""
    view = table(practice, "requests").view
    assert here(view) == "requests.received.person"
    QTest.keyPress(practice.windowHandle(), Key.Key_F24, held)  # known to Qt as held from now on
    view.go_to(at("requests.granted.business"))
    QTest.keyRelease(practice.windowHandle(), Key.Key_F24)
    chosen = [str(view.form_model.cell(one)) for one in view.selectedIndexes()]
    assert chosen == ["requests.granted.business"]
