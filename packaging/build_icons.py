#!/usr/bin/env python3
"""Make the icons that gongkai ships from the one drawing: python packaging/build_icons.py.

Reads resources/icon/gongkai.svg, writes a PNG for each size of SIZES and gongkai.ico (Windows)
beside it. Equal drawings give equal bytes.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icon"
DRAWING = FOLDER / "gongkai.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 256)
FROM_HERE_AS_PNG = 256
"""Windows reads smaller pictures of an icon file as PNG too, but not all of its older parts do."""
ICO_HEADER, ICO_ENTRY = "<HHH", "<BBBBHHII"


def rendered(size: int) -> Image.Image:
    """The drawing at `size` × `size` pixels, on no ground."""
    picture = QImage(size, size, QImage.Format.Format_RGBA8888_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    straight = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (size, size), bytes(straight.constBits()))


def as_png(picture: Image.Image) -> bytes:
    """The bytes of a PNG file, without a date or a program's name."""
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def as_ico(pictures: Iterable[Image.Image]) -> bytes:
    """One icon file of all pictures: bitmaps, and a PNG for the largest."""
    entries = [(one.width, _ico_data(one)) for one in pictures]
    head = struct.pack(ICO_HEADER, 0, 1, len(entries))
    at = len(head) + struct.calcsize(ICO_ENTRY) * len(entries)
    for width, data in entries:
        side = width % 256  # 0 stands for 256
        head += struct.pack(ICO_ENTRY, side, side, 0, 0, 1, 32, len(data), at)
        at += len(data)
    return head + b"".join(data for _, data in entries)


def _ico_data(picture: Image.Image) -> bytes:
    if picture.width >= FROM_HERE_AS_PNG:
        return as_png(picture)
    file = io.BytesIO()
    picture.save(file, "ICO", sizes=[picture.size], bitmap_format="bmp")
    return file.getvalue()[struct.calcsize(ICO_HEADER) + struct.calcsize(ICO_ENTRY) :]


def main() -> None:
    """Write every icon anew."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    for size in SIZES:
        (FOLDER / f"gongkai-{size}.png").write_bytes(as_png(rendered(size)))
    (FOLDER / "gongkai.ico").write_bytes(as_ico(map(rendered, ICO_SIZES)))
    application.quit()


if __name__ == "__main__":
    main()
