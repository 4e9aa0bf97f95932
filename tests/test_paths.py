"""Where drafts and settings go: the system's folders, or beside a program on a stick."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app import paths, recent
from app.known_folders import documents_folder, settings_folder

needs_desktop = pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked by a call")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home with nothing in it."""
    for name in ("GONGKAI_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home" / ".config").mkdir(parents=True)
    return tmp_path / "home"


@pytest.fixture
def stick(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle with the marker of a portable one, from which the program runs."""
    return plugged_in(home.parent / "E", monkeypatch)


def plugged_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("runtime", "lib", "program"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "portable.txt").touch()
    monkeypatch.setattr(paths, "_program", lambda: folder / "program")
    return folder


def desktop_tells(home: Path, line: str) -> None:
    (home / ".config" / "user-dirs.dirs").write_text(f"# comment\n{line}\n", encoding="utf-8")


@needs_desktop
@pytest.mark.parametrize(
    ("line", "folder"),
    [
        ('XDG_DOCUMENTS_DIR="$HOME/文档"', "文档"),
        ('XDG_DOCUMENTS_DIR="$HOME/Documents"', "Documents"),
        ('XDG_DOCUMENTS_DIR="$HOME/my \\"papers\\""', 'my "papers"'),
        ('XDG_DOCUMENTS_DIR="$HOME/"', ""),
    ],
)
def test_that_documents_are_where_the_desktop_keeps_them(
    home: Path, line: str, folder: str
) -> None:
    desktop_tells(home, line)
    assert documents_folder() == home / folder
    assert paths.documents() == home / folder / "政府信息公开年报"


@needs_desktop
def test_that_a_folder_on_another_disk_is_found(home: Path) -> None:
    desktop_tells(home, 'XDG_DOCUMENTS_DIR="/data/办公/文档"')
    assert documents_folder() == Path("/data/办公/文档")


@needs_desktop
@pytest.mark.parametrize("line", ["XDG_MUSIC_DIR='x'", 'XDG_DOCUMENTS_DIR="papers"', "\0"])
def test_that_without_a_usable_list_the_folder_that_is_there_is_taken(
    home: Path, line: str
) -> None:
    desktop_tells(home, line)
    assert documents_folder() == home
    (home / "文档").mkdir()
    assert documents_folder() == home / "文档"


@needs_desktop
def test_that_settings_are_where_the_desktop_keeps_them(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings_folder() == home / ".config"
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")  # to be ignored, says the specification
    assert settings_folder() == home / ".config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "conf"))
    assert paths.settings() == home / "conf" / "gongkai"


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows has known folders")
def test_that_windows_tells_an_existing_documents_folder() -> None:
    assert documents_folder().is_absolute()


def test_that_a_source_tree_is_no_bundle_and_an_installed_one_is_not_portable(
    stick: Path,
) -> None:
    assert paths.bundle() == stick
    (stick / "portable.txt").unlink()
    assert paths.portable() is None
    assert paths.portable_trouble() == ""
    (stick / "runtime").rmdir()
    assert paths.bundle() is None


def test_that_drafts_and_settings_stay_on_the_stick(stick: Path) -> None:
    assert paths.documents() == stick / "草稿"
    assert paths.settings() == stick / "设置"
    assert paths.portable_trouble() == ""
    assert sorted(one.name for one in stick.iterdir()) == [
        "lib",
        "portable.txt",
        "program",
        "runtime",
    ]


@needs_desktop
def test_that_a_stick_that_cannot_be_written_is_told_and_the_computer_taken(
    stick: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(Path, "touch", refuse)
    assert paths.documents() == home / "政府信息公开年报"
    assert paths.settings() == home / ".config" / "gongkai"
    assert str(paths.documents()) in paths.portable_trouble()
    assert "不能写入" in paths.portable_trouble()


def test_that_recent_drafts_on_a_stick_are_found_under_another_letter(
    stick: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stick / "草稿").mkdir()
    elsewhere = home / "b.json"
    for draft in (elsewhere, stick / "草稿" / "a.json"):
        draft.touch()
        recent.remember(draft)
    os.rename(stick, stick.with_name("F"))  # noqa: PTH104 — as pulling it out does
    moved = plugged_in(stick.with_name("F"), monkeypatch)
    assert recent.recent_drafts() == [moved / "草稿" / "a.json", elsewhere]


def test_that_recent_drafts_of_an_installed_program_keep_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
    draft = tmp_path / "a.json"
    draft.touch()
    recent.remember(draft)
    assert recent.recent_drafts() == [draft]
