"""A virtual screen, and the hands of a clerk before it: keys and clicks from outside a program."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from bundle.chroot import need
from bundle.trial import Failed

SOCKETS = Path("/tmp/.X11-unix")
NEEDED = {"Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"}
SIZE = "1366x768x24"


class Screen:
    """An X server without a monitor; programs reach it by `display`."""

    def __enter__(self) -> Self:
        for program, package in NEEDED.items():
            need(program, package)
        server = ["Xvfb", "-displayfd", "1", "-ac", "-nolisten", "tcp", "-screen", "0", SIZE]
        self._server = subprocess.Popen(
            server, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        if not self._server.stdout:
            raise Failed("Xvfb has no output")
        self.display = f":{self._server.stdout.readline().strip()}"
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait()

    def window_of(self, name: str, seconds: float = 90) -> str:
        """Wait for the visible window of a class; give it the keyboard and return its number.

        Raises Failed where none comes.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self._tell("search", "--onlyvisible", "--classname", name).split()
            if found:
                self._tell("windowfocus", found[0])
                return found[0]
            time.sleep(0.5)
        raise Failed(f"no window of {name} within {seconds:.0f} s")

    def keys(self, *keys: str) -> None:
        """Press keys one after another, as xdotool(1) names them."""
        for key in keys:
            self._tell("key", "--clearmodifiers", key)
            time.sleep(0.3)

    def type(self, text: str) -> None:
        """Type letters no faster than a clerk."""
        self._tell("type", "--delay", "150", text)
        time.sleep(1)

    def picture(self, path: Path) -> None:
        """Keep what is on the screen as a picture."""
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-window", "root", str(path)], check=True, env=self._environment)

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display}

    def _tell(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], capture_output=True, text=True, check=False, env=self._environment
        )
        return done.stdout
