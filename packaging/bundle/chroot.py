"""A Debian of another release in a folder: to build in, and to try packages in.

Mounts are made in a mount namespace of their own, by the very process that needs them. The
system around never sees them, they end with that process however it ends, and so no clearing
away can ever reach through a mount that was left behind. `remove` looks once more all the same.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

MOUNTS = Path("/proc/self/mountinfo")
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
QUIET_APT = ("apt-get", "-qq", "-y", "--no-install-recommends", "install")


class ChrootError(Exception):
    """A chroot could not be made, or must not be removed now."""


class CommandError(subprocess.CalledProcessError):
    """A command inside a chroot failed; what it said is part of the message."""

    def __str__(self) -> str:
        return f"{super().__str__()}\n{self.output}"


@dataclass(frozen=True)
class Chroot:
    """A release of Debian (`suite`) in a folder; nothing is done until `make`."""

    suite: str
    folder: Path
    architectures: Sequence[str] = field(default=())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.remove()

    def make(self, packages: Sequence[str] = ()) -> None:
        """Have the release there with these packages installed; do nothing where it is so.

        Raises ChrootError where this user or machine may not do that.
        """
        may_enter()
        wanted = self._fingerprint(packages)
        stamp = self._stamp()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        if not stamp.exists():
            self.remove()
            self._bootstrap()
        if packages:
            self.run([*QUIET_APT, *packages], env={"DEBIAN_FRONTEND": "noninteractive"})
        stamp.write_text(wanted)

    def run(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        binds: Mapping[Path, str] | None = None,
        network: bool = True,
    ) -> str:
        """Run a command inside, to its end; return what it printed.

        `binds` are folders and files of this system and where they appear inside, in this order;
        a file only where there is one already. Without `network` it
        gets an empty network namespace. Raises CommandError with what it said.
        """
        inside = self.command(command, binds=binds, network=network)
        done = subprocess.run(inside, env=_environment(env), check=False, capture_output=True)
        printed = done.stdout.decode(errors="replace")
        if done.returncode:
            said = printed + done.stderr.decode(errors="replace")
            raise CommandError(done.returncode, [str(part) for part in command], said[-4000:])
        return printed

    def start(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        binds: Mapping[Path, str] | None = None,
        network: bool = True,
        log: Path,
    ) -> subprocess.Popen[bytes]:
        """Start a command inside and return at once; killing it kills all that it started."""
        inside = self.command(command, binds=binds, network=network)
        with log.open("wb") as output:
            return subprocess.Popen(
                inside, env=_environment(env), stdout=output, stderr=subprocess.STDOUT
            )

    @contextmanager
    def running(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        binds: Mapping[Path, str],
        log: Path,
    ) -> Iterator[None]:
        """Have a command run inside, without a network, until the block ends; then end it."""
        session = self.start(command, env=env, binds=binds, network=False, log=log)
        try:
            yield
        finally:
            session.terminate()
            try:
                session.wait(10)
            except subprocess.TimeoutExpired:
                session.kill()

    def command(
        self,
        command: Sequence[str | Path],
        *,
        binds: Mapping[Path, str] | None = None,
        network: bool = True,
    ) -> list[str]:
        """The command line that does it, from outside."""
        spaces = ["--mount", "--pid", "--fork", "--kill-child"] + ([] if network else ["--net"])
        mounts = [
            f"mount -t proc proc {_quoted(self.folder / 'proc')}",
            f"mount -t tmpfs tmpfs {_quoted(self.folder / 'dev' / 'shm')}",
        ]
        for outside, place in (binds or {}).items():
            target = self.folder / place.lstrip("/")
            if outside.is_dir():
                mounts.append(f"mkdir -p {_quoted(target)}")
            mounts.append(f"mount --bind {_quoted(outside)} {_quoted(target)}")
        inside = shlex.join(["chroot", str(self.folder), *(str(part) for part in command)])
        # The end of this process, however it comes, is the end of what it started inside.
        return [
            "setpriv",
            "--pdeathsig=KILL",
            "unshare",
            *spaces,
            "sh",
            "-ec",
            "; ".join([*mounts, f"exec {inside}"]),
        ]

    def remove(self) -> None:
        """Delete the folder. Raises ChrootError where something is still mounted in it."""
        refuse_mounted(self.folder)
        self._stamp().unlink(missing_ok=True)
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def _bootstrap(self) -> None:
        need("debootstrap", "debootstrap")
        self.folder.mkdir(parents=True)
        bootstrap = ["debootstrap", "--variant=minbase", self.suite, str(self.folder)]
        done = subprocess.run(["unshare", "--mount", *bootstrap], check=False, capture_output=True)
        if done.returncode:
            said = (done.stdout + done.stderr).decode(errors="replace")[-2000:]
            raise ChrootError(f"debootstrap {self.suite} failed:\n{said}")
        for architecture in self.architectures:
            self.run(["dpkg", "--add-architecture", architecture])
        self.run(["apt-get", "-qq", "update"])

    def _stamp(self) -> Path:
        return self.folder.with_name(self.folder.name + ".made-from")

    def _fingerprint(self, packages: Sequence[str]) -> str:
        parts = [self.suite, *self.architectures, *sorted(packages)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def may_enter() -> None:
    """Raise ChrootError where chroots cannot be entered, saying what is missing."""
    if os.geteuid() != 0:
        raise ChrootError("A chroot needs root: run this again with sudo.")
    tried = subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True)
    if tried.returncode:
        raise ChrootError("This machine allows no mount namespaces, which a chroot needs here.")


def need(program: str, package: str) -> None:
    """Have a program of a Debian package; install it where we may.

    Raises ChrootError that says what to install where we may not.
    """
    if shutil.which(program):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise ChrootError(f"Please install {package} first: sudo apt-get install {package}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    wait = ["-o", "DPkg::Lock::Timeout=300"]
    for command in (["apt-get", "-qq", "update"], [*QUIET_APT, *wait, package]):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def refuse_mounted(folder: Path) -> None:
    """Raise ChrootError where anything is mounted at or below a folder."""
    inside = mounted_below(folder, MOUNTS.read_text(encoding="utf-8"))
    if inside:
        raise ChrootError(f"Still mounted, so nothing is deleted: {', '.join(inside)}")


def mounted_below(folder: Path, mountinfo: str) -> list[str]:
    """The mount points at or below a folder, out of the text of /proc/self/mountinfo."""
    points = [line.split(" ")[4] for line in mountinfo.splitlines()]
    decoded = [point.replace("\\040", " ") for point in points]
    return [point for point in decoded if Path(point).is_relative_to(folder.resolve())]


def _environment(added: Mapping[str, str] | None) -> dict[str, str]:
    return {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8", **(added or {})}


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
