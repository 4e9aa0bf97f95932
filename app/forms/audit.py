"""What a form file must fulfil beyond its syntax."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from app.forms.model import Cell, Chain, Line, ProcessingFee, Section, Table


class FormError(Exception):
    """A form file contradicts itself: a fault of the program, not of the clerk."""


def audit(
    sections: Sequence[Section], tables: Sequence[Table], fee: ProcessingFee | None
) -> Iterator[str]:
    """Yield what contradicts itself in a form, in plain words; nothing where it is sound."""
    parts = {section.id for section in sections}
    yield from _twice("section", [section.id for section in sections])
    yield from _twice("table", [table.id for table in tables])
    yield from (f"table {table.id!r} has no section" for table in tables if table.id not in parts)
    for table in tables:
        yield from _table_faults(table)
        if table.follows and table.follows not in parts:
            yield f"{table.id}: {table.follows!r} does not exist"
    if fee and (fee.part not in parts or fee.charged not in set(_cells(tables))):
        yield f"processing fee: {fee.part!r} or {fee.charged} does not exist"


def _cells(tables: Sequence[Table]) -> Iterator[Cell]:
    for table in tables:
        for block in table.blocks:
            for row, column in product(block.rows, block.columns):
                yield Cell(table.id, row.id, column.id)


def _table_faults(table: Table) -> Iterator[str]:
    rows = [row.id for block in table.blocks for row in block.rows]
    yield from _twice(f"{table.id} row", rows)
    columns = {column.id for block in table.blocks for column in block.columns}
    for block in table.blocks:
        yield from _line_faults(table, block.rows)
        yield from _line_faults(table, block.columns)
    yield from _width_faults(table)
    for balance in table.balances:
        yield from _unknown(table, (*balance.left, *balance.right), rows)
    for limit in table.limits:
        yield from _unknown(table, [limit.row], rows)
        yield from _unknown(table, (*limit.part, *limit.whole), columns)
    for chain in table.chains:
        yield from _chain_faults(table, chain)
    yield from _unknown(table, table.compared, columns)


def _chain_faults(table: Table, chain: Chain) -> Iterator[str]:
    """Last year's lines may be those of another form, so only this year's can be looked up."""
    if chain.lines not in ("rows", "columns"):
        yield f"{table.id}: a chain is of rows or columns, not of {chain.lines!r}"
        return
    blocks = [block.rows if chain.lines == "rows" else block.columns for block in table.blocks]
    homes = [ids for lines in blocks if chain.line in (ids := [line.id for line in lines])]
    if not homes:
        yield f"{table.id}: {chain.line!r} does not exist"
    for ids in homes:
        yield from _unknown(table, (*chain.plus, *chain.minus), ids)


def _line_faults(table: Table, lines: Sequence[Line]) -> Iterator[str]:
    by_id = {line.id: line for line in lines}
    yield from _twice(f"{table.id} line", [line.id for line in lines])
    yield from _twice(f"{table.id} heading", [" › ".join(line.label) for line in lines])
    groups = {line.label[:depth] for line in lines for depth in range(1, len(line.label))}
    for line in lines:
        if line.label in groups:
            yield f"{table.id}: {line.id!r} is headed as a group of others is"
        yield from _unknown(table, line.sum, by_id)
        if _reaches(line.id, line, by_id):
            yield f"{table.id}: {line.id!r} is part of its own sum"


def _reaches(target: str, line: Line, lines: Mapping[str, Line], depth: int = 0) -> bool:
    if depth > len(lines):
        return True
    known = [lines[part] for part in line.sum if part in lines]
    return target in line.sum or any(_reaches(target, part, lines, depth + 1) for part in known)


def _width_faults(table: Table) -> Iterator[str]:
    if table.across:
        widths = [sum(len(block.rows) * len(block.columns) for block in table.blocks)]
    else:
        stub = max(len(row.label) for block in table.blocks for row in block.rows)
        widths = [stub + sum(column.span for column in block.columns) for block in table.blocks]
    for width in widths:
        if width != len(table.frame):
            yield f"{table.id}: a block covers {width} of {len(table.frame)} frame columns"


def _unknown(table: Table, ids: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    known = set(known)
    yield from (f"{table.id}: {name!r} does not exist" for name in ids if name not in known)


def _twice(what: str, names: Sequence[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{what} {name!r} stands {times} times"
