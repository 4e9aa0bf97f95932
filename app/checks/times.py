"""The years the text speaks of, and the period it reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.patterns import pattern
from app.prose import Places, Prose

_YEAR = pattern(
    r"(?<![\d.〔\[（])(?P<digits>(?:19|2\d)\d{2})(?P<rest>\d{0,3})年(?!份?版)"
    "|(?P<han>二[〇零○][〇零○一二三四五六七八九]{2})年"
)
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NOT_TOLD = pattern(
    "《[^》\n]{0,80}》|〔[^〕\n]{0,12}〕|“[^”\n]{0,40}”"
    r"|(?:19|20)\d{2}年?[—\-–~至到]{1,2}(?:19|20)\d{2}年"
    r"|(?:19|20)\d{2}年?[、和及与](?:19|20)\d{2}年"
)
"""Titles, document numbers, quotations and spans of years say nothing of when things were done."""
_HISTORY = pattern(
    r"年?度?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底|末|初)?"
    "(?:起|以来|以后|之后|以前|之前|修订|修正|修改|施行|实施|公布|颁布|印发|发布的|出台|制定|成立|建成"
    "|开通|启用|上线|结转|转入|遗留|受理的|收到的|未办结)"
)
_AFTER_WORDS_OF_TIME = pattern(
    "(?:自|从|与|较|比|同|截至|截止|相比|对比|对照|针对|关于|回应|落实|按照|根据|公开|公布|发布|上传"
    "|编制|完成|开展|对|在|到|至|于|过去|以及)$"
)
_COMPARING = pattern("同比|相比|较上年|比上年|增长|下降|上年|去年|上一年|增加|减少")
_PLAN = pattern(
    "将|下一步|计划|拟|力争|争取|继续|进一步|打算|目标|今后|明年|预计|推进|着力|持续|要|加强|重点"
)
_PLANNED = pattern(
    "年?度?，?[^，。；]{0,12}(?:将(?:进一步|继续|着力|从|重点|围绕|加强|不断|按照|针对|以|持续|坚持"
    "|认真|抓|做|把|在)|拟|计划|打算)"
)
_AHEAD = pattern(
    "(?:(?:下一?步|今后|接下来|下阶段)[^，。；：]{0,6})?(?:工作)?(?:打算|计划|安排|思路|措施)?[，：]?"
)
_CARRIED_TO = pattern("(?:结转|顺延|延续|转结)(?:到|至|入)$")
_NOTICE = pattern(r"做好(?P<year>20\d\d)年度?[^》。，]{0,14}(?:年度报告|年报)")
_YEAR_END = pattern(r"截[至止]到?(?P<year>20\d\d)年(?:12月|年?底|末)")
_YEARLY_TASKS = pattern(
    r"(?P<year>20\d\d)年[^，。；《》\d]{0,16}(?:政务公开|信息公开)(?:重点)?(?:工作)?(?:要点|重点任务)"
)
_OWN_REPORT = pattern(
    "年度?[^，。；：（）\n]{0,14}(?:信息公开|政务公开)"
    "[^，。；：（）\n]{0,8}(?:年度报告|年报|报告|情况)"
)
_MAKING_IT = pattern(
    "(?:编制|公布|公开|形成|现将|现就|现(?:予以?)?发布|汇报|特发布)[^。；，]{0,30}$"
)
_OPENS_TITLE = pattern("(?:编制|公布|形成|现发布|现将)(?:了|完成)?《[^》《]{0,24}$")
_ROUTINE = pattern("及时|按时|按期|按规定|按要求|已经?|完成")
_AS_FOLLOWS = pattern("如下|本报告|现予")
_THING_OF_THAT_YEAR = pattern(
    "年?度?(?:的|年?度?报告|年报|工作要点|要点|存在|计划|预算|决算|部门|财政|政府工作)"
)
_SETTLED = pattern("年度?(?!，)[^。；]{0,60}(?:问题|不足|短板|整改|反馈)")
"""「2024年度查摆的……问题，已经解决」."""
_HEAD = pattern(r"(?:（[^（）]{1,3}）|[一二三四五六七八九十\d]{1,2}[、.]|[一二三四五六七八九十]是)")
_RUN_ON = pattern("[^，；。]{2,14}(?:情况|方面|工作)")
"""A numbered heading that the sentence follows without a sign: 「（三）管理情况2026年，」."""
_ORGAN_OR_HEADING = pattern("[^，；]{0,16}[：，]|[^，；。]{1,8}(?:镇|乡|街道|办|局|委)")
_PERIOD = pattern(
    r"(?P<y1>\d{4})[年\-./](?P<m1>\d{1,2})[月\-./](?P<d1>\d{1,2})日?(?:起|始)?，?"
    r"(?:至|到|止|[—\-–~]{1,2})+"
    r"(?:(?P<y2>\d{4})[年\-./])?(?P<m2>\d{1,2})[月\-./](?P<d2>\d{1,2})日?"
)
_CLOSING = pattern(r"截[至止]到?(?:(?P<year>20\d\d)年)?12月(?P<day>\d{1,2})日")
_STATISTICS = pattern("数据|统计")
_SPEAKS_OF_PERIOD = pattern("统计|期限|数据|时限|时间|起止|报告")


@rule(Reads.TEXTS)
def year_in_title(subject: Subject) -> Iterator[Fault]:
    """The title names the year reported on (年度报告格式: 标题)."""
    title, year = subject.report.stated_title, str(subject.report.year)
    if not title.strip() or year in re.sub(r"\s", "", title):
        return
    found = _YEAR.search(title)
    what = f"标题写的是“{found.group()}”" if found else "标题没有写年度"
    message = f"{what}，本报告是 {year} 年度的。请改正标题；清空标题的，程序按单位和年度自动写。"
    yield Fault(message, expected=year, found=found.group() if found else title)


@rule(Reads.TEXTS)
def other_years(subject: Subject) -> Iterator[Fault]:
    """What was done is told of the year reported on, what is planned of the next one."""
    for prose in subject.prose.values():
        spared = Places(match.span() for match in _NOT_TOLD.finditer(prose.plain))
        for match in _YEAR.finditer(prose.plain):
            if match.start() not in spared or _in_own_title(prose, match):
                yield from _doubt(subject, prose, match)


def _in_own_title(prose: Prose, match: re.Match[str]) -> bool:
    """「现公布《青石镇2025年政府信息公开工作年度报告》」: the title of this very report."""
    before = prose.plain[max(match.start() - 40, 0) : match.start()]
    return bool(prose.part == "preface" and _OPENS_TITLE.search(before))


@rule(Reads.TEXTS)
def stale_dates(subject: Subject) -> Iterator[Fault]:
    """The notice followed is that for this year's report, and the year ended is this one."""
    year = subject.report.year
    for prose in subject.prose.values():
        for signs in (_NOTICE, _YEAR_END, _YEARLY_TASKS):
            for match in signs.finditer(prose.plain):
                if int(match["year"]) == year or _COMPARING.search("".join(_around(prose, match))):
                    continue
                said = prose.plain[match.start("year") : match.end("year") + 1]
                message = (
                    f"这里写的是“{said}”，本报告是 {year} 年度的。请核对年份，看是否沿用了旧文。"
                )
                place = subject.passage(prose, match.start("year"), match.end("year") + 1)
                yield Fault(message, (), place, expected=f"{year}年", found=said)


def with_own_year(subject: Subject, prose: Prose) -> Prose:
    """The text as it reads with last year's years, left in by mistake, put right.

    What such a sentence counts is this year's, and is held against this year's tables.
    """
    year = str(subject.report.year)
    plain = prose.plain
    for match in _YEAR.finditer(prose.plain):
        digits = match["digits"]
        if (
            digits
            and digits != year
            and not match["rest"]
            and _governs_wrongly(subject, prose, match)
        ):
            start, end = match.span("digits")
            plain = plain[:start] + year + plain[end:]
    return prose if plain == prose.plain else replace(prose, plain=plain)


def _governs_wrongly(subject: Subject, prose: Prose, match: re.Match[str]) -> bool:
    told = int(match["digits"])
    return told < subject.report.year and _governs(subject, prose, match, told)


def _doubt(subject: Subject, prose: Prose, match: re.Match[str]) -> Iterator[Fault]:
    year, said = subject.report.year, match.group()
    told = int(match["digits"] or match["han"].translate(_HAN_DIGITS))
    if match["rest"] or not 1900 < told < 2100:
        message = f"“{said}”写得不对，本报告是 {year} 年度的。请改正年份。"
    elif _CARRIED_TO.search(_around(prose, match)[0]):
        year += 1
        message = f"这里说的是结转下年，写的是“{said}”，应为 {year} 年。请改正年份。"
        if told == year:
            return
    elif told == year and _is_stale_plan(prose, match):
        year += 1
        message = f"这里说的是今后的打算，写的却是“{said}”，计划一般写 {year} 年。请核对年份。"
    elif told != year and (_names_report(prose, match) or _governs(subject, prose, match, told)):
        message = f"这里写的是“{said}”，本报告是 {year} 年度的。请核对年份，看是否沿用了旧文。"
    else:
        return
    place = subject.passage(prose, *match.span())
    yield Fault(message, (), place, expected=f"{year}年", found=said)


def _around(prose: Prose, match: re.Match[str]) -> tuple[str, str]:
    """What the sentence says before the year, and from 年 on."""
    return prose.sentence_around(match.start(), match.end() - 1)


def _is_stale_plan(prose: Prose, match: re.Match[str]) -> bool:
    before, after = _around(prose, match)
    return bool(_AHEAD.fullmatch(before) and _PLANNED.match(after)) and "已" not in after


def _names_report(prose: Prose, match: re.Match[str]) -> bool:
    """「现将2025年度政府信息公开情况报告如下」 in a report on another year."""
    before, after = _around(prose, match)
    if prose.part == "problems" or not _OWN_REPORT.match(after) or _YEAR.search(before):
        return False
    own = _MAKING_IT.search(before) or _AS_FOLLOWS.search(after)
    return bool(own) and not _COMPARING.search(before) and not _ROUTINE.search(before)


def _governs(subject: Subject, prose: Prose, match: re.Match[str], told: int) -> bool:
    """The year stands where a sentence says when things were done, without a word of comparison."""
    before, after = _around(prose, match)
    if _HISTORY.match(after) or _AFTER_WORDS_OF_TIME.search(before) or not _at_head(before):
        return False
    own_year = str(subject.report.year)
    if _COMPARING.search(after[:40]) or own_year in before + after:
        return False
    if told == subject.report.year + 1:
        planned = prose.part == "problems" or _PLAN.search(before + after)
        return not planned and "月" not in after[:5]
    settled = prose.part == "problems" and _SETTLED.match(after)
    return not settled and not _THING_OF_THAT_YEAR.match(after)


def _at_head(before: str) -> bool:
    """At the head of a sentence, after its heading or number, or after the organ's own name."""
    numbered = _HEAD.match(before)
    head = before[numbered.end() :] if numbered else before
    if numbered and _RUN_ON.fullmatch(head):
        return True
    return not head or bool(_ORGAN_OR_HEADING.fullmatch(head))


@rule(Reads.TEXTS)
def reported_period(subject: Subject) -> Iterator[Fault]:
    """The period runs from 1 January to 31 December of the year (条例 第四十九条)."""
    for prose in subject.prose.values():
        for match in _PERIOD.finditer(prose.plain):
            before, after = _around(prose, match)
            begins_the_year = int(match["m1"]) == 1 == int(match["d1"])
            if begins_the_year or _SPEAKS_OF_PERIOD.search(before + after):
                yield from _wrong_period(subject, prose, match)

        for match in _CLOSING.finditer(prose.plain):
            if _STATISTICS.search("".join(_around(prose, match))):
                yield from _early_end(subject, prose, match)


def _early_end(subject: Subject, prose: Prose, match: re.Match[str]) -> Iterator[Fault]:
    year, day = match["year"], int(match["day"])
    right = f"{subject.report.year}年12月31日"
    if day != 31 or (year and int(year) != subject.report.year):
        message = f"数据统计到“{match.group()}”，应为 {right}。请改正。"
        place = subject.passage(prose, *match.span())
        yield Fault(message, (), place, expected=right, found=match.group())


def _wrong_period(subject: Subject, prose: Prose, match: re.Match[str]) -> Iterator[Fault]:
    year = subject.report.year
    begin = tuple(int(match[name]) for name in ("y1", "m1", "d1"))
    end = tuple(int(match[name] or year) for name in ("y2", "m2", "d2"))
    if (begin, end) == ((year, 1, 1), (year, 12, 31)):
        return
    right = f"{year}年1月1日至{year}年12月31日"
    message = f"统计期限写的是“{match.group()}”，应为 {right}。请改正。"
    place = subject.passage(prose, *match.span())
    yield Fault(message, (), place, expected=right, found=match.group())
