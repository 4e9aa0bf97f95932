"""Running the ARM bundle on this machine: bullseye's ARM libraries, and qemu for the processor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bundle.chroot import Chroot
from bundle.description import BUILD, Layout

TARGET = "linux-arm64"
ARCHITECTURE = "arm64"
EMULATOR = "qemu-aarch64-static"
INSIDE = "/bundle"


def system(described: Layout, folder: str, packages: Sequence[str] = ()) -> Chroot:
    """A chroot of this processor with qemu, in which ARM packages can be installed as well."""
    suite = described.tables["linux"]["gate"]["suite"]
    made = Chroot(suite, BUILD / "chroots" / folder, (ARCHITECTURE,))
    made.make(["qemu-user-static", *packages])
    return made


def self_test(bundle: Path, described: Layout) -> str:
    """Run the self-test of the ARM bundle without a network; return what it says.

    Raises CalledProcessError with what it said where it fails.
    """
    depends = first_choices(described.tables["linux"]["deb"]["depends"])
    made = system(described, "arm", [f"{one}:{ARCHITECTURE}" for one in depends])
    command = started(INSIDE, "self-test")
    environment = {"QT_QPA_PLATFORM": "offscreen"}
    return made.run(command, env=environment, binds={bundle: INSIDE}, network=False).rstrip()


def started(files: str, *arguments: str) -> list[str]:
    """The command that starts the bundle in a folder as its launcher does, through qemu.

    Without the launcher: its shell is one of this processor, and hands over to no other.
    """
    python = [f"{files}/runtime/bin/python3", "-I", "-S", "-X", "utf8"]
    return [EMULATOR, *python, f"{files}/program/start.py", *arguments]


def first_choices(depends: Sequence[str]) -> list[str]:
    """The packages that dependencies name first, without their versions."""
    return [one.split("|")[0].split("(")[0].strip() for one in depends]
