"""The ARM gate: the .deb for arm64 with bullseye's ARM libraries, its processor played by qemu.

Installed, proved, exported with, its window shown, and removed.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from bundle.arm import emulated, system
from bundle.chroot import Chroot
from bundle.description import BUILD, Layout, layout
from bundle.screen import SOCKETS, Screen
from bundle.trial import EXAMPLE, FORMATS, Trial, must, suffixes

PICTURE = BUILD / "gate" / "arm.png"
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
SLOW = 240


def main() -> int:
    """Run the gate; return 0 where everything came out as it must."""
    described, trial = layout(), Trial()
    package = BUILD / "dist" / f"{described.command}_{described.version}_arm64.deb"
    if not package.exists():
        print("Build the package first: python3 dev.py package --target linux-arm64")
        return 2
    with trial.step("setting up bullseye with ARM libraries and qemu"):
        chroot = system(described, "gate-arm", described.tables["linux"]["gate"]["fonts"])
        shutil.copyfile(package, chroot.folder / "program.deb")
    if trial.code:
        return trial.code
    with chroot:
        _try_all(chroot, described, trial)
    trial.not_tried("an ARM computer", "qemu plays the processor alone, with this kernel")
    trial.not_tried(
        "UOS 20 on ARM (glibc 2.28)", "PySide6's wheels for ARM need glibc 2.30: dpkg refuses it"
    )
    return trial.code


def _try_all(chroot: Chroot, described: Layout, trial: Trial) -> None:
    files = f"/opt/apps/{described.id}/files"
    with trial.step("installing with the ARM packages it depends on"):
        chroot.run(["apt-get", "-qq", "-y", "--no-install-recommends", "install", "/program.deb"])
    if trial.code:
        return
    binds = emulated(chroot.folder / files.lstrip("/"), files)
    with trial.step("self-test without a network"):
        print(_run(chroot, [described.command, "self-test"], binds).rstrip())
    with trial.step("exporting the example in four formats"):
        formats = ["--as", ",".join(FORMATS), "--to", "/root/exported"]
        _run(chroot, [described.command, "export", f"{files}/{EXAMPLE}", *formats], binds)
        written = sorted(one.suffix for one in (chroot.folder / "root" / "exported").iterdir())
        must(written == suffixes(), f"written: {written}")
    with trial.step(f"showing the window ({PICTURE.relative_to(BUILD.parent)})"):
        _show(chroot, described, binds)
    with trial.step("removing leaves nothing"):
        chroot.run(["dpkg", "--purge", described.id], network=False)
        left = [one for one in Path(chroot.folder, "opt").rglob("*") if one.is_file()]
        must(not left, f"left behind: {left[:5]}")


def _run(chroot: Chroot, command: Sequence[str], binds: Mapping[Path, str]) -> str:
    return chroot.run(command, env=OFFSCREEN, binds=binds, network=False)


def _show(chroot: Chroot, described: Layout, binds: Mapping[Path, str]) -> None:
    with Screen() as screen:
        session = chroot.running(
            [described.command],
            env={"DISPLAY": screen.display},
            binds={**binds, SOCKETS: str(SOCKETS)},
            log=PICTURE.with_suffix(".log"),
        )
        with session:
            screen.window_of(described.id, SLOW)
            screen.keys("Tab")
            screen.picture(PICTURE)
