"""However a table is cut, turned and mislabelled: a figure that is read is read in its own cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest

from app.forms import Cell, Form, Table, all_forms
from app.importing.paper import Lattice, from_rows
from app.importing.placing import place
from app.layout import Box, lay_out

TABLES = 60
"""Tables tried for each seed."""
STRANGE = ("网上申请", "备注", "某项工作", "小计")
Boxes = list[Box]


def drawn(form: Form, table: Table) -> tuple[Boxes, Mapping[Cell, str]]:
    """A table of the form with another figure in each cell."""
    cells = [cell for cell in form.fields if cell.table == table.id]
    truth = {cell: str(100 + number) for number, cell in enumerate(cells)}
    boxes = lay_out(table).boxes
    return [replace(box, text=truth[box.cell]) if box.cell else box for box in boxes], truth


def across(boxes: Boxes) -> Boxes:
    """The same with rows for columns."""
    return [
        replace(one, row=one.column, column=one.row, rows=one.columns, columns=one.rows)
        for one in boxes
    ]


def rename(boxes: Boxes, chance: Random) -> Boxes:
    at = chance.choice([number for number, box in enumerate(boxes) if not box.cell])
    text = chance.choice(["", *STRANGE])
    return [*boxes[:at], replace(boxes[at], text=text), *boxes[at + 1 :]]


def empty(boxes: Boxes, chance: Random) -> Boxes:
    gone = chance.randrange(len(boxes))
    return [
        replace(box, text="") if at == gone and box.cell else box for at, box in enumerate(boxes)
    ]


def drop_row(boxes: Boxes, chance: Random) -> Boxes:
    gone = chance.randrange(Lattice(tuple(boxes)).rows)
    left = [box for box in boxes if (box.row, box.rows) != (gone, 1)]
    shorter = [
        replace(box, rows=box.rows - 1) if box.row <= gone < box.row + box.rows else box
        for box in left
    ]
    return [replace(box, row=box.row - 1) if box.row > gone else box for box in shorter]


def insert_column(boxes: Boxes, chance: Random) -> Boxes:
    """A column nobody knows, with figures of its own."""
    lattice = Lattice(tuple(boxes))
    new = chance.randrange(lattice.columns + 1)
    wider = [
        replace(box, columns=box.columns + 1)
        if box.column < new < box.column + box.columns
        else box
        for box in boxes
    ]
    moved = [replace(box, column=box.column + 1) if box.column >= new else box for box in wider]
    taken = {
        row
        for box in moved
        for row in range(box.row, box.row + box.rows)
        if box.column <= new < box.column + box.columns
    }
    texts = ("", "单位", "5000", "6000")
    added = [Box(row, new, 1, 1, chance.choice(texts)) for row in range(lattice.rows)]
    return [*moved, *(box for box in added if box.row not in taken)]


def drop_column(boxes: Boxes, chance: Random) -> Boxes:
    return across(drop_row(across(boxes), chance))


def swap_rows(boxes: Boxes, chance: Random) -> Boxes:
    rows = range(Lattice(tuple(boxes)).rows)
    whole = [row for row in rows if not any(box.row < row < box.row + box.rows for box in boxes)]
    alone = [row for row in whole if all(box.rows == 1 for box in boxes if box.row == row)]
    if len(alone) < 2:
        return boxes
    one, other = chance.sample(alone, 2)
    turned = {one: other, other: one}
    return [replace(box, row=turned.get(box.row, box.row)) for box in boxes]


def swap_columns(boxes: Boxes, chance: Random) -> Boxes:
    return across(swap_rows(across(boxes), chance))


def unmerge(boxes: Boxes, chance: Random) -> Boxes:
    """A box as a program writes it that knows no merged cells: its text in the first of many."""
    at = chance.randrange(len(boxes))
    box = boxes[at]
    first = replace(box, rows=1, columns=1)
    blank = replace(first, text="", cell=None)
    parts = [
        replace(blank if down or right else first, row=box.row + down, column=box.column + right)
        for down in range(box.rows)
        for right in range(box.columns)
    ]
    return [*boxes[:at], *parts, *boxes[at + 1 :]]


CHANGES: Sequence[Callable[[Boxes, Random], Boxes]] = (
    rename,
    empty,
    drop_row,
    drop_column,
    insert_column,
    swap_rows,
    swap_columns,
    unmerge,
)


def ways_to_write(boxes: Boxes) -> list[Lattice]:
    """A table as cells with their places, and as mere rows, covered cells left out or blank."""
    lattice = Lattice(tuple(boxes))
    texts = {(box.row, box.column): box.text for box in boxes}
    short = [[texts[at] for at in sorted(texts) if at[0] == row] for row in range(lattice.rows)]
    full = [
        [texts.get((row, column), "") for column in range(lattice.columns)]
        for row in range(lattice.rows)
    ]
    return [lattice, from_rows(short), from_rows(full)]


@pytest.mark.parametrize("seed", range(8))
def test_that_no_figure_is_read_in_a_cell_that_is_not_its_own(seed: int) -> None:
    chance = Random(seed)
    read = 0
    for _ in range(TABLES):
        form = chance.choice(all_forms())
        table = chance.choice(list(form.tables.values()))
        boxes, truth = drawn(form, table)
        for change in chance.choices(CHANGES, k=chance.randint(0, 6)):
            boxes = change(boxes, chance)
        for lattice in ways_to_write(boxes):
            found = {cell: text for cell, text in place(lattice, table).texts.items() if text}
            assert {cell: truth[cell] for cell in found} == found
            read += len(found)
    assert read > 20 * TABLES
