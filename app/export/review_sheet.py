"""The review sheet: what was checked, what passed, what was accepted and why, what is open.

It is one more document, written by the same exporters as the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.characters import printable
from app.checks import PASSED_MEANS, Checked, Level, catalogue
from app.checks.levels import levels
from app.export.document import UNCHECKED_MARK, Document, Part
from app.export.paragraph import Paragraph

NAME = "核对单"
_NUMERALS = "一二三四五六七八九十"


def review_sheet_of(checked: Checked, fingerprint: str, version: str) -> Document:
    """Make the review sheet of a checked report.

    `fingerprint` is that of the draft, so that the sheet can be held against the file;
    `version` is the program's.
    """
    report = checked.report
    parts = [
        ("结论", list(_verdict(checked))),
        ("核对的是什么", list(_subject(checked, fingerprint, version))),
        ("运行的规则", list(_rules(checked))),
        *_findings(checked),
    ]
    return Document(
        title=printable(f"{report.title}{NAME}").replace("\n", ""),
        organ=printable(report.organ).replace("\n", ""),
        year=report.year,
        date="",
        mark="" if checked.clean else UNCHECKED_MARK,
        parts=tuple(_part(at, heading, lines) for at, (heading, lines) in enumerate(parts)),
    )


def _part(at: int, heading: str, lines: list[str]) -> Part:
    paragraphs = tuple(Paragraph(printable(line).replace("\n", " ")) for line in lines)
    return Part(f"{_NUMERALS[at]}、{heading}", paragraphs)


def _verdict(checked: Checked) -> Iterator[str]:
    counts = "，".join(f"{level.chinese} {len(checked.at(level))} 处" for level in Level)
    verdict = "校验通过" if checked.clean else "没有通过校验"
    yield f"{verdict}。{counts}；其中已说明理由 {len(checked.accepted)} 处。"
    yield f"“校验通过”{PASSED_MEANS}"


def _subject(checked: Checked, fingerprint: str, version: str) -> Iterator[str]:
    report = checked.report
    yield f"填报单位：{report.organ}（{report.kind.chinese}）。报告年度：{report.year}年。"
    yield f"报告格式：{report.form.name}（{report.form.source}）。核对程序：公开年报 {version}。"
    yield f"已填 {checked.filled} 格，待填 {checked.blank} 格。"
    yield f"草稿指纹：{fingerprint}。草稿改动一个字，指纹就不同。"


def _rules(checked: Checked) -> Iterator[str]:
    equations = [
        verdict for table in checked.report.form.tables for _, verdict in checked.verdicts(table)
    ]
    holding, broken, open_ones = (equations.count(one) for one in (True, False, None))
    yield (
        f"共运行 {checked.rules_run} 条。其中表内数字关系 {len(equations)} 条："
        f"成立 {holding} 条，不成立 {broken} 条，数字没有填全、还不能核对 {open_ones} 条。"
    )
    on = levels(checked.settings)
    speaking = {key for key, found in checked.by_rule.items() if found}
    others = [entry for entry in catalogue().values() if on[entry.id]]
    silent = [entry for entry in others if entry.id not in speaking]
    loud = len(others) - len(silent)
    yield f"全部规则中，没有发现问题的有 {len(silent)} 种，提出问题的有 {loud} 种。"
    off = [entry for entry in catalogue().values() if not on[entry.id]]
    if off:
        names = "；".join(entry.sentence.rstrip("。") for entry in off)
        yield f"按核对设置没有运行的 {len(off)} 条：{names}。"


def _findings(checked: Checked) -> Iterator[tuple[str, list[str]]]:
    accepted = {id(finding) for finding, _ in checked.accepted}
    for level in Level:
        found = [one for one in checked.at(level) if id(one) not in accepted]
        yield f"{level.chinese}（{len(found)} 处）", _numbered(one.message for one in found)
    answers = [f"{finding.message}理由：{reason}" for finding, reason in checked.accepted]
    yield f"已说明理由（{len(answers)} 处）", _numbered(answers)


def _numbered(lines: Iterable[str]) -> list[str]:
    """Numbered, so that one can be spoken of on the telephone."""
    return [f"{at}. {line}" for at, line in enumerate(lines, start=1)] or ["没有。"]
