"""Files whole or not at all, and names that every disk takes."""

import errno
import os
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app import files
from app.files import (
    LONGEST_NAME,
    STALE,
    FileError,
    explain,
    read_whole,
    safe_name,
    unused,
    write_or_beside,
    write_whole,
)
from tests.drafts.breaking import raising
from tests.sentences import assert_sentence

LONGEST_SUFFIX = "（未通过校验）.json"
RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³"
}

# ── Names ──


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("青石镇2026年政府信息公开工作年度报告", "青石镇2026年政府信息公开工作年度报告"),
        ("CON", "_CON"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("Aux .tar.gz", "_Aux .tar.gz"),
        ("COM¹", "_COM¹"),
        ("COM10", "COM10"),
        ("CONTENT", "CONTENT"),
        ("../../x", "_.._x"),
        ("..\\..\\x", "_.._x"),
        ("C:/x", "C__x"),
        ('a<b>c:d"e|f?g*h', "a_b_c_d_e_f_g_h"),
        ("x. . .", "x"),
        ("x\u3000", "x"),
        ("\u3000 青石镇 \u3000", "青石镇"),
        (".隐藏", "隐藏"),
        ("青\u202e石\u200b镇\ufeff\u2066", "青石镇"),
        ("青\n石\t镇\0\x7f", "青石镇"),
        ("青\u2028石", "青石"),
        ("镇\ud83d长", "镇长"),
        ("e\u0301", "é"),
        ("", "未命名"),
        (" . . ", "未命名"),
        ("\u200b", "未命名"),
        ("\ud800", "未命名"),
        ("CON" + " " * 300 + "x", "_CON"),
        ("长" * 57 + " .结尾", "长" * 57),
    ],
)
def test_that_a_name_is_made_safe_and_otherwise_left_as_it_is(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_that_300_characters_are_cut_between_characters() -> None:
    assert safe_name("镇" * 300) == "镇" * 57


@given(st.text() | st.text(st.sampled_from('CONUL1 ./\\:\u3000\u200b\u202e"¹长'), max_size=300))
@example("CON" + " " * 300)
@example("." * 300 + "NUL")
@example("x" * 172 + ". . .y")
def test_that_every_name_is_safe(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('<>:"/\\|?*')
    assert all(unicodedata.category(sign)[0] != "C" for sign in safe)
    assert len(f"{safe}{LONGEST_SUFFIX}".encode()) <= LONGEST_NAME
    assert safe == safe.strip(" .\u3000")
    assert safe.partition(".")[0].rstrip().upper() not in RESERVED
    assert safe_name(safe) == safe, "once made safe, a name stays"


@given(st.text(st.sampled_from('镇CON ./\\:"\n'), max_size=100))
def test_that_every_safe_name_can_be_written_here(name: str) -> None:
    assert Path(safe_name(name)).name == safe_name(name)


# ── Whole files ──


def test_that_a_written_file_is_there_whole_and_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "x", b"old")
    write_whole(tmp_path / "x", b"new" * 10**6)
    assert read_whole(tmp_path / "x", 3 * 10**6) == b"new" * 10**6
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


def test_that_a_name_too_long_for_the_disk_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        write_whole(tmp_path / ("镇" * 300), b"x")
    assert_sentence(str(caught.value), "太长", "改短")


def test_that_a_long_path_that_windows_does_not_find_is_said_to_be_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "LONGEST_PATH", 259)
    path = "C:\\" + "镇" * 300
    assert "太长" in explain(OSError(errno.ENOENT, "no such file", path))
    assert "找不到" in explain(OSError(errno.ENOENT, "no such file", path[:200]))


def test_that_a_file_one_byte_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x" * 101)
    assert read_whole(tmp_path / "x", 101)
    with pytest.raises(FileError, match="太大"):
        read_whole(tmp_path / "x", 100)


@pytest.mark.skipif(sys.platform == "win32", reason="no permissions of this kind")
def test_that_a_file_left_by_a_killed_program_does_not_stop_a_save(tmp_path: Path) -> None:
    (tmp_path / f".x.{os.getpid()}.tmp").write_bytes(b"half of an old save, longer than the new")
    write_whole(tmp_path / "x", b"new")
    assert (tmp_path / "x").read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_that_a_link_laid_in_the_way_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"other")
    (tmp_path / f".x.{os.getpid()}.tmp").symlink_to(tmp_path / "other")
    write_whole(tmp_path / "x", b"new")
    assert (tmp_path / "other").read_bytes() == b"other"
    assert not (tmp_path / "x").is_symlink()


# ── Files that cannot be replaced ──

NO_RIGHT = PermissionError(errno.EACCES, "Permission denied")
SHARED = PermissionError(errno.EACCES, "Permission denied")
SHARED.winerror = 32  # type: ignore[attr-defined, unused-ignore]


def hold(path: Path, patch: pytest.MonkeyPatch, error: OSError = NO_RIGHT) -> None:
    """Let a file be one that another program keeps open."""
    replace = os.replace

    def refusing(source: Path, target: Path) -> None:
        if Path(target) == path:
            raise error
        replace(source, target)

    patch.setattr(os, "replace", refusing)
    patch.setattr("app.files.REPLACE_WAITS", (0.0,))


@pytest.mark.skipif(sys.platform == "win32", reason="os.replace is not what is used there")
@pytest.mark.parametrize("error", [NO_RIGHT, SHARED], ids=["no right", "shared"])
def test_that_a_new_file_goes_beside_one_that_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    held = tmp_path / "报告.pdf"
    held.write_bytes(b"old")
    (tmp_path / "报告（2）.pdf").write_bytes(b"older")
    hold(held, monkeypatch, error)
    assert write_or_beside(held, b"new") == tmp_path / "报告（3）.pdf"
    assert contents(tmp_path) == {
        "报告.pdf": b"old",
        "报告（2）.pdf": b"older",
        "报告（3）.pdf": b"new",
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def test_that_a_new_file_goes_beside_a_folder_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "报告.pdf").mkdir()
    assert write_or_beside(tmp_path / "报告.pdf", b"new").name == "报告（2）.pdf"


@pytest.mark.skipif(sys.platform == "win32", reason="os.replace is not what is used there")
def test_that_a_file_nobody_holds_is_not_written_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(tmp_path / "报告.pdf", monkeypatch)
    with pytest.raises(FileError) as caught:
        write_or_beside(tmp_path / "报告.pdf", b"new")
    assert_sentence(str(caught.value), "报告.pdf", "占用")
    assert contents(tmp_path) == {}


def test_that_a_folder_nobody_may_write_to_is_told_by_the_name_that_was_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "报告.pdf").write_bytes(b"old")
    monkeypatch.setattr("app.files._write_and_verify", raising(NO_RIGHT))
    with pytest.raises(FileError) as caught:
        write_or_beside(tmp_path / "报告.pdf", b"new")
    assert_sentence(str(caught.value), "“报告.pdf”", "没有读写权限")
    assert contents(tmp_path) == {"报告.pdf": b"old"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_that_a_disk_in_trouble_is_no_reason_for_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    (tmp_path / "报告.pdf").write_bytes(b"old")
    monkeypatch.setattr("app.files._move", raising(OSError(code, os.strerror(code))))
    with pytest.raises(FileError):
        write_or_beside(tmp_path / "报告.pdf", b"new")
    assert contents(tmp_path) == {"报告.pdf": b"old"}


def test_that_what_was_left_half_written_long_ago_is_removed(tmp_path: Path) -> None:
    long_ago, just_now = tmp_path / ".报告[1].pdf.77.tmp", tmp_path / ".报告[1].pdf.78.tmp"
    for left in (long_ago, just_now, tmp_path / ".别的.pdf.77.tmp"):
        left.write_bytes(b"half")
    stamp = time.time() - STALE - 1
    os.utime(long_ago, (stamp, stamp))
    write_or_beside(tmp_path / "报告[1].pdf", b"new")
    assert {*contents(tmp_path)} == {"报告[1].pdf", just_now.name, ".别的.pdf.77.tmp"}


def test_that_a_free_name_is_numbered_from_2(tmp_path: Path) -> None:
    assert unused(tmp_path / "x.pdf") == tmp_path / "x.pdf"
    (tmp_path / "x.pdf").touch()
    (tmp_path / "x（2）.pdf").touch()
    assert unused(tmp_path / "x.pdf") == tmp_path / "x（3）.pdf"


# ── Sentences ──


@pytest.mark.parametrize("code", sorted(errno.errorcode))
def test_that_every_error_of_a_system_is_told_in_chinese_with_something_to_do(code: int) -> None:
    said = explain(OSError(code, os.strerror(code)))
    assert_sentence(said)
    assert any(word in said for word in ("请", "可能", "不是")), said


@pytest.mark.parametrize(
    ("winerror", "translated", "told"),
    [
        (19, errno.EACCES, "只读"),
        (21, errno.EACCES, "拔出"),
        (39, errno.EINVAL, "磁盘已满"),
        (67, errno.ENOENT, "找不到"),
        (112, errno.ENOSPC, "磁盘已满"),
        (206, errno.ENOENT, "太长"),
        (1117, errno.EINVAL, "读写出错"),
        (1295, errno.EINVAL, "配额"),
    ],
)
def test_that_windows_own_numbers_say_what_happened(
    winerror: int, translated: int, told: str
) -> None:
    error = OSError(translated, "")
    error.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
    assert_sentence(explain(error), told)


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_that_a_file_held_on_windows_is_said_to_be_held(winerror: int) -> None:
    error = PermissionError(13, "Permission denied")
    error.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
    assert_sentence(explain(error), "占用", "请关闭")
