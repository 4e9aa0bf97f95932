"""Notes of one's own: kept with the draft, undone like all else, and nobody else's business."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from app.checks import check
from app.drafts import DraftError, load, report_from
from app.drafts.store import to_bytes
from app.export import FORMATS
from app.export.document import document_of
from app.report import Report
from app.session import Session, Update
from tests.reports import all_zeros

PLACE = "requests.received.person"
SECRET = "司法所老王报来的数"
AT = datetime(2027, 1, 8, 14, 3, 22)


def test_that_a_note_is_kept_and_what_is_typed_in_one_go_is_one_step() -> None:
    session = Session(all_zeros())
    session.note(PLACE, "司")
    session.note(PLACE, "司法所")
    session.note("overview", "等党政办的稿子")
    assert session.report.notes == {PLACE: "司法所", "overview": "等党政办的稿子"}
    assert session.undo_name == "修改备注"

    session.undo()
    assert session.report.notes == {PLACE: "司法所"}
    session.undo()
    assert session.report.notes == {}


def test_that_an_emptied_note_is_gone() -> None:
    session = Session(all_zeros())
    session.note(PLACE, SECRET)
    session.note(PLACE, "")
    assert session.report.notes == {}


def test_that_a_note_has_no_rule_run_again_and_changes_nothing_else() -> None:
    session = Session(all_zeros())
    findings = session.checked.by_rule
    told: list[Update] = []
    session.listen(told.append)

    session.note(PLACE, SECRET)

    assert told == [Update(frozenset(), frozenset(), details=False)]
    assert all(session.checked.by_rule[rule] is said for rule, said in findings.items())
    assert not session.checked.waiting


def test_that_notes_come_back_with_the_draft(tmp_path: Path) -> None:
    last = all_zeros("2021", 2025).with_note(PLACE, "去年的")
    report = replace(all_zeros(), previous=last).with_note(PLACE, SECRET)
    path = tmp_path / "a.json"
    path.write_bytes(to_bytes(report, 1, AT))

    back = load(path).report
    assert back.notes == {PLACE: SECRET}
    assert back.previous
    assert back.previous.notes == {PLACE: "去年的"}
    assert json.loads(path.read_bytes())["notes"] == {PLACE: SECRET}


def test_that_a_draft_without_notes_has_no_key_for_them() -> None:
    assert "notes" not in json.loads(to_bytes(all_zeros(), 1, AT))


@pytest.mark.parametrize("notes", [["x"], "x", {PLACE: 3}, 1])
def test_that_notes_that_are_none_are_refused_with_their_place(notes: object) -> None:
    with pytest.raises(DraftError, match="notes"):
        report_from({"schema": 1, "form": "2021", "year": 2026, "notes": notes})


@pytest.mark.parametrize("name", FORMATS)
def test_that_no_note_gets_into_what_is_printed_or_exported(
    sound_report: Report, name: str
) -> None:
    noted = sound_report.with_note(PLACE, SECRET).with_note("overview", SECRET)
    checked = check(noted)
    assert SECRET not in str(document_of(checked))
    data = FORMATS[name].render(document_of(checked))
    assert SECRET not in _text(data)


def _text(data: bytes) -> str:
    if data.startswith(b"%PDF"):
        return "".join(page.get_textpage().get_text_range() for page in PdfDocument(data))
    if data.startswith(b"PK"):
        archive = ZipFile(BytesIO(data))
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return data.decode("utf-8", "replace")
