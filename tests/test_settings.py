"""The settings file of a county: what it may say, and what is told where it cannot be used."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import DEFAULT_SIMILARITY, LARGEST, Settings, SettingsError, read_settings
from tests.sentences import assert_sentence

REFUSED = {
    # what the file holds: what the clerk is told of it
    '[level]\ntopics = "off"': "level",
    'topics = "off"': "topics",
    "[levels]\ntopics = 3": "levels",
    "[levels]\ntopics = true": "levels",
    '[levels]\ntopics = ["off"]': "levels",
    'levels = "off"': "levels",
    'levels = ["off"]': "levels",
    "[copied]\nsimilarity = 0.29": "similarity",
    "[copied]\nsimilarity = 1.01": "similarity",
    "[copied]\nsimilarity = 80": "similarity",
    "[copied]\nsimilarity = -1": "similarity",
    "[copied]\nsimilarity = nan": "similarity",
    "[copied]\nsimilarity = inf": "similarity",
    "[copied]\nsimilarity = true": "similarity",
    '[copied]\nsimilarity = "0.8"': "similarity",
    "copied = 0.8": "copied",
    "[levels": "TOML",
    "[levels]\ntopics = off": "TOML",
    '[levels]\ntopics = "off"\ntopics = "hint"': "TOML",
    "levels：关闭": "TOML",
    f"x = {'[' * 5000}": "TOML",
    f"x = {'9' * 5000}": "TOML",
    "[copied]\nsimilariti = 0.5": "similariti",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def read(file: Path, text: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


def test_that_the_defaults_hold_without_a_file(file: Path) -> None:
    assert read_settings(file) == Settings({}, DEFAULT_SIMILARITY)


def test_that_an_empty_file_settles_nothing(file: Path) -> None:
    assert read(file, "") == read(file, "# 暂无\n[levels]\n[copied]\n") == Settings()


def test_that_levels_are_read_by_the_name_or_the_number_of_a_rule(file: Path) -> None:
    text = '[levels]\ntopics = "off"\n"text-vs-table" = "hint"\n19 = "error"\n'
    expected = {"topics": "off", "text-vs-table": "hint", "19": "error"}
    assert read(file, text).levels == expected


@pytest.mark.parametrize(("written", "share"), [("0.3", 0.3), ("0.65", 0.65), ("1", 1), ("1.0", 1)])
def test_that_the_share_that_counts_as_copied_is_read(
    written: str, share: float, file: Path
) -> None:
    assert read(file, f"[copied]\nsimilarity = {written}").similarity == share


def test_that_one_setting_leaves_the_other_at_its_default(file: Path) -> None:
    assert read(file, '[levels]\ntopics = "off"').similarity == DEFAULT_SIMILARITY
    assert read(file, "[copied]\nsimilarity = 0.5").levels == {}


def test_that_a_file_saved_by_the_windows_notepad_is_read(file: Path) -> None:
    file.write_bytes('\ufeff[levels]\r\ntopics = "off"\r\n'.encode())
    assert read_settings(file).levels == {"topics": "off"}


@pytest.mark.parametrize("text", REFUSED)
def test_that_a_mistake_is_told_with_its_file_and_its_place(text: str, file: Path) -> None:
    with pytest.raises(SettingsError) as told:
        read(file, text)
    assert_sentence(str(told.value), "settings.toml", REFUSED[text])


@pytest.mark.parametrize(
    "content",
    [
        "[levels]  # 级别".encode("gb18030"),
        "[levels]".encode("utf-16"),
        b"\x00\x01\x02",
        b"#" * (LARGEST + 1),
    ],
    ids=["GB 18030", "UTF-16", "binary", "huge"],
)
def test_that_a_file_that_is_no_text_is_told_in_a_sentence(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    with pytest.raises(SettingsError) as told:
        read_settings(file)
    assert_sentence(str(told.value), "settings.toml")


def test_that_a_folder_in_the_place_of_the_file_is_told_in_a_sentence(file: Path) -> None:
    file.mkdir()
    with pytest.raises(SettingsError) as told:
        read_settings(file)
    assert_sentence(str(told.value), "settings.toml")


@given(st.text(st.sampled_from("[]levscopid=\" \n0.8:{}#'") | st.characters(codec="utf-8")))
def test_that_any_text_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(text.encode())
    with suppress(SettingsError):
        assert 0.3 <= read_settings(file).similarity <= 1
