"""Where headings and figures stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms import Form, all_forms
from app.layout import Box, Grid, headings, lay_out
from tests.reports import at, form

Path = tuple[str, ...]
Heading = tuple[int, int, int, int, str]

TABLES = [(one, name) for one in all_forms() for name in one.tables]
EVERY_TABLE = pytest.mark.parametrize(
    ("subject", "name"), TABLES, ids=[f"{one.version}-{name}" for one, name in TABLES]
)

MERGED: dict[str, tuple[list[Path], list[Heading]]] = {
    "single headings stand side by side": (
        [("a",), ("b",)],
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b")],
    ),
    "equal neighbours merge": (
        [("a", "x"), ("a", "y")],
        [(0, 0, 1, 2, "a"), (1, 0, 1, 1, "x"), (1, 1, 1, 1, "y")],
    ),
    "a short path stretches to the depth of the others": (
        [("a",), ("b", "x", "p"), ("b", "y")],
        [
            (0, 0, 3, 1, "a"),
            (0, 1, 1, 2, "b"),
            (1, 1, 1, 1, "x"),
            (1, 2, 2, 1, "y"),
            (2, 1, 1, 1, "p"),
        ],
    ),
    "equal headings in different groups stay apart": (
        [("a", "x"), ("b", "x")],
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "x"), (1, 1, 1, 1, "x")],
    ),
    "equal headings with another between them stay apart": (
        [("a", "x"), ("b", "y"), ("a", "z")],
        [
            (0, 0, 1, 1, "a"),
            (0, 1, 1, 1, "b"),
            (0, 2, 1, 1, "a"),
            (1, 0, 1, 1, "x"),
            (1, 1, 1, 1, "y"),
            (1, 2, 1, 1, "z"),
        ],
    ),
}


@EVERY_TABLE
def test_that_the_boxes_cover_a_table_without_gap_or_overlap(subject: Form, name: str) -> None:
    grid = lay_out(subject.tables[name])
    covered = Counter(square for box in grid.boxes for square in squares(box))
    assert covered == Counter(product(range(grid.rows), range(grid.columns)))


@EVERY_TABLE
def test_that_every_cell_of_a_table_has_one_place(subject: Form, name: str) -> None:
    grid = lay_out(subject.tables[name])
    cells = [box.cell for box in grid.boxes if box.cell]
    assert sorted(cells) == sorted(cell for cell in subject.fields if cell.table == name)
    assert grid.places == {box.cell: box for box in grid.boxes if box.cell}


@EVERY_TABLE
def test_that_the_boxes_come_in_reading_order(subject: Form, name: str) -> None:
    corners = [(box.row, box.column) for box in lay_out(subject.tables[name]).boxes]
    assert corners == sorted(corners)


@EVERY_TABLE
def test_that_heading_rows_and_stub_hold_no_figure(subject: Form, name: str) -> None:
    grid = lay_out(subject.tables[name])
    heads = {row for band in grid.bands for row in band}
    for box in grid.boxes:
        in_heading = box.row in heads or box.column < grid.stub_columns
        assert in_heading is (box.cell is None)


@pytest.mark.parametrize("case", MERGED)
def test_that(case: str) -> None:
    paths, expected = MERGED[case]
    assert list(headings(paths)) == expected


def test_that_headings_stretch_to_a_depth_that_is_asked_for() -> None:
    assert list(headings([("a",)], depth=2)) == [(0, 0, 2, 1, "a")]


def branches(children: st.SearchStrategy[list[Path]]) -> st.SearchStrategy[list[Path]]:
    """Put groups of paths side by side, each under a heading of its own."""

    def joined(groups: list[list[Path]]) -> list[Path]:
        return [(str(at), *path) for at, group in enumerate(groups) for path in group]

    return st.lists(children, min_size=1, max_size=4).map(joined)


@given(
    st.recursive(st.just([()]), branches, max_leaves=20).filter(lambda paths: paths != [()]),
    st.integers(0, 6),
)
def test_that_headings_of_any_tree_cover_their_rectangle_exactly_once(
    paths: list[Path], depth: int
) -> None:
    covered = Counter(
        (level + down, first + along)
        for level, first, levels, lines, _ in headings(paths, depth)
        for down, along in product(range(levels), range(lines))
    )
    depth = max(depth, *map(len, paths))
    assert covered == Counter(product(range(depth), range(len(paths))))


def test_that_a_table_of_one_block_repeats_its_heading_rows_on_every_page() -> None:
    grid = grid_of("requests")
    assert (grid.head_rows, grid.stub_columns, grid.bands) == (3, 3, (range(3),))


def test_that_each_block_of_a_table_has_a_band_of_its_own() -> None:
    grid = grid_of("disclosure")
    assert (grid.head_rows, grid.stub_columns) == (0, 1)
    assert grid.bands == (range(2), range(4, 6), range(7, 9), range(11, 13))


def test_that_a_table_laid_across_has_headings_only_on_top() -> None:
    grid = grid_of("disputes")
    assert (grid.head_rows, grid.stub_columns, grid.bands) == (3, 0, (range(3),))
    assert grid.places[at("disputes.suit_after_review.total")] == Box(
        3, 14, 1, 1, cell=at("disputes.suit_after_review.total")
    )


def test_that_a_column_of_several_frame_columns_is_as_wide_as_they_are() -> None:
    places = lay_out(form("2019").tables["disclosure"]).places
    assert places[at("disclosure.normative.published")].columns == 2
    assert places[at("disclosure.fees.change")].columns == 3


def grid_of(table: str) -> Grid:
    return lay_out(form().tables[table])


def squares(box: Box) -> Iterator[tuple[int, int]]:
    return product(range(box.row, box.row + box.rows), range(box.column, box.column + box.columns))
