"""The words of a report around its tables: title, preface, texts, who signed it and when."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from app.export.document import UNCHECKED_MARK
from app.forms import Form, Section
from app.importing.facts import Facts, facts_in
from app.importing.labels import bare, likeness, plain
from app.importing.paper import Lattice, Line, Paper, Role
from app.importing.vocabulary import spoken
from app.numbers import chinese_value

LONGEST_HEADING = 40
LONGEST_TITLE = 60
LONGEST_ORGAN = 40
TITLE_AMONG = 6
"""The lines at the top among which the title stands."""
SIGNED_AMONG = 8
"""The lines at the end among which the signature stands."""
BEGINNING = 30
"""The signs of a text among which a year is the one it tells of."""
ALIKE = 0.6
"""How alike a line with the right number must be to the heading of a part."""
_HAN = "〇○零一二三四五六七八九十"
_NUMBER = re.compile(r"第?([一二三四五六七八九十]{1,2})(?:部分)?[、.,:]?")
_NUMBERED = re.compile(r"[(\d]")
_YEAR = re.compile(rf"(?<![\d{_HAN}])(20\d\d|二[{_HAN}]{{3}})年")
_PERIOD = re.compile(r"(20\d\d)年1月1日")
_DAY = re.compile(
    rf"(?P<organ>.*?)[(]?(\d{{4}}|[{_HAN}]{{4}})年(\d{{1,2}}|[{_HAN}]{{1,3}})月(\d{{1,2}}|[{_HAN}]{{1,3}})日[)]?"
)
_ISO_DAY = re.compile(r"(?P<organ>.*?)(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_NAME = re.compile(
    rf"(?P<organ>.*?)(?:关于)?(?:[(]?(?:20\d\d|二[{_HAN}]{{3}})年?度?[)]?)?(?:政府信息|政务|信息)公开"
)
LONGEST_PORTAL = 80
"""Signs of a line that a portal writes above a report."""


@dataclass
class Words:
    """All that was read of a report besides its figures."""

    title: str = ""
    organ: str = ""
    year: int | None = None
    day: date | None = None
    texts: dict[str, str] = field(default_factory=dict)


def read_words(paper: Paper, form: Form) -> Words:
    """Find title, organ, year, day and texts by the headings of a form."""
    lines = [
        piece if isinstance(piece, Line) else None
        for piece in paper.pieces
        if isinstance(piece, Lattice) or UNCHECKED_MARK not in piece.text
    ]
    heads = _headings(lines, form)
    words = Words()
    first = min((at for at, _, _ in heads), default=len(lines))
    top = [line for line in lines[:first] if line]
    words.title, preface = _title(top)
    for number, (at, section, rest) in enumerate(heads):
        behind = heads[number + 1][0] if number + 1 < len(heads) else len(lines)
        if section.id in form.tables:
            continue
        part = [Line(rest), *(line for line in lines[at + 1 : behind] if line)]
        if behind == len(lines):
            part = _sign(part, words)
        words.texts[section.id] = _text(part)
    for section in form.text_sections:
        if not section.heading and heads:
            words.texts[section.id] = _text(preface)
    _take_facts(words, facts_in(paper.pieces))
    _conclude(words)
    return words


def year_in(text: str) -> int | None:
    """The first year a text names, in digits or 汉字."""
    found = _YEAR.search(plain(text))
    return _number(found[1]) if found else None


def day_in(text: str) -> date | None:
    """The day a text names, None where it names none that exists."""
    return _day(_DAY.search(plain(text)) or _ISO_DAY.search(plain(text)))


def _headings(lines: Sequence[Line | None], form: Form) -> list[tuple[int, Section, str]]:
    """Where each part begins, with what follows its heading in the same line.

    A heading may also stand in a table of contents: the last that fits the order counts.
    """
    found: list[tuple[int, Section, str]] = []
    end = len(lines)
    for section in reversed([one for one in form.sections if one.heading]):
        for at in range(end - 1, -1, -1):
            line = lines[at]
            if line and (rest := _behind_heading(line.text, section)) is not None:
                found.append((at, section, rest))
                end = at
                break
    return found[::-1]


def _behind_heading(text: str, section: Section) -> str | None:
    head, _, rest = _cut(text.strip())
    words = plain(head)
    if not words or len(words) > LONGEST_HEADING:
        return None
    number = _NUMBER.match(words)
    if number and number[1] == section.number:
        return rest if likeness(head, section.heading) >= ALIKE else None
    unnumbered = not _NUMBERED.match(words) and bare(words) == words
    return rest if unnumbered and bare(head) == bare(section.heading) else None


def _cut(text: str) -> tuple[str, str, str]:
    signs = [at for sign in "。：:\n" if (at := text.find(sign)) >= 0]
    at = min(signs, default=len(text))
    return text[:at], text[at : at + 1], text[at + 1 :]


def _title(top: Sequence[Line]) -> tuple[str, list[Line]]:
    """The title, and the lines of the preface behind it."""
    lines = [line for line in top if line.text.strip()]
    at = _title_line(lines)
    if at is None:
        return "", [line for line in lines if not _of_portal(line)]
    begin = at
    while begin and _goes_before(lines[begin - 1], lines[begin]):
        begin -= 1
    behind = lines[at + 1 :]
    while behind and _of_portal(behind[0]):
        behind = behind[1:]
    return "".join(map(_one_line, lines[begin : at + 1])), behind


def _title_line(lines: Sequence[Line]) -> int | None:
    """Where the title ends: the last line a file marks as one, else the last that reads like one.

    A portal has its own titles above that of the report, so those that speak of a report go first.
    """
    marked = [at for at, line in enumerate(lines) if line.role is Role.TITLE]
    like = [at for at, line in enumerate(lines) if _reads_like_title(line)]
    dated = [at for at in like if _YEAR.search(plain(lines[at].text))]
    both = [at for at in marked if at in like]
    first = [at for at in like if at < TITLE_AMONG]
    return next((ways[-1] for ways in (both, marked, dated, first) if ways), None)


def _reads_like_title(line: Line) -> bool:
    text = plain(line.text)
    return bool(spoken().title.search(text)) and len(text) <= LONGEST_TITLE and "。" not in text


def _goes_before(line: Line, title: Line) -> bool:
    """Tell whether a line above the title is its beginning: an organ or a year on its own."""
    text = plain(line.text)
    if title.role is Role.TITLE:
        return line.role is Role.TITLE
    alone = len(text) <= LONGEST_ORGAN and not re.search("[，。：:>]", text)
    return alone and bool(spoken().body.search(text) or _YEAR.search(text))


def _of_portal(line: Line) -> bool:
    text = plain(line.text)
    return bool(spoken().portal_head.match(text)) and len(text) <= LONGEST_PORTAL


def _one_line(line: Line) -> str:
    return "".join(part.strip() for part in line.text.split("\n"))


def _sign(part: Sequence[Line], words: Words) -> list[Line]:
    """Take organ and day of the signature off the end of the last part."""
    kept = [
        Line(text, line.role) for line in part for text in line.text.split("\n") if text.strip()
    ]
    kept = list(takewhile(lambda line: not spoken().portal_foot.match(plain(line.text)), kept))
    for at in range(len(kept) - 1, max(len(kept) - 1 - SIGNED_AMONG, -1), -1):
        text = plain(kept[at].text)
        found = _DAY.fullmatch(text) or _ISO_DAY.fullmatch(text)
        day = _day(found)
        if found and day and _may_sign(found["organ"], words, kept[at]):
            words.day, words.organ = day, found["organ"]
            kept = kept[:at]
            return kept if words.organ else _signed(kept, words)
    last = plain(kept[-1].text) if kept else ""
    if last.endswith("政府") and len(last) <= LONGEST_ORGAN and not re.search("[，。；、]", last):
        words.organ, kept = last, kept[:-1]
    return kept


def _signed(kept: list[Line], words: Words) -> list[Line]:
    """Take the lines of the organ off the end: those a file marks as such, or one that reads so."""
    marked = len(kept)
    while marked and kept[marked - 1].role is Role.SIGNATURE:
        marked -= 1
    if marked == len(kept) and kept:
        text = plain(kept[-1].text)
        marked -= bool(text) and _may_sign(text, words, kept[-1])
    words.organ = "".join(line.text.strip() for line in kept[marked:])
    return kept[:marked]


def _may_sign(organ: str, words: Words, line: Line) -> bool:
    """Tell whether a text before a date, or none, can be who signed."""
    if not organ or line.role is Role.SIGNATURE:
        return True
    wordy = len(organ) > LONGEST_ORGAN or re.search("[，。；：]", organ)
    return not wordy and bool(
        spoken().body.search(organ) or _organ_of(words.title).startswith(organ)
    )


def _text(lines: Sequence[Line]) -> str:
    texts = (text.strip(" \t\u3000\xa0") for line in lines for text in line.text.split("\n"))
    return "\n".join(text for text in texts if text)


def _take_facts(words: Words, facts: Facts) -> None:
    words.title = facts.title.strip() or words.title
    words.organ = facts.organ.strip() or words.organ
    words.day = day_in(facts.day) or words.day
    words.year = year_in(f"{facts.year.strip().removesuffix('年度').removesuffix('年')}年")


def _conclude(words: Words) -> None:
    """Tell the year and the organ from what else was read, where they are not stated."""
    period = next(
        (found[1] for text in words.texts.values() if (found := _PERIOD.search(plain(text)))), None
    )
    begun = next((year for text in words.texts.values() if (year := _begun(text))), None)
    words.year = words.year or year_in(words.title) or (int(period) if period else begun)
    if words.year is None and words.day:
        words.year = words.day.year - 1
    if not words.organ:
        words.organ = _organ_of(words.title)
        whole = f"{words.organ}人民政府"
        if words.organ and any(whole in text for text in words.texts.values()):
            words.organ = whole


def _begun(text: str) -> int | None:
    """The year a text begins with: what was done in it comes first."""
    found = _YEAR.search(plain(text)[:BEGINNING])
    return _number(found[1]) if found else None


def _organ_of(title: str) -> str:
    found = _NAME.match(unicodedata.normalize("NFKC", plain(title)))
    return found["organ"] if found else ""


def _day(found: re.Match[str] | None) -> date | None:
    if not found:
        return None
    try:
        return date(*(map(_number, found.groups()[1:])))
    except ValueError:
        return None


def _number(text: str) -> int:
    digits = text.replace("○", "〇")
    return int(digits) if digits.isdigit() and digits.isascii() else chinese_value(digits)
