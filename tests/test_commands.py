"""The command line as the county's scripts use it: exit codes, sentences, the contract's JSON."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from html import unescape
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


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder of our own: the settings of who runs the tests do not count."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("GONGKAI_HOME", str(folder))
    return folder


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


# ── check against last year ──


def last_year(path: Path, **changes: Any) -> Path:
    """Write last year's report, which carried 7 requests of natural persons out."""
    cells = {"requests.carried_out.person": 7}
    path.write_bytes(as_json(values(**{"year": 2025, "cells": cells, **changes})))
    return path


def rules_found(said: Said) -> set[str]:
    return {finding["rule"] for finding in json.loads(said.out)["findings"]}


def test_that_text_copied_from_another_organ_is_found(gongkai: Command, tmp_path: Path) -> None:
    own = values()
    own["text"]["problems"] = (
        "本镇安排专人逐村核对补贴名册，先公示后发放，有疑问的当场解释登记。" * 3
    )
    draft, sister = tmp_path / "a.json", tmp_path / "b.json"
    draft.write_bytes(as_json(own))
    sister.write_bytes(as_json({**own, "organ": "白水乡人民政府"}))
    assert "copied" not in rules_found(gongkai("check", draft, "--format", "json"))
    said = gongkai("check", draft, "--compare", sister, "--format", "json")
    assert "copied" in rules_found(said)
    assert "白水乡" in said.out


def test_that_last_years_draft_is_compared_with(gongkai: Command, tmp_path: Path) -> None:
    said = gongkai("check", FILLED, "--previous", last_year(tmp_path / "x.json"))
    assert (said.code, said.err) == (1, "")
    assert "2025 年度报告的四（结转下年）是 7" in said.out


def test_that_last_years_draft_inside_a_draft_is_compared_with(
    gongkai: Command, tmp_path: Path
) -> None:
    inside = json.loads(last_year(tmp_path / "x.json").read_bytes())
    draft = tmp_path / "draft.json"
    draft.write_bytes(as_json({**json.loads(FILLED.read_bytes()), "previous": inside}))
    assert "carried-over" in rules_found(gongkai("check", draft, "--format", "json"))

    carried = json.loads(FILLED.read_bytes())["cells"]["requests.carried_in.person"]
    agreeing = last_year(tmp_path / "y.json", cells={"requests.carried_out.person": carried})
    said = gongkai("check", draft, "--previous", agreeing, "--format", "json")
    assert "carried-over" not in rules_found(said), "the file that was named wins"


def test_that_notices_of_last_years_draft_are_told_as_its_own(
    gongkai: Command, tmp_path: Path
) -> None:
    path = last_year(tmp_path / "去年.json", cells={"nowhere": 1})
    said = gongkai("check", FILLED, "--previous", path)
    assert_sentence(said.err, "去年.json", "nowhere")


@pytest.mark.parametrize("year", [2021, 2024, 2026, 2027])
def test_that_a_draft_of_another_year_is_not_compared_with_and_that_is_told(
    gongkai: Command, tmp_path: Path, year: int
) -> None:
    path = last_year(tmp_path / "x.json", year=year)
    said = gongkai("check", FILLED, "--previous", path, "--format", "json")
    assert_sentence(said.err, f"{year} 年度", "相邻两年")
    assert not rules_found(said) & {"carried-over", "in-force-chain", "jump"}


def test_that_a_draft_of_another_organ_is_not_compared_with_and_that_is_told(
    gongkai: Command, tmp_path: Path
) -> None:
    path = last_year(tmp_path / "x.json", organ="白水镇人民政府")
    said = gongkai("check", FILLED, "--previous", path, "--format", "json")
    assert_sentence(said.err, "白水镇人民政府", "同一单位")
    assert "carried-over" not in rules_found(said)


def test_that_a_broken_report_inside_a_draft_is_refused_with_its_place(
    gongkai: Command, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(as_json(values(previous=values(year="2025"))))
    said = gongkai("check", path)
    assert (said.code, said.out) == (2, "")
    assert_sentence(said.err, "“previous › year”")


# ── A county's settings ──

NO_SETTINGS = {
    "no such rule": ('[levels]\nballance = "hint"\n', "ballance"),
    "no such level": ('[levels]\njump = "loud"\n', "loud"),
    "a fixed rule": ('[levels]\nbalance = "off"\n', "balance"),
    "no TOML": ("[levels", "TOML"),
    "an unknown key": ("[colours]\n", "colours"),
}


@pytest.mark.parametrize("case", NO_SETTINGS)
@pytest.mark.parametrize("by_default", [False, True])
def test_that_settings_that_cannot_be_used_end_with_2_and_one_sentence(
    gongkai: Command, tmp_path: Path, home: Path, case: str, by_default: bool
) -> None:
    text, told = NO_SETTINGS[case]
    path = home / "settings" / "settings.toml" if by_default else tmp_path / "县.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    named = [] if by_default else ["--settings", path]
    out = tmp_path / "out"
    for command in (["check", FILLED], ["export", FILLED, "--to", out, "--as", "xlsx"], ["rules"]):
        said = gongkai(*command, *named)
        assert (said.code, said.out) == (2, "")
        assert_sentence(said.err, path.name, told)
    assert not out.exists()


def test_that_settings_that_are_named_must_be_there(gongkai: Command, tmp_path: Path) -> None:
    said = gongkai("check", FILLED, "--settings", tmp_path / "县.toml")
    assert (said.code, said.out) == (2, "")
    assert_sentence(said.err, "找不到", "县.toml")


def test_that_the_review_sheet_is_exported_beside_the_report_where_it_is_asked_for(
    gongkai: Command, tmp_path: Path
) -> None:
    plain = gongkai("export", FILLED, "--to", tmp_path / "一", "--as", "xlsx")
    with_sheet = gongkai(
        "export", FILLED, "--to", tmp_path / "二", "--as", "xlsx", "--review-sheet"
    )
    assert (plain.code, with_sheet.code) == (0, 0)
    assert len(list((tmp_path / "一").iterdir())) == 1
    report, sheet = (Path(line) for line in with_sheet.out.splitlines())
    assert sheet.name == f"{report.stem}核对单.pdf"
    assert sheet.read_bytes().startswith(b"%PDF")


def test_that_a_county_changes_what_a_check_and_an_export_say(
    gongkai: Command, tmp_path: Path, home: Path
) -> None:
    draft, settings = tmp_path / "draft.json", tmp_path / "县.toml"
    filled = json.loads(FILLED.read_bytes())
    filled["text"]["preface"] += "请登录县人民政府政府网站查看。"
    draft.write_bytes(as_json(filled))
    settings.write_text('[levels]\ndoubled-words = "error"\n', encoding="utf-8")
    said = gongkai("check", draft, "--settings", settings)
    assert said.code == 1
    assert "[强制] 前言：“政府政府”写重了" in said.out

    out = ["--to", tmp_path, "--as", "xlsx"]
    assert gongkai("export", draft, *out).code == 0
    assert gongkai("export", draft, *out, "--settings", settings).code == 1
    (home / "settings").mkdir()
    (home / "settings" / "settings.toml").write_bytes(settings.read_bytes())
    assert gongkai("export", draft, *out).code == 1


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


def test_that_the_rules_are_listed_with_the_level_in_force(
    gongkai: Command, tmp_path: Path
) -> None:
    settings = tmp_path / "县.toml"
    settings.write_text('[levels]\njump = "off"\nstock = "error"\n', encoding="utf-8")
    said = gongkai("rules", "--format", "json", "--settings", settings)
    listed = {entry["rule"]: entry for entry in json.loads(said.out)}
    assert (listed["jump"]["level"], listed["stock"]["level"]) == ("off", "error")
    assert (listed["balance"]["fixed"], listed["stock"]["fixed"]) == (True, False)
    text = gongkai("rules", "--settings", settings).out
    assert "[关闭] 与上年相差" in text
    assert "[强制] 规范性文件：本年制发" in text


def test_that_every_rule_is_listed_with_all_that_a_clerk_needs(gongkai: Command) -> None:
    lines = gongkai("rules").out.splitlines()
    for entry in catalogue().values():
        (at,) = (n for n, line in enumerate(lines) if line.startswith(f"{entry.number:>3}. "))
        head, name, basis, advice, breaks, keeps = lines[at : at + 6]
        assert f"[{entry.level.chinese}] {entry.sentence}" in head
        assert name.strip() == f"规则名：{entry.name}" + "（级别不能改）" * entry.fixed + (
            "（可以说明理由）" * entry.answerable
        )
        assert basis.strip() == f"依据：{entry.basis}。"
        assert advice.strip() == f"建议：{entry.advice}"
        assert breaks.strip().startswith("不合规的例子：")
        assert keeps.strip().startswith("合规的例子：")
    assert len(lines) == 6 * len(catalogue())


def test_that_every_change_of_an_example_is_told_in_words(gongkai: Command) -> None:
    known = {"cells", "blank", "text", "organ", "kind", "year", "form", "title", "date", "previous"}
    known |= {"taken"}
    for entry in catalogue().values():
        for example in (entry.breaks, entry.keeps):
            assert set(example) <= known
            assert set(example.get("previous", {})) <= {"year", "cells", "text", "blank"}
    said = gongkai("rules").out
    for words in (
        "改为：表三 · 一（新收） · 自然人 3，表三 · 一（新收） · 总计 4。",
        "空着：表三 · （一）予以公开 · 自然人。",
        "单位名称空着。",
        "年度改为 2020。",
        "单位名称改为“青石市人民政府”；单位类型改为“县（市、区）及以上政府”；改为：表二 · 规章",
        "“六、其他需要报告的事项”写：2026年收取信息处理费2950元。",
        "“五、存在的主要问题及改进情况”空着。",
        "“前言”从上年取来：全年召开专题会议4次。",
        "用2019年格式；年度改为 2020；改为：表二 · 行政许可 · 上一年项目数量 12；"
        "上年（2019 年度）报告改为：表二 · 行政许可 · 上一年项目数量 10",
        "各格都填 0，不作改动。",
    ):
        assert words in said


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


def test_that_a_format_named_twice_or_in_capitals_is_written_once(
    gongkai: Command, tmp_path: Path
) -> None:
    said = gongkai("export", FILLED, "--to", tmp_path, "--as", "HTML, html,")
    assert (said.code, said.out.count("\n")) == (0, 1)


def test_that_an_unclean_export_ends_with_1_and_is_marked(gongkai: Command, tmp_path: Path) -> None:
    said = gongkai("export", PRACTICE, "--to", tmp_path, "--as", "xlsx")
    assert said.code == 1
    assert_sentence(said.err, "未通过校验")
    with zipfile.ZipFile(said.out.strip()) as book:
        parts = [unescape(book.read(part).decode()) for part in book.namelist()]
    assert any("未通过校验" in part for part in parts)


def test_that_an_export_that_cannot_be_written_ends_with_2(
    gongkai: Command, tmp_path: Path
) -> None:
    (tmp_path / "文件").write_text("no folder")
    said = gongkai("export", FILLED, "--to", tmp_path / "文件", "--as", "xlsx")
    assert (said.code, said.out) == (2, "")
    assert_sentence(said.err)


def test_that_a_file_held_by_another_program_is_left_and_the_new_one_named(
    gongkai: Command, tmp_path: Path
) -> None:
    title = "青石镇2026年政府信息公开工作年度报告"
    (tmp_path / f"{title}.pdf").mkdir()  # the simplest that cannot be replaced anywhere
    said = gongkai("export", FILLED, "--to", tmp_path, "--as", "pdf,html")
    assert said.code == 0
    assert said.out.splitlines() == [
        str(tmp_path / f"{title}（2）.pdf"),
        str(tmp_path / f"{title}.html"),
    ]
    assert_sentence(said.err, f"“{title}.pdf”不能替换", "WPS", f"“{title}（2）.pdf”", "没有动")


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
    "arguments",
    [["merge", "a.docx", "--into", "b.json"], ["chek", "x.json"], ["报告"], ["长" * 300]],
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


def test_that_a_command_given_to_the_desktops_program_ends_as_on_a_console(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", None)  # as Windows starts it
    monkeypatch.setattr(sys, "stderr", None)
    assert run(["check", str(FILLED)]) == 0
    assert run(["check", "没有.json"]) == 2


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
