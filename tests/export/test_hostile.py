"""Whatever is typed comes out as the text it is, and does nothing; or it is refused in Chinese."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.characters import printable
from app.checks import check
from app.commands import run
from app.export import FORMATS, export
from app.export.document import document_of
from app.files import FileError
from app.numbers import Unreadable
from app.report import Report
from tests.drafts.examples import FILLED
from tests.export.reading import TEXT_OF, bare, insides
from tests.reports import all_zeros, at
from tests.sentences import assert_sentence

EVERY_FORMAT = pytest.mark.parametrize("name", TEXT_OF)
PERSON = at("requests.received.person")
MUCH = 200_000
RARE = "㙍䶮𬇙㛃䴙鿍𫖯𬱖"
HOSTILE = {
    "an image of a file": '<img src="file:///etc/passwd">',
    "entities": "&amp; &lt;b&gt; &#x41; & &&",
    "a program in a formula": "=cmd|' /C calc'!A0",
    "a formula that reaches out": '=HYPERLINK("http://x.cn","甲")',
    "an import from elsewhere": "+IMPORTXML(A1)",
    "a template's braces": "{{x}}{{a.b.c}}{%x%}${7*7}",
    "a known place that is none": "{{requests.received.nobody}}",
    "tags that close what they did not open": "</p></td></table></h1><b>",
    "a script": "<script>alert(1)</script><!-- ]]> <?x?>",
    "the markup of a PDF": "(甲) Tj ET endstream endobj \\) /URI <</S/Launch>>",
    "the markup of reportlab": '<para><a href="http://x.cn">甲</a><br/></para>',
    "Excel's own escapes": "_x0041_ _x000D_ _x005F_",
    "percent signs": "%s %(x)s %d {0} %n",
    "a field of a header": "&P&D&[Path]",
    "rare characters": RARE,
    "control characters": "甲\x00\x07\x0b\x1b\x7f\x9f乙",
    "signs that turn text around": "甲\u202e乙\u2066丙\u200f丁\u061c",
    "signs without width": "甲\u200b\u200d\u2060\ufeff\xad乙",
    "half a character": "甲\ud83d乙\udc00",
    "no characters": "甲\ufffe\uffff\ufdd0乙",
    "hidden tags": "甲\U000e0041\U000e0042乙",
}
LIVE = re.compile(r"/(?:URI|JavaScript|JS|Launch|EmbeddedFile|Annots?|AA|OpenAction)\b")
"""What makes a PDF do something."""


def bearing(text: str) -> Report:
    """A report that has this text in every place that takes one."""
    report = replace(all_zeros(), organ=text, stated_title=f"{text}年报", date=date(2027, 1, 12))
    return report.with_text("other", f"甲{text}乙").with_cells({PERSON: Unreadable(text)})


def rendered(name: str, report: Report) -> bytes:
    return FORMATS[name].render(document_of(check(report)))


def expected(text: str) -> str:
    return bare(printable(text))


# ── As it is ──


@EVERY_FORMAT
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_that_hostile_text_comes_out_as_it_is(name: str, text: str) -> None:
    found = bare(TEXT_OF[name](rendered(name, bearing(text))))
    assert f"{expected(text)}年报" in found
    assert found.count(expected(text)) >= 3
    if name != "xlsx":
        assert f"甲{expected(text)}乙" in found


@EVERY_FORMAT
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_that_no_file_holds_what_a_reader_would_run_or_open(name: str, text: str) -> None:
    data = rendered(name, bearing(text))
    if name == "pdf":
        code = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
        code = re.sub(rb"\((?:\\.|[^\\()])*\)", b"", code)
        assert b"/Catalog" in code
        assert not LIVE.search(code.decode("latin-1"))
    if name == "xlsx":
        parts = "\n".join(insides(data))
        assert not re.search(r"<f[ />]|<hyperlink|TargetMode|externalLink|vbaProject", parts)
    if name == "docx":
        with ZipFile(io.BytesIO(data)) as archive:
            code = b"".join(map(archive.read, archive.namelist()))
        assert {*re.findall(rb'w:instr="([^"]*)"', code)} == {b" PAGE "}
        assert not re.search(rb"<w:(?:instrText|hyperlink|object|altChunk)|TargetMode", code)


@pytest.mark.parametrize("name", ["docx", "xlsx", "html"])
@settings(max_examples=25)
@given(st.text(st.characters(), max_size=40))
def test_that_any_text_is_found_again(name: str, text: str) -> None:
    # Of a PDF test_pdf.py tells; pdfium reorders what it takes for accents or Arabic.
    data = rendered(name, bearing(text))
    assert f"{expected(text)}年报" in bare(TEXT_OF[name](data))
    assert not re.search(r"<f[ />]", "\n".join(insides(data)))


def test_that_an_unreadable_figure_does_not_bring_what_is_hidden_into_a_text() -> None:
    report = all_zeros().with_cells({PERSON: Unreadable("\u202e3\x00")})
    report = report.with_text("other", "收到{{requests.received.person}}件。")
    assert document_of(check(report)).parts[-1].paragraphs[0].text == "收到3件。"


def test_that_a_draft_with_half_a_character_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = json.loads(FILLED.read_bytes()) | {"organ": "青石\ud83d镇"}
    (tmp_path / "报告.json").write_text(json.dumps(values), encoding="ascii")
    assert run(["export", str(tmp_path / "报告.json"), "--to", str(tmp_path / "导出")]) == 2
    assert_sentence(capsys.readouterr().err, "报告.json", "残缺")
    assert not (tmp_path / "导出").exists()


# ── Long ──

LONG = {
    "without a break": "公" * MUCH,
    "one word": "A" * MUCH,
    "one figure": "1" * MUCH,
    "marks that may not begin a line": "，" * MUCH,
    "in sentences": "主动公开信息，" * (MUCH // 7),
    "in paragraphs": ("主动公开信息" * 5 + "。\n") * (MUCH // 32),
}


@EVERY_FORMAT
@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_that_a_text_of_200_000_characters_comes_out_whole(name: str, text: str) -> None:
    found = bare(TEXT_OF[name](rendered(name, all_zeros().with_text("overview", text))))
    assert name == "xlsx" or bare(text) in found  # a workbook holds tables only


@pytest.mark.parametrize("name", ["pdf", "docx", "html"])
def test_that_a_title_and_an_organ_of_200_000_characters_come_out_whole(name: str) -> None:
    report = replace(all_zeros(), organ="公" * MUCH, date=date(2027, 1, 12))
    found = bare(TEXT_OF[name](rendered(name, report)))
    assert found.count("公" * MUCH) == 2


@pytest.mark.parametrize(
    "report",
    [
        replace(all_zeros(), organ="公" * MUCH),
        replace(all_zeros(), stated_title="公" * 32_768),
        replace(all_zeros(), stated_title="𬇙" * 16_384),
        all_zeros().with_cells({PERSON: Unreadable("公" * 32_768)}),
    ],
    ids=["organ", "title", "pairs", "cell"],
)
def test_that_what_no_cell_of_excel_can_hold_is_refused_and_nothing_is_written(
    tmp_path: Path, report: Report
) -> None:
    with pytest.raises(FileError) as caught:
        list(export(check(report), tmp_path / "导出", FORMATS))
    assert_sentence(str(caught.value), "Excel", "32767", "请改短")
    assert not (tmp_path / "导出").exists()


def test_that_the_longest_text_a_cell_can_hold_is_not_cut() -> None:
    report = replace(all_zeros(), stated_title="公" * 32_767)
    assert "公" * 32_767 in TEXT_OF["xlsx"](rendered("xlsx", report))


# ── Names ──

NAMES = [
    *("CON", "NUL.txt", "aux", "../../x", "..\\..\\x", "..", "/etc/passwd", "C:\\x", "a/b:c*?"),
    *("x. . ", "x\u3000", " ", "", ".hidden", "-rf", "~", "$(touch x)", "`x`", "%TEMP%", "x\n\ty"),
    *("镇" * 300, "𬇙" * 300, "A" * 300, "青\u202e石\u200b镇", "\ud800", "a\0b", "|<>\"'", "COM¹"),
]
RESERVED = re.compile(r"(?i)(CON|PRN|AUX|NUL|COM[1-9¹²³]|LPT[1-9¹²³])(\..*)?")


@pytest.mark.parametrize("title", NAMES)
def test_that_every_file_lies_in_the_chosen_folder_under_a_name_all_systems_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str
) -> None:
    monkeypatch.setattr("app.export.formats.Format.render", lambda *_: b"written")
    folder = tmp_path / "甲" / "导出"
    report = replace(all_zeros(), organ=title, stated_title=title)
    written = [one.path for one in export(check(report), folder, FORMATS)]
    assert {*written} == {*folder.iterdir()}
    assert len(written) == len(FORMATS)
    assert [one.name for one in tmp_path.iterdir()] == ["甲"]
    assert [one.name for one in (tmp_path / "甲").iterdir()] == ["导出"]
    for path, form in zip(written, FORMATS.values(), strict=True):
        assert path.suffix == form.suffix
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f\u200b\u202e\ud800-\udfff]', path.name)
        assert path.stem == path.stem.strip(" .\u3000")
        assert not RESERVED.fullmatch(path.stem)
        assert len(path.name.encode()) <= 200
