"""The guide for whoever installs and keeps the program, as a document like any other."""

from __future__ import annotations

from app.characters import printable
from app.export.document import Document, Part
from app.export.paragraph import Paragraph
from app.manual import Task, upkeep
from app.writing.han import han

NAME = "公开年报安装与维护"


def guide_of(version: str) -> Document:
    """Make the guide of this version of the program, to be written by an exporter."""
    about = Paragraph(f"适用于“公开年报”{version}。程序里“帮助 › 安装与维护”是同样的内容。")
    parts = (_part(number, task) for number, task in enumerate(upkeep(), start=1))
    return Document(
        title=NAME, organ="", year=0, date="", mark="", parts=(Part("", (about,)), *parts)
    )


def _part(number: int, task: Task) -> Part:
    steps = (printable(f"{at}．{step}") for at, step in enumerate(task.steps, start=1))
    return Part(f"{han(number)}、{task.title}", tuple(map(Paragraph, steps)))
