"""Whose report it is: the text speaks of its own organ, not of another one's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.prose import Prose
from app.report import Kind

_PLACES = "省|市|县|区|旗|州|盟|镇|乡|街道|街|苏木"
_OFFICES = "局|委|厅|院|所|办"
_SELF = re.compile(
    rf"(?P<who>[我本])(?P<what>{_PLACES}|{_OFFICES}|部门)(?![一-龥]{{0,2}}(?:级|地区))"
)
_WHOLE = re.compile(rf"(?P<who>全)(?P<what>{_PLACES}|局|系统)")
_COMPOUND = re.compile(
    "乡镇|镇街|镇乡|镇区|市区|县区|区县|市县|县市|省市|委办局|委员|院校|所属|办事|办理|办法|办公|所有|所在|所辖|区域|区划|市场|街道|街头|所涉|所需|办结|局部|局面|省级|市级|县级|区级|镇级|乡级|省内|委托|院内|所列|办件"
)
_VERBS = re.compile(
    "^(?:政府|人民政府|各级)?，?(?:共|累计|主动|收到|受理|新增|发布|未|没有|积极|认真|严格|坚持|进一步|始终|高度|持续|不断|将|按照|紧紧|围绕|以|通过|深入|切实|着力|充分|全面|在|信息公开|政务公开|政府信息|依申请|依法|及时|制定|制发|建立|成立|组织|开展|办结|全年|对|由|把|利用|结合|高|大力|也|还|均|已|办理|公开)"
)
_GUIDED = re.compile(
    "(?:在|按照?|根据|依照|遵照|围绕|对照|落实|贯彻|参加|参与|纳入|列入|面向|位列|位居|居|依托|通过|利用|登录|由|向|经|报|受|接受|配合|纳入|推送至?|推广至?|服务|辐射|优于|领先|排名|走在|是|作为|上级|，?与)[^，。；]{0,4}$"
)
_QUOTED = re.compile("“[^”\n]{0,60}”|《[^》\n]{0,60}》")
_OWN_SIGN = {
    Kind.TOWNSHIP: frozenset("镇乡"),
    Kind.SUBDISTRICT: frozenset(("街道", "街", "办")),
}
_TYPES = re.compile(
    "(?P<name>[\u4e00-\u9fff]{1,12}?)(?P<type>镇|乡|街道|苏木)(?:人民政府|政府|办事处|办)?$"
)
_UPPER = re.compile("^.*(?:省|自治区|市|自治州|州|盟|县|区|旗)(?=[\u4e00-\u9fff]{2,})")
LOCAL = (Kind.TOWNSHIP, Kind.SUBDISTRICT)


@rule(Reads.TEXTS)
def own_body(subject: Subject) -> Iterator[Fault]:
    """A township speaks of 我镇, not of 我局 or 全县 (30号: 内容雷同、敷衍塞责)."""
    for prose in subject.prose.values():
        quoted = [match.span() for match in _QUOTED.finditer(prose.plain)]
        for pattern in (_SELF, _WHOLE):
            for match in pattern.finditer(prose.plain):
                inside = any(start <= match.start() < end for start, end in quoted)
                if not inside and _is_foreign(subject, prose, match):
                    yield _foreign(subject, prose, match)


def _is_foreign(subject: Subject, prose: Prose, match: re.Match[str]) -> bool:
    what = match["what"]
    own = _own_words(subject)
    if what in own or _COMPOUND.match(prose.plain, match.end() - 1):
        return False
    after = prose.plain[match.end() : match.end() + 8]
    before = prose.plain[max(match.start() - 10, 0) : match.start()]
    upper = what in ("省", "市", "县", "区", "旗", "州", "盟")
    if subject.report.kind in LOCAL:
        if not upper and match["who"] != "全":
            return not _GUIDED.search(before) or what in ("局", "镇", "乡", "街道")
        return bool(_VERBS.match(after)) and not _GUIDED.search(before)
    if upper or match["who"] == "全":
        return False
    return what in ("镇", "乡", "街道", "局", "委", "厅", "院")


def _own_words(subject: Subject) -> frozenset[str]:
    """How an organ may speak of itself, by its kind and the last words of its name."""
    organ, kind = subject.report.organ.strip(), subject.report.kind
    if kind in LOCAL:
        found = _TYPES.search(organ)
        own = {found["type"]} if found else set(_OWN_SIGN[kind])
        return frozenset(own | ({"街", "街道", "办"} if kind is Kind.SUBDISTRICT else set()))
    signs = {
        "局": "局",
        "委员会": "委",
        "委": "委",
        "厅": "厅",
        "办公室": "办",
        "院": "院",
        "中心": "中心",
    }
    return frozenset({sign for tail, sign in signs.items() if organ.endswith(tail)} | {"办", "所"})


def _foreign(subject: Subject, prose: Prose, match: re.Match[str]) -> Fault:
    kind, said = subject.report.kind.chinese, match.group()
    message = f"“{said}”不像是{subject.report.organ or kind}对自己的称呼。请核对是否沿用了别的单位的文稿。"
    place = subject.passage(prose, *match.span())
    return Fault(message, (), place, found=said)


@rule(Reads.TEXTS)
def own_name(subject: Subject) -> Iterator[Fault]:
    """The organ's own name is written right: 四家镇 for 四家子镇 is not."""
    found = _TYPES.search(_UPPER.sub("", subject.report.organ.strip()))
    if not found or subject.report.kind not in LOCAL or len(found["name"]) < 2:
        return
    name, sign = found["name"], found["type"]
    for prose in subject.prose.values():
        for match in re.finditer(sign, prose.plain):
            wrong = _miswritten(prose.plain[max(match.start() - 8, 0) : match.start()], name)
            if wrong:
                start = match.start() - len(wrong)
                place = subject.passage(prose, start, match.end())
                message = (
                    f"单位名称写成了“{wrong}{sign}”，应为“{name}{sign}”。请核对，写错的请改正。"
                )
                yield Fault(message, (), place, expected=name + sign, found=wrong + sign)


def _miswritten(before: str, name: str) -> str:
    """The name with one sign lost, doubled or two changed places, at the end of `before`."""
    if before.endswith(name):
        return ""
    lost = [name[:at] + name[at + 1 :] for at in range(1, len(name))] if len(name) > 2 else []
    swapped = [
        name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        for at in range(len(name) - 1)
        if name[at] != name[at + 1]
    ]
    return next((one for one in (*swapped, *lost) if before.endswith(one)), "")
