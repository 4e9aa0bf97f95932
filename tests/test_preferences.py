"""What is remembered between runs, and that no broken file of it ever stops the clerk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.preferences import preference, set_preference


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where preferences lie, in a home of their own."""
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
    return tmp_path / "settings" / "preferences.json"


def test_that_a_value_is_remembered_by_its_name(file: Path) -> None:
    set_preference("folder", "D:/上报")
    set_preference("size", 12)
    set_preference("down", value=False)
    assert preference("folder", "") == "D:/上报"
    assert preference("size", 10) == 12
    assert preference("down", default=True) is False


@pytest.mark.skipif(sys.platform == "win32", reason="Windows inherits the folder's rights")
def test_that_preferences_are_for_this_user_only(file: Path) -> None:
    set_preference("folder", "D:/上报")
    assert file.stat().st_mode & 0o077 == 0


def test_that_what_is_not_remembered_is_the_default() -> None:
    assert preference("folder", "这里") == "这里"


@pytest.mark.parametrize("stored", ['{"size": "12"}', '{"size": true}', '{"size": null}'])
def test_that_a_value_of_another_type_is_not_taken(file: Path, stored: str) -> None:
    file.parent.mkdir()
    file.write_text(stored)
    assert preference("size", 10) == 10


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 10_000, b" " * 100_000])
def test_that_a_broken_file_is_as_good_as_none_and_is_written_anew(
    file: Path, broken: bytes
) -> None:
    file.parent.mkdir()
    file.write_bytes(broken)
    assert preference("size", 10) == 10
    set_preference("size", 11)
    assert preference("size", 10) == 11


def test_that_a_home_that_cannot_be_written_stops_nobody(file: Path) -> None:
    file.parent.write_text("a file where the folder should be")
    set_preference("size", 11)
    assert preference("size", 10) == 10
