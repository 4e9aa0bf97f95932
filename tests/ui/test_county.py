"""The county's settings file: it holds from the start, or its mistake is told once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import Settings, settings_file
from ui.county import county_settings

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import main, widgets

said = []
def tell(parent, text):
    said.append(text)
    assert parent.isVisible()
widgets.tell = tell

def end():
    (window,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, main.MainWindow)]
    print(dict(window.bridge.settings.levels), window.bridge.settings.similarity)
    window.close()

made = main.make_application
def make():
    application = made()
    QTimer.singleShot(500, end)
    return application
main.make_application = make
code = main.main()
print(*said, sep="\\n--\\n")
raise SystemExit(code)
"""


def put(text: str) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text, encoding="utf-8")


def test_that_without_a_file_the_defaults_hold(home: Path) -> None:
    assert county_settings() == (Settings(), "")


def test_that_a_good_file_holds(home: Path) -> None:
    put('[levels]\ntext-vs-table = "hint"\n26 = "off"\n[copied]\nsimilarity = 0.9\n')
    settings, trouble = county_settings()
    assert settings.levels == {"text-vs-table": "hint", "26": "off"}
    assert (settings.similarity, trouble) == (0.9, "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[levels", "不是有效的 TOML 文件"),
        ('[levels]\nno-such-rule = "off"', "没有名为“no-such-rule”的规则"),
        ('[levels]\nbalance = "off"', "级别不能改"),
        ('[levels]\nyear = "loud"', "级别“loud”不对"),
        ("[copied]\nsimilarity = 7", "0.3 到 1 之间"),
    ],
)
def test_that_a_file_with_a_mistake_holds_nowhere_and_is_told(
    home: Path, content: str, reason: str
) -> None:
    put(content)
    settings, trouble = county_settings()
    assert settings == Settings()
    assert trouble.startswith("核对设置“settings.toml”不能使用：")
    assert reason in trouble
    assert str(settings_file()) in trouble


@pytest.mark.parametrize(
    ("content", "in_force", "told"),
    [
        ('[levels]\nyear = "off"\n', "{'year': 'off'} 0.8", 0),
        ('[levels]\nyear = "loud"\n', "{} 0.8", 1),
    ],
)
def test_that_the_program_starts_with_the_file_and_tells_a_mistake_once(
    home: Path, content: str, in_force: str, told: int
) -> None:
    put(content)
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        cwd=ROOT,
        check=False,
    )
    first, _, said = ended.stdout.partition("\n")
    assert (ended.returncode, first) == (0, in_force), ended.stderr
    assert said.count("不能使用") == told
