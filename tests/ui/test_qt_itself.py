"""Qt as it is pinned: PySide6 6.12 aborts on Python 3.11, so a new pin has to pass here first.

Every call of a void function there took one reference from None away; after some ten thousand
calls, which is minutes of painting, the interpreter died of "deallocating None". It happens in
a program of its own here, for it would take the test run with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VOID_CALLS = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication, QFont, QImage, QPainter

class Sender(QObject):
    sent = Signal(int)

class Receiver(QObject):
    got = 0
    def take(self, number):
        self.got += 1

application = QGuiApplication([])
image = QImage(64, 64, QImage.Format.Format_ARGB32)
painter, font = QPainter(image), QFont()
references = sys.getrefcount(None)
for _ in range(100_000):
    painter.setFont(font)
    painter.drawRect(1, 1, 9, 9)
painter.end()
sender, receiver = Sender(), Receiver()
sender.sent.connect(receiver.take)
for number in range(20_000):
    sender.sent.emit(number)
assert receiver.got == 20_000
assert abs(sys.getrefcount(None) - references) < 1_000, "None is being given away"
print("alive")
"""


def test_that_200000_void_calls_and_20000_slot_calls_leave_the_interpreter_alive() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", VOID_CALLS],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        cwd=ROOT,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "alive\n"), ended.stderr
