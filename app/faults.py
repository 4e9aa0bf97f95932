"""A fault of the program as a report that may be shown to anybody.

It says where the program broke and on what system: no message of an exception, for that may quote
what was filled in; no path that names a person.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from app.paths import resources
from app.patterns import pattern
from app.version import program_version

MOST_FRAMES, MOST_CAUSES = 30, 4
LONGEST_LINE = 200
_ROOT = str(resources().parent)
_PEOPLE = pattern(
    r"(?i)[A-Z]:[\\/]+(?:Users|Documents and Settings)[\\/]+[^\\/\"'\n]+"
    r"|(?<![\w.])/(?:home|Users)/[^/\"'\n]+|(?<![\w.])/root(?![\w.])"
)
_LIBRARY = pattern(
    r"[^\"\s]*[\\/](?:site-packages|dist-packages|lib[\\/]python[\d.]+|Python\d+[\\/]Lib)(?=[\\/])"
)
_FILLED_IN = pattern("[^\0-\x7f]+")


class Fault(NamedTuple):
    """What broke: its report, and by what it is known again when it breaks once more."""

    report: str
    same: tuple[str, ...]


def fault_of(
    kind: type[BaseException],
    error: BaseException | None,
    trace: TracebackType | None,
    heard: Iterable[str] = (),
    system: str = "",
) -> Fault:
    """Describe an exception. `heard` is what libraries said before, `system` what they are."""
    lines = [*_head(system), *_chain(kind, error, trace), *_heard(heard)]
    places = [f"{one.filename}:{one.lineno}" for one in traceback.extract_tb(trace)]
    return Fault("\n".join(lines) + "\n", (kind.__name__, *places[-1:]))


def fault_told(what: str, heard: Iterable[str] = (), system: str = "") -> Fault:
    """Describe what the system or a library said when the program broke, in its own words."""
    lines = [*_head(system), *map(_plain, what.splitlines()), *_heard(heard)]
    return Fault("\n".join(lines) + "\n", (_plain(what.partition("\n")[0]),))


def without_people(text: str) -> str:
    """The text with the folders of persons, and of this program, shortened."""
    for folder, short in ((_ROOT, "gongkai"), (str(Path.home()), "~")):
        if len(folder) > 1:
            text = text.replace(folder, short)
    return _PEOPLE.sub("~", text)


def _head(system: str) -> Iterator[str]:
    import platform  # noqa: PLC0415  (slow to load, and the window would wait for it)

    yield f"公开年报 {program_version()} 出错情况（不含填写的内容）"
    yield f"{datetime.now():%Y-%m-%d %H:%M:%S}　{platform.platform(terse=True)}"
    yield f"Python {platform.python_version()} {platform.machine()}　{system}".rstrip()
    yield ""


def _chain(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> Iterator[str]:
    yield from _one(kind, trace)
    for _ in range(MOST_CAUSES):
        if error is None:
            return
        error = error.__cause__ or error.__context__
        if error is not None:
            yield "起因："
            yield from _one(type(error), error.__traceback__)


def _one(kind: type[BaseException], trace: TracebackType | None) -> Iterator[str]:
    yield kind.__name__
    frames = traceback.extract_tb(trace)
    if len(frames) > MOST_FRAMES:
        yield f"  （前面还有 {len(frames) - MOST_FRAMES} 层）"
    for frame in frames[-MOST_FRAMES:]:
        yield f"  {_file(frame.filename)}:{frame.lineno} {frame.name}"
        if frame.line:
            yield f"    {frame.line[:LONGEST_LINE]}"


def _file(name: str) -> str:
    return _LIBRARY.sub("…", without_people(name))


def _heard(messages: Iterable[str]) -> Iterator[str]:
    told = [_plain(one) for one in messages]
    if told:
        yield ""
        yield "此前的提示："
        yield from (f"  {one}" for one in told)


def _plain(message: str) -> str:
    """A library's message; what is Chinese in it may be the clerk's and is left out."""
    return _FILLED_IN.sub("…", _file(message))[:LONGEST_LINE]
