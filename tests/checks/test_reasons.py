"""Why a query was accepted: what counts as a reason, and when it lapses."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks import Finding, Level, check
from app.checks.reasons import good_reasons
from app.drafts import DraftFile, load
from app.numbers import InputError
from app.session import Session, Update
from tests.reports import all_zeros, at, changed

GOOD = "正文只列主要类别，其余为人事任免。"
LISTED = "全年公开信息50条，其中动态20条、公告21条、预算8条。"


def session(text: str = LISTED) -> Session:
    sound = all_zeros()
    overview = f"{sound.text('overview')}\n{text}"
    return Session(changed(sound, {"text": {"overview": overview}}))


def query(subject: Session) -> Finding:
    (found,) = (one for one in subject.checked.findings if one.level is Level.QUERY)
    return found


def test_that_a_query_with_a_reason_is_accepted_and_still_told() -> None:
    subject = session()
    subject.accept(query(subject), GOOD)
    assert subject.checked.accepted == [(query(subject), GOOD)]


def test_that_an_accepted_query_is_no_longer_open_and_marks_no_cell() -> None:
    report = all_zeros().with_cells({at("disclosure.normative.issued"): 3})
    subject = Session(report)
    assert subject.checked.open == subject.checked.findings
    assert at("disclosure.normative.issued") in subject.checked.marks
    subject.accept(query(subject), GOOD)
    assert not subject.checked.open
    assert subject.checked.marks == {}
    assert len(subject.checked.findings) == 1
    subject.accept(query(subject), "")
    assert subject.checked.open == subject.checked.findings


def test_that_a_reason_has_the_cells_it_was_given_for_painted_again() -> None:
    cell = at("disclosure.normative.issued")
    subject = Session(all_zeros().with_cells({cell: 3}))
    told: list[Update] = []
    subject.listen(told.append)
    subject.accept(query(subject), GOOD)
    subject.undo()
    assert [cell in one.cells for one in told] == [True, True]


def test_that_a_reason_survives_other_changes_and_moves_with_its_words() -> None:
    subject = session()
    subject.accept(query(subject), GOOD)
    subject.write("overview", f"今年，{subject.report.text('overview')}")
    subject.put({at("requests.received.person"): 0, at("disputes.review.upheld"): 0}, "填 0")
    subject.read_texts()
    assert subject.checked.reason(query(subject)) == GOOD


def test_that_a_reason_lapses_when_what_it_was_given_for_changes() -> None:
    subject = session()
    subject.accept(query(subject), GOOD)
    subject.write("overview", subject.report.text("overview").replace("8条", "7条"))
    subject.read_texts()
    assert subject.checked.reason(query(subject)) is None


def test_that_a_reason_lapses_when_a_cell_changes_and_counts_again_when_it_is_back() -> None:
    subject = session("全年收到政府信息公开申请3件。")
    received, granted = at("requests.received.person"), at("requests.granted.person")
    subject.put({received: 2, granted: 2}, "填 2")
    subject.read_texts()
    subject.accept(query(subject), GOOD)
    subject.put({received: 4, granted: 4}, "填 4")
    subject.read_texts()
    assert subject.checked.reason(query(subject)) is None
    subject.undo()
    subject.read_texts()
    assert subject.checked.reason(query(subject)) == GOOD


def test_that_a_reason_is_one_step_to_undo_and_can_be_withdrawn() -> None:
    subject = session()
    subject.accept(query(subject), GOOD)
    assert subject.undo_name == "说明理由"
    subject.accept(query(subject), "")
    assert (subject.undo_name, subject.checked.accepted) == ("撤回理由", [])
    subject.undo()
    assert len(subject.checked.accepted) == 1
    subject.undo()
    assert subject.checked.accepted == []


@pytest.mark.parametrize(
    "text",
    [
        "属实",
        "核实无误",
        "情况属实，核实无误。",
        "经核实情况属实，数据准确",
        "以上数据均已核对一致无误",
        "！！！！！！！！！",
    ],
)
def test_that_an_empty_phrase_is_refused_with_a_good_example(text: str) -> None:
    subject = session()
    with pytest.raises(InputError, match="例如：") as refused:
        subject.accept(query(subject), text)
    assert good_reasons()[0] in str(refused.value)
    assert subject.report.reasons == ()


@pytest.mark.parametrize("text", good_reasons())
def test_that_every_example_of_a_good_reason_is_accepted(text: str) -> None:
    subject = session()
    subject.accept(query(subject), text)
    assert subject.checked.accepted[0][1] == text


def test_that_what_is_provably_wrong_takes_no_reason() -> None:
    report = all_zeros().with_cells({at("requests.received.person"): 1})
    subject = Session(report)
    assert check(report).at(Level.ERROR)
    for error in check(report).at(Level.ERROR):
        with pytest.raises(InputError, match="必须改正"):
            subject.accept(error, GOOD)
    assert subject.report.reasons == ()


def test_that_a_mistake_in_last_years_report_is_answered_with_a_reason_and_blocks_no_more() -> None:
    last = all_zeros(year=2025).with_cells({at("requests.carried_out.person"): 1})
    subject = Session(replace(all_zeros(), previous=last))
    (error,) = subject.checked.findings
    assert (error.level, subject.checked.clean) == (Level.ERROR, False)
    subject.accept(error, "上年报告漏计了撤回的1件，已向县里报告更正。")
    assert subject.checked.clean
    assert not subject.checked.open
    subject.compare_with(last.with_cells({at("requests.carried_out.person"): 2}))
    assert not subject.checked.clean, "the reason was given for another figure of last year's"


def test_that_a_reason_is_saved_with_the_draft_and_counts_when_it_is_opened(tmp_path: Path) -> None:
    subject = session()
    subject.accept(query(subject), GOOD)
    file = DraftFile(tmp_path / "draft.json")
    file.save(subject.report)
    file.close()
    opened = Session(load(tmp_path / "draft.json").report)
    assert opened.checked.accepted == [(query(opened), GOOD)]
    saved = json.loads((tmp_path / "draft.json").read_text("utf-8"))["reasons"]
    assert [one["reason"] for one in saved] == [GOOD]


@given(st.text(max_size=40))
def test_that_a_reason_is_either_kept_as_written_or_refused_in_words(text: str) -> None:
    subject = session()
    with contextlib.suppress(InputError):
        subject.accept(query(subject), text)
    kept = [reason for _, reason in subject.checked.accepted]
    assert kept in ([], [text.strip()])
    assert len(subject.report.reasons) == len(kept)


def test_that_a_reason_that_has_lapsed_can_be_read_again_and_one_that_counts_is_none() -> None:
    subject = Session(all_zeros())
    issued = at("disclosure.normative.issued")
    subject.type(issued, "3")
    (stock,) = subject.checked.at(Level.QUERY)
    assert subject.checked.lapsed_reason(stock) == ""
    subject.accept(stock, GOOD)
    assert subject.checked.lapsed_reason(stock) == ""
    subject.type(issued, "4")
    (again,) = subject.checked.at(Level.QUERY)
    assert subject.checked.reason(again) is None
    assert subject.checked.lapsed_reason(again) == GOOD
