"""Properties set by the names Qt gives to their values, before anything is painted.

The first use of an enumeration of Qt's namespace makes all ninety of them, which is a fifth of
what a start takes. Modules that are loaded for the first paint name `QtCore.Qt` only in what is
done later, and set here what has to be set at once.
"""

from __future__ import annotations

from PySide6.QtCore import QObject


def set_by_name(thing: QObject, **properties: str) -> None:
    """Give each property the value of that name, as `textFormat="PlainText"`."""
    for name, value in properties.items():
        known = thing.setProperty(name, value)
        assert known, f"{type(thing).__name__} has no {name} {value}"
