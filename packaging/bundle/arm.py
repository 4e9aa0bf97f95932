"""Running the ARM bundle on this machine: bullseye's ARM libraries, and qemu for the processor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bundle.chroot import Chroot
from bundle.description import BUILD, Layout
from bundle.needs import depends, first_choices

TARGET = "linux-arm64"
ARCHITECTURE = "arm64"
EMULATOR = "qemu-aarch64-static"
INSIDE = "/bundle"
EMULATED = "/emulated"


def system(described: Layout, folder: str, packages: Sequence[str] = ()) -> Chroot:
    """A chroot of this processor with qemu, in which ARM packages can be installed as well."""
    suite = described.tables["linux"]["gate"]["suite"]
    made = Chroot(suite, BUILD / "chroots" / folder, (ARCHITECTURE,))
    made.make(["qemu-user-static", *packages])
    return made


def self_test(bundle: Path, described: Layout) -> str:
    """Run the self-test of the ARM bundle without a network; return what it says.

    Raises CommandError with what it said where it fails.
    """
    needed = first_choices(depends(described.targets[TARGET], described))
    made = system(described, "arm", [f"{one}:{ARCHITECTURE}" for one in needed])
    return made.run(
        [f"{INSIDE}/{described.command}", "self-test"],
        env={"QT_QPA_PLATFORM": "offscreen"},
        binds={bundle: INSIDE, **emulated(bundle, INSIDE)},
        network=False,
    ).rstrip()


def emulated(bundle: Path, inside: str) -> dict[Path, str]:
    """What is bound over a bundle so that every start of its Python goes through qemu.

    The kernel here hands no ARM program to qemu by itself, and the bundle's Python is also
    started by the launcher and by the program: so a script takes its place.
    """
    script = BUILD / "arm" / "python3"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(f'#!/bin/sh\nexec {EMULATOR} -0 "$0" {EMULATED}/python3 "$@"\n', "utf-8")
    script.chmod(0o755)
    programs = Path("runtime", "bin")
    return {bundle / programs: EMULATED, script: f"{inside}/{programs.as_posix()}/python3"}
