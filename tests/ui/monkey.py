"""A monkey at the window: keys, clicks, drags, menus, dialogs, by the numbers of a seed."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QMenu, QWidget

from tests.ui.conftest import Key, Modifier, children, drag, press
from ui.window import MainWindow

LIVE = "{{requests.received.total}}"
TYPED = (
    *("0", "7", "12", "1,2", "-3", "2.5", "件", "字。", "１", " ", "\u3000", "𬇙", "无"),
    *("2025年", "情况属实，已经核对过原始登记表", LIVE),
)
PASTED = (
    "3\t4\n5\t6",
    "合计\t\r\n8\r\n",
    "一段\n文字",
    f"{LIVE}件{LIVE}",
    "",
    "\t\t\n\t",
    "=1+1",
    "12345678901234567890",
    "其他\t总计\n3\t4",
    "\x00\x01\ufffe\U0001f600\u2028\u202e",
    "2025年，我镇公开政府信息12条，收到申请3件。" * 40,
    "\n".join("\t".join(str(row * column) for column in range(30)) for row in range(60)),
    "\n".join(["7"] * 700),
)
TABLES = (
    """<table><tr><td rowspan=2>3</td><td colspan=2>一、本年新收政府信息公开申请数量</td></tr>
<tr><td>&nbsp;4</td><td>5</td></tr></table>""",
    "<html><body><table border=1><tr><td>自然人</td><td>总计</td></tr>"
    "<tr><td>１，２３４件</td><td>9</td></tr></table></body></html>",
    "<table><tr><td rowspan=9999 colspan=9999>8</td><td></table><!doctype [<td>",
)
PLAIN = (
    *(Key.Key_Return, Key.Key_Tab, Key.Key_Backtab, Key.Key_Up, Key.Key_Down, Key.Key_Left),
    *(Key.Key_Right, Key.Key_Home, Key.Key_End, Key.Key_Delete, Key.Key_Backspace, Key.Key_Space),
    *(Key.Key_Escape, Key.Key_PageDown, Key.Key_PageUp),
    *(Key.Key_F1, Key.Key_F2, Key.Key_F3, Key.Key_F4, Key.Key_F6, Key.Key_F7, Key.Key_F8),
    *(Key.Key_F9, Key.Key_F10),
)
WITH_CONTROL = (
    *(Key.Key_Z, Key.Key_Z, Key.Key_Y, Key.Key_C, Key.Key_X, Key.Key_D, Key.Key_A, Key.Key_S),
    *(Key.Key_F, Key.Key_G, Key.Key_H, Key.Key_Delete, Key.Key_PageDown, Key.Key_PageUp),
    *(Key.Key_Return, Key.Key_Home, Key.Key_End, Key.Key_Left, Key.Key_Right, Key.Key_Backspace),
)
WITH_SHIFT = (
    *(Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up, Key.Key_Home, Key.Key_End),
    *(Key.Key_Return, Key.Key_F8, Key.Key_F6, Key.Key_F3),
)
WITH_ALT = (
    *(Key.Key_W, Key.Key_A, Key.Key_K, Key.Key_0, Key.Key_C, Key.Key_B, Key.Key_N, Key.Key_P),
    *(Key.Key_Equal, Key.Key_U, Key.Key_X, Key.Key_T, Key.Key_Up, Key.Key_G, Key.Key_I, Key.Key_R),
    *(Key.Key_F, Key.Key_E, Key.Key_V, Key.Key_H),
)
NEVER = ("退出",)
PATIENCE = 25
"""Deeds at one dialog or list before it is put away."""
REMEMBERED = 40


class Monkey(QObject):
    """Does to a window, its menus and its dialogs whatever comes to its mind."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        super().__init__(window)
        self._window = window
        self.mind = random.Random(seed)
        self._mind_at_dialog = random.Random(-seed - 1)
        self.deeds: deque[str] = deque(maxlen=REMEMBERED)
        """What it did last, to tell what led to a fault."""
        self._at_dialog = 0
        self._dialog = QTimer(self, interval=2)
        self._dialog.timeout.connect(self._act_at_dialog)
        self._dialog.start()

    def act(self) -> None:
        """Do one thing; off screen, a list that closes does not give the window back the focus."""
        if popup := QApplication.activePopupWidget():
            self._act_at_popup(popup)
            return
        self._at_dialog = 0
        where = self._where()
        where.activateWindow()
        self._do_at(where)

    def rest(self) -> None:
        """Put away every dialog and list and go home."""
        self._dialog.stop()
        self.put_away()

    def put_away(self) -> None:
        """Close every dialog and list."""
        while popup := QApplication.activePopupWidget():
            popup.close()
        for dialog in self._dialogs():
            dialog.close()
        QGuiApplication.clipboard().clear()  # what Python put there would outlive it
        self._window.activateWindow()

    def _where(self) -> QWidget:
        """The window, or now and then a dialog that stands beside it."""
        beside = list(self._dialogs())
        if beside and self.mind.random() < 0.4:
            dialog = self.mind.choice(beside)
            if self.mind.random() < 0.1:
                self._note("close", dialog)
                dialog.close()
                return self._window
            return dialog
        return self._window

    def _dialogs(self) -> Iterator[QDialog]:
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog) and one.isVisible():
                yield one

    def _do_at(self, where: QWidget) -> None:
        deeds: tuple[Callable[[QWidget], None], ...] = (
            *(self._type, self._press, self._paste, self._click, self._drag, self._wheel),
            *(self._button, self._menu, self._context, self._go, self._resize),
        )
        weights = (26, 30, 8, 15, 4, 3, 6, 4, 1, 6, 1)
        self.mind.choices(deeds, weights)[0](where)

    def _act_at_dialog(self) -> None:
        """From within the loop of a dialog or menu that keeps all others waiting."""
        modal, popup = QApplication.activeModalWidget(), QApplication.activePopupWidget()
        if not modal and not popup:
            return
        self._at_dialog += 1
        if popup:
            self._act_at_popup(popup)
        elif modal and self._at_dialog > PATIENCE:
            self._note("close", modal)
            modal.close()
        elif modal:
            deeds = (self._type, self._press, self._paste, self._click, self._button, self._wheel)
            self._mind_at_dialog.choices(deeds, (3, 8, 1, 4, 6, 1))[0](modal)

    def _act_at_popup(self, popup: QWidget) -> None:
        self._at_dialog += 1
        if self._at_dialog > PATIENCE or (self._leaves(popup)):
            self._note("close", popup)
            popup.close()
            return
        key = self._mind_at_dialog.choice(
            (Key.Key_Down, Key.Key_Up, Key.Key_Right, Key.Key_Left, Key.Key_Return, Key.Key_Escape)
        )
        self._note(f"popup {key.name}", popup)
        QTest.keyClick(popup, key)

    @staticmethod
    def _leaves(popup: QWidget) -> bool:
        """Tell whether what is chosen in a menu would end the program."""
        chosen = popup.activeAction() if isinstance(popup, QMenu) else None
        return bool(chosen and chosen.text() in NEVER)

    def _type(self, where: QWidget) -> None:
        words = self.mind.choice(TYPED)
        self._note(f"type {words!r}", QApplication.focusWidget())
        press(where, words)

    def _press(self, where: QWidget) -> None:
        keys, modifier = self.mind.choices(
            (
                (PLAIN, Modifier.NoModifier),
                (WITH_CONTROL, Modifier.ControlModifier),
                (WITH_SHIFT, Modifier.ShiftModifier),
                (WITH_ALT, Modifier.AltModifier),
            ),
            (10, 4, 2, 1),
        )[0]
        key = self.mind.choice(keys)
        self._note(f"press {modifier.name} {key.name}", QApplication.focusWidget())
        press(where, key, modifier=modifier)

    def _paste(self, where: QWidget) -> None:
        data = QMimeData()
        words = self.mind.choice(PASTED)
        data.setText(words)
        if self.mind.random() < 0.3:
            data.setHtml(self.mind.choice(TABLES))
        QGuiApplication.clipboard().setMimeData(data)
        self._note(f"paste {words[:20]!r} {data.hasHtml()}", QApplication.focusWidget())
        press(where, Key.Key_V, modifier=Modifier.ControlModifier)

    def _spot(self, where: QWidget) -> tuple[QWidget, QPoint]:
        place = QPoint(
            self.mind.randrange(max(where.width(), 1)), self.mind.randrange(max(where.height(), 1))
        )
        target = where.childAt(place) or where
        return target, target.mapFrom(where, place)

    def _click(self, where: QWidget) -> None:
        target, place = self._spot(where)
        kind = QTest.mouseDClick if self.mind.random() < 0.3 else QTest.mouseClick
        modifier = self.mind.choices(
            (Modifier.NoModifier, Modifier.ShiftModifier, Modifier.ControlModifier), (8, 1, 1)
        )[0]
        self._note(f"{kind.__name__} {modifier.name} {place.toTuple()}", target)
        kind(target, Qt.MouseButton.LeftButton, modifier, place)

    def _drag(self, where: QWidget) -> None:
        target, start = self._spot(where)
        by = QPoint(self.mind.randint(-200, 200), self.mind.randint(-200, 200))
        self._note(f"drag {start.toTuple()} by {by.toTuple()}", target)
        drag(target, start, by)

    def _wheel(self, where: QWidget) -> None:
        target, place = self._spot(where)
        down = QPoint(0, self.mind.choice((-360, -120, 120, 360)))
        with_control = self.mind.random() < 0.2
        self._note(f"wheel {down.y()} {with_control}", target)
        event = QWheelEvent(
            QPointF(place),
            QPointF(target.mapToGlobal(place)),
            QPoint(),
            down,
            Qt.MouseButton.NoButton,
            Modifier.ControlModifier if with_control else Modifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(target, event)

    def _button(self, where: QWidget) -> None:
        """Press a button or open a list that can be seen; a click at random seldom meets one."""
        kinds = (QAbstractButton, QComboBox)
        seen = [
            one
            for kind in kinds
            for one in children(where, kind)
            if one.isVisible() and one.isEnabled() and not one.visibleRegion().isEmpty()
        ]
        if not seen:
            return
        target = self.mind.choice(seen)
        self._note("button", target)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)

    def _menu(self, _where: QWidget) -> None:
        """Choose any line of any menu of the window that can be chosen."""
        action = self.mind.choice(list(_lines(self._window.menuBar().actions())))
        self._note(f"menu {action.text()}")
        action.trigger()

    def _context(self, where: QWidget) -> None:
        target, place = self._spot(where)
        self._note("context", target)
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, place, target.mapToGlobal(place), Modifier.NoModifier
        )
        QApplication.sendEvent(target, event)

    def _go(self, _where: QWidget) -> None:
        step = self.mind.choice(self._window.rail.steps).id
        self._note(f"go {step}")
        self._window.rail.open(step)

    def _resize(self, _where: QWidget) -> None:
        size = self.mind.choice(((1366, 728), (910, 485), (1920, 1040), (700, 420)))
        self._note(f"resize {size}")
        self._window.resize(*size)

    def _note(self, deed: str, at: QWidget | None = None) -> None:
        name = f" @ {type(at).__name__} {at.accessibleName() or at.objectName()}" if at else ""
        self.deeds.append(deed + name)


def _lines(actions: list[QAction]) -> Iterator[QAction]:
    for one in actions:
        menu = one.menu()
        if isinstance(menu, QMenu):
            yield from _lines(menu.actions())
        elif one.isEnabled() and not one.isSeparator() and one.text() not in NEVER:
            yield one


class World:
    """What lies about the window: drafts good and bad, and folders; the monkey chooses."""

    def __init__(self, monkey: Monkey, folder: Path) -> None:
        self._monkey = monkey
        self._folder = folder
        self._garbage = folder / "坏的.json"
        self._garbage.write_bytes(b"\xff\x00{]")

    def to_open(self, *_: object) -> tuple[str, str]:
        """A draft, no draft, no file, or nothing."""
        others = ["", str(self._garbage), str(self._folder / "没有.json")]
        return self._monkey.mind.choice([*others, *self._drafts()[:12]]), ""

    def to_save(self, *_: object) -> tuple[str, str]:
        """A new name, an old one, or nothing."""
        others = ["", str(self._folder / "没有的" / "a.json"), str(self._folder / "另存")]
        return self._monkey.mind.choice([*others, *self._drafts()[:5]]), ""

    def folder(self, *_: object) -> str:
        """A folder to export to, or none."""
        return self._monkey.mind.choice(["", str(self._folder / "导出")])

    def _drafts(self) -> list[str]:
        return sorted(map(str, self._folder.rglob("*.json")))
