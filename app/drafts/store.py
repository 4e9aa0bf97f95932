"""One draft file: opened, saved over and over, never half written, never silently overwritten."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.drafts.backups import drop_leftovers, generations, keep, prune
from app.drafts.codec import report_from, report_to
from app.drafts.reading import DraftError, decode, parse
from app.files import FileError, explain, numbered, read_whole, replace, write_whole
from app.lock import Holder, Lock
from app.report import Report

LARGEST = 20 * 2**20


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft as read: the report, and what the clerk should know about the file."""

    report: Report
    notices: tuple[str, ...]
    generation: int
    """Counts the saves by the program; 0 for a draft made elsewhere."""
    saved_at: str
    """When the program saved it (2027-01-08 14:03:22), '' for a draft made elsewhere."""
    digest: str
    """Of the bytes on disk, to notice when somebody else writes the file."""
    intact: bool = True
    """False where the seal does not fit: an earlier state should be on offer."""


def load(path: Path) -> Opened:
    """Read a draft without touching it. Raises DraftError or FileError, in Chinese."""
    data = read_whole(path, LARGEST)
    try:
        text, encoding = decode(data)
        values = parse(text)
        report = report_from(values)
        generation = _generation(values)
    except DraftError as error:
        raise DraftError(_refusal(path, error)) from error
    intact = _seal_fits(values)
    notices = [*_encoding_notice(encoding), *_seal_notice(intact), *_stray_notice(report)]
    return Opened(report, tuple(notices), generation, _saved_at(values), _digest(data), intact)


def fingerprint(report: Report) -> str:
    """The hash of all a draft says, as its file is sealed with it: 64 hexadecimal digits."""
    return _fingerprint(report_to(report))


def to_bytes(report: Report, generation: int, at: datetime) -> bytes:
    """Return the draft file of a report, sealed with the hash of all it says.

    Half a character (an input method's accident) is written as "?": no save may die of it.
    """
    body = report_to(report)
    seal = {
        "generation": generation,
        "at": at.astimezone().isoformat(timespec="seconds"),
        "sha256": _fingerprint(body),
    }
    text = json.dumps({**body, "saved": seal}, ensure_ascii=False, indent=1) + "\n"
    return text.encode(errors="replace")


class DraftFile:
    """The draft file of a session. Locked while it lives, so that a second window notices."""

    def __init__(self, path: Path, opened: Opened | None = None) -> None:
        self.path = path
        self.generation = opened.generation if opened else 0
        self._ours = {opened.digest} if opened else set()
        """Digests of what we read or tried to write; a failed save may have got there or not."""
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = Lock(path)
        if self._lock.held:
            drop_leftovers(path)

    @property
    def elsewhere(self) -> bool:
        """Tell whether another window holds this draft."""
        return not self._lock.held

    @property
    def holder(self) -> Holder | None:
        """Who holds it, as far as that is told."""
        return self._lock.holder

    def take_over(self, report: Report) -> Path:
        """Save at once as whoever holds the draft from now on; as `save` in all else.

        The window that held it finds at its next save that the file is not its own any more, and
        saves beside it.
        """
        self._lock.take_over()
        return self.save(report)

    def keep_this(self) -> None:
        """Keep the state on disk among the earlier ones for longer than others."""
        keep(self.path, self.generation, marked=True)

    def save(self, report: Report) -> Path:
        """Write the report and return where it went.

        That is the draft's own path, or a new one beside it where somebody else has written the
        file since it was read. Raises FileError; the file on disk is then as it was, unless only
        the last step failed, and the next save puts things right.
        """
        if self._written_by_others():
            self._step_aside()
        data = to_bytes(report, self.generation + 1, datetime.now())
        keep(self.path, self.generation)
        self._ours.add(_digest(data))
        write_whole(self.path, data, private=True)
        self.generation += 1
        self._ours = {_digest(data)}
        prune(self.path)
        return self.path

    def close(self) -> None:
        """Give the draft free for other windows."""
        self._lock.release()

    def _written_by_others(self) -> bool:
        try:
            return _digest(read_whole(self.path, LARGEST)) not in self._ours
        except FileError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return False
            if error.__cause__ is None or isinstance(error.__cause__, IsADirectoryError):
                return True  # too large, or a folder: nothing of ours
            raise

    def _step_aside(self) -> None:
        self._lock.release()
        self.path = free_name(self.path)
        self._lock = Lock(self.path)
        self.generation = 0


def free_name(path: Path) -> Path:
    """Return the first of 「x（冲突 2）.json」, 「…3」 … that is not taken."""
    stem = re.sub(r"（冲突 \d+）$", "", path.stem)
    return numbered(path, lambda number: f"{stem}（冲突 {number}）")


def last_good(path: Path) -> tuple[Path, Opened] | None:
    """Return the newest backup of a draft that can be read, None where there is none."""
    for backup in reversed(generations(path)):
        try:
            opened = load(backup)
        except (DraftError, FileError):
            continue
        if opened.intact:
            return backup, opened
    return None


def set_aside(path: Path) -> Path:
    """Move a damaged draft to 「x.json.damaged-1」 and return where it lies now.

    Raises FileError; the file is then where it was.
    """
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.damaged-{number}")):
        number += 1
    try:
        replace(path, aside)
    except OSError as error:
        raise FileError(f"移不开损坏的“{path.name}”：{explain(error)}") from error
    return aside


def _refusal(path: Path, error: DraftError) -> str:
    advice = "可打开“历史版本”文件夹里较早的一份。" if generations(path) else ""
    return f"草稿“{path.name}”读不出来：{error}。原文件没有改动。{advice}"


def _generation(values: Mapping[str, Any]) -> int:
    saved = values.get("saved", {})
    if not isinstance(saved, dict):
        raise DraftError("“saved”应是一组内容")
    generation = saved.get("generation", 0)
    return generation if type(generation) is int and generation >= 0 else 0


def _saved_at(values: Mapping[str, Any]) -> str:
    at = str(values.get("saved", {}).get("at", ""))
    return at[:19].replace("T", " ")


def _encoding_notice(encoding: str) -> list[str]:
    if encoding == "UTF-8":
        return []
    return [f"这份草稿是 {encoding} 编码，已按此读出；下次保存时改为 UTF-8。"]


def _seal_fits(values: Mapping[str, Any]) -> bool:
    saved = values.get("saved")
    return not saved or saved.get("sha256") == _fingerprint(values)


def _seal_notice(intact: bool) -> list[str]:
    if intact:
        return []
    return ["这份草稿在本程序之外被改动过，或者已经损坏；请核对内容。"]


def _stray_notice(report: Report) -> list[str]:
    strays = list(report.extra.get("cells", {}))
    if not strays:
        return []
    return [f"有 {len(strays)} 个格不属于任何格式，没有使用，原样保留：{'、'.join(strays[:3])}。"]


def _fingerprint(values: Mapping[str, Any]) -> str:
    rest = {key: value for key, value in values.items() if key != "saved"}
    canonical = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _digest(canonical.encode(errors="replace"))


def _digest(data: bytes) -> str:
    import hashlib  # noqa: PLC0415  (brings OpenSSL, and the window would wait for it)

    return hashlib.sha256(data).hexdigest()
