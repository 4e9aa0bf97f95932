"""Slips of the hand: words of the template left in, words written twice."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from app.checks.finding import Fault, Passage
from app.checks.rule import Reads, Subject, rule
from app.paths import resources
from app.patterns import pattern

_GAP = pattern(
    "[\u4e00-\u9fff][ \t\u3000\xa0]{2,12}"
    "(?:条|件|次|份|篇|个(?!别)|人次|期|场|万元|元|年(?=度|，|政府))"
)
_DOUBLED = pattern("(?P<word>[\u4e00-\u9fff]{2,8})(?P=word)")
_DOUBLED_LEVEL = pattern("(?P<word>[县市区镇乡省])(?P=word)(?=人民政府|政府|党委|委)")
_DOUBLED_SIGN = pattern(
    "(?<!的)的的(?!确)|(?<!了)了了(?![解然结却望事])|(?<!和)和和(?![平谐睦解气美煦善缓])"
    "|及及(?![时其])|在在(?![线职建册校岗读场])|与与(?![会此之])|将将(?![军要])"
    "|性性(?![质格别能情])|(?<!乡)镇镇(?=介绍|概况|简介|信息)"
    "|(?P<twice>通过|根据|按照)(?:可以|可|能)(?P=twice)"
    "|([，、；：])\\2+|(?<!。)。。(?!。)"
)


class _Words(NamedTuple):
    template: re.Pattern[str]
    masked_name: re.Pattern[str]
    right_doubles: re.Pattern[str]


@cache
def _words() -> _Words:
    data = tomllib.loads((resources() / "wording.toml").read_text(encoding="utf-8"))
    doubles = "|".join(f"(?:{one})" for one in _renumbered(data["right_doubles"]))
    return _Words(
        re.compile("|".join(f"(?:{one})" for one in data["template"])),
        re.compile(data["masked_name"]),
        re.compile(doubles),
    )


def _renumbered(patterns: list[str]) -> Iterator[str]:
    r"""Patterns with one group of their own each, so that their \1 is right when joined."""
    for at, one in enumerate(patterns):
        yield one.replace("(.)", f"(?P<g{at}>.)").replace(r"\1", f"(?P=g{at})")


@rule(Reads.TEXTS)
def template_words(subject: Subject) -> Iterator[Fault]:
    """Nothing of the template is left in the text: （具体网址）, XX, [bookmark: …]."""
    for prose in subject.prose.values():
        for match in _words().template.finditer(prose.plain):
            if _words().masked_name.search(prose.plain, max(match.start() - 2, 0), match.end() + 1):
                continue
            message = f"“{match.group()}”像是模板里的字样或没有填完的空。请换成实际内容，或删去。"
            place = subject.passage(prose, *match.span())
            yield Fault(message, (), place, found=match.group())


@rule(Reads.TEXTS)
def number_left_out(subject: Subject) -> Iterator[Fault]:
    """No gap is left where a number was to be filled in: 「发布信息   条」."""
    for prose in subject.prose.values():
        for match in _GAP.finditer(prose.raw):
            message = f"“{match.group()}”中间空着，像是没有填数字。请填上数字，或删去。"
            place = Passage(prose.part, *match.span(), match.group())
            yield Fault(message, (), place, found=match.group())


@rule(Reads.TEXTS)
def doubled_words(subject: Subject) -> Iterator[Fault]:
    """No word stands twice in a row: 政府政府, 县县人民政府, 的的."""
    for prose in subject.prose.values():
        for signs in (_DOUBLED, _DOUBLED_LEVEL, _DOUBLED_SIGN):
            for match in signs.finditer(prose.plain):
                if not _is_right(prose.plain, match):
                    said = match.group()
                    message = f"“{said}”写重了。请删去多余的字。"
                    place = subject.passage(prose, *match.span())
                    yield Fault(message, (), place, found=said)


def _is_right(plain: str, match: re.Match[str]) -> bool:
    longer = plain[match.start() : match.end() + 4]
    return bool(_words().right_doubles.match(longer))
