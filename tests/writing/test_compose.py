"""Composed sentences: they pass the program's own rules, whatever was answered."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.checks import Finding, check
from app.forms import all_forms
from app.live import Shown
from app.report import Report
from app.totals import compute
from app.writing.answers import read_answers
from app.writing.compose import ADDRESS, Writer, tell
from app.writing.guide import Asks, Sheet, sheet_of
from tests.reports import NEUTRAL, all_zeros, tabled
from tests.writing.answering import ORGANS, answered, answers, reports

NOT_TOLD = {"topics", "accountability", "fee-report", "length"}
"""What the rules say of a text that leaves something out."""
GUIDED = ("overview", "other")


def sheet(report: Report, part: str) -> Sheet:
    found = sheet_of(report, part)
    assert found
    return found


def composed(report: Report, part: str, **kept: str) -> dict[str, str]:
    """What is written on each topic, as it is seen."""
    told = answered(report, part, {f"{part}.{field}": text for field, text in kept.items()})
    figures = compute(told.form, told.cells)
    return {
        one.topic.name: Shown.of(one.paragraph, figures).text
        for one in tell(told, figures, sheet(told, part))
    }


def whole(report: Report) -> Report:
    """The report with everything written that there is to tell."""
    for part in GUIDED:
        told = tell(report, compute(report.form, report.cells), sheet(report, part))
        lines = [(one.topic.name, one.paragraph) for one in told if one.paragraph]
        if sheet(report, part).headed:
            lines = [
                ("", f"（{number}）{name}\n{words}")
                for number, (name, words) in zip("一二三四五", lines, strict=False)
            ]
        report = report.with_text(part, "\n".join(words for _, words in lines))
    return replace(report, texts={**NEUTRAL, **{k: v for k, v in report.texts.items() if v}})


def of_texts(report: Report) -> list[Finding]:
    """What the rules on texts say."""
    return [one for one in check(report).findings if one.fault.text]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_that_no_rule_finds_a_fault_in_what_was_composed(data: st.DataObject) -> None:
    report = data.draw(reports())
    for part in GUIDED:
        report = answered(report, part, data.draw(answers(sheet(report, part))))
    found = [one for one in of_texts(whole(report)) if one.rule not in NOT_TOLD]
    assert found == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_that_who_answers_everything_leaves_nothing_out(data: st.DataObject) -> None:
    report = data.draw(reports())
    for part in GUIDED:
        all_told = answers(sheet(report, part), blanks=False)
        report = answered(report, part, data.draw(all_told))
    assert of_texts(whole(report)) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_that_a_composed_sentence_reads_as_one(data: st.DataObject) -> None:
    report = data.draw(reports())
    for part in GUIDED:
        kept = data.draw(answers(sheet(report, part)))
        for words in composed(
            report, part, **{k.split(".")[1]: v for k, v in kept.items()}
        ).values():
            assert not re.search(r"[{}]|，，|。。|，。|、。|、，|其中[，。]|（待填）", words), words
            assert not re.search(r"(?<!\d)0[件条次份处名人个篇元]", words), words
            assert words == "" or words.endswith("。")
            assert words.strip() == words


# ── a year in which nothing happened, one thing, many ──


def test_that_a_year_without_applications_reads_naturally() -> None:
    told = composed(all_zeros(), "overview", way="", in_time="是")["依申请公开"]
    assert told == (
        "2026年，我镇没有收到政府信息公开申请，也没有上年结转的申请。"
        "全年没有发生因政府信息公开引起的行政复议和行政诉讼。"
    )


def test_that_one_application_reads_naturally() -> None:
    report = tabled(all_zeros(), "requests", "row person\nreceived 1\ngranted 1")
    told = composed(report, "overview", in_time="是")["依申请公开"]
    assert told.startswith(
        "2026年，我镇收到政府信息公开申请1件，申请人为自然人。"
        "全年办结申请1件，办理结果为予以公开。没有超过法定期限答复的情形。"
    )


def test_that_many_applications_are_told_by_applicant_and_result() -> None:
    report = tabled(
        all_zeros(),
        "requests",
        """
        row         person business
        received    3      1
        carried_in  1      0
        granted     2      1
        not_held    1      0
        carried_out 1      0
        """,
    )
    told = composed(report, "overview", in_time="否")["依申请公开"]
    assert told.startswith(
        "2026年，我镇收到政府信息公开申请4件，其中自然人3件、商业企业1件。另有上年结转的申请1件。"
        "全年办结申请4件，其中予以公开3件、因不掌握相关信息无法提供1件。结转下年度继续办理1件。"
    )
    assert "法定期限" not in told


def test_that_applications_left_from_last_year_alone_are_told() -> None:
    report = tabled(all_zeros(), "requests", "row person\ncarried_in 2\ngranted 2")
    told = composed(report, "overview")["依申请公开"]
    assert told.startswith("2026年，我镇没有收到新的政府信息公开申请，上年结转2件。")


@pytest.mark.parametrize(
    ("site", "media", "board", "told"),
    [
        ("0", "0", "0", "没有新增主动公开的政府信息。"),
        ("1", "0", "0", "主动公开政府信息1条，通过政府网站公开。"),
        ("3", "0", "2", "主动公开政府信息5条，其中通过政府网站公开3条、通过公开栏等渠道公开2条。"),
        (
            "186",
            "1,080",
            "２",
            "主动公开政府信息1268条，其中通过政府网站公开186条、通过政务新媒体公开1080条、"
            "通过公开栏等渠道公开2条。",
        ),
    ],
)
def test_that_what_was_published_adds_up_and_reads_naturally(
    site: str, media: str, board: str, told: str
) -> None:
    report = replace(all_zeros(), cells={})
    words = composed(report, "overview", site=site, media=media, board=board)["主动公开"]
    assert words == f"2026年，我镇{told}"


def test_that_no_total_is_told_while_one_of_its_parts_is_not() -> None:
    blank = replace(all_zeros(), cells={})
    assert composed(blank, "overview", site="0")["主动公开"] == ""
    assert composed(blank, "overview", site="5", board="2")["主动公开"] == (
        "2026年，我镇通过政府网站公开政府信息5条、通过公开栏等渠道公开政府信息2条。"
    )


# ── live numbers, blanks, refusals ──


def test_that_figures_of_the_tables_come_as_live_numbers() -> None:
    report = tabled(all_zeros(), "requests", "row person\nreceived 2\ngranted 2")
    (_, told, *_) = tell(report, compute(report.form, report.cells), sheet(report, "overview"))
    assert "收到政府信息公开申请{{requests.received.total}}件" in told.paragraph
    assert not re.search(r"\d+件", re.sub(r"\{\{.*?\}\}", "", told.paragraph))


def test_that_of_blank_tables_nothing_is_told_and_they_are_named() -> None:
    blank = replace(all_zeros(), cells={})
    assert composed(blank, "overview")["依申请公开"] == ""
    one = sheet(blank, "overview")
    figures = compute(blank.form, blank.cells)
    writer = Writer(blank, figures, read_answers(one, {}))
    assert writer.open_tables(one.topics[1]) == ("requests", "disputes")
    assert writer.open_tables(one.topics[2]) == ()


def test_that_a_part_greater_than_its_whole_is_refused_and_not_written() -> None:
    report = answered(
        all_zeros(),
        "overview",
        {"overview.reviewed": "是", "overview.survey": "10", "overview.satisfied": "12"},
    )
    read = read_answers(sheet(report, "overview"), report.drafting.answers)
    assert read.refused == {"satisfied": "12 大于“收回评议问卷” 10"}
    told = composed(report, "overview", reviewed="是", survey="10", satisfied="12")["监督保障"]
    assert told == "开展政府信息公开社会评议，收回评议问卷10份。"


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("site", "若干", "“若干”不是数字"),
        ("site", "-3", "“-3”不能是负数"),
        ("site", "2.5", "“2.5”不是整数，件数只能填整数"),
        ("trained", "约50", "“约50”不是确数，请填准确数字"),
    ],
)
def test_that_what_is_no_number_is_refused_with_a_word(field: str, text: str, why: str) -> None:
    read = read_answers(sheet(all_zeros(), "overview"), {f"overview.{field}": text})
    assert read.refused == {field: why}
    assert field not in read.told


@pytest.mark.parametrize(
    ("text", "told"),
    [("2420", "2420"), ("2,420.50元", "2420.5"), ("２４２０ 元", "2420"), ("0.5", "0.5")],
)
def test_that_the_fee_is_told_in_yuan(text: str, told: str) -> None:
    words = composed(all_zeros(), "other", charged="是", amount=text)["信息处理费"]
    assert words == f"2026年，我镇收取信息处理费{told}元。"


def test_that_ten_thousands_are_refused_for_the_fee() -> None:
    read = read_answers(sheet(all_zeros(), "other"), {"other.amount": "0.242万元"})
    assert read.refused == {"amount": "“0.242万元”请按元填写数字"}


def test_that_the_last_part_is_never_a_bare_word() -> None:
    told = composed(all_zeros(), "other", charged="否", more="否")
    assert list(told.values()) == ["2026年，我镇没有收取信息处理费。", "没有其他需要报告的事项。"]
    assert composed(all_zeros(), "other", more="是", matters="无。")["其他事项"] == ""


def test_that_a_form_without_the_fee_does_not_ask_for_it() -> None:
    assert [one.name for one in sheet(all_zeros("2019", 2020), "other").topics] == ["其他事项"]


@pytest.mark.parametrize("organ", ["东城街道办事处", "青石县林业局"])
def test_that_what_only_governments_must_tell_is_not_asked_of_others(organ: str) -> None:
    report = replace(all_zeros(), organ=organ)
    told = {field.id for topic in sheet(report, "overview").topics for field in topic.fields}
    assert not told & {"assessed", "reviewed", "survey", "blamed"}
    assert "trainings" in told


@pytest.mark.parametrize(
    ("before", "words", "told"),
    [
        ("reviewer", "由党政办", "政府信息发布前由党政办审查。"),
        ("leader", "一名副镇长分管。", "政府信息公开工作由一名副镇长分管。"),
        ("reviewer", "分管领导审查", "政府信息发布前由分管领导审查。"),
        ("platform", " 县 政府网站；", "政府信息主要通过县政府网站发布。"),
    ],
)
def test_that_words_said_twice_are_written_once(before: str, words: str, told: str) -> None:
    assert told in "".join(composed(all_zeros(), "overview", **{before: words}).values())


def test_that_one_sign_in_common_with_what_follows_is_no_repetition() -> None:
    told = composed(all_zeros(), "overview", focus="规范执法行为")["主动公开"]
    assert told.startswith("公开内容以规范执法行为为重点。")
    told = composed(all_zeros(), "overview", reviewer="党政办初审、局长终审")["政府信息管理"]
    assert "局长终审审查" in told


@pytest.mark.parametrize("lost", ["约5", "-1", "十几"])
def test_that_a_sum_is_not_told_without_the_part_that_cannot_be_read(lost: str) -> None:
    report = answered(all_zeros(), "overview", {"overview.site": lost, "overview.media": "3"})
    read = read_answers(sheet(report, "overview"), report.drafting.answers)
    assert read.refused.keys() == {"site"}
    assert "published" not in read.told
    told = composed(report, "overview", site=lost, media="3")["主动公开"]
    assert told.startswith("2026年，我镇通过政务新媒体公开政府信息3条。")


def test_that_nothing_is_told_that_was_not_asked() -> None:
    told = composed(
        all_zeros(), "overview", attribute="否", catalogue="否", accounts="1", checks="1"
    )
    assert told["政府信息管理"] == (
        "起草公文时还没有一并确定公开属性。本年度没有调整政府信息公开目录。"
    )
    assert told["政府信息公开平台建设"] == "开设政务新媒体账号1个。"
    assert told["监督保障"] == "开展政府信息公开检查1次。"


# ── the data ──


@pytest.mark.parametrize("organ", ORGANS)
def test_that_every_topic_of_the_form_is_asked_for(organ: str) -> None:
    version = ORGANS[organ]
    report = replace(all_zeros(version, 2020 if version == "2019" else 2026), organ=organ)
    section = report.form.section("overview")
    asked = [one.name for one in sheet(report, "overview").topics]
    assert asked == [one.name for one in section.topics]
    kinds = [one for one in section.accountability if report.kind.value in one.kinds]
    told = {field.asked for topic in sheet(report, "overview").topics for field in topic.fields}
    assert told - {""} == {one.name for one in kinds}


def test_that_whatever_a_sentence_speaks_of_can_be_known() -> None:
    cells = {str(cell) for form in all_forms() for cell in form.fields}
    ours = {"year", "next_year", "we", "name"}
    for part in GUIDED:
        topics = sheet(all_zeros(), part).topics
        fields = {one.id: one for topic in topics for one in topic.fields}
        for topic in topics:
            for text in topic.texts:
                assert set(ADDRESS.findall(text)) <= cells
                slots = set(re.findall(r"(?<!\{)\{([a-z_]+)\}(?!\})", text))
                assert slots <= fields.keys() | ours
            for one in topic.fields:
                assert set(one.of) | ({one.most} - {""}) <= fields.keys()
                assert bool(one.of) is (one.kind is Asks.SUM)


def test_that_every_answer_makes_a_difference() -> None:
    for part in GUIDED:
        report = tabled(all_zeros(), "requests", "row person\nreceived 2\ngranted 2")
        one = sheet(report, part)
        said = "".join(text for topic in one.topics for text in topic.texts)
        for field in (field for topic in one.topics for field in topic.fields):
            sums = {part for other in one.topics for each in other.fields for part in each.of}
            told = re.search(rf"(?<![a-z_]){field.id}(?![a-z_])", said)
            assert told or field.id in sums
