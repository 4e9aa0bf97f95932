"""The one door for every change: what it tells, takes back and does again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.checks import check
from app.numbers import Figure, Unreadable
from app.report import Kind, Report
from app.session import MOST_STEPS, Session, Update
from tests.reports import all_zeros, at, form

Change = Callable[[Session], object]

UPHELD = at("disputes.review.upheld")
TOTAL = at("disputes.review.total")
PERSON = at("requests.received.person")


@pytest.fixture
def session(sound_report: Report) -> Session:
    return Session(sound_report)


@pytest.fixture
def updates(session: Session) -> list[Update]:
    """Everything the session tells from now on."""
    told: list[Update] = []
    session.listen(told.append)
    return told


def test_that_one_figure_typed_is_told_once_with_its_cell_its_total_and_what_it_unbalances(
    session: Session, updates: list[Update]
) -> None:
    session.type(PERSON, "４")
    shown = {PERSON, at("requests.received.total")}
    unbalanced = {
        at(f"requests.{row}.{column}")
        for row in ("received", "carried_in", "processed", "carried_out")
        for column in ("person", "total")
    }
    assert updates == [Update(frozenset(shown | unbalanced), frozenset(), details=False)]


def test_that_a_figure_without_consequences_is_told_alone(
    session: Session, updates: list[Update]
) -> None:
    session.type(at("disclosure.licences.decisions"), "46")
    assert updates == [Update(frozenset({at("disclosure.licences.decisions")}), frozenset(), False)]


def test_that_a_block_of_figures_is_told_once_and_undone_at_once(
    session: Session, updates: list[Update], sound_report: Report
) -> None:
    session.fill({UPHELD: "2", at("disputes.review.other"): "1"}, "粘贴")
    assert [one.cells for one in updates] == [{UPHELD, at("disputes.review.other"), TOTAL}]
    assert session.undo_name == "粘贴"

    session.undo()

    assert session.report == sound_report
    assert updates[1].cells == updates[0].cells


def test_that_a_text_is_told_by_its_part(session: Session, updates: list[Update]) -> None:
    session.write("problems", "问题与改进。")
    assert updates == [Update(frozenset(), frozenset({"problems"}), details=False)]


def test_that_the_mark_on_a_fee_goes_when_its_text_changes(
    session: Session, updates: list[Update]
) -> None:
    fee = at("disclosure.fees.amount")
    session.write("other", "收取信息处理费2950元。")
    session.read_texts()
    assert updates == [
        Update(frozenset(), frozenset({"other"}), details=False),
        Update(frozenset({fee}), frozenset(), details=False),
    ]
    session.type(fee, "0.295")
    assert updates[-1].cells == {fee}
    assert session.checked.marks == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.name_organ("白水乡人民政府"),
        lambda session: session.choose_kind(Kind.COUNTY),
        lambda session: session.entitle("年度报告"),
        lambda session: session.sign(date(2027, 1, 12)),
        lambda session: session.choose_year(2025, session.report.form),
    ],
    ids=["organ", "kind", "title", "date", "year"],
)
def test_that_a_detail_is_told_without_cells_or_texts(
    change: Change, session: Session, updates: list[Update]
) -> None:
    change(session)
    assert updates == [Update(frozenset(), frozenset(), details=True)]


def test_that_nothing_is_told_of_a_change_that_changes_nothing(
    session: Session, updates: list[Update]
) -> None:
    session.type(UPHELD, "0")
    session.write("problems", session.report.text("problems"))
    session.name_organ(session.report.organ)
    session.undo()
    session.redo()
    assert updates == []
    assert session.undo_name is None


def test_that_every_listener_hears_of_a_state_that_is_already_whole(session: Session) -> None:
    heard: list[Figure | None] = []
    for _ in range(2):
        session.listen(lambda _: heard.append(session.checked.figures.shown(TOTAL)))
    session.type(UPHELD, "2")
    assert heard == [2, 2]


def test_that_what_was_typed_is_kept_as_a_figure_or_as_it_stands(session: Session) -> None:
    session.type(UPHELD, "１，２３４件")
    session.type(at("disclosure.fees.amount"), "1.50")
    session.type(PERSON, "2（其中电子1件）")
    assert session.report.cells[UPHELD] == 1234
    assert session.report.cells[at("disclosure.fees.amount")] == Decimal("1.50")
    assert session.report.cells[PERSON] == Unreadable("2（其中电子1件）")


def test_that_a_cell_emptied_is_blank_and_not_zero(session: Session) -> None:
    session.type(UPHELD, "")
    assert UPHELD not in session.report.cells
    assert session.checked.figures.shown(TOTAL) is None


def test_that_an_undo_is_named_for_what_it_takes_back(session: Session) -> None:
    names = []
    session.type(UPHELD, "2")
    names.append(session.undo_name)
    session.write("problems", "问题。")
    names.append(session.undo_name)
    session.name_organ("白水乡人民政府")
    names.append(session.undo_name)
    assert names == ["填写表四 · 行政复议 · 结果维持", "修改问题与改进", "修改单位名称"]


def test_that_a_step_undone_is_named_for_redo_and_a_step_redone_for_undo(
    session: Session, sound_report: Report
) -> None:
    assert (session.undo_name, session.redo_name) == (None, None)
    session.type(UPHELD, "2")
    name, after = session.undo_name, session.report

    session.undo()
    assert (session.undo_name, session.redo_name, session.report) == (None, name, sound_report)

    session.redo()
    assert (session.undo_name, session.redo_name, session.report) == (name, None, after)


def test_that_undo_and_redo_tell_what_changed_on_the_screen(
    session: Session, updates: list[Update]
) -> None:
    session.type(UPHELD, "2")
    session.undo()
    session.redo()
    assert [one.cells for one in updates] == [{UPHELD, TOTAL}] * 3


def test_that_a_new_change_gives_up_what_was_undone(session: Session) -> None:
    session.type(UPHELD, "2")
    session.undo()
    session.type(UPHELD, "3")
    assert session.redo_name is None
    session.redo()
    assert session.report.cells[UPHELD] == 3


def test_that_keystrokes_in_one_text_are_one_step(session: Session, sound_report: Report) -> None:
    for text in ("问", "问题", "问题。"):
        session.write("problems", text)
    session.undo()
    assert session.report == sound_report
    assert session.undo_name is None


@pytest.mark.parametrize(
    "between",
    [
        lambda session: session.end_step(),
        lambda session: session.write("other", "没有。"),
        lambda session: session.type(UPHELD, "2"),
        lambda session: session.name_organ("白水乡人民政府"),
        lambda session: (session.undo(), session.redo()),
    ],
    ids=["a pause", "another text", "a figure", "the organ", "undo and redo"],
)
def test_that_a_step_of_keystrokes_ends_with(between: Change, session: Session) -> None:
    session.write("problems", "一")
    between(session)
    session.write("problems", "一二")
    session.undo()
    assert session.report.text("problems") == "一"


def test_that_figures_typed_in_one_cell_are_steps_of_their_own(session: Session) -> None:
    session.type(UPHELD, "1")
    session.type(UPHELD, "2")
    session.undo()
    assert session.report.cells[UPHELD] == 1


def test_that_keystrokes_in_a_name_and_in_a_title_are_steps_apart(session: Session) -> None:
    for name in ("白", "白水"):
        session.name_organ(name)
    for title in ("报", "报告"):
        session.entitle(title)
    session.undo()
    assert (session.report.organ, session.report.stated_title) == ("白水", "")
    session.undo()
    assert session.report.organ == "青石镇人民政府"


def test_that_the_oldest_steps_are_given_up_first(session: Session) -> None:
    for number in range(1, MOST_STEPS + 3):
        session.type(UPHELD, str(number))
    while session.undo_name:
        session.undo()
    assert session.report.cells[UPHELD] == 2


def test_that_another_form_and_back_keeps_every_figure(
    session: Session, sound_report: Report
) -> None:
    session.type(UPHELD, "2")
    before = session.report
    session.choose_year(2020, form("2019"))
    assert session.checked.figures.number(UPHELD) == 2
    assert session.checked.blank > 0

    session.end_step()
    session.choose_year(2026, form("2021"))

    assert session.report == before
    assert session.checked.findings == check(before).findings


def test_that_figures_of_the_other_form_are_neither_counted_nor_checked(session: Session) -> None:
    session.type(at("requests.fee_unpaid.person"), "-5")
    session.choose_year(2020, form("2019"))
    assert session.checked.figures.number(at("requests.processed.person")) == 0
    assert {one.rule for one in session.checked.findings} == {"blank"}


def test_that_an_earlier_state_is_gone_back_to_in_one_step_that_can_be_undone(
    session: Session, sound_report: Report
) -> None:
    session.fill({at("requests.received.person"): "3", at("disputes.review.upheld"): ""}, "改")
    session.write("overview", "改过的话")
    session.name_organ("红石乡人民政府")
    present = session.report

    session.restore(sound_report, "1月8日 14:03")

    assert session.report == sound_report
    session.read_texts()
    assert session.checked.findings == check(sound_report).findings
    assert session.undo_name == "恢复 1月8日 14:03 的内容"
    session.undo()
    assert session.report == present


def test_that_last_years_report_is_put_beside_it_without_its_own_last_year(
    session: Session,
) -> None:
    before = replace(all_zeros(year=2025), previous=all_zeros(year=2024))
    session.compare_with(before)
    assert session.report.previous == replace(before, previous=None)
    session.undo()
    assert session.report.previous is None


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.type(UPHELD, "9"),
        lambda session: session.undo(),
        lambda session: session.redo(),
    ],
    ids=["typing", "undo", "redo"],
)
def test_that_a_listener_must_not_change_the_report(change: Change, session: Session) -> None:
    session.type(UPHELD, "1")
    session.type(UPHELD, "2")
    session.undo()

    def meddle(_: Update) -> None:
        change(session)

    session.listen(meddle)

    with pytest.raises(AssertionError, match="listener"):
        session.write("problems", "问题。")

    assert session.report.cells[UPHELD] == 1
    assert session.report.text("problems") == "问题。"
    assert (session.undo_name, session.redo_name) == ("修改问题与改进", None)


def test_that_a_sentence_added_is_a_step_of_its_own_behind_what_is_written(
    session: Session,
) -> None:
    session.write("problems", "问题与改进。\n")
    session.add("problems", "另一句。", "加一句")
    assert session.report.text("problems") == "问题与改进。\n另一句。"
    assert session.undo_name == "加一句"
    session.write("problems", "")
    session.add("problems", "另一句。", "加一句")
    assert session.report.text("problems") == "另一句。"
    session.undo()
    assert session.report.text("problems") == ""
