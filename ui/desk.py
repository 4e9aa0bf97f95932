"""Putting drafts on the desk: new, opened, recovered, copied from the examples; and closing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.drafts import DraftError, DraftFile, Opened, last_good, load, set_aside
from app.files import FileError, safe_name, unused
from app.lock import Holder, this_computer
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

    def succeed(self, report: Report) -> bool:
        """Open a report that was made from last year's, with a file of its own."""
        if not self.close():
            return False
        return self._start(report, documents() / f"{safe_name(report.title)}.json")

    def restore(self, earlier: Report, when: str) -> bool:
        """Go back to an earlier state in one step; the present one is kept on disk first."""
        if self._bridge.draft is None or not self.save():
            widgets.tell(self._window, f"{self._autosave.last_error}\n\n所以没有恢复。")
            return False
        self._bridge.draft.keep_this()
        self._bridge.session.restore(earlier, when)
        return True

    def open(self, path: Path) -> bool:
        """Open a draft; where it cannot be opened say why, and what is open stays."""
        if path == self._bridge.path:
            return True
        if not self._save():
            return False
        try:
            opened = load(path)
        except DraftError as error:
            return self._offer_backup(path, str(error), else_opened=None)
        except FileError as error:
            widgets.tell(self._window, str(error))
            return False
        if not opened.intact:
            return self._offer_backup(path, "\n".join(opened.notices), else_opened=opened)
        return self._place(path, opened, opened.notices)

    def save(self) -> bool:
        """Write what is open now; tell whether everything is safely on disk."""
        widgets.settle()
        return self._autosave.save_now()

    def close(self) -> bool:
        """Save what is open and clear the desk; False where the clerk would rather stay."""
        if not self._save():
            return False
        self._bridge.clear()
        return True

    def save_as(self) -> None:
        """Let the clerk choose another place for the draft, and go on there."""
        widgets.settle()
        name, _ = QFileDialog.getSaveFileName(
            self._window, "另存为", str(self._bridge.path), "草稿 (*.json)"
        )
        if name:
            self.move_to(Path(name).with_suffix(".json"))

    def move_to(self, path: Path) -> bool:
        """Save the draft at another path and go on there; say why where that cannot be."""
        if path == self._bridge.path:
            return self._autosave.save_now()
        draft = DraftFile(path)
        try:
            draft.save(self._bridge.report)
        except FileError as error:
            draft.close()
            widgets.tell(self._window, str(error))
            return False
        self._bridge.move(draft)
        remember(draft.path)
        return True

    def _save(self) -> bool:
        """Save what is open; where that fails, ask whether to go on without."""
        if self.save():
            return True
        question = (
            f"{self._autosave.last_error}\n\n现在关闭会丢失还没有保存的内容；"
            "也可以返回，用“文件 › 另存为”换一个位置。"
        )
        return widgets.ask(self._window, question, "仍然关闭", "返回", careful=True)

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

    def _place(self, path: Path, opened: Opened, notices: Sequence[str]) -> bool:
        draft = DraftFile(path, opened)
        if draft.elsewhere:
            question = _held_in_words(draft.holder)
            draft.close()
            yes, no = "接着用（另一窗口将不能保存）", "不打开"
            if not widgets.ask(self._window, question, yes, no, careful=True):
                return False
            return self._take_over(path)
        self._show(opened.report, draft)
        if notices:
            widgets.tell(self._window, "\n".join(notices))
        return True

    def _take_over(self, path: Path) -> bool:
        """Go on with a draft another window holds, from what is on disk by now."""
        try:
            opened = load(path)
            draft = DraftFile(path, opened)
            if draft.elsewhere:
                draft.take_over(opened.report)
        except (DraftError, FileError) as error:
            widgets.tell(self._window, str(error))
            return False
        self._show(opened.report, draft)
        return True

    def _offer_backup(self, path: Path, sentence: str, else_opened: Opened | None) -> bool:
        """Offer the last good state of a draft; without it open what could be read, if anything."""
        found = last_good(path)
        if found is None:
            if else_opened:
                return self._place(path, else_opened, [sentence])
            widgets.tell(self._window, sentence)
            return False
        _, good = found
        question = (
            f"{sentence}\n\n可以打开最近一次完好的保存（{good.saved_at}）；"
            f"现在这个文件（{_written_at(path)}）会改名留在旁边。"
        )
        no = "打开现在这个" if else_opened else "不打开"
        if not widgets.ask(self._window, question, "打开完好的保存", no):
            return self._place(path, else_opened, []) if else_opened else False
        try:
            set_aside(path)
        except FileError as error:
            widgets.tell(self._window, str(error))
            return False
        return self._start(good.report, path, good)

    def _show(self, report: Report, draft: DraftFile) -> None:
        remember(draft.path)
        self._bridge.open(report, draft)

    def _say_moved(self, path: str) -> None:
        remember(Path(path))
        widgets.tell(self._window, f"这份草稿在别处被改动过，本窗口的内容已另存为：\n{path}")


def _held_in_words(holder: Holder | None) -> str:
    where = ""
    if holder:
        ours = holder.computer == this_computer()
        where = f"（{'本机' if ours else f'电脑 {holder.computer}'}，{holder.since} 打开）"
    return (
        f"这份草稿正在另一个窗口里编辑{where}。\n\n"
        "最好回到那个窗口去填。如果它已经没有反应，或者那台电脑早已关机，可以在这里接着用："
        "从最后一次保存的内容开始；那个窗口以后的改动会另存为“（冲突 2）”，不会覆盖这里的。"
    )


def _written_at(path: Path) -> str:
    try:
        return f"{datetime.fromtimestamp(path.stat().st_mtime):%Y-%m-%d %H:%M:%S} 写入"
    except OSError:
        return "时间不明"
