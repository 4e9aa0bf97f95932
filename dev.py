#!/usr/bin/env python3
"""One door for everyone who works on gongkai: python3 dev.py COMMAND.

COMMAND is setup, run, test, lint, bench, package or gate. Standard library only; the same
on Linux and Windows. Every command first makes what it needs: the system's Qt libraries
(Debian, as root) and .venv from the locked requirements.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCK = ROOT / "requirements-dev.txt"
EXAMPLE = ROOT / "resources" / "examples" / "qingshi-2026.json"
DEBIAN_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def missing_packages() -> list[str]:
    """Debian packages that Qt or the virtual environment needs and this machine lacks."""
    if sys.platform != "linux":
        return []
    missing = [] if importlib.util.find_spec("ensurepip") else ["python3-venv"]
    for library, package in DEBIAN_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def install_system_packages() -> None:
    """Install what is missing where we may; say what to install where we may not."""
    missing = missing_packages()
    if not missing:
        return
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing " + " ".join(missing) + " …", file=sys.stderr)
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    elif "python3-venv" in missing:
        sys.exit("Please run first: sudo " + " ".join(install))
    else:
        print("Qt may not start; if so run: sudo " + " ".join(install), file=sys.stderr)


def make_environment() -> None:
    """Make .venv from the lock file; do nothing where it is already as locked."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\n[tool.")[0]
    made_from = [LOCK.read_bytes(), project.encode(), sys.version.encode()]
    wanted = hashlib.sha256(b"".join(made_from)).hexdigest()
    stamp = VENV / "made-from"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Making .venv (once) …", file=sys.stderr)
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    python = str(BIN / "python")
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", LOCK], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)
    stamp.write_text(wanted)


def call(*command: str | Path) -> int:
    """Run a command in the repository; without a display Qt paints off screen."""
    environment = dict(os.environ, PYTHONUTF8="1")
    if not has_display() or command[1:3] == ("-m", "pytest"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    child = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # it has heard of Ctrl+C as well, and ends when it has cleared up


def has_display() -> bool:
    """Tell whether a window can be shown."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(arguments: list[str]) -> int:
    """Open the wizard; with no display do its main job, on a draft or the example, without one."""
    program = BIN / "gongkai"
    drafts = [name for name in arguments[:1] if name.endswith(".json")]
    if has_display() or (arguments and not drafts):
        return call(program, *arguments)
    draft = Path(drafts[0]).absolute() if drafts else EXAMPLE
    print(f"没有图形界面：改为在命令行核对并导出 {draft.name}", flush=True)
    checked = call(program, "check", draft)
    exported = call(program, "export", draft, "--to", ROOT / "build" / "run")
    return checked or exported


def test(arguments: list[str]) -> int:
    """Run every test, or those named."""
    return call(BIN / "python", "-m", "pytest", *arguments)


def lint(_arguments: list[str]) -> int:
    """Check style and types; end non-zero where either has a complaint."""
    python = BIN / "python"
    return max(
        call(python, "-m", "ruff", "check", "."),
        call(python, "-m", "ruff", "format", "--check", "."),
        call(python, "-m", "mypy"),
    )


def bench(arguments: list[str]) -> int:
    """Measure speed, each figure beside a floor taken in the same run."""
    return call(BIN / "python", "-m", "tests.bench", *arguments)


def package(arguments: list[str]) -> int:
    """Build what the office installs: --target win-x64|linux-x64|linux-arm64|all."""
    return call(BIN / "python", "packaging/package.py", *arguments)


def gate(arguments: list[str]) -> int:
    """Install and use a built package: linux, windows or arm."""
    return call(BIN / "python", "packaging/gate.py", *arguments)


def setup(_arguments: list[str]) -> int:
    """Do nothing more: what every command needs has been made by now."""
    return 0


COMMANDS = {
    "setup": setup,
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "package": package,
    "gate": gate,
}


def main() -> int:
    """Do the command named first, with the arguments after it."""
    name, *arguments = sys.argv[1:] or ["help"]
    if name not in COMMANDS:
        print(__doc__)
        return 0 if name in ("help", "-h", "--help") else 2
    if sys.version_info < (3, 11):  # noqa: UP036 — said here, before anything fails
        sys.exit("Python 3.11 or newer is needed")
    install_system_packages()
    make_environment()
    return COMMANDS[name](arguments)


if __name__ == "__main__":
    sys.exit(main())
