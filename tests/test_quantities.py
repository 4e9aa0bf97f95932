"""Numbers as officials write them: a phrase in, what it counts out.

A reading is written `21件` where it is exact, `12000±1000条` where it is rounded, `≥12件` where
it is vague but no less than that, and `≈50件` where it is vague altogether.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.prose import Span, read_prose
from app.quantities import PIECES, Quantity, quantities, quantities_in
from app.totals import compute
from tests.reports import all_zeros

EXACT = """
    二十一件            21件
    收到申请１２件       12件
    收到申请 12 件       12件
    公开信息3,119件      3119件
    公开信息３，１１９件  3119件
    两件                2件
    一十件              10件
    三百零五份           305份
    一千零一十宗         1010宗
    一万二千三百条       12300条
    3人次               3人次
    3件次               3件次
    3个                 3个
    申请0件             0件
    召开会议一次         1次
    受理一起案件         1起
    一案一档            1档
    节约3万元           30000元
    收费2.5万元         25000元
    收费1.2亿元         120000000元
    最近3次             3次
    附近3处             3处
    公约3项             3项
    签约5件             5件
    93.75%             93.75%
    上升1.5个百分点      1.5个百分点
    9３．7５％          93.75%
    20个工作日          20个工作日
    一季度              1季度
    二〇二一年           2021年
    2021年12月31日      2021年 12月 31日
    党的二十大           20大
    四个方面            4个
    共12，其中自然人8件   12 8件
    均为0               0
    数量为零            0
    申请量是零           0
    统一3件             3件
    收到3件、办结2件      3件 2件
    10日内              10日
"""

VAGUE = """
    约50件              ≈50件
    约为50件            ≈50件
    约有50件            ≈50件
    五六件              ≈56件
    三至五件            ≈5件
    2千余件             ≥2000件
    大约50件            ≈50件
    近30条              ≈30条
    将近30条            ≈30条
    不到3天             ≈3天
    不足10件            ≈10件
    最多5件             ≈5件
    3件左右             ≈3件
    5个以下             ≈5个
    3天以内             ≈3天
    3至5件              ≈3 ≈5件
    3—5个工作日          ≈3 ≈5个工作日
    3~5件               ≈3 ≈5件
    20余件              ≥20件
    20多件              ≥20件
    二十多件             ≥20件
    十余件              ≥10件
    数十件              ≥10件
    几十件              ≥10件
    超100件             ≥100件
    超过100件           ≥100件
    逾100件             ≥100件
    不少于4次            ≥4次
    至少2次             ≥2次
    12件以上            ≥12件
    3件之多             ≥3件
    18万余条            ≥180000条
    10余万件            ≥100000件
    10万多件            ≥100000件
    三万余件            ≥30000件
    1.2万条             12000±1000条
    1.20万条            12000±100条
    2万条               20000±10000条
    约1.2万条           ≈12000条
"""

NONE = """
    一次性告知
    一条龙服务
    一件件落实
    一项项核对
    一张网
    第三方合法权益
    第20条
    第二十条
    第二十条第（一）项
    第12期
    统一公开
    其一
    某一件
    任一项
    逐一
    专一
    之一
    国令第711号
    一是公开
    十五五
    首次
    若干件
    几件
    廿件
    百分之五
    一百五件
    A3纸
    3D
    GB18030件
    万件
    零
    零星
"""

NO_COUNTS = """
    国办公开办函〔2021〕30号
    国办公开办函[2021]30号
    统一社会信用代码91520000MA6DLB1X2X
    身份证号110101199003074258
    电话0851-88123456
    电话88123456
    手机13800138000
    索引号52010020260112003
    邮编551100
    版本1.2.3件
    2026-01-12
    3/5件
    -3件
"""
"""Digits that tell something else: whatever is read of them, it is no number of pieces."""


def table(text: str) -> list[tuple[str, str]]:
    """The lines of a small table: a phrase, and the readings behind a wide gap."""
    lines = [line.strip().partition("  ") for line in text.strip().splitlines()]
    return [(phrase, readings.strip()) for phrase, _, readings in lines]


def read(phrase: str) -> tuple[Quantity, ...]:
    report = all_zeros()
    return quantities(read_prose("overview", phrase, compute(report.form, report.cells)))


def shown(quantity: Quantity) -> str:
    number = f"{quantity.value.normalize():f}"
    step = f"±{quantity.step:f}" if quantity.step else ""
    if quantity.vague:
        return f"{'≥' if quantity.at_least else '≈'}{number}{quantity.unit}"
    return f"{number}{step}{quantity.unit}"


@pytest.mark.parametrize(("phrase", "readings"), table(EXACT) + table(VAGUE))
def test_that_a_number_is_read_as_officials_write_it(phrase: str, readings: str) -> None:
    assert [shown(one) for one in read(phrase)] == readings.split()


@pytest.mark.parametrize("phrase", [phrase for phrase, _ in table(NONE)])
def test_that_a_word_that_only_holds_a_number_counts_nothing(phrase: str) -> None:
    assert read(phrase) == ()


@pytest.mark.parametrize("phrase", [phrase for phrase, _ in table(NO_COUNTS)])
def test_that_a_number_that_names_something_is_no_count(phrase: str) -> None:
    assert [one for one in read(phrase) if one.counts_pieces] == []


@pytest.mark.parametrize("phrase", [phrase for phrase, _ in table(EXACT)])
def test_that_a_number_that_is_written_out_is_exact(phrase: str) -> None:
    assert all(one.exact and one.at_least for one in read(phrase))


@pytest.mark.parametrize("phrase", [phrase for phrase, _ in table(VAGUE)])
def test_that_a_vague_or_rounded_number_is_not_exact(phrase: str) -> None:
    assert not any(one.exact for one in read(phrase))


@pytest.mark.parametrize(
    ("phrase", "agreeing", "other"),
    [
        ("12件", [12], [11, 13, 0]),
        ("二十一件", [21], [20, 210]),
        ("93.75%", [Decimal("93.75")], [94, Decimal("93.7")]),
        ("1.2万条", [11001, 12000, 12999], [11000, 13000, 12]),
        ("1.2万元", [12000], [12001, 11999]),
        ("约50件", [50, 47, 3], []),
        ("18万余条", [180001, 183000], []),
    ],
)
def test_that_a_number_agrees_with_what_it_can_stand_for(
    phrase: str, agreeing: list[Decimal | int], other: list[Decimal | int]
) -> None:
    (quantity,) = read(phrase)
    assert all(quantity.agrees(one) for one in agreeing)
    assert not any(quantity.agrees(one) for one in other)


@pytest.mark.parametrize("unit", sorted(PIECES))
def test_that_applications_are_counted_in_any_of_the_units_for_pieces(unit: str) -> None:
    (quantity,) = read(f"收到12{unit}。")
    assert (quantity.unit, quantity.counts_pieces) == (unit, True)


@pytest.mark.parametrize("unit", ["元", "万元", "人次", "天", "%", "年", "个工作日", "个"])
def test_that_other_units_count_no_pieces(unit: str) -> None:
    assert not any(one.counts_pieces for one in read(f"用了12{unit}。"))


def test_that_a_quantity_stands_where_its_number_and_its_unit_stand() -> None:
    phrase = "全年约收到申请二十一件，办结 12 件以上。"
    plain = "全年约收到申请二十一件，办结12件以上。"
    places = [plain[one.start : one.end] for one in read(phrase)]
    assert places == ["二十一件", "12件以上"]


def test_that_the_quantities_of_a_sentence_are_those_that_begin_in_it() -> None:
    report = all_zeros()
    prose = read_prose(
        "overview", "收到3件。办结2件，1件结转。", compute(report.form, report.cells)
    )
    found = [[shown(one) for one in quantities_in(prose, span)] for span in prose.sentences]
    assert found == [["3件"], ["2件", "1件"]]
    assert quantities_in(prose, Span(0, 0)) == ()


# ── any count ──

DIGITS = "零一二三四五六七八九"
counts = st.integers(0, 9_999_999) | st.integers(0, 200)
units = st.sampled_from("件份宗次篇")


def written(number: int) -> str:
    """Write a whole number as an official would: 10500 is 一万零五百, 12 is 十二."""
    high, low = divmod(number, 10_000)
    if high:
        gap = "零" if 0 < low < 1000 else ""
        return f"{below_10000(high)}万{gap}{below_10000(low, within=True) if low else ''}"
    return below_10000(low)


def below_10000(number: int, *, within: bool = False) -> str:
    """`within` a longer number ten is 一十, at its beginning 十."""
    if number < 10:
        return DIGITS[number]
    size = next(size for size in (1000, 100, 10) if number >= size)
    digit, rest = divmod(number, size)
    first = "" if (size, digit, within) == (10, 1, False) else DIGITS[digit]
    gap = "零" if 0 < rest < size // 10 else ""
    tail = f"{gap}{below_10000(rest, within=True)}" if rest else ""
    return f"{first}{ {1000: '千', 100: '百', 10: '十'}[size] }{tail}"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *((0, "零"), (10, "十"), (15, "十五"), (20, "二十"), (110, "一百一十"), (105, "一百零五")),
        *((1010, "一千零一十"), (2001, "二千零一"), (10500, "一万零五百"), (12300, "一万二千三百")),
        *((100_500, "十万零五百"), (1_010_000, "一百零一万"), (10_015, "一万零一十五")),
    ],
)
def test_that_this_file_writes_numbers_as_officials_do(number: int, words: str) -> None:
    assert written(number) == words


@given(counts, units)
def test_that_any_count_written_in_words_is_read_back(number: int, unit: str) -> None:
    assert [shown(one) for one in read(f"共{written(number)}{unit}。")] == [f"{number}{unit}"]


@given(counts, units)
def test_that_a_spoken_two_is_a_two(number: int, unit: str) -> None:
    words = written(number)
    for sign in "百千万":
        words = words.replace(f"二{sign}", f"两{sign}") if f"十二{sign}" not in words else words
    assert [shown(one) for one in read(f"共{words}{unit}。")] == [f"{number}{unit}"]


@given(counts, units, st.sampled_from(["{:d}", "{:,d}", " {:d} "]), st.booleans())
def test_that_any_count_written_in_digits_is_read_back(
    number: int, unit: str, style: str, wide: bool
) -> None:
    digits = style.format(number)
    if wide:
        digits = digits.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789,"})
    assert [shown(one) for one in read(f"共{digits}{unit}。")] == [f"{number}{unit}"]


@given(counts, units, st.sampled_from(["约{}", "{}左右", "近{}", "{}以上", "不少于{}"]))
def test_that_any_count_said_vaguely_is_never_held_against_another(
    number: int, unit: str, style: str
) -> None:
    for words in (str(number), written(number)):
        (quantity,) = read(f"共{style.format(words + unit)}。")
        assert quantity.vague
        assert quantity.agrees(number + 7)


@given(
    st.text(st.sampled_from("一二十百千万零两第约近余多12.,%件条年个次的，。至—") | st.characters())
)
def test_that_the_quantities_of_any_text_stand_in_order_and_apart(text: str) -> None:
    report = all_zeros()
    prose = read_prose("overview", text, compute(report.form, report.cells))
    found = quantities(prose)
    assert all(one.value >= 0 and prose.plain[one.start : one.end] for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
