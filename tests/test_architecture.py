"""The house as it was planned: what may know what, and how long anything may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from app.forms import Line, all_forms

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "resources" / "examples" / "qingshi-2026.json"
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
SHORTEST_LABEL = 4


@cache
def modules() -> Mapping[str, ast.Module]:
    """Every module of the program by its dotted name, parsed."""
    found = {}
    for package in ("app", "ui"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = ast.parse(path.read_text("utf-8"))
    return found


def imports(name: str) -> set[str]:
    """All a module imports anywhere in it, within functions and TYPE_CHECKING too."""
    names: set[str] = set()
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            source = absolute(name, node)
            parts = {f"{source}.{alias.name}" for alias in node.names}
            names |= parts if parts <= modules().keys() else {source, *parts}
    return names


def named(name: str) -> set[str]:
    """The modules that a module only names, as for `import_module("app.export.pdf")`."""
    return {text for text in strings(modules()[name]) if "." in text and text in modules()}


def absolute(name: str, node: ast.ImportFrom) -> str:
    """The module that is imported from, relative imports resolved."""
    if not node.level:
        return node.module or ""
    depth = len(name.split(".")) - node.level + any(one.startswith(f"{name}.") for one in modules())
    return ".".join([*name.split(".")[:depth], *filter(None, [node.module])])


def packages(name: str) -> set[str]:
    """The outermost packages a module imports from."""
    return {one.partition(".")[0] for one in imports(name)}


@cache
def needs(name: str) -> set[str]:
    """The modules of the program a module needs; of a package it needs just what it names."""
    return (imports(name) | named(name)) & modules().keys() - {name}


def ring(start: str) -> list[str]:
    """A way that leads from a module through its imports back to it; empty where there is none."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop()
        for one in needs(way[-1]):
            if one == start:
                return [*way, one]
            if one not in seen:
                seen.add(one)
                ways.append([*way, one])
    return []


@pytest.mark.parametrize("name", [name for name in modules() if name.split(".")[0] == "app"])
def test_that_the_core_knows_no_window_and_no_test(name: str) -> None:
    forbidden = {"PySide6", "shiboken6", "PyQt6", "ui", "tests", "pytest", "hypothesis"}
    assert not packages(name) & forbidden


def test_that_the_core_names_the_window_only_to_start_it() -> None:
    core = [name for name in modules() if name.split(".")[0] == "app"]
    doors = {name: {one for one in named(name) if one.startswith("ui.")} for name in core}
    doors = {name: door for name, door in doors.items() if door}
    assert doors == {"app.__main__": {"ui.main", "ui.selftest"}}


def test_that_the_window_is_made_of_qt_and_the_core() -> None:
    known = {*sys.stdlib_module_names, "app", "ui", "PySide6", "shiboken6"}
    assert {one for name in modules() if name.startswith("ui") for one in packages(name)} <= known


@pytest.mark.parametrize("name", modules())
def test_that_no_module_can_reach_a_network(name: str) -> None:
    networks = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "asyncio"}
    assert not packages(name) & networks
    assert not [one for one in imports(name) if "QtNetwork" in one or "QtWeb" in one]


def test_that_no_flags_are_inverted() -> None:
    """PySide's ~ loses the high bits on some Pythons: Ctrl & ~Shift is then no key at all."""
    inverted = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert)
    ]
    assert inverted == []


def test_that_no_module_stands_in_a_ring_of_imports() -> None:
    assert [way for way in map(ring, modules()) if way] == []


@pytest.mark.parametrize("name", modules())
def test_that_no_module_goes_to_a_neighbour_by_a_package_that_has_yet_to_load_it(name: str) -> None:
    house = name.rpartition(".")[0]
    froms = (node for node in ast.walk(modules()[name]) if isinstance(node, ast.ImportFrom))
    sources = {absolute(name, node) for node in froms}
    assert house not in sources or not needs(house)


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        ("app.forms", {"app.layout", "app.numbers", "app.report", "app.checks", "app.session"}),
        ("app.layout", {"app.report", "app.checks", "app.session"}),
        ("app.characters", {"app.report", "app.checks", "app.session", "app.export"}),
        ("app.numbers", {"app.totals", "app.report", "app.checks", "app.session"}),
        ("app.totals", {"app.report", "app.checks", "app.session"}),
        ("app.checks", {"app.session", "app.drafts", "app.export"}),
        ("app.drafts", {"app.session", "app.export"}),
        ("app.export", {"app.session", "app.drafts", "app.importing"}),
        ("app.importing", {"app.session", "app.commands"}),
    ],
)
def test_that_arrows_never_turn_back(lower: str, upper: set[str]) -> None:
    inside = [name for name in modules() if f"{name}.".startswith(f"{lower}.")]
    assert inside
    assert {one for name in inside for one in needs(name) if above(one, upper)} == set()


def above(name: str, upper: set[str]) -> bool:
    return any(f"{name}.".startswith(f"{one}.") for one in upper)


@pytest.mark.parametrize("name", modules())
def test_that_no_module_repeats_a_label_of_a_form(name: str) -> None:
    repeated = [
        (label, text) for text in strings(modules()[name]) for label in labels() if label in text
    ]
    assert repeated == []


@cache
def labels() -> frozenset[str]:
    """What the form files call their parts, rows and columns, long enough to be told apart."""
    lines: list[Line] = []
    said: set[str] = set()
    for form in all_forms():
        said |= {section.heading for section in form.sections}
        lines += [line for one in form.fields.values() for line in (one.row, one.column)]
        for table in form.tables.values():
            said |= {text for block in table.blocks for text in (block.banner, block.corner)}
    said |= {text for line in lines for text in (*line.label, line.short)}
    return frozenset(text for text in said if len(text) >= SHORTEST_LABEL)


def strings(tree: ast.Module) -> Iterator[str]:
    """Every text in a module that is no docstring."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, documented)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


@pytest.mark.parametrize("name", modules())
def test_that_a_module_and_its_functions_can_be_read_at_a_sitting(name: str) -> None:
    tree = modules()[name]
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert max(getattr(node, "end_lineno", 0) for node in ast.walk(tree)) <= LONGEST_MODULE
    assert [one.name for one in functions if lines_of(one) > LONGEST_FUNCTION] == []


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize(
    "command", [["rules"], ["check", str(EXAMPLE)], ["self-test"]], ids=lambda one: str(one[0])
)
def test_that_no_window_is_loaded_for_the_command(command: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "app", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    loaded = {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines()}
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert "app.commands" in loaded
    assert not {one for one in loaded if one.partition(".")[0] in ("PySide6", "shiboken6", "ui")}
