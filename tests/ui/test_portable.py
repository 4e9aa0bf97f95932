"""The program carried on a stick leaves nothing on the computer it is plugged into."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import OFFSCREEN, Dialogs
from ui import main
from ui.window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import os, sys
sys.path.insert(0, os.getcwd())  # an embedded Python looks where it is told alone

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import main

def fill():
    (window,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, main.MainWindow)]
    window.bridge.session.name_organ("青石镇人民政府")
    assert window.work.desk.create()
    window.close()

made = main.make_application
def make():
    application = made()
    QTimer.singleShot(200, fill)
    return application
main.make_application = make
raise SystemExit(main.main())
"""


def test_that_drafts_and_settings_stay_on_the_stick(tmp_path: Path) -> None:
    stick, computer = tmp_path / "E", tmp_path / "computer"
    computer.mkdir()
    for name in ("app", "ui", "resources"):
        shutil.copytree(ROOT / name, stick / "program" / name, ignore=lambda *_: ["__pycache__"])
    for name in ("runtime", "lib"):
        (stick / name).mkdir()
    (stick / "portable.txt").touch()
    homes = dict.fromkeys(("HOME", "APPDATA", "USERPROFILE"), str(computer))
    ours = {name: os.environ[name] for name in os.environ if not name.startswith("XDG_")}
    ours.pop("GONGKAI_HOME", None)
    ended = subprocess.run(
        [sys.executable, "-B", "-c", PROGRAM],
        env={**ours, **homes, "PYTHONPATH": "", "QT_QPA_PLATFORM": "offscreen"},
        cwd=stick / "program",
        timeout=120,
        check=True,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    said = [line for line in ended.stderr.splitlines() if OFFSCREEN not in line]
    assert not said, "\n".join(said)
    (draft,) = (stick / "草稿").glob("*.json")
    assert draft.name.startswith("青石镇")
    remembered = json.loads((stick / "设置" / "recent.json").read_text("utf-8"))
    assert [Path(one) for one in remembered] == [Path("草稿", draft.name)]
    assert not list(computer.rglob("*.json"))


def test_that_a_stick_that_cannot_be_written_is_told_at_the_start(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, dialogs: Dialogs
) -> None:
    monkeypatch.setattr(main, "portable_trouble", lambda: "不能写入")
    monkeypatch.setattr(main, "soon", lambda _owner, do: do())
    main._begin(window, "核对设置有误", (), ())
    assert dialogs.said == ["不能写入\n\n核对设置有误"]
