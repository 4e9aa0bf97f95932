"""The project's own tests under Wine, on a Windows whose code page is 936."""

from __future__ import annotations

import io
import re
import shutil
import tomllib
import zipfile
from collections import Counter
from pathlib import Path

from bundle.description import ROOT, Layout
from bundle.python_windows import LIBRARY, embeddable
from bundle.trial import Trial
from bundle.wheels import wheels
from bundle.wine import HOME, Wine

DEVELOPMENT = ROOT / "requirements-dev.txt"
FOLDER = "tested"
LOCATIONS = ("lib", "source")
QT_FONTS = Path("lib", "PySide6", "lib", "fonts")
LONGEST = 3600.0
"""Seconds for a group of tests; the slowest takes some 10 minutes on two busy cores."""
ONE_TEST = 600
"""Seconds after which a test that still runs says where it is."""
NOT_COPIED = shutil.ignore_patterns("build", "dist", ".*", "__pycache__", "*.egg-info")


def run(wine: Wine, described: Layout, trial: Trial) -> None:
    """Run the tests; say at the end which did not run, and why."""
    table = described.tables["windows"]["tests"]
    with trial.step("setting up Python with the development wheels"):
        prepare(wine.disk / FOLDER, described)
    left_out = [part for name in table["left_out"] for part in _without(name)]
    skipped = Counter[str]()
    for group in table["groups"]:
        with trial.step(f"tests under Wine with code page 936: {group}"):
            said = pytest(wine, *group.split(), *left_out)
            skipped += skips(said)
            print(f"  {said.splitlines()[-1]}")
    for name, why in table["left_out"].items():
        trial.not_tried(name, why)
    for why, count in skipped.items():
        trial.not_tried(f"{count} of the tests", why)


def skips(said: str) -> Counter[str]:
    """Why tests were skipped, and how many for each reason, out of the summary of pytest."""
    found = re.finditer(r"^SKIPPED \[(\d+)\] \S+: (.*)$", said, re.MULTILINE)
    counted = Counter[str]()
    for one in found:
        counted[one[2]] += int(one[1])
    return counted


def prepare(folder: Path, described: Layout) -> None:
    """Lay out a whole Python, the wheels and a copy of this repository, each beside the others."""
    table = described.tables["windows"]["python"]
    with zipfile.ZipFile(io.BytesIO(embeddable(table))) as archive:
        archive.extractall(folder / "unpacked")
    python = (folder / "unpacked" / table["folder"]).rename(folder / "python")
    searched = [f"{LIBRARY}.zip", ".", *(f"..\\{name}" for name in LOCATIONS)]
    (python / f"{LIBRARY}._pth").write_text("\n".join(searched) + "\n", "utf-8")
    for wheel in wheels(described.targets["win-x64"], DEVELOPMENT).values():
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder / "lib")
    record = folder / "lib" / f"{described.command}-{described.version}.dist-info" / "METADATA"
    record.parent.mkdir()
    record.write_text(metadata(), "utf-8")
    shutil.copytree(ROOT, folder / "source", ignore=NOT_COPIED)
    # The offscreen window system finds fonts nowhere else, and warns where there are none.
    shutil.copytree(folder / "source" / "resources" / "fonts", folder / QT_FONTS)


def metadata() -> str:
    """What an installed gongkai says of itself: its name, its version and what it needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [f"Requires-Dist: {one}" for one in project["dependencies"]]
    named = [f"Name: {project['name']}", f"Version: {project['version']}"]
    return "\n".join(["Metadata-Version: 2.1", *named, *needed, ""])


def pytest(wine: Wine, *arguments: str) -> str:
    """Run pytest in the copy; return what it said. Raises ProgramError where a test fails."""
    disk = f"{HOME}/prefix/drive_c/{FOLDER}"
    command = [f"C:\\{FOLDER}\\python\\python.exe", "-B", "-m", "pytest", "-q", "--tb=short"]
    return wine.run(
        *command,
        *("-p", "no:cacheprovider", "-o", f"faulthandler_timeout={ONE_TEST}"),
        *arguments,
        env={"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
        at=f"{disk}/source",
        patience=LONGEST,
    )


def _without(name: str) -> tuple[str, str]:
    return ("--deselect" if "::" in name else "--ignore", name)
