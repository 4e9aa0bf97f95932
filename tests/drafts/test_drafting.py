"""What helps to write the texts is kept in the draft, to the letter, and never printed."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks import check
from app.drafting import Drafting, Pair, Unconfirmed
from app.drafts import DraftError, load, report_from, report_to
from app.drafts.reading import parse
from app.drafts.store import to_bytes
from app.export.document import document_of
from app.report import Report
from app.taking import take_over
from tests.drafts.examples import AT, report, values
from tests.reports import at
from tests.sentences import assert_sentence

WORDS = st.text("一二2年。\n“\\𬇙", max_size=6)


def drafted(drafting: object, text: str = "2025年公开286条。") -> Report:
    return report(text={"other": text}, drafting=drafting)


def read_back(one: Report) -> Report:
    return report_from(parse(to_bytes(one, 1, AT).decode()))


def test_that_answers_sentences_pairs_and_numbers_to_confirm_are_kept() -> None:
    told = {
        "answers": {"主动公开.网站": "286"},
        "composed": {"主动公开": "公开286条。"},
        "pairs": [["更新慢", "每月检查"], ["", ""]],
        "unconfirmed": [{"part": "other", "start": 0, "end": 5, "quote": "2025年"}],
        "later": [1],
        "confirmed": ["requests.carried_in.person"],
    }
    one = drafted(told)
    assert one.drafting == Drafting(
        {"主动公开.网站": "286"},
        {"主动公开": "公开286条。"},
        (Pair("更新慢", "每月检查"), Pair()),
        (Unconfirmed("other", 0, 5, "2025年"),),
        {"later": [1]},
        frozenset({at("requests.carried_in.person")}),
    )
    assert report_to(one)["drafting"] == told
    assert read_back(one).drafting == one.drafting


def test_that_a_draft_that_needs_none_of_it_has_no_such_key() -> None:
    assert "drafting" not in report_to(report())
    assert drafted(None).drafting == drafted({}).drafting == Drafting()


def test_that_last_years_report_keeps_its_own() -> None:
    last = values(year=2025, drafting={"pairs": [["更新慢", "每月检查"]]})
    one = report(previous=last)
    assert one.previous
    assert one.previous.drafting.pairs == (Pair("更新慢", "每月检查"),)
    assert report_to(one)["previous"]["drafting"] == last["drafting"]


@pytest.mark.parametrize(
    ("drafting", "place"),
    [
        ([], "drafting"),
        ({"answers": []}, "drafting › answers"),
        ({"answers": {"主动公开.网站": 286}}, "drafting › answers › 主动公开.网站"),
        ({"composed": {"主动公开": None}}, "drafting › composed › 主动公开"),
        ({"pairs": {}}, "drafting › pairs"),
        ({"pairs": ["更新慢"]}, "drafting › pairs"),
        ({"pairs": [["更新慢", 1]]}, "drafting › pairs"),
        ({"unconfirmed": "2025年"}, "drafting › unconfirmed"),
        ({"unconfirmed": [{"part": "other", "start": 0, "end": 5}]}, "drafting › unconfirmed"),
        (
            {"unconfirmed": [{"part": "other", "start": True, "end": 5, "quote": "2025年"}]},
            "drafting › unconfirmed",
        ),
        ({"confirmed": {}}, "drafting › confirmed"),
        ({"confirmed": ["requests.carried_in"]}, "drafting › confirmed"),
        ({"confirmed": [7]}, "drafting › confirmed"),
    ],
)
def test_that_what_cannot_be_meant_is_refused_with_its_place(drafting: Any, place: str) -> None:
    with pytest.raises(DraftError, match=place) as refused:
        drafted(drafting)
    assert_sentence(f"{refused.value}。")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("新加的话。2025年公开286条。", 5),
        ("今年公开286条。2024年。2025年。", 15),
        ("2026年公开286条。", None),
        ("12025年公开。", None),
        ("", None),
    ],
)
def test_that_a_number_is_found_again_where_the_text_was_changed_outside(
    text: str, start: int | None
) -> None:
    waiting = [{"part": "other", "start": 0, "end": 5, "quote": "2025年"}]
    found = drafted({"unconfirmed": waiting}, text).drafting.unconfirmed
    assert found == (() if start is None else (Unconfirmed("other", start, start + 5, "2025年"),))


def test_that_the_nearest_of_many_is_meant_and_found_at_once() -> None:
    waiting = [{"part": "other", "start": 5, "end": 6, "quote": "1"}] * 2000
    start = time.process_time()
    drafted({"unconfirmed": waiting}, "1。" * 100_000)
    assert time.process_time() - start < 2
    waiting = [{"part": "other", "start": 9, "end": 14, "quote": "2025年"}]
    found = drafted({"unconfirmed": waiting}, "2025年。甲乙2025年。丙2025年。").drafting.unconfirmed
    assert found == (Unconfirmed("other", 8, 13, "2025年"),)


@pytest.mark.parametrize(("start", "end"), [(-3, 2), (0, 99), (7, 3), (99, 104)])
def test_that_a_place_that_cannot_be_harms_nothing(start: int, end: int) -> None:
    waiting = [{"part": "other", "start": start, "end": end, "quote": "2025年"}]
    one = drafted({"unconfirmed": waiting})
    assert one.drafting.unconfirmed == (Unconfirmed("other", 0, 5, "2025年"),)
    assert "unconfirmed" in {finding.rule for finding in check(one).findings}


def test_that_nothing_of_it_comes_into_the_document(tmp_path: Path) -> None:
    one = take_over(report(), "other", 0, 0, "2025年公开286条。")
    told = "只有填报人看得见"
    drafting = one.drafting.with_answer("主动公开.重点", told).with_composed("主动公开", told)
    path = tmp_path / "draft.json"
    path.write_bytes(
        to_bytes(report_from(report_to(one) | {"drafting": {"answers": {"k": told}}}), 1, AT)
    )
    assert told in path.read_text(encoding="utf-8")
    assert told not in repr(document_of(check(load(path).report)))
    assert drafting.with_answer("主动公开.重点", "").answers == {}


@given(
    st.dictionaries(WORDS, WORDS, max_size=3),
    st.dictionaries(WORDS, WORDS, max_size=3),
    st.lists(st.builds(Pair, WORDS, WORDS), max_size=3).map(tuple),
    WORDS,
)
def test_that_whatever_was_kept_comes_back_identical(
    answers: dict[str, str], composed: dict[str, str], pairs: tuple[Pair, ...], taken: str
) -> None:
    one = take_over(report(text={"other": "收费0元。"}), "other", 2, 2, taken)
    drafting = Drafting(answers, composed, pairs, one.drafting.unconfirmed)
    kept = report_from(json.loads(json.dumps(report_to(one)))).drafting
    assert kept.unconfirmed == one.drafting.unconfirmed
    data = report_to(one) | {"drafting": json.loads(json.dumps(_as_json(drafting)))}
    assert report_from(data).drafting == drafting


def _as_json(drafting: Drafting) -> dict[str, Any]:
    return {
        "answers": dict(drafting.answers),
        "composed": dict(drafting.composed),
        "pairs": [list(pair) for pair in drafting.pairs],
        "unconfirmed": [one._asdict() for one in drafting.unconfirmed],
    }
