"""The locked wheels of the program's dependencies, for the target and not for this machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name, parse_wheel_filename

from bundle.description import BUILD, ROOT, Target

LOCK = ROOT / "requirements.txt"
PYTHON = "3.11"


def wheels(target: Target, lock_file: Path = LOCK) -> dict[str, Path]:
    """Fetch the wheels of a target; return them by the canonical name of their distribution.

    Every wheel has a hash that the lock file holds. Raises CalledProcessError where one cannot
    be had or differs.
    """
    folder = BUILD / "wheels" / target.name / lock_file.stem
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "requirements.txt"
    wanted.write_text("".join(locked_for(lock_file.read_text("utf-8"), target.markers)), "utf-8")
    _forget_others(folder, wanted)
    tags = [part for tag in target.wheel_tags for part in ("--platform", tag)]
    abis = [part for abi in ("cp311", "abi3", "none") for part in ("--abi", abi)]
    kind = ["--only-binary", ":all:", "--implementation", "cp", "--python-version", PYTHON]
    pip = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check"]
    lock = ["--no-deps", "--require-hashes", "-r", str(wanted), "-d", str(folder)]
    subprocess.run([*pip, *kind, *abis, *tags, *lock], check=True)
    return {_distribution(one): one for one in sorted(folder.glob("*.whl"))}


def locked_for(lock: str, markers: Mapping[str, str]) -> Iterator[str]:
    """Yield the requirements that hold on a target, without their markers.

    pip judges markers by the machine it runs on, which is not the one the package is for.
    """
    for requirement in _requirements(lock):
        head, _, hashes = requirement.partition(" \\\n")
        pin, _, marker = head.partition(";")
        if not marker or Marker(marker).evaluate(dict(markers)):
            yield f"{pin.strip()} \\\n{hashes}"


def _requirements(lock: str) -> Iterator[str]:
    """Each requirement with the hashes on the lines after it."""
    lines: list[str] = []
    for line in lock.splitlines(keepends=True):
        if lines and not line.startswith(" "):
            yield "".join(lines)
            lines = []
        lines.append(line)
    if lines:
        yield "".join(lines)


def _forget_others(folder: Path, wanted: Path) -> None:
    """Remove wheels of an earlier lock file, which would be taken in unasked."""
    pins = {line.split(" ", 1)[0] for line in wanted.read_text("utf-8").splitlines()}
    for wheel in folder.glob("*.whl"):
        name, version, _, _ = parse_wheel_filename(wheel.name)
        if f"{name}=={version}" not in pins:
            wheel.unlink()


def _distribution(wheel: Path) -> str:
    return canonicalize_name(parse_wheel_filename(wheel.name)[0])
