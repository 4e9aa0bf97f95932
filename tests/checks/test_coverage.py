"""What each written part must speak of."""

from __future__ import annotations

import pytest

from app.checks import check
from app.report import Report
from tests.reports import changed, found


@pytest.mark.parametrize("part", ["overview", "problems", "other"])
@pytest.mark.parametrize("text", ["", " ", "\n\u3000\n"])
def test_that_no_part_is_left_empty(part: str, text: str, sound_report: Report) -> None:
    report = changed(sound_report, {"text": {part: text}})
    assert ("empty-section", part) in found(report)
    assert not check(report).clean


def test_that_an_empty_part_is_named_by_its_heading_and_told_what_belongs_there(
    sound_report: Report,
) -> None:
    report = changed(sound_report, {"text": {"problems": ""}})
    messages = [one.message for one in check(report).findings if one.rule == "empty-section"]
    assert messages == [
        "“五、存在的主要问题及改进情况”还没有写。每个问题对应一条改进措施；不能空着，也不能只写“无”。"
    ]


def test_that_the_preface_may_be_left_empty(sound_report: Report) -> None:
    report = changed(sound_report, {"text": {"preface": ""}})
    assert "empty-section" not in dict(found(report))


def test_that_a_message_on_a_passage_says_in_which_part_it_stands(sound_report: Report) -> None:
    report = changed(sound_report, {"text": {"problems": "公开不及时，今后每月检查检查栏目。"}})
    (finding,) = check(report).findings
    assert finding.message == "问题与改进：“检查检查”写重了。请删去多余的字。"
