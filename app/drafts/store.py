"""One draft file: opened, saved over and over, never half written, never silently overwritten."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.drafts import backups
from app.drafts.codec import report_from, report_to
from app.drafts.lock import Lock
from app.drafts.reading import DraftError, decode, parse
from app.files import FileError, read_whole, write_whole
from app.report import Report

LARGEST = 20 * 2**20


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft as read: the report, and what the clerk should know about the file."""

    report: Report
    notices: tuple[str, ...]
    generation: int
    """Counts the saves by the program; 0 for a draft made elsewhere."""
    digest: str
    """Of the bytes on disk, to notice when somebody else writes the file."""


def load(path: Path) -> Opened:
    """Read a draft without touching it. Raises DraftError or FileError, in Chinese."""
    data = read_whole(path, LARGEST)
    try:
        text, encoding = decode(data)
        values = parse(text)
        report = report_from(values)
        generation = _generation(values)
    except DraftError as error:
        raise DraftError(f"草稿“{path.name}”读不出来：{error}。原文件没有改动。") from error
    notices = [*_encoding_notice(encoding), *_seal_notice(values), *_stray_notice(report)]
    return Opened(report, tuple(notices), generation, _digest(data))


def to_bytes(report: Report, generation: int, at: datetime) -> bytes:
    """Return the draft file of a report, sealed with the hash of all it says."""
    body = report_to(report)
    seal = {
        "generation": generation,
        "at": at.astimezone().isoformat(timespec="seconds"),
        "sha256": _fingerprint(body),
    }
    return (json.dumps({**body, "saved": seal}, ensure_ascii=False, indent=1) + "\n").encode()


class DraftFile:
    """The draft file of a session. Locked while it lives, so that a second window notices."""

    def __init__(self, path: Path, opened: Opened | None = None) -> None:
        self.path = path
        self.generation = opened.generation if opened else 0
        self._digest = opened.digest if opened else None
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = Lock(path)
        if self._lock.held:
            backups.drop_leftovers(path)

    @property
    def elsewhere(self) -> bool:
        """Tell whether another window holds this draft."""
        return not self._lock.held

    def save(self, report: Report) -> Path:
        """Write the report and return where it went.

        That is the draft's own path, or a new one beside it where somebody else has written the
        file since it was read. Raises FileError; the file on disk is then as it was.
        """
        if self._written_by_others():
            self._step_aside()
        data = to_bytes(report, self.generation + 1, datetime.now())
        backups.keep(self.path, self.generation)
        write_whole(self.path, data)
        self.generation += 1
        self._digest = _digest(data)
        backups.prune(self.path)
        return self.path

    def close(self) -> None:
        """Give the draft free for other windows."""
        self._lock.release()

    def _written_by_others(self) -> bool:
        if not self.path.exists():
            return False
        return _digest(read_whole(self.path, LARGEST)) != self._digest

    def _step_aside(self) -> None:
        self._lock.release()
        self.path = free_name(self.path)
        self._lock = Lock(self.path)
        self.generation = 0


def free_name(path: Path) -> Path:
    """Return the first of 「x（冲突 2）.json」, 「…3」 … that is not taken."""
    stem = re.sub(r"（冲突 \d+）$", "", path.stem)
    number = 2
    while (beside := path.with_name(f"{stem}（冲突 {number}）{path.suffix}")).exists():
        number += 1
    return beside


def last_good(path: Path) -> tuple[Path, Opened] | None:
    """Return the newest backup of a draft that can be read, None where there is none."""
    for backup in reversed(backups.generations(path)):
        try:
            opened = load(backup)
        except (DraftError, FileError):
            continue
        if not opened.notices:
            return backup, opened
    return None


def set_aside(path: Path) -> Path:
    """Move a damaged draft to 「x.json.damaged-1」 and return where it lies now."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return path.rename(aside)


def _generation(values: Mapping[str, Any]) -> int:
    saved = values.get("saved", {})
    if not isinstance(saved, dict):
        raise DraftError("“saved”应是一组内容")
    generation = saved.get("generation", 0)
    return generation if type(generation) is int and generation >= 0 else 0


def _encoding_notice(encoding: str) -> list[str]:
    if encoding == "UTF-8":
        return []
    return [f"这份草稿是 {encoding} 编码，已按此读出；下次保存时改为 UTF-8。"]


def _seal_notice(values: Mapping[str, Any]) -> list[str]:
    saved = values.get("saved")
    if not saved or saved.get("sha256") == _fingerprint(values):
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
    return hashlib.sha256(canonical.encode()).hexdigest()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
