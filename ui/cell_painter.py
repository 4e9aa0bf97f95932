"""How a cell of a table looks, painted straight: a key repaints every cell that can be seen."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from app.level import Level
from ui.theme import SIGNS, colours

SIGN_SHARE = 0.7
"""Of a figure's size."""
ORIGIN = 8
"""Pixels of the legs of the triangle in the corner of a figure that was carried in."""
SIDES = 8
"""Pixels of a cell's width that its figure cannot use."""
STEPS = 6
"""How often a font is made smaller for a figure at most."""
SHORT = 3
"""Characters that fit every cell, so that nobody need measure them."""
CENTRED = Qt.AlignmentFlag.AlignCenter.value
AT_THE_CORNER = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignTop.value


class Look(NamedTuple):
    """What a cell shows."""

    text: str
    ink: QColor
    ground: QColor | None = None
    """None for the ground of the table itself."""
    level: Level | None = None
    """How bad it is, where this is the cell to change."""
    partner: bool = False
    """It is lit up as a partner of the one to change."""
    carried: bool = False
    """It was carried in from last year's report."""
    figure: bool = True
    """Never cut, however long; words that stand where a figure belongs may be."""


def paint_cell(painter: QPainter, rect: QRect, look: Look, *, focused: bool) -> None:
    """Draw ground and text, then the frames that say what is wrong and where the focus is."""
    if look.ground:
        painter.fillRect(rect, look.ground)
    _write(painter, rect, look)
    if look.level:
        _outline(painter, rect, colours().of(look.level), Qt.PenStyle.SolidLine, 2)
        _sign(painter, rect, look.level)
    elif look.partner:
        _outline(painter, rect, colours().query, Qt.PenStyle.DashLine, 2)
    if look.carried:
        paint_origin(painter, rect)
    if focused:
        _outline(painter, rect, colours().accent, Qt.PenStyle.SolidLine, 0)


def paint_origin(painter: QPainter, box: QRect) -> None:
    """Mark a figure that was carried in by a triangle in its corner, as a spreadsheet would."""
    left, top = box.left() + 1, box.top() + 1
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours().accent)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawPolygon([QPoint(left, top), QPoint(left + ORIGIN, top), QPoint(left, top + ORIGIN)])
    painter.restore()


def font_for(look: Look, font: QFont, width: int) -> QFont:
    """The font of a cell this wide: bold where it is wrong, smaller where its figure is long."""
    fitted = QFont(font)
    fitted.setBold(look.level is not None)
    if look.figure:
        _shrink(fitted, look.text, max(width - SIDES, 1))
    return fitted


def _shrink(font: QFont, text: str, room: int) -> None:
    """Make a font smaller until a text fits; its letters need not begin at whole pixels then."""
    for _ in range(STEPS):
        wide = QFontMetrics(font).horizontalAdvance(text)
        if wide <= room:
            return
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setPointSizeF(font.pointSizeF() * room / wide)


def _write(painter: QPainter, rect: QRect, look: Look) -> None:
    painter.setPen(look.ink)
    if len(look.text) <= SHORT and look.level is None:
        painter.drawText(rect, CENTRED, look.text)
        return
    painter.save()
    painter.setFont(font_for(look, painter.font(), rect.width()))
    text, room = look.text, rect.width() - SIDES
    if not look.figure:  # words end before the sign in the corner
        corner = rect.width() // 4 if look.level else 0
        rect, room = rect.adjusted(0, 0, -corner, 0), room - corner
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(rect, CENTRED, text)
    painter.restore()


def _outline(
    painter: QPainter, rect: QRect, colour: QColor, style: Qt.PenStyle, inset: int
) -> None:
    painter.setPen(QPen(colour, 2, style))
    painter.drawRect(rect.adjusted(1 + inset, 1 + inset, -1 - inset, -1 - inset))


def _sign(painter: QPainter, rect: QRect, level: Level) -> None:
    """A sign beside the colour: state is never told by colour alone."""
    painter.save()
    painter.setPen(colours().of(level))
    font = painter.font()
    font.setPointSizeF(font.pointSizeF() * SIGN_SHARE)
    painter.setFont(font)
    painter.drawText(rect.adjusted(0, 3, -5, 0), AT_THE_CORNER, SIGNS[level])
    painter.restore()
