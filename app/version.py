"""Which program this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The version of the installed program, as its packages and papers name it."""
    try:
        return version("gongkai")
    except PackageNotFoundError:
        return "（未安装）"
