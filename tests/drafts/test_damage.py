"""What accidents leave on disk: removed where it is rubbish, kept where it was somebody's work."""

import errno
import shutil
from pathlib import Path

import pytest

from app import files
from app.drafts import DraftFile, backups, load
from app.drafts.store import last_good, set_aside
from app.files import FileError
from tests.drafts.breaking import raising
from tests.drafts.examples import (
    NAME,
    names,
    overview,
    report,
    worded,
)
from tests.sentences import assert_sentence

# ── Leftovers ──


def test_that_what_a_killed_program_left_half_written_is_removed(path: Path) -> None:
    mine = [path.with_name(f".{NAME}.{number}.tmp") for number in (1, 99999)]
    others = [path.with_name(name) for name in (".别的.json.1.tmp", ".青石镇2026年 草.json.7.tmp")]
    copying = backups.folder(path) / ".00000003.json.99999.tmp"
    copying.parent.mkdir(parents=True)
    for one in (*mine, *others, copying):
        one.write_bytes(b"{")
    DraftFile(path).close()
    assert not copying.exists()
    shutil.rmtree(path.parent / "历史版本")
    assert names(path.parent) == {one.name for one in others}


def test_that_a_second_window_removes_nothing_of_the_first(path: Path) -> None:
    first = DraftFile(path)
    leftover = path.with_name(f".{NAME}.77.tmp")
    leftover.write_bytes(b"{")
    DraftFile(path).close()
    assert leftover.exists()
    first.close()


# ── Damage ──


def test_that_a_damaged_draft_is_set_aside_and_never_deleted(path: Path) -> None:
    for number in (1, 2, 3):
        path.write_bytes(b"damage %d" % number)
        aside = set_aside(path)
        assert aside.name == f"{NAME}.damaged-{number}"
        assert aside.read_bytes() == b"damage %d" % number
        assert not path.exists()
    assert len(names(path.parent)) == 3


def test_that_a_draft_that_cannot_be_set_aside_stays_and_is_told_of(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"damage")
    monkeypatch.setattr(files, "_move", raising(OSError(errno.EROFS, "read-only")))
    with pytest.raises(FileError) as caught:
        set_aside(path)
    assert_sentence(str(caught.value), NAME, "只读")
    assert path.read_bytes() == b"damage"


def test_that_the_newest_good_state_is_found_and_said_from_when_it_is(
    file: DraftFile, path: Path
) -> None:
    for number in range(1, 6):
        file.save(worded(f"第{number}次"))
    path.write_bytes(b"\0" * 3000)
    states = sorted((path.parent / "历史版本" / path.stem).iterdir())
    states[-1].write_bytes(states[-1].read_bytes()[:-300])
    states[-2].write_bytes(states[-2].read_bytes().replace("第3次".encode(), "第8次".encode()))

    found = last_good(path)

    assert found
    assert found[0] == states[-3]
    assert found[1].report.text("overview") == "第2次"
    assert found[1].saved_at[:2] == "20"


def test_that_a_draft_with_addresses_of_no_form_has_good_states_too(
    file: DraftFile, path: Path
) -> None:
    for _ in range(2):
        file.save(report(cells={"county.own.figure": 1}))
    found = last_good(path)
    assert found
    assert found[1].notices


def test_that_without_history_there_is_nothing_to_offer(path: Path) -> None:
    path.write_bytes(b"damage")
    assert last_good(path) is None


def test_that_the_refusal_of_a_damaged_draft_names_the_history_where_there_is_one(
    file: DraftFile, path: Path
) -> None:
    file.save(worded("一"))
    file.save(worded("二"))
    path.write_bytes(b"")
    with pytest.raises(Exception, match="文件是空的") as caught:
        load(path)
    assert_sentence(str(caught.value), "历史版本")


def test_that_going_on_from_the_last_good_state_loses_neither_it_nor_the_damage(
    file: DraftFile, path: Path
) -> None:
    for number in range(1, 5):
        file.save(worded(f"第{number}次"))
    file.close()
    path.write_bytes(b"damage")

    found = last_good(path)
    assert found
    aside = set_aside(path)
    again = DraftFile(path, found[1])
    for number in range(5, 8):
        assert again.save(worded(f"第{number}次")) == path
    again.close()

    assert aside.read_bytes() == b"damage"
    assert overview(path) == "第7次"
    newest = last_good(path)
    assert newest
    assert newest[1].report.text("overview") == "第6次"
