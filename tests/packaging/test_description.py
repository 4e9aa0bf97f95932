"""The one description of what goes to the office, and how it is read."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from bundle.assemble import compile_all, own_files, pack_forms
from bundle.description import ROOT, Selection, layout
from bundle.weights import weights
from bundle.wheels import LOCK, locked_for

from app.forms import read_form
from ui.identity import PROGRAM, PROGRAM_ID

LOCKED = """\
one==1.0 \\
    --hash=sha256:aa
pyside==6.8.0 ; platform_machine == 'aarch64' \\
    --hash=sha256:bb \\
    --hash=sha256:cc
pyside==6.8.3 ; platform_machine != 'aarch64' \\
    --hash=sha256:dd
"""


def test_that_a_file_is_taken_when_kept_and_not_dropped() -> None:
    selection = Selection(keep=("a/*",), drop=("*.h",))
    assert selection.takes("a/deep/one.py")
    assert not selection.takes("a/one.h")
    assert not selection.takes("b/one.py")


def test_that_every_locked_wheel_has_its_selection() -> None:
    for name in re.findall(r"^([a-z0-9-]+)==", LOCK.read_text("utf-8"), re.MULTILINE):
        assert layout().of_wheel(name)


def test_that_a_wheel_nobody_described_is_refused() -> None:
    with pytest.raises(LookupError, match="surprise"):
        layout().of_wheel("surprise")


def test_that_each_part_is_weighed_and_small_ones_are_told_as_one(tmp_path: Path) -> None:
    sizes = {
        "lib/PySide6/Qt/libQt6Core.so": 3,
        "lib/PySide6/QtCore.so": 2,
        "program/resources/fonts/songti.ttf": 4,
        "program/app/report.py": 1,
        "gongkai": 0.25,
        "licences/Qt.txt": 0.5,
    }
    for name, millions in sizes.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(bytes(round(millions * 10**6)))
    told = [(part, size / 10**6) for part, size in weights(tmp_path)]
    heavy = [("lib/PySide6", 5), ("program/resources/fonts", 4), ("program", 1)]
    assert told == [*heavy, ("others", 0.75)]


def test_that_a_packed_form_is_the_form(tmp_path: Path) -> None:
    for form in (ROOT / "resources" / "forms").iterdir():
        packed = Path(shutil.copy(form, tmp_path)).with_suffix(".json")
        pack_forms(tmp_path)
        assert [one.name for one in tmp_path.iterdir()] == [packed.name]
        assert vars(read_form(packed)) == vars(read_form(form))
        packed.unlink()


@pytest.mark.parametrize(("machine", "version"), [("aarch64", "6.8.0"), ("x86_64", "6.8.3")])
def test_that_markers_are_judged_for_the_target_and_not_for_this_machine(
    machine: str, version: str
) -> None:
    one, pyside = locked_for(LOCKED, {"platform_machine": machine})
    assert one == "one==1.0 \\\n    --hash=sha256:aa\n"
    assert pyside.startswith(f"pyside=={version} \\\n    --hash=")


def test_that_the_program_goes_out_with_what_it_reads_and_without_what_only_builders_need() -> None:
    names = set(own_files(layout()))
    assert {"app/__main__.py", "ui/main.py", "resources/forms/2021.toml"} <= names
    assert "resources/fonts/fangsong.ttf" in names
    assert not [name for name in names if "__pycache__" in name or "screenshots" in name]
    assert all((ROOT / name).is_file() for name in names)


def test_that_equal_sources_compile_to_equal_bytes_whatever_was_loaded_before(
    tmp_path: Path,
) -> None:
    compiled = []
    for name in ("first", "second"):
        source = tmp_path / name / "program" / "app" / "numbers.py"
        source.parent.mkdir(parents=True)
        shutil.copyfile(ROOT / "app" / "numbers.py", source)
        compile_all(tmp_path / name)
        (made,) = source.parent.rglob("*.pyc")
        compiled.append(made.read_bytes())
    assert compiled[0] == compiled[1]
    assert str(tmp_path).encode() not in compiled[0]


def test_that_the_window_bears_the_names_under_which_the_program_is_installed() -> None:
    assert (layout().id, layout().name) == (PROGRAM_ID, PROGRAM)
