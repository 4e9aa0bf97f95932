"""What a package is built from: fetched from where it is to be had, refused where it is not it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bundle import inputs
from bundle.errors import InputError
from bundle.inputs import fetch, sha256


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive somewhere, and a folder for what is fetched."""
    monkeypatch.setattr(inputs, "INPUTS", tmp_path / "inputs")
    path = tmp_path / "there.tar"
    path.write_bytes(b"source")
    return path


def test_that_the_next_address_is_tried_where_one_has_it_no_more(archive: Path) -> None:
    urls = [(archive.parent / "gone.tar").as_uri(), archive.as_uri()]
    fetched = fetch({"name": "one.tar", "sha256": sha256(archive), "urls": urls})
    assert fetched.read_bytes() == b"source"
    archive.unlink()
    assert fetch({"name": "one.tar", "sha256": sha256(fetched), "urls": urls}) == fetched


def test_that_what_is_not_what_was_chosen_is_refused_and_not_kept(archive: Path) -> None:
    wanted = sha256(archive)
    archive.write_bytes(b"something else")
    with pytest.raises(InputError, match="SHA-256 differs"):
        fetch({"name": "one.tar", "sha256": wanted, "urls": [archive.as_uri()]})
    assert not list((archive.parent / "inputs").iterdir())
