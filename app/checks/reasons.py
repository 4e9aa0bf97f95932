"""Why a query was accepted: bound to what was said then, and lapsed when that has changed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from app.checks.catalogue import answerable_rules
from app.checks.finding import Finding
from app.level import Level
from app.narrative import length
from app.numbers import InputError, show
from app.paths import resources
from app.totals import Figures

SHORTEST_REASON = 8
"""Characters a reason has at least, signs left out."""
_SIGNS = re.compile(r"[\s，。；：、！？,.;:!?“”（）()]+")


def takes_reason(finding: Finding) -> bool:
    """Tell whether a finding may be accepted with a reason; what is provably wrong here may not."""
    return finding.level in (Level.QUERY, Level.HINT) or finding.rule in answerable_rules()


def ground(finding: Finding, figures: Figures) -> dict[str, Any]:
    """What a reason is given for, as a draft keeps it: rule, places, and the values they had.

    A finding on a text is told by the words it quotes, wherever they stand by now.
    """
    fault = finding.fault
    return {
        "rule": finding.rule,
        "cells": {str(cell): show(figures.shown(cell)) for cell in fault.cells},
        "part": fault.text.part if fault.text else None,
        "quote": fault.text.quote if fault.text else None,
        "expected": fault.expected,
        "found": fault.found,
    }


def reason_for(
    finding: Finding, figures: Figures, reasons: Iterable[Mapping[str, Any]]
) -> str | None:
    """The reason a finding was accepted with; None where there is none or it has lapsed."""
    if not takes_reason(finding):
        return None
    wanted = ground(finding, figures)
    texts = [one.get("reason") for one in reasons if _is_for(one, wanted)]
    return next((text for text in texts if isinstance(text, str)), None)


def lapsed_reason(finding: Finding, figures: Figures, reasons: Iterable[Mapping[str, Any]]) -> str:
    """What was last written for the same cells while they had other values; '' for nothing."""
    wanted = ground(finding, figures)
    earlier = [
        one.get("reason")
        for one in reasons
        if wanted["cells"] and _is_of_same(one, wanted) and not _is_for(one, wanted)
    ]
    return next((text for text in reversed(earlier) if isinstance(text, str)), "")


def with_reason(
    finding: Finding, figures: Figures, reasons: Iterable[Mapping[str, Any]], text: str
) -> tuple[Mapping[str, Any], ...]:
    """The reasons with this one added, or changed; '' withdraws it.

    Raises InputError where the text says nothing a reviewer could use, and for what must be mended.
    """
    if not takes_reason(finding):
        raise InputError(f"“{finding.level.chinese}”的问题必须改正或填上，不能用理由代替。")
    wanted = ground(finding, figures)
    others = tuple(one for one in reasons if not _is_for(one, wanted))
    text = text.strip()
    if not text:
        return others
    _refuse_stock(text)
    return (*others, {**wanted, "reason": text})


def _is_for(reason: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(reason.get(key) == value for key, value in wanted.items())


def _is_of_same(reason: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Tell whether a reason is for the same rule at the same places, whatever stood there."""
    cells = reason.get("cells")
    alike = all(reason.get(key) == wanted[key] for key in ("rule", "part"))
    return alike and isinstance(cells, Mapping) and cells.keys() == wanted["cells"].keys()


def _refuse_stock(text: str) -> None:
    own = _SIGNS.sub("", text)
    left = re.sub("|".join(map(re.escape, _wording()["stock"])), "", own)
    if length(own) < SHORTEST_REASON:
        raise InputError(f"理由太短，至少写 {SHORTEST_REASON} 个字。例如：{good_reasons()[0]}")
    if len(left) < SHORTEST_REASON // 2:
        raise InputError(f"“{text}”没有说明原因。例如：{good_reasons()[0]}")


@cache
def _wording() -> Mapping[str, Any]:
    """Phrases that explain nothing, longest first, and examples of good reasons."""
    path = resources() / "wording.toml"
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["reasons"]
    return {**data, "stock": sorted(data["stock"], key=len, reverse=True)}


def good_reasons() -> tuple[str, ...]:
    """Examples of reasons a reviewer can use, in Chinese."""
    return tuple(_wording()["good"])
