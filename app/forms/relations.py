"""Derive from the lines of a form every cell and every equation between cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.forms.model import Block, Cell, Equation, Field, Line, Table


def fields_of(tables: Mapping[str, Table]) -> dict[Cell, Field]:
    """All cells of the tables in the order of the form, totals with their parts."""
    fields = {
        one.cell: one
        for table in tables.values()
        for block in table.blocks
        for one in _block_fields(table, block)
    }
    return {
        cell: one._replace(leaves=_leaves(cell, fields)) if one.derived else one
        for cell, one in fields.items()
    }


def equations_of(tables: Mapping[str, Table], fields: Mapping[Cell, Field]) -> tuple[Equation, ...]:
    """All sums and balances of the tables; a cell that is a total twice has two equations."""
    return tuple(
        equation
        for table in tables.values()
        for equation in (*_sums(table, fields), *_balances(table))
    )


def _block_fields(table: Table, block: Block) -> Iterator[Field]:
    for row in block.rows:
        for column in block.columns:
            down = tuple(Cell(table.id, part, column.id) for part in row.sum)
            along = tuple(Cell(table.id, row.id, part) for part in column.sum)
            sums = tuple(parts for parts in (down, along) if parts)
            yield Field(Cell(table.id, row.id, column.id), row, column, sums)


def _leaves(cell: Cell, fields: Mapping[Cell, Field]) -> tuple[Cell, ...]:
    one = fields[cell]
    if not one.derived:
        return ()
    return tuple(leaf for part in one.sums[0] for leaf in (_leaves(part, fields) or (part,)))


def _sums(table: Table, fields: Mapping[Cell, Field]) -> Iterator[Equation]:
    for cell, one in fields.items():
        if cell.table == table.id:
            lines: Sequence[Line] = [line for line in (one.row, one.column) if line.sum]
            for line, parts in zip(lines, one.sums, strict=True):
                yield Equation(parts, (cell,), line)


def _balances(table: Table) -> Iterator[Equation]:
    for balance in table.balances:
        for block in table.blocks:
            for column in block.columns:
                left = tuple(Cell(table.id, row, column.id) for row in balance.left)
                right = tuple(Cell(table.id, row, column.id) for row in balance.right)
                yield Equation(left, right, column, balance)
