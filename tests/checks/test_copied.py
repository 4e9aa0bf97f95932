"""Text copied from last year, or from a sister town: invented townships, invented years."""

from __future__ import annotations

import time
import tomllib
from dataclasses import replace

import pytest

from app.checks.copied import against, copied_from_last_year, copied_passages
from app.checks.finding import Fault
from app.checks.rule import Subject
from app.paths import resources
from app.report import Report
from app.settings import Settings
from app.similarity import Phrases
from app.totals import compute
from tests.reports import all_zeros
from tests.sentences import assert_sentence

OVERVIEW_2025 = """2025年，青石镇把宅基地审批、惠农补贴和村级工程作为公开重点，逐项写明公开时限。
（一）主动公开。全年在县政府网站青石镇页面公开信息286条，其中惠农补贴92条、宅基地审批57条；\
镇里的文件在印发后五个工作日内送到各村张贴，老年人多的村另用广播播放三遍。
（二）政府信息管理。公文流转单上增设公开属性一栏，起草人没有填写的，党政办不予编号；\
发布补贴名册以前，先删去住址和账号，全年退回改正14份。
（三）平台建设。便民服务中心一楼设查阅点1处，配有电脑和纸质目录，接待查询67人次，\
12个村的公开栏统一了样式，每张公示写明起止日期。"""
OVERVIEW_2026 = (
    OVERVIEW_2025.replace("2025", "2026")
    .replace("286", "301")
    .replace("92条、", "88条，")
    .replace("14份", "９份")
    .replace("67人次", "一百二十人次")
)
REWRITTEN = """2026年，我们先问群众想看什么，再定公开什么：\
入户走访收回意见卡240张，排在前面的是危房改造和道路养护。
（一）主动公开。危房改造从申报到验收分六步上网，每步附照片；道路养护按月列出路段、费用和施工队，共登载301条。
（二）政府信息管理。清理2018年以来的旧文件，撤下失效的23件，在原处留下说明和新文件的链接。
（三）平台建设。与邻近三个镇合用一个查询小程序，村民扫描门牌就能看到本村的收支明细。"""
PROBLEMS = (
    "一是站所报送的材料多是会议消息，群众关心的审批进度很少；二是村级公开栏更新慢，过期的名册没有撤下。"
    "下一步，党政办按月点评各站所报送的材料，驻村干部每周查看公开栏并拍照存档。"
)
STATUTORY = """根据《中华人民共和国政府信息公开条例》第五十条的规定，编制本报告。
本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、\
存在的主要问题及改进情况、其他需要报告的事项六部分组成。
本报告中所列数据的统计期限为2026年1月1日至2026年12月31日。
（一）主动公开情况
（二）依申请公开情况。收到政府信息公开申请3件，上年结转政府信息公开申请0件，予以公开2件、部分公开1件、\
不予公开0件、无法提供0件、不予处理0件、其他处理0件，结转下年度继续办理0件。
（三）政府信息管理情况
（四）政府信息公开平台建设情况
（五）监督保障情况。没有发生责任追究的情形。
如对本报告有任何疑问，请与党政综合办公室联系，联系电话：0555-1234567。
按照《政府信息公开信息处理费管理办法》规定，本年度收取信息处理费0元，无其他需要报告的事项。"""


def report(year: int = 2026, organ: str = "青石镇人民政府", **texts: str) -> Report:
    return replace(all_zeros(year=year), organ=organ, texts=texts)


def faults(
    this: dict[str, str], last: dict[str, str] | None, similarity: float = 0.8
) -> list[Fault]:
    previous = replace(report(2025), texts=last) if last is not None else None
    draft = replace(report(), texts=this, previous=previous)
    settings = Settings(similarity=similarity)
    return list(copied_from_last_year(Subject(draft, compute(draft.form, draft.cells), settings)))


def parts(found: list[Fault]) -> list[str]:
    return [fault.text.part for fault in found if fault.text]


def test_that_last_years_text_with_new_years_and_numbers_is_found() -> None:
    assert parts(faults({"overview": OVERVIEW_2026}, {"overview": OVERVIEW_2025})) == ["overview"]


def test_that_a_rewritten_text_is_not_found() -> None:
    assert faults({"overview": REWRITTEN}, {"overview": OVERVIEW_2025}) == []


def test_that_set_sentences_and_headings_alone_are_not_found() -> None:
    assert faults({"overview": STATUTORY}, {"overview": STATUTORY}) == []


def test_that_nothing_is_said_without_last_years_report() -> None:
    assert faults({"overview": OVERVIEW_2026}, None) == []
    assert faults({"overview": OVERVIEW_2026}, {}) == []


@pytest.mark.parametrize(("year", "organ"), [(2026, "青石镇人民政府"), (2025, "白水镇人民政府")])
def test_that_a_report_that_is_not_last_years_own_is_not_compared(year: int, organ: str) -> None:
    draft = report(overview=OVERVIEW_2026)
    draft = replace(draft, previous=report(year, organ, overview=OVERVIEW_2025))
    assert list(copied_from_last_year(Subject(draft, compute(draft.form, draft.cells)))) == []


def test_that_the_preface_is_not_compared() -> None:
    assert faults({"preface": OVERVIEW_2025}, {"preface": OVERVIEW_2025}) == []


def test_that_words_moved_to_another_part_are_found() -> None:
    assert parts(faults({"problems": OVERVIEW_2026}, {"overview": OVERVIEW_2025})) == ["problems"]


def test_that_each_part_is_told_once_with_its_share_and_its_longest_passage() -> None:
    both = {"overview": OVERVIEW_2025, "problems": PROBLEMS}
    overview, problems = faults({**both, "overview": OVERVIEW_2026}, both)
    assert_sentence(overview.message, "“总体情况”", "字（100%）与上年报告相同", "共 4 段", "请改写")
    assert_sentence(problems.message, "“问题与改进”", "最长的一处是“一是站所报送的材料")
    assert "共 1 段" not in problems.message
    assert (overview.expected, overview.found) == (None, "100%")


def test_that_the_passage_fits_what_the_clerk_wrote() -> None:
    text = f"\n　　{OVERVIEW_2026}"
    (fault,) = faults({"overview": text}, {"overview": OVERVIEW_2025})
    assert fault.text
    assert text[fault.text.start : fault.text.end] == fault.text.quote
    assert fault.text.quote.startswith("主动公开。全年在县政府网站")
    assert fault.text.quote.endswith("播放三遍")


def test_that_a_new_paragraph_beside_copied_ones_is_not_counted() -> None:
    mixed = f"{OVERVIEW_2026}\n{REWRITTEN.splitlines()[1]}"
    (fault,) = faults({"overview": mixed}, {"overview": OVERVIEW_2025})
    assert "共 4 段" in fault.message
    assert fault.found
    assert 60 < int(fault.found.rstrip("%")) < 90


def test_that_one_copied_paragraph_among_new_ones_is_not_worth_a_word() -> None:
    mixed = f"{REWRITTEN}\n{OVERVIEW_2025.splitlines()[2]}"
    assert faults({"overview": mixed}, {"overview": OVERVIEW_2025}) == []


def test_that_a_short_part_that_stayed_the_same_is_not_worth_a_word() -> None:
    same = "镇政府没有独立网站，信息由县政府办统一发布在县人民政府门户网站的青石镇页面上。"
    assert faults({"other": same}, {"other": same}) == []


def test_that_the_share_of_a_paragraph_is_a_setting() -> None:
    half = f"{PROBLEMS}今年起改由司法所逐份审看，并请群众代表打分排名，结果贴在各村公开栏上。"
    assert faults({"problems": half}, {"problems": PROBLEMS}, similarity=0.9) == []
    assert parts(faults({"problems": half}, {"problems": PROBLEMS}, similarity=0.5)) == ["problems"]


def test_that_lines_broken_by_a_pdf_make_no_difference() -> None:
    broken = "\n".join(PROBLEMS[at : at + 25] for at in range(0, len(PROBLEMS), 25))
    assert parts(faults({"problems": broken}, {"problems": PROBLEMS})) == ["problems"]
    assert parts(faults({"problems": PROBLEMS}, {"problems": broken})) == ["problems"]


def test_that_live_numbers_make_no_difference() -> None:
    live = OVERVIEW_2026.replace("301", "{{requests.received.total}}")
    assert parts(faults({"overview": live}, {"overview": OVERVIEW_2025})) == ["overview"]
    assert parts(faults({"overview": OVERVIEW_2026}, {"overview": live})) == ["overview"]


def test_that_a_number_of_a_person_is_masked_in_the_quotation() -> None:
    text = f"手机13800138000，{PROBLEMS}".replace("手机", "群众代表张大爷的手机")
    (fault,) = faults({"problems": text}, {"problems": text})
    assert "13800138000" not in fault.message


def test_that_a_sister_towns_text_with_its_name_changed_is_found() -> None:
    ours = report(overview=OVERVIEW_2026.replace("县政府网站青石镇", "网站青石镇"))
    theirs = report(
        organ="青山县白水镇人民政府", overview=OVERVIEW_2026.replace("青石镇", "白水镇")
    )
    (fault,) = against(ours, theirs, 0.8)
    assert_sentence(fault.message, "与“青山县白水镇2026年政府信息公开工作年度报告”相同")
    assert list(against(ours, report(overview=REWRITTEN), 0.8)) == []


def test_that_shared_passages_can_be_marked_on_both_sides() -> None:
    ours, theirs = report(problems=f"{PROBLEMS[:40]}。"), report(2025, overview=PROBLEMS)
    for one, other, part in ((ours, theirs, "problems"), (theirs, ours, "overview")):
        (span,) = copied_passages(one, part, other)
        assert one.text(part)[slice(*span)] in PROBLEMS[:40]
        assert span.end - span.start >= 38


def test_that_every_set_phrase_leaves_nothing_to_compare() -> None:
    data = tomllib.loads((resources() / "commonplaces.toml").read_text(encoding="utf-8"))
    listed = [phrase for group in data.values() for phrase in group["phrases"]]
    assert len(listed) == len(set(listed))
    known = Phrases(listed)
    assert [phrase for phrase in listed if known.own_words(phrase).signs] == []


@pytest.mark.parametrize("text", ["公" * 200_000, "公开政府信息。\n" * 25_000, "公\n" * 100_000])
def test_that_no_text_takes_long_to_compare(text: str) -> None:
    start = time.process_time()
    faults({"overview": text}, {"overview": text})
    assert time.process_time() - start < 2


def test_that_a_part_with_one_of_six_items_rewritten_is_still_copied() -> None:
    items = [f"{sign}是{words}" for sign, words in zip("一二三四五六", SIX, strict=True)]
    before = "存在的问题和改进措施。\n" + "\n".join(items)
    rewritten = "一是今年新设的集市公示栏位置偏僻，来往群众不易看见，已移到集市入口并加装照明灯具。"
    now = "存在的问题和改进措施。\n" + "\n".join([rewritten, *items[1:]])
    assert len(faults({"problems": now}, {"problems": before})) == 1


SIX = (
    "公开内容偏重会议消息，群众关心的补贴发放和低保名册公示不够细致，查询起来费时费力。",
    "栏目更新主要靠一名干事兼顾，遇到防汛抗旱任务时常常顾不过来，拖延十余天才补齐。",
    "答复文书写得笼统，只给结论而少讲理由，申请人看后仍要打电话追问具体依据何在。",
    "村级公开栏式样不一，有的村贴在屋檐下日晒雨淋，字迹模糊，老人辨认十分吃力。",
    "培训多在年底集中安排，平时缺少案例讲解，新到岗的同志上手慢，差错时有发生。",
    "解读材料大多照抄文件原话，少有图表和问答，种粮大户反映看完还是弄不懂怎样申报。",
)
