"""Drafts the tests of this folder start from."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from app.drafts import load, report_from
from app.drafts.store import Opened, to_bytes
from app.forms import Cell
from app.paths import resources
from app.report import Report

NAME = "青石镇2026年 [草稿].json"
FILLED = resources() / "examples" / "qingshi-2026.json"
AT = datetime(2027, 1, 8, 14, 3, 22)
PERSON = Cell("requests", "received", "person")
FEES = Cell("disclosure", "fees", "amount")


def values(**changes: Any) -> dict[str, Any]:
    """A small sound draft as JSON values, with these keys changed."""
    sound = {
        "schema": 1,
        "form": "2021",
        "year": 2026,
        "organ": "青石镇人民政府",
        "text": {"overview": "2026年，青石镇做了这些工作。"},
        "cells": {"requests.received.person": 3, "disclosure.fees.amount": "1.25"},
    }
    return sound | changes


def report(**changes: Any) -> Report:
    """The small sound draft as a report."""
    return report_from(values(**changes))


def as_json(data: object) -> bytes:
    """Write JSON values the way a script of the county's would."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def filled() -> Report:
    """The example with every cell filled in."""
    return load(FILLED).report


def sealed(generation: int = 7) -> bytes:
    """The filled example as the program itself saves it."""
    return to_bytes(filled(), generation, AT)


def reopened(path: Path, data: bytes) -> Opened:
    """Write the bytes of a draft and open it."""
    path.write_bytes(data)
    return load(path)


def worded(text: str) -> Report:
    """The small sound draft with this text in its overview."""
    return report().with_text("overview", text)


def overview(path: Path) -> str:
    """The overview of the draft on disk."""
    return load(path).report.text("overview")


def names(folder: Path) -> set[str]:
    """What a clerk sees in a folder; the lock file lies there while the draft is open."""
    return {one.name for one in folder.iterdir() if not one.name.endswith(".lock")}
