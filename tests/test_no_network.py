"""The program needs no network, and does not even load what could reach one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = """
import sys

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        raise RuntimeError(event)

sys.addaudithook(refuse)
from pathlib import Path
from app.checks import check
from app.drafts import load
from app.export import FORMATS, export
from app.paths import examples
from ui.main import blank_report, make_application
from ui.window import MainWindow

application = make_application()
window = MainWindow(blank_report())
window.show()
window.open_draft(Path(sys.argv[1], "a.json"))
for row in range(window.rail.count()):
    window.rail.go_to(row)
    application.processEvents()
checked = check(load(examples() / "qingshi-2026.json").report)
files = list(export(checked, Path(sys.argv[1]), FORMATS))
window.close()
print(len(files), sorted(sys.modules))
"""
NETWORKS = ("socket", "ssl", "_ssl", "http", "urllib.request", "ftplib", "smtplib", "asyncio")


def without_network() -> list[str]:
    """Words before a command that give it an empty network; skips the test where none may."""
    for words in (["unshare", "--net"], ["unshare", "--user", "--map-root-user", "--net"]):
        try:
            tried = subprocess.run([*words, "true"], capture_output=True, check=False)
        except OSError:
            pytest.skip("unshare is not there: only Linux has it")
        if tried.returncode == 0:
            return words
    pytest.skip("this machine lets nobody make an empty network namespace")


def test_that_the_program_proves_itself_where_there_is_no_network() -> None:
    ended = subprocess.run(
        [*without_network(), sys.executable, "-m", "app", "self-test"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.endswith("自检通过。\n")


def test_that_a_start_and_an_export_load_nothing_that_could_reach_a_network(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.json").write_bytes(
        (ROOT / "resources" / "examples" / "qingshi-2026.json").read_bytes()
    )
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "GONGKAI_HOME": str(tmp_path)},
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    files, _, modules = ended.stdout.partition(" ")
    assert files == "4"
    loaded = [f"'{one}'" in modules for one in NETWORKS]
    assert not any(loaded), [one for one, there in zip(NETWORKS, loaded, strict=True) if there]
    assert "QtNetwork" not in modules
