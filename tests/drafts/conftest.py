"""One draft file, under a name a careless pattern would trip over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.drafts import DraftFile
from tests.drafts.examples import NAME


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the draft is to lie."""
    return tmp_path / NAME


@pytest.fixture
def file(path: Path) -> Iterator[DraftFile]:
    """The open draft file."""
    one = DraftFile(path)
    yield one
    one.close()
