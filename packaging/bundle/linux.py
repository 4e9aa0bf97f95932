"""The Linux rendering of a bundle: Python, input method, launcher; and the .deb made of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from bundle import arm, fcitx, scan, xcb
from bundle.deb import write_deb
from bundle.description import BUILD, PACKAGING, ROOT, Layout, Target
from bundle.errors import ProofError
from bundle.needs import depends
from bundle.python_linux import add_python

TEMPLATES = PACKAGING / "linux"
APPLICATIONS = "applications"
ICONS = "icons/hicolor"
RUNTIME = "runtime"


def finish(bundle: Path, target: Target, described: Layout) -> None:
    """Add the runtime, what Qt needs besides its wheel, and the launcher."""
    add_python(bundle / RUNTIME, target, described)
    xcb.add_libraries(bundle, target, described)
    fcitx.add_plugin(bundle, target, described)
    command = bundle / described.command
    command.write_text(launcher(described), "utf-8")
    command.chmod(0o755)


def prove(bundle: Path, target: Target, described: Layout) -> None:
    """Scan what the bundle needs of a system, then run its self-test without a network.

    Raises ProofError where either finds a fault.
    """
    found = scan.faults(bundle, scan.limits(target, described))
    if found:
        raise ProofError("\n".join(found))
    for family, (number, name) in sorted(scan.newest(bundle).items()):
        print(f"  {family} ≤ {number} ({name})")
    prover = arm.self_test if target.name == arm.TARGET else self_test
    print(prover(bundle, described))


def self_test(bundle: Path, described: Layout) -> str:
    """Run the self-test of a bundle for this processor; return what it says.

    Raises ProofError with what it said where it fails.
    """
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [*without_network(), str(bundle / described.command), "self-test"],
            env={"PATH": "/usr/bin:/bin", "HOME": home, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise ProofError(f"self-test failed:\n{done.stdout}{done.stderr}")
    return done.stdout.rstrip()


def without_network() -> list[str]:
    """Words before a command that give it an empty network namespace, where that is allowed."""
    empty = ["unshare", "--net"]
    tried = subprocess.run([*empty, "true"], check=False, capture_output=True)
    return [] if tried.returncode else empty


def installers(bundle: Path, target: Target, described: Layout, to: Path) -> list[Path]:
    """Write the .deb; return its path."""
    architecture = described.tables["linux"]["deb_architecture"][target.name]
    root = BUILD / "deb" / target.name
    lay_out(bundle, root, architecture, described)
    package = to / f"{described.command}_{described.version}_{architecture}.deb"
    write_deb(root, control(target, described), package, described.epoch)
    return [package]


def lay_out(bundle: Path, root: Path, architecture: str, described: Layout) -> None:
    """Lay the files out as they will lie below /.

    By the rules of UOS: all of it in /opt/apps/ID with files, entries and info. Kylin looks for
    entries and icons in /usr/share alone, so they lie there as well.
    """
    shutil.rmtree(root, ignore_errors=True)
    home = root / "opt" / "apps" / described.id
    shutil.copytree(bundle, home / "files", symlinks=True)
    _write_entries(home / "entries", described)
    shutil.copytree(home / "entries", root / "usr" / "share")
    (home / "info").write_text(info(architecture, described), "utf-8")
    command = root / "usr" / "bin" / described.command
    command.parent.mkdir(parents=True)
    command.symlink_to(f"/opt/apps/{described.id}/files/{described.command}")


def control(target: Target, described: Layout) -> dict[str, str]:
    """The fields of the package's control file, its size aside."""
    table = described.tables["linux"]["deb"]
    return {
        "Package": described.id,
        "Version": described.version,
        "Architecture": described.tables["linux"]["deb_architecture"][target.name],
        "Maintainer": table["maintainer"],
        "Section": table["section"],
        "Priority": "optional",
        "Depends": ", ".join(depends(target, described)),
        "Recommends": ", ".join(table["recommends"]),
        "Description": f"{described.name}：{described.summary}\n{table['description']}",
    }


def info(architecture: str, described: Layout) -> str:
    """What UOS reads about the program: /opt/apps/ID/info."""
    permissions = described.tables["linux"]["permissions"]
    content = {
        "appid": described.id,
        "name": described.name,
        "version": described.version,
        "arch": [architecture],
        "permissions": {name: name in permissions["granted"] for name in permissions["known"]},
        "support-plugins": [],
        "plugins": [],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def desktop_entry(described: Layout) -> str:
    """The entry in the menu of programs."""
    return _filled("program.desktop", described)


def launcher(described: Layout) -> str:
    """The script that starts the program."""
    return _filled("launcher.sh", described)


def _filled(template: str, described: Layout) -> str:
    values = {
        "@NAME@": described.name,
        "@SUMMARY@": described.summary,
        "@PROGRAM@": f"/opt/apps/{described.id}/files/{described.command}",
        "@ID@": described.id,
    }
    text = (TEMPLATES / template).read_text("utf-8")
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def _write_entries(entries: Path, described: Layout) -> None:
    applications = entries / APPLICATIONS
    applications.mkdir(parents=True)
    (applications / f"{described.id}.desktop").write_text(desktop_entry(described), "utf-8")
    for size, picture in described.tables["linux"]["icons"].items():
        place = entries / ICONS / size / "apps"
        place.mkdir(parents=True)
        source = ROOT / picture
        shutil.copyfile(source, place / f"{described.id}{source.suffix}")
