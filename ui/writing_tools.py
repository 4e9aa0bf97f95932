"""What the menus offer to whoever writes: help beside the text, find and replace, confirming."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.checks import Passage
from app.search import Hit
from ui.bridge import Bridge
from ui.find_bar import FindBar, Here
from ui.menus import Entry
from ui.pages.page import Page

NO_TEXT = "这一步没有要写的文字；请先打开要写的部分。"
ALL_CONFIRMED = "没有待确认的年份和数字。"


class WritingTools(QObject):
    """Knows the page that is open by asking for it."""

    place_wanted = Signal(object)
    """A `Passage` to be shown."""
    told = Signal(str)

    def __init__(self, bridge: Bridge, page: Callable[[], Page], parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._page = page
        self.bar = FindBar(bridge, self._here)
        self.bar.wanted.connect(self._show_hit)
        self.bar.left.connect(lambda: self._page().resume())

    def changes(self) -> list[Entry]:
        """The lines for the menu of changes."""
        return [
            Entry("查找…", lambda: self._find(to_replace=False), "Ctrl+F"),
            Entry("替换…", lambda: self._find(to_replace=True), "Ctrl+H"),
            Entry("查找下一处", lambda: self.bar.step(1), "F3"),
            Entry("查找上一处", lambda: self.bar.step(-1), "Shift+F3"),
        ]

    def helps(self) -> list[Entry]:
        """The lines for the menu of tools."""
        return [
            Entry("引导填写", lambda: self._help("guide"), "Ctrl+G"),
            Entry("插入表中数字…", lambda: self._help("numbers"), "Alt+="),
            Entry("确认取自上年的数字", self.confirm, "F7"),
        ]

    def views(self) -> list[Entry]:
        """The lines for the menu of what is shown."""
        return [Entry("上年文字", lambda: self._help("last_year"), "F9")]

    def confirm(self) -> None:
        """Confirm the number at the cursor that came from last year, and show the next one."""
        if self._page().confirm():
            return
        from app.taking import confirm, next_unconfirmed  # noqa: PLC0415  (seldom needed)

        report, here = self._bridge.report, self._here()
        done = confirm(report, *here) if here.part else report
        if done != report:
            self._bridge.session.adopt(done, "确认取自上年的数字")
            self._bridge.read_texts()
        following = next_unconfirmed(done, here.part, here.end)
        if following is None:
            self.told.emit(ALL_CONFIRMED)
            return
        self.place_wanted.emit(Passage(*following))
        left = len(done.drafting.unconfirmed)
        self.told.emit(
            f"“{following.quote}”取自上年：没有变的按 F7 确认，变了的直接改。还有 {left} 处待确认。"
        )

    def _help(self, what: str) -> None:
        if not self._page().help_write(what):
            self.told.emit(NO_TEXT)

    def _find(self, *, to_replace: bool) -> None:
        part, start, end = self._here()
        words = self._page().selected_words() if part and start < end else ""
        self.bar.open("" if "\n" in words else words, to_replace=to_replace)

    def _here(self) -> Here:
        place = self._page().writing_place()
        return Here(*place) if place else Here()

    def _show_hit(self, hit: Hit) -> None:
        text = self._bridge.report.text(hit.part)[hit.start : hit.end]
        self.place_wanted.emit(Passage(hit.part, hit.start, hit.end, text))
