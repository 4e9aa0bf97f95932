"""Files whole or not at all, and names that every disk takes."""

import errno
import os
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.files import LONGEST_NAME, FileError, explain, read_whole, safe_name, write_whole
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
        write_whole(tmp_path / ("镇" * 86), b"x")
    assert_sentence(str(caught.value), "太长", "改短")


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


# ── Sentences ──


@pytest.mark.parametrize("code", sorted(errno.errorcode))
def test_that_every_error_of_a_system_is_told_in_chinese_with_something_to_do(code: int) -> None:
    said = explain(OSError(code, os.strerror(code)))
    assert_sentence(said)
    assert any(word in said for word in ("请", "可能", "不是")), said


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_that_a_file_held_on_windows_is_said_to_be_held(winerror: int) -> None:
    error = PermissionError(13, "Permission denied")
    error.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
    assert_sentence(explain(error), "占用", "请关闭")
