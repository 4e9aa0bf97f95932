"""How a gate tells what it tried: one line each, with its time, and a code at the end."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

EXAMPLE = "program/resources/examples/qingshi-2026.json"
"""A report to try things with, from the program's folder."""
FORMATS = ("docx", "html", "pdf", "xlsx")


def suffixes() -> list[str]:
    """The endings of what an export of every format writes, in order."""
    return [f".{name}" for name in FORMATS]


class Failed(Exception):  # noqa: N818 — it is a result of a trial, not an error of the gate
    """What was tried did not come out as it must."""


class Trial:
    """Runs the steps of a gate; a failed one is told and the next goes on."""

    def __init__(self) -> None:
        self.failures = 0

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """One thing that is tried."""
        began = time.monotonic()
        try:
            yield
        except (Failed, OSError, LookupError, ValueError, subprocess.SubprocessError) as error:
            self.failures += 1
            said = getattr(error, "output", None) or error
            print(f"FAILED  {what} ({time.monotonic() - began:.1f} s)\n{said}", flush=True)
        else:
            print(f"ok      {what} ({time.monotonic() - began:.1f} s)", flush=True)

    def not_tried(self, what: str, why: str) -> None:
        """Say what this machine does not allow to be tried."""
        print(f"not tried  {what}: {why}", flush=True)

    @property
    def code(self) -> int:
        """The exit code: 0 where nothing failed."""
        return 1 if self.failures else 0


def must(holds: object, otherwise: str) -> None:
    """Raise Failed with the sentence unless it holds."""
    if not holds:
        raise Failed(otherwise)
