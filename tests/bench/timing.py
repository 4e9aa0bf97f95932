"""Take times and print them side by side."""

from __future__ import annotations

import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: the median of all runs, and the worst."""

    median: float
    worst: float


def timed(action: Callable[[], object], runs: int) -> Timing:
    """Run an action many times, after one run that does not count."""
    action()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        action()
        times.append((time.perf_counter() - begin) * 1000)
    return Timing(median(times), max(times))


def timed_process(code: str, runs: int) -> Timing:
    """Start Python anew for each run; the code prints the milliseconds since BEGIN."""
    times = [started([sys.executable], code) for _ in range(runs)]
    return Timing(median(times), max(times))


def started(python: Sequence[str | Path], code: str) -> float:
    """Start a Python with some code, which prints the milliseconds since BEGIN; return them."""
    begin = f"import time; BEGIN = {time.time()!r}\n"
    output = subprocess.run(
        [*python, "-c", begin + code], capture_output=True, text=True, check=True
    )
    return float(output.stdout.split()[-1])


def report(name: str, ours: Timing, floor: Timing | None, goal: str) -> None:
    """Print one line: what was measured, ours, the floor, their ratio, the goal."""
    beside = f"{floor.median:9.2f} {ours.median / floor.median:7.1f}×" if floor else " " * 18
    print(f"{_padded(name, 44)}{ours.median:9.2f}{ours.worst:10.2f} {beside}   {goal}")


def heading() -> None:
    """Print the names of the columns."""
    print(f"{_padded('毫秒', 44)}{'median':>9}{'worst':>10} {'floor':>9} {'ratio':>8}   goal")


def _padded(text: str, width: int) -> str:
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return text + " " * (width - len(text) - wide)
