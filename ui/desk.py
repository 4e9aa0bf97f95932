"""Putting drafts on the desk: new, opened, recovered, copied from the examples; and closing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.drafts import DraftError, DraftFile, Opened, last_good, load, set_aside, unused
from app.files import FileError, safe_name
from app.paths import documents
from app.recent import remember
from app.report import Report
from ui import widgets
from ui.autosave import AutoSave
from ui.bridge import Bridge


class Desk(QObject):
    """Opens one draft at a time; what was open is saved and given free first."""

    def __init__(self, bridge: Bridge, autosave: AutoSave, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._autosave = autosave
        self._window = window
        autosave.moved.connect(self._say_moved)

    def create(self) -> bool:
        """Give the report being described a file, from its first second."""
        report = self._bridge.report
        return self._start(report, documents() / f"{safe_name(report.title)}.json")

    def copy_of(self, source: Path, prefix: str) -> bool:
        """Open a copy of a bundled report; the original is never written."""
        if not self.close():
            return False
        report = load(source).report
        return self._start(report, documents() / f"{prefix} {safe_name(report.title)}.json")

    def open(self, path: Path) -> bool:
        """Open a draft; say in a sentence why where it cannot be opened."""
        if not self.close():
            return False
        try:
            opened = load(path)
        except DraftError as error:
            return self._offer_backup(path, str(error))
        except FileError as error:
            widgets.tell(self._window, str(error))
            return False
        return self._place(path, opened)

    def close(self) -> bool:
        """Save what is open and clear the desk; False where the clerk would rather stay."""
        if not self._autosave.save_now():
            question = f"{self._autosave.last_error}\n\n现在关闭会丢失还没有保存的内容。"
            if not widgets.ask(self._window, question, "仍然关闭", "返回"):
                return False
        self._bridge.clear()
        return True

    def _start(self, report: Report, wanted: Path, earlier: Opened | None = None) -> bool:
        draft = DraftFile(unused(wanted), earlier)
        try:
            draft.save(report)
        except FileError as error:
            draft.close()
            widgets.tell(self._window, str(error))
            return False
        self._show(report, draft)
        return True

    def _place(self, path: Path, opened: Opened) -> bool:
        draft = DraftFile(path, opened)
        question = (
            "这份草稿正在另一个窗口里编辑。\n\n"
            "仍然打开的话，两边都改动时，后保存的一份会另存为“（冲突 2）”。"
        )
        if draft.elsewhere and not widgets.ask(self._window, question, "仍然打开", "不打开"):
            draft.close()
            return False
        self._show(opened.report, draft)
        if opened.notices:
            widgets.tell(self._window, "\n".join(opened.notices))
        return True

    def _offer_backup(self, path: Path, sentence: str) -> bool:
        found = last_good(path)
        if found is None:
            widgets.tell(self._window, sentence)
            return False
        _, opened = found
        question = (
            f"{sentence}\n\n可以打开最近一次完好的保存（{opened.saved_at}）；"
            "损坏的文件会改名留在旁边。"
        )
        if not widgets.ask(self._window, question, "打开完好的保存", "不打开"):
            return False
        try:
            set_aside(path)
        except FileError as error:
            widgets.tell(self._window, str(error))
            return False
        return self._start(opened.report, path, opened)

    def _show(self, report: Report, draft: DraftFile) -> None:
        remember(draft.path)
        self._bridge.open(report, draft)

    def _say_moved(self, path: str) -> None:
        remember(Path(path))
        widgets.tell(self._window, f"这份草稿在别处被改动过，本窗口的内容已另存为：\n{path}")
