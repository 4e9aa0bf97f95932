"""The window's part of the self-test finds what is broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.files import FileError
from ui import selftest


def test_that_a_plugin_that_is_not_there_is_named(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "selftest.toml").write_text('[plugins]\nevery = ["platforms/*nosuch*"]\n')
    monkeypatch.setattr(selftest, "resources", lambda: tmp_path)
    with pytest.raises(FileError, match="缺少 Qt 插件“platforms/nosuch”"):
        selftest._plugins()


def test_that_a_plugin_that_cannot_be_loaded_is_named(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "libbroken.so").write_bytes(b"not a library")
    with pytest.raises(FileError, match="“libbroken”装不上"):
        selftest._load(tmp_path / "libbroken.so")


def test_that_a_network_part_in_a_bundle_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    selftest._no_network()  # a source tree uses what pip brings
    monkeypatch.setattr(selftest, "bundle", lambda: tmp_path)
    with pytest.raises(FileError, match="QtNetwork"):
        selftest._no_network()


def test_that_an_empty_page_has_too_few_colours() -> None:
    picture = QImage(100, 100, QImage.Format.Format_RGB32)
    picture.fill(QColor("#efefef"))
    assert selftest._colours(picture) < selftest.FEWEST_COLOURS
