"""Percentages within the text, held against the numbers they stand beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise

from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.patterns import pattern
from app.prose import Prose
from app.quantities import Quantity, quantities

FARTHEST = 12
"""How many numbers before a percentage may still be meant by it."""
_TIME = frozenset("年月日天时分秒号") | {"个月", "工作日", "个工作日"}
_SHARE = pattern(r"[^。；\n\d]{0,12}占[^。；，\n\d]{0,10}|（")
_RATE = pattern("，?(?P<of>[\u4e00-\u9fff]{2,6})率(?:为|达到?|是)?")
_OF_THE_TOTAL = pattern("总[数量]|全部|全年")
_OWN_SHARE = pattern(r"(?:，?占[^。；，\n\d]{0,10}|（)[\d.]+%")
"""A number with a share of its own is one part beside others, not their whole."""
_IN_TIME = pattern("按时|按期|及时|法定|到期")
"""Such a rate is of what was due, and nobody is told how much that was."""
_CHANGE = pattern("增加|减少|增长|下降|上升|同比|环比|提高|降低|较|(?<!占)比(?!例)")
_GROWN = pattern("(?:增长|上升|提高|下降|降低|减少|增加|增幅|降幅)(?:了|为|达到?)?$")
_BY = pattern("(?:(?P<more>增加|增长|上升|多)|减少|下降|少)了?$")
_FROM = pattern("[由从][^，。；]*$")
_TO = pattern("(?:增[加长]?|上升|提高|减[少]?|下降|降低|[降升涨])[到至为][^，。；]*$")
_BESIDE = pattern("[比较][^，。；]*$")


@dataclass(frozen=True, slots=True)
class Ratio:
    """What a percentage should be: one number divided by another."""

    part: Decimal
    whole: Decimal

    def rounded(self, share: Quantity, how: str = ROUND_HALF_UP) -> Decimal:
        """In percent, with as many digits as are printed."""
        digits = Decimal(1).scaleb(int(share.value.as_tuple().exponent))
        return (self.part * 100 / self.whole).quantize(digits, rounding=how)

    def printed_as(self, share: Quantity) -> bool:
        """Rounded to the printed digits, or cut off there: both are seen in good reports."""
        return share.value in (self.rounded(share), self.rounded(share, ROUND_DOWN))


@rule(Reads.TEXTS)
def percentages(subject: Subject) -> Iterator[Fault]:
    """A percentage in the text is that of the two numbers it stands beside (30号: 内容准确)."""
    for prose in subject.prose.values():
        found = quantities(prose)
        for index, share in enumerate(found):
            if share.unit == "%" and not share.vague:
                ratios = _ratios(prose, found, index)
                if ratios and not any(ratio.printed_as(share) for ratio in ratios):
                    yield _fault(subject, prose, share, ratios[0])


def _fault(subject: Subject, prose: Prose, share: Quantity, ratio: Ratio) -> Fault:
    right, printed = f"{ratio.rounded(share)}%", prose.plain[share.start : share.end]
    message = (
        f"正文写 {printed}，按 {ratio.part:f} ÷ {ratio.whole:f} 计算是 {right}。"
        "请核对百分比和前面的数字。"
    )
    place = subject.passage(prose, share.start, share.end)
    return Fault(message, (), place, expected=right, found=printed)


def _ratios(prose: Prose, found: Sequence[Quantity], index: int) -> list[Ratio]:
    """What the percentage may be; nothing where the numbers it is made of are not told."""
    share, start = found[index], _begin(prose, found[index])
    told = _told(found[max(index - FARTHEST, 0) : index], start)
    if not told or not told[-1].exact:
        return []
    lead = prose.plain[told[-1].end : share.start]
    if _GROWN.search(lead):
        return _growth(prose, *told[-2:]) if len(told) > 1 else []
    if _CHANGE.search(lead):
        return []
    if share.value > 100:  # of a plan, which is told nowhere
        return []
    shares = list(_shares(prose, told, lead))
    if not shares and _SHARE.fullmatch(lead) and "占" in lead:
        return _shares_of_sentence_before(prose, found, index, start)
    return shares


def _told(before: Sequence[Quantity], start: int) -> list[Quantity]:
    counted = [one for one in before if one.unit != "%" and one.unit not in _TIME]
    return [one for one in counted if one.start >= start]


def _shares_of_sentence_before(
    prose: Prose, found: Sequence[Quantity], index: int, start: int
) -> list[Ratio]:
    """The whole may stand one sentence before; it counts where another share there fits it."""
    part = found[index - 1]
    earlier = prose.sentence_at(max(start - 2, 0)).start
    near = found[max(index - 2 * FARTHEST, 0) : index + FARTHEST]
    wholes = [one for one in near if earlier <= one.start < start and one.unit == part.unit]
    of_all = _OF_THE_TOTAL.search(prose.plain, part.end, found[index].start)
    siblings = [
        (one, share)
        for one, share in pairwise(near)
        if share.unit == "%" and one.start >= start and share != found[index]
    ]
    return [
        Ratio(part.value, whole.value)
        for whole in wholes
        if whole.exact and whole.value > part.value and (of_all or _fits(whole, siblings))
    ]


def _fits(whole: Quantity, siblings: Sequence[tuple[Quantity, Quantity]]) -> bool:
    return any(
        one.unit == whole.unit and Ratio(one.value, whole.value).printed_as(share)
        for one, share in siblings
    )


def _begin(prose: Prose, share: Quantity) -> int:
    """Where the sentence begins; one that begins with 其中 goes on from the one before."""
    start = prose.sentence_at(share.start).start
    return prose.sentence_at(start - 2).start if prose.plain.startswith("其中", start) else start


def _shares(prose: Prose, told: Sequence[Quantity], lead: str) -> Iterator[Ratio]:
    """The wholes that the last number may be a part of, or the one a rate is named for (合格率)."""
    named = _RATE.fullmatch(lead)
    if named and _IN_TIME.search(named["of"]):
        return
    part = _rated(prose, told, named["of"]) if named else None
    if part is None and not _SHARE.fullmatch(lead):
        return
    rate, part = part is not None, part or told[-1]
    for one in told:
        large = one.value > part.value or (rate and one.value == part.value > 0)
        sibling = not rate and _OWN_SHARE.match(prose.plain, one.end)
        if one is not part and one.exact and one.unit == part.unit and large and not sibling:
            yield Ratio(part.value, one.value)


def _rated(prose: Prose, told: Sequence[Quantity], of: str) -> Quantity | None:
    """The number a rate is named for: 合格 for 合格率, not 不合格."""
    for one in reversed(told):
        clause = re.split("[，；。]", prose.plain[max(one.start - 14, 0) : one.end])[-1]
        if re.search(f"(?<![不未非])(?:{of[-2:]}|{of[:2]})", clause):
            return one
    return None


def _growth(prose: Prose, first: Quantity, second: Quantity) -> list[Ratio]:
    """The growth from one number to the next (由120条增加到150条), or on the one behind 比."""
    if first.unit != second.unit or not (first.exact and second.exact):
        return []
    before_first = prose.plain[max(first.start - 16, 0) : first.start]
    between = prose.plain[first.end : second.start]
    more = _BY.search(between)
    if more and (_BESIDE.search(before_first) or "相比" in between):
        return [Ratio(second.value, first.value)] if first.value else []
    if more:
        change = second.value if more["more"] else -second.value
        base = first.value - change
        return [Ratio(second.value, base)] if base > 0 else []
    if _FROM.search(before_first) and _TO.search(between):
        base = first.value
    elif _BESIDE.search(between):
        base = second.value
    else:
        return []
    return [Ratio(abs(second.value - first.value), base)] if base else []
