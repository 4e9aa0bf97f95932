"""Numbered items: a text in, its numbers out, list by list.

An item is written by its style and its number: `是1` for 一是, `（一）2` for （二）.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.enumerations import Item, items, runs
from app.numbers import CHINESE_DIGITS
from app.prose import Prose, read_prose
from app.totals import compute
from tests.reports import all_zeros

STYLES = {
    "一是加强领导；二是健全制度；三是抓好培训。": "是1 是2 是3",
    "一是加强领导。二是健全制度。十一是别的。": "是1 是2 是11",
    "一要认识到位，二要措施到位。": "要1 要2",
    "（一）主动公开\n（二）依申请公开": "（一）1 （一）2",
    "(一)主动公开\n(二)依申请公开": "（一）1 （一）2",
    "一）主动公开\n二）依申请公开": "（一）1 （一）2",
    "总体如下：（一）主动公开。（二）依申请公开。": "（一）1 （一）2",
    "一、总体情况\n二、主动公开": "一、1 一、2",
    "第一，公开不及时。第二，内容不全。": "第一1 第一2",
    "第一、公开不及时；第二、内容不全。": "第一1 第一2",
    "1.公开不及时。\n2.内容不全。": "1.1 1.2",
    "1、公开不及时；2、内容不全。": "1、1 1、2",
    "１．公开不及时。\n２．内容不全。": "1.1 1.2",
    "做了：（1）公开；（2）申请。": "（1）1 （1）2",
    "做了：①公开；②申请；⑩其他。": "①1 ①2 ①10",
    "  一、总体情况\r\n\u3000\u3000二、主动公开": "一、1 一、2",
}

NO_ITEMS = [
    # references
    "依照《条例》第二十条第（一）项的规定",
    "第二十条第一款第（五）项",
    "见第一部分",
    "按（一）项办理",
    # numbers
    "公开信息1.2万条",
    "合格率：1.5%",
    "收到申请3、4件",
    "2026年1月12日，3.15活动",
    "发布1.公开",
    # words that only look like it
    "唯一是公开",
    "之一是公开",
    "统一是原则",
    "同一要求",
    "，一要求就办",
    "一是否公开，二是不是及时",
    "星期一、星期二",
    "公开（一）信息",
]

RUNS = {
    # one list
    "一是甲。二是乙。三是丙。": "是1-3",
    # a list that begins anew is another one
    "一是甲。二是乙。\n一是丙。二是丁。三是戊。": "是1-2 是1-3",
    "一是甲。二是乙。一是丙。二是丁。三是戊。": "是1-2 是1-3",
    # a list may stand within an item of another one, which then goes on
    "一是甲。二是乙：一是丙，二是丁。三是戊。四是己。": "是1-2 是1-4",
    "一是甲：一是乙，二是丙，三是丁。二是戊。三是己。": "是1-3 是1-3",
    # a gap and a repeat stay within their list
    "一是甲。三是乙。": "是1,3",
    "一是甲。二是乙。二是丙。": "是1,2,2",
    # a list without its first item is a list
    "二是甲。三是乙。": "是2-3",
    # lists of several styles run side by side
    "（一）甲。一是乙。二是丙。\n（二）丁。一是戊。二是己。": "（一）1-2 是1-2 是1-2",
    # the numbers below a heading begin anew with the next heading
    "一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊": "一、1-2 （一）1-2 （一）1",
    "一、甲\n（一）乙\n1.丙\n2.丁\n（二）戊\n1.己\n二、庚\n1.辛": "一、1-2 （一）1-2 1.1-2 1.1 1.1",
    # a heading ends the lists within sentences, too
    "（一）甲。一是乙。\n（二）丙。二是丁。": "（一）1-2 是1 是2",
    # and a number within sentences ends no heading
    "（一）甲\n1.乙：①丙；②丁。\n2.戊：①己。": "（一）1 1.1-2 ①1-2 ①1",
    "没有序号。": "",
}


def reading(text: str) -> Prose:
    report = all_zeros()
    return read_prose("overview", text, compute(report.form, report.cells))


def found(text: str) -> tuple[Item, ...]:
    return items(reading(text))


def lists_in(text: str) -> list[tuple[Item, ...]]:
    """The lists in the order of their first items."""
    return sorted(runs(found(text), reading(text)), key=lambda one: one[0].start)


def shown(listed: tuple[Item, ...]) -> str:
    numbers = [item.number for item in listed]
    in_order = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if len(numbers) > 1 and in_order:
        return f"{listed[0].style}{numbers[0]}-{numbers[-1]}"
    return f"{listed[0].style}{','.join(map(str, numbers))}"


@pytest.mark.parametrize("text", STYLES)
def test_that_a_numbered_item_is_found_in_every_style(text: str) -> None:
    assert " ".join(f"{one.style}{one.number}" for one in found(text)) == STYLES[text]


@pytest.mark.parametrize("text", NO_ITEMS)
def test_that_a_number_in_a_reference_a_figure_or_a_word_is_no_item(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize("text", RUNS)
def test_that_items_belong_to_their_list(text: str) -> None:
    assert " ".join(map(shown, lists_in(text))) == RUNS[text]


def test_that_an_item_stands_where_its_number_stands() -> None:
    text = "（一）甲。一是乙；第二，丙。\n1.丁"
    assert [text[one.start : one.end] for one in found(text)] == ["（一）", "一是", "第二，", "1."]


def test_that_only_the_numbers_that_head_paragraphs_lie_deeper_than_one_another() -> None:
    text = "一、甲\n（一）乙\n1.丙\n（1）丁：①戊；一是己；二要庚。第一，辛。"
    assert [one.rank for one in found(text)] == [0, 1, 2, 3, None, None, None, None]


HAN = {value: sign for sign, value in CHINESE_DIGITS.items() if sign not in "〇零两"}
HEADS = {
    "是": "{han}是",
    "（一）": "\n（{han}）",
    "一、": "\n{han}、",
    "1.": "\n{number}.",
    "（1）": "\n（{number}）",
}


@given(st.sampled_from(sorted(HEADS)), st.integers(1, 9))
def test_that_a_list_counted_from_one_is_one_list(style: str, length: int) -> None:
    heads = [HEADS[style].format(han=HAN[number], number=number) for number in range(1, length + 1)]
    text = "".join(f"{head}公开工作。" for head in heads)
    (listed,) = lists_in(text)
    assert [item.number for item in listed] == list(range(1, length + 1))
    assert {item.style for item in listed} == {style}


fragments = st.lists(
    st.sampled_from([*"一二三十是要、，。；：\n（）第①②1234.项", "公开"]), max_size=60
).map("".join)


@given(fragments | st.text(max_size=60))
def test_that_every_item_stands_in_just_one_list_and_each_list_in_order(text: str) -> None:
    all_items = found(text)
    lists = lists_in(text)
    assert sorted((one for listed in lists for one in listed), key=lambda one: one.start) == list(
        all_items
    )
    for listed in lists:
        assert len({one.style for one in listed}) == 1
        assert list(listed) == sorted(listed, key=lambda one: one.start)
        assert all(one.number != 1 for one in listed[1:])
