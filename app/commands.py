"""The command line of the contract. Answers go to standard output, errors as one sentence."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from app.checks import PASSED_MEANS, Checked, Entry, Finding, Level, catalogue, check
from app.checks.examples import example_in_words
from app.checks.levels import levels
from app.checks.years import not_compared
from app.drafts import DraftError, load
from app.drafts.codec import FIRST_YEAR, LAST_YEAR
from app.drafts.store import fingerprint
from app.export import FORMATS, Written, export, export_guide, export_review_sheet
from app.export.document import UNCHECKED_MARK
from app.files import FileError, explain
from app.forms import FormError
from app.personal import mask_all
from app.report import Report
from app.selftest import self_test
from app.settings import OFF, Settings, SettingsError, read_settings, settings_file
from app.version import program_version

CLEAN, UNCLEAN, REFUSED = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """Says in one Chinese sentence what is wrong with a command line."""

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"命令写得不对。{self.format_usage()}")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "用法：")

    def format_help(self) -> str:
        text = super().format_help().replace("usage:", "用法：")
        text = text.replace("show this help message and exit", "显示这些说明")
        text = text.replace("show program's version number and exit", "显示版本号")
        return text.replace("positional arguments:", "参数：").replace("options:", "选项：")


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        code = command(options)
        if sys.stdout:  # Windows gives none to a program of the desktop
            sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, as with `| head`
        _give_up_output()
        return CLEAN
    except OSError as error:
        _give_up_output()
        return _refuse(f"结果没有写出来：{explain(error)}")
    except (DraftError, FileError, SettingsError) as error:
        return _refuse(str(error))
    except FormError as error:
        return _refuse(f"报告格式文件有误，请重新安装程序：{error}")
    return code


def _give_up_output() -> None:
    """Let what is still to be written go nowhere, so that ending the program does not fail too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(sentence: str) -> int:
    print(mask_all(sentence), file=sys.stderr)
    return REFUSED


def _parser() -> _Parser:
    parser = _Parser(prog="gongkai", description="政府信息公开工作年度报告：填报、核对、导出。")
    parser.add_argument("--version", action="version", version=f"gongkai {program_version()}")
    commands = parser.add_subparsers(required=True, metavar="命令", parser_class=_Parser)
    for name, (add, help_text) in COMMANDS.items():
        add(commands.add_parser(name, help=help_text, description=help_text))
    return parser


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("draft", type=Path, metavar="草稿")
    parser.add_argument("--previous", type=Path, metavar="上年草稿")
    parser.add_argument("--compare", type=Path, nargs="+", default=[], metavar="其他单位草稿")
    _add_settings(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(command=_check)


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("draft", type=Path, metavar="草稿")
    parser.add_argument("--to", type=Path, required=True, metavar="文件夹")
    parser.add_argument("--as", dest="formats", default=",".join(FORMATS), metavar="格式")
    parser.add_argument("--review-sheet", action="store_true", help="另导出一份核对单（PDF）")
    _add_settings(parser)
    parser.set_defaults(command=_export)


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="文件")
    parser.add_argument("--into", type=Path, required=True, metavar="草稿")
    parser.add_argument("--year", type=int, metavar="年度")
    parser.add_argument("--organ", default="", metavar="单位")
    parser.add_argument("--force", action="store_true", help="草稿已经有了也换掉")
    parser.set_defaults(command=_import)


def _add_rules(parser: argparse.ArgumentParser) -> None:
    _add_settings(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(command=_rules)


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--settings", type=Path, metavar="核对设置")


def _add_guide(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, required=True, metavar="文件夹")
    parser.set_defaults(command=_guide)


def _add_self_test(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_self_test)


COMMANDS: Mapping[str, tuple[Callable[[argparse.ArgumentParser], None], str]] = MappingProxyType(
    {
        "check": (_add_check, "核对一份草稿"),
        "export": (_add_export, "导出一份草稿"),
        "import": (_add_import, "把 Word、Excel、网页、文本、PDF 格式的报告读成草稿"),
        "rules": (_add_rules, "列出全部核对规则"),
        "guide": (_add_guide, "把安装与维护说明印成 PDF"),
        "self-test": (_add_self_test, "检查程序自身是否完好"),
    }
)


def _check(options: argparse.Namespace) -> int:
    settings = _settings(options)
    report = _load(options.draft)
    if options.previous:
        report = replace(
            report, previous=_load(options.previous, f"上年草稿“{options.previous.name}”：")
        )
    if why := not_compared(report):
        print(why, file=sys.stderr)
    others = [_load(path, f"“{path.name}”：") for path in options.compare]
    checked = check(report, settings, others)
    if options.format == "json":
        print(json.dumps(_as_json(checked), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_as_text(checked)))
    return CLEAN if checked.clean else UNCLEAN


def _load(path: Path, about: str = "") -> Report:
    opened = load(path)
    for notice in opened.notices:
        print(mask_all(f"{about}{notice}"), file=sys.stderr)
    return opened.report


def _settings(options: argparse.Namespace) -> Settings:
    """The county's settings, refused before anything is written. Raises SettingsError."""
    path: Path = options.settings or settings_file()
    if options.settings and not path.exists():
        raise SettingsError(f"找不到核对设置“{path.name}”。请核对文件名。")
    settings = read_settings(path)
    try:
        levels(settings)
    except SettingsError as error:
        raise SettingsError(f"核对设置“{path.name}”不能使用：{error}") from error
    return settings


def _as_json(checked: Checked) -> dict[str, Any]:
    return {
        "form": checked.report.form.version,
        "rules_run": checked.rules_run,
        "filled": checked.filled,
        "blank": checked.blank,
        "findings": [_finding_as_json(finding, checked) for finding in checked.findings],
    }


def _finding_as_json(finding: Finding, checked: Checked) -> dict[str, Any]:
    fault, text = finding.fault, finding.fault.text
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "cells": [str(cell) for cell in fault.cells],
        "text": text
        and {"part": text.part, "start": text.start, "end": text.end, "quote": text.quote},
        "message": fault.message,
        "expected": fault.expected,
        "found": fault.found,
        "reason": checked.reason(finding),
    }


def _as_text(checked: Checked) -> list[str]:
    report = checked.report
    counts = " · ".join(f"{level.chinese} {len(checked.at(level))}" for level in Level)
    lines = [f"{report.title}（{report.form.name}）"]
    lines += [_finding_as_text(finding, checked) for finding in checked.findings]
    cells = f"已填 {checked.filled} 格，待填 {checked.blank} 格"
    lines.append(f"运行规则 {checked.rules_run} 条；{cells}。")
    if checked.accepted:
        counts += f"；其中已说明理由 {len(checked.accepted)} 处"
    lines.append(f"{counts}。" if checked.findings else f"校验通过：{PASSED_MEANS}")
    return lines


def _finding_as_text(finding: Finding, checked: Checked) -> str:
    reason = checked.reason(finding)
    answer = f"（已说明：{reason}）" if reason else ""
    return f"[{finding.level.chinese}] {finding.message}{answer}"


def _export(options: argparse.Namespace) -> int:
    wanted = (name.strip().lower() for name in options.formats.split(","))
    names = list(dict.fromkeys(filter(None, wanted)))
    if not names:
        raise FileError(f"没有写明导出哪种格式；可以导出 {'、'.join(FORMATS)}。")
    if unknown := [name for name in names if name not in FORMATS]:
        raise FileError(f"不能导出 {'、'.join(unknown)} 格式；可以导出 {'、'.join(FORMATS)}。")
    settings = _settings(options)
    checked = check(_load(options.draft), settings)
    for written in export(checked, options.to, names):
        _tell_written(written)
    if options.review_sheet:
        draft = fingerprint(checked.report)
        _tell_written(export_review_sheet(checked, options.to, draft, program_version()))
    if not checked.clean:
        print(f"没有通过校验，文件已标明“{UNCHECKED_MARK}”。", file=sys.stderr)
    return CLEAN if checked.clean else UNCLEAN


def _import(options: argparse.Namespace) -> int:
    # Imported here: the other commands do without.
    from app.importing import Wanted, read_file  # noqa: PLC0415
    from app.importing.drafts import check_free, write_draft  # noqa: PLC0415

    year: int | None = options.year
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise FileError(f"年度应是 {FIRST_YEAR} 到 {LAST_YEAR} 之间的数字，如 2025。")
    check_free(options.into, force=options.force)
    imported = read_file(options.file, Wanted(year, options.organ.strip()))
    write_draft(options.into, imported.report, force=options.force)
    for line in imported.in_words():
        print(mask_all(line))
    print(f"已写成草稿：{options.into}")
    return CLEAN if imported.complete else UNCLEAN


def _tell_written(written: Written) -> None:
    print(written.path, flush=True)
    if written.notice:
        print(mask_all(written.notice), file=sys.stderr)


def _rules(options: argparse.Namespace) -> int:
    in_force = levels(_settings(options))
    if options.format == "json":
        listed = [_rule_as_json(entry, in_force[entry.id]) for entry in catalogue().values()]
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        for entry in catalogue().values():
            print("\n     ".join(_rule_as_text(entry, in_force[entry.id])))
    return CLEAN


def _rule_as_json(entry: Entry, level: Level | None) -> dict[str, Any]:
    return {
        "number": entry.number,
        "rule": entry.name,
        "level": level.value if level else OFF,
        "fixed": entry.fixed,
        "sentence": entry.sentence,
        "basis": entry.basis,
        "advice": entry.advice,
        "breaks": entry.breaks,
        "keeps": entry.keeps,
    }


def _rule_as_text(entry: Entry, level: Level | None) -> list[str]:
    fixed = "（级别不能改）" if entry.fixed else ""
    answerable = "（可以说明理由）" if entry.answerable else ""
    return [
        f"{entry.number:>3}. [{level.chinese if level else '关闭'}] {entry.sentence}",
        f"规则名：{entry.name}{fixed}{answerable}",
        f"依据：{entry.basis}。",
        f"建议：{entry.advice}",
        f"不合规的例子：{example_in_words(entry.breaks)}。",
        f"合规的例子：{example_in_words(entry.keeps)}。",
    ]


def _guide(options: argparse.Namespace) -> int:
    _tell_written(export_guide(options.to, program_version()))
    return CLEAN


def _self_test(_options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        for line in self_test(Path(folder)):
            print(line, flush=True)
    return CLEAN


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
