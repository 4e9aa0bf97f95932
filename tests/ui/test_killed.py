"""The window killed while a clerk types: what the status line called saved is there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

from app.drafts import DraftFile, load
from tests.reports import all_zeros
from tests.ui.window_typist import CELL

KILLS = int(os.environ.get("GONGKAI_WINDOW_KILLS", "4"))
"""A few in the everyday run; each starts a window of its own."""


def test_that_no_figure_called_saved_is_lost_when_the_window_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "草稿.json"
    file = DraftFile(path)
    file.save(all_zeros())
    file.close()
    dice = random.Random(20270112)
    told = 0
    for _ in range(KILLS):
        told = max(told, typed_until_killed(path, dice.uniform(0.02, 0.4)))
        opened = load(path)
        assert opened.notices == ()
        figure = opened.report.cells[CELL]
        assert isinstance(figure, int)
        assert figure >= told
    assert told > 0


def typed_until_killed(path: Path, seconds: float) -> int:
    """Let the clerk type for a while after the first save, then kill; the last figure told."""
    command = [sys.executable, "-m", "tests.ui.window_typist", str(path)]
    home = {**os.environ, "GONGKAI_HOME": str(path.parent), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=home, text=True
    ) as clerk:
        assert clerk.stdout
        assert clerk.stdout.readline() == "ready\n"
        deadline = Timer(20, clerk.kill)
        deadline.start()
        first = clerk.stdout.readline()
        time.sleep(seconds)
        clerk.kill()
        lines = [first, *clerk.stdout.readlines()]
        deadline.cancel()
    return max(int(line) for line in lines if line.endswith("\n"))
