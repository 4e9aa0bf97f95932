"""The years the text speaks of, and the period it reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.prose import Prose, Span

_YEAR = re.compile(r"(?<![\d.〔\[（])(?P<year>(?:19|20)\d{2})(?P<rest>\d{0,3})年(?!份?版)")
_QUOTED = re.compile("《[^》\n]{0,80}》|〔[^〕\n]{0,12}〕|“[^”\n]{0,40}”")
_RANGE = re.compile(
    r"(?:19|20)\d{2}年?[—\-–~至到]{1,2}(?:19|20)\d{2}年|(?:19|20)\d{2}年?[、和及与](?:19|20)\d{2}年"
)
_HISTORY = re.compile(
    r"年?度?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:起|以来|以后|之后|以前|之前|修订|修正|修改|施行|实施|公布|颁布|印发|发布的|出台|制定|成立|建成|开通|启用|上线|结转|末结转|底结转|转入|遗留|受理的|收到的|未办结)"
)
_BEFORE_HISTORY = re.compile(
    "(?:自|从|与|较|比|同|截至|截止|相比|对比|对照|针对|关于|回应|落实|按照|根据|公开|公布|发布|上传|编制|完成|开展|对|在|到|至|于|过去|以及)$"
)
_COMPARING = re.compile("同比|相比|较上年|比上年|增长|下降|上年|去年|上一年|增加|减少")
_BEGINS = re.compile(
    r"(?:^|[，。；：）\n、])(?:[\u4e00-\u9fff]{1,12}(?:镇|乡|街道|局|办|县|区|市|委|政府))?$"
)
_PLAN = re.compile(
    "将|下一步|计划|拟|力争|争取|继续|进一步|打算|目标|今后|下一?年|明年|预计|推进|着力|持续|要|加强|重点"
)
_WILL = re.compile(
    "^年?度?，?[^，。；]{0,12}(?:将(?:进一步|继续|着力|从|重点|围绕|加强|不断|按照|针对|以|持续|坚持|认真|抓|做)|拟|计划|打算)"
)
_REPORT = re.compile(
    "年度?[^，。；：（）\n]{0,14}(?:信息公开|政务公开)[^，。；：（）\n]{0,8}(?:年度报告|年报|报告|情况)"
)
_OWN_REPORT = re.compile(
    "(?:编制|公布|公开|发布|形成|现将|现就|汇报|报告)[^。；，]{0,30}$|如下|现予"
)
_PERIOD = re.compile(
    r"(?P<y1>\d{4})[年\-./](?P<m1>\d{1,2})[月\-./](?P<d1>\d{1,2})日?(?:起|始)?[，]?"
    r"(?:至|到|止|[—\-–~]{1,2})+"
    r"(?:(?P<y2>\d{4})[年\-./])?(?P<m2>\d{1,2})[月\-./](?P<d2>\d{1,2})日?"
)


@rule(Reads.TEXTS)
def year_in_title(subject: Subject) -> Iterator[Fault]:
    """The title names the year reported on (年度报告格式: 标题)."""
    title, year = subject.report.stated_title, str(subject.report.year)
    if not title.strip() or year in re.sub(r"\s", "", title):
        return
    found = _YEAR.search(title)
    what = f"标题写的是 {found['year']}{found['rest']} 年" if found else "标题没有写年度"
    message = (
        f"{what}，本报告是 {year} 年度的。请在“开始”一步改正标题，或清空让程序按单位和年度写。"
    )
    yield Fault(message, expected=year, found=found["year"] if found else title)


@rule(Reads.TEXTS)
def other_years(subject: Subject) -> Iterator[Fault]:
    """What was done is told of the year reported on, what is planned of the next one."""
    for prose in subject.prose.values():
        quoted = [Span(*match.span()) for match in _QUOTED.finditer(prose.plain)]
        quoted += [Span(*match.span()) for match in _RANGE.finditer(prose.plain)]
        for match in _YEAR.finditer(prose.plain):
            if not any(one.start <= match.start() < one.end for one in quoted):
                yield from _doubt(subject, prose, match)


def _doubt(subject: Subject, prose: Prose, match: re.Match[str]) -> Iterator[Fault]:
    year = subject.report.year
    if match["rest"]:
        said = f"“{match.group()}”写得不对"
        yield _fault(subject, prose, match, f"{said}，本报告是 {year} 年度的。请改正年份。", year)
        return
    told = int(match["year"])
    if told == year:
        if _is_stale_plan(prose, match):
            said = f"说的是今后的打算，写的却是 {year} 年"
            message = f"“{match.group()}”{said}。计划一般写 {year + 1} 年，请核对是否沿用了旧文。"
            yield _fault(subject, prose, match, message, year + 1)
    elif _names_report(prose, match) or _governs(subject, prose, match, told):
        message = (
            f"这里写的是 {told} 年，本报告是 {year} 年度的。请核对是否沿用了旧文，或改正年份。"
        )
        yield _fault(subject, prose, match, message, year)


def _fault(
    subject: Subject, prose: Prose, match: re.Match[str], message: str, expected: int
) -> Fault:
    place = subject.passage(prose, *match.span())
    return Fault(message, (), place, expected=str(expected), found=match["year"] + match["rest"])


def _is_stale_plan(prose: Prose, match: re.Match[str]) -> bool:
    sentence = prose.sentence_at(match.start())
    begins = not prose.plain[sentence.start : match.start()].strip("　 ")
    after = prose.plain[match.end() - 1 : sentence.end]
    return begins and bool(_WILL.match(after)) and "已" not in after


def _names_report(prose: Prose, match: re.Match[str]) -> bool:
    """「现将2025年度政府信息公开情况报告如下」 in a report on another year."""
    if not _REPORT.match(prose.plain, match.end() - 1):
        return False
    sentence = prose.sentence_at(match.start())
    before = prose.plain[sentence.start : match.start()]
    after = prose.plain[match.end() : sentence.end]
    own = _OWN_REPORT.search(before) or re.search("如下|本报告", after)
    return bool(own) and not _COMPARING.search(before) and prose.part != "problems"


def _governs(subject: Subject, prose: Prose, match: re.Match[str], told: int) -> bool:
    """The year stands where a sentence says when things were done, without a word of comparison."""
    sentence = prose.sentence_at(match.start())
    before = prose.plain[sentence.start : match.start()]
    after = prose.plain[match.end() - 1 : sentence.end]
    if _HISTORY.match(after) or _BEFORE_HISTORY.search(before):
        return False
    if _COMPARING.search(prose.plain[match.end() : sentence.end][:40]) or not _at_head(before):
        return False
    if told == subject.report.year + 1:
        return not _PLAN.search(after) and "月" not in after[:4]
    if told > subject.report.year:
        return True
    return bool(re.match("年(?:度|全年|期间|来)?[，]?", after)) and not _is_attribute(after)


def _at_head(before: str) -> bool:
    """At the head of a sentence, after its heading or number, or after the organ's own name."""
    head = re.sub(
        r"^(?:（[^（）]{1,3}）|[一二三四五六七八九十\d]{1,2}[、.]|[一二三四五六七八九十]是)",
        "",
        before,
    )
    return not head or bool(
        re.fullmatch(
            "[^，；]{0,16}[：，]|截?[至止]?到?|[^，；。]{1,8}(?:镇|乡|街道|办|局|委)", head
        )
    )


def _is_attribute(after: str) -> bool:
    """「2025年存在的问题」, 「2025年工作要点」: a thing of that year, not a time at all."""
    return bool(
        re.match("年度?(?:的|报告|工作要点|要点|存在|计划|预算|决算|部门|财政|政府工作)", after)
    )


@rule(Reads.TEXTS)
def reported_period(subject: Subject) -> Iterator[Fault]:
    """The period runs from 1 January to 31 December of the year (条例 第四十九条)."""
    for prose in subject.prose.values():
        for match in _PERIOD.finditer(prose.plain):
            sentence = prose.sentence_at(match.start())
            text = prose.plain[sentence.start : sentence.end]
            whole_year = match["m1"].lstrip("0") == "1" and match["d1"].lstrip("0") == "1"
            if re.search("统计|期限|数据|时限|时间|起止|报告", text) or whole_year:
                yield from _wrong_period(subject, prose, match)


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
