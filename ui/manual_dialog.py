"""How to use the program, and how to install and keep it: the tasks, each on a page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from html import escape

from PySide6.QtWidgets import QWidget

from app.manual import Task, tasks, upkeep
from ui.pages_dialog import Leaf, PagesDialog

SPOKEN = "这件事怎样做"


class ManualDialog(PagesDialog):
    """For whoever fills in a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("使用说明", SPOKEN, _leaves(tasks()), parent)


class UpkeepDialog(PagesDialog):
    """For whoever installs the program, moves it, hands it over or removes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("安装与维护", SPOKEN, _leaves(upkeep()), parent)


def _leaves(told: Iterable[Task]) -> list[Leaf]:
    return [Leaf(one.title, partial(_page, one)) for one in told]


def _page(task: Task) -> str:
    steps = "".join(f"<li>{escape(step)}</li>" for step in task.steps)
    keys = "".join(f"<p>{escape(one)}</p>" for one in task.keys)
    head = '<p class="head">快捷键</p>' if keys else ""
    return f"<h3>{escape(task.title)}</h3><ol>{steps}</ol>{head}{keys}"
