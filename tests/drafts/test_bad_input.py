"""Files that are no sound draft: opened with a notice or refused with the place, never touched."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import files
from app.drafts import DraftError, load, report_from
from app.drafts.store import LARGEST
from app.files import FileError
from tests.drafts.examples import FILLED, as_json, filled, sealed, values
from tests.sentences import assert_sentence

SOUND = sealed()


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[[bytes], str]:
    """Return what is said of a file with these bytes, and see that the file stays as it is."""

    def said_of(data: bytes) -> str:
        path = tmp_path / "青石镇.json"
        path.write_bytes(data)
        before = path.stat()
        with pytest.raises(DraftError) as caught:
            load(path)
        assert path.read_bytes() == data
        assert path.stat().st_mtime_ns == before.st_mtime_ns
        assert [file.name for file in tmp_path.iterdir()] == [path.name]
        said = str(caught.value)
        assert_sentence(said, "青石镇.json", "原文件没有改动")
        assert len(said) < 200
        return said

    return said_of


# ── Broken files ──


def test_that_a_draft_cut_off_anywhere_is_refused_with_the_line(
    refusal: Callable[[bytes], str],
) -> None:
    for length in range(100, len(SOUND) - 2, 100):
        said = refusal(SOUND[:length])
        assert "第 " in said, f"cut at {length}: {said}"
        assert " 行" in said
        assert "没有写完" in said or "不完整或有误" in said


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "文件是空的"),
        (b"  \r\n\t", "文件里只有空白"),
        (b"\0" * 5000, "只剩空字节"),
        (SOUND[:3000] + b"\0" * 5000, "第 "),
        (bytes(range(256)) * 40, "不是文字"),
        (b"PK\x03\x04" + bytes(range(256)) * 40, "不是文字"),
        ("这不是草稿".encode(), "第 1 行第 1 个字符"),
        (b"{}", "schema"),
        (b"[1, 2, 3]", "最外层应是一个对象"),
        (b'"2021"', "最外层应是一个对象"),
        (b"null", "最外层应是一个对象"),
        (SOUND + SOUND, "不完整或有误"),
        (b"{\"schema\": 1, 'form': 1}", "第 1 行第 15 个字符"),
        ("<html>政府信息公开</html>".encode("utf-16"), "第 1 行第 1 个字符"),
        (b"\xff\xfe" + b"\x00\xd8" * 30, "不是文字"),
    ],
)
def test_that_what_is_no_draft_is_refused_with_what_is_wrong(
    refusal: Callable[[bytes], str], data: bytes, told: str
) -> None:
    assert told in refusal(data)


@pytest.mark.parametrize("at", range(500, 9000, 500))
def test_that_damaged_characters_are_not_taken_for_another_encoding(
    refusal: Callable[[bytes], str], at: int
) -> None:
    said = refusal(SOUND[:at] + b"\xff\xb0\xa1" + SOUND[at + 3 :])
    line = SOUND.count(b"\n", 0, at) + 1
    assert f"第 {line} 行有损坏的字符" in said


# ── Other encodings ──


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("gb18030", "GBK"), ("utf-16", "UTF-16"), ("utf-16-be", "UTF-16")],
)
def test_that_another_encoding_is_read_and_told(tmp_path: Path, encoding: str, name: str) -> None:
    path = tmp_path / "x.json"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    path.write_bytes(mark + SOUND.decode().encode(encoding))
    opened = load(path)

    assert opened.report == filled()
    assert opened.intact, "the seal is of what is said, not of how it is encoded"
    assert_sentence(opened.notices[0], name, "下次保存时改为 UTF-8")


def test_that_a_byte_order_mark_is_nothing_to_speak_of(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND)
    assert (load(path).report, load(path).notices) == (filled(), ())


# ── JSON that no draft may hold ──


def draft(cells: str = "", rest: str = "") -> bytes:
    head = '{"schema": 1,\n "form": "2021",\n "year": 2026'
    inner = f',\n "cells": {{{cells}}}' if cells else ""
    return f"{head}{inner}{rest}\n}}".encode()


def test_that_the_draft_of_the_tests_below_is_sound(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(draft('"requests.received.person": 3', ',\n "x": "NaN"'))
    assert load(tmp_path / "x.json").report.extra == {"x": "NaN"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (draft(rest=',\n "year": 2027'), "“year”出现了两次"),
        (draft('"requests.received.person": 1, "requests.received.person": 2'), "出现了两次"),
        (draft(rest=',\n "x": {"内": 1, "内": 1}'), "“内”出现了两次"),
        (draft(rest=f',\n "{"长" * 900}": 1, "{"长" * 900}": 1'), "“长长长"),
        (draft(rest=',\n "x": NaN'), "第 4 行有 NaN"),
        (draft(rest=',\n "x": Infinity'), "第 4 行有 Infinity"),
        (draft('"requests.received.person": -Infinity'), "第 4 行有 -Infinity"),
        (draft('"requests.received.person": 1e400'), "第 4 行的数字 1e400 超出范围"),
        (draft(rest=',\n "x": -1e400'), "第 4 行的数字 -1e400 超出范围"),
        (draft('"disclosure.fees.amount": 1e-400'), "第 4 行的数字 1e-400 超出范围"),
        (draft('"disclosure.fees.amount": 1e-40000000'), "第 4 行的数字"),
        (draft('"disclosure.fees.amount": 0e-40000000'), "第 4 行的数字"),
        (draft(f'"requests.received.person": {"9" * 5000}'), "第 4 行的数字 9999"),
        (draft(f'"disclosure.fees.amount": 0.{"3" * 5000}'), "第 4 行的数字 0.33"),
        (draft(f'"requests.received.person": {"9" * 30}'), "的数字超出"),
        (draft(rest=f',\n "x": {"[" * 10000}{"]" * 10000}'), "第 4 行处嵌套太深"),
        (draft(rest=f',\n "x": {"[" * 10000}'), "第 4 行处嵌套太深"),
        (draft(rest=',\n "x": ' + '{"a":' * 10000), "第 4 行处嵌套太深"),
        (draft(rest=',\n "organ": "\\ud83d"'), "“organ”里有残缺的字符"),
        (draft(rest=',\n "kind": "\\ud83d"'), "“kind”里有残缺的字符"),
        (draft(rest=',\n "text": {"overview": "镇\\ud83d长"}'), "“text › overview”里有残缺的字符"),
        (draft(rest=',\n "text": {"\\udc00": "一"}'), "“text › �”里有残缺的字符"),
        (draft('"\\udc00": 1'), "“cells › �”里有残缺的字符"),
        (draft('"stray": "\\udc00"'), "“cells › stray”里有残缺的字符"),
        (draft('"requests.received.person": "\\udc00"'), "requests.received.person”里有残缺"),
        (draft(rest=',\n "x": [{"y": ["\\ud83d"]}]'), "“x › y”里有残缺的字符"),
        (draft(rest=',\n "reasons": [{"text": "\\ud83d"}]'), "“reasons › text”里有残缺的字符"),
    ],
)
def test_that_what_json_allows_but_no_draft_may_hold_is_refused_with_its_place(
    refusal: Callable[[bytes], str], data: bytes, told: str
) -> None:
    assert told in refusal(data)


@pytest.mark.parametrize("data", [b'{"a":"' + b'\\"' * 10**6, b'{"a":' + b'"\\' * 10**6])
def test_that_a_megabyte_of_quotes_is_refused_at_once(
    refusal: Callable[[bytes], str], data: bytes
) -> None:
    assert "第 1 行" in refusal(data)


def test_that_braces_and_words_inside_texts_are_only_texts(tmp_path: Path) -> None:
    words = 'NaN Infinity "' + "[{" * 100 + "\\"
    (tmp_path / "x.json").write_bytes(as_json(values(text={"overview": words})))
    assert load(tmp_path / "x.json").report.text("overview") == words


# ── Keys of the wrong kind ──

TEXTUAL: tuple[Any, ...] = (1, 1.5, True, ["一"], {"一": 1})
OBJECTS: tuple[Any, ...] = (1, "一", True, ["一"])
WRONG: dict[str, tuple[Any, ...]] = {
    "form": (*TEXTUAL, None, "2024", "", "2021 "),
    "year": ("2026", 2026.0, True, None, [2026], 1999, 3000, -1, 10**30),
    "organ": (*TEXTUAL, None),
    "kind": (1, True, ["township"], {"township": 1}, "village", "乡镇"),
    "title": TEXTUAL,
    "date": (*TEXTUAL, "2027-13-01", "2027年1月12日", "2027-02-29", "明天\n"),
    "text": (*OBJECTS, None, {"overview": 1}, {"overview": None}, {"overview": ["一"]}),
    "cells": (
        *OBJECTS,
        None,
        *({"requests.received.person": value} for value in (True, [3], {"n": 3}, 10**16)),
    ),
    "reasons": (1, "一", True, None, {"a": 1}, ["一"], [None]),
    "previous": OBJECTS,
    "saved": (*OBJECTS, None),
}


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, wrong in WRONG.items() for value in wrong]
)
def test_that_a_value_of_the_wrong_kind_is_refused_with_its_key(
    refusal: Callable[[bytes], str], key: str, value: object
) -> None:
    assert f"“{key}" in refusal(as_json(values(**{key: value})))


@pytest.mark.parametrize("key", ["kind", "title", "date", "previous"])
def test_that_null_says_that_a_key_is_absent(key: str) -> None:
    with_null = values(**{key: None})
    without = {name: value for name, value in with_null.items() if name != key}
    assert report_from(with_null) == report_from(without)


@pytest.mark.parametrize("schema", [None, 0, -1, True, "1", 1.0, [1]])
def test_that_a_file_without_a_schema_is_not_taken_for_a_draft(
    refusal: Callable[[bytes], str], schema: object
) -> None:
    said = refusal(as_json(values(schema=schema)))
    assert "schema" in said
    assert "不像是本程序的草稿" in said


@pytest.mark.parametrize("schema", [2, 99, 10**20])
def test_that_a_draft_of_a_newer_program_asks_for_an_upgrade(
    refusal: Callable[[bytes], str], schema: int
) -> None:
    assert "请升级本程序" in refusal(as_json(values(schema=schema, cells=["a new way"])))


def test_that_an_unknown_form_names_the_known_ones(refusal: Callable[[bytes], str]) -> None:
    said = refusal(as_json(values(form="2031")))
    assert "“2031”" in said
    assert "2019、2021" in said


# ── A seal that does not fit ──


CHANGES = (
    (b'"overview": "', '"overview": "改'.encode()),
    (b'"requests.received.person": 19', b'"requests.received.person": 18'),
    (b'"year": 2026', b'"year": 2025'),
    (b'"title": ""', b'"title": "", "new": 1'),
)


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_that_a_draft_changed_outside_opens_with_a_notice(
    tmp_path: Path, old: bytes, new: bytes
) -> None:
    path = tmp_path / "x.json"
    assert SOUND.count(old) == 1
    path.write_bytes(SOUND.replace(old, new))
    opened = load(path)

    assert not opened.intact
    assert_sentence(opened.notices[0], "在本程序之外被改动过", "请核对")


@pytest.mark.parametrize("saved", [{"generation": 3}, {"sha256": 5}, {"sha256": None, "at": 1}])
def test_that_half_a_seal_is_a_seal_that_does_not_fit(tmp_path: Path, saved: object) -> None:
    (tmp_path / "x.json").write_bytes(as_json(values(saved=saved)))
    assert not load(tmp_path / "x.json").intact


@pytest.mark.parametrize("generation", [-1, "12", 1.5, None, True])
def test_that_a_generation_that_is_no_count_starts_again_at_0(
    tmp_path: Path, generation: object
) -> None:
    (tmp_path / "x.json").write_bytes(as_json(values(saved={"generation": generation})))
    assert load(tmp_path / "x.json").generation == 0


# ── What the disk says ──


def said_of(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        load(path)
    assert_sentence(str(caught.value), path.name)
    return str(caught.value)


def test_that_a_file_over_20_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert "超过 20 MB" in said_of(path)
    assert path.stat().st_size == LARGEST + 1


def test_that_a_large_draft_below_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(as_json(values(text={"overview": "字" * 3_000_000})))
    assert len(load(tmp_path / "x.json").report.text("overview")) == 3_000_000


def test_that_a_folder_is_called_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.json").mkdir()
    assert "这是一个文件夹" in said_of(tmp_path / "x.json")


def test_that_a_missing_file_or_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "找不到文件" in said_of(tmp_path / "x.json")
    assert "找不到文件" in said_of(tmp_path / "拔出的U盘" / "x.json")
    assert "找不到文件" in said_of(FILLED / "x.json")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied"), "没有读写权限"),
        (OSError(5, "Input/output error"), "磁盘读写出错"),
    ],
)
def test_that_a_file_that_cannot_be_read_is_tried_again_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, told: str
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(SOUND)
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)

    def fails(*_: object) -> bytes:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(files, "_read", fails)
        assert told in said_of(path)

    assert sum(waited) == pytest.approx(0.8)
    assert load(path).report == filled()


def test_that_a_file_held_by_a_scanner_for_a_moment_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(SOUND)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    read, tries = files._read, iter([PermissionError(13, "held"), OSError(5, "held")])

    def held(where: Path, most: int) -> bytes:
        if error := next(tries, None):
            raise error
        return read(where, most)

    monkeypatch.setattr(files, "_read", held)
    assert load(path).report == filled()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_that_an_endless_device_is_not_read_to_its_end() -> None:
    assert "太大" in said_of(Path("/dev/zero"))
