"""The program killed in the middle of its work: what was told to be saved is there.

Twenty-five kills in the everyday run; GONGKAI_KILLS=1000 for a night's.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.drafts import load
from tests.drafts import typist

KILLS = int(os.environ.get("GONGKAI_KILLS", "25"))
ROOT = Path(__file__).parents[2]
KEYS = 40
SIGNS = '填报单位共计完成0123456789，其中问题：无。{}"\\\n'


class Clerk:
    """Types without waiting, remembers every edit, and which the program called saved."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.dice = random.Random(seed)
        self.states: list[dict[str, str]] = [{}]
        """What the draft must say after so many edits."""

    def edit(self) -> bytes:
        """Make up the next edit, as a line for the typist."""
        number = len(self.states)
        key = f"f{self.dice.randrange(KEYS)}"
        value = f"{number}|{''.join(self.dice.choices(SIGNS, k=self.dice.randrange(60)))}。"
        self.states.append({**self.states[-1], key: value})
        return (json.dumps({"n": number, "key": key, "value": value}) + "\n").encode()

    def work_until_killed(self) -> int:
        """Type into a new typist, kill it at a random instant; return the last edit told saved."""
        already, heard = len(self.states) - 1, list[bytes]()
        command = [sys.executable, "-m", "tests.drafts.typist", "edit", str(self.folder)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
        ) as program:
            assert program.stdin
            assert program.stdout
            if self.dice.random() < 0.2:
                time.sleep(self.dice.uniform(0, 0.15))  # starting up, or opening the draft
            else:
                assert json.loads(program.stdout.readline()) == {"ready": True}
                program.stdin.write(b"".join(self.edit() for _ in range(30)))
                program.stdin.flush()
                heard = [program.stdout.readline() for _ in range(self.dice.randrange(1, 20))]
                time.sleep(self.dice.expovariate(1 / 0.001))  # inside the next save
            program.send_signal(signal.SIGKILL)
            heard += program.stdout.readlines()
        answers = [json.loads(line) for line in heard if line.endswith(b"\n")]
        acked = [answer["ack"] for answer in answers if "ack" in answer]
        return max(acked, default=already)

    def judge(self, saved: int) -> None:
        """See that the draft holds all that was told saved, and nothing but what was typed."""
        path = typist.draft(self.folder)
        if not path.exists():
            assert saved == 0
            del self.states[1:]
            return
        opened = load(path)
        assert opened.notices == ()
        found = typist.state(opened.report)
        assert found in self.states, "torn: no moment of the clerk's work"
        held = len(self.states) - 1 - self.states[::-1].index(found)
        assert held >= saved, f"lost: edit {saved} was told saved, the draft ends at {held}"
        del self.states[held + 1 :]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_that_a_kill_at_any_instant_loses_nothing_that_was_told_saved(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path, seed=20270112)
    for _ in range(KILLS):
        clerk.judge(clerk.work_until_killed())

    assert len(clerk.states) > KILLS, "the kills fell between saves, not before all of them"
    file, left = typist.draft(tmp_path), {one.name for one in tmp_path.iterdir()}
    assert left <= {file.name, "历史版本", f".{file.name}.lock", *leftovers(tmp_path)}
    assert len(leftovers(tmp_path)) <= 1, "each start removes what the last kill left"


def leftovers(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir() if one.suffix == ".tmp"]
