"""A report of a fault tells where the program broke, and nothing of who uses it for what."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from app.faults import LONGEST_LINE, MOST_FRAMES, Fault, fault_of, fault_told, without_people
from app.paths import resources

SECRET = "张三的身份证号 370102199001011234"


def caught(breaking: str = "raise ValueError(SECRET)") -> Fault:
    try:
        exec(breaking, {"SECRET": SECRET, "deep": deep, "nested": nested})
    except Exception:
        return fault_of(*sys.exc_info())
    raise AssertionError(breaking)


def deep(levels: int) -> None:
    if levels == 0:
        raise ValueError(SECRET)
    deep(levels - 1)


def nested() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise TypeError(SECRET) from error


def test_that_a_report_tells_program_system_kind_and_places() -> None:
    report = caught("deep(2)").report
    assert report.startswith("公开年报 ")
    assert "Python 3." in report
    assert "\nValueError\n" in report
    assert "gongkai/tests/test_faults.py" in report.replace("\\", "/")
    assert " deep\n" in report


def test_that_a_report_holds_no_message_of_an_exception_nor_of_its_cause() -> None:
    for breaking in ("raise ValueError(SECRET)", "nested()", "raise KeyError(SECRET)"):
        report = caught(breaking).report
        assert "张三" not in report
        assert "370102" not in report


def test_that_the_cause_of_an_exception_is_told_with_its_places() -> None:
    report = caught("nested()").report
    assert report.index("TypeError") < report.index("起因：") < report.index("KeyError")


def test_that_an_endless_recursion_makes_no_endless_report() -> None:
    report = caught("deep(300)").report
    assert f"（前面还有 {303 - MOST_FRAMES} 层）" in report
    assert len(report.splitlines()) < 3 * MOST_FRAMES


def test_that_the_same_fault_is_known_again_and_another_is_not() -> None:
    assert caught("deep(3)").same == caught("deep(3)").same
    assert caught("deep(3)").same != caught("nested()").same


def test_that_a_fault_without_a_trace_or_a_value_is_reported_too() -> None:
    assert "\nMemoryError\n" in fault_of(MemoryError, None, None).report


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (str(Path.home() / "文档" / "x.py"), f"~{Path('/文档/x.py')}"),
        (str(resources()), f"gongkai{Path('/resources')}"),
        ("/home/zhangsan/年报/a.json", "~/年报/a.json"),
        ("/Users/李四/a.json", "~/a.json"),
        (r"C:\Users\王五\AppData\x.py", r"~\AppData\x.py"),
        ("C:/Users/Wang Wu/x.py", "~/x.py"),
        (r"d:\documents and settings\赵六\x.py", r"~\x.py"),
        ("/opt/gongkai/app/x.py", "/opt/gongkai/app/x.py"),
        ("/srv/home/x.py", "/srv/home/x.py"),
    ],
)
def test_that_paths_name_no_person(path: str, shown: str) -> None:
    assert without_people(path) == shown
    assert without_people(f'File "{path}", line 3') == f'File "{shown}", line 3'


@pytest.mark.parametrize(
    "folder",
    [
        "/usr/lib/python3.11",
        "/opt/gongkai/lib/python3.11/site-packages",
        "C:/Python311/Lib",
        "D:/Python/Python311/Lib/site-packages",
    ],
)
def test_that_paths_of_libraries_begin_with_the_library(folder: str) -> None:
    said = f'  File "{folder}/json/decoder.py", line 3'
    assert '  File "…/json/decoder.py", line 3\n' in fault_told(said).report
    backwards = fault_told(said.replace("/", "\\")).report
    assert '  File "…\\json\\decoder.py", line 3\n' in backwards


def test_that_the_library_this_python_came_with_is_known_as_one() -> None:
    report = caught("import json; json.loads('{')").report.replace("\\", "/")
    # A library in a .zip names its files without a folder before them.
    assert re.search(r"^  (…/)?json/decoder\.py:", report, re.MULTILINE)


def test_that_what_libraries_said_is_told_without_what_may_be_the_clerks() -> None:
    heard = ["QObject::connect: no such signal", "QFile: /home/zhang/青石镇.json 打不开", "x" * 999]
    report = fault_of(ValueError, None, None, heard, "Qt 6.8.3").report
    assert "QObject::connect: no such signal" in report
    assert "Qt 6.8.3" in report
    assert "zhang" not in report
    assert "青石镇" not in report
    assert max(map(len, report.splitlines())) <= LONGEST_LINE + 2


def test_that_what_the_system_said_is_told_line_by_line() -> None:
    said = (
        'Fatal Python error: Aborted\n\nThread 0x7 (most recent call first):\n  File "{}", line 3'
    )
    report = fault_told(said.format(Path.home() / "张三" / "ui.py")).report
    assert "Fatal Python error: Aborted" in report
    assert str(Path.home()) not in report
    assert "张三" not in report
