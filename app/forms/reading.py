"""Read the form files. A mistake in one is ours, so it is found when the file is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from app.forms.audit import FormError, audit
from app.forms.model import (
    Balance,
    Block,
    Cell,
    Chain,
    Column,
    Edition,
    FigureKind,
    Form,
    Limit,
    ProcessingFee,
    Row,
    Section,
    Table,
    Topic,
)
from app.forms.relations import equations_of, fields_of
from app.paths import resources

__all__ = [
    "FormError",
    "all_forms",
    "editions",
    "form_for_year",
    "form_named",
    "newest_form",
    "read_form",
]

PACKED = ".json"
"""How the name of a form in a package ends."""
Data = Mapping[str, Any]
T = TypeVar("T")


def all_forms() -> tuple[Form, ...]:
    """Every form in `resources/forms`, oldest first; a file dropped in there is one more."""
    return tuple(map(_form_in, _files()))


def editions() -> tuple[Edition, ...]:
    """What every form is called and for which years it is, oldest first: quicker than all of it."""
    return tuple(_files().values())


def form_named(version: str) -> Form | None:
    """Return the form of this version, None where there is none."""
    return next((_form_in(file) for file, one in _files().items() if one.version == version), None)


def form_for_year(year: int) -> Form | None:
    """Return the newest form made for reports on this year, None where there is none."""
    return next((_form_in(file) for file, one in _newest_first() if one.serves(year)), None)


def newest_form() -> Form:
    """Return the form issued last."""
    return _form_in(next(_newest_first())[0])


def read_form(path: Path) -> Form:
    """Read one form file and audit it. Raises FormError naming the file and what is wrong.

    TOML is what forms are written in; a package holds the same as JSON, which is read faster.
    """
    return _read(path, lambda text: _form(_data(path, text)))


def _files() -> dict[Path, Edition]:
    return _files_in(resources() / "forms")


def _newest_first() -> Iterator[tuple[Path, Edition]]:
    return reversed([*_files().items()])


@cache
def _files_in(folder: Path) -> dict[Path, Edition]:
    forms = [path for path in folder.iterdir() if path.suffix in (".toml", PACKED)]
    found = {path: _read(path, partial(_head, path)) for path in forms}
    return dict(sorted(found.items(), key=lambda one: (one[1].first_year, one[1].version)))


@cache
def _form_in(file: Path) -> Form:
    return read_form(file)


def _read(path: Path, make: Callable[[str], T]) -> T:
    try:
        return make(path.read_text(encoding="utf-8"))
    except FormError as error:
        raise FormError(f"{path.name}: {error}") from error
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise FormError(f"{path.name}: {error!r}") from error


def _head(path: Path, text: str) -> Edition:
    """What stands before the first table of a TOML file belongs to none."""
    head = text if path.suffix == PACKED else text.partition("\n[")[0]
    return Edition(**_edition(_data(path, head)))


def _data(path: Path, text: str) -> Data:
    if path.suffix == PACKED:
        data: Data = json.loads(text)
        return data
    import tomllib  # noqa: PLC0415  (a package needs none to show its window)

    return tomllib.loads(text)


def _edition(data: Data) -> dict[str, Any]:
    return {
        "version": data["version"],
        "name": data["name"],
        "source": data["source"],
        "first_year": data["first_year"],
        "last_year": data.get("last_year"),
    }


def _form(data: Data) -> Form:
    sections = tuple(_section(section) for section in data["sections"])
    listed = tuple(_table(table) for table in data["tables"])
    fee = _processing_fee(data.get("processing_fee"))
    if faults := list(audit(sections, listed, fee)):
        raise FormError("; ".join(faults))
    tables = {table.id: table for table in listed}
    fields = fields_of(tables)
    return Form(
        **_edition(data),
        title=data["title"],
        source_title=data.get("source_title", ""),
        sections=sections,
        tables=MappingProxyType(tables),
        fields=MappingProxyType(fields),
        equations=equations_of(tables, fields),
        processing_fee=fee,
    )


def _table(data: Data) -> Table:
    return Table(
        id=data["id"],
        frame=tuple(data["frame"]),
        blocks=tuple(_block(block) for block in data["blocks"]),
        across=data.get("arrangement") == "across",
        balances=tuple(Balance(**_tuples(one)) for one in data.get("balances", [])),
        limits=tuple(Limit(**_tuples(one)) for one in data.get("limits", [])),
        chains=tuple(Chain(**_tuples(one)) for one in data.get("chains", [])),
        follows=data.get("follows", ""),
        compared=tuple(data.get("compared", [])),
    )


def _block(data: Data) -> Block:
    return Block(
        columns=tuple(_column(column, data["unit"]) for column in data["columns"]),
        rows=tuple(_row(row) for row in data["rows"]),
        banner=data.get("banner", ""),
        corner=data.get("corner", ""),
    )


def _row(data: Data) -> Row:
    label = data["label"]
    group_and_name = " ".join(label[1:] or label)
    return Row(**_line(data, group_and_name), barred=frozenset(data.get("barred", [])))


def _column(data: Data, unit: str) -> Column:
    return Column(
        **_line(data, data["label"][-1]),
        figure=FigureKind(data.get("figure", "count")),
        unit=data.get("unit", unit),
        span=data.get("span", 1),
    )


def _line(data: Data, short: str) -> dict[str, Any]:
    return {
        "id": data["id"],
        "label": tuple(data["label"]),
        "short": data.get("short", short),
        "sum": tuple(data.get("sum", [])),
    }


def _section(data: Data) -> Section:
    return Section(
        id=data["id"],
        heading=data.get("heading", ""),
        short=data["short"],
        guide=data.get("guide", ""),
        topics=_topics(data, "topics"),
        accountability=_topics(data, "accountability"),
        asked=_topics(data, "asked"),
        shortest=data.get("shortest", 0),
        bare_word_is_empty=data.get("bare_word_is_empty", False),
        optional=data.get("optional", False),
        named=data.get("named", ""),
    )


def _topics(data: Data, key: str) -> tuple[Topic, ...]:
    return tuple(
        Topic(
            one["name"],
            tuple(one["signs"]),
            frozenset(one.get("kinds", [])),
            one.get("headed", ""),
        )
        for one in data.get(key, [])
    )


def _processing_fee(data: Data | None) -> ProcessingFee | None:
    if data is None:
        return None
    charged = Cell(*data["charged"].split("."))
    return ProcessingFee(data["part"], tuple(data["words"]), tuple(data["signs"]), charged)


def _tuples(data: Data) -> dict[str, Any]:
    return dict(_listed(data))


def _listed(data: Data) -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        yield key, tuple(value) if isinstance(value, list) else value
