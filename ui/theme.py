"""Fonts and colours of the window; the style sheet itself is `resources/style/gongkai.qss`."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.checks import Level
from app.paths import resources

CHINESE_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
POINT_SIZE = 10.5
ACCENT = QColor("#1f5fa8")
SIGNS = {Level.ERROR: "✖", Level.BLANK: "○", Level.QUERY: "!", Level.HINT: "·"}
"""The shape that goes with each level's word and colour."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours that carry a meaning, for a light or a dark window."""

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

    def of(self, level: Level) -> QColor:
        """The colour of a finding's level."""
        return {Level.ERROR: self.error, Level.QUERY: self.query}.get(level, self.faint)


LIGHT = Colours(
    error=QColor("#c0261c"),
    query=QColor("#9a5b00"),
    passed=QColor("#1d7a3c"),
    blank=QColor("#fff8e1"),
    derived=QColor("#eceff3"),
    chosen=QColor("#dbe8f8"),
    heading=QColor("#f4f6f9"),
    line=QColor("#c3cad3"),
    faint=QColor("#667080"),
    copied=QColor("#e6edf5"),
    live=QColor("#e3f3e8"),
    live_frame=QColor("#8cc4a0"),
)
DARK = Colours(
    error=QColor("#ff7b6e"),
    query=QColor("#f0b35a"),
    passed=QColor("#6fcf8e"),
    blank=QColor("#3a3524"),
    derived=QColor("#30353d"),
    chosen=QColor("#23405f"),
    heading=QColor("#2a2f36"),
    line=QColor("#4a525d"),
    faint=QColor("#a2abb8"),
    copied=QColor("#2b3a4b"),
    live=QColor("#21402c"),
    live_frame=QColor("#4f8a66"),
)


def colours() -> Colours:
    """The colours that fit the window's ground as it is now."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Base)
    return DARK if ground.lightness() < 128 else LIGHT


def dress(application: QApplication) -> None:
    """Give the program its style, a font that has Chinese characters, and its accent."""
    application.setFont(_font())
    palette = application.palette()
    palette.setColor(QPalette.ColorRole.Highlight, ACCENT)
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#ffffff"))
    application.setPalette(palette)
    sheet = (resources() / "style" / "gongkai.qss").read_text(encoding="utf-8")
    now = colours()
    tints = {
        "@faint": now.faint,
        "@chosen": now.chosen,
        "@error": now.error,
        "@query": now.query,
    }
    for name, tint in tints.items():
        sheet = sheet.replace(name, tint.name())
    application.setStyleSheet(sheet)


def _font() -> QFont:
    family = next((name for name in CHINESE_FAMILIES if _installed(name)), None)
    font = QFont(family or _any_chinese_family())
    font.setPointSizeF(POINT_SIZE)
    return font


def _installed(family: str) -> bool:
    return QFontInfo(QFont(family)).family() == family


def _any_chinese_family() -> str:
    """A font of the system that has Chinese, or else the one we bring along."""
    # Imported here: it is slow to load, and no office computer is without a Chinese font.
    from PySide6.QtGui import QFontDatabase  # noqa: PLC0415

    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if families:
        return families[0]
    number = QFontDatabase.addApplicationFont(str(resources() / "fonts" / "heiti.ttf"))
    return QFontDatabase.applicationFontFamilies(number)[0]
