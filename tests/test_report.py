"""The report as a value: its title, its kind of organ, its changes."""

from __future__ import annotations

import pytest

from app.report import Kind, Report, guess_kind
from tests.reports import all_zeros, at, form

TITLES = {
    "青石镇人民政府": "青石镇2026年政府信息公开工作年度报告",
    "绥江县会仪镇人民政府": "绥江县会仪镇2026年政府信息公开工作年度报告",
    "青石街道办事处": "青石街道办事处2026年政府信息公开工作年度报告",
    "青石县司法局": "青石县司法局2026年政府信息公开工作年度报告",
    "上海市人民政府办公厅": "上海市人民政府办公厅2026年政府信息公开工作年度报告",
    "人民政府": "人民政府2026年政府信息公开工作年度报告",
    "{year}镇人民政府": "{year}镇2026年政府信息公开工作年度报告",
}
KINDS = {
    "青石镇人民政府": Kind.TOWNSHIP,
    "青石镇政府": Kind.TOWNSHIP,
    "青石镇": Kind.TOWNSHIP,
    "西宁市湟中区多巴镇人民政府": Kind.TOWNSHIP,
    "白水回族乡人民政府": Kind.TOWNSHIP,
    "白音苏木人民政府": Kind.TOWNSHIP,
    "深圳市龙华区民治街道办事处": Kind.SUBDISTRICT,
    "青石街道": Kind.SUBDISTRICT,
    "乡村街道办": Kind.SUBDISTRICT,
    "金湖县人民政府": Kind.COUNTY,
    "宿迁市人民政府": Kind.COUNTY,
    "西宁市湟中区人民政府": Kind.COUNTY,
    "科尔沁右翼中旗人民政府": Kind.COUNTY,
    "镇江市人民政府": Kind.COUNTY,
    "上海市人民政府办公厅": Kind.DEPARTMENT,
    "武汉市生态环境局": Kind.DEPARTMENT,
    "新乡市城乡规划局": Kind.DEPARTMENT,
    "": Kind.DEPARTMENT,
}


@pytest.mark.parametrize("organ", TITLES)
def test_that_the_title_is_made_from_organ_and_year(organ: str) -> None:
    assert Report(form(), 2026, organ).title == TITLES[organ]


def test_that_a_stated_title_is_kept_as_it_is() -> None:
    report = Report(form(), 2026, "青石镇人民政府", stated_title="信息公开年度报告")
    assert report.title == "信息公开年度报告"


@pytest.mark.parametrize("organ", KINDS)
def test_that_the_kind_of_organ_is_told_by_its_name(organ: str) -> None:
    assert guess_kind(organ) is KINDS[organ]


def test_that_the_kind_follows_the_name_unless_it_is_stated() -> None:
    assert Report(form(), 2026, "青石镇人民政府").kind is Kind.TOWNSHIP
    stated = Report(form(), 2026, "青石镇人民政府", stated_kind=Kind.SUBDISTRICT)
    assert stated.kind is Kind.SUBDISTRICT


def test_that_every_kind_of_organ_has_a_chinese_name_of_its_own() -> None:
    assert len({kind.chinese for kind in Kind}) == len(Kind)


def test_that_a_part_nobody_wrote_is_an_empty_text() -> None:
    assert Report(form(), 2026).text("problems") == ""


def test_that_a_change_makes_a_new_report_and_leaves_the_old_one() -> None:
    before = all_zeros()
    cell = at("disputes.review.upheld")
    after = before.with_cells({cell: 3}).with_text("problems", "问题。")
    assert (before.cells[cell], after.cells[cell]) == (0, 3)
    assert after.text("problems") == "问题。"
    assert before.text("problems") != "问题。"
    assert after.text("other") == before.text("other")


def test_that_a_cell_set_to_nothing_is_blank() -> None:
    cell = at("disputes.review.upheld")
    after = all_zeros().with_cells({cell: None})
    assert cell not in after.cells
    assert len(after.cells) == len(all_zeros().cells) - 1
