"""Which program this is."""

from __future__ import annotations


def program_version() -> str:
    """The version of the installed program, as its packages and papers name it."""
    # Imported here: it is slow to load, and the window should be there at once.
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("gongkai")
    except PackageNotFoundError:
        return "（未安装）"
