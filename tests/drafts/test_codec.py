"""What a draft file holds, key by key, and that nothing of it is lost on the way."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.drafts import DraftError, load, report_from, report_to
from app.drafts.reading import parse
from app.drafts.store import to_bytes
from app.forms import Cell, FigureKind, Form, all_forms, form_named
from app.numbers import Figure, Unreadable, read, show
from app.report import Kind, Report
from tests.drafts.examples import (
    AT,
    FEES,
    FILLED,
    PERSON,
    as_json,
    filled,
    reopened,
    report,
    values,
)
from tests.sentences import assert_sentence

CONTRACT_EXAMPLE = """{
 "schema": 1,
 "form": "2021",
 "year": 2026,
 "organ": "青石镇人民政府",
 "kind": "township",
 "title": "",
 "date": "2027-01-12",
 "text": {"preface": "", "overview": "…", "problems": "…", "other": "…"},
 "cells": {"requests.received.person": 3, "disclosure.fees.amount": "1.25"},
 "reasons": []
}"""
TOTAL = Cell("requests", "received", "total")


def read_back(one: Report) -> Report:
    return report_from(parse(to_bytes(one, 1, AT).decode()))


# ── The contract, to the letter ──


def test_that_the_contracts_example_is_read_as_it_is_meant(tmp_path: Path) -> None:
    opened = reopened(tmp_path / "x.json", CONTRACT_EXAMPLE.encode())
    one = opened.report

    assert (one.form.version, one.year, one.organ) == ("2021", 2026, "青石镇人民政府")
    assert (one.kind, one.date) == (Kind.TOWNSHIP, date(2027, 1, 12))
    assert one.title == "青石镇2026年政府信息公开工作年度报告"
    assert one.text("overview") == "…"
    assert dict(one.cells) == {PERSON: 3, FEES: Decimal("1.25")}
    assert (opened.notices, opened.generation, opened.intact) == ((), 0, True)


def test_that_a_saved_draft_has_exactly_the_contracts_keys() -> None:
    saved = json.loads(to_bytes(report_from(json.loads(CONTRACT_EXAMPLE)), 12, AT))

    assert list(saved) == [*json.loads(CONTRACT_EXAMPLE), "saved"]
    assert list(saved["saved"]) == ["generation", "at", "sha256"]
    assert {key: saved[key] for key in saved if key != "saved"} == json.loads(CONTRACT_EXAMPLE)


def test_that_the_seal_tells_generation_time_and_the_hash_of_all_the_rest() -> None:
    saved = json.loads(to_bytes(filled(), 12, AT))
    seal = saved.pop("saved")
    canonical = json.dumps(saved, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert seal["generation"] == 12
    assert seal["at"][:19] == "2027-01-08T14:03:22"
    assert seal["at"][19] in "+-", "the time zone belongs to it"
    assert seal["sha256"] == hashlib.sha256(canonical.encode()).hexdigest()


def test_that_only_form_year_and_schema_are_needed() -> None:
    one = report_from({"schema": 1, "form": "2019", "year": 2020})
    assert (one.organ, one.stated_kind, one.date, one.cells) == ("", None, None, {})


def test_that_report_to_leaves_the_seal_of_a_former_save_out() -> None:
    one = report(saved={"generation": 3, "at": "x", "sha256": "y"}, note="mine")
    assert "saved" not in report_to(one)
    assert one.extra == {"note": "mine"}


@pytest.mark.parametrize("kind", [*(kind.value for kind in Kind), "", None])
def test_that_a_kind_is_stated_or_guessed(kind: str | None) -> None:
    one = report(kind=kind)
    assert one.kind is (Kind(kind) if kind else Kind.TOWNSHIP)
    assert ("kind" in report_to(one)) == bool(kind)


# ── Figures ──


@pytest.mark.parametrize(
    ("written", "number"),
    [(3, 3), ("3", 3), (3.0, 3), ("３", 3), (0, 0), ("0", 0), (-3, -3), (1234567890, 1234567890)],
)
def test_that_a_count_may_be_a_number_or_its_text_and_is_saved_as_an_integer(
    written: object, number: int
) -> None:
    one = report_from(parse(as_json(values(cells={str(PERSON): written})).decode()))
    assert one.cells == {PERSON: number}
    saved = report_to(one)["cells"][str(PERSON)]
    assert (saved, type(saved)) == (number, int)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("24252.311082", "24252.311082"),
        ("24252.311082 ", "24252.311082"),
        ('"24252.311082"', "24252.311082"),
        ("1.10", "1.10"),
        ('"1.10"', "1.10"),
        ("0.1", "0.1"),
        ("2420", "2420"),
        ("1e3", "1000"),
        ("25e-3", "0.025"),
        ('"1,234.50"', "1234.50"),
        ("0", "0"),
        ("0.00", "0.00"),
    ],
)
def test_that_money_is_read_exactly_as_written_and_saved_as_plain_text(
    written: str, text: str
) -> None:
    draft = '{"schema": 1, "form": "2021", "year": 2026, "cells": {"disclosure.fees.amount": %s}}'
    one = report_from(parse(draft % written))
    assert one.cells == {FEES: Decimal(text)}
    assert report_to(one)["cells"] == {str(FEES): text}
    assert show(read_back(one).cells[FEES]) == text


@pytest.mark.parametrize("empty", [None, "", " ", "\u3000"])
def test_that_nothing_in_a_cell_is_blank_and_not_0(empty: str | None) -> None:
    assert report(cells={str(PERSON): empty}).cells == {}


@pytest.mark.parametrize(
    "text", ["22（其中修订16件）", "/", "无", " 约5 ", "1e5", "nan", "①", "3.5"]
)
def test_that_a_text_that_is_no_count_stays_as_it_stands(text: str) -> None:
    one = report(cells={str(PERSON): text})
    assert one.cells == {PERSON: Unreadable(text)}
    assert report_to(one)["cells"] == {str(PERSON): text}


def test_that_a_stated_total_is_kept() -> None:
    one = report(cells={str(PERSON): 3, str(TOTAL): 99})
    assert one.cells[TOTAL] == 99
    assert read_back(one).cells[TOTAL] == 99


def test_that_figures_of_the_other_form_are_kept() -> None:
    other, this = form_named("2019"), form_named("2021")
    assert other
    assert this
    cell = next(cell for cell in other.fields if cell not in this.fields)
    one = report(cells={str(cell): 5})
    assert one.cells == {cell: 5}
    assert read_back(one) == one


# ── What the program does not know ──


def test_that_unknown_keys_parts_and_addresses_survive(tmp_path: Path) -> None:
    unknown: dict[str, Any] = {"county": {"code": "330281", "list": [1, None, True, 1.5, "一"]}}
    one = reopened(
        tmp_path / "x.json",
        as_json(
            values(
                **unknown,
                text={"overview": "一", "appendix": "附"},
                cells={str(PERSON): 3, "requests.received.robot": 4, "nowhere": [1], "a.b": None},
                reasons=[{"rule": "jump", "text": "合并了一个村", "more": 1}],
            )
        ),
    )
    saved = json.loads(to_bytes(one.report, 1, AT))

    assert saved["county"] == unknown["county"]
    assert saved["text"] == {"overview": "一", "appendix": "附"}
    assert saved["cells"] == {
        str(PERSON): 3,
        "requests.received.robot": 4,
        "nowhere": [1],
        "a.b": None,
    }
    assert saved["reasons"] == [{"rule": "jump", "text": "合并了一个村", "more": 1}]
    assert_sentence(one.notices[0], "3 个格", "requests.received.robot", "原样保留")


# ── Last year's report inside ──

INSIDE: dict[str, Any] = values(
    year=2025,
    title="",
    cells={str(PERSON): 5, str(FEES): "1.25", "nowhere": [1], "requests.received.robot": 4},
    reasons=[{"rule": "jump", "more": 1}],
    county={"code": "330281"},
    saved={"generation": 4, "at": "2026-01-08T14:03:22+08:00", "sha256": "0a"},
    previous={"year": "an older way", "cells": [1]},
)


def test_that_last_years_report_inside_a_draft_is_read() -> None:
    last = report(previous=INSIDE).previous
    assert last
    assert (last.year, last.organ, last.form.version) == (2025, "青石镇人民政府", "2021")
    assert dict(last.cells) == {PERSON: 5, FEES: Decimal("1.25")}
    assert last.previous is None, "what lies inside it is carried along, not read"


def test_that_last_years_report_is_saved_as_it_was_read() -> None:
    one = report(previous=INSIDE)
    assert json.loads(to_bytes(one, 1, AT))["previous"] == INSIDE
    assert read_back(one) == one


def test_that_last_years_report_may_be_on_the_other_form() -> None:
    cells = {"disclosure.licences.change": -2}
    one = report(year=2021, previous=values(form="2019", year=2020, cells=cells))
    assert one.previous
    assert one.previous.form.version == "2019"
    assert one.previous.cells == {Cell("disclosure", "licences", "change"): -2}


@pytest.mark.parametrize("previous", [{}, {"previous": None}])
def test_that_a_draft_without_last_years_report_is_saved_without_one(
    previous: dict[str, Any],
) -> None:
    one = report(**previous)
    assert one.previous is None
    assert "previous" not in report_to(one)


def test_that_a_draft_used_as_last_years_report_comes_back_the_same() -> None:
    one = replace(report(), previous=report(year=2025, previous=INSIDE))
    data = to_bytes(one, 1, AT)
    assert to_bytes(report_from(parse(data.decode())), 1, AT) == data


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"cells": {str(PERSON): True}}, f"“previous › cells › {PERSON}（表三"),
        ({"cells": {str(PERSON): 10**16}}, f"“previous › cells › {PERSON}（表三"),
        ({"cells": [1]}, "“previous › cells”应是一组内容"),
        ({"text": {"overview": 1}}, "“previous › text › overview”应是文字"),
        ({"year": "2025"}, "“previous › year”应是年份数字"),
        ({"form": "2020"}, "“previous › form”写的是“2020”"),
        ({"kind": "village"}, "“previous › kind”应是"),
        ({"organ": 1}, "“previous › organ”应是文字"),
        ({"date": "2026-13-01"}, "“previous › date”应是日期"),
        ({"reasons": 1}, "“previous › reasons”应是"),
        ({"saved": None}, "“previous › saved”应是一组内容"),
        ({"schema": 0}, "“previous › schema”"),
        ({"schema": 2}, "里面的“previous”由更新版本的程序保存"),
        ({"organ": "镇\ud83d长"}, "“previous › organ”里有残缺的字符"),
    ],
)
def test_that_a_broken_report_inside_is_refused_with_its_place(
    wrong: dict[str, Any], told: str
) -> None:
    with pytest.raises(DraftError) as refusal:
        report(previous=INSIDE | wrong)
    assert_sentence(f"草稿读不出来：{refusal.value}。", told)


# ── There and back ──

FORMS = st.sampled_from(all_forms())
WORDS = st.text(max_size=30)  # any Unicode but lone surrogates
FIGURES: dict[FigureKind, st.SearchStrategy[Figure]] = {
    FigureKind.COUNT: st.integers(-(10**15) + 1, 10**15 - 1),
    FigureKind.CHANGE: st.integers(-(10**15) + 1, 10**15 - 1),
    FigureKind.MONEY: st.decimals(-(10**6), 10**6, places=6, allow_nan=False),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(-1e30, 1e30) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
SOMETHING = JSON.filter(lambda value: value is not None)


@st.composite
def reports(draw: st.DrawFn, *, inside: bool = False) -> Report:
    form: Form = draw(FORMS)
    cells = draw(st.sets(st.sampled_from(list(form.fields)), max_size=12))
    figures: dict[Cell, Figure] = {}
    for cell in cells:
        kind = form.fields[cell].column.figure
        figure = read(draw(FIGURES[kind].map(show) | WORDS), kind)
        if figure is not None:
            figures[cell] = figure
    extra = draw(st.dictionaries(WORDS.map("x-{}".format), JSON, max_size=3))
    strays = draw(st.dictionaries(WORDS.map("stray {}".format), JSON, max_size=2))
    if inside:
        files = {"saved": st.dictionaries(WORDS, JSON, max_size=3), "previous": SOMETHING}
        extra |= draw(st.fixed_dictionaries({}, optional=files))
    return Report(
        form=form,
        year=draw(st.integers(2000, 2999)),
        organ=draw(WORDS),
        stated_kind=draw(st.none() | st.sampled_from(Kind)),
        stated_title=draw(WORDS),
        date=draw(st.none() | st.dates()),
        texts=draw(st.dictionaries(WORDS, WORDS, max_size=5)),
        cells=figures,
        reasons=tuple(draw(st.lists(st.dictionaries(WORDS, JSON, max_size=3), max_size=2))),
        previous=None if inside else draw(st.none() | reports(inside=True)),
        notes=draw(st.dictionaries(WORDS, WORDS, max_size=2)),
        extra=extra | ({"cells": strays} if strays else {}),
    )


@given(reports(), st.integers(0, 10**9))
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_that_any_report_comes_back_identical(one: Report, generation: int) -> None:
    data = to_bytes(one, generation, AT)
    back = report_from(parse(data.decode()))

    assert back == one
    assert {cell: show(figure) for cell, figure in back.cells.items()} == {
        cell: show(figure) for cell, figure in one.cells.items()
    }
    assert to_bytes(back, generation, AT) == data, "byte by byte, so that a copy can be compared"


@given(WORDS)
def test_that_any_text_in_a_cell_is_a_figure_or_kept_as_it_stands(text: str) -> None:
    figure = report(cells={str(PERSON): text}).cells.get(PERSON)
    if isinstance(figure, Unreadable):
        assert figure.text == text
    else:
        assert figure == read(text, FigureKind.COUNT)


def test_that_the_delivered_examples_open_without_a_notice() -> None:
    for path in FILLED.parent.glob("*.json"):
        assert load(path).notices == ()


def test_that_an_opened_and_saved_draft_opens_without_a_notice(tmp_path: Path) -> None:
    opened = reopened(tmp_path / "x.json", to_bytes(filled(), 41, AT))
    assert (opened.notices, opened.generation, opened.intact) == ((), 41, True)


def test_that_half_a_character_from_an_input_method_does_not_stop_a_save(tmp_path: Path) -> None:
    typed = report().with_text("overview", "镇\ud83d长")
    opened = reopened(tmp_path / "x.json", to_bytes(typed, 1, AT))
    assert opened.report.text("overview") == "镇?长"
    assert opened.notices == ()


# ── Wrong types, whatever they are ──


@given(
    st.fixed_dictionaries(
        {"schema": st.just(1), "form": st.just("2021"), "year": JSON | st.just(2026)},
        optional=dict.fromkeys(
            ("organ", "kind", "title", "date", "text", "cells", "previous", "reasons", "saved"),
            JSON,
        ),
    )
)
@settings(deadline=None)
def test_that_any_json_is_a_report_or_is_refused_with_its_place(data: dict[str, Any]) -> None:
    try:
        report_from(data)
    except DraftError as error:
        assert_sentence(f"草稿读不出来：{error}。")
