"""The drafts opened lately: remembered in order, whatever became of them and of the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.paths import settings
from app.recent import MOST, recent_drafts, remember


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own."""
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
    return tmp_path


def draft(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("{}")
    return path


def test_that_the_last_opened_comes_first_and_once(home: Path) -> None:
    one, other = draft(home, "一.json"), draft(home, "二.json")
    for path in (one, other, one):
        remember(path)
    assert recent_drafts() == [one, other]


def test_that_no_more_are_remembered_than_anybody_looks_for(home: Path) -> None:
    for number in range(MOST + 3):
        remember(draft(home, f"{number}.json"))
    assert len(recent_drafts()) == MOST


def test_that_what_is_gone_or_cannot_be_looked_for_is_left_out(home: Path) -> None:
    here, gone = draft(home, "在.json"), draft(home, "不在.json")
    remember(gone)
    remember(here)
    remember(home / f"{'长' * 300}.json")  # the system's answer to this is an error, not a no
    gone.unlink()
    assert recent_drafts() == [here]


def test_that_a_name_that_is_no_unicode_is_remembered(home: Path) -> None:
    old = draft(home, "\udcc7\udce0.json")  # 青 as an old Windows wrote it
    remember(old)
    assert recent_drafts() == [old]


@pytest.mark.parametrize("content", [b"", b"\xff", b"{}", b"[3, null]", b"[" * 60_000])
def test_that_a_broken_list_is_an_empty_one(home: Path, content: bytes) -> None:
    settings().mkdir(parents=True)
    (settings() / "recent.json").write_bytes(content)
    assert recent_drafts() == []
    here = draft(home, "在.json")
    remember(here)
    assert recent_drafts() == [here]
