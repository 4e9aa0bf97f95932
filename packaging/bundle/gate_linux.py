"""The Linux gate: the .deb in a bullseye chroot, as an office without a network would have it.

Installed, proved, written in through fcitx 4, fcitx 5 and ibus, exported with, and removed.
"""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

from bundle.chroot import Chroot
from bundle.description import BUILD, PACKAGING, Layout, layout
from bundle.screen import SOCKETS, Screen
from bundle.trial import EXAMPLE, FORMATS, Failed, Trial, must, suffixes

CLERK = "clerk"
AS_CLERK = ("setpriv", f"--reuid={CLERK}", f"--regid={CLERK}", "--init-groups")
HOME = Path("home", CLERK)
PICTURES = BUILD / "gate"
METHODS = ("fcitx4", "fcitx5", "ibus")
TYPED, EXPECTED = "nihao", "你好"
SAVED_WITHIN = 15
# Folders of the system itself, which change by running anything at all.
PASSING = (
    "dev",
    "proc",
    "sys",
    "tmp",
    "run",
    "var/cache",
    "var/lib/dpkg",
    "var/lib/apt",
    "var/log",
)


def main() -> int:
    """Run the gate; return 0 where everything came out as it must."""
    described, trial = layout(), Trial()
    package = BUILD / "dist" / f"{described.command}_{described.version}_amd64.deb"
    if not package.exists():
        print("Build the package first: python3 dev.py package --target linux-x64")
        return 2
    table = described.tables["linux"]["gate"]
    with Chroot(table["suite"], BUILD / "chroots" / "gate-linux") as chroot:
        with trial.step(f"setting up {table['suite']} with three input methods"):
            _set_up(chroot, package, [*table["packages"], *table["fonts"]])
        if trial.code:
            return trial.code
        _try_all(chroot, described, trial)
    trial.not_tried("glibc 2.28 (UOS 20)", "no archive reachable here holds such a system")
    trial.not_tried("the desktops of UOS and Kylin", "they are no Debian packages")
    return trial.code


def _set_up(chroot: Chroot, package: Path, packages: list[str]) -> None:
    """Make the chroot with what the package depends on, a user, and the package at hand."""
    chroot.make(packages)
    shutil.copyfile(package, chroot.folder / "program.deb")
    shutil.copyfile(PACKAGING / "linux" / "gate-session.sh", chroot.folder / "session.sh")
    chroot.run(["apt-get", "-qq", "-y", "--no-install-recommends", "install", "/program.deb"])
    chroot.run(["dpkg", "--purge", _name(chroot)])
    chroot.run(["useradd", "--create-home", CLERK])
    chroot.run(["dbus-uuidgen", "--ensure"])


def _try_all(chroot: Chroot, described: Layout, trial: Trial) -> None:
    before = files_of(chroot.folder)
    with trial.step("installing by dpkg alone, without a network"):
        chroot.run(["dpkg", "--install", "/program.deb"], network=False)
    with trial.step("nothing damaged on the way (dpkg --verify)"):
        must(not chroot.run(["dpkg", "--verify", described.id]).strip(), "files differ")
    with trial.step("the menu entry is one"):
        entry = f"/usr/share/applications/{described.id}.desktop"
        chroot.run(["desktop-file-validate", entry])
    with trial.step("self-test as an ordinary user, without a network"):
        print(_as_clerk(chroot, [described.command, "self-test"]).rstrip())
    with trial.step("exporting the example in four formats"):
        _export(chroot, described)
    for method in METHODS:
        with trial.step(f"writing Chinese with {method}"):
            _write(chroot, described, method)
    with trial.step("removing leaves nothing but what is the clerk's"):
        chroot.run(["dpkg", "--purge", described.id], network=False)
        left = sorted(files_of(chroot.folder) - before)
        must(not left, "left behind: " + ", ".join(left[:20]))
        must((chroot.folder / HOME / "exported").is_dir(), "what was exported is gone")


def files_of(root: Path) -> set[str]:
    """The paths of all files of a system, the clerk's and the passing ones aside."""
    passed = (*PASSING, HOME.as_posix())
    names = (path.relative_to(root).as_posix() for path in root.rglob("*"))
    return {name for name in names if not name.startswith(passed)}


def _name(chroot: Chroot) -> str:
    return chroot.run(["dpkg-deb", "--field", "/program.deb", "Package"]).strip()


def _as_clerk(chroot: Chroot, command: list[str]) -> str:
    environment = {"HOME": f"/{HOME}", "QT_QPA_PLATFORM": "offscreen"}
    return chroot.run([*AS_CLERK, *command], env=environment, network=False)


def _export(chroot: Chroot, described: Layout) -> None:
    example = f"/opt/apps/{described.id}/files/{EXAMPLE}"
    formats = ["--as", ",".join(FORMATS)]
    _as_clerk(chroot, [described.command, "export", example, "--to", f"/{HOME}/exported", *formats])
    written = sorted(one.suffix for one in (chroot.folder / HOME / "exported").iterdir())
    must(written == suffixes(), f"written: {written}")


def _write(chroot: Chroot, described: Layout, method: str) -> None:
    """Open a draft in the window, type pinyin, and find the characters in the draft."""
    draft = f"/{HOME}/{method}.json"
    example = Path("opt/apps", described.id, "files", EXAMPLE)
    outside = chroot.folder / draft.lstrip("/")
    shutil.copyfile(chroot.folder / example, outside)
    chroot.run(["chown", CLERK, draft])
    PICTURES.mkdir(parents=True, exist_ok=True)
    with Screen() as screen:
        session = chroot.running(
            [*AS_CLERK, "sh", "/session.sh", method, draft],
            env={"HOME": f"/{HOME}", "DISPLAY": screen.display},
            binds={SOCKETS: str(SOCKETS)},
            log=PICTURES / f"{method}.log",
        )
        with session:
            screen.window_of(described.id)
            time.sleep(4)
            _type_chinese(screen, method)
            screen.picture(PICTURES / f"{method}.png")
            _wait_for(outside)


def _type_chinese(screen: Screen, method: str) -> None:
    screen.keys("ctrl+Home")
    if method != "ibus":  # which has no other engine to come from
        screen.keys("ctrl+space")
    screen.type(TYPED)
    screen.picture(PICTURES / f"{method}-typing.png")
    screen.keys("space")


def _wait_for(draft: Path) -> None:
    until = time.monotonic() + SAVED_WITHIN
    text = ""
    while time.monotonic() < until:
        text = json.loads(draft.read_text("utf-8"))["text"]["overview"]
        if text.startswith(EXPECTED):
            return
        time.sleep(0.5)
    raise Failed(f"the draft begins with {text[:12]}, not with {EXPECTED}")
