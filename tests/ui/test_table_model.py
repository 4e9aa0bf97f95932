"""The tables as Qt sees them: what is shown, spoken, repainted and refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.drafts import load
from app.forms import Cell
from app.paths import examples
from app.report import Report
from tests.reports import all_zeros, at, form, tabled
from tests.ui.conftest import EMPTY_FORMS
from ui.bridge import Bridge
from ui.table_model import FormTableModel

Role = Qt.ItemDataRole
TABLES = [
    (version, year, table)
    for version, year in EMPTY_FORMS
    for table in ("disclosure", "requests", "disputes")
]


def model_of(report: Report, table: str) -> FormTableModel:
    """The model of one table; the bridge lives as long as it."""
    bridge = Bridge(report)
    model = FormTableModel(bridge, report.form.tables[table])
    bridge.setParent(model)
    return model


def shown(model: FormTableModel, address: str, role: Role = Role.DisplayRole) -> object:
    return model.data(model.index_of(at(address)), role)


def enter(model: FormTableModel, address: str, text: str) -> bool:
    return model.setData(model.index_of(at(address)), text)


@pytest.fixture
def practice(qapp: QApplication) -> Report:
    return load(examples() / "practice-2026.json").report


@pytest.mark.parametrize(("version", "year", "table"), TABLES)
def test_that_every_table_keeps_qts_rules_for_models_while_it_is_edited(
    qapp: QApplication, version: str, year: int, table: str
) -> None:
    model = model_of(Report(form(version), year), table)
    # Its complaints are Qt warnings, which fail a test here; Fatal would end the whole run.
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    session = model._bridge.session

    every_few = list(session.report.form.typed(table))[:: 5 if table == "requests" else 1]
    for number, one in enumerate(every_few):
        assert enter(model, str(one.cell), ("7", "乱", "", "-3")[number % 4])
    session.undo()
    session.fill({one.cell: "0" for one in session.report.form.typed(table)}, "其余填 0")
    session.undo()
    session.redo()

    typed = session.report.form.typed(table)
    assert {shown(model, str(one.cell), Role.EditRole) for one in typed} == {"0"}


def test_that_the_unit_stands_behind_an_amount_whose_heading_does_not_name_it(
    qapp: QApplication,
) -> None:
    model = model_of(all_zeros("2019", 2020), "disclosure")
    enter(model, "disclosure.procurement.amount", "821.73万元")
    assert shown(model, "disclosure.procurement.amount") == "821.73万元"
    assert shown(model, "disclosure.procurement.amount", Role.EditRole) == "821.73"
    assert shown(model, "disclosure.procurement.items") == "0"
    assert shown(model_of(all_zeros(), "disclosure"), "disclosure.fees.amount") == "0"


def test_that_one_edit_repaints_the_cell_its_totals_and_what_it_unbalances_and_nothing_else(
    qapp: QApplication,
) -> None:
    model = model_of(all_zeros(), "requests")
    seen: set[Cell | None] = set()

    def note(first: QModelIndex, last: QModelIndex) -> None:
        assert first == last
        seen.add(model.cell(first))

    model.dataChanged.connect(note)
    enter(model, "requests.received.person", "1")

    rows = ("received", "carried_in", "processed", "carried_out")
    assert seen == {
        at(f"requests.{row}.{column}") for row in rows for column in ("person", "total")
    }
    assert shown(model, "requests.received.total") == "1"


def test_that_an_edit_in_another_table_repaints_nothing_here(qapp: QApplication) -> None:
    model = model_of(all_zeros(), "disputes")
    seen: list[QModelIndex] = []
    model.dataChanged.connect(lambda first, _: seen.append(first))

    model._bridge.session.type(at("requests.received.person"), "1")
    assert not seen

    model._bridge.session.type(at("disputes.review.upheld"), "1")
    assert len(seen) == 2


@pytest.mark.parametrize(("version", "year", "table"), TABLES)
def test_that_typed_cells_alone_can_be_edited(
    qapp: QApplication, version: str, year: int, table: str
) -> None:
    model = model_of(Report(form(version), year), table)
    editable = {
        model.cell(model.index(row, column))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        if model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable
    }
    fields = form(version).fields.values()

    assert editable == {one.cell for one in form(version).typed(table)}
    for one in fields:
        if one.derived and one.cell.table == table:
            assert not enter(model, str(one.cell), "9")
            assert one.cell not in model._bridge.report.cells


def test_that_a_cell_is_spoken_by_place_value_and_state(practice: Report) -> None:
    requests, disputes = model_of(practice, "requests"), model_of(practice, "disputes")
    spoken = str(shown(requests, "requests.received.business", Role.AccessibleTextRole))

    assert spoken.startswith("表三，一（新收），商业企业，5，强制：相差 1，核实：")
    said = shown(requests, "requests.received.business", Role.AccessibleDescriptionRole)
    assert "一（新收）5 + 二（上年结转）1 = 6" in str(said)
    said = shown(requests, "requests.received.research", Role.AccessibleDescriptionRole)
    assert "收到的政府信息公开申请" in str(said)
    assert (
        shown(disputes, "disputes.suit_after_review.corrected", Role.AccessibleTextRole)
        == "表四，诉讼（复议后），结果纠正，待填"
    )
    assert (
        shown(disputes, "disputes.review.total", Role.AccessibleTextRole)
        == "表四，行政复议，总计，3，自动计算"
    )
    assert (
        shown(disputes, "disputes.suit_after_review.total", Role.AccessibleTextRole)
        == "表四，诉讼（复议后），总计，暂计 1，待填"
    )


def test_that_headings_are_spoken_with_all_that_stands_above_them(qapp: QApplication) -> None:
    requests, disputes = model_of(all_zeros(), "requests"), model_of(all_zeros(), "disputes")
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical

    said = requests.headerData(1, across, Role.AccessibleTextRole)
    assert said == "申请人情况，法人或其他组织，商业企业"
    said = requests.headerData(4, down, Role.AccessibleTextRole)
    assert said == "三、本年度办理结果，（三）不予公开，1.属于国家秘密"
    said = disputes.headerData(6, across, Role.AccessibleTextRole)
    assert said == "行政诉讼，未经复议直接起诉，结果纠正"


def test_that_a_heading_inside_a_table_is_spoken_as_it_is_printed(qapp: QApplication) -> None:
    model = model_of(all_zeros(), "disclosure")

    assert model.data(model.index(0, 0), Role.AccessibleTextRole) == "第二十条第（一）项"
    assert model.flags(model.index(0, 0)) == Qt.ItemFlag.ItemIsEnabled


def test_that_a_total_tells_on_hover_how_it_is_made(qapp: QApplication) -> None:
    report = tabled(all_zeros(), "disputes", "row upheld corrected\nreview 2 1")
    model = model_of(report, "disputes")

    assert (
        shown(model, "disputes.review.total", Role.ToolTipRole)
        == "表四 · 行政复议 · 总计 3 = 结果维持 2 + 结果纠正 1"
    )
    enter(model, "disputes.review.pending", "")
    assert "还有 1 格没有填，暂计 3" in str(shown(model, "disputes.review.total", Role.ToolTipRole))


def test_that_a_total_of_blanks_shows_nothing_rather_than_0(qapp: QApplication) -> None:
    model = model_of(Report(form("2021"), 2026), "disputes")
    assert shown(model, "disputes.review.total") == ""

    enter(model, "disputes.review.upheld", "2")

    assert shown(model, "disputes.review.total") == "2"
    assert model.is_partial(at("disputes.review.total"))


def test_that_a_stated_total_is_shown_and_marked_where_it_differs(practice: Report) -> None:
    model = model_of(practice, "requests")

    assert shown(model, "requests.not_held.total") == "5"
    finding = model.to_change(at("requests.not_held.total"))
    assert finding
    assert finding.rule == "sum"
