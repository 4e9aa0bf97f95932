"""The guide on upkeep, printed by the exporter of the reports."""

from __future__ import annotations

from pathlib import Path

from app.commands import run
from app.manual import upkeep
from tests.export.reading import bare, text_of_pdf


def test_that_the_guide_is_printed_whole(tmp_path: Path) -> None:
    assert run(["guide", "--to", str(tmp_path)]) == 0
    (path,) = tmp_path.iterdir()
    assert path.name == "公开年报安装与维护.pdf"
    text = bare(text_of_pdf(path.read_bytes())).replace("\ufffe", "-")  # a hyphen, to pdfium
    for task in upkeep():
        assert bare(task.title) in text
        for step in task.steps:
            assert bare(step) in text
