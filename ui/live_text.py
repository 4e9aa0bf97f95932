"""Live numbers in a document: each is shown as its figure and stays one piece.

The characters of a figure carry what stands for it in the draft. A figure that was changed by
whatever means (an input method, a drop) is ordinary text from then on. So what is read is always
what is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, count, groupby
from typing import NamedTuple

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from app.live import Piece
from app.unchanged import unchanged_ends
from ui.theme import colours

PARAGRAPH_END = "\u2029"
_RAW = QTextFormat.Property.UserProperty.value + 1
_SHOWN = _RAW + 1
_NUMBER = _RAW + 2
_numbers = count(1)
"""Tells two live numbers apart that stand side by side."""


class Run(NamedTuple):
    """Characters of a document of one kind, and where they stand in the units Qt counts."""

    start: int
    end: int
    text: str
    raw: str = ""
    """What the draft holds for a live number; '' for ordinary words."""
    shown: str = ""
    """What a live number was when it was put there."""
    number: int = 0

    @property
    def kept(self) -> str:
        """What the draft holds for these characters."""
        return self.raw or self.text


class _Sign(NamedTuple):
    """One character, or one live number."""

    raw: str
    shown: str
    live: bool


def utf16(text: str) -> int:
    """How long Qt thinks a text is: it counts two for a rare character."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def even(text: str) -> str:
    """A text with the line ends a document has."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace(PARAGRAPH_END, "\n")


def runs(document: QTextDocument) -> list[Run]:
    """All characters of a document in order, paragraph ends as line ends."""
    found: list[Run] = []
    for one in _fragments(document):
        last = found[-1] if found else None
        if last and last.number == one.number:
            found[-1] = last._replace(end=one.end, text=last.text + one.text)
        else:
            found.append(one)
    return found


def _fragments(document: QTextDocument) -> Iterator[Run]:
    block = document.begin()
    while block.isValid():
        if block.position():
            yield Run(block.position() - 1, block.position(), "\n")
        yield from _in_block(block)
        block = block.next()


def _in_block(block: QTextBlock) -> Iterator[Run]:
    inside = block.begin()
    while not inside.atEnd():
        fragment = inside.fragment()
        look, start = fragment.charFormat(), fragment.position()
        raw, shown = look.stringProperty(_RAW), look.stringProperty(_SHOWN)
        end = start + fragment.length()
        yield Run(start, end, fragment.text(), raw, shown, look.intProperty(_NUMBER))
        inside += 1


def raw_text(there: Iterable[Run]) -> str:
    """What the draft holds for the characters of a document, exactly as typed."""
    return "".join(one.kept for one in there)


def live_at(document: QTextDocument, position: int) -> Run | None:
    """The live number whose characters the one behind a place belongs to."""
    inside = _in_block(document.findBlock(position))
    return next((one for one in inside if one.raw and one.start <= position < one.end), None)


def follows_live(cursor: QTextCursor) -> bool:
    """Tell whether what is typed at a cursor would be taken for a piece of a live number."""
    return cursor.charFormat().hasProperty(_RAW)


class Places:
    """Leads from the characters of the draft to those of the document, and back."""

    def __init__(self, there: Sequence[Run]) -> None:
        self._runs = there
        sizes = (len(one.kept) for one in self._runs)
        self._starts = list(accumulate(sizes, initial=0))

    def position(self, characters: int) -> int:
        """Where the document has a character of the draft; within a live number, its end."""
        at = bisect_right(self._starts, characters) - 1
        if at >= len(self._runs):
            return self._runs[-1].end if self._runs else 0
        run, within = self._runs[at], characters - self._starts[at]
        if run.raw:
            return run.end if within else run.start
        return run.start + utf16(run.text[:within])

    def characters(self, position: int) -> int:
        """Where the draft has what stands at a place of the document."""
        at = bisect_right(self._runs, position, key=lambda one: one.start) - 1
        if at < 0:
            return 0
        run, within = self._runs[at], position - self._runs[at].start
        if run.raw:
            return self._starts[at] + (len(run.raw) if within else 0)
        text = run.text.encode("utf-16-le", "surrogatepass")[: within * 2]
        return self._starts[at] + len(text.decode("utf-16-le", "surrogatepass"))


def insert(cursor: QTextCursor, pieces: Iterable[Piece]) -> None:
    """Put words and live numbers in the place of what a cursor has selected."""
    _insert(cursor, [one for piece in pieces for one in _signs_of(piece)])


def show(document: QTextDocument, there: Iterable[Run], pieces: Iterable[Piece]) -> None:
    """Have a document show these pieces; only what differs from what is there is changed."""
    old = [one for run in there for one in _signs_in(run)]
    new = [one for piece in pieces for one in _signs_of(piece)]
    before, behind = unchanged_ends(old, new)
    if before == len(old) == len(new):
        return
    cursor = QTextCursor(document)
    cursor.setPosition(_length(old[:before]))
    cursor.setPosition(_length(old[: len(old) - behind]), QTextCursor.MoveMode.KeepAnchor)
    _insert(cursor, new[before : len(new) - behind])


def are_shown(there: Iterable[Run], pieces: Iterable[Piece]) -> bool:
    """Tell whether just these pieces are there."""
    wanted = [(even(one.raw), even(one.shown)) for one in pieces]
    return wanted == [(one.kept, one.text) for one in there]


def mend(document: QTextDocument, there: Iterable[Run]) -> None:
    """Take the mark of a live number from characters that are no longer the whole of it."""
    for one in there:
        if one.raw and one.text != one.shown:
            _mend(QTextCursor(document), one)


def _mend(cursor: QTextCursor, run: Run) -> None:
    size = utf16(run.shown)
    if run.text.startswith(run.shown):
        _select(cursor, run.start + size, run.end)
    elif run.text.endswith(run.shown):
        _select(cursor, run.start, run.end - size)
    else:
        _select(cursor, run.start, run.end)
    cursor.setCharFormat(QTextCharFormat())


def _select(cursor: QTextCursor, start: int, end: int) -> None:
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)


def _insert(cursor: QTextCursor, signs: Iterable[_Sign]) -> None:
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    for live, group in groupby(signs, key=lambda one: one.live):
        if live:
            for one in group:
                cursor.insertText(one.shown, _look(one))
        else:
            cursor.insertText("".join(one.shown for one in group), QTextCharFormat())
    cursor.endEditBlock()


def _look(sign: _Sign) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setBackground(colours().live)
    look.setProperty(_RAW, sign.raw)
    look.setProperty(_SHOWN, sign.shown)
    look.setProperty(_NUMBER, next(_numbers))
    return look


def _signs_of(piece: Piece) -> list[_Sign]:
    if piece.cell:
        return [_Sign(piece.raw, piece.shown, live=True)]
    return [_Sign(sign, sign, live=False) for sign in even(piece.shown)]


def _signs_in(run: Run) -> list[_Sign]:
    if run.raw:
        return [_Sign(run.raw, run.text, live=True)]
    return [_Sign(sign, sign, live=False) for sign in run.text]


def _length(signs: Iterable[_Sign]) -> int:
    return utf16("".join(one.shown for one in signs))
