"""The command line as the county's scripts use it: exit codes, sentences, the contract's JSON."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.checks import PASSED_MEANS, Level, catalogue
from app.commands import run
from app.forms import all_forms
from tests.drafts.examples import FILLED, as_json, values
from tests.sentences import ENGLISH, assert_sentence

PRACTICE = FILLED.with_name("practice-2026.json")
ROOT = Path(__file__).parents[1]


class Said(NamedTuple):
    """What a command ended with."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def gongkai(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command within this process."""

    def command(*arguments: str | Path) -> Said:
        try:
            code = run([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        return Said(code, *capsys.readouterr())

    return command


def program(*arguments: str | Path | bytes, **environment: str) -> Said:
    """Run the program itself, as `python -m app`."""
    command = [sys.executable, "-m", "app", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=False, env={**os.environ, **environment}
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


# ── Refusals ──

BAD: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "找不到文件"),
    "empty": (b"", "文件是空的"),
    "zeroed": (b"\0" * 4096, "只剩空字节"),
    "cut": (FILLED.read_bytes()[:4000], "没有写完"),
    "no json": (b"\x89PNG\r\n\x1a\n\xff\xff", "不是文字"),
    "a list": (b"[]", "最外层"),
    "nan": (b'{"schema": 1, "x": NaN}', "第 1 行有 NaN"),
    "deep": (b"[" * 10000 + b"]" * 10000, "嵌套太深"),
    "long number": (b'{"schema": ' + b"1" * 5000 + b"}", "超出范围"),
    "newer": (as_json(values(schema=2)), "请升级本程序"),
    "bool": (as_json(values(cells={"requests.received.person": True})), "requests.received.person"),
}


@pytest.mark.parametrize("case", BAD)
def test_that_a_file_that_is_no_draft_ends_with_2_and_one_sentence(
    gongkai: Command, tmp_path: Path, case: str
) -> None:
    data, told = BAD[case]
    path = tmp_path / "报告.json"
    if data is not None:
        path.write_bytes(data)
    for form in ("text", "json"):
        said = gongkai("check", path, "--format", form)
        assert (said.code, said.out) == (2, "")
        assert_sentence(said.err, "报告.json", told)
    assert data is None or path.read_bytes() == data


@pytest.mark.parametrize("case", ["missing", "cut", "deep", "long number"])
def test_that_the_program_itself_refuses_in_one_sentence_and_without_a_traceback(
    tmp_path: Path, case: str
) -> None:
    data, told = BAD[case]
    path = tmp_path / "报告.json"
    if data is not None:
        path.write_bytes(data)
    said = program("check", path, LC_ALL="C")
    assert (said.code, said.out) == (2, "")
    assert_sentence(said.err, "报告.json", told)


@pytest.mark.skipif(sys.platform != "linux", reason="names of bytes are Linux's")
def test_that_a_file_name_that_is_no_unicode_is_refused_in_chinese_too(tmp_path: Path) -> None:
    said = program("check", os.fsencode(tmp_path) + b"/\xc7\xe0\xca\xaf.json")
    assert said.code == 2
    assert_sentence(said.err, "找不到文件")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "x", "--format", "xml"],
        ["check", "x", "y"],
        ["export", "x"],
        ["rules", "--what"],
        ["--what"],
        [],
    ],
)
def test_that_a_command_written_wrongly_ends_with_2_and_shows_its_use(
    gongkai: Command, arguments: list[str]
) -> None:
    said = gongkai(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("命令写得不对")
    assert not ENGLISH.search(said.err)


def test_that_help_is_chinese(gongkai: Command) -> None:
    for arguments in (["--help"], ["check", "--help"], ["export", "--help"]):
        said = gongkai(*arguments)
        assert said.code == 0
        assert "用法" in said.out
        assert not ENGLISH.search(said.out), said.out


# ── check ──


def test_that_a_sound_draft_ends_with_0(gongkai: Command) -> None:
    said = gongkai("check", FILLED)
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith(f"{PASSED_MEANS}\n")
    assert "已填 200 格，待填 0 格" in said.out


def test_that_a_draft_with_errors_ends_with_1_and_names_them_all(gongkai: Command) -> None:
    said = gongkai("check", PRACTICE)
    assert (said.code, said.err) == (1, "")
    assert PASSED_MEANS not in said.out
    assert said.out.count("[强制]") >= 5
    assert "[待填]" in said.out


def test_that_blanks_alone_end_with_1(gongkai: Command, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(as_json(values(cells={})))
    said = gongkai("check", path)
    assert said.code == 1
    assert "待填 166 格" in said.out


def test_that_a_notice_goes_to_standard_error_and_the_draft_is_checked(
    gongkai: Command, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(FILLED.read_text(encoding="utf-8").encode("gb18030"))
    said = gongkai("check", path, "--format", "json")
    assert said.code == 0
    assert_sentence(said.err, "GBK")
    assert json.loads(said.out)["blank"] == 0


def test_that_a_broken_previous_report_is_refused(gongkai: Command, tmp_path: Path) -> None:
    (tmp_path / "上年.json").write_bytes(b"{")
    said = gongkai("check", FILLED, "--previous", tmp_path / "上年.json")
    assert (said.code, said.out) == (2, "")
    assert_sentence(said.err, "上年.json", "没有写完")


@pytest.fixture
def checked(gongkai: Command) -> dict[str, Any]:
    """What `check --format json` says of the practice report."""
    answer: dict[str, Any] = json.loads(gongkai("check", PRACTICE, "--format", "json").out)
    return answer


def test_that_the_json_of_a_check_has_exactly_the_contracts_shape(checked: dict[str, Any]) -> None:
    assert list(checked) == ["form", "rules_run", "filled", "blank", "findings"]
    assert checked["form"] == "2021"
    assert all(type(checked[key]) is int for key in ("rules_run", "filled", "blank"))
    shapes: dict[str, type | tuple[type, ...]] = {
        "rule": str,
        "level": str,
        "cells": list,
        "text": (dict, type(None)),
        "message": str,
        "expected": (str, type(None)),
        "found": (str, type(None)),
        "reason": type(None),
    }
    for finding in checked["findings"]:
        assert list(finding) == list(shapes)
        assert all(isinstance(finding[key], shape) for key, shape in shapes.items())


def test_that_findings_name_known_rules_levels_and_cells(checked: dict[str, Any]) -> None:
    addresses = {str(cell) for form in all_forms() for cell in form.fields}
    rules = {entry.name for entry in catalogue().values()}
    assert checked["findings"]
    for finding in checked["findings"]:
        assert finding["rule"] in rules
        assert finding["level"] in {"error", "query", "hint", "blank"}
        assert set(finding["cells"]) <= addresses
        assert_sentence(finding["message"])


def test_that_a_passage_is_where_the_finding_says(checked: dict[str, Any]) -> None:
    texts = json.loads(PRACTICE.read_bytes())["text"]
    for finding in checked["findings"]:
        if place := finding["text"]:
            assert list(place) == ["part", "start", "end", "quote"]
            assert texts[place["part"]][place["start"] : place["end"]] == place["quote"]


def test_that_filled_and_blank_add_up_to_the_form(checked: dict[str, Any]) -> None:
    assert checked["blank"] == 1
    assert checked["filled"] < 200


# ── rules ──


def test_that_all_rules_are_listed_with_sentence_basis_and_level(gongkai: Command) -> None:
    said = gongkai("rules", "--format", "json")
    listed = json.loads(said.out)
    assert (said.code, said.err, len(listed)) == (0, "", len(catalogue()))
    for entry in listed:
        assert {"rule", "level", "sentence", "basis"} <= set(entry)
        assert entry["level"] in {level.value for level in Level}
    assert gongkai("rules").out.count("依据：") == len(listed)


# ── export and self-test ──


def test_that_an_unknown_format_is_refused_with_the_known_ones(
    gongkai: Command, tmp_path: Path
) -> None:
    said = gongkai("export", FILLED, "--to", tmp_path, "--as", "xlsx,wps")
    assert (said.code, said.out, list(tmp_path.iterdir())) == (2, "", [])
    assert_sentence(said.err, "wps", "可以导出")


def test_that_a_clean_export_ends_with_0_and_prints_one_path_a_line(
    gongkai: Command, tmp_path: Path
) -> None:
    said = gongkai("export", FILLED, "--to", tmp_path / "新文件夹", "--as", "xlsx")
    assert (said.code, said.err) == (0, "")
    paths = [Path(line) for line in said.out.splitlines()]
    assert paths == list((tmp_path / "新文件夹").iterdir())
    assert paths[0].suffix == ".xlsx"


def test_that_an_unclean_export_ends_with_1_and_is_marked(gongkai: Command, tmp_path: Path) -> None:
    said = gongkai("export", PRACTICE, "--to", tmp_path, "--as", "xlsx")
    assert said.code == 1
    assert_sentence(said.err, "未通过校验")
    with zipfile.ZipFile(said.out.strip()) as book:
        assert any("未通过校验" in book.read(part).decode() for part in book.namelist())


def test_that_an_export_that_cannot_be_written_ends_with_2(
    gongkai: Command, tmp_path: Path
) -> None:
    (tmp_path / "文件").write_text("no folder")
    said = gongkai("export", FILLED, "--to", tmp_path / "文件", "--as", "xlsx")
    assert (said.code, said.out) == (2, "")
    assert_sentence(said.err)


def test_that_a_broken_draft_is_not_exported(gongkai: Command, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"{")
    said = gongkai("export", tmp_path / "x.json", "--to", tmp_path / "out")
    assert (said.code, said.out) == (2, "")
    assert not (tmp_path / "out").exists()


def test_that_the_program_proves_itself(gongkai: Command) -> None:
    said = gongkai("self-test")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("自检通过。\n")
    assert all(form.name in said.out for form in all_forms())


def test_that_python_m_app_is_the_same_program() -> None:
    said = program("check", FILLED, "--format", "json")
    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out)["findings"] == []


# ── The command line itself ──


@pytest.mark.parametrize(
    "arguments", [["import", "a.docx", "--into", "b.json"], ["chek", "x.json"], ["报告"]]
)
def test_that_a_word_that_is_neither_command_nor_draft_opens_no_window(
    arguments: list[str],
) -> None:
    said = program(*arguments)
    assert said.code == 2
    assert said.err.startswith("命令写得不对")


def test_that_an_export_in_no_format_at_all_is_refused(gongkai: Command, tmp_path: Path) -> None:
    said = gongkai("export", FILLED, "--to", tmp_path / "out", "--as", ",")
    assert said.code == 2
    assert_sentence(said.err)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no full device on Windows")
def test_that_an_answer_that_cannot_be_written_is_told_in_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app", "rules"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert "磁盘已满" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently on Windows")
def test_that_a_reader_who_has_seen_enough_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app", "rules", "--format", "json"],
            cwd=ROOT,
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
