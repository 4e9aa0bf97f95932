"""The examples of the rule catalogue, told in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.forms import Cell, Form, all_forms, form_for_year, form_named
from app.report import Kind


def example_in_words(changes: Mapping[str, Any]) -> str:
    """What an example of the catalogue changes in a report of zeros, as a clerk would say it."""
    form = form_named(changes.get("form", "")) or all_forms()[-1]
    said = [*_named_changes(changes), *_cell_changes(changes, form), *_text_changes(changes, form)]
    if last := changes.get("previous"):
        then = form_for_year(last["year"]) or form
        inside = "；".join([*_cell_changes(last, then), *_text_changes(last, then)])
        said.append(f"上年（{last['year']} 年度）报告{inside or '各格都是 0'}")
    return "；".join(said) or "各格都填 0，不作改动"


def _named_changes(changes: Mapping[str, Any]) -> Iterator[str]:
    names = {"organ": "单位名称", "title": "标题", "date": "落款日期"}
    if form := form_named(changes.get("form", "")):
        yield f"用{form.name}"
    if year := changes.get("year"):
        yield f"年度改为 {year}"
    for key, name in names.items():
        if key in changes:
            yield f"{name}改为“{changes[key]}”" if changes[key] else f"{name}空着"
    if kind := changes.get("kind"):
        yield f"单位类型改为“{Kind(kind).chinese}”"


def _cell_changes(changes: Mapping[str, Any], form: Form) -> Iterator[str]:
    cells = [
        f"{form.place(Cell(*address.split('.')))} {value}"
        for address, value in changes.get("cells", {}).items()
    ]
    if cells:
        yield f"改为：{'，'.join(cells)}"
    for address in changes.get("blank", ()):
        yield f"空着：{form.place(Cell(*address.split('.')))}"


def _text_changes(changes: Mapping[str, Any], form: Form) -> Iterator[str]:
    for verb, key in (("写", "text"), ("从上年取来", "taken")):
        for part, text in changes.get(key, {}).items():
            section = form.section(part)
            written = " / ".join(line for line in text.splitlines() if line.strip()).rstrip("。")
            name = section.heading or section.short
            yield f"“{name}”{verb}：{written}" if written else f"“{name}”空着"
