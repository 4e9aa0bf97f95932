"""Source archives a package is built from: fetched once, refused where a byte differs."""

from __future__ import annotations

import hashlib
import shutil
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bundle.description import BUILD
from bundle.errors import InputError

INPUTS = BUILD / "inputs"


def fetch(source: Mapping[str, Any]) -> Path:
    """Return the file of a table with `sha256`, `name` and `urls`, which are tried in turn.

    Raises InputError where no address has it, or what one has is not it.
    """
    path = INPUTS / str(source["name"])
    if path.exists() and sha256(path) == source["sha256"]:
        return path
    INPUTS.mkdir(parents=True, exist_ok=True)
    failed = []
    for url in source["urls"]:
        try:
            _download(url, path, source["sha256"])
        except (OSError, InputError) as error:
            failed.append(f"{url}: {error}")
        else:
            return path
    raise InputError("\n".join([f"{source['name']} could not be fetched:", *failed]))


def sha256(path: Path) -> str:
    """The SHA-256 sum of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _download(url: str, path: Path, wanted: str) -> None:
    part = path.with_name(path.name + ".part")
    with urllib.request.urlopen(url, timeout=60) as answer, part.open("wb") as file:
        shutil.copyfileobj(answer, file)
    if sha256(part) != wanted:
        part.unlink()
        raise InputError("not the file that was chosen: its SHA-256 differs")
    part.replace(path)
