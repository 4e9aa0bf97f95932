"""The county's settings file: where it lies, and what to do where it cannot be used."""

from __future__ import annotations

from pathlib import Path

from app.settings import Settings, SettingsError, read_settings, settings_file


def county_settings() -> tuple[Settings, str]:
    """The settings in force, and a sentence for the clerk where the file cannot be used.

    A file with a mistake in it holds nowhere: half of what a county has settled would mislead.
    """
    path = settings_file()
    try:
        found = read_settings(path)
    except SettingsError as error:
        return Settings(), _told(str(error), path)
    try:
        _try_levels(found)
    except SettingsError as error:
        return Settings(), _told(f"核对设置“{path.name}”不能使用：{error}", path)
    return found, ""


def _try_levels(found: Settings) -> None:
    """Raises SettingsError where the levels name what there is not."""
    if found.levels:
        from app.checks.levels import levels  # noqa: PLC0415  (few counties settle any)

        levels(found)


def _told(reason: str, path: Path) -> str:
    return (
        f"{reason}\n\n现在按程序自带的设置核对；改正文件后重新打开程序即可。\n文件在：{path}\n"
        "写法见“工具 › 核对规则”。"
    )
