"""Answers what pip asks of a build backend (PEP 517) from PKG-INFO; builds nothing."""

from __future__ import annotations

from email.parser import Parser
from pathlib import Path
from typing import NoReturn


class _Backend:
    def get_requires_for_build_wheel(self, _settings: object = None) -> list[str]:
        return []

    def prepare_metadata_for_build_wheel(self, folder: str, _settings: object = None) -> str:
        said = Parser().parsestr(Path("PKG-INFO").read_text(encoding="utf-8"))
        name, version = said["Name"], said["Version"]
        record = Path(folder) / f"{name.replace('-', '_')}-{version}.dist-info"
        record.mkdir()
        told = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        (record / "METADATA").write_text(told, encoding="utf-8")
        return record.name

    def build_wheel(self, *_: object) -> NoReturn:
        raise RuntimeError("nothing of this archive is to be built")


__legacy__ = _Backend()
"""What pip takes for an archive without a pyproject.toml."""
