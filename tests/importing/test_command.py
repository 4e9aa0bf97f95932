"""`gongkai import`: exit codes, what is printed, and a draft that is never overwritten unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from app.commands import run
from app.drafts import DraftFile, load
from app.report import Report
from tests.importing.reading import exported
from tests.reports import all_zeros, at
from tests.sentences import assert_sentence

PERSON = at("requests.received.person")


class Said(NamedTuple):
    code: int
    out: list[str]
    err: str


Gongkai = Callable[..., Said]


@pytest.fixture
def gongkai(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Gongkai:
    """Import a file into 草稿.json."""

    def command(file: Path, *more: str) -> Said:
        try:
            code = run(["import", str(file), "--into", str(tmp_path / "草稿.json"), *more])
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out.splitlines(), said.err)

    return command


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return tmp_path / "草稿.json"


@pytest.fixture
def paper(tmp_path: Path) -> Callable[[Report, str], Path]:
    def written(report: Report, name: str = "docx") -> Path:
        path = tmp_path / f"上年.{name}"
        path.write_bytes(exported(report, name))
        return path

    return written


@pytest.mark.parametrize("name", ["docx", "xlsx", "html"])
def test_that_a_whole_report_ends_with_0_and_is_a_draft(
    gongkai: Gongkai, paper: Callable[[Report, str], Path], draft: Path, name: str
) -> None:
    said = gongkai(paper(all_zeros(), name))
    assert (said.code, said.err) == (0, "")
    assert said.out[1] == "表二 主动公开（应填 10 格）：读到 10 格。"
    assert said.out[2] == "表三 申请情况（应填 144 格）：读到 144 格，另有总计 31 格。"
    assert said.out[-1] == f"已写成草稿：{draft}"
    opened = load(draft)
    assert opened.intact
    assert opened.report.cells[PERSON] == 0
    assert opened.report.stated_title == all_zeros().title


def test_that_a_report_with_a_row_missing_ends_with_1(
    gongkai: Gongkai, tmp_path: Path, draft: Path
) -> None:
    page = exported(all_zeros(), "html").decode().replace("行政强制", "行政奖励")
    (tmp_path / "上年.html").write_text(page, encoding="utf-8")
    said = gongkai(tmp_path / "上年.html")
    assert said.code == 1
    assert said.out[1] == "表二 主动公开（应填 10 格）：读到 9 格，1 格没有读到。"
    assert "没有读到的：表二 · 行政强制 · 本年处理决定数量。" in said.out[2]
    assert at("disclosure.coercion.decisions") not in load(draft).report.cells


def test_that_a_file_without_tables_ends_with_2_and_nothing_is_written(
    gongkai: Gongkai, tmp_path: Path, draft: Path
) -> None:
    (tmp_path / "上年.txt").write_text("一、总体情况\n做了这些事。\n", encoding="utf-8")
    said = gongkai(tmp_path / "上年.txt")
    assert (said.code, said.out) == (2, [])
    assert_sentence(said.err, "上年.txt", "没有读到表格里的数字")
    assert not draft.exists()


def test_that_a_missing_file_ends_with_2(gongkai: Gongkai, tmp_path: Path) -> None:
    said = gongkai(tmp_path / "没有.docx")
    assert said.code == 2
    assert_sentence(said.err, "没有.docx", "找不到文件")


def test_that_a_draft_that_is_there_is_not_overwritten_unless_that_is_asked_for(
    gongkai: Gongkai, paper: Callable[[Report, str], Path], draft: Path
) -> None:
    draft.write_bytes(b"{}")
    said = gongkai(paper(all_zeros(), "html"))
    assert said.code == 2
    assert_sentence(said.err, "草稿.json", "--force")
    assert draft.read_bytes() == b"{}"
    assert gongkai(paper(all_zeros(), "html"), "--force").code == 0
    assert load(draft).report.cells[PERSON] == 0
    assert draft.with_name("草稿.json.damaged-1").read_bytes() == b"{}"


def test_that_the_draft_that_was_replaced_stays_in_the_history(
    gongkai: Gongkai, paper: Callable[[Report, str], Path], draft: Path
) -> None:
    file = DraftFile(draft)
    file.save(all_zeros().with_cells({PERSON: 7}))
    file.close()
    assert gongkai(paper(all_zeros(), "html"), "--force").code == 0
    assert load(draft).generation == 2
    (kept,) = draft.parent.glob("历史版本/草稿/*.json")
    assert load(kept).report.cells[PERSON] == 7


def test_that_a_draft_open_in_a_window_is_left_alone(
    gongkai: Gongkai, paper: Callable[[Report, str], Path], draft: Path
) -> None:
    file = DraftFile(draft)
    file.save(all_zeros())
    before = draft.read_bytes()
    said = gongkai(paper(all_zeros(), "html"), "--force")
    file.close()
    assert said.code == 2
    assert_sentence(said.err, "正在别的窗口里填写")
    assert draft.read_bytes() == before


def test_that_year_and_organ_can_be_stated(
    gongkai: Gongkai, paper: Callable[[Report, str], Path], draft: Path
) -> None:
    gongkai(paper(all_zeros(), "html"), "--year", "2024", "--organ", "红石乡人民政府")
    report = load(draft).report
    assert (report.year, report.organ) == (2024, "红石乡人民政府")
    assert report.title == all_zeros().title


@pytest.mark.parametrize("year", ["1", "99999", "今年"])
def test_that_a_year_that_cannot_be_is_refused(
    gongkai: Gongkai, paper: Callable[[Report, str], Path], draft: Path, year: str
) -> None:
    said = gongkai(paper(all_zeros(), "html"), "--year", year)
    assert said.code == 2
    assert not draft.exists()


def test_that_personal_data_in_a_cell_is_not_shown(
    gongkai: Gongkai, tmp_path: Path, draft: Path
) -> None:
    page = exported(all_zeros(), "html").decode()
    page = page.replace(">0</td>", ">联系电话13800138000</td>", 1)
    (tmp_path / "上年.html").write_text(page, encoding="utf-8")
    said = gongkai(tmp_path / "上年.html")
    assert "13800138000" not in "".join(said.out)
    assert "看不懂、原样留着" in "".join(said.out)
