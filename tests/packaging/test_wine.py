"""The Windows gate as far as it can be tried without Wine."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from email import message_from_string
from importlib.metadata import distribution
from pathlib import Path

import pytest
from bundle.description import BUILD, PACKAGING, ROOT, layout
from bundle.gate_windows import DRAFTS, INSTALLED, LINKS, SETTINGS
from bundle.wine import Wine, alike, ended
from bundle.wine_tests import metadata, skips
from packaging.requirements import Requirement

from app.forms import form_for_year
from app.report import Report
from app.session import Session

TYPED = tomllib.loads((PACKAGING / "windows" / "gate.toml").read_text("utf-8"))


def typed_report() -> Session:
    form = form_for_year(2026)
    assert form
    session = Session(Report(form, 2026, TYPED["organ"]))
    session.fill({one.cell: "0" for one in form.typed()}, "0")
    for part, text in TYPED["texts"].items():
        session.write(part, text.strip())
    session.read_texts()
    return session


def test_that_what_the_gate_types_passes_every_rule() -> None:
    checked = typed_report().checked
    assert checked.clean
    assert (checked.blank, list(checked.findings)) == (0, [])


def test_that_the_gate_knows_the_name_of_the_file_it_makes() -> None:
    assert TYPED["file"] == typed_report().report.title


def test_that_the_gate_types_every_figure_of_the_second_table() -> None:
    form = typed_report().report.form
    table = next(iter(form.tables))
    assert sum(one.cell.table == table for one in form.typed()) == TYPED["typed_cells"]


def test_that_a_windows_path_is_found_on_the_disk_of_wine() -> None:
    wine = Wine(layout())
    disk = BUILD / "chroots" / "wine" / "wine" / "prefix" / "drive_c"
    assert wine.inside("C:\\users\\root\\a b.json") == disk / "users" / "root" / "a b.json"
    with pytest.raises(ValueError, match="D:"):
        wine.inside("D:\\x")


def test_that_the_gate_looks_where_the_installer_puts_things() -> None:
    script = (PACKAGING / "windows" / "installer.nsi").read_text("utf-8")
    assert '"$LOCALAPPDATA\\Programs\\gongkai"' in script
    assert INSTALLED.endswith("\\AppData\\Local\\Programs\\gongkai")
    assert SETTINGS.endswith("\\AppData\\Roaming\\gongkai")
    assert DRAFTS.endswith("\\Documents\\政府信息公开年报")
    assert all(link.endswith(f"\\{layout().name}.lnk") for link in LINKS)


def test_that_gongkai_tells_the_tests_under_wine_what_it_needs_as_where_it_is_installed() -> None:
    told, installed = message_from_string(metadata()), distribution("gongkai").metadata
    for field in ("Name", "Version"):
        assert told[field] == installed[field]
    needed = {Requirement(one) for one in installed.get_all("Requires-Dist") or ()}
    shipped = {one for one in needed if "extra" not in str(one.marker)}
    assert {Requirement(one) for one in told.get_all("Requires-Dist") or ()} == shipped


def test_that_nothing_of_an_earlier_run_is_taken_for_part_of_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bundle.wine.BUILD", tmp_path)
    chroot = tmp_path / "chroots" / "wine"
    socket, disk = chroot / "tmp" / ".X11-unix" / "X1", chroot / "wine" / "prefix" / "drive_c"
    for folder in (socket.parent, disk):
        folder.mkdir(parents=True)
    socket.touch()
    Wine(layout())._clear()
    assert [path.name for path in chroot.rglob("*")] == ["tmp"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc")
def test_that_a_process_has_ended_also_while_nobody_has_asked_how() -> None:
    with subprocess.Popen(["sleep", "60"]) as process:
        assert not ended(process.pid)
        process.kill()
        end = time.monotonic() + 30
        while not ended(process.pid):
            assert time.monotonic() < end
    assert ended(process.pid)


def test_that_a_blinking_cursor_is_no_change_of_the_screen_and_a_few_letters_are() -> None:
    page = bytearray(b"\xff" * 3 * 1366 * 768)
    blinked, written = bytearray(page), bytearray(page)
    for line in range(100, 124):
        at = 3 * (1366 * line + 300)
        blinked[at : at + 3 * 2] = bytes(3 * 2)
        written[at : at + 3 * 60 : 3] = bytes(60)
    assert alike(bytes(page), bytes(blinked))
    assert not alike(bytes(page), bytes(written))
    assert not alike(bytes(len(page)), b"")


def test_that_tests_that_skip_themselves_are_counted_by_their_reason() -> None:
    said = """
SKIPPED [3] tests\\drafts\\test_conflicts.py:293: flock
SKIPPED [1] tests\\test_paths.py:63: Windows is asked by a call
SKIPPED [2] tests\\test_paths.py:45: Windows is asked by a call
12 passed, 6 skipped in 3.05s"""
    assert skips(said) == {"flock": 3, "Windows is asked by a call": 3}


def test_that_a_test_left_out_under_wine_is_there_and_has_a_reason() -> None:
    for name, why in layout().tables["windows"]["tests"]["left_out"].items():
        path, _, test = name.partition("::")
        assert Path(ROOT / path).exists(), name
        assert not test or f"def {test.partition('[')[0]}(" in (ROOT / path).read_text("utf-8")
        assert why
