"""The form files: they say what the official forms say, and a mistake in one is found."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from app.checks import catalogue, check
from app.checks.rule import RULES
from app.forms import (
    Cell,
    FigureKind,
    Form,
    FormError,
    all_forms,
    editions,
    form_for_year,
    newest_form,
    read_form,
)
from app.layout import lay_out
from app.paths import resources
from app.report import Kind, Report
from app.session import Session
from tests.facts import VERSIONS, official
from tests.reports import at, form, found

ITEMS = ("licences", "services", "penalties", "coercion", "fees")
EQUATIONS = {"2019": 37 + 3, "2021": 39 + 3}
KINDS = {"int": FigureKind.COUNT, "int±": FigureKind.CHANGE, "decimal": FigureKind.MONEY}
TABLES = [(version, name) for version in VERSIONS for name in official(version).tables]

EVERY_VERSION = pytest.mark.parametrize("version", VERSIONS)
EVERY_TABLE = pytest.mark.parametrize(("version", "name"), TABLES)

VISITS = """
version = "2027"
name = "2027年格式"
source = "国办公开办函〔2027〕1号"
first_year = 2027
title = "{organ}{year}年报告"

[processing_fee]
part = "text"
words = ["信息处理费"]
signs = ["信息处理费"]
charged = "fees.paid.amount"

[[sections]]
id = "text"
heading = "一、文字"
short = "文字"

[[sections]]
id = "visits"
heading = "二、来访"
short = "来访"

[[sections]]
id = "fees"
heading = "三、收费"
short = "收费"

[[tables]]
id = "visits"
frame = [100, 200, 50, 50, 50]

[[tables.blocks]]
corner = "来访"
unit = "人"
columns = [
  { id = "men", label = ["人数", "男"] },
  { id = "women", label = ["人数", "女"] },
  { id = "all", label = ["总计"], sum = ["men", "women"] },
]
rows = [
  { id = "came", label = ["来"] },
  { id = "answered", label = ["去", "答复"] },
  { id = "referred", label = ["去", "转办"] },
  { id = "left", label = ["去", "合计"], sum = ["answered", "referred"] },
]

[[tables.balances]]
left = ["came"]
right = ["left"]
left_name = "来"
right_name = "去"
advice = "请核对。"

[[tables.limits]]
row = "came"
part = ["men"]
whole = ["women"]
advice = "请核对。"

[[tables.chains]]
rule = "carried-over"
lines = "rows"
line = "came"
before = ["stayed"]
minus = ["answered"]
advice = "请核对。"

[[tables.chains]]
rule = "in-force-chain"
lines = "columns"
line = "all"
before = ["all"]
plus = ["men"]
advice = "请核对。"

[[tables]]
id = "fees"
arrangement = "across"
frame = [100]
compared = ["amount"]

[[tables.blocks]]
unit = "万元"
columns = [{ id = "amount", label = ["金额"], figure = "money" }]
rows = [{ id = "paid", label = ["已缴"] }]
"""

FAULTS = {
    "a sum of a row that does not exist": (
        '["answered", "referred"]',
        '["answered", "gone"]',
        "gone",
    ),
    "a sum of a column that does not exist": (
        '["men", "women"] },',
        '["men", "girls"] },',
        "girls",
    ),
    "a balance of a row that does not exist": ('left = ["came"]', 'left = ["rode"]', "rode"),
    "a balance with a row that does not exist": ('right = ["left"]', 'right = ["rode"]', "rode"),
    "a limit of a row that does not exist": ('row = "came"', 'row = "rode"', "rode"),
    "a limit of a column that does not exist": ('whole = ["women"]', 'whole = ["girls"]', "girls"),
    "a chain of a row that does not exist": ('line = "came"', 'line = "rode"', "rode"),
    "a chain of a column that does not exist": ('line = "all"', 'line = "each"', "each"),
    "a chain with a row that does not exist": ('minus = ["answered"]', 'minus = ["sent"]', "sent"),
    "a chain with a row where columns belong": ('plus = ["men"]', 'plus = ["came"]', "came"),
    "a chain of something else": ('lines = "rows"', 'lines = "cells"', "cells"),
    "a chain without last year's lines": ('before = ["stayed"]\n', "", "before"),
    "a leap of a column that does not exist": (
        'compared = ["amount"]',
        'compared = ["sum"]',
        "sum",
    ),
    "a sum that contains itself": ('["answered", "referred"]', '["answered", "left"]', "own sum"),
    "a sum that contains itself through another": (
        'label = ["去", "答复"] }',
        'label = ["去", "答复"], sum = ["left"] }',
        "own sum",
    ),
    "two rows of one id": ('id = "referred"', 'id = "answered"', "answered"),
    "two columns of one id": ('id = "women"', 'id = "men"', "men"),
    "two rows of one heading": ('["去", "转办"]', '["去", "答复"]', "去 › 答复"),
    "two columns of one heading": ('["人数", "女"]', '["人数", "男"]', "人数 › 男"),
    "a row headed as a group of rows": ('label = ["来"]', 'label = ["去"]', "came"),
    "one row in two blocks": (
        "[[tables.balances]]",
        '[[tables.blocks]]\nunit = "人"\n'
        'columns = [{ id = "sum", label = ["合"], span = 3 }]\n'
        'rows = [{ id = "came", label = ["又来"] }]\n\n[[tables.balances]]',
        "came",
    ),
    "two sections of one id": ('id = "fees"\nheading', 'id = "text"\nheading', "text"),
    "two tables of one id": ('[[tables]]\nid = "fees"', '[[tables]]\nid = "visits"', "visits"),
    "a table without a section": ('id = "visits"\nheading', 'id = "visit"\nheading', "visits"),
    "a frame narrower than the table": ("[100, 200, 50, 50, 50]", "[100, 200, 50, 50]", "5 of 4"),
    "a column wider than the frame": ('["总计"], sum', '["总计"], span = 2, sum', "6 of 5"),
    "a frame wider than a table laid across": ("frame = [100]", "frame = [50, 50]", "1 of 2"),
    "a block that names its rows less deeply than another": (
        "[[tables.balances]]",
        '[[tables.blocks]]\nunit = "人"\n'
        'columns = [{ id = "sum", label = ["合"], span = 4 }]\n'
        'rows = [{ id = "more", label = ["另"] }]\n\n[[tables.balances]]',
        "6 of 5",
    ),
    "a fee in a cell that does not exist": ('"fees.paid.amount"', '"fees.due.amount"', "fees.due"),
    "a fee in a part that does not exist": ('part = "text"', 'part = "txet"', "txet"),
    "a fee that is no address": ('"fees.paid.amount"', '"fees.amount"', ""),
    "a fee that is a number": ('"fees.paid.amount"', "7", ""),
    "a key that is missing": ("first_year = 2027\n", "", "first_year"),
    "an id that is missing": ('{ id = "men", ', "{ ", "id"),
    "a balance without its advice": (
        'right_name = "去"\nadvice = "请核对。"\n',
        'right_name = "去"\n',
        "advice",
    ),
    "a kind of figure nobody knows": ('figure = "money"', 'figure = "coins"', "coins"),
    "a heading that is empty": ('label = ["总计"]', "label = []", ""),
    "a block without rows": (
        'rows = [{ id = "paid", label = ["已缴"] }]',
        "rows = []",
        "",
    ),
    "a word where a list belongs": ("frame = [100]", "frame = 100", ""),
    "broken TOML": ('version = "2027"', 'version = "2027', "line 2"),
}


@EVERY_TABLE
def test_that_every_heading_is_the_official_one_in_its_official_place(
    version: str, name: str
) -> None:
    boxes = lay_out(form(version).tables[name]).boxes
    headings = {
        (box.row, box.column, box.rows, box.columns): box.text for box in boxes if not box.cell
    }
    assert headings == official(version).tables[name].labels


@EVERY_TABLE
def test_that_every_figure_stands_in_its_official_place(version: str, name: str) -> None:
    boxes = lay_out(form(version).tables[name]).boxes
    figures = {(box.row, box.column, box.rows, box.columns): box.cell for box in boxes if box.cell}
    assert figures == official(version).tables[name].figures


@EVERY_TABLE
def test_that_every_table_has_the_official_size_and_widths(version: str, name: str) -> None:
    table, facts = form(version).tables[name], official(version).tables[name]
    grid = lay_out(table)
    assert (grid.rows, grid.columns) == (facts.rows, facts.columns)
    assert len(table.frame) == facts.columns
    assert facts.widths in (None, list(table.frame))


@EVERY_VERSION
def test_that_every_cell_holds_the_official_kind_of_figure(version: str) -> None:
    kinds = {cell: one.column.figure for cell, one in form(version).fields.items()}
    tables = official(version).tables.values()
    assert kinds == {cell: KINDS[kind] for table in tables for cell, kind in table.kinds.items()}


@EVERY_VERSION
def test_that_the_equations_are_the_official_ones_and_no_others(version: str) -> None:
    equations = [(frozenset(one.left), frozenset(one.right)) for one in form(version).equations]
    assert Counter(equations) == Counter(official(version).relations)
    assert len(equations) == EQUATIONS[version]


@EVERY_VERSION
def test_that_a_cell_is_computed_just_where_an_official_sum_ends(version: str) -> None:
    computed = {cell for cell, one in form(version).fields.items() if one.derived}
    sums = [right for _, right in official(version).relations if len(right) == 1]
    assert computed == frozenset[Cell]().union(*sums)


@EVERY_VERSION
def test_that_the_six_parts_and_their_headings_are_the_official_ones(version: str) -> None:
    subject, facts = form(version), official(version)
    assert [one.heading for one in subject.sections if one.heading] == facts.headings
    assert {name: subject.section(name).heading for name in subject.tables} == {
        name: table.heading for name, table in facts.tables.items()
    }


@EVERY_VERSION
def test_that_a_form_names_its_source_and_its_years(version: str) -> None:
    subject, facts = form(version), official(version)
    assert subject.source == facts.source
    assert (subject.first_year, subject.last_year) == (facts.first_year, facts.last_year)


@EVERY_VERSION
def test_that_a_file_speaks_only_of_kinds_of_organ_that_exist(version: str) -> None:
    subject = form(version)
    barred = [kind for one in subject.fields.values() for kind in one.row.barred]
    asked = [
        topic
        for part in subject.sections
        for topic in (*part.topics, *part.accountability, *part.asked)
    ]
    topics = [kind for topic in asked for kind in topic.kinds]
    assert {*barred, *topics} <= {kind.value for kind in Kind}


@EVERY_VERSION
def test_that_townships_and_subdistricts_are_barred_from_regulations_alone(version: str) -> None:
    barred = {one.row.id: one.row.barred for one in form(version).fields.values() if one.row.barred}
    assert barred == {"regulations": {"township", "subdistrict"}}


@EVERY_VERSION
def test_that_no_two_cells_of_a_table_are_called_by_one_name(version: str) -> None:
    names = Counter(map(form(version).place, form(version).fields))
    assert [name for name, times in names.items() if times > 1] == []


def test_that_the_table_of_disputes_is_the_same_in_both_forms() -> None:
    tables = [tomllib.loads(path.read_text("utf-8"))["tables"] for path in form_files()]
    disputes = [one for file in tables for one in file if one["id"] == "disputes"]
    assert len(disputes) == 2
    assert disputes[0] == disputes[1]


def test_that_the_tables_of_requests_differ_only_in_the_other_outcomes() -> None:
    old, new = (form(version).tables["requests"] for version in VERSIONS)
    rows = [{row.id: row for row in table.blocks[0].rows} for table in (old, new)]
    differing = {name for name in rows[0] | rows[1] if rows[0].get(name) != rows[1].get(name)}

    assert differing == {"other", "processed", "not_corrected", "fee_unpaid"}
    assert old.blocks[0].columns == new.blocks[0].columns
    assert (old.frame, old.balances, old.blocks[0].corner) == (
        new.frame,
        new.balances,
        new.blocks[0].corner,
    )


@EVERY_VERSION
def test_that_last_years_lines_of_a_chain_stand_in_this_form_or_the_one_before(
    version: str,
) -> None:
    forms = [one for one in all_forms() if one.first_year <= form(version).first_year][-2:]
    for table in form(version).tables.values():
        for chain in table.chains:
            known = {line for one in forms for line in lines_of(one, table.id, chain.lines)}
            assert set(chain.before) <= known


@EVERY_VERSION
def test_that_a_chain_is_judged_by_a_rule_on_years(version: str) -> None:
    chains = [chain for table in form(version).tables.values() for chain in table.chains]
    years = {one.name for one in catalogue().values() if RULES[one.id].__module__.endswith("years")}
    assert {chain.rule for chain in chains} <= years


def test_that_requests_are_carried_over_from_either_form_to_either() -> None:
    old, new = (form(version).tables["requests"].chains for version in VERSIONS)
    assert old == new
    assert [(chain.rule, chain.lines, chain.line, chain.before) for chain in new] == [
        ("carried-over", "rows", "carried_in", ("carried_out",))
    ]


@pytest.mark.parametrize(
    ("version", "chained"),
    [
        ("2019", {f"{row}.previous" for row in ITEMS}),
        (
            "2021",
            {
                f"{row}.{column}"
                for row in ("regulations", "normative")
                for column in ("issued", "repealed", "in_force")
            },
        ),
    ],
)
def test_that_a_chain_speaks_of_the_cells_of_its_lines_alone(
    version: str, chained: set[str]
) -> None:
    subject = form(version)
    (chain,) = subject.tables["disclosure"].chains
    cells = [cell for cell in subject.fields if cell.table == "disclosure"]
    assert {f"{cell.row}.{cell.column}" for cell in cells if chain.speaks_of(cell)} == chained


@pytest.mark.parametrize(
    ("year", "version"),
    [(2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2099, "2021")],
)
def test_that_each_year_is_reported_on_the_form_in_force(year: int, version: str | None) -> None:
    chosen = form_for_year(year)
    assert (chosen and chosen.version) == version


@pytest.mark.parametrize("fault", FAULTS)
def test_that_a_form_file_is_refused_by_name_for(fault: str, tmp_path: Path) -> None:
    old, new, said = FAULTS[fault]
    assert VISITS.count(old) == 1
    path = tmp_path / "2027.toml"
    path.write_text(VISITS.replace(old, new), encoding="utf-8")

    with pytest.raises(FormError) as refusal:
        read_form(path)

    assert str(refusal.value).startswith("2027.toml: ")
    assert said in str(refusal.value)


def test_that_a_form_file_in_another_encoding_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "2027.toml"
    path.write_text(VISITS, encoding="gb18030")
    with pytest.raises(FormError, match=r"2027\.toml"):
        read_form(path)


@pytest.fixture
def with_a_third_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Form:
    """Drop a third file beside the two official ones; return the form it holds."""
    folder = tmp_path / "forms"
    folder.mkdir()
    for path in form_files():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "2027.toml").write_text(VISITS, encoding="utf-8")
    monkeypatch.setattr("app.forms.reading.resources", lambda: tmp_path)
    return all_forms()[-1]


def test_that_a_third_file_is_one_more_form(with_a_third_form: Form) -> None:
    assert [one.version for one in all_forms()] == [*VERSIONS, "2027"]
    assert with_a_third_form.name == "2027年格式"


def test_that_an_edition_is_told_from_the_head_of_its_file(with_a_third_form: Form) -> None:
    told = [(one.version, one.name, one.source, one.first_year) for one in editions()]
    assert told == [(one.version, one.name, one.source, one.first_year) for one in all_forms()]
    assert newest_form() is with_a_third_form


def test_that_a_form_is_read_without_those_of_other_years(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "2027.toml").write_text(VISITS, encoding="utf-8")
    head = VISITS.replace("2027", "2031").partition("\n[")[0]
    (folder / "2031.toml").write_text(head, encoding="utf-8")
    monkeypatch.setattr("app.forms.reading.resources", lambda: tmp_path)
    chosen = form_for_year(2027)
    assert chosen
    assert chosen.version == "2027"
    with pytest.raises(FormError, match=r"2031\.toml"):
        newest_form()


def test_that_the_newest_form_of_a_year_is_chosen(with_a_third_form: Form) -> None:
    assert form_for_year(2027) is with_a_third_form
    before = form_for_year(2026)
    assert before
    assert before.version == "2021"


def test_that_a_third_form_is_laid_out_like_any_other(with_a_third_form: Form) -> None:
    grid = lay_out(with_a_third_form.tables["visits"])
    assert [(box.text or str(box.cell), box.rows, box.columns) for box in grid.boxes][:6] == [
        ("来访", 2, 2),
        ("人数", 1, 2),
        ("总计", 2, 1),
        ("男", 1, 1),
        ("女", 1, 1),
        ("来", 1, 2),
    ]


def test_that_a_third_form_adds_up_and_is_checked(with_a_third_form: Form) -> None:
    session = Session(
        Report(with_a_third_form, 2027, "青石镇人民政府", texts={"text": "没有收取信息处理费。"})
    )
    session.fill({one.cell: "0" for one in with_a_third_form.typed()}, "全部填 0")
    assert found(session) == []

    session.fill({at("visits.came.women"): "3", at("visits.answered.women"): "2"}, "填写")

    assert session.checked.figures.number(at("visits.came.all")) == 3
    assert session.checked.figures.number(at("visits.left.all")) == 2
    assert found(session) == [("balance", "women"), ("balance", "all")]


def test_that_the_former_form_is_wrong_once_a_newer_one_is_in_force(
    with_a_third_form: Form,
) -> None:
    (former,) = (one for one in all_forms() if one.version == "2021")
    wrong = [one for one in check(Report(former, 2027)).findings if one.rule == "form-of-year"]
    assert with_a_third_form.name in wrong[0].message


def lines_of(one: Form, table: str, which: str) -> set[str]:
    blocks = one.tables[table].blocks
    lines = [block.rows if which == "rows" else block.columns for block in blocks]
    return {line.id for group in lines for line in group}


def form_files() -> list[Path]:
    return sorted((resources() / "forms").glob("*.toml"))
