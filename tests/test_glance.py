"""A draft at a glance, before it is opened; looking changes nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from app.checks import Level
from app.drafts import DraftFile, load
from app.glance import glance, when_in_words
from app.paths import examples
from app.session import Session
from app.settings import Settings
from tests.drafts.examples import as_json, values
from tests.reports import all_zeros, at


def saved(folder: Path, report: object = None) -> Path:
    path = folder / "青石镇2026年政府信息公开工作年度报告.json"
    file = DraftFile(path)
    file.save(report or all_zeros())  # type: ignore[arg-type]
    file.close()
    return path


def test_that_whose_report_it_is_and_when_it_was_saved_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path)
    seen = glance(path)
    assert (seen.organ, seen.year, seen.trouble) == ("青石镇人民政府", 2026, "")
    assert seen.saved_at == load(path).saved_at
    assert seen.name_apart == ""
    assert not any(seen.open_ones.values())


def test_that_what_is_open_is_counted_blanks_cell_by_cell(tmp_path: Path) -> None:
    report = all_zeros().with_cells(
        {
            at("requests.received.person"): None,
            at("requests.received.business"): None,
            at("disclosure.coercion.decisions"): -1,
        }
    )
    seen = glance(saved(tmp_path, report)).open_ones
    assert (seen[Level.ERROR], seen[Level.BLANK]) == (1, 2)


def test_that_a_query_with_a_reason_is_not_open(tmp_path: Path) -> None:
    session = Session(load(examples() / "practice-2026.json").report)
    before = glance(saved(tmp_path, session.report)).open_ones[Level.QUERY]
    session.accept(session.checked.at(Level.QUERY)[0], "正文只列主要类别，其余为人事任免。")
    assert glance(saved(tmp_path / "二", session.report)).open_ones[Level.QUERY] == before - 1


def test_that_the_county_s_settings_count(tmp_path: Path) -> None:
    report = replace(all_zeros(), texts={**all_zeros().texts, "overview": "工作工作。" * 30})
    path = saved(tmp_path, report)
    strict = glance(path, Settings({"doubled-words": "error"})).open_ones
    assert strict[Level.ERROR] > glance(path).open_ones[Level.ERROR]


@pytest.mark.parametrize(
    ("name", "apart"),
    [
        ("{}", ""),
        ("练习 {}", "练习"),
        ("{}（2）", "（2）"),
        ("{}（冲突 2）", "（冲突 2）"),
        ("给县里看的", "给县里看的"),
    ],
)
def test_that_what_the_name_of_the_file_adds_is_told(tmp_path: Path, name: str, apart: str) -> None:
    path = saved(tmp_path)
    other = path.rename(path.with_name(f"{name.format(path.stem)}.json"))
    assert glance(other).name_apart == apart


@pytest.mark.parametrize("data", [b"", b"{", b"%PDF", as_json(values(schema=99))])
def test_that_a_draft_that_cannot_be_read_is_told_and_left_alone(
    tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "坏.json"
    path.write_bytes(data)
    assert glance(path).trouble == "打不开或已损坏"
    assert glance(tmp_path / "没有.json").trouble
    assert path.read_bytes() == data
    assert [one.name for one in tmp_path.iterdir()] == ["坏.json"]


def test_that_a_draft_changed_outside_is_told_with_what_it_says(tmp_path: Path) -> None:
    path = saved(tmp_path)
    path.write_bytes(path.read_bytes().replace("青石镇".encode(), "红石镇".encode()))
    seen = glance(path)
    assert (seen.organ, seen.trouble) == ("红石镇人民政府", "在程序之外改动过")


def test_that_a_draft_made_elsewhere_has_the_time_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "县里.json"
    path.write_bytes(as_json(values()))
    os.utime(path, (1_800_000_000, 1_800_000_000))
    assert glance(path).saved_at.startswith("2027-01-1")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2027-01-12 14:03:22", "今天 14:03"),
        ("2027-01-11 09:02:00", "昨天 9:02"),
        ("2027-01-08 16:40:00", "1月8日 16:40"),
        ("2026-12-31 16:40:00", "2026年12月31日 16:40"),
        ("2027-01-13 08:00:00", "1月13日 8:00"),
        ("", ""),
        ("不明", "不明"),
    ],
)
def test_that_a_time_is_said_as_one_speaks_of_it(at: str, told: str) -> None:
    assert when_in_words(at, datetime(2027, 1, 12, 17, 0)) == told
