"""A clerk without a window, to be killed: edits a session and saves after every edit.

`typist.py edit FOLDER` reads {"n": 7, "key": "f3", "value": "…"} a line and answers {"ack": 7}
once edits 1 to 7 are on disk, {"err": 7, "why": "…"} where the save was refused.
`typist.py dump FOLDER` prints {"state": {key: value}, "notice": "…"}; exit 3 where nothing is
readable. Run by tests/drafts/test_crash.py, and by any crash harness that speaks this protocol.
"""

import json
import sys
from pathlib import Path
from typing import Any

from app.drafts import DraftError, DraftFile, Opened, last_good, load, set_aside
from app.files import FileError
from app.forms import Cell, Form, all_forms
from app.numbers import show
from app.report import Report
from app.session import Session

FORM: Form = all_forms()[-1]
PLACES: tuple[str | Cell, ...] = (
    *(section.id for section in FORM.text_sections),
    *(one.cell for one in FORM.typed()),
)


def draft(folder: Path) -> Path:
    """Where the typist keeps the draft in its folder."""
    return folder / "青石镇.json"


def opened(path: Path, *, repair: bool) -> tuple[Opened | None, str]:
    """Open the draft, or the newest good state of a damaged one, and say which."""
    try:
        found = load(path)
        if found.intact:
            return found, "".join(found.notices)
    except DraftError as error:
        damage = str(error)
    except FileError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return None, ""
        raise
    else:
        damage = found.notices[0]
    good = last_good(path)
    if good is None:
        raise DraftError(damage)
    if repair:
        set_aside(path)
    return good[1], f"{damage}打开的是 {good[1].saved_at} 的状态。"


def state(report: Report) -> dict[str, str]:
    """What the report says, by the keys of the protocol."""
    held = {f"f{number}": written(report, place) for number, place in enumerate(PLACES)}
    return {key: value for key, value in held.items() if value}


def written(report: Report, place: str | Cell) -> str:
    """What stands in a text or in a cell."""
    return report.text(place) if isinstance(place, str) else show(report.cells.get(place))


def edit(folder: Path) -> None:
    """Do every edit that is read and tell which are safe."""
    found, _ = opened(draft(folder), repair=True)
    session = Session(found.report if found else Report(FORM, 2026, "青石镇人民政府"))
    file = DraftFile(draft(folder), found)
    if file.elsewhere:
        sys.exit("another window has it")
    answer({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        place = PLACES[int(asked["key"][1:])]
        if isinstance(place, str):
            session.write(place, asked["value"])
        else:
            session.type(place, asked["value"])
        try:
            file.save(session.report)
        except FileError as error:
            answer({"err": asked["n"], "why": str(error)})
        else:
            answer({"ack": asked["n"]})
    file.close()


def refuse(why: str) -> None:
    """Answer every edit with the reason why nothing can be edited."""
    for line in sys.stdin:
        answer({"err": json.loads(line)["n"], "why": why})


def dump(folder: Path) -> None:
    """Print what a clerk would find on opening the draft now."""
    found, notice = opened(draft(folder), repair=False)
    answer({"state": state(found.report) if found else {}, "notice": notice})


def answer(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main(command: str, folder: str) -> int:
    try:
        (edit if command == "edit" else dump)(Path(folder))
    except (DraftError, FileError) as error:
        if command == "dump":
            sys.stderr.write(f"{error}\n")
            return 3
        refuse(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
