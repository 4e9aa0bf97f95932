"""How the gates tell what they tried, and what they look at."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from bundle.arm import emulated
from bundle.description import PACKAGING
from bundle.gate_linux import files_of
from bundle.needs import first_choices
from bundle.trial import Trial, must

SCRIPTS = sorted((PACKAGING / "linux").glob("*.sh"))


def test_that_a_failed_step_is_told_and_the_next_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    trial = Trial()
    with trial.step("first"):
        must(False, "it rained")
    with trial.step("second"):
        must(True, "never said")
    told = capsys.readouterr().out
    assert "FAILED  first" in told
    assert "it rained" in told
    assert "ok      second" in told
    assert trial.code == 1


def test_that_what_a_command_said_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    trial = Trial()
    with trial.step("one"):
        raise subprocess.CalledProcessError(3, ["one"], "no such package")
    assert "no such package" in capsys.readouterr().out


def test_that_what_is_not_tried_is_told_and_is_no_failure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    trial = Trial()
    trial.not_tried("a real computer", "there is none")
    assert capsys.readouterr().out == "not tried  a real computer: there is none\n"
    assert trial.code == 0


def test_that_the_clerks_files_do_not_count_as_left_behind(tmp_path: Path) -> None:
    for name in ("home/clerk/draft.json", "tmp/passing", "opt/apps/one/files/left"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("")
    left = files_of(tmp_path)
    assert "opt/apps/one/files/left" in left
    assert not [name for name in left if "draft" in name or "passing" in name]


def test_that_the_first_of_alternatives_is_installed_for_the_emulator() -> None:
    depends = ["libc6 (>= 2.28)", "libgcc-s1 | libgcc1", "zlib1g"]
    assert first_choices(depends) == ["libc6", "libgcc-s1", "zlib1g"]


def test_that_every_start_of_an_arm_python_goes_through_the_emulator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bundle.arm.BUILD", tmp_path)
    programs, script = binds = emulated(tmp_path / "bundle", "/bundle")
    assert list(binds.values()) == ["/emulated", "/bundle/runtime/bin/python3"]
    assert programs == tmp_path / "bundle" / "runtime" / "bin"
    assert 'qemu-aarch64-static -0 "$0" /emulated/python3 "$@"' in script.read_text("utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_that_the_shell_can_read_every_script(script: Path) -> None:
    if not shutil.which("sh"):
        pytest.skip("no shell here")
    subprocess.run(["sh", "-n", str(script)], check=True)
