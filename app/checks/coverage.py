"""What each written part must speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.checks.finding import Fault, Passage
from app.checks.rule import Reads, Subject, rule
from app.enumerations import items
from app.forms import Section, Topic
from app.narrative import length
from app.patterns import pattern
from app.prose import Prose

MOST_HEADED = 4
"""Topics with headings of their own from which a topic without one counts as left out."""
_TITLE = pattern("《[^》\n]{0,60}》")
"""That a rule exists says nothing of what was charged."""
_HEADING_END = pattern("[。\n：；]")
_INTRODUCTION = pattern(
    "(?:编制|公布|公开|发布|形成|现将|组成|包括|汇报)[^，；]{0,40}年度报告|年度报告[^，；]{0,12}(?:如下|包括|由)"
    "|[五六七]个(?:方面|部分)|统计期限|联系电话|邮政编码|邮编"
)
_NOTHING = pattern(
    r"(?:[（(]?[一二三四五六\d][）)、.])?(?:本(?:年度|单位|机关)?|暂|目前|[0-9]{4}年度?)*"
    r"(?:无|没有|暂无|略|不涉及|/|-|—+)(?:其他|需要|报告|的|事项|问题|情况|内容|明显|突出|存在|了|相关)*[。.；]?"
)


@rule(Reads.TEXTS)
def empty_section(subject: Subject) -> Iterator[Fault]:
    """None of the six parts is left out (条例 第五十条; 30号: 不能遗漏)."""
    for section in subject.form.text_sections:
        if not section.optional and not subject.report.text(section.id).strip():
            message = f"“{section.heading}”还没有写。{section.guide}"
            yield Fault(message, text=Passage(section.id, 0, 0, ""))


@rule(Reads.TEXTS)
def bare_section(subject: Subject) -> Iterator[Fault]:
    """A part that must tell something is not dismissed with 无 (30号: 敷衍塞责)."""
    for section in _written(subject):
        text = subject.prose[section.id].plain.strip()
        if section.bare_word_is_empty and _NOTHING.fullmatch(text):
            message = f"“{section.heading}”只写了“{text}”。{section.guide}"
            yield Fault(message, text=_whole(subject, section.id), found=text)


@rule(Reads.TEXTS)
def problems_with_measures(subject: Subject) -> Iterator[Fault]:
    """A part names all it must: problems, and what is done about them (年度报告格式 五)."""
    for section in _written(subject):
        missing = _missing(subject, section, section.asked, [section.id])
        if missing and not _NOTHING.fullmatch(subject.prose[section.id].plain.strip()):
            message = f"“{section.heading}”没有写{'、'.join(missing)}。{section.guide}"
            yield Fault(message, text=_whole(subject, section.id), expected="、".join(missing))


@rule(Reads.TEXTS)
def topics(subject: Subject) -> Iterator[Fault]:
    """一、总体情况 speaks of the five topics (30号: 年度报告格式说明)."""
    for section in _written(subject):
        missing = _missing(subject, section, section.topics, [section.id])
        if missing := missing or _without_heading(subject, section):
            names = "、".join(missing)
            all_names = "、".join(one.name for one in section.topics)
            message = (
                f"“{section.heading}”没有写到：{names}。"
                f"这一部分应当写 {len(section.topics)} 个方面：{all_names}；没有开展的也要说明。"
            )
            yield Fault(message, text=_whole(subject, section.id), expected=names)


def _without_heading(subject: Subject, section: Section) -> list[str]:
    """The topics without a heading, where most others have one and the text names them nowhere."""
    plain = subject.prose[section.id].plain
    heads = [
        _HEADING_END.split(plain[item.end : item.end + 40])[0]
        for item in items(subject.prose[section.id])
        if item.rank is not None
    ]
    bare = [
        one
        for one in section.topics
        if one.headed and not any(re.search(one.headed, head) for head in heads)
    ]
    if not bare or len(section.topics) - len(bare) < MOST_HEADED:
        return []
    return [one.name for one in bare if one.name not in plain]


@rule(Reads.TEXTS)
def accountability(subject: Subject) -> Iterator[Fault]:
    """各级人民政府 report 工作考核、社会评议和责任追究结果情况 (条例 第五十条（四）)."""
    for section in subject.form.text_sections:
        missing = _missing(subject, section, section.accountability, list(subject.prose))
        if missing and section.id in subject.prose:
            names = "、".join(missing)
            message = (
                f"报告里没有写到：{names}。《条例》第五十条要求各级人民政府的年度报告写明"
                "工作考核、社会评议和责任追究结果情况，没有的也要说明。"
            )
            yield Fault(message, text=_whole(subject, section.id), expected=names)


@rule(Reads.TEXTS)
def fee_report(subject: Subject) -> Iterator[Fault]:
    """六 reports 信息处理费, even where none was charged (国办函〔2020〕109号; 30号)."""
    fee = subject.form.processing_fee
    if fee is None or fee.part not in subject.prose:
        return
    said = "".join(_TITLE.sub("", prose.plain) for prose in subject.prose.values())
    if not re.search("|".join(fee.signs), said):
        section = subject.form.section(fee.part)
        message = (
            f"“{section.heading}”没有写收取信息处理费的情况。没有收取的也要写明，"
            f"例如：{subject.report.year}年，本机关没有收取信息处理费。"
        )
        yield Fault(message, text=_whole(subject, fee.part))


@rule(Reads.TEXTS)
def too_short(subject: Subject) -> Iterator[Fault]:
    """A part that must give an account is long enough to hold one (30号: 敷衍塞责)."""
    for section in _written(subject):
        count = length(subject.prose[section.id].plain)
        if count < section.shortest:
            message = (
                f"“{section.heading}”只有 {count} 个字，一般不少于 {section.shortest} 个字。"
                f"{section.guide}"
            )
            place = _whole(subject, section.id)
            yield Fault(message, (), place, expected=f"≥ {section.shortest}", found=str(count))


def _written(subject: Subject) -> list[Section]:
    return [one for one in subject.form.text_sections if one.id in subject.prose]


def _missing(
    subject: Subject, section: Section, asked: Sequence[Topic], parts: Sequence[str]
) -> list[str]:
    """The names of the topics these parts do not speak of."""
    said = "\n".join(_told(subject.prose[part]) for part in parts if part in subject.prose)
    kind = subject.report.kind.value
    asked = [one for one in asked if not one.kinds or kind in one.kinds]
    next_year = str(subject.report.year + 1)
    return [
        one.name
        for one in asked
        if not re.search("|".join(one.signs).replace("{next_year}", next_year), said)
    ]


def _told(prose: Prose) -> str:
    """What a part tells, without the sentences that only introduce the report."""
    told = (prose.plain[start:end] for start, end in prose.sentences)
    return "\n".join(one for one in told if not _INTRODUCTION.search(one))


def _whole(subject: Subject, part: str) -> Passage:
    """The part as a whole: nothing in it can be pointed at."""
    return Passage(part, 0, 0, "")
