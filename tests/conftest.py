"""What all tests share: no window on the screen, patient Hypothesis, reports to fill."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import settings

from app.checks import catalogue
from app.report import Report
from app.session import Session
from tests.disks import mounted
from tests.reports import all_zeros, tabled

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("search" if os.environ.get("GONGKAI_SEARCH") else "same")
for entry in catalogue().values():
    import_module(entry.module)  # tests look at what is registered

Fill = Callable[[str, str], Session]


@pytest.fixture(autouse=True)
def _no_stray_log_line(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A program that logs a warning nobody asked for has something to hide, then and after."""
    yield
    phases = (
        caplog.get_records("setup"),
        caplog.get_records("call"),
        caplog.get_records("teardown"),
    )
    stray = [f"{one.name}: {one.getMessage()}" for records in phases for one in records]
    assert stray == []


@pytest.fixture
def sound_report() -> Report:
    """A township's report of 2026 in which nothing happened: it has no fault."""
    return all_zeros()


@pytest.fixture
def fill(sound_report: Report) -> Fill:
    """Fill a small text table into one table of the sound report; every other figure is 0."""

    def filled(table: str, figures: str) -> Session:
        return Session(tabled(sound_report, table, figures))

    return filled


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that is soon full."""
    with mounted(tmp_path / "disk") as disk:
        yield disk
