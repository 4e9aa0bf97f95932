"""What a form file must fulfil beyond its syntax."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.forms.model import Block, Form, Line, Table


class FormError(Exception):
    """A form file contradicts itself: a fault of the program, not of the clerk."""


def audit(form: Form) -> Iterator[str]:
    """Yield what contradicts itself in a form, in plain words; nothing where it is sound."""
    yield from _twice("section", [section.id for section in form.sections])
    sections = {section.id for section in form.sections}
    yield from (f"table {name!r} has no section" for name in form.tables if name not in sections)
    yield from _twice("cell", [_name(table, block) for table, block in _rows(form)])
    for table in form.tables.values():
        yield from _table_faults(table)
    fee = form.processing_fee
    if fee and (fee.charged not in form.fields or fee.part not in sections):
        yield f"processing fee: {fee.part!r} or {fee.charged} does not exist"


def _rows(form: Form) -> Iterator[tuple[Table, str]]:
    for table in form.tables.values():
        for block in table.blocks:
            for row in block.rows:
                yield table, row.id


def _name(table: Table, row: str) -> str:
    return f"{table.id}.{row}"


def _table_faults(table: Table) -> Iterator[str]:
    rows = {row.id for block in table.blocks for row in block.rows}
    columns = {column.id for block in table.blocks for column in block.columns}
    for block in table.blocks:
        yield from _line_faults(table, block.rows)
        yield from _line_faults(table, block.columns)
        yield from _width_faults(table, block)
    for balance in table.balances:
        yield from _unknown(table, (*balance.left, *balance.right), rows)
    for limit in table.limits:
        yield from _unknown(table, [limit.row], rows)
        yield from _unknown(table, (*limit.part, *limit.whole), columns)


def _line_faults(table: Table, lines: Sequence[Line]) -> Iterator[str]:
    by_id = {line.id: line for line in lines}
    yield from _twice(f"{table.id} line", [line.id for line in lines])
    yield from _twice(f"{table.id} heading", [" › ".join(line.label) for line in lines])
    for line in lines:
        yield from _unknown(table, line.sum, by_id)
        if _reaches(line.id, line, by_id):
            yield f"{table.id}: {line.id!r} is part of its own sum"


def _reaches(target: str, line: Line, lines: Mapping[str, Line], depth: int = 0) -> bool:
    if depth > len(lines):
        return True
    known = [lines[part] for part in line.sum if part in lines]
    return target in line.sum or any(_reaches(target, part, lines, depth + 1) for part in known)


def _width_faults(table: Table, block: Block) -> Iterator[str]:
    stub = 0 if table.across else max(len(row.label) for row in block.rows)
    width = sum(column.span for column in block.columns) * (len(block.rows) if table.across else 1)
    if stub + width != len(table.frame):
        yield f"{table.id}: a block covers {stub + width} of {len(table.frame)} frame columns"


def _unknown(table: Table, ids: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    known = set(known)
    yield from (f"{table.id}: {name!r} does not exist" for name in ids if name not in known)


def _twice(what: str, names: Sequence[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{what} {name!r} stands {times} times"
