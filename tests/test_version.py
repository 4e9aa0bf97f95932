"""Which version the program says it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.version import program_version

ROOT = Path(__file__).resolve().parent.parent


def test_that_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert program_version() == project["version"]


def test_that_an_installed_program_knows_its_version_by_the_record_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gongkai-9.8.7.dist-info").mkdir()
    monkeypatch.setattr("app.version.resources", lambda: tmp_path / "resources")
    assert program_version() == "9.8.7"
