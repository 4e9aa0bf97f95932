"""The one door for engineers, as far as it does more than call."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

HEAR = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""Has a program hear Ctrl+C also where the tests were started in the background."""
TIDY = f"""
import pathlib, sys, time
{HEAR}
try:
    print("ready", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(1)
    pathlib.Path(sys.argv[1]).touch()
"""
CALL = f"import dev, sys; {HEAR}; dev.call(*sys.argv[1:])"
ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(sys.platform == "win32", reason="keys reach a group of processes otherwise")
def test_that_a_command_may_clear_up_behind_itself_after_ctrl_c(tmp_path: Path) -> None:
    cleared = tmp_path / "cleared"
    command = [sys.executable, "-c", CALL, sys.executable, "-c", TIDY, str(cleared)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as door:
        assert door.stdout
        assert door.stdout.readline() == b"ready\n"
        os.killpg(door.pid, signal.SIGINT)
        door.wait(30)
    assert cleared.exists()
