"""What a county may settle for itself, in one small file; everything else is the form's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from app import paths
from app.files import FileError, read_whole

LARGEST = 2**16
OFF = "off"
DEFAULT_SIMILARITY = 0.8


class SettingsError(Exception):
    """The settings file cannot be used; the message is a Chinese sentence that says why."""


class Settings(NamedTuple):
    """Levels by rule name (`off` silences a rule), and the one threshold there is."""

    levels: Mapping[str, str] = MappingProxyType({})
    similarity: float = DEFAULT_SIMILARITY
    """Share of a paragraph, 0 to 1, found in another report from which it counts as copied.

    No official number exists; the default is ours.
    """


def settings_file() -> Path:
    """Where the settings of a county are looked for; the file need not exist."""
    return paths.settings() / "settings.toml"


def read_settings(path: Path) -> Settings:
    """Read a settings file; without one the defaults hold. Raises SettingsError."""
    if not path.exists():
        return Settings()
    import tomllib  # noqa: PLC0415  (few counties settle anything)

    try:
        data = tomllib.loads(read_whole(path, LARGEST).decode("utf-8-sig"))
        return _settings(data)
    except (FileError, SettingsError) as error:
        raise SettingsError(f"核对设置“{path.name}”不能使用：{error}") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(
            f"核对设置“{path.name}”不能使用：不是有效的 TOML 文件。请对照说明改正，或删去它。"
        ) from error


def _settings(data: Mapping[str, Any]) -> Settings:
    if unknown := sorted(data.keys() - {"levels", "copied"}):
        raise SettingsError(f"没有“{unknown[0]}”这一项。请改正或删去。")
    return Settings(_levels(data.get("levels", {})), _similarity(data.get("copied", {})))


def _levels(data: object) -> Mapping[str, str]:
    if not isinstance(data, dict) or not all(isinstance(one, str) for one in data.values()):
        raise SettingsError('“levels”应写成每条规则一行：规则名 = "级别"。')
    return dict(data)


def _similarity(data: object) -> float:
    if isinstance(data, dict) and (unknown := sorted(data.keys() - {"similarity"})):
        raise SettingsError(f"“copied”里没有“{unknown[0]}”这一项。请改正或删去。")
    value = data.get("similarity", DEFAULT_SIMILARITY) if isinstance(data, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.3 <= value <= 1:
        raise SettingsError("“copied”里的 similarity 应是 0.3 到 1 之间的数，如 0.8。")
    return float(value)
