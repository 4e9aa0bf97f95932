"""Whose report it is: the text speaks of its own organ, not of another one's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.finding import Fault
from app.checks.rule import Reads, Subject, rule
from app.patterns import pattern
from app.prose import Places, Prose
from app.report import Kind

LOCAL = (Kind.TOWNSHIP, Kind.SUBDISTRICT)
_UPPER = frozenset("省市县区旗州盟")
_SELF = pattern("[我本](?P<what>街道|苏木|[省市县区旗州盟镇乡街局委厅院])")
_WHOLE = pattern("全(?P<what>街道|系统|[省市县区旗州盟镇乡局])")
_OTHER_WORD = pattern(
    "乡镇|镇街|镇乡|[镇市县]区|区[县域划]|市[县场]|县市|省[市内]|委[员托]|院[校内]|街头|局[部面]"
    "|[省市县区镇乡]级"
)
"""Words that only begin like 我县 or 本市: 全市场, 本区域."""
_ACTS = pattern(
    "(?:政府|人民政府)?，?(?:共|累计|主动|收到|受理|新增|发布|未|没有|积极|认真|严格|坚持|进一步|始终"
    "|高度|持续|不断|将|按照|紧紧|围绕|以|通过|深入|切实|着力|充分|全面|依申请|依法|及时|制定|制发|建立"
    "|成立|组织|开展|办结|全年|结合|大力|也|还|均|已|办理|(?:政府)?信息公开工作由)"
)
_GUIDED = pattern(
    "(?:在|按照?|根据|依照|遵照|围绕|对照|落实|贯彻|参加|参与|纳入|列入|面向|位列|位居|居|依托|通过"
    "|利用|登录|由|向|经|报|受|接受|配合|推送至?|推广至?|服务|辐射|优于|领先|排名|走在|是|作为|上级|与)"
    "[^，。；]{0,4}$"
)
"""Words that lead from the own organ to another one: 参加全县会议, 按照我县安排."""
_DOES_TO = pattern("(?:组织|推动|推进|指导|统筹|部署|督促|协调|规范|保障)[^，。；]{0,4}$")
_FOR_ANOTHER = pattern("为|助力|配合|服务|促进|支持|上级|按照?|根据|落实|贯彻|围绕")
_ITS_OPENNESS = pattern("[^，。；]{0,12}(?:信息|政务)公开")
"""「组织推动全省政府信息公开工作」: what the body above does, not a township."""
_QUOTED = pattern("“[^”\n]{0,60}”|《[^》\n]{0,60}》")
_NAME = pattern(
    "(?P<name>[\u4e00-\u9fff]{1,12}?)(?P<sign>镇|乡|街道|苏木)(?:人民政府|政府|办事处|办)?"
)
_ABOVE = pattern("^.*(?:省|自治区|市|自治州|州|盟|县|区|旗)(?=[\u4e00-\u9fff]{2,})")
_GOVERNMENT = pattern("(?:人民)?政府$|办事处$")
_SUBJECT_NAMED = pattern(
    "(?P<name>[\u4e00-\u9fff]{2,9}?)(?P<sign>镇|乡|街道)(?:人民政府|政府|办事处)?"
    "(?=(?P<rest>.{2,12}))"
)
_PUBLISHED = pattern(
    r"(?:编制|公布|发布|形成)(?:[并和及、]{0,2}(?:编制|公布|发布|公开))?了?《?(?P<year>20\d\d年度?+)?"
    "(?P<body>[\u4e00-\u9fff]{3,20}?)(?:（[^（）]{0,24}）)?"
    r"(?(year)|20\d\d年度?)(?:政府)?(?:信息|政务)公开(?:工作)?年度报告"
)
_LEVEL_NAMED = pattern("(?P<level>[镇乡])(?:人民)?政府(?!网)")
_BEFORE_LEVEL = (*"，。；：、\n由对向经将与和是", "推进", "加强", "做好", "提升", "提高", "强化")
"""Where no name of a place can end, so that 乡政府 stands for itself."""
_ASKED = pattern(
    "向[省市县区](?:人民)?政府[^，。；]{0,14}(?:提出|提交|申请)的?(?:政府)?信息公开申请"
)
_MADE_BY = pattern(
    "由(?P<body>[\u4e00-\u9fff]{2,20}?(?:镇|乡|街道)(?:人民政府|政府|办事处)?)(?:负责|组织)?(?:编制|编写)"
)
_ITSELF = pattern("^[本我全各该]|[本我](?:单位|机关|部门|[省市县区镇乡局])|如下|此|上级|所有|相关")
_NO_NAME = pattern(
    "^(?:[全今本去明当该各我由对在经按据年]|通过|目前|同时|其中|下一步|一是)|"
    "(?:[我本全该各乡城集村小每所街]|建制|中心|重点|试点|示范|其他|周边|兄弟|等)$"
)
_OFFICES = {"局": "局", "委员会": "委", "委": "委", "厅": "厅", "院": "院"}


@rule(Reads.TEXTS)
def own_body(subject: Subject) -> Iterator[Fault]:
    """A township speaks of 我镇, not of 我局 or 全县 (30号: 内容雷同、敷衍塞责)."""
    own = _own_words(subject)
    for prose in subject.prose.values():
        quoted = Places(match.span() for match in _QUOTED.finditer(prose.plain))
        for signs in (_SELF, _WHOLE):
            for match in signs.finditer(prose.plain):
                if match["what"] in own or match.start() in quoted:
                    continue
                if _is_foreign(subject.report.kind, prose.plain, match):
                    yield _foreign(subject, prose, match)


def _own_words(subject: Subject) -> frozenset[str]:
    """How an organ may speak of itself, by its kind and the last words of its name."""
    organ, kind = subject.report.organ.strip(), subject.report.kind
    if kind is Kind.SUBDISTRICT:
        return frozenset(("街道", "街", "办"))
    found = _NAME.fullmatch(organ)
    if kind is Kind.TOWNSHIP:
        return frozenset([found["sign"]] if found else "镇乡")
    return frozenset(sign for tail, sign in _OFFICES.items() if organ.endswith(tail))


def _is_foreign(kind: Kind, plain: str, match: re.Match[str]) -> bool:
    """An upper level is foreign to a township only where it acts: 「全县共公开」, not 「全县会议」.

    Above the township, only 我镇 and its kin, and another sort of office, are foreign.
    """
    what, whole = match["what"], match.group().startswith("全")
    if _OTHER_WORD.match(plain, match.end() - 1):
        return False
    if kind not in LOCAL:
        return not whole and what not in _UPPER
    if not whole and what not in _UPPER:
        return True
    if whole and _directs(plain, match):
        return True
    guided = _GUIDED.search(plain, max(match.start() - 10, 0), match.start())
    return bool(_ACTS.match(plain, match.end())) and not guided


def _directs(plain: str, match: re.Match[str]) -> bool:
    """The text claims to direct the openness of a whole level above."""
    begin = max(plain.rfind(sign, 0, match.start()) for sign in "，。；\n") + 1
    clause = plain[max(begin, match.start() - 30) : match.start()]
    does = _DOES_TO.search(clause) and not _FOR_ANOTHER.search(clause)
    return bool(does and _ITS_OPENNESS.match(plain, match.end()))


def _foreign(subject: Subject, prose: Prose, match: re.Match[str]) -> Fault:
    organ = subject.report.organ or subject.report.kind.chinese
    message = (
        f"“{match.group()}”不像是{organ}对自己的称呼。请核对是否沿用了别的单位的文稿，并改正。"
    )
    place = subject.passage(prose, *match.span())
    return Fault(message, (), place, found=match.group())


@rule(Reads.TEXTS)
def own_level(subject: Subject) -> Iterator[Fault]:
    """A 镇 does not write 乡政府, nor that it was asked as 市政府 (30号: 内容雷同、敷衍塞责)."""
    found = _NAME.fullmatch(_ABOVE.sub("", subject.report.organ.strip()))
    if not found or subject.report.kind not in LOCAL:
        return
    for prose in subject.prose.values():
        for match in _LEVEL_NAMED.finditer(prose.plain):
            alone = prose.plain.endswith(_BEFORE_LEVEL, 0, match.start())
            if match["level"] != found["sign"] and (alone or not match.start()):
                yield _foreign(subject, prose, match)
        for match in _ASKED.finditer(prose.plain):
            yield _foreign(subject, prose, match)


@rule(Reads.TEXTS)
def own_report(subject: Subject) -> Iterator[Fault]:
    """The report that is being published is the organ's own, not one it was copied from."""
    organ = subject.report.organ.strip()
    for prose in subject.prose.values():
        published = _PUBLISHED.finditer(prose.plain)
        for match in (*published, *_MADE_BY.finditer(prose.plain)):
            body = match["body"]
            if not organ or _is_own_name(body, organ) or _ITSELF.search(body):
                continue
            message = f"这里说公布的是“{body}”的年度报告，本单位是“{organ}”。请核对并改正单位名称。"
            place = subject.passage(prose, *match.span("body"))
            yield Fault(message, (), place, expected=organ, found=body)


def _is_own_name(body: str, organ: str) -> bool:
    """The same words, spelled with more or fewer of the levels above, or mostly alike."""
    if body in organ or organ in body:
        return True
    ours, theirs = _bare_name(organ), _bare_name(body)
    if len(ours) > 1 and ours in body:
        return True
    alike = len(set(ours[:-1]) & set(theirs[:-1]))
    return alike * 2 >= max(len(set(theirs[:-1])), 1)


def _bare_name(body: str) -> str:
    """青石镇 of 白水县青石镇人民政府."""
    short = _GOVERNMENT.sub("", body)
    return _ABOVE.sub("", short) or short


@rule(Reads.TEXTS)
def own_name(subject: Subject) -> Iterator[Fault]:
    """The organ's own name is written right, and no other township acts in its place."""
    found = _NAME.fullmatch(_ABOVE.sub("", subject.report.organ.strip()))
    if not found or subject.report.kind not in LOCAL or len(found["name"]) < 2:
        return
    name, sign = found["name"], found["sign"]
    for prose in subject.prose.values():
        wrong = [*_miswritten_names(prose.plain, name, sign), *_other_names(prose, name)]
        for start, end in dict.fromkeys(wrong):
            said = prose.plain[start:end]
            message = f"本单位是“{name}{sign}”，这里写的是“{said}”。请核对单位名称，写错的请改正。"
            place = subject.passage(prose, start, end)
            yield Fault(message, (), place, expected=name + sign, found=said)


def _miswritten_names(plain: str, name: str, sign: str) -> Iterator[tuple[int, int]]:
    """Where the name stands with one sign lost or two in each other's place."""
    lost = {name[:at] + name[at + 1 :] for at in range(1, len(name))} if len(name) > 2 else set()
    swapped = {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)}
    for wrong in sorted((lost | swapped) - {name}):
        for match in re.finditer(re.escape(wrong + sign), plain):
            if not plain.endswith(name, 0, match.end() - len(sign)):
                yield match.span()


def _other_names(prose: Prose, name: str) -> Iterator[tuple[int, int]]:
    """Where a sentence begins with another township that acts."""
    for sentence in prose.sentences:
        match = _SUBJECT_NAMED.match(prose.plain, *sentence)
        if match is None or name in match.group() or _NO_NAME.search(match["name"]):
            continue
        if _ACTS.match(match["rest"]):
            yield match.start(), match.end("sign")
