"""Titles, texts, signatures: found by the headings of the form, wherever they stand."""

from __future__ import annotations

from datetime import date

import pytest

from app.importing.paper import Line, Role
from app.importing.result import Imported, Wanted
from app.report import Report
from tests.importing.reading import ASSUMED, grid, lines, read_pieces

TABLE = grid("信息内容|本年处理决定数量", "行政许可|5")
REPORT = """青石镇人民政府
2025年政府信息公开工作年度报告
本报告依据条例编制。
一、总体情况
（一）主动公开政府信息情况
做了这些事。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
问题是不够及时。
六、其他需要报告的事项
没有收取信息处理费。"""


def read(text: str, wanted: Wanted = ASSUMED) -> Report:
    return read_whole(text, wanted).report


def read_whole(text: str, wanted: Wanted = ASSUMED) -> Imported:
    return read_pieces(*lines(text), TABLE, wanted=wanted)


def test_that_each_text_is_what_stands_below_its_heading() -> None:
    found = read(REPORT)
    assert found.texts == {
        "preface": "本报告依据条例编制。",
        "overview": "（一）主动公开政府信息情况\n做了这些事。",
        "problems": "问题是不够及时。",
        "other": "没有收取信息处理费。",
    }
    assert found.title == "青石镇人民政府2025年政府信息公开工作年度报告"
    assert (found.organ, found.year, found.date) == ("青石镇人民政府", 2025, None)


@pytest.mark.parametrize(
    ("official", "written"),
    [
        ("五、存在的主要问题及改进情况", "五、存在的主要问题和改进措施"),
        ("五、存在的主要问题及改进情况", "五． 存在的主要问题 及改进情况："),
        ("五、存在的主要问题及改进情况", "存在的主要问题及改进情况"),
        ("五、存在的主要问题及改进情况\n", "五、存在的主要问题及改进情况。"),
        ("六、其他需要报告的事项", "六、其它需要报告的事项"),
        ("六、其他需要报告的事项", "第六部分 其他需要报告的事项"),
        ("一、总体情况", "一、 总 体 情 况"),
    ],
)
def test_that_headings_are_known_as_offices_write_them(official: str, written: str) -> None:
    assert official in REPORT
    assert read(REPORT.replace(official, written)).texts == read(REPORT).texts


def test_that_a_table_of_contents_is_no_part_of_the_texts() -> None:
    contents = "\n".join(line for line in REPORT.splitlines() if line[1] == "、")
    found = read(REPORT.replace("本报告依据", f"{contents}\n本报告依据"))
    assert found.text("overview") == read(REPORT).text("overview")
    assert found.text("other") == "没有收取信息处理费。"


@pytest.mark.parametrize(
    ("signed", "organ", "day"),
    [
        ("青石镇人民政府\n2026年1月12日", "青石镇人民政府", date(2026, 1, 12)),
        ("青石镇人民政府　　2026 年 1 月 12 日", "青石镇人民政府", date(2026, 1, 12)),
        ("青石镇人民政府\n二〇二六年一月十二日", "青石镇人民政府", date(2026, 1, 12)),
        ("红石乡人民政府\n（2026年1月12日）", "红石乡人民政府", date(2026, 1, 12)),
        ("青石镇党政综合办公室\n2026-01-12", "青石镇党政综合办公室", date(2026, 1, 12)),
        ("青石镇人民政府", "青石镇人民政府", None),
        ("2026年1月12日", "青石镇人民政府", date(2026, 1, 12)),
    ],
)
def test_that_the_signature_is_no_part_of_the_last_text(
    signed: str, organ: str, day: date | None
) -> None:
    found = read(f"{REPORT}\n{signed}")
    assert (found.organ, found.date) == (organ, day)
    assert found.text("other") == "没有收取信息处理费。"


def test_that_a_sentence_before_the_day_is_no_organ() -> None:
    found = read(f"{REPORT}\n没有其他事项，特此报告\n2026年1月12日")
    assert found.text("other").endswith("特此报告")
    assert found.organ == "青石镇人民政府"


def test_that_a_day_that_does_not_exist_is_text() -> None:
    found = read(f"{REPORT}\n2026年2月30日")
    assert found.date is None
    assert found.text("other").endswith("2026年2月30日")


@pytest.mark.parametrize(
    "above",
    [
        "发布时间：2026-01-15 来源：县政府办",
        "某县人民政府\n首页\n政务公开\n政府信息公开年报\n"
        "当前位置：首页 > 政府信息公开年报\n索引号：1\n字号：大",
    ],
)
def test_that_what_a_portal_writes_around_a_report_is_left_out(above: str) -> None:
    below = "扫一扫在手机打开\n主办单位：某县人民政府\n京ICP备00000000号"
    text = REPORT.replace("年度报告\n", "年度报告\n发布日期：2026-01-15 浏览次数：12\n")
    found = read(f"{above}\n{text}\n{below}")
    assert found.title == "青石镇人民政府2025年政府信息公开工作年度报告"
    assert found.text("preface") == "本报告依据条例编制。"
    assert found.text("other") == "没有收取信息处理费。"


def test_that_of_several_titles_the_one_of_the_report_counts() -> None:
    site = (Line("某县人民政府门户网站", Role.TITLE), Line("政务公开"))
    title = Line("青石镇2025年政府信息公开工作年度报告", Role.TITLE)
    found = read_pieces(*site, title, *lines(REPORT)[2:], TABLE)
    assert found.report.title == "青石镇2025年政府信息公开工作年度报告"
    assert found.report.text("preface") == "本报告依据条例编制。"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (REPORT, 2025),
        (REPORT.replace("2025年", "二○二四年"), 2024),
        (REPORT.replace("2025年", "").replace("依据", "统计期限自2023年1月1日起，依据"), 2023),
        (REPORT.replace("2025年", "").replace("（一）主动", "2022年，我镇主动"), 2022),
        (f"{REPORT.replace('2025年', '')}\n青石镇人民政府\n2022年1月12日", 2021),
    ],
)
def test_that_the_year_is_found_in_title_period_text_or_signature(text: str, year: int) -> None:
    assert read(text, Wanted()).year == year


def test_that_a_year_that_is_nowhere_is_asked_for_or_assumed_and_told() -> None:
    text = REPORT.replace("2025年", "")
    with pytest.raises(Exception, match="看不出是哪一年的报告，请写明报告年度"):
        read(text, Wanted())
    assert read(text, Wanted(2020)).year == 2020
    found = read_whole(text, Wanted(year_otherwise=2024))
    assert found.report.year == 2024
    assert any("按 2024 年度" in line for line in found.in_words())


def test_that_what_the_clerk_states_counts_more_than_the_file() -> None:
    found = read(REPORT, Wanted(2024, "湟中区青石镇人民政府"))
    assert (found.year, found.organ) == (2024, "湟中区青石镇人民政府")
    assert found.title == "青石镇人民政府2025年政府信息公开工作年度报告"


def test_that_the_whole_name_is_taken_from_the_texts_where_the_title_has_it_short() -> None:
    text = REPORT.replace("青石镇人民政府\n", "青石镇").replace("依据", "由青石镇人民政府依据")
    assert read(text).organ == "青石镇人民政府"


def test_that_a_title_is_what_the_file_says_is_one() -> None:
    found = read_pieces(Line("随便什么", Role.TITLE), *lines(REPORT), TABLE)
    assert found.report.title == "随便什么"


def test_that_parts_that_were_not_found_are_told() -> None:
    told = read_whole(REPORT.replace("五、存在的主要问题及改进情况", "")).in_words()
    assert any("没有读到的正文：问题与改进。" in line for line in told)


@pytest.mark.parametrize(
    ("known", "organ"),
    [("青石镇人民政府", "青石镇人民政府"), ("红石乡人民政府", "青石镇"), ("", "青石镇")],
)
def test_that_a_short_name_is_said_whole_where_that_is_known(known: str, organ: str) -> None:
    text = REPORT.replace("青石镇人民政府\n", "青石镇")
    assert read(text, Wanted(organ_otherwise=known)).organ == organ
