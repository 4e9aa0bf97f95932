"""Where the figures of a copied block go, and what is told of the rest."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clipboard import Block
from app.forms import Form
from app.layout import Grid, lay_out
from app.numbers import InputError, Unreadable, show
from app.pasting import Chosen, Pasted, paste
from app.report import Report
from app.totals import compute
from tests.reports import all_zeros, at, form, fully_stated

TABLES = ("disclosure", "requests", "disputes")
EVERY_TABLE = pytest.mark.parametrize(("version", "table"), list(product(("2019", "2021"), TABLES)))


def grid(table: str = "requests", version: str = "2021") -> Grid:
    return lay_out(form(version).tables[table])


def chosen(*addresses: str) -> Chosen:
    """What is chosen: the places of these cells."""
    boxes = [grid(at(one).table).places[at(one)] for one in addresses]
    return Chosen(frozenset((box.row, box.column) for box in boxes))


def block(text: str) -> Block:
    """A block written as a small table: `|` between cells, `.` for a covered place."""
    lines = [line.strip().split("|") for line in text.strip().splitlines()]
    return tuple(tuple(None if one == "." else one.strip() for one in line) for line in lines)


def pasted(text: str | Block, *cells: str) -> Pasted:
    table = at(cells[0]).table
    content = block(text) if isinstance(text, str) else text
    return paste(content, form(), grid(table), chosen(*cells))


def figures(result: Pasted) -> dict[str, object]:
    return {str(cell).partition(".")[2]: figure for cell, figure in result.figures.items()}


def whole_table(report: Report, table: str, *, merged: bool) -> Block:
    """A table of a report as a spreadsheet copies all of it, headings included."""
    laid = grid(table, report.form.version)
    shown = compute(report.form, report.cells).shown
    rows: list[list[str | None]] = [
        [None if merged else ""] * laid.columns for _ in range(laid.rows)
    ]
    for box in laid.boxes:
        rows[box.row][box.column] = show(shown(box.cell)) if box.cell else box.text
    return tuple(map(tuple, rows))


def typed(report: Report, table: str) -> dict[object, object]:
    return {one.cell: report.cells[one.cell] for one in report.form.typed(table)}


def places(which: Form, table: str) -> Iterable[Chosen]:
    """Every single place of a table the cursor may stand at."""
    for box in grid(table, which.version).boxes:
        if box.cell:
            yield Chosen(frozenset({(box.row, box.column)}))


@EVERY_TABLE
@pytest.mark.parametrize("merged", [True, False])
def test_that_a_whole_table_with_its_headings_goes_where_it_belongs_from_any_cell(
    version: str, table: str, merged: bool
) -> None:
    report = fully_stated(version)
    copied = whole_table(report, table, merged=merged)
    for where in places(report.form, table):
        result = paste(copied, report.form, grid(table, version), where)
        assert result.figures == typed(report, table)
        assert result.in_full(all_zeros(version)) == ()


@EVERY_TABLE
def test_that_a_whole_table_without_its_headings_goes_in_from_the_first_cell(
    version: str, table: str
) -> None:
    report = fully_stated(version)
    laid = grid(table, version)
    top = laid.head_rows
    bare = tuple(row[laid.stub_columns :] for row in whole_table(report, table, merged=True)[top:])
    if not top:
        return  # in a table of several blocks headings stand between the figures
    where = Chosen(frozenset({(top, laid.stub_columns)}))
    result = paste(bare, report.form, laid, where)
    assert result.figures == typed(report, table)
    assert not result.named


def test_that_a_block_goes_in_from_the_first_chosen_cell() -> None:
    result = pasted("1|2\n3|4", "requests.granted.charity")
    assert figures(result) == {
        "granted.charity": 1,
        "granted.legal_service": 2,
        "partly_granted.charity": 3,
        "partly_granted.legal_service": 4,
    }
    assert result.in_short(all_zeros()) == "粘贴了 4 格。"
    assert result.in_full(all_zeros()) == ()


def test_that_a_place_covered_by_a_merged_cell_stays_as_it_is_and_shifts_no_other() -> None:
    result = pasted("1|.|3\n.|.|4", "requests.received.person")
    assert figures(result) == {
        "received.person": 1,
        "received.research": 3,
        "carried_in.research": 4,
    }


def test_that_a_blank_in_the_block_blanks_and_never_becomes_0() -> None:
    assert figures(pasted("1||\u3000", "requests.received.person")) == {
        "received.person": 1,
        "received.business": None,
        "received.research": None,
    }


def test_that_what_cannot_be_read_is_kept_and_named() -> None:
    result = pasted("1|/\n22（其中修订16件）|4", "requests.received.person")
    assert result.figures[at("requests.received.business")] == Unreadable("/")
    assert result.in_short(all_zeros()) == "粘贴了 4 格，2 格看不懂，原样留着。"
    assert result.in_full(all_zeros()) == (
        "看不懂、原样留着的 2 格：表三 · 一（新收） · 商业企业“/”；"
        "表三 · 二（上年结转） · 自然人“22（其中修订16件）”。请改成数字，没有发生的填 0。",
    )


def test_that_what_has_no_place_is_named_by_where_it_stood_in_the_block() -> None:
    result = pasted("1|2|3|4\n5|6", "requests.carried_out.legal_service")
    assert figures(result) == {"carried_out.legal_service": 1, "carried_out.other": 2}
    left = "没有位置、没有使用的 3 个：第 1 行第 4 个“4”；第 2 行第 1 个“5”；第 2 行第 2 个“6”。"
    assert left in result.in_full(all_zeros())


def test_that_of_many_places_only_a_few_are_named() -> None:
    (told,) = pasted("\n".join(["甲"] * 9), "requests.received.person").in_full(all_zeros())
    assert told.startswith("看不懂、原样留着的 9 格：")
    assert told.count("“甲”") == 3
    assert " 等。" in told


def test_that_a_pasted_total_is_ignored_where_it_agrees_and_told_where_it_differs() -> None:
    row = "2|1|0|0|0|0|{}"
    right = pasted(row.format(3), "requests.received.person")
    assert right.in_full(all_zeros()) == ()
    assert len(right.figures) == 6

    wrong = pasted(row.format(5), "requests.received.person")
    assert wrong.figures == right.figures
    assert wrong.in_short(all_zeros()) == "粘贴了 6 格，1 个总计与计算值不同，按计算值。"
    assert wrong.in_full(all_zeros()) == (
        "总计按计算值，与粘贴的不同 1 个：表三 · 一（新收） · 总计粘贴的是 5，计算是 3。"
        "请核对各项。",
    )


def test_that_a_total_is_compared_with_all_of_its_parts_not_only_the_pasted_ones() -> None:
    before = all_zeros().with_cells({at("requests.received.person"): 7})
    assert pasted("1|8", "requests.received.other").in_full(before) == ()


def test_that_one_value_fills_every_chosen_typed_cell_and_nothing_else() -> None:
    rows, columns = ("granted", "partly_granted"), ("legal_service", "other", "total")
    cells = [f"requests.{row}.{column}" for row, column in product(rows, columns)]
    result = pasted("0", *cells)
    assert result.figures == dict.fromkeys(map(at, (*cells[:2], *cells[3:5])), 0)
    assert result.in_full(all_zeros()) == ()


def test_that_one_row_fills_every_chosen_row() -> None:
    cells = [f"requests.{row}.person" for row in ("received", "carried_in", "granted")]
    beside = [one.replace("person", "business") for one in cells]
    result = pasted("1|2", *cells, *beside)
    assert set(map(result.figures.get, map(at, cells))) == {1}
    assert set(map(result.figures.get, map(at, beside))) == {2}


def test_that_cells_chosen_apart_are_filled_and_those_between_left_alone() -> None:
    apart = ("disclosure.licences.decisions", "disclosure.coercion.decisions")
    assert pasted("0", *apart).figures == dict.fromkeys(map(at, apart), 0)


NAMED = """
（二）部分公开（区分处理的，只计这一情形，不计其他情形）|.|1|2|3|4|5|6|21
1.属于国家秘密|.|1|0|0|0|0|0|1
"""


@pytest.mark.parametrize("labels", [1, 2, 3])
def test_that_rows_with_their_names_go_to_these_rows_however_many_columns_name_them(
    labels: int,
) -> None:
    rows = tuple((*row[:1], *[None] * (labels - 1), *row[2:]) for row in block(NAMED))
    result = pasted(rows, "requests.received.research")
    assert figures(result) == {
        **dict(zip(_row("partly_granted"), range(1, 7), strict=True)),
        **dict(zip(_row("state_secret"), (1, 0, 0, 0, 0, 0), strict=True)),
    }
    assert result.in_short(all_zeros()) == "粘贴了 12 格（按表头对应）。"
    assert result.in_full(all_zeros()) == ()


def _row(row: str) -> list[str]:
    columns = form().tables["requests"].blocks[0].columns
    return [f"{row}.{one.id}" for one in columns if not one.sum]


def test_that_rows_in_another_order_or_left_out_go_where_their_names_say() -> None:
    rows = block(NAMED)
    assert pasted(rows[::-1], "requests.received.person").figures == (
        pasted(rows, "requests.received.person").figures
    )


def test_that_a_row_without_a_name_follows_the_one_before() -> None:
    rows = (*block(NAMED)[1:], ("", None, *"1000001"))
    result = figures(pasted(rows, "requests.received.person"))
    order = [row.id for row in form().tables["requests"].blocks[0].rows]
    behind = order[order.index("state_secret") + 1]
    assert result[f"{behind}.person"] == 1
    assert len(result) == 12


def test_that_a_row_with_an_unknown_name_is_left_out_and_told() -> None:
    rows = (*block(NAMED)[1:], ("9.不知哪一项", None, *"3000003"))
    result = pasted(rows, "requests.received.person")
    assert len(result.figures) == 6
    assert result.in_full(all_zeros())[-1].startswith(
        "没有位置、没有使用的 7 个：第 2 行第 3 个“3”"
    )


def test_that_names_without_headings_and_with_only_some_columns_are_refused_in_words() -> None:
    rows = tuple((*row[:1], *row[2:5]) for row in block(NAMED))
    with pytest.raises(InputError, match="请连表头一起复制，或者只复制数字"):
        pasted(rows, "requests.received.person")


def test_that_some_columns_go_under_their_headings() -> None:
    heads = ("", None, None, "商业企业", "科研机构")
    rows = (heads, ("一、本年新收政府信息公开申请数量", None, None, "4", "5"))
    result = pasted(rows, "requests.granted.person")
    assert figures(result) == {"received.business": 4, "received.research": 5}


@pytest.mark.parametrize("content", ["总计", "合计|3", "3|其他"])
def test_that_a_single_word_among_figures_does_not_tell_where_they_belong(content: str) -> None:
    result = pasted(content, "requests.received.person")
    assert not result.named
    assert at("requests.received.person") in result.figures


def test_that_labels_are_known_however_they_are_spaced_and_whatever_their_width() -> None:
    spaced = [("一、本年新收政府信息\n公开申请数量 ", None, None, *"1200003")]
    assert figures(pasted(tuple(spaced), "requests.granted.person"))["received.business"] == 2
    plain = [("(七)总计", None, "1", "0", "0", "0", "0", "0", "1")]
    result = pasted(tuple(map(tuple, plain)), "requests.granted.person")
    assert result.named
    assert result.figures == {}


def test_that_nothing_on_the_clipboard_is_said_to_be_nothing() -> None:
    result = pasted((), "requests.received.person")
    assert result.in_short(all_zeros()) == "剪贴板里没有可以粘贴的内容。"


def test_that_rows_of_different_lengths_are_pasted_as_far_as_they_go() -> None:
    ragged: Sequence[Sequence[str]] = [["1"], ["2", "3"], [""]]
    result = pasted(tuple(map(tuple, ragged)), "disputes.review.upheld")
    assert figures(result) == {"review.upheld": 1}
    assert len(result.left_out) == 2


texts = st.sampled_from(
    ["", " ", "0", "3", "３ 件", "1,234", "无", "/", "甲乙", "12345678901234567"]
)
blocks = st.lists(st.lists(texts, min_size=1, max_size=9), min_size=1, max_size=5)


@given(blocks, st.sampled_from(list(places(form(), "requests"))))
def test_that_every_text_of_a_block_is_entered_or_a_total_or_told_to_be_left_out(
    rows: list[list[str]], where: Chosen
) -> None:
    result = paste(tuple(map(tuple, rows)), form(), grid(), where)
    written = [text for row in rows for text in row if text.strip()]
    entered = [figure for figure in result.figures.values() if figure is not None]
    assert len(written) == len(entered) + len(result.totals) + len(result.left_out)
    assert entered.count(0) <= written.count("0")


def test_that_the_largest_block_of_words_without_a_place_is_told_of_at_once() -> None:
    words = tuple(tuple(f"{row}行{column}列" for column in range(100)) for row in range(500))
    start = time.process_time()
    result = pasted(words, "requests.received.person")
    assert time.process_time() - start < 2
    assert len(result.left_out) > 40_000
