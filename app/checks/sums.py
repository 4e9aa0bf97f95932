"""Sums within the text: 「共 N 条，其中 a、b、c」, 「a、b，合计 N」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.numbers import gap, show
from app.patterns import pattern
from app.prose import Prose, Span
from app.quantities import Quantity, quantities, quantities_in

MOST_TOTALS = 1000
MOST_PARTS = 60
LONGEST_LIST = 800
"""Numbers of a part, numbers of a list, and its characters: no report comes near."""
MOST_BEHIND = 3
"""Numbers behind a list that may still belong to it."""
_INTRODUCED = pattern(
    r"(?:[^。…；：（）\n]|（[^（）\n]{0,20}）){0,32}?[，。；：]?"
    r"(?P<word>其中|当中|内[有含]|包括|包含|涵盖|分别(?:为|是)?|具体(?:为|包括|是|有|如下)?"
    r"|内容(?:涉及|包括)|按[^，。；\d\n]{1,8}分(?:类|别)?(?:为|是)?|(?:主要)?(?:类别|类型|种类)(?:包括|有|为))[，：、]?"
)
_SOME = frozenset(("其中", "当中", "内有", "内含", "包括", "包含"))
"""Words that may introduce a choice of examples; the others promise the whole."""
_NESTED = pattern("其中|包括|包含|当中|内[有含]")
_LIST_END = pattern("[。…\n]|等(?=；)|[，；](?:另外?|此外|同时|全年|截至|与此同时|并|发生|已按|均)")
_CHANGE = pattern("增加|减少|增长|下降|上升|同比|环比|(?<!占)[较比](?!例)|多于|少于|新[增设]|增设")
_EXAMPLES = pattern("主要(?:是|有|包括|为|涉及|公开)|重点(?:是|公开|包括|有)|例如|比如|含|不含|另")
_RANKED = pattern("居|排名|名列|前[一二两三四五六七八九十\\d]+[位名]|最[多高]的")
_OPEN = pattern(
    "[，、；]?(?:其余|剩余|其他均?为)|等(?![于级额])|[，、](?:以?及|还有|和|另有)[^\\d，。；]{1,30}等"
)
_TOTAL_BEHIND = pattern("[，、；]?(?:合计|共计|总计|一共|共)(?:为|有|是)?")
_NOT_COUNTED = frozenset(
    (*"年月日天时分秒号%倍成款章节岁周", "个百分点", "百分点", "个月", "工作日", "个工作日")
)
_SHEETS = frozenset("件条篇份")
"""Units of published information that clerks mix in one list."""
_SHARE_OF_ALL = {2: Decimal("0.8"), 3: Decimal("0.75"), 4: Decimal("0.6")}
_SHARE_OF_MANY = Decimal("0.1")
"""From which share of the whole a list after 其中 reads as complete: the more parts, the less."""
_KINDS = tuple(
    pattern(words)
    for words in (
        "自然人|法人|企业|机构|公民",
        "予以公开|部分公开|不予|无法提供|其他处理|办结|答复|结转",
        "复议|诉讼",
        "网|信函|当面|邮|窗口|微信|公众号|公开栏|新媒体|微博",
    )
)
"""What parts may be told by: who, with what result, by which way. A total may be told by each."""
_VERBS = pattern("[，；](?:主动)?(?:公开|发布|编发|制作|办理|结转)")
_SIGNS = "、，；"
_PART_ENDS = frozenset("、，；。）")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total with the parts the text gives for it."""

    total: Quantity
    parts: tuple[Quantity, ...]
    whole: bool
    """The words promise all parts, not a choice of them."""
    open: bool
    """The list ends with 等, or what else is in it has no number."""
    aside: bool = False
    """It only tells what is included or left out, or what has changed."""
    turns: tuple[int, ...] = ()
    """How many parts stand before each place where the list begins to tell by something else."""
    rivals: tuple[Decimal, ...] = ()
    """Numbers before the total that the list may belong to as well."""
    more: tuple[Decimal, ...] = ()
    """Numbers of the sentences behind the list, where its last parts may stand."""

    @property
    def wholes(self) -> tuple[Decimal, ...]:
        """What the parts may add up to: the number before them, earlier ones, or all together."""
        alone = (self.total.value, *self.rivals)
        return (*alone, sum(alone, Decimal(0))) if self.rivals else alone

    @property
    def nearest(self) -> list[Decimal]:
        """The parts as they come nearest to the total: all, or up to where something else begins.

        「204件，其中自然人193件，法人13件；予以公开150件…」 is told as 193 + 13.
        """
        values = [part.value for part in self.parts]
        groups = [values, *(values[:at] for at in self.turns if at > 1)]
        return min(groups, key=lambda one: abs(sum(one, Decimal(0)) - self.total.value))

    def _adds_up(self, values: Sequence[Decimal], added: Decimal) -> bool:
        """All parts, the first of them, those of one kind, or with what stands behind the list."""
        some = (sum(values[:at], Decimal(0)) for at in (1, *self.turns))
        if added in self.wholes or any(one in self.wholes for one in some):
            return True
        return self.total.value in accumulate(self.more, initial=added)

    def wrong(self) -> bool:
        """Tell whether the parts contradict the total beyond what a list of examples may."""
        values = [part.value for part in self.parts]
        added, largest = sum(values, Decimal(0)), max(self.wholes)
        if not values or self._adds_up(values, added):
            return False
        if any(not one.exact for one in self.parts):
            return len(values) > 1 and added > largest and all(one.at_least for one in self.parts)
        if added > largest:
            return len(values) > 1 or not self.aside
        if len(values) < 2 or self.open or self.aside:
            return False
        share = _SHARE_OF_ALL.get(len(values), _SHARE_OF_MANY)
        nearly = any(one * share <= added <= one / share for one in self.wholes)
        return nearly or (self.whole and not self.rivals)


@rule(Reads.TEXTS)
def parts_of_a_sum(subject: Subject) -> Iterator[Fault]:
    """The parts of a number in the text add up to it (30号: 内容准确)."""
    for prose in subject.prose.values():
        for breakdown in (*breakdowns(prose), *_totals_behind(prose)):
            if breakdown.wrong():
                yield _fault(subject, prose, breakdown)


def _fault(subject: Subject, prose: Prose, breakdown: Breakdown) -> Fault:
    total, values = breakdown.total, breakdown.nearest
    added = sum(values, Decimal(0))
    nearest = min(breakdown.wholes, key=lambda one: abs(one - added))
    alone = nearest == total.value or nearest in breakdown.rivals
    parts = " + ".join(map(_plain, values))
    sum_of = f"各项相加是 {_plain(added)}（{parts}）" if len(values) > 1 else f"其中就有 {parts}"
    said = prose.plain[total.start : total.end]
    if alone and nearest != total.value:
        said = _plain(nearest)
    elif not alone:
        said = "”“".join([*map(_plain, breakdown.rivals), said])
    message = (
        f"正文写“{said}”，{sum_of}，相差 {show(gap(nearest, added))}。"
        "请核对总数和各项，改正不对的一处；只列举一部分的，请在末尾写“等”。"
    )
    start = min(total.start, breakdown.parts[0].start)
    end = max(total.end, breakdown.parts[len(values) - 1].end)
    place = subject.passage(prose, start, end)
    return Fault(message, (), place, expected=_plain(added), found=_plain(nearest))


def breakdowns(prose: Prose) -> Iterator[Breakdown]:
    """Every total of a text that a list of parts follows."""
    found = [one for one in quantities(prose) if one.unit not in _NOT_COUNTED]
    for index, total in enumerate(found[:MOST_TOTALS]):
        if total.unit and total.exact and total.value:
            before, following = (
                found[max(index - 4, 0) : index],
                found[index + 1 : index + MOST_PARTS],
            )
            yield from _broken_down(prose, total, before, following)


def _broken_down(
    prose: Prose, total: Quantity, before: Sequence[Quantity], following: Sequence[Quantity]
) -> Iterator[Breakdown]:
    listed = _list_behind(prose, total, following)
    if listed is None:
        return
    region, whole = listed
    parts = tuple(_parts(prose, total, following, region))
    in_brackets = prose.plain[region.start - 1] == "（"
    yield Breakdown(
        total,
        parts,
        whole,
        open=_is_open(prose, parts),
        aside=_is_aside(prose, region, len(parts)),
        turns=tuple(_turns(prose, parts, region)),
        rivals=() if in_brackets else tuple(_rivals(prose, total, before)),
        more=tuple(_behind_the_list(prose, total, following, parts)),
    )


def _rivals(prose: Prose, total: Quantity, before: Sequence[Quantity]) -> Iterator[Decimal]:
    """The numbers of the same unit told before in the same breath, parts of others left out."""
    start = prose.sentence_at(total.start).start
    for one in before:
        gap = prose.plain[one.end : total.start]
        if one.start >= start and one.unit == total.unit and not re.search("其中|（", gap):
            yield one.value


def _behind_the_list(
    prose: Prose, total: Quantity, following: Sequence[Quantity], parts: Sequence[Quantity]
) -> Iterator[Decimal]:
    """The next numbers of the unit in the same paragraph: 「…105条。通过公示栏公开71条。」."""
    last = parts[-1].end if parts else total.end
    start, end = prose.sentence_at(last - 1).end, prose.paragraph_at(last - 1).end
    behind = [one for one in following if start <= one.start < end and one.unit == total.unit]
    yield from (one.value for one in behind[:MOST_BEHIND])


def _is_open(prose: Prose, parts: Sequence[Quantity]) -> bool:
    """「…5条等」, 「…5条，以及会议、公示等信息」."""
    last = parts[-1].end if parts else 0
    return bool(parts and _OPEN.match(prose.plain, last))


def _is_aside(prose: Prose, region: Span, count: int) -> bool:
    """「（含上年结转3件）」; 「（含继续有效5件，修改4件，废止3件）」 is a list like any other."""
    text = prose.plain[region.start : region.end]
    if text.startswith("含") and count > 1 and "另" not in text:
        return False
    return bool(_EXAMPLES.match(text) or _CHANGE.search(text[:12]))


def _turns(prose: Prose, parts: Sequence[Quantity], region: Span) -> Iterator[int]:
    """Where a semicolon follows commas, who turns into how, or other things are counted."""
    before = region.start
    signs: list[int] = []
    kinds: list[int] = []
    verbs: list[bool] = []
    for part in parts:
        lead = prose.plain[before : part.start]
        before = part.end
        signs.append(max((_SIGNS.find(sign) for sign in lead), default=0))
        verbs.append(bool(_VERBS.search(lead)))
        kinds.append(next((at for at, kind in enumerate(_KINDS) if kind.search(lead)), -1))
    for at in range(2, len(parts)):
        turned = kinds[at] >= 0 and kinds[at] != kinds[at - 1]
        other = parts[at].unit != parts[at - 1].unit or (verbs[at] and not verbs[at - 1])
        if signs[at] > max(signs[1:at]) or turned or other:
            yield at


def _list_behind(
    prose: Prose, total: Quantity, following: Sequence[Quantity]
) -> tuple[Span, bool] | None:
    """Where the list of a total's parts stands, and whether it promises them all."""
    plain, start = prose.plain, total.end
    if plain[start : start + 1] == "（" and (close := _closing(plain, start)):
        if sum(one.end <= close and one.unit == total.unit for one in following) > 1:
            return Span(start + 1, close), not _NESTED.match(plain, start + 1)
        start = close + 1
    if plain[start : start + 1] == "：":
        return Span(start + 1, _list_end(prose, start + 1)), True
    match = _INTRODUCED.match(plain, start)
    if match is None or "\n" in match.group() or _closes(match.group()):
        return None
    apart = match["word"].startswith("分别") and match.start("word") > start + 2
    if apart or _RANKED.search(match.group()):
        return None
    if _told_between(prose, Span(start, match.end()), total):
        return None
    return Span(match.end(), _list_end(prose, match.end())), match["word"] not in _SOME


def _told_between(prose: Prose, gap: Span, total: Quantity) -> bool:
    """Another number of the kind, or a share, stands between: the list belongs to that one."""
    for one in quantities_in(prose, gap):
        said = prose.plain[gap.start : one.start]
        alike = not one.unit or _alike(one, total)
        if alike and said.count("（") == said.count("）"):
            return True
    return False


def _alike(one: Quantity, other: Quantity) -> bool:
    """Counted in the same unit, or in units that clerks mix."""
    return one.unit == other.unit or {one.unit, other.unit} <= _SHEETS


def _closes(gap: str) -> bool:
    """The number stands inside a bracket that closes before the list begins."""
    return gap.count("）") > gap.count("（")


def _closing(plain: str, start: int) -> int:
    """Where the bracket opened at `start` closes, 0 where it does not soon."""
    depth = 0
    for place in range(start, min(start + 400, len(plain))):
        depth += {"（": 1, "）": -1}.get(plain[place], 0)
        if depth == 0:
            return place
    return 0


def _list_end(prose: Prose, start: int) -> int:
    """Where a list that begins at `start` ends: with its sentence, or the bracket around it."""
    farthest = min(start + LONGEST_LIST, len(prose.plain))
    match = _LIST_END.search(prose.plain, start, farthest)
    end = match.start() if match else farthest
    depth = 0
    for bracket in re.finditer("[（）]", prose.plain[start:end]):
        depth += 1 if bracket.group() == "（" else -1
        if depth < 0:
            return start + bracket.start()
    return end


def _parts(
    prose: Prose, total: Quantity, following: Sequence[Quantity], region: Span
) -> Iterator[Quantity]:
    """The numbers of a list that are parts of the total: not those of lists within it."""
    plain, before, inner_until, depth = prose.plain, region.start, region.start, 0
    for part in following:
        if part.start < region.start:
            continue
        if part.start >= region.end:
            return
        lead = plain[before : part.start]
        if total.unit not in _SHEETS and "；" in lead:
            return
        depth = max(depth + lead.count("（") - lead.count("）"), 0)
        nested = _NESTED.search(lead) if before > region.start else None
        before = part.end
        if nested and "；" not in lead[nested.end() :]:
            semicolon = plain.find("；", part.end, region.end)
            inner_until = semicolon if semicolon >= 0 else region.end
        if depth or part.start < inner_until or _CHANGE.search(lead):
            continue
        bare = not part.unit and plain[part.end : part.end + 1] in _PART_ENDS
        if bare or _alike(part, total):
            yield part


def _totals_behind(prose: Prose) -> Iterator[Breakdown]:
    """Every total that is named behind its parts: 「…3 件，…2 件，合计 5 件」."""
    run: list[Quantity] = []
    before = 0
    for one in quantities(prose):
        if one.unit in _NOT_COUNTED:
            continue
        lead = prose.plain[before : one.start]
        before = one.end
        alike = bool(run) and one.unit == run[-1].unit and not re.search("[。\n…]", lead)
        if alike and _TOTAL_BEHIND.fullmatch(lead):
            yield from _behind(run, one)
            run = []
        else:
            run = [*run[-MOST_PARTS:], one] if alike else [one]
        if _NESTED.search(lead) or _CHANGE.search(lead):
            run = []


def _behind(run: Sequence[Quantity], total: Quantity) -> Iterator[Breakdown]:
    """Nothing where some of the numbers before add up: which ones are meant nobody can tell."""
    values = [one.value for one in run]
    suffixes = {sum(values[at:], Decimal(0)) for at in range(len(values))}
    if len(run) > 1 and total.exact and total.value not in suffixes:
        yield Breakdown(total, tuple(run), whole=True, open=False)


def _plain(value: Decimal) -> str:
    return f"{value:f}"
