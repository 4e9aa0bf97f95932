"""Which program this is."""

from __future__ import annotations

from app.paths import resources

NAME = "gongkai"


def program_version() -> str:
    """The version of the installed program, as its packages and papers name it."""
    # The record lies beside the program where that was installed as one folder.
    for record in resources().parent.glob(f"{NAME}-*.dist-info"):
        return record.name.removeprefix(f"{NAME}-").removesuffix(".dist-info")
    # Imported here: it is slow to load, and the window should be there at once.
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version(NAME)
    except PackageNotFoundError:
        return "（未安装）"
