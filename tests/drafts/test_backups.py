"""The earlier states of a draft: which are kept, and that their order is never a clock's."""

import errno
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.drafts import DraftFile, backups, last_good, load
from app.drafts.store import to_bytes
from tests.drafts.examples import AT, reopened, report, sealed


def kept(path: Path) -> list[str]:
    """The overview of each kept state, oldest first."""
    return [load(one).report.text("overview") for one in backups.generations(path)]


def save(path: Path, texts: Iterable[str]) -> None:
    file = DraftFile(path, load(path) if path.exists() else None)
    for text in texts:
        file.save(report().with_text("overview", text))
    file.close()


def age(path: Path, days: float) -> None:
    then = (datetime.now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


def test_that_each_save_keeps_the_state_before_it_under_its_generation(path: Path) -> None:
    save(path, "一二三")
    assert [one.name for one in backups.generations(path)] == ["00000001.json", "00000002.json"]
    assert kept(path) == ["一", "二"]


def test_that_a_draft_made_elsewhere_is_kept_before_the_first_save(path: Path) -> None:
    path.write_bytes("﻿".encode() + sealed())
    original = path.read_bytes()
    opened = load(path)
    file = DraftFile(path, opened)
    file.save(report())
    file.close()
    assert backups.generations(path)[0].read_bytes() == original


def test_that_the_ten_newest_states_are_never_dropped(path: Path) -> None:
    save(path, map(str, range(40)))
    assert kept(path)[-10:] == [str(number) for number in range(29, 39)]


@pytest.mark.parametrize("days", [0, 400, -400, -20000, 19000])
def test_that_no_clock_moves_the_ten_newest(path: Path, days: int) -> None:
    save(path, map(str, range(9)))
    for state in backups.generations(path)[::2]:
        age(state, days)
    save(path, map(str, range(9, 30)))
    assert kept(path)[-10:] == [str(number) for number in range(19, 29)]
    assert load(path).report.text("overview") == "29"


@pytest.mark.parametrize("error", [OSError, ValueError, OverflowError])
def test_that_a_clock_beyond_the_calendar_drops_nothing_and_stops_no_save(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    class NoCalendar:
        @staticmethod
        def fromtimestamp(_: float) -> None:
            raise error

    monkeypatch.setattr(backups, "date", NoCalendar)
    save(path, map(str, range(30)))
    assert kept(path) == [str(number) for number in range(29)]


def test_that_states_are_ordered_by_number_not_by_letter(path: Path) -> None:
    backups.folder(path).mkdir(parents=True)
    for generation in (9, 10**8, 10**9, 99_999_999):
        (backups.folder(path) / f"{generation:08}.json").write_bytes(sealed(generation))
    ordered = [load(one).generation for one in backups.generations(path)]
    assert ordered == [9, 99_999_999, 10**8, 10**9]


def test_that_the_last_state_of_seven_days_and_four_weeks_is_kept(path: Path) -> None:
    backups.folder(path).mkdir(parents=True)
    for generation in range(100):
        state = backups.folder(path) / f"{generation:08}.json"
        state.write_bytes(to_bytes(report(), generation, AT))
        age(state, (99 - generation) / 2)  # two a day for fifty days

    backups.prune(path)

    states = backups.generations(path)
    days = {datetime.fromtimestamp(one.stat().st_mtime).date() for one in states}
    weeks = {day.isocalendar()[:2] for day in days}
    assert {one.stem for one in states} >= {f"{generation:08}" for generation in range(90, 100)}
    assert len(days) >= 7
    assert len(weeks) == 4
    assert len(states) <= backups.RECENT + backups.HOURLY + 7 + 4


def test_that_of_a_day_of_saves_the_last_of_each_hour_and_ten_minutes_is_kept(path: Path) -> None:
    backups.folder(path).mkdir(parents=True)
    noon = 1_800_000_000 // 3600 * 3600
    for generation in range(6 * 60):  # one a minute for six hours
        state = backups.folder(path) / f"{generation:08}.json"
        state.write_bytes(to_bytes(report(), generation, AT))
        os.utime(state, (noon + generation * 60, noon + generation * 60))

    backups.prune(path)

    left = {int(one.stem) for one in backups.generations(path)}
    assert left >= {59, 119, 179, 239, 299, 359}
    assert left >= {309, 319, 329, 339, 349}
    assert len(left) <= backups.RECENT + backups.MINUTELY + backups.HOURLY + 2


def test_that_a_state_kept_on_purpose_outlasts_the_others(path: Path) -> None:
    save(path, "一二三")
    file = DraftFile(path, load(path))
    file.keep_this()
    for number in range(30):
        file.save(report().with_text("overview", str(number)))
    file.close()
    marked = [one for one in backups.generations(path) if backups.is_marked(one)]
    assert [load(one).report.text("overview") for one in marked] == ["三"]
    assert [one.name for one in marked] == ["00000003.kept.json"]
    assert kept(path)[-10:] == [str(number) for number in range(19, 29)]


def test_that_of_states_kept_on_purpose_only_the_newest_stay(path: Path) -> None:
    file = DraftFile(path)
    for number in range(backups.MARKED + 12):
        file.save(report().with_text("overview", str(number)))
        file.keep_this()
    file.save(report())
    file.close()
    marked = [one for one in backups.generations(path)[:-10] if backups.is_marked(one)]
    assert len(marked) <= backups.MARKED


def test_that_a_new_draft_of_an_old_name_keeps_its_states_as_the_newest(path: Path) -> None:
    save(path, (f"旧{number}" for number in range(15)))
    path.unlink()
    save(path, (f"新{number}" for number in range(4)))
    assert kept(path)[-4:] == ["旧13", "新0", "新1", "新2"]


def test_that_a_state_gone_back_to_is_followed_by_newer_ones(path: Path) -> None:
    save(path, (f"第{number}次" for number in range(12)))
    path.write_bytes(backups.generations(path)[-3].read_bytes())
    save(path, ["回来一", "回来二", "回来三"])
    assert kept(path)[-3:] == ["第8次", "回来一", "回来二"]


def test_that_a_save_that_failed_and_is_tried_again_keeps_one_copy(path: Path) -> None:
    save(path, "一二")
    for _ in range(5):
        backups.keep(path, 2)
    assert kept(path) == ["一", "二"]


def test_that_a_huge_generation_of_a_foreign_program_keeps_the_order(path: Path) -> None:
    opened = reopened(path, sealed(generation=10**30))
    file = DraftFile(path, opened)
    for text in "一二三":
        file.save(report().with_text("overview", text))
    file.close()
    assert load(path).generation == 10**30 + 3
    assert kept(path)[1:] == ["一", "二"]


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_that_a_history_that_cannot_be_looked_into_stops_no_save_and_loses_no_state(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    save(path, "一二三")

    def fails(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as broken:
        broken.setattr(Path, "glob", fails)
        save(path, "四五")
        assert last_good(path) is None

    assert load(path).report.text("overview") == "五"
    assert kept(path) == ["一", "二"]
    save(path, "六")
    assert kept(path) == ["一", "二", "五"]


def test_that_other_files_in_the_history_are_left_alone(path: Path) -> None:
    save(path, "一二")
    strange = [backups.folder(path) / name for name in ("00000001 副本.json", "说明.txt", "x.json")]
    for one in strange:
        one.write_text("x")
    save(path, map(str, range(30)))
    assert all(one.exists() for one in strange)


def test_that_a_disk_without_links_keeps_whole_copies(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "FAT has no links")

    monkeypatch.setattr(os, "link", no_links)
    save(path, "一二三")
    assert kept(path) == ["一", "二"]
    assert {one.suffix for one in backups.folder(path).iterdir()} == {".json"}
    assert os.name == "nt" or backups.generations(path)[0].stat().st_mode & 0o777 == 0o600
