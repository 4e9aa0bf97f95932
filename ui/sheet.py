"""One page of paper on the screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import colours


class Sheet(QWidget):
    """One page: the picture of it once there is one, white paper until then."""

    def __init__(self, number: int, of: int, width: float, height: float) -> None:
        super().__init__()
        self.number = number
        self._paper = width, height
        self._picture: QImage | None = None
        self.setAccessibleName(f"第 {number + 1} 页，共 {of} 页")

    @property
    def drawn_width(self) -> int:
        """The width in dots of the picture there is; 0 for none."""
        return self._picture.width() if self._picture else 0

    def resize_to(self, scale: float) -> None:
        """Take so many pixels for a point of the paper."""
        width, height = self._paper
        self.setFixedSize(round(width * scale), round(height * scale))

    def show_picture(self, picture: QImage | None) -> None:
        """Show a picture of the page; None gives back the memory of it."""
        self._picture = picture
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, fitted to the paper."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, Qt.GlobalColor.white)
        if self._picture:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._picture)
        painter.setPen(QPen(colours().line))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
