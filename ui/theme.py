"""Fonts and colours of the window; the style sheet itself is `resources/style/gongkai.qss`.

Both may change while the program runs, with the system or by the clerk's choice. `dress` puts them
on again, and every widget that keeps a measure or a colour hears of it by its `changeEvent`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.level import Level
from app.paths import resources
from app.preferences import preference, set_preference
from ui.by_name import set_by_name

CHINESE_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
SIZES = {"small": 9.0, "medium": 10.5, "large": 12.0, "largest": 14.0}
"""Points, by the name of the choice."""
SCHEMES = {
    "system": "Unknown",
    "light": "Light",
    "dark": "Dark",
    "contrast": "Dark",
}
"""As the system has it, or as the clerk wants it: not every desktop tells its programs.

Each with Qt's name of the scheme that the frame of the window is asked to have, where the system
draws it.
"""
SIZE, SCHEME = "font-size", "colours"
"""What the choices are remembered by."""
SIGNS = {Level.ERROR: "✖", Level.BLANK: "○", Level.QUERY: "!", Level.HINT: "·"}
"""The shape that goes with each level's word and colour."""
RESTYLED = (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
"""What a widget hears when its font or its colours have changed."""
Role, Group = QPalette.ColorRole, QPalette.ColorGroup


class Colours(NamedTuple):
    """All colours of a window; each text is legible on each ground."""

    window: QColor
    base: QColor
    text: QColor
    button: QColor
    disabled: QColor
    """Text of what cannot be used now."""
    edge: QColor
    """Frame of a field one can type in."""
    accent: QColor
    """Frame of what has the focus."""
    error: QColor
    query: QColor
    passed: QColor
    blank: QColor
    """Ground of a cell still to be filled."""
    derived: QColor
    """Ground of a computed total."""
    chosen: QColor
    """Ground of what is chosen, when its own colours must stay legible."""
    heading: QColor
    """Ground of headings and row labels."""
    line: QColor
    """Grid lines."""
    faint: QColor
    """Text of lesser weight."""
    copied: QColor
    """Ground of words that stood in last year's report."""
    live: QColor
    """Ground of a figure in a text that follows its table."""
    live_frame: QColor
    """The frame round it."""
    selection: QColor
    """Ground of a selection, and of the one button a page is for."""
    selected: QColor
    """Text on it."""
    pointed: QColor
    """Ground of that button below the mouse."""

    def of(self, level: Level) -> QColor:
        """The colour of a finding's level."""
        return {Level.ERROR: self.error, Level.QUERY: self.query}.get(level, self.faint)


LIGHT = Colours(
    window=QColor("#efefef"),
    base=QColor("#ffffff"),
    text=QColor("#000000"),
    button=QColor("#f5f5f5"),
    disabled=QColor("#8c8c8c"),
    edge=QColor("#828b96"),
    accent=QColor("#1f5fa8"),
    error=QColor("#c0261c"),
    query=QColor("#8c5200"),
    passed=QColor("#196e38"),
    blank=QColor("#fff8e1"),
    derived=QColor("#eceff3"),
    chosen=QColor("#dbe8f8"),
    heading=QColor("#f4f6f9"),
    line=QColor("#c3cad3"),
    faint=QColor("#566070"),
    copied=QColor("#e6edf5"),
    live=QColor("#e3f3e8"),
    live_frame=QColor("#4b8f66"),
    selection=QColor("#1f5fa8"),
    selected=QColor("#ffffff"),
    pointed=QColor("#2a6fbd"),
)
DARK = Colours(
    window=QColor("#272c33"),
    base=QColor("#1e2227"),
    text=QColor("#e8eaed"),
    button=QColor("#333a43"),
    disabled=QColor("#7f8894"),
    edge=QColor("#7d8692"),
    accent=QColor("#84b6ee"),
    error=QColor("#ff8f83"),
    query=QColor("#f0b35a"),
    passed=QColor("#6fcf8e"),
    blank=QColor("#3a3524"),
    derived=QColor("#30353d"),
    chosen=QColor("#23405f"),
    heading=QColor("#2a2f36"),
    line=QColor("#4a525d"),
    faint=QColor("#a9b2bf"),
    copied=QColor("#2b3a4b"),
    live=QColor("#21402c"),
    live_frame=QColor("#6aab86"),
    selection=QColor("#1f5fa8"),
    selected=QColor("#ffffff"),
    pointed=QColor("#2a6fbd"),
)
CONTRAST = Colours(
    window=QColor("#000000"),
    base=QColor("#000000"),
    text=QColor("#ffffff"),
    button=QColor("#ffffff"),
    disabled=QColor("#a8a8a8"),
    edge=QColor("#ffffff"),
    accent=QColor("#ffff00"),
    error=QColor("#ffa49c"),
    query=QColor("#ffc872"),
    passed=QColor("#8cf0ac"),
    blank=QColor("#2e2800"),
    derived=QColor("#222222"),
    chosen=QColor("#002f52"),
    heading=QColor("#121212"),
    line=QColor("#9a9a9a"),
    faint=QColor("#d8d8d8"),
    copied=QColor("#10263a"),
    live=QColor("#00301a"),
    live_frame=QColor("#8cf0ac"),
    selection=QColor("#ffff00"),
    selected=QColor("#000000"),
    pointed=QColor("#ffffff"),
)
"""For those who see little: black and white, and what is pressed in white or yellow."""
TINTS = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
PRESSED = ("QComboBox", "QCheckBox", "QScrollBar")
"""What the style draws from its palette, and can hardly be seen in black on black."""
LETTERED = ("QMenuBar", "QAbstractItemView")
"""What Windows has letters of its own for, of the system's size and not the chosen one."""


def colours() -> Colours:
    """The colours that fit the window's ground as it is now."""
    ground = QGuiApplication.palette().color(Role.Base)
    if ground == CONTRAST.base:
        return CONTRAST
    return DARK if ground.lightness() < 128 else LIGHT


def dress(application: QApplication) -> None:
    """Give the program its style, a font that has Chinese characters, and its colours."""
    tint(application)
    keep_sheet(application)


def tint(application: QApplication) -> None:
    """Give it font and colours only.

    At the start the sheet follows when the window is made: with one, each widget would be dressed
    anew at every parent it gets, which takes longer than all the rest of its making.
    """
    application.setFont(_font(SIZES[chosen(SIZE)]))
    set_by_name(application.styleHints(), colorScheme=SCHEMES[chosen(SCHEME)])
    application.setPalette(QPalette())  # the system's own again, whatever was chosen before
    application.setPalette(_palette(application))
    pressed = _to_press() if colours() is CONTRAST else QPalette()
    untyped: Any = application  # the stubs want bytes here, which it does not take
    for kind in PRESSED:
        untyped.setPalette(pressed, kind)
    if colours() is not CONTRAST:
        untyped.setPalette(_to_tick(), "QCheckBox")


def keep_sheet(application: QApplication) -> None:
    """Have the style sheet fit font and ground as they are now; does nothing where it does."""
    filled = sheet("gongkai") + (sheet("contrast") if colours() is CONTRAST else "")
    if application.styleSheet() != filled:
        application.setStyleSheet(filled)
        _keep_letters(application)


def _keep_letters(application: QApplication) -> None:
    """Have menus, lists and messages written as all else: a new sheet undoes that on Windows."""
    untyped: Any = application  # the stubs want bytes for a kind
    if any(untyped.font(kind) != application.font() for kind in LETTERED):
        application.setFont(application.font())


def sheet(name: str) -> str:
    """A style sheet of ours, with the colours and the letters of the moment filled in."""
    text = (resources() / "style" / f"{name}.qss").read_text(encoding="utf-8")
    tints, size = colours(), QGuiApplication.font().pointSizeF()
    values = {
        "@error": tints.error.name(),
        "@query": tints.query.name(),
        "@faint": tints.faint.name(),
        "@chosen": tints.chosen.name(),
        "@edge": tints.edge.name(),
        "@accent": tints.accent.name(),
        "@selection": tints.selection.name(),
        "@selected": tints.selected.name(),
        "@pointed": tints.pointed.name(),
        "@button": tints.button.name(),
        "@pressed": tints.base.name(),
        "@disabled": tints.disabled.name(),
        "@heading": f"{size * 1.4:.1f}pt",
        "@title": f"{size * 1.15:.1f}pt",
        "@writing": f"{size * 1.15:.1f}pt",
        "@letters": f"{size:.1f}pt",
    }
    for key, value in values.items():
        text = text.replace(key, value)
    return text


def chosen(name: str) -> str:
    """What the clerk has chosen of `SIZE` or `SCHEME`, by the name of the choice."""
    choices, default = (SIZES, "medium") if name == SIZE else (SCHEMES, "system")
    value = preference(name, default)
    return value if value in choices else default


def choose(application: QApplication, name: str, choice: str) -> None:
    """Remember a choice of `SIZE` or `SCHEME`, and show it at once."""
    set_preference(name, choice)
    dress(application)


def _palette(application: QApplication) -> QPalette:
    """All colours of a scheme that is chosen or told; else the system's, with a few of ours."""
    tints = TINTS.get(chosen(SCHEME)) or _told(application)
    if tints is None:
        palette = QPalette()
        _finish(palette, colours())
        return palette
    palette = QPalette(tints.window if tints is CONTRAST else tints.button, tints.window)
    for role in (Role.WindowText, Role.Text, Role.ButtonText, Role.ToolTipText):
        palette.setColor(role, tints.text)
        palette.setColor(Group.Disabled, role, tints.disabled)
    for role in (Role.Base, Role.ToolTipBase):
        palette.setColor(role, tints.base)
    palette.setColor(Role.AlternateBase, tints.heading)
    palette.setColor(Role.Midlight, tints.line)
    palette.setColor(Role.Mid, tints.line)
    _finish(palette, tints)
    return palette


def _told(application: QApplication) -> Colours | None:
    """The colours of the scheme the system tells, if it tells one or has these colours anyway."""
    palette = application.palette()
    for tints in (LIGHT, DARK):
        if _alike(palette, tints):
            return tints  # found without a name of Qt's namespace: see `ui.by_name`
    told = {QtCore.Qt.ColorScheme.Light: LIGHT, QtCore.Qt.ColorScheme.Dark: DARK}
    return told.get(application.styleHints().colorScheme())


def _alike(palette: QPalette, tints: Colours) -> bool:
    """Tell whether grounds and letters are the same; the grey of a window is not so to a shade."""
    shades = palette.color(Role.Window).lightness() - tints.window.lightness()
    paper = palette.color(Role.Base), palette.color(Role.Text)
    return abs(shades) <= 1 and paper == (tints.base, tints.text)


def _to_press() -> QPalette:
    """The colours of boxes and bars where all else is black."""
    pressed = QGuiApplication.palette()
    pressed.setColor(Role.Button, CONTRAST.button)
    for role, colour in ((Role.Base, CONTRAST.button), (Role.Window, CONTRAST.line)):
        pressed.setColor(role, colour)
    for role in (Role.ButtonText, Role.Text):
        pressed.setColor(role, CONTRAST.base)
        pressed.setColor(Group.Disabled, role, CONTRAST.line)
    return pressed


def _to_tick() -> QPalette:
    """The colours of boxes to tick, whose frame Fusion draws in a darker shade of the window."""
    ticked = QGuiApplication.palette()
    ticked.setColor(Role.Window, colours().edge.lighter(122))
    return ticked


def _finish(palette: QPalette, tints: Colours) -> None:
    palette.setColor(Role.Highlight, tints.selection)
    palette.setColor(Role.HighlightedText, tints.selected)
    palette.setColor(Role.PlaceholderText, tints.faint)
    palette.setColor(Role.Link, tints.accent)


def _font(size: float) -> QFont:
    wanted = QFont()
    wanted.setFamilies(CHINESE_FAMILIES)
    found = QFontInfo(wanted).family()
    font = QFont(found if found in CHINESE_FAMILIES else _any_chinese_family())
    font.setPointSizeF(size)
    return font


def _any_chinese_family() -> str:
    """A font of the system that has Chinese, or else the one we bring along."""
    # Imported here: it is slow to load, and no office computer is without a Chinese font.
    from PySide6.QtGui import QFontDatabase  # noqa: PLC0415

    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if families:
        return families[0]
    number = QFontDatabase.addApplicationFont(str(resources() / "fonts" / "heiti.ttf"))
    return QFontDatabase.applicationFontFamilies(number)[0]
