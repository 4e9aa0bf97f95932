"""What goes on the clipboard: made by Qt, for what Python has made outlives the interpreter there.

Whatever lies on the clipboard when the program ends is destroyed after Python is gone, and a
`QMimeData()` of Python's breaks the program then.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData


def emptied(made_by_qt: QMimeData) -> QMimeData:
    """Return what Qt has made for the clipboard, ready to be filled anew."""
    made_by_qt.text()  # what Qt puts off until it is asked would come back later
    for name in made_by_qt.formats():
        made_by_qt.removeFormat(name)
    return made_by_qt
