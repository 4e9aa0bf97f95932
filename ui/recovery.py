"""What the clerk is asked when the program broke: now, or the last time it ran."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from app.faults import fault_told
from app.files import FileError, is_file
from app.running import Ended
from ui import widgets
from ui.crash import SYSTEM, Broken, CrashGuard, note
from ui.window import MainWindow

if TYPE_CHECKING:
    from ui.crash_dialog import CrashDialog

GO_ON, LEAVE = "继续填写(&G)", "关闭程序(&X)"
RESUME, NOT_NOW = "接着填写(&G)", "不用(&N)"


def _dialog(
    sentence: str, report: str, go_on: str, leave: str, parent: QWidget | None = None
) -> CrashDialog:
    """Return the dialog that shows a report; it is loaded only when it is needed."""
    from ui.crash_dialog import CrashDialog  # noqa: PLC0415

    return CrashDialog(sentence, report, go_on, leave, parent)


def guard_of(window: MainWindow, leave: Callable[[], object]) -> CrashGuard:
    """Make the guard that saves the draft of this window and tells its clerk."""

    def show(broken: Broken) -> None:
        tell_broken(window, broken, leave)

    def again(saved: bool) -> None:
        state = "草稿已经保存。" if saved else f"草稿没有保存：{window.work.autosave.last_error}"
        window.status.tell(f"同样的错误又出现了一次；{state}")

    return CrashGuard(window.save_now, show, again)


def tell_broken(window: MainWindow, broken: Broken, leave: Callable[[], object]) -> None:
    """Say what broke and whether the draft is saved; leave where the clerk would rather."""
    state = _saved_in_words(window) if broken.saved else _unsaved_in_words(window)
    sentence = f"程序出了一个意外错误。{state}"
    parent = QApplication.activeModalWidget() or window
    box = _dialog(sentence, broken.report, GO_ON, LEAVE, parent)
    box.state.setText("" if broken.noted.exists() else "（没有能记到文件里）")
    if box.ask() == LEAVE:
        if broken.saved:
            leave()
        else:
            window.close()  # asks whether to lose what is not saved


def tell_cannot_start(report: str) -> None:
    """Say that there will be no window."""
    sentence = "程序不能启动，请重新安装程序。草稿都在原来的地方，没有受影响。"
    _dialog(sentence, report, "关闭(&X)", "").ask()


def ask_after_crash(window: MainWindow, ended: Sequence[Ended]) -> None:
    """Ask once whether to go on with what was open when the program last ended badly."""
    said = next((one.said for one in ended if one.said), "")
    report = fault_told(said, system=SYSTEM).report if said else ""
    if report:
        note(report)
    latest = next((one for one in ended if one.draft and is_file(one.draft)), None)
    if latest is None or latest.draft is None or window.bridge.draft is not None:
        if report:
            _dialog("上次程序意外关闭。", report, "知道了(&G)", "", window).ask()
        return
    question = _question(latest.draft, latest.opened_at)
    # Of a damaged one nothing is asked here: opening it asks, with both times.
    if question is None or _resumes(window, question, report):
        window.open_draft(latest.draft)


def _resumes(window: MainWindow, question: str, report: str) -> bool:
    if not report:
        return widgets.ask(window, question, RESUME, NOT_NOW)
    return _dialog(question, report, RESUME, NOT_NOW, window).ask() == RESUME


def _question(draft: Path, opened_at: str) -> str | None:
    from app.drafts import DraftError, load  # noqa: PLC0415  (programs seldom end badly)

    try:
        opened = load(draft)
    except (DraftError, FileError):
        return None
    since = f"，{opened_at} 打开" if opened_at else ""
    sound = (
        f"上次程序没有正常关闭（可能是断电或死机）。\n\n当时开着“{draft.stem}”{since}，"
        f"最后一次保存是 {opened.saved_at}；这之后一两秒里的改动可能没有记下。\n\n现在接着填写吗？"
    )
    return sound if opened.intact else None


def _saved_in_words(window: MainWindow) -> str:
    return "草稿已经保存，可以继续填写。" if window.bridge.draft else "没有打开的草稿受影响。"


def _unsaved_in_words(window: MainWindow) -> str:
    return (
        f"草稿没有保存成功：{window.work.autosave.last_error}"
        "继续填写后，可以用“文件 › 另存为”换一个位置。"
    )
