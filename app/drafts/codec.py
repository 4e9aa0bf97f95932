"""A report as the JSON values of a draft file (schema 1), and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.drafts.reading import DraftError, ExactFloat, shorten
from app.forms import Cell, FigureKind, Form, all_forms, form_named
from app.numbers import LARGEST_COUNT, Figure, read, show
from app.report import Kind, Report

SCHEMA = 1
KNOWN_KEYS = (
    "schema",
    "form",
    "year",
    "organ",
    "kind",
    "title",
    "date",
    "text",
    "cells",
    "reasons",
    "saved",
)
"""What a report or the file has a place for; the rest is carried along in `extra`."""
OPTIONAL = frozenset(("kind", "title", "date", "previous"))
"""Keys that may be absent, or null, which says the same."""
FIRST_YEAR, LAST_YEAR = 2000, 2999


def report_from(data: Mapping[str, Any]) -> Report:
    """Build the report from a draft's values. Raises DraftError naming the key that is wrong."""
    data = {key: value for key, value in data.items() if key not in OPTIONAL or value is not None}
    _check_schema(data)
    _check_characters(data)
    form = _form(data)
    cells, strays = _cells(data, form)
    return Report(
        form=form,
        year=_year(data),
        organ=_text(data, "organ"),
        stated_kind=_kind(data),
        stated_title=_text(data, "title"),
        date=_date(data),
        texts=_texts(data),
        cells=cells,
        reasons=_reasons(data),
        extra=_extra(data, strays),
    )


def report_to(report: Report) -> dict[str, Any]:
    """Return the values a draft file holds for a report, `saved` left out."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "form": report.form.version,
        "year": report.year,
        "organ": report.organ,
    }
    if report.stated_kind:
        data["kind"] = report.stated_kind.value
    data["title"] = report.stated_title
    if report.date:
        data["date"] = report.date.isoformat()
    data["text"] = dict(report.texts)
    data["cells"] = {str(cell): _value(figure) for cell, figure in report.cells.items()}
    data["cells"] |= report.extra.get("cells", {})
    data["reasons"] = list(report.reasons)
    return data | {key: value for key, value in report.extra.items() if key != "cells"}


def _check_schema(data: Mapping[str, Any]) -> None:
    schema = data.get("schema")
    if type(schema) is not int or schema < 1:
        raise DraftError("缺少有效的版本号“schema”，不像是本程序的草稿")
    if schema > SCHEMA:
        raise DraftError("它由更新版本的程序保存，请升级本程序后再打开")


def _check_characters(data: Mapping[str, Any]) -> None:
    for path, text in _strings(data):
        try:
            text.encode()
        except UnicodeEncodeError:
            place = " › ".join(map(shorten, path))
            raise DraftError(f"“{place}”里有残缺的字符") from None


def _form(data: Mapping[str, Any]) -> Form:
    version = _text(data, "form")
    form = form_named(version)
    if form is None:
        known = "、".join(one.version for one in all_forms())
        raise DraftError(f"“form”写的是“{shorten(version)}”，本程序只有这些格式：{known}")
    return form


def _year(data: Mapping[str, Any]) -> int:
    year = data.get("year")
    if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR:
        quotes = "；请去掉年份两边的引号" if isinstance(year, str) else ""
        raise DraftError(f"“year”应是年份数字，如 2026，现在是 {_short(year)}{quotes}")
    return year


def _texts(data: Mapping[str, Any]) -> dict[str, str]:
    parts = _object(data, "text")
    return {part: _string(f"text › {shorten(part)}", text) for part, text in parts.items()}


def _kind(data: Mapping[str, Any]) -> Kind | None:
    value = data.get("kind", "")
    if value == "":
        return None
    try:
        return Kind(_string("kind", value))
    except ValueError:
        names = "、".join(kind.value for kind in Kind)
        raise DraftError(f"“kind”应是 {names} 之一，现在是 {_short(value)}") from None


def _date(data: Mapping[str, Any]) -> date | None:
    text = _text(data, "date")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DraftError(f"“date”应是日期，如 2027-01-12，现在是 {_short(text)}") from None


def _reasons(data: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    reasons = data.get("reasons", [])
    if not isinstance(reasons, list) or not all(isinstance(one, dict) for one in reasons):
        raise DraftError("“reasons”应是理由的列表")
    return tuple(reasons)


def _cells(data: Mapping[str, Any], form: Form) -> tuple[dict[Cell, Figure], dict[str, Any]]:
    """Return the figures by cell, and the entries whose address no form knows."""
    kinds = _kinds_of_all_forms(form)
    cells: dict[Cell, Figure] = {}
    strays: dict[str, Any] = {}
    for address, value in _object(data, "cells").items():
        cell = Cell(*address.split(".")) if address.count(".") == 2 else None
        if cell is None or cell not in kinds:
            strays[address] = value
        elif (figure := _figure(_place(form, cell), value, kinds[cell])) is not None:
            cells[cell] = figure
    return cells, strays


def _kinds_of_all_forms(form: Form) -> dict[Cell, FigureKind]:
    return {
        cell: one.column.figure
        for known in (*all_forms(), form)
        for cell, one in known.fields.items()
    }


def _place(form: Form, cell: Cell) -> str:
    """A cell by the key a script would look for, and as the clerk knows it."""
    known = f"（{form.place(cell)}）" if cell in form.fields else ""
    return f"cells › {cell}{known}"


def _figure(place: str, value: object, kind: FigureKind) -> Figure | None:
    if value is None:
        return None
    if isinstance(value, str):
        return read(value, kind)
    if isinstance(value, bool) or not isinstance(value, int | ExactFloat):
        raise DraftError(f"“{place}”应是数字或文字，现在是 {_short(value)}")
    number = Decimal(value.literal if isinstance(value, ExactFloat) else value)
    if abs(number) > LARGEST_COUNT:
        raise DraftError(f"“{place}”的数字超出范围")
    return read(f"{number:f}", kind)


def _value(figure: Figure) -> int | str:
    return figure if isinstance(figure, int) else show(figure)


def _extra(data: Mapping[str, Any], strays: dict[str, Any]) -> dict[str, Any]:
    _object(data, "previous")
    extra = {key: value for key, value in data.items() if key not in KNOWN_KEYS}
    return extra | ({"cells": strays} if strays else {})


def _strings(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            here = (*path, key)
            yield here, key
            yield from _strings(inner, here)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, path)


def _object(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise DraftError(f"“{key}”应是一组内容，现在是 {_short(value)}")
    return value


def _text(data: Mapping[str, Any], key: str) -> str:
    return _string(key, data.get(key, ""))


def _string(place: str, value: object) -> str:
    if not isinstance(value, str):
        raise DraftError(f"“{place}”应是文字，现在是 {_short(value)}")
    return value


def _short(value: object) -> str:
    names: dict[type, str] = {dict: "一组内容", list: "列表", bool: "是/否", type(None): "空"}
    return names.get(type(value)) or f"“{shorten(str(value))}”"
