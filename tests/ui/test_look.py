"""Font size, light and dark: chosen or told by the system, followed at once, remembered."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.paths import resources
from app.preferences import preference, set_preference
from app.settings import Settings
from tests.ui.conftest import Key, Modifier, children, press, review, table, text
from ui import main, theme
from ui.balance_strip import BalanceStrip
from ui.help_panel import PAUSE_MS
from ui.rules_dialog import RulesDialog
from ui.theme import CONTRAST, DARK, LIGHT, SCHEME, SIZE, Colours, choose, chosen, dress
from ui.window import MainWindow

LEGIBLE, VISIBLE, CLEAR = 4.5, 3.0, 7.0
"""What WCAG 2 asks of text, of frames and signs, and of text for those who see little."""
TEXTS = ("text", "error", "query", "passed", "faint")
GROUNDS = ("window", "base", "heading", "derived", "blank", "chosen", "copied", "live")
Group, Role = QPalette.ColorGroup, QPalette.ColorRole


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours as WCAG 2 reckons it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def actions(window: MainWindow) -> list[QAction]:
    """Everything that stands in a menu."""
    untyped: Any = window
    return list(untyped.findChildren(QAction))


def choose_in_menu(window: MainWindow, words: str) -> None:
    """Take a choice of the menus as a click does."""
    next(one for one in actions(window) if one.text() == words).trigger()


@pytest.mark.parametrize(
    ("tints", "least"),
    [(LIGHT, LEGIBLE), (DARK, LEGIBLE), (CONTRAST, CLEAR)],
    ids=["light", "dark", "contrast"],
)
def test_that_every_text_is_legible_on_every_ground(tints: Colours, least: float) -> None:
    ratios = {
        pair: contrast(getattr(tints, pair[0]), getattr(tints, pair[1]))
        for pair in product(TEXTS, GROUNDS)
    }
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < least} == {}
    on_button = tints.base if tints is CONTRAST else tints.text
    assert contrast(on_button, tints.button) >= least
    assert contrast(tints.selected, tints.selection) >= min(least, LEGIBLE)
    assert contrast(tints.selected, tints.pointed) >= LEGIBLE


@pytest.mark.parametrize("tints", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
def test_that_every_frame_and_sign_is_visible_on_its_ground(tints: Colours) -> None:
    pairs = [
        *product(("accent", "error", "query"), GROUNDS),
        *product(("edge",), ("window", "base")),
        *product(("live_frame",), ("base", "live")),
    ]
    if tints is CONTRAST:
        pairs += [*product(("line", "edge", "selection", "button"), ("window", "base"))]
    ratios = {pair: contrast(getattr(tints, pair[0]), getattr(tints, pair[1])) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < VISIBLE} == {}


def test_that_no_colour_is_left_out_of_the_check() -> None:
    others = {"accent", "edge", "button", "disabled", "line", "live_frame"}
    others |= {"selection", "selected", "pointed"}
    assert set(Colours._fields) == {*TEXTS, *GROUNDS, *others}


@pytest.mark.parametrize("scheme", ["system", "light", "dark", "contrast"])
def test_that_the_palette_is_legible(undressed: QApplication, scheme: str) -> None:
    choose(undressed, SCHEME, scheme)
    pairs = [
        (Role.Text, Role.Base),
        (Role.WindowText, Role.Window),
        (Role.ButtonText, Role.Button),
        (Role.HighlightedText, Role.Highlight),
        (Role.PlaceholderText, Role.Base),
        (Role.ToolTipText, Role.ToolTipBase),
        (Role.Link, Role.Base),
    ]
    for group, (one, other) in product((Group.Active, Group.Inactive), pairs):
        palette = undressed.palette()
        assert contrast(palette.color(group, one), palette.color(group, other)) >= LEGIBLE, one


@pytest.mark.parametrize("name", ["gongkai", "low", "contrast"])
def test_that_a_style_sheet_brings_no_colour_of_its_own(name: str) -> None:
    text = (resources() / "style" / f"{name}.qss").read_text("utf-8")
    rules = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    values = re.findall(r"(?:color|background|border[\w-]*): ([^;]+);", rules)
    known = r"@\w+|palette\(\w+\)|none|transparent|solid|\d+px"
    assert {one for one in values if re.sub(known, "", one).strip()} == set()
    assert not re.search(r"@\w", theme.sheet(name)), "every name is filled in"


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
def test_that_the_font_size_is_chosen_by_keys_and_remembered(
    zeros: MainWindow, undressed: QApplication
) -> None:
    def open_below(menu: QWidget, key: Key) -> QMenu:
        QTest.keyClick(menu, key)
        opened = QApplication.activePopupWidget()
        assert isinstance(opened, QMenu)
        return opened

    QTest.keyClick(zeros, Key.Key_V, Modifier.AltModifier)
    view = QApplication.activePopupWidget()
    assert isinstance(view, QMenu)
    sizes = open_below(view, Key.Key_Z)
    assert [one.text() for one in sizes.actions()] == ["小", "中", "大", "特大"]
    assert [one.text() for one in sizes.actions() if one.isChecked()] == ["中"]
    for key in (Key.Key_Up, Key.Key_Return):
        QTest.keyClick(sizes, key)

    assert chosen(SIZE) == "largest"
    assert undressed.font().pointSizeF() == theme.SIZES["largest"]
    assert preference(SIZE, "") == "largest"


def settle() -> None:
    """Let one layout after another take its turn."""
    for _ in range(5):
        QApplication.processEvents()


def heights(window: MainWindow) -> dict[str, int]:
    """What a larger font must make larger."""
    page = table(window, "requests")
    (strip,) = children(page, BalanceStrip)
    panel = window.work.findings.list
    return {
        "row": page.view.rowHeight(0),
        "heading": page.view.horizontalHeader().height(),
        "label": page.view.verticalHeader().width(),
        "strip": strip.height(),
        "step": window.rail.sizeHintForRow(0),
        "rail": window.rail.width(),
        "message": panel.visualItemRect(panel.item(1)).height(),
        "button": window.next.height(),
        "title": next(one for one in children(page, QLabel) if one.objectName()).height(),
        "note": window.work.help.note.maximumHeight(),
        "status": window.status.height(),
    }


def test_that_everything_follows_another_size_at_once(
    practice: MainWindow, undressed: QApplication
) -> None:
    practice.resize(1900, 1000)
    table(practice, "requests")
    choose(undressed, SIZE, "small")
    settle()
    small = heights(practice)

    choose_in_menu(practice, "特大")
    settle()
    large = heights(practice)

    assert {name for name in small if large[name] <= small[name]} == set()
    editor = text(practice, "overview").editors["overview"]
    assert editor.font().pointSizeF() == pytest.approx(theme.SIZES["largest"] * 1.15, abs=0.1)
    shown = [one for one in children(practice, QWidget) if one.isVisible()]
    assert {one for one in shown if one.font().pointSizeF() < theme.SIZES["largest"]} == set()

    choose_in_menu(practice, "小")
    settle()
    assert heights(practice) == small


def test_that_a_new_window_has_the_size_and_the_colours_chosen_before(
    undressed: QApplication, open_window: Callable[[], MainWindow]
) -> None:
    set_preference(SIZE, "large")
    set_preference(SCHEME, "dark")
    dress(undressed)
    window = open_window()
    assert window.font().pointSizeF() == theme.SIZES["large"]
    assert window.palette().color(Role.Base) == DARK.base
    assert {"大", "深色"} <= {one.text() for one in actions(window) if one.isChecked()}


class OnWindows:
    """An application to which each new style sheet brings back the system's letters."""

    def __init__(self) -> None:
        self.sheet = ""
        self.all, self.menus = QFont("Sans", 10), QFont("Sans", 10)

    def font(self, kind: str = "") -> QFont:
        return self.menus if kind == "QMenuBar" else self.all

    def setFont(self, font: QFont) -> None:
        self.all = self.menus = font

    def styleSheet(self) -> str:
        return self.sheet

    def setStyleSheet(self, sheet: str) -> None:
        self.sheet = sheet
        self.menus = QFont("Serif", 5)


def test_that_menus_have_the_programs_letters_whatever_the_system_has_for_them(
    undressed: QApplication,
) -> None:
    application: Any = OnWindows()
    theme.keep_sheet(application)
    assert application.sheet
    assert application.menus == application.all == QFont("Sans", 10)


@pytest.mark.parametrize("value", ["huge", "", "大"])
def test_that_a_size_that_is_none_is_the_default(undressed: QApplication, value: str) -> None:
    set_preference(SIZE, value)
    dress(undressed)
    assert undressed.font().pointSizeF() == theme.SIZES["medium"]


def painted(window: MainWindow) -> list[str]:
    """The colours that are kept anywhere in the window rather than asked for at each painting."""
    panel = window.work.findings.list
    rail = [window.rail.item(row) for row in range(window.rail.count())]
    editor = text(window, "overview").editors["overview"]
    selections: Any = editor.extraSelections()
    states = [one.styleSheet() for one in children(review(window), QLabel) if one.styleSheet()]
    QTest.qWait(2 * PAUSE_MS)
    return [
        panel.item(1).foreground().color().name(),
        *(one.foreground().color().name() for one in rail),
        *(one.format.underlineColor().name() for one in selections),
        *states,
        window.status.saved.styleSheet(),
        window.work.help.text.toHtml(),
    ]


def test_that_no_colour_of_the_light_window_is_left_in_the_dark_one(
    practice: MainWindow, undressed: QApplication
) -> None:
    choose(undressed, SCHEME, "light")
    practice.status.say_failed("磁盘已满。")
    table(practice, "requests")
    press(practice, Key.Key_F1, Key.Key_Escape)
    before = "\n".join(painted(practice))
    assert LIGHT.error.name() in before
    assert LIGHT.query.name() in before

    choose_in_menu(practice, "深色")
    QApplication.processEvents()
    after = "\n".join(painted(practice))
    for name in TEXTS[1:]:
        assert getattr(LIGHT, name).name() not in after, name
    assert DARK.error.name() in after
    assert undressed.palette().color(Role.Base) == DARK.base
    grabbed = practice.grab().toImage()
    assert grabbed.pixelColor(5, grabbed.height() - 5).lightness() < 80

    choose_in_menu(practice, "浅色")
    QApplication.processEvents()
    assert set("\n".join(painted(practice)).splitlines()) == set(before.splitlines())


def test_that_a_system_that_turns_dark_is_followed(
    practice: MainWindow, undressed: QApplication
) -> None:
    """As desktops do that change the colours without saying that it is a scheme."""
    assert f"color: {LIGHT.faint.name()}" in undressed.styleSheet()
    dark = QPalette(DARK.button, DARK.window)
    dark.setColor(Role.Base, DARK.base)
    dark.setColor(Role.Text, DARK.text)
    undressed.setPalette(dark)
    QApplication.processEvents()

    assert f"color: {DARK.faint.name()}" in undressed.styleSheet()
    assert theme.colours() is DARK
    rail = practice.rail.item(3).foreground().color()
    assert rail == DARK.error


def shades(window: MainWindow, row: int) -> list[int]:
    """How light the points of a step are as it is painted, from black (0) to white (255)."""
    rail = window.rail
    drawn = rail.viewport().grab(rail.visualRect(rail.item(row).index())).toImage()
    points = product(range(drawn.width()), range(drawn.height()))
    return [drawn.pixelColor(x, y).lightness() for x, y in points]


def test_that_a_step_of_no_colour_of_its_own_is_legible_in_the_dark(
    practice: MainWindow, undressed: QApplication
) -> None:
    blanks = next(at for at, one in enumerate(practice.rail.steps) if one.id == "disputes")
    assert "待填" in practice.rail.item(blanks).text()
    choose(undressed, SCHEME, "light")
    QApplication.processEvents()
    assert min(shades(practice, blanks)) < 80
    choose(undressed, SCHEME, "dark")
    QApplication.processEvents()
    assert max(shades(practice, blanks)) > 180


@pytest.mark.parametrize("scheme", ["system", "light"])
def test_that_steps_that_cannot_be_opened_yet_are_pale(
    window: MainWindow, undressed: QApplication, scheme: str
) -> None:
    choose(undressed, SCHEME, scheme)
    QApplication.processEvents()
    first, *others = (min(shades(window, row)) for row in range(window.rail.count()))
    assert first < 80
    assert min(others) > 110


class Hints(QObject):
    """Stands for a system that tells its scheme."""

    colorSchemeChanged = Signal(Qt.ColorScheme)  # noqa: N815
    scheme = Qt.ColorScheme.Light
    wanted = Qt.ColorScheme.Unknown
    """What the program has asked of the system, for the frame of its windows."""

    def setProperty(self, name: str, value: object) -> bool:
        assert name == "colorScheme"
        self.wanted = Qt.ColorScheme[str(value)]
        return True

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme


def test_that_a_system_that_tells_its_scheme_is_followed_while_running(
    undressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = Hints()
    monkeypatch.setattr(type(undressed), "styleHints", lambda _: hints)
    # Such a system's own palette changes along; that of the screen in memory is always light.
    monkeypatch.setattr(theme, "_alike", lambda *_: False)
    main.follow_system(undressed)
    hints.scheme = Qt.ColorScheme.Dark
    hints.colorSchemeChanged.emit(hints.scheme)
    assert undressed.palette().color(Role.Base) == DARK.base
    hints.scheme = Qt.ColorScheme.Light
    hints.colorSchemeChanged.emit(hints.scheme)
    assert undressed.palette().color(Role.Base) == LIGHT.base

    choose(undressed, SCHEME, "dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert undressed.palette().color(Role.Base) == DARK.base, "what is chosen stays"


class System:
    """Stands for an application on a system with a palette and a scheme of its own."""

    def __init__(self, window: str, base: str, text: str, scheme: Qt.ColorScheme) -> None:
        self._palette = QPalette(QColor(window), QColor(window))
        self._palette.setColor(Role.Base, QColor(base))
        self._palette.setColor(Role.Text, QColor(text))
        self._hints = Hints()
        self._hints.scheme = scheme

    def palette(self) -> QPalette:
        return self._palette

    def styleHints(self) -> Hints:
        return self._hints


@pytest.mark.parametrize(
    ("window", "base", "text", "scheme", "tints"),
    [
        ("#efefef", "#ffffff", "#000000", Qt.ColorScheme.Unknown, LIGHT),
        ("#f0f0f0", "#ffffff", "#000000", Qt.ColorScheme.Light, LIGHT),
        ("#d8c8a8", "#fff8e8", "#201000", Qt.ColorScheme.Unknown, None),
        ("#d8c8a8", "#fff8e8", "#201000", Qt.ColorScheme.Light, LIGHT),
        ("#ffffff", "#ffffff", "#000000", Qt.ColorScheme.Unknown, None),
        ("#000000", "#000000", "#ffff00", Qt.ColorScheme.Unknown, None),
        ("#1e1e1e", "#2d2d2d", "#ffffff", Qt.ColorScheme.Dark, DARK),
    ],
)
def test_that_a_system_keeps_colours_of_its_own_where_it_tells_no_scheme(
    window: str, base: str, text: str, scheme: Qt.ColorScheme, tints: Colours | None
) -> None:
    system: Any = System(window, base, text, scheme)
    assert theme._told(system) is tints


@pytest.mark.parametrize(
    ("scheme", "frame"),
    [
        ("system", Qt.ColorScheme.Unknown),
        ("light", Qt.ColorScheme.Light),
        ("dark", Qt.ColorScheme.Dark),
        ("contrast", Qt.ColorScheme.Dark),
    ],
)
def test_that_the_system_is_asked_for_a_frame_of_the_same_colours(
    undressed: QApplication, monkeypatch: pytest.MonkeyPatch, scheme: str, frame: Qt.ColorScheme
) -> None:
    hints = Hints()
    monkeypatch.setattr(type(undressed), "styleHints", lambda _: hints)
    choose(undressed, SCHEME, "dark")
    choose(undressed, SCHEME, scheme)
    assert hints.wanted == frame


def test_that_a_system_that_answers_at_once_is_not_asked_for_ever(
    undressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Qt.ColorScheme] = []

    class Prompt(Hints):
        def setProperty(self, name: str, value: object) -> bool:
            super().setProperty(name, value)
            asked.append(self.wanted)
            if self.wanted != self.scheme:
                self.scheme = self.wanted
                self.colorSchemeChanged.emit(self.wanted)
            return True

    hints = Prompt()
    monkeypatch.setattr(type(undressed), "styleHints", lambda _: hints)
    main.follow_system(undressed)
    choose(undressed, SCHEME, "dark")
    assert asked == [Qt.ColorScheme.Dark] * 2
    assert undressed.palette().color(Role.Base) == DARK.base


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_that_a_box_to_tick_is_seen_before_it_is_ticked(
    undressed: QApplication, qtbot: QtBot, scheme: str
) -> None:
    choose(undressed, SCHEME, scheme)
    window = QWidget()
    qtbot.addWidget(window)
    box = QCheckBox("另附核对单", window)
    box.resize(200, 40)
    window.show()
    seen = window.grab().toImage()
    ground = undressed.palette().color(Role.Window)
    beside = [seen.pixelColor(x, 20) for x in range(16)]
    assert max(contrast(one, ground) for one in beside) >= VISIBLE


def test_that_boxes_and_bars_are_seen_in_black_and_look_as_before_afterwards(
    undressed: QApplication,
) -> None:
    application: Any = undressed  # the stubs want bytes for the kind, which it does not take
    before = [application.palette(kind).color(Role.Base) for kind in theme.PRESSED]
    choose(undressed, SCHEME, "contrast")
    assert theme.colours() is CONTRAST
    assert undressed.palette().color(Role.Base) == CONTRAST.base
    for kind in theme.PRESSED:
        palette = application.palette(kind)
        assert contrast(palette.color(Role.Base), CONTRAST.base) >= CLEAR
        assert contrast(palette.color(Role.Text), palette.color(Role.Base)) >= CLEAR
    choose(undressed, SCHEME, "system")
    after = [application.palette(kind).color(Role.Base) for kind in theme.PRESSED]
    assert after == before
    assert theme.colours() is not CONTRAST


def test_that_open_dialogs_follow_as_well(undressed: QApplication, qtbot: QtBot) -> None:
    dialog = RulesDialog(Settings(), resources() / "none.toml")
    qtbot.addWidget(dialog)
    dialog.show()
    assert LIGHT.faint.name() in dialog.page.toHtml()
    choose(undressed, SCHEME, "dark")
    assert DARK.faint.name() in dialog.page.toHtml()
    assert LIGHT.faint.name() not in dialog.page.toHtml()


def test_that_levels_and_states_have_a_shape_and_a_word_each(practice: MainWindow) -> None:
    from ui.help_page import SIGNS as RELATIONS  # noqa: PLC0415

    assert len(set(theme.SIGNS.values())) == len(theme.SIGNS)
    assert len({(sign, state.value) for state, sign in RELATIONS.items()}) == len(RELATIONS)
    for row in range(1, practice.rail.count()):
        state = practice.rail.item(row).text().splitlines()[1]
        assert re.match(r"[✖○!✓] (强制|待填|核实|完成)", state), state
