"""Who cannot see the window hears all of it: every cell and control by name, value and state."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.report import Report
from app.settings import Settings, settings_file
from tests.reports import all_zeros, at, form, tabled
from tests.ui.accessible import Told, dump, walk
from tests.ui.conftest import EMPTY_FORMS, Key, begin, press, table
from ui.manual_dialog import ManualDialog
from ui.rules_dialog import RulesDialog
from ui.window import MainWindow

CELL = re.compile(r"表[二三四]，[^，]+，[^，]+，.+")
LEVEL = re.compile(r"，(强制|核实|提示)：")


def unspoken(told: Told) -> str:
    """What is missing where the keyboard can come to; '' where nothing is."""
    if not told.focusable:
        return ""
    widget = told.object
    name = widget.accessibleName() if isinstance(widget, QComboBox) else told.name
    if not name.strip():
        return "name"
    if told.role == "Cell" and not CELL.match(told.name):
        return "place and value"
    held = _held(widget)
    if held is not None and told.value.replace("\n", "") != held.replace("\n", ""):
        return "value"
    if told.role in ("CheckBox", "RadioButton") and "checkable" not in told.states:
        return "state"
    return ""


def _held(widget: object) -> str | None:
    match widget:
        case QLineEdit():
            return widget.text()
        case QComboBox():
            return widget.currentText()
        case QPlainTextEdit():
            return widget.toPlainText()
    return None


def faults(widget: QWidget) -> list[str]:
    return [f"{unspoken(told)}: {told}" for told in walk(widget) if unspoken(told)]


def cells(window: MainWindow) -> Iterator[Told]:
    return (told for told in walk(window) if told.role == "Cell" and "selectable" in told.states)


@pytest.mark.parametrize(("version", "year"), EMPTY_FORMS)
def test_that_all_of_every_page_is_spoken(window: MainWindow, version: str, year: int) -> None:
    begin(window, Report(form(version), year, "青石镇人民政府"))
    for step in window.rail.steps:
        window.rail.open(step.id)
        QApplication.processEvents()
        assert faults(window) == [], step.id


def test_that_the_first_page_is_spoken_before_any_draft_is_open(window: MainWindow) -> None:
    assert faults(window) == []


def test_that_all_of_a_report_with_faults_is_spoken_with_help_and_findings(
    practice: MainWindow,
) -> None:
    for step in practice.rail.steps:
        practice.rail.open(step.id)
        press(practice, Key.Key_F1)
        QApplication.processEvents()
        assert faults(practice) == [], step.id


@pytest.mark.parametrize("name", ["disclosure", "requests", "disputes"])
def test_that_every_cell_is_spoken_once_with_its_place(zeros: MainWindow, name: str) -> None:
    table(zeros, name)
    report = zeros.bridge.report
    places = [
        report.form.place(cell).replace(" · ", "，")
        for cell in report.form.fields
        if cell.table == name
    ]
    spoken = [told.name for told in cells(zeros)]
    assert len(spoken) == len(places)
    assert [
        one for one in places if sum(name.startswith(f"{one}，0") for name in spoken) != 1
    ] == []
    totals = [name for name in spoken if name.endswith("，0，自动计算")]
    derived = [one for one in report.form.fields.values() if one.derived and one.cell.table == name]
    assert len(totals) == len(derived)


def test_that_a_cell_is_spoken_as_the_experience_wants_it(window: MainWindow) -> None:
    report = tabled(all_zeros(), "requests", "row person\npartly_granted 3\nreceived 2")
    table(begin(window, report), "requests")
    spoken = [told.name for told in cells(window)]
    assert "表三，一（新收），自然人，2，强制：相差 1" in spoken
    assert "表三，（二）部分公开，自然人，3" in spoken


def test_that_blank_unreadable_and_stated_are_told_apart_by_ear(window: MainWindow) -> None:
    figures = "row upheld corrected other\nreview - 无 0"
    report = tabled(all_zeros(), "disputes", figures)
    report = report.with_cells({at("disputes.direct_suit.total"): 4})
    table(begin(window, report), "disputes")
    spoken = {told.name for told in cells(window)}
    assert "表四，行政复议，结果维持，待填" in spoken
    assert any(one.startswith("表四，行政复议，结果纠正，无，强制：") for one in spoken)
    assert "表四，行政复议，总计，暂计 0，待填" in spoken
    assert "表四，诉讼（未经复议），总计，4，填报的总计，强制：相差 4" in spoken


def test_that_every_finding_of_a_cell_is_spoken_at_it(practice: MainWindow) -> None:
    page = table(practice, "requests")
    model = page.view.form_model
    spoken = {told.name for told in cells(practice)}
    for cell in model.grid.places:
        levels = len(practice.bridge.checked.marks.get(cell, ()))
        name = str(model.index_of(cell).data(Qt.ItemDataRole.AccessibleTextRole))
        assert name in spoken
        assert len(LEVEL.findall(name)) >= min(levels, 1), cell


def test_that_a_description_says_what_is_wrong_or_what_is_counted(practice: MainWindow) -> None:
    table(practice, "requests")
    told = {one.name: one.description for one in cells(practice)}
    wrong = next(name for name in told if "强制：相差" in name)
    assert "请核对" in told[wrong]
    assert all(told.values())


def test_that_the_headings_are_spoken(zeros: MainWindow) -> None:
    table(zeros, "requests")
    told = list(walk(zeros))
    across = [one.name for one in told if one.role == "ColumnHeader"]
    down = [one.name for one in told if one.role == "RowHeader"]
    assert across[1] == "申请人情况，法人或其他组织，商业企业"
    assert len(across) == 7
    assert down[0] == "一、本年新收政府信息公开申请数量"
    assert not [name for name in (*across, *down) if name.isdigit()]


def test_that_a_cell_being_typed_is_spoken_with_its_place(zeros: MainWindow) -> None:
    table(zeros, "requests")
    press(zeros, "7")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    told = next(iter(walk(editor)))
    assert told.name.startswith("表三，一（新收），自然人")
    assert told.value == "7"


def test_that_the_steps_and_the_findings_are_spoken_with_their_state(practice: MainWindow) -> None:
    tree = dump(practice)
    assert "ListItem | 三 申请情况，✖ 强制 3" in tree
    assert re.search(r"ListItem \| 强制：表二 · 规章 · 现行有效件数：填了 6。", tree)
    assert "Button | ✖ 强制" in tree


@pytest.mark.parametrize("kind", ["rules", "manual"])
def test_that_all_of_a_dialog_is_spoken(qtbot: QtBot, dressed: QApplication, kind: str) -> None:
    dialog: QDialog = (
        RulesDialog(Settings(), settings_file()) if kind == "rules" else ManualDialog()
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert faults(dialog) == []
    assert dialog.windowTitle()


def test_that_what_is_missing_would_be_noticed(qtbot: QtBot, dressed: QApplication) -> None:
    bare, named = QLineEdit("3"), QLineEdit("3")
    named.setAccessibleName("数")
    for line in (bare, named):
        qtbot.addWidget(line)
        line.show()
    assert [fault[:4] for fault in faults(bare)] == ["name"]
    assert faults(named) == []
    (told,) = [one for one in walk(named) if one.role == "EditableText"]
    assert unspoken(told._replace(value="")) == "value"
    assert unspoken(told._replace(role="Cell", name="3")) == "place and value"
