"""The drafts opened lately, each with its state; looked at in the background."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QThreadPool, Signal
from PySide6.QtGui import QPaintEvent, QStandardItem

from app.glance import Glance, glance, when_in_words
from app.level import Level
from app.recent import recent_drafts
from app.settings import Settings
from ui.crash import Job
from ui.later import soon
from ui.line_list import LineList
from ui.theme import SIGNS

SHOWN = (Level.ERROR, Level.BLANK, Level.QUERY)
NONE_YET = "（还没有草稿）"


class _Version(NamedTuple):
    """What changes when a file does."""

    changed: int
    size: int


class RecentDrafts(LineList):
    """Lists drafts, newest first. What was seen of one is remembered until its file changes."""

    _seen = Signal(object, object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._worker = QThreadPool(self)
        self._worker.setMaxThreadCount(1)
        self._known: dict[Path, tuple[_Version | None, Glance]] = {}
        self._asked: set[Path] = set()
        """Drafts that are to be looked at, or are just being."""
        self._to_look_at: list[Path] = []
        """Those of them that wait for the list to be seen: a window is painted before that."""
        self.open_now: Path | None = None
        """The draft that is being worked on; its row says so."""
        self.setObjectName("entries")
        self.setAccessibleName("最近的草稿")
        self._seen.connect(self._show)

    def list_recent(self) -> None:
        """List the drafts anew; their states follow as they are known."""
        chosen = self.chosen()
        self.clear()
        for path in recent_drafts():
            item = self.add()
            item.setData(str(path))
            version, seen = self._known.get(path, (None, Glance(path)))
            self._describe(item, seen)
            if path not in self._asked and (version is None or version != _version(path)):
                self._asked.add(path)
                self._to_look_at.append(path)
        if not self.count():
            self.add(NONE_YET).setEnabled(False)
        self.choose(chosen)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Look at the drafts that are listed now."""
        super().paintEvent(event)
        if self._to_look_at:
            soon(self, self._look_at_all)

    def chosen(self) -> Path | None:
        """The draft of the chosen row."""
        row = self.current_row()
        return None if row < 0 else path_of(self.item(row))

    def choose(self, path: Path | None) -> None:
        """Choose the row of a draft, if it is there."""
        if item := self._item(path):
            self.go_to(item.row())

    def finish(self) -> None:
        """Look at no more drafts; wait for the one that is being looked at."""
        self._to_look_at.clear()
        self._worker.clear()
        self._worker.waitForDone()
        self._asked.clear()

    def _look_at_all(self) -> None:
        waiting, self._to_look_at = self._to_look_at, []
        for path in waiting:
            self._worker.start(Job(partial(self._look, path)))

    def _look(self, path: Path) -> None:
        version = _version(path)
        self._seen.emit(version, glance(path, self._settings))

    def _show(self, version: _Version | None, seen: Glance) -> None:
        self._asked.discard(seen.path)
        self._known[seen.path] = (version, seen)
        if item := self._item(seen.path):
            self._describe(item, seen)

    def _item(self, path: Path | None) -> QStandardItem | None:
        return next((one for one in self.items() if path and path_of(one) == path), None)

    def _describe(self, item: QStandardItem, seen: Glance) -> None:
        name, state = _name(seen), _state(seen, open_now=seen.path == self.open_now)
        item.setText(f"{name}\n{state}")
        item.setToolTip(f"{state}\n{seen.path}")
        item.setAccessibleText(f"{name}，{state}")


def path_of(item: QStandardItem) -> Path | None:
    """The draft a row stands for; None for the row that says there is none."""
    name = item.data()
    return Path(name) if name else None


def _version(path: Path) -> _Version | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _Version(found.st_mtime_ns, found.st_size)


def _name(seen: Glance) -> str:
    if not seen.organ:
        return seen.path.stem
    return f"{seen.organ}　{seen.year} 年度　{seen.name_apart}".rstrip()


def _state(seen: Glance, *, open_now: bool) -> str:
    if seen.trouble and not seen.organ:
        return f"{SIGNS[Level.ERROR]} {seen.trouble}"
    counts = [
        f"{SIGNS[level]} {level.chinese} {seen.open_ones[level]}"
        for level in SHOWN
        if seen.open_ones.get(level)
    ]
    state = "　".join(counts) or ("✓ 可以上报" if seen.organ else "正在查看…")
    saved = f"{when_in_words(seen.saved_at, datetime.now())} 保存" if seen.saved_at else ""
    parts = ("正在填写" if open_now else "", state, seen.trouble, saved)
    return " · ".join(filter(None, parts))
