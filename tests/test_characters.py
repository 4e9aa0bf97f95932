"""Which characters can be printed, and which would be a box."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.characters import UNDRAWN, missing, printable
from app.checks import Finding, Level, check
from app.export.faces import read_face
from app.paths import resources
from app.report import Report
from tests.sentences import assert_sentence

RARE = "㙍䶮𬇙㛃䴙鿍𫖯𬱖"
CUNEIFORM = "\U00012000"


def boxes(report: Report) -> list[Finding]:
    return [one for one in check(report).findings if one.rule == "glyph"]


# ── What is printed ──


@pytest.mark.parametrize(
    "hidden",
    [
        *"\0\x07\x1b\x7f\x9f\xad",
        *"\u061c\u180e\u200b\u200f\u202e\u2066\ufeff\ufffe\ud800\U000e0041",
    ],
)
def test_that_what_cannot_be_seen_is_not_printed(hidden: str) -> None:
    assert printable(f"青{hidden}石") == "青石"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028", "\u2029", "\n"])
def test_that_every_line_end_becomes_a_newline(end: str) -> None:
    assert printable(f"青{end}石") == "青\n石"


@given(st.text())
def test_that_printed_text_stays_as_it_is_and_is_no_control_nor_half_character(text: str) -> None:
    printed = printable(text)
    assert printable(printed) == printed
    assert {one for one in printed if unicodedata.category(one) in ("Cc", "Cs")} <= {"\t", "\n"}
    printed.encode()


# ── What would be a box ──


def test_that_the_list_of_covered_characters_is_that_of_the_fonts() -> None:
    faces = [read_face(path) for path in (resources() / "fonts").glob("*.ttf")]
    covered = {chr(code) for face in faces for code in face.glyphs}
    every = map(chr, range(0x110000))
    assert len(faces) == 5
    assert missing("".join(every)) == [
        one for one in map(chr, range(0x110000)) if is_boxed(one, covered)
    ]


def is_boxed(character: str, covered: set[str]) -> bool:
    return character not in covered and character not in UNDRAWN and bool(printable(character))


def test_that_missing_characters_are_named_once_in_order() -> None:
    assert missing("甲🙂乙\U000f0000\t🙂\r\n") == ["🙂", "\U000f0000"]
    assert missing(f"☑{RARE}葛\U000e0100\ufe0f\u200b\ud800") == []


def test_that_looking_for_missing_characters_opens_no_font() -> None:
    code = (
        "import sys; from app.characters import missing\n"
        "missing('①')\n"
        "sys.exit(any('export' in one or 'mmap' in one for one in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ── The finding ──


def test_that_a_character_without_font_is_an_error_with_its_place(sound_report: Report) -> None:
    text = f"{sound_report.text('other')}甲{CUNEIFORM}乙🙂丙{CUNEIFORM}"
    first, second = boxes(sound_report.with_text("other", text))
    assert first.level is Level.ERROR
    assert first.fault.text
    assert first.fault.text.start == text.index(CUNEIFORM)
    assert text[first.fault.text.start : first.fault.text.end] == first.fault.found == CUNEIFORM
    assert_sentence(first.message, CUNEIFORM, "U+12000", "共 2 处", "方框")
    assert "🙂" in second.message


@pytest.mark.parametrize("organ", [f"青石{CUNEIFORM}镇人民政府", f"{CUNEIFORM}\u202e"])
def test_that_an_organ_that_cannot_be_drawn_is_told_once(sound_report: Report, organ: str) -> None:
    (found,) = boxes(replace(sound_report, organ=organ, stated_title=f"{organ}年报"))
    assert_sentence(found.message, "单位名称", CUNEIFORM)


def test_that_a_title_that_cannot_be_drawn_is_told(sound_report: Report) -> None:
    (found,) = boxes(replace(sound_report, stated_title="年报🙂"))
    assert_sentence(found.message, "报告标题", "🙂")


def test_that_rare_characters_and_what_is_not_printed_are_no_finding(sound_report: Report) -> None:
    text = f"{sound_report.text('other')}{RARE}村\u200b\ufe0f\t①☑〔2026〕㎡。"
    assert boxes(replace(sound_report.with_text("other", text), organ=f"{RARE}镇人民政府")) == []


def test_that_a_page_of_signs_is_told_by_its_beginning(sound_report: Report) -> None:
    signs = "".join(map(chr, range(0x12000, 0x12100)))
    assert len(boxes(sound_report.with_text("other", signs))) == 20
