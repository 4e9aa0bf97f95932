"""Lists within the text: as many items as announced, numbered without gap or repeat."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from app.checks.finding import Fault, shortened
from app.checks.rule import Reads, Subject, rule
from app.enumerations import Item, items, runs
from app.patterns import pattern
from app.prose import FAR, Prose, Span
from app.quantities import Quantity, quantities

_COUNTERS = frozenset(
    ("个", "大", "项", "点", "条", "类", "种", "方面", "部分", "环节", "层面", "步")
)
_AHEAD = pattern(r"[^。；\d\n：]{0,24}?(?:[：，。]\n?|\n|(?=[一（第①1]))")
"""What stands between an announced number and the first item of its list."""
_SHORT_LIST = pattern("[^，；。：（）\n、]{1,14}(?:、[^，；。：（）\n、]{1,14})+")
_ITEMS = pattern(
    "方面|措施|问题|工作|任务|举措|做法|环节|内容|部分|特点|不足|短板|情况|事项|机制|制度"
)
_PROMISE = pattern("以下|如下|下列|存在|做[好到]|抓[好实]|采取|开展|包括|分为?|落实|坚持|完成")
_LIST_BEFORE = pattern(
    r"(?:(?<=[，；。：（\n])|\A)[^，；。：（）\n、]{1,24}(?:、[^，；。：（）\n、]{1,12})+$"
)
_BELOW = pattern("以下|如下|下列")
_SLOGAN = pattern("意识|自信|维护|确立|代表|全面|务必|结合|统一|一律|凡是|百分百")
_INFORMATION = pattern("[^，。；：\n]{0,6}(?:信息|动态|内容中)|[，。；]|$")
_WORDS = pattern("[\u4e00-\u9fff]{0,6}")
_NAMELY = pattern(
    "[^，。；：（）\n]{0,8}，(?:即|分别[是为])(?P<names>[^。；：（）\n]{2,60}?)(?=[。；])"
)
_PAIR_BEFORE = pattern(
    "(?:开设|新增|设[立置有]|包括|分为|涵盖)"
    "(?P<names>[^，。；：（）、\n]{2,24}[和及与][^，。；：（）、\n]{2,24})$"
)
_ONE_SECTION = pattern("复议、(?:被?提起)?(?:行政)?诉讼")
_OPEN_OR_COUNTED = pattern("等|\\d")
_JOINED = pattern("以及|和|及|与")


@rule(Reads.TEXTS)
def announced_items(subject: Subject) -> Iterator[Fault]:
    """As many items are listed as are announced (以下三项工作：一是…)."""
    for prose in subject.prose.values():
        lists = sorted(runs(items(prose), prose), key=_beginning)
        for announced in quantities(prose):
            if _announces(announced) and not _is_set_phrase(prose, announced):
                first = bisect_right(lists, announced.end, key=_beginning)
                yield from _numbered(subject, prose, announced, lists[first : first + 2])
                yield from _enumerated(subject, prose, announced)
                yield from _sections(subject, prose, announced)


def _beginning(listed: tuple[Item, ...]) -> int:
    return listed[0].start


def _announces(quantity: Quantity) -> bool:
    if quantity.unit == "大" and quantity.value > 9:  # 党的二十大
        return False
    return quantity.exact and quantity.unit in _COUNTERS and 2 <= quantity.value <= 20


def _is_set_phrase(prose: Prose, announced: Quantity) -> bool:
    """“四个自信”, 两个维护: nobody lists them; 8条信息 are counted, not listed."""
    if announced.unit == "条" and _INFORMATION.match(prose.plain, announced.end):
        return True
    quoted = prose.plain[announced.start - 1 : announced.start] == "“"
    return quoted or bool(_SLOGAN.match(prose.plain, announced.end))


def _numbered(
    subject: Subject, prose: Prose, announced: Quantity, lists: list[tuple[Item, ...]]
) -> Iterator[Fault]:
    for listed in lists:
        first = listed[0]
        if first.number != 1 or len(listed) < 2 or not _leads_to(prose, announced, first):
            continue
        if len({item.number for item in listed}) != announced.value:
            shown = "、".join(prose.plain[item.start : item.end].strip("，、.") for item in listed)
            yield _miscounted(subject, prose, announced, len(listed), f"后面列了 {shown}")


def _leads_to(prose: Prose, announced: Quantity, first: Item) -> bool:
    between = prose.plain[announced.end : first.start]
    if not announced.end < first.start <= announced.end + 40 or not _AHEAD.fullmatch(between):
        return False
    before = prose.plain[max(announced.start - 8, 0) : announced.start]
    if first.rank is not None and "：" not in between:
        return bool(_BELOW.search(before))
    return "：" in between or bool(_ITEMS.search(between) or _PROMISE.search(before))


def _enumerated(subject: Subject, prose: Prose, announced: Quantity) -> Iterator[Fault]:
    """「三项工作：甲、乙、丙。」 and 「甲、乙、丙三项工作」."""
    yield from _too_few(subject, prose, announced)
    if prose.plain[announced.start : announced.start + 1].isascii():
        return
    before = _LIST_BEFORE.search(prose.plain, max(announced.start - 120, 0), announced.start)
    if before and re.match("[\u4e00-\u9fff]", prose.plain[announced.end :][:1]):
        yield from _compared(subject, prose, announced, before.group())
    ahead = _AHEAD.match(prose.plain, announced.end)
    if ahead and ahead.group().endswith("："):
        match = _SHORT_LIST.match(prose.plain, ahead.end())
        if match and prose.plain[match.end() : match.end() + 1] in ("。", ""):
            yield from _compared(subject, prose, announced, match.group())


def _too_few(subject: Subject, prose: Prose, announced: Quantity) -> Iterator[Fault]:
    """「三个，即甲和乙。」, 「开设甲和乙三个专栏」: however read, there are not so many names."""
    before = _PAIR_BEFORE.search(prose.plain, max(announced.start - 60, 0), announced.start)
    for match in (_NAMELY.match(prose.plain, announced.end), before):
        names = match["names"] if match else ""
        most = 1 + names.count("、") + len(_JOINED.findall(names))
        if names and not _OPEN_OR_COUNTED.search(names) and most < announced.value:
            yield _miscounted(subject, prose, announced, most, f"列的是“{shortened(names)}”")


def _compared(subject: Subject, prose: Prose, announced: Quantity, listed: str) -> Iterator[Fault]:
    names = listed.split("、")
    more = len(_JOINED.findall(listed))
    fits = len(names) <= announced.value <= len(names) + more
    if fits or (listed.endswith("等") and len(names) < announced.value):
        return
    yield _miscounted(subject, prose, announced, len(names), f"列的是“{shortened(listed)}”")


def _sections(subject: Subject, prose: Prose, announced: Quantity) -> Iterator[Fault]:
    """「六个部分」 beside the names of the sections of the report."""
    parts = announced.unit in ("个", "大") and prose.plain.startswith(
        ("部分", "方面"), announced.end
    )
    if not parts and announced.unit != "部分":
        return
    before, behind = prose.sentence_around(announced.start, announced.end)
    text = f"{before}{behind}"
    sections = [one for one in subject.form.sections if one.heading]
    named = [one.short for one in sections if one.named and re.search(one.named, text)]
    complete = len(sections) in (announced.value, len(named))
    if not complete or not 4 <= len(named) != announced.value:
        return
    to_the_last = sections[-1].named and re.search(sections[-1].named, text)
    items = before.count("、") + 1 - len(_ONE_SECTION.findall(before))
    if (to_the_last or not before.endswith("等")) and not len(named) < items >= announced.value:
        yield _miscounted(subject, prose, announced, len(named), f"列的是{'、'.join(named)}")


def _miscounted(
    subject: Subject, prose: Prose, announced: Quantity, count: int, listed: str
) -> Fault:
    place = subject.passage(prose, *_phrase(prose, announced))
    message = (
        f"“{place.quote}”说的是 {announced.value}，{listed}，共 {count}。请核对各项，或改正数目。"
    )
    return Fault(message, (), place, expected=str(announced.value), found=str(count))


def _phrase(prose: Prose, announced: Quantity) -> Span:
    """The announcing words: 「以下三项工作」."""
    match = _WORDS.match(prose.plain, announced.end)
    end = match.end() if match else announced.end
    start = announced.start
    if prose.plain.endswith(("以下", "如下", "下列"), 0, start):
        start -= 2
    return Span(start, end)


_FIRST = pattern("首先|一方面|第一|一是|一要|一、|其一|（一）")


@rule(Reads.TEXTS)
def numbered_in_order(subject: Subject) -> Iterator[Fault]:
    """Items are numbered without gap or repeat."""
    for prose in subject.prose.values():
        for listed in runs(items(prose), prose):
            if listed[0].number == 2 and _begins_late(prose, listed):
                yield _headless(subject, prose, listed[0])
            for before, item in pairwise(listed):
                if item.number != before.number + 1:
                    yield _misnumbered(subject, prose, before, item)
                    break


def _begins_late(prose: Prose, listed: tuple[Item, ...]) -> bool:
    """A list without its first item; 首先 and 一方面 begin a list as well as 一是 does."""
    first = listed[0]
    paragraph = prose.paragraph_at(first.start)
    before = prose.plain[max(paragraph.start, first.start - 2 * FAR) : first.start]
    if first.rank is None:
        return len(listed) > 1 and not _FIRST.search(before)
    heads_a_line = not first.start or prose.plain[first.start - 1] == "\n"
    return len(listed) > 1 and heads_a_line and not _FIRST.search(prose.plain, 0, first.start)


def _headless(subject: Subject, prose: Prose, item: Item) -> Fault:
    sign = _sign(prose, item)
    message = f"序号从“{sign}”开始，前面没有第一项。请核对是否漏写，或改正序号。"
    place = subject.passage(prose, item.start, item.end)
    return Fault(message, (), place, expected="1", found=str(item.number))


def _misnumbered(subject: Subject, prose: Prose, before: Item, item: Item) -> Fault:
    last, this = (_sign(prose, one) for one in (before, item))
    what = "重复了" if item.number == before.number else "序号不连续"
    message = f"“{last}”后面是“{this}”，{what}。请核对是否漏写，或改正序号。"
    place = subject.passage(prose, item.start, item.end)
    expected = str(before.number + 1)
    return Fault(message, (), place, expected=expected, found=str(item.number))


def _sign(prose: Prose, item: Item) -> str:
    return prose.plain[item.start : item.end].strip("，：")
