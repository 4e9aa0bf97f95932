"""Personal data in a text: numbers and names that a published report must not tell.

A number counts only where its own arithmetic proves what it is (check digit, date of birth,
Luhn), a name only where the words around it leave no doubt: a wrong alarm costs trust.
Whatever is masked keeps its length, so places in a text still fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

from app.patterns import pattern


class Kind(Enum):
    """What sort of personal data it is, as a clerk calls it."""

    IDENTITY = "身份证号"
    CARD = "银行卡号"
    MOBILE = "手机号码"
    NAME = "姓名"


class Datum(NamedTuple):
    """A piece of personal data and where it stands."""

    kind: Kind
    start: int
    end: int


_NARROW = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF38: "X", 0xFF58: "x"}
_NARROW |= dict.fromkeys((160, 8194, 8195, 8201, 8239, 12288), " ")
_NARROW |= dict.fromkeys((8208, 8209, 8210, 8211, 8212, 65293), "-")
"""One sign for one sign, so that every place stays where it is."""

_ALONE, _ENDS = r"(?<![0-9A-Za-z.])(?<![0-9]-)", r"(?![0-9A-Za-z]|-[0-9])"
_IDENTITY = pattern(rf"{_ALONE}[1-9](?:[ -]?[0-9]){{16}}[ -]?[0-9Xx]{_ENDS}")
_OLD_IDENTITY = pattern(rf"{_ALONE}[1-9][0-9]{{14}}{_ENDS}")
_CARD = pattern(
    rf"{_ALONE}[3-6](?:[0-9]{{15,18}}"
    rf"|[0-9]{{3}}([ -])[0-9]{{4}}\1[0-9]{{4}}\1[0-9]{{4}}(?:\1[0-9]{{3}})?){_ENDS}"
)
_CARD_ISSUERS = ("4", "51", "52", "53", "54", "55", "60", "62", "35")
_DOMESTIC, _DOMESTIC_LENGTHS = "62", (16, 19)
_MOBILE = pattern(
    rf"{_ALONE}(?:\+86[ -]?|86[ -])?(?P<number>1[3-9][0-9]([ -]?)[0-9]{{4}}\2[0-9]{{4}})"
    rf"(?!\.[0-9]|[ ]?[元万亿条件份吨]){_ENDS}"
)
_LABEL_REACH = 20
_IDENTITY_LABEL = pattern("身份证")
_CARD_LABEL = pattern("卡号|账号|帐号|账户|帐户|银行|信用社")
_OTHER_NUMBER = pattern(
    "(?:信用代码|机构代码|索引号|文号|编号|案号|流水号|单号|受理号)[^0-9]{0,6}$"
)
_WHO = pattern(
    "(?<!被)(?:申请人|申请者|原告|上诉人|起诉人|举报人|信访人)(?:分别为|分别是|姓名|为|是|系)?[：:（(“]?"
)
_LISTED = pattern(
    r"申请[^，。；：\d\n]{0,8}\d+件[，。；（]?(?:具体|申请人)?(?:信息|名单|人员|情况)?(?:分别)?(?:为|是|有)?[：:]"
)
"""Names listed behind a number of applications: 「申请2件，具体为：」."""
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊金陆郝孔崔邱秦史顾侯邵孟段雷钱汤尹黎武贺赖龚"
    "韦付覃阮柯骆莫蓝翟倪庞樊聂焦詹辛耿鲁葛翁梅庄裴岑冉俞鲍温喻凌霍殷涂兰滕甘柳邢岳祝邬牟苗佟祁卜蒲符褚屈"
)
_NOT_A_NAME = (
    "陈[述诉情]|郑重|陆续|范围|高[度兴额频价龄达于效层]|马上|金[额融钱]|程[序度]|施[工行]|"
    "林[地业权木]|田[地间亩]|任[何意职一期]|罗列|谢[绝谢]|顾[虑及]|张[贴口]|许[可多诺]|"
    "周[边围知期末年一二三四五六日]|孙[子女]|余[下款额]|胡乱|杜绝|钱[款财]|武[力断]|夏[季天]|"
    "史料|黄金|付[款费清出]|辛[苦勤]|温[馨和暖]|庄[严稼]|莫[大非名]|凌[晨乱]|柳[树条]|岳[父母]|祝[愿福贺]|苗[木圃头]|"
    "兰[花草]|屈[服从]|符[合号]|蓝[图天]|梅[花雨]|甘[愿心]|鲁莽|段落|雷同|唐突|石材|雷[雨击]|何[时地种以人事处方日因故须]|"
    "..?(?:女士|先生|同志|老师|氏)|.某"
)
_SAYS = (
    "申请|提[出交起]|要求|请求|认为|不服|撤回|起?诉|反映|咨询|邮寄|通过|表示|收到|主动|自愿|送达|"
    "发送|出具|作出|当面|等|[向因就对于等与以寄称和及，。、；：:（）()”\n]|$"
)
_PERSON = pattern(
    rf"(?!{_NOT_A_NAME})(?:欧阳|诸葛|上官|司马|[{_SURNAMES}])"
    rf"[一-龥]{{0,1}}[一-龥](?<![某村镇乡县市区社组厂庄家屯寨湾沟岗们])(?={_SAYS})"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
_PROVINCES = pattern("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_FIRST_YEAR = 1880


def find(text: str) -> tuple[Datum, ...]:
    """Find all personal data in a text, in its order; nothing is found twice."""
    even = text.translate(_NARROW)
    found: list[Datum] = []
    for search in (_identities, _old_identities, _cards, _mobiles, _names):
        taken = {place for one in found for place in range(one.start, one.end)}
        found += [one for one in search(even) if taken.isdisjoint(range(one.start, one.end))]
    return tuple(sorted(found, key=lambda one: one.start))


def masked(kind: Kind, text: str) -> str:
    """Mask a piece of personal data: 138****1234, 1234**********123X, 王**; same length."""
    if kind is Kind.NAME:
        return "、".join(one[:1] + "*" * (len(one) - 1) for one in text.split("、"))
    signs = [place for place, sign in enumerate(text) if sign.isalnum()]
    hidden = frozenset(signs[3 if kind is Kind.MOBILE else 4 : -4])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(text))


def mask_all(text: str) -> str:
    """Mask all personal data in a text that goes into a message, a log or a file of ours."""
    pieces, at = [], 0
    for one in find(text):
        pieces += [text[at : one.start], masked(one.kind, text[one.start : one.end])]
        at = one.end
    return "".join([*pieces, text[at:]])


def is_identity_number(number: str) -> bool:
    """Tell whether 18 signs are a citizen's number: province, birth, check digit (GB 11643)."""
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    fits = number[17].upper() == _CHECK_SIGNS[total % 11]
    return fits and bool(_PROVINCES.match(number)) and _is_birth(number[6:14])


def is_card_number(number: str) -> bool:
    """Tell whether the digits fit the check digit of bank cards (Luhn, ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) << place % 2
        total += value - 9 if value > 9 else value
    return bool(number) and total % 10 == 0


def _is_birth(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return _FIRST_YEAR <= born.year < 2100


def _before(text: str, place: int) -> str:
    return text[max(place - _LABEL_REACH, 0) : place]


def _digits(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


def _identities(text: str) -> Iterator[Datum]:
    for match in _IDENTITY.finditer(text):
        if is_identity_number(_digits(match.group())):
            yield Datum(Kind.IDENTITY, *match.span())


def _old_identities(text: str) -> Iterator[Datum]:
    """Find numbers of before 1999; without a check digit just a label tells them."""
    for match in _OLD_IDENTITY.finditer(text):
        number = match.group()
        labelled = _IDENTITY_LABEL.search(_before(text, match.start()))
        if labelled and _PROVINCES.match(number) and _is_birth(f"19{number[6:12]}"):
            yield Datum(Kind.IDENTITY, *match.span())


def _cards(text: str) -> Iterator[Datum]:
    for match in _CARD.finditer(text):
        number, before = _digits(match.group()), _before(text, match.start())
        told = (
            match[1]
            or (number.startswith(_DOMESTIC) and len(number) in _DOMESTIC_LENGTHS)
            or _CARD_LABEL.search(before)
        )
        fits = number.startswith(_CARD_ISSUERS) and is_card_number(number)
        if told and fits and not _OTHER_NUMBER.search(before):
            yield Datum(Kind.CARD, *match.span())


def _mobiles(text: str) -> Iterator[Datum]:
    for match in _MOBILE.finditer(text):
        if not _OTHER_NUMBER.search(_before(text, match.start())):
            yield Datum(Kind.MOBILE, *match.span("number"))


def _names(text: str) -> Iterator[Datum]:
    """Find names right after the word for who applied or sued; a list of names is one piece."""
    starts = (who.end() for pattern in (_WHO, _LISTED) for who in pattern.finditer(text))
    for start in sorted(set(starts)):
        end, person = start, _PERSON.match(text, start)
        while person:
            end = person.end()
            person = _PERSON.match(text, end + 1) if text.startswith("、", end) else None
        if end > start:
            yield Datum(Kind.NAME, start, end)
