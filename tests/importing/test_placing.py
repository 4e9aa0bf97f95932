"""Which figure belongs where: told by labels, however they are written, and never guessed."""

from __future__ import annotations

import pytest

from app.files import FileError
from app.importing.paper import Lattice, Line
from app.importing.result import Imported
from tests.importing.reading import grid, read_pieces
from tests.reports import at

DISPUTES = (
    "行政复议 |<|<|<|<| 行政诉讼 |<|<|<|<|<|<|<|<|<",
    "结果维持|结果纠正|其他结果|尚未审结|总计| 未经复议直接起诉 |<|<|<|<| 复议后起诉 |<|<|<|<",
    "^|^|^|^|^|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计",
    "1|2|3|4|10|5|6|7|8|26|9|10|11|12|42",
)
REQUESTS = (
    "（勾稽关系）|<|<| 申请人情况 |<|<|<|<|<|<",
    "^|<|<| 自然人 | 法人或其他组织 |<|<|<|<| 总计",
    "^|<|<| ^ | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | ^",
    "一、本年新收政府信息公开申请数量|<|<| 1|2|3|4|5|6|21",
    "三、本年度办理结果 |（四）无法提供 | 1.本机关不掌握相关政府信息 | 7|8|9|10|11|12|57",
    "^|^| 2.没有现成信息需要另行制作 | 13|0|0|0|0|0|13",
    "^|（六）其他处理 | 3.其他 | 14|0|0|0|0|0|14",
    "^|（七）总计 |<| 34|0|0|0|0|0|34",
)
DISCLOSURE = (
    "第二十条 第（一）项|<|<|<",
    "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数",
    "规章 | 0 | 0 | 0",
    "行政规范性文件 | 8 | 26 | 66",
    "第二十条第（五）项|<|<|<",
    "信息内容 | 本年处理决定数量 |<|<",
    "行政许可 | 447228 |<|<",
    "第二十条第（六）项|<|<|<",
    "信息内容 | 本年处理决定数量 |<|<",
    "行政处罚 | 12 |<|<",
    "行政强制 | 34 |<|<",
    "第二十条第（八）项|<|<|<",
    "信息内容 | 本年收费金额（单位：万元） |<|<",
    "行政事业性收费 | 96171.6 |<|<",
)


def figures(read: Imported) -> dict[str, str]:
    return {str(cell): str(figure) for cell, figure in read.report.cells.items()}


def figure(table: Lattice, address: str) -> str | None:
    return figures(read_pieces(table)).get(address)


def changed(rows: tuple[str, ...], *changes: tuple[str, str]) -> Lattice:
    text = "\n".join(rows)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return grid(*text.split("\n"))


def test_that_each_figure_of_the_official_layout_has_its_place() -> None:
    read = figures(read_pieces(grid(*DISCLOSURE), grid(*REQUESTS), grid(*DISPUTES)))
    assert read["disclosure.normative.in_force"] == "66"
    assert read["disclosure.licences.decisions"] == "447228"
    assert read["disclosure.coercion.decisions"] == "34"
    assert read["disclosure.fees.amount"] == "96171.6"
    assert read["requests.received.other"] == "6"
    assert read["requests.not_held.legal_service"] == "11"
    assert read["requests.other.person"] == "14"
    assert read["requests.processed.total"] == "34"
    assert read["disputes.review.pending"] == "4"
    assert read["disputes.direct_suit.total"] == "26"
    assert read["disputes.suit_after_review.corrected"] == "10"
    assert len(read) == 10 + 5 * 7 + 15


@pytest.mark.parametrize(
    "written",
    [
        "行政规范性文件",
        "2.行政规范性文件",
        "（二）行政 规范\n性文件",
        "规范性文件",
        "行政规范性文件（件）",
        "行政规范性文件：",
        "⾏政规范性⽂件",
    ],
    ids=str,
)
def test_that_a_label_is_known_however_it_is_written(written: str) -> None:
    table = changed(DISCLOSURE, ("行政规范性文件", written.replace("\n", " ")))
    assert figure(table, "disclosure.normative.in_force") == "66"


@pytest.mark.parametrize(
    ("official", "written"),
    [
        ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量（件）"),
        ("一、本年新收政府信息公开申请数量", "一、 本年新收政府信息公开申请"),
        ("社会公益组织", "社会公益 组织"),
        ("3.其他 |", "3、其他 |"),
        ("3.其他 |", "3 其他 |"),
    ],
)
def test_that_rows_and_columns_are_known_without_their_numbers(official: str, written: str) -> None:
    read = figures(read_pieces(changed(REQUESTS, (official, written))))
    assert read == figures(read_pieces(grid(*REQUESTS)))


def test_that_rows_and_columns_may_stand_in_another_order() -> None:
    turned = grid(
        "信息内容 | 现行有效件数 | 本年制发件数 | 本年废止件数",
        "行政规范性文件 | 66 | 8 | 26",
        "规章 | 1 | 2 | 3",
    )
    read = figures(read_pieces(turned))
    assert read["disclosure.normative.issued"] == "8"
    assert read["disclosure.regulations.in_force"] == "1"


def test_that_a_row_nobody_knows_is_left_out_and_the_others_are_read() -> None:
    table = changed(DISCLOSURE, ("行政处罚 | 12", "行政奖励 | 12"))
    read = read_pieces(table)
    assert "disclosure.penalties.decisions" not in figures(read)
    assert figures(read)["disclosure.coercion.decisions"] == "34"
    assert not read.complete
    assert any("表二 · 行政处罚 · 本年处理决定数量" in line for line in read.in_words())


def test_that_one_heading_may_serve_several_parts_of_a_table() -> None:
    table = grid("信息内容|本年处理决定数量", "行政许可|5", "行政处罚|6", "行政强制|7")
    assert list(figures(read_pieces(table)).values()) == ["5", "6", "7"]


def test_that_a_part_without_its_own_heading_is_not_read_under_another() -> None:
    table = grid("信息内容|本年处理决定数量", "行政许可|5", "行政事业性收费|6")
    assert figures(read_pieces(table)) == {"disclosure.licences.decisions": "5"}


def test_that_figures_under_an_unknown_heading_are_not_read() -> None:
    table = changed(DISCLOSURE, ("本年废止件数", "累计件数"))
    read = figures(read_pieces(table))
    assert "disclosure.normative.repealed" not in read
    assert read["disclosure.normative.in_force"] == "66"


def test_that_nothing_is_read_by_position_alone() -> None:
    only_figures = grid("a | b | c | d", "规章 | 0 | 0 | 0", "行政规范性文件 | 8 | 26 | 66")
    with pytest.raises(FileError, match="没有读到表格里的数字"):
        read_pieces(only_figures)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("行政处罚 | 12 |<|<", "行政处罚 | 12 | 13 | "), "一格里有几个数"),
        (("规章 | 0 | 0 | 0", "规章 | 0 |<|<"), "一个数占了几列"),
        (("规章 | 0 | 0 | 0", "行政规范性文件 | 8 | 26 | 67"), "出现了两次，数字不同"),
        (("规章 | 0 | 0 | 0", "规章 | 现行有效件数 | 0 | 0"), "这里写的是标题"),
    ],
)
def test_that_what_is_not_sure_is_not_read_and_told(change: tuple[str, str], why: str) -> None:
    read = read_pieces(changed(DISCLOSURE, change))
    assert not read.complete
    assert any(why in line for line in read.in_words())


def test_that_a_figure_which_only_seems_to_be_the_total_is_not_read() -> None:
    """A heading of its own between name and figures makes the row another."""
    table = changed(REQUESTS, ("（七）总计 |<", "（七）总计 | 其中网上"))
    assert "requests.processed.person" not in figures(read_pieces(table))


def test_that_a_leaf_in_another_group_is_another_row() -> None:
    table = changed(REQUESTS, ("（六）其他处理 | 3.其他", "（五）不予处理 | 3.其他"))
    assert "requests.other.person" not in figures(read_pieces(table))


def test_that_the_name_of_a_group_is_not_taken_for_a_row_that_sounds_like_it() -> None:
    rows = ("三、本年度办理结果|（一）予以公开|<|1|1|1|1|1|1|6", "^|（三）不予公开||2|2|2|2|2|2|12")
    read = figures(read_pieces(grid(*REQUESTS[:3], *rows)))
    assert read["requests.granted.person"] == "1"


def test_that_a_table_split_over_pages_is_read_as_one() -> None:
    whole = grid(*REQUESTS)
    top, rest = grid(*REQUESTS[:5]), grid("|||0|0|0|0|0|0|0", *REQUESTS[5:])
    split = figures(read_pieces(top, Line(" "), rest))
    assert split == figures(read_pieces(whole))


def test_that_a_heading_repeated_on_the_next_page_does_no_harm() -> None:
    rest = grid(*REQUESTS[:3], *REQUESTS[5:])
    split = figures(read_pieces(grid(*REQUESTS[:5]), rest))
    assert split == figures(read_pieces(grid(*REQUESTS)))


def test_that_rows_of_text_are_read_where_all_columns_are_named_in_order() -> None:
    ragged = grid(
        "（勾稽关系）|申请人情况",
        "|自然人|法人或其他组织|总计",
        "||商业企业|科研机构|社会公益组织|法律服务机构|其他|",
        "一、本年新收政府信息公开申请数量|1|2|3|4|5|6|21",
        "三、本年度办理结果|（一）予以公开|7|0|0|0|0|0|7",
        "|（四）无法提供|1.本机关不掌握相关政府信息|8|0|0|0|0|0|8",
        ragged=True,
    )
    read = figures(read_pieces(ragged))
    assert read["requests.received.other"] == "6"
    assert read["requests.granted.person"] == "7"
    assert read["requests.not_held.total"] == "8"


@pytest.mark.parametrize(
    "row", ["规章|0|0", "规章|0|0|0|0", "|规章|1|"], ids=["too few", "too many", "too few again"]
)
def test_that_rows_of_text_with_another_number_of_figures_are_not_read(row: str) -> None:
    ragged = grid(
        "信息内容|本年制发件数|本年废止件数|现行有效件数",
        row,
        "行政规范性文件|8|26|66",
        ragged=True,
    )
    read = read_pieces(ragged)
    assert not [one for one in figures(read) if "regulations" in one]
    assert figures(read)["disclosure.normative.in_force"] == "66"


def test_that_the_form_is_told_by_the_table_and_not_by_the_year() -> None:
    old = grid(
        "信息内容|上一年项目数量|本年增/减|处理决定数量",
        "行政许可|3|-1|20",
        "其他对外管理服务事项|4|0|5",
    )
    read = read_pieces(Line("青石镇2023年政府信息公开工作年度报告"), old)
    assert (read.report.form.version, read.report.year) == ("2019", 2023)
    assert read.report.cells[at("disclosure.licences.change")] == -1


def test_that_several_tables_on_one_sheet_are_all_read() -> None:
    wide = [f"{row}{'|' * (14 - row.count('|'))}" for row in (*DISCLOSURE, *REQUESTS)]
    read = figures(read_pieces(grid(*wide, *DISPUTES)))
    assert len(read) == 10 + 5 * 7 + 15


@pytest.mark.parametrize("text", ["/", "—", "22（其中修订16件）", "约3"])
def test_that_what_is_no_number_is_kept_as_it_stands_and_told(text: str) -> None:
    read = read_pieces(changed(DISCLOSURE, ("34", text)))
    assert str(read.report.cells[at("disclosure.coercion.decisions")]).count(text) == 1
    assert any("看不懂、原样留着" in line and text in line for line in read.in_words())
