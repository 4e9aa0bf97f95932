"""A report as the JSON values of a draft file (schema 1), and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.drafts.drafting import drafting_from, drafting_to
from app.drafts.reading import DraftError, ExactFloat, shorten
from app.forms import Cell, FigureKind, Form, all_forms, form_named
from app.numbers import LARGEST_COUNT, Figure, read, show
from app.report import Kind, Report

SCHEMA = 1
REPORT_KEYS = frozenset(
    (
        *("schema", "form", "year", "organ", "kind", "title", "date"),
        *("text", "cells", "reasons", "drafting", "notes"),
    )
)
"""What a report has a place for; the rest is carried along in `extra`."""
FILE_KEYS = frozenset(("previous", "saved"))
"""What only a whole file has a place for; inside another report they are carried along, too."""
OPTIONAL = frozenset(("kind", "title", "date", "previous", "drafting", "notes"))
"""Keys that may be absent, or null, which says the same."""
FIRST_YEAR, LAST_YEAR = 2000, 2999


@dataclass(frozen=True, slots=True)
class _Draft:
    """The values of a draft, or of last year's report inside it, and how their place is told."""

    values: Mapping[str, Any]
    inside: str = ""

    def place(self, key: str) -> str:
        """A key as a script would look for it: 「previous › cells」."""
        return f"{self.inside} › {key}" if self.inside else key


def report_from(data: Mapping[str, Any]) -> Report:
    """Build the report from a draft's values. Raises DraftError naming the key that is wrong."""
    _check_schema(_Draft(data))
    _check_characters(data)
    return _report(_Draft(_without_nulls(data)))


def _report(data: _Draft) -> Report:
    form = _form(data)
    cells, strays = _cells(data, form)
    texts = _strings_in(data, "text")
    return Report(
        form=form,
        year=_year(data),
        organ=_text(data, "organ"),
        stated_kind=_kind(data),
        stated_title=_text(data, "title"),
        date=_date(data),
        texts=texts,
        cells=cells,
        reasons=_reasons(data),
        previous=_previous(data),
        drafting=drafting_from(data.values.get("drafting", {}), data.place("drafting"), texts),
        notes=_strings_in(data, "notes"),
        extra=_extra(data, strays),
    )


def _previous(data: _Draft) -> Report | None:
    """Last year's report; what lies inside that one is carried along as it stands."""
    if data.inside or "previous" not in data.values:
        return None
    inner = _Draft(_without_nulls(_object(data, "previous")), "previous")
    _check_schema(inner)
    _object(inner, "saved")
    return _report(inner)


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
    if drafting := drafting_to(report.drafting):
        data["drafting"] = drafting
    if report.notes:
        data["notes"] = dict(report.notes)
    if report.previous:
        data["previous"] = report_to(report.previous)
    return data | {key: value for key, value in report.extra.items() if key != "cells"}


def _without_nulls(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in OPTIONAL or value is not None}


def _check_schema(data: _Draft) -> None:
    schema = data.values.get("schema")
    if type(schema) is not int or schema < 1:
        raise DraftError(f"缺少有效的版本号“{data.place('schema')}”，不像是本程序的草稿")
    if schema > SCHEMA:
        newer = f"里面的“{data.inside}”" if data.inside else "它"
        raise DraftError(f"{newer}由更新版本的程序保存，请升级本程序后再打开")


def _check_characters(data: Mapping[str, Any]) -> None:
    for path, text in _strings(data):
        try:
            text.encode()
        except UnicodeEncodeError:
            place = " › ".join(map(shorten, path))
            raise DraftError(f"“{place}”里有残缺的字符") from None


def _form(data: _Draft) -> Form:
    version = _text(data, "form")
    form = form_named(version)
    if form is None:
        known = "、".join(one.version for one in all_forms())
        place = data.place("form")
        raise DraftError(f"“{place}”写的是“{shorten(version)}”，本程序只有这些格式：{known}")
    return form


def _year(data: _Draft) -> int:
    year = data.values.get("year")
    if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR:
        quotes = "；请去掉年份两边的引号" if isinstance(year, str) else ""
        place = data.place("year")
        raise DraftError(f"“{place}”应是年份数字，如 2026，现在是 {_short(year)}{quotes}")
    return year


def _strings_in(data: _Draft, key: str) -> dict[str, str]:
    place, parts = data.place(key), _object(data, key)
    return {part: _string(f"{place} › {shorten(part)}", text) for part, text in parts.items()}


def _kind(data: _Draft) -> Kind | None:
    value = data.values.get("kind", "")
    if value == "":
        return None
    try:
        return Kind(_string(data.place("kind"), value))
    except ValueError:
        names = "、".join(kind.value for kind in Kind)
        place = data.place("kind")
        raise DraftError(f"“{place}”应是 {names} 之一，现在是 {_short(value)}") from None


def _date(data: _Draft) -> date | None:
    text = _text(data, "date")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        place = data.place("date")
        raise DraftError(f"“{place}”应是日期，如 2027-01-12，现在是 {_short(text)}") from None


def _reasons(data: _Draft) -> tuple[Mapping[str, Any], ...]:
    reasons = data.values.get("reasons", [])
    if not isinstance(reasons, list) or not all(isinstance(one, dict) for one in reasons):
        raise DraftError(f"“{data.place('reasons')}”应是理由的列表")
    return tuple(reasons)


def _cells(data: _Draft, form: Form) -> tuple[dict[Cell, Figure], dict[str, Any]]:
    """Return the figures by cell, and the entries whose address no form knows."""
    kinds = _kinds_of_all_forms(form)
    cells: dict[Cell, Figure] = {}
    strays: dict[str, Any] = {}
    for address, value in _object(data, "cells").items():
        cell = Cell(*address.split(".")) if address.count(".") == 2 else None
        if cell is None or cell not in kinds:
            strays[address] = value
        elif (figure := _figure(_place(data, form, cell), value, kinds[cell])) is not None:
            cells[cell] = figure
    return cells, strays


def _kinds_of_all_forms(form: Form) -> dict[Cell, FigureKind]:
    return {
        cell: one.column.figure
        for known in (*all_forms(), form)
        for cell, one in known.fields.items()
    }


def _place(data: _Draft, form: Form, cell: Cell) -> str:
    """A cell by the key a script would look for, and as the clerk knows it."""
    known = f"（{form.place(cell)}）" if cell in form.fields else ""
    return f"{data.place('cells')} › {cell}{known}"


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


def _extra(data: _Draft, strays: dict[str, Any]) -> dict[str, Any]:
    known = REPORT_KEYS if data.inside else REPORT_KEYS | FILE_KEYS
    extra = {key: value for key, value in data.values.items() if key not in known}
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


def _object(data: _Draft, key: str) -> dict[str, Any]:
    value = data.values.get(key, {})
    if not isinstance(value, dict):
        raise DraftError(f"“{data.place(key)}”应是一组内容，现在是 {_short(value)}")
    return value


def _text(data: _Draft, key: str) -> str:
    return _string(data.place(key), data.values.get(key, ""))


def _string(place: str, value: object) -> str:
    if not isinstance(value, str):
        raise DraftError(f"“{place}”应是文字，现在是 {_short(value)}")
    return value


def _short(value: object) -> str:
    names: dict[type, str] = {dict: "一组内容", list: "列表", bool: "是/否", type(None): "空"}
    return names.get(type(value)) or f"“{shorten(str(value))}”"
