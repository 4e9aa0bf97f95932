"""Numbers in running text as officials write them: 二十一件, 1.2万条, 3,119 件, 约 50 余次, 93.75%.

A quantity is a number with what it is counted in. Whether it is exact is part of the reading:
余, 多, 约, 近, 以上 and ranges make it vague, and a vague number is never held against another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from app.numbers import CHINESE_NUMBER, chinese_value
from app.patterns import pattern
from app.prose import Prose, Span

PIECES = frozenset("件条份宗起次篇例")
"""What applications, documents and decisions are counted in, one as good as another."""
_UNITS = """
    个百分点 百分点 个工作日 工作日 个月 季度 平方公里 平方米 公里 小时 分钟 周年 年度
    人次 件次 条次 篇次 场次 批次 户次 余次 万元 亿元 元 方面 部分 环节 层面 年 月 日 天 时 分 秒
    件 条 份 宗 起 次 篇 例 个 项 期 批 则 场 部 类 种 名 人 户 处 家 台 册 张 页 本 幅 字 轮 档 级
    块 点 步 组 支 大 村 镇 乡 社区 所 号 倍 成 亩 吨 米 岁 周 届 款 章 节 卷 %
"""
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS.split(), key=len, reverse=True))
_ROUGH_BEFORE = (
    "(?<![节合公签])约(?:为|有|计)?|(?<![最附])近|超过?|逾|不少于|不低于|至少|最多|不足|不到"
    "|[数几](?=[十百千万亿])"
)
_MORE_BEFORE = ("", "数", "几", "超", "超过", "逾", "不少于", "不低于", "至少")
_ROUGH_BEHIND = "余|多|几"
_ROUGH_AFTER = "以上|以下|以内|左右|上下|之多"
_HAN = "〇零一二两三四五六七八九十百千万亿"
_QUANTITY = pattern(
    rf"(?P<before>{_ROUGH_BEFORE})?"
    r"(?:(?<![\dA-Za-z.\-/〔\[])(?P<digits>\d{1,10}(?!\d)(?:\.\d{1,8})?)(?P<scale>[百千万亿]?)(?![\dA-Za-z])"
    rf"|(?<![{_HAN}第])(?P<han>[{_HAN}]{{1,14}}))"
    rf"(?P<behind>{_ROUGH_BEHIND})?(?P<scale_behind>[万亿]?)(?P<more>余)?"
    rf"(?P<unit>{_UNIT})?(?P<after>{_ROUGH_AFTER})?"
)
_HAN_NUMBER = pattern(CHINESE_NUMBER)
_RANGE = pattern(r"[至到\-—–~]{1,2}(?=[\d一二两三四五六七八九十])")
_RANGED = pattern(r"[\d一二两三四五六七八九十][个件条项次]?[至到\-—–~]{1,2}$")
_ABOUT = pattern("[一二两三四五六七八九]{2}")
"""五六件: two digits side by side are a guess, not 56."""
_FUSED = frozenset("第进每初周其唯统单某任同逐专万之")
"""Signs before 一 and its kin that make a word of it, not a number: 统一, 其一, 第一."""
_FUSED_WORDS = pattern(
    r"一(?:件件|条条|条龙|次性|项项|份份|个个|张网|本通|点点|步步|个样|起(?!案|行))"
)
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text with its unit; `start` and `end` are places in the plain text."""

    value: Decimal
    unit: str
    """What it is counted in; '' where nothing stands behind the number."""
    start: int
    end: int
    vague: bool = False
    """余, 多, 约, 近, 以上, 数, 几 or a range: never held against another number."""
    step: Decimal = Decimal(0)
    """How coarse it is: 1000 for 1.2万; 0 for a number written out."""

    at_least: bool = True
    """It is no less than its value: exact, or with 余, 多, 超, 以上."""

    @property
    def exact(self) -> bool:
        """Tell whether it can be held against another number to the last piece."""
        return not self.vague and not self.step

    @property
    def counts_pieces(self) -> bool:
        """Tell whether it counts single things (件, 条, 份, 次 …)."""
        return self.unit in PIECES

    def agrees(self, number: Decimal | int) -> bool:
        """Tell whether it can stand for this number."""
        if self.vague:
            return True
        return abs(self.value - number) < self.step if self.step else self.value == number


@lru_cache(maxsize=32)
def quantities(prose: Prose) -> tuple[Quantity, ...]:
    """All quantities of a part in order; ordinals (第三方, 第20条, 人大二次会议) are none."""
    found = map(_quantity, _QUANTITY.finditer(prose.plain))
    return tuple(one for one in found if one is not None)


def quantities_in(prose: Prose, span: Span) -> tuple[Quantity, ...]:
    """The quantities that stand within a piece of a part, in order."""
    found = quantities(prose)
    first = bisect_left(found, span.start, key=_start)
    return found[first : bisect_left(found, span.end, key=_start)]


def _start(quantity: Quantity) -> int:
    return quantity.start


def _quantity(match: re.Match[str]) -> Quantity | None:
    text = match.string
    if match["han"]:
        return _han_quantity(match)
    number_at = match.start("digits")
    if text[number_at - 1 : number_at] == "第":
        return None
    scale = match["scale"] or match["scale_behind"]
    digits = match["digits"]
    value = Decimal(digits) * _SCALES[scale]
    decimals = len(digits.partition(".")[2])
    rounded = scale and match["unit"] != "元"
    step = Decimal(_SCALES[scale]) / 10**decimals if rounded else Decimal(0)
    vague = _is_rough(match) or _is_range(match, number_at)
    at_least = not vague or (_is_more(match) and not _is_range(match, number_at))
    return Quantity(value, match["unit"] or "", number_at, match.end(), vague, step, at_least)


def _is_more(match: re.Match[str]) -> bool:
    before, after = match["before"] or "", match["after"] or ""
    return before in _MORE_BEFORE and after in ("", "以上", "之多")


def _is_rough(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("before", "behind", "more", "after"))


def _is_range(match: re.Match[str], start: int) -> bool:
    """「3至5件」, 「三到五个」, 「5、6件」: nobody says how many."""
    text, before = match.string, match.string[max(start - 4, 0) : start]
    if _RANGE.match(text, match.end()) or _RANGED.search(before):
        return True
    digits = match["digits"] or ""
    return len(digits) == 1 and before.endswith(f"{int(digits) - 1}、") and before[-3:-2].isalpha()


def _han_quantity(match: re.Match[str]) -> Quantity | None:
    text, start = match.string, match.start("han")
    if match["han"] == "零" and not match["unit"] and text[start - 1 : start] in ("为", "是"):
        return Quantity(Decimal(0), "", start, match.end())
    if not match["unit"] or text[start - 1 : start] in _FUSED:
        return None
    if match["unit"] == "次" and text.startswith(("会议", "全会", "全体"), match.end()):
        return None
    if match["han"] == "一" and text.endswith(("无", "没", "没有"), 0, start):
        return None
    if _FUSED_WORDS.match(text, start) or not _HAN_NUMBER.fullmatch(match["han"]):
        return None
    value = Decimal(chinese_value(match["han"]))
    guessed = bool(_ABOUT.fullmatch(match["han"])) or _is_range(match, start)
    vague = guessed or _is_rough(match)
    at_least = not vague or (_is_more(match) and not guessed)
    return Quantity(value, match["unit"], start, match.end(), vague, at_least=at_least)
