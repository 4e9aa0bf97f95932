"""No file tells who made it, where, when, or with what."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.export import FORMATS
from tests.drafts.examples import FILLED
from tests.export.reading import insides

ROOT = Path(__file__).parents[2]
CLERK = "zhangsan-of-qingshi"
MAKERS = (
    *(
        "reportlab",
        "openpyxl",
        "python",
        "lxml",
        "pypdf",
        "microsoft excel",
        "author",
        "lastmodifiedby",
    ),
    *("creator>", "company>", "manager>", "/home/", "/tmp/", "c:\\users", "site-packages"),
)
EMPTY_AUTHOR = "/author ()"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The example as a clerk of our making exports it, by format."""
    home = tmp_path_factory.mktemp(CLERK)
    names = dict.fromkeys(("USER", "USERNAME", "LOGNAME", "COMPUTERNAME", "HOSTNAME"), CLERK)
    homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "GONGKAI_HOME"), str(home))
    subprocess.run(
        [sys.executable, "-m", "app", "export", FILLED, "--to", home / "导出"],
        cwd=home,
        env={**os.environ, **names, **homes, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    files = {path.suffix: path.read_bytes() for path in (home / "导出").iterdir()}
    return {name: files[form.suffix] for name, form in FORMATS.items()}


@pytest.mark.parametrize("name", FORMATS)
def test_that_no_file_names_a_person_a_place_a_machine_or_a_library(
    exported: dict[str, bytes], name: str
) -> None:
    said = "\n".join(insides(exported[name])).lower().replace(EMPTY_AUTHOR, "")
    told = [one for one in (CLERK, str(ROOT), *MAKERS) if one.lower() in said]
    assert told == []
    host = socket.gethostname().lower()
    assert len(host) < 6 or host not in said


@pytest.mark.parametrize("name", FORMATS)
def test_that_no_file_tells_when_it_was_made(exported: dict[str, bytes], name: str) -> None:
    form = FORMATS[name]
    assert exported[name] == rendered_again(form.module)


def rendered_again(module: str) -> bytes:
    """The same report, rendered later, elsewhere, by somebody else."""
    code = (
        "import sys, importlib; from pathlib import Path; from app.checks import check\n"
        "from app.drafts import load; from app.export.document import document_of\n"
        f"made = importlib.import_module({module!r}).render\n"
        f"sys.stdout.buffer.write(made(document_of(check(load(Path({str(FILLED)!r})).report))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "USER": "lisi", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"},
        check=True,
        capture_output=True,
    )
    return done.stdout
