"""Earlier states as one looks for the one to go back to."""

import os
from pathlib import Path

from app.drafts import DraftFile, backups, load
from app.drafts.history import earlier_states
from tests.drafts.examples import as_json, values, worded


def test_that_earlier_states_come_newest_first_with_the_time_they_were_saved(path: Path) -> None:
    file = DraftFile(path)
    for text in "一二三四":
        file.save(worded(text))
    file.close()
    states = list(earlier_states(path))
    assert [one.report.text("overview") for one in states] == ["三", "二", "一"]
    assert [one.saved_at for one in states] == [
        load(one).saved_at for one in reversed(backups.generations(path))
    ]
    assert len(states[0].saved_at) == len("2027-01-08 14:03:22")
    assert not any(one.marked for one in states)


def test_that_a_state_kept_on_purpose_says_so(path: Path) -> None:
    file = DraftFile(path)
    file.save(worded("一"))
    file.keep_this()
    file.save(worded("二"))
    file.close()
    assert [(one.report.text("overview"), one.marked) for one in earlier_states(path)] == [
        ("一", True)
    ]


def test_that_states_that_are_damaged_or_were_changed_outside_are_left_out(path: Path) -> None:
    file = DraftFile(path)
    for text in "一二三四":
        file.save(worded(text))
    file.close()
    first, second, _ = backups.generations(path)
    first.write_bytes(b"{")
    second.write_bytes(second.read_bytes().replace("二".encode(), "改".encode()))
    assert [one.report.text("overview") for one in earlier_states(path)] == ["三"]


def test_that_a_state_that_was_made_elsewhere_has_the_time_of_its_file(path: Path) -> None:
    path.write_bytes(as_json(values()))
    os.utime(path, (1_800_000_000, 1_800_000_000))
    file = DraftFile(path, load(path))
    file.save(worded("二"))
    file.close()
    (state,) = earlier_states(path)
    assert state.saved_at.startswith("2027-01-1")


def test_that_a_draft_without_a_history_has_none(path: Path) -> None:
    assert list(earlier_states(path)) == []
