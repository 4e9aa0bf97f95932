"""A Windows of a sort to try the package in: Wine in a chroot, with a screen and no network.

What runs under Wine may still fail on Windows, and the other way round; but a file that is
missing, a path taken for UTF-8 or a file kept open is found here as there.
"""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from bundle.chroot import Chroot, ChrootError
from bundle.description import BUILD, Layout

HOME = "/wine"
SCREEN = ":1"
SIZE = "1366x768x24"
PATIENCE = 120.0
LONGEST = 900.0
"""Seconds a program may run that ends by itself; one that hangs must not hang the gate."""
STOPPED = -1
"""The code of a program that was stopped because it ran longer."""
STILL = 2.0
"""Seconds without a change after which the screen is at rest: a draft is saved in less."""
CURSOR = 2 * 32 * 24
"""Bits of a picture: a text cursor is no wider, no higher and no deeper."""
LOCALE = "zh_CN.UTF-8"
"""What makes Wine a Chinese Windows: its code page is then 936."""
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": HOME,
    "LC_ALL": LOCALE,
    "DISPLAY": SCREEN,
    "WINEPREFIX": f"{HOME}/prefix",
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
}


class ProgramError(subprocess.SubprocessError):
    """A Windows program ended with a code other than 0."""

    def __init__(self, command: Sequence[str], code: int, said: str) -> None:
        super().__init__(f"{' '.join(command)} ended with {code}:\n{said}")
        self.code = code
        self.said = said


class Wine:
    """Wine with a fresh disk C:, from `with` to its end; every process in it ends there too.

    Entering raises ChrootError where this machine cannot have it.
    """

    def __init__(self, described: Layout) -> None:
        table = described.tables["windows"]["wine"]
        self._packages: Sequence[str] = table["packages"]
        self._chroot = Chroot(table["suite"], BUILD / "chroots" / "wine")
        self._home = self._chroot.folder / HOME.lstrip("/")
        self._screen: subprocess.Popen[bytes] | None = None
        self._inside = 0

    @property
    def disk(self) -> Path:
        """What Windows calls C:."""
        return self._home / "prefix" / "drive_c"

    def __enter__(self) -> Self:
        self._chroot.make(self._packages)
        self._lock()
        self._speak_chinese()
        self._clear()
        self._home.mkdir()
        try:
            self._open_screen()
            self.run("wineboot", "--init")
            self._start("openbox")
        except BaseException:
            self._close_screen()
            self._clear()
            self._held.close()
            raise
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._close_screen()
        self._clear()
        self._held.close()

    def take_in(self, outside: Path, name: str) -> str:
        r"""Copy a file or folder to C:\name; return that path."""
        copy = shutil.copytree if outside.is_dir() else shutil.copyfile
        copy(outside, self.disk / name)
        return f"C:\\{name}"

    def inside(self, path: str) -> Path:
        r"""Where a file lies that Windows calls C:\….

        Raises ValueError for another disk.
        """
        disk, _, rest = path.partition(":\\")
        if disk.upper() != "C":
            raise ValueError(f"not on C: {path}")
        return self.disk.joinpath(*rest.split("\\"))

    def run(
        self,
        *command: str,
        env: Mapping[str, str] | None = None,
        at: str = HOME,
        patience: float = LONGEST,
    ) -> str:
        """Run a Windows program to its end; return what it printed.

        Raises ProgramError with its code and what it said.
        """
        # Always through a pipe: Wine's Python dies of a plain file as its output.
        try:
            done = subprocess.run(
                self._entered("wine", *command, env=env, at=at),
                capture_output=True,
                check=False,
                timeout=patience,
            )
        except subprocess.TimeoutExpired as error:
            raise self._stopped(command, error) from error
        printed, said = (_text(part) for part in (done.stdout, done.stdout + done.stderr))
        if done.returncode:
            raise ProgramError(command, done.returncode, said)
        return printed

    def fails(self, *command: str) -> ProgramError:
        """Run a Windows program that must not succeed; return how it ended.

        Raises ValueError where it did succeed.
        """
        try:
            said = self.run(*command)
        except ProgramError as error:
            return error
        raise ValueError(f"{' '.join(command)} succeeded:\n{said}")

    def registry(self) -> str:
        """All that the registry holds for this user, as reg.exe exports it."""
        self.run("reg", "export", "HKCU", "C:\\registry.reg", "/y")
        exported = self.disk / "registry.reg"
        text = exported.read_text("utf-16")
        exported.unlink()
        return text

    def rests(self, program: str, patience: float = PATIENCE) -> bool:
        """Wait until no program of this name runs any more; tell whether that came about."""
        end = time.monotonic() + patience
        while any(program.encode() in words for words in self._command_lines()):
            if time.monotonic() > end:
                return False
            time.sleep(0.5)
        return True

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a Windows program, with a window perhaps, and return at once."""
        return self._start("wine", *command)

    def on_screen(self, *command: str) -> str:
        """Run a program of the chroot on the screen (xdotool, import); return what it printed.

        Raises CalledProcessError.
        """
        done = subprocess.run(self._entered(*command), capture_output=True, check=True)
        return done.stdout.decode(errors="replace").strip()

    def window(self, title: str, patience: float = PATIENCE) -> str:
        """Wait for a window with these words in its title; return its number.

        Raises TimeoutError.
        """
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:
                found = self.on_screen("xdotool", "search", "--onlyvisible", "--name", title)
            except subprocess.CalledProcessError:
                time.sleep(0.5)
            else:
                return found.splitlines()[-1]
        raise TimeoutError(f"no window called {title} within {patience:.0f} s")

    def press(self, *keys: str) -> None:
        """Press keys by their names, one after another; wait until the screen has answered.

        Raises TimeoutError where it does not.
        """
        before = self._shown()
        for key in keys:
            self.on_screen("xdotool", "key", "--delay", "80", key)
        self.settle(before)

    def settle(self, before: bytes = b"", patience: float = PATIENCE) -> None:
        """Wait until the screen shows something else than `before` and changes no more.

        Raises TimeoutError.
        """
        end = time.monotonic() + patience
        seen, since = before, time.monotonic()
        while seen is before or time.monotonic() - since < STILL:
            if time.monotonic() > end:
                raise TimeoutError(f"the screen did not answer and rest within {patience:.0f} s")
            time.sleep(0.2)
            now = self._shown()
            if not alike(now, seen):
                seen, since = now, time.monotonic()

    def paste(self, text: str) -> None:
        """Put a text where the focus is, by way of the clipboard."""
        given = self._home / "clipboard.txt"
        given.write_text(text, encoding="utf-8")
        # xclip stays to answer for the clipboard, and must not hold the pipes open.
        xclip = f"xclip -selection clipboard <{HOME}/{given.name} >/dev/null 2>&1"
        self.on_screen("sh", "-c", xclip)
        time.sleep(1)
        self.press("ctrl+v")

    def picture(self, to: Path) -> None:
        """Keep what the screen shows now."""
        to.parent.mkdir(parents=True, exist_ok=True)
        self.on_screen("import", "-window", "root", f"{HOME}/screen.png")
        shutil.move(self._home / "screen.png", to)

    def _stopped(self, command: Sequence[str], late: subprocess.TimeoutExpired) -> ProgramError:
        """Stop all that runs on this disk C:; return how the late one ended."""
        self.on_screen("wineserver", "--kill")
        said = [_text(part) for part in (late.stdout, late.stderr) if part]
        told = "\n".join([*said, f"stopped after {late.timeout:.0f} s"])
        return ProgramError(command, STOPPED, told)

    def _shown(self) -> bytes:
        """The pixels that the screen shows now."""
        shot = self._entered("import", "-window", "root", "-depth", "8", "rgb:-")
        return subprocess.run(shot, capture_output=True, check=True).stdout

    def _command_lines(self) -> Iterator[bytes]:
        # Not asked of Wine's tasklist, which leaves out names that are not ASCII.
        for process in Path(f"/proc/{self._inside}/root/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                yield process.read_bytes()

    def _lock(self) -> None:
        """Have the chroot for ourselves: its disk C: is made anew each time."""
        self._held = self._chroot.folder.with_name("wine.lock").open("w")
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._held.close()
            raise ChrootError("Another build or gate of this checkout uses Wine now.") from error

    def _clear(self) -> None:
        """Have nothing there of a run: no disk C:, no socket that the next takes for its own."""
        passing = self._chroot.folder / "tmp"
        for folder in (self._home, passing):
            shutil.rmtree(folder, ignore_errors=True)
        passing.mkdir()
        passing.chmod(0o1777)

    def _speak_chinese(self) -> None:
        listed = self._chroot.folder / "etc" / "locale.gen"
        wanted = f"{LOCALE} UTF-8\n"
        if listed.read_text() != wanted:
            listed.write_text(wanted)
            self._chroot.run(["locale-gen"])

    def _open_screen(self) -> None:
        socket = self._chroot.folder / "tmp" / ".X11-unix" / f"X{SCREEN.lstrip(':')}"
        xvfb = ["Xvfb", SCREEN, "-screen", "0", SIZE, "-nolisten", "tcp"]
        log = BUILD / "wine-screen.log"
        self._screen = self._chroot.start(xvfb, network=False, log=log)
        end = time.monotonic() + PATIENCE
        while not (self._find_inside() and socket.exists()):
            if time.monotonic() > end or self._screen.poll() is not None:
                said = log.read_text(errors="replace")[-500:]
                raise ChrootError(f"the screen for Wine did not open: {said}")
            time.sleep(0.2)

    def _find_inside(self) -> bool:
        """Find the process that holds the namespaces: the one that became the screen."""
        assert self._screen is not None
        of = Path(f"/proc/{self._screen.pid}/task/{self._screen.pid}/children")
        children = of.read_text().split() if of.exists() else []
        self._inside = int(children[0]) if children else 0
        return bool(children)

    def _close_screen(self) -> None:
        if self._screen is not None:
            self._screen.kill()
            self._screen.wait()
            self._screen = None
            end = time.monotonic() + PATIENCE
            # The first process of a namespace ends when all others in it have.
            while not ended(self._inside) and time.monotonic() < end:
                time.sleep(0.05)

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._entered(*command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def _entered(
        self, *command: str, env: Mapping[str, str] | None = None, at: str = HOME
    ) -> list[str]:
        """A command line that runs in the chroot, on its screen and in its namespaces."""
        spaces = ["--target", str(self._inside), "--mount", "--pid", "--net"]
        chroot = ["chroot", str(self._chroot.folder), "env", "-i", f"--chdir={at}"]
        variables = [f"{name}={value}" for name, value in {**ENVIRONMENT, **(env or {})}.items()]
        return ["nsenter", *spaces, "--", *chroot, *variables, *command]


def ended(process: int) -> bool:
    """Tell whether a process runs no more, be it that nobody has asked yet how it ended."""
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return True
    return told.rpartition(")")[2].split()[0] == "Z"


def alike(one: bytes, other: bytes) -> bool:
    """Tell whether two pictures differ by no more than a text cursor that blinks."""
    differing = int.from_bytes(one, "big") ^ int.from_bytes(other, "big")
    return len(one) == len(other) and differing.bit_count() <= CURSOR


def _text(printed: bytes) -> str:
    return printed.decode(errors="replace").replace("\r\n", "\n").strip("\n")
