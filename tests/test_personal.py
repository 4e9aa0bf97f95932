"""Personal data: numbers that prove what they are, names that leave no doubt. All are invented."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.personal import Kind, find, is_card_number, is_identity_number, mask_all, masked

MOBILE = "13800138000"
IDENTITY = "11010519491231002X"
CARD = "6222021234567890128"
FOREIGN_CARD = "4111111111111111"


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind.value, text[one.start : one.end]) for one in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"手机{MOBILE}联系",
        "138 0013 8000",
        "138-0013-8000",
        "138\u30000013\u30008000",
        "１３８００１３８０００",
        f"+86 {MOBILE}",
        f"+86{MOBILE}",
        f"电话：0555-1234567、{MOBILE}。",
        f"2026年{MOBILE}",
    ],
)
def test_that_a_mobile_number_is_found(text: str) -> None:
    assert [kind for kind, _ in found(text)] == ["手机号码"]


@pytest.mark.parametrize(
    "text",
    [
        "0555-1234567",
        "05551234567",
        "400-123-4567",
        "12345",
        "12800138000",
        "138001380001",
        f"TY2026{MOBILE}",
        f"{MOBILE}元",
        f"{MOBILE}.50元",
        f"{MOBILE}条",
        f"受理编号：{MOBILE}",
        f"2026-{MOBILE}",
        "138-00138000",
        "138****8000",
        "20260630083000",
    ],
)
def test_that_another_number_is_no_mobile_number(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号{IDENTITY}",
        IDENTITY.lower(),
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "1101 0519 4912 3100 2X",
        "身份证号码：110105491231002",
        f"（{IDENTITY}）",
    ],
)
def test_that_an_identity_number_is_found(text: str) -> None:
    assert [kind for kind, _ in found(text)] == ["身份证号"]


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",
        "110105194913310027",
        "999999190001010007",
        "统一社会信用代码11320300014012345X",
        "110105491231002",
        "身份证号码：110105491331002",
        f"A{IDENTITY}",
        f"{IDENTITY}8",
    ],
)
def test_that_eighteen_signs_alone_are_no_identity_number(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        f"退至银行卡{FOREIGN_CARD}",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "6222 0212 3456 7890 128",
        "补助资金转入个人账户6217000000000000004",
    ],
)
def test_that_a_bank_card_number_is_found(text: str) -> None:
    assert [kind for kind, _ in found(text)] == ["银行卡号"]


@pytest.mark.parametrize(
    "text",
    [
        "6222021234567890127",
        FOREIGN_CARD,
        f"索引号：{CARD}",
        "银行账号2111111111111113",
        "4111 1111 11111111",
        "档案盒编号20260115000123456",
    ],
)
def test_that_another_long_number_is_no_bank_card(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("申请人王小明申请公开征地补偿明细", "王小明"),
        ("申请人张三，要求公开预算", "张三"),
        ("申请人：李秀兰。", "李秀兰"),
        ("分别向申请人李秀兰、赵永福送达了答复书", "李秀兰、赵永福"),
        ("申请人分别为王小明、李四、赵铁柱等3人", "王小明、李四、赵铁柱"),
        ("原告刘建国不服一审判决", "刘建国"),
        ("申请人欧阳建国对答复不服", "欧阳建国"),
        ("申请人高建国提出异议", "高建国"),
        ("申请人王小明", "王小明"),
    ],
)
def test_that_the_name_of_who_applied_is_found(text: str, name: str) -> None:
    assert found(text) == [("姓名", name)]


@pytest.mark.parametrize(
    "after",
    [
        *("收到补正通知后逾期不补正", "认为答复不当", "要求公开", "主动撤回申请", "提出的疑问"),
        *(
            "满意度较高",
            "均为自然人",
            "申请公开低保政策",
            "可以当面查阅",
            "数量，",
            "为一家建材企业，",
        ),
        *(
            "陈述的理由",
            "郑重提出",
            "陆续提出申请",
            "马上提出",
            "周二提出",
            "何时提出申请",
            "任何，",
        ),
        *("高度不满，", "范围，", "林地等", "施工等", "程序，", "金额，", "许多，", "周边，"),
        *(
            "李某某申请公开",
            "：李某。",
            "李××要求",
            "李女士提出",
            "张先生，",
            "王老师提出",
            "黄氏，",
        ),
        *(
            "张庄村，",
            "李家庄，",
            "王府井公司提出",
            "于次日提出",
            "向我镇提出",
            "对答复不服",
            "和原告",
        ),
    ],
)
def test_that_other_words_after_the_applicant_are_no_name(after: str) -> None:
    assert found(f"申请人{after}") == []
    assert found(f"被申请人{after}") == []


def test_that_the_organ_that_is_complained_of_is_no_applicant() -> None:
    assert found("被申请人王小明申请") == []


@pytest.mark.parametrize(
    ("kind", "text", "hidden"),
    [
        (Kind.MOBILE, MOBILE, "138****8000"),
        (Kind.MOBILE, "138-0013-8000", "138-****-8000"),
        (Kind.IDENTITY, IDENTITY, "1101**********002X"),
        (Kind.CARD, "4111 1111 1111 1111", "4111 **** **** 1111"),
        (Kind.NAME, "王小明", "王**"),
        (Kind.NAME, "李秀兰、赵四", "李**、赵*"),
    ],
)
def test_that_masking_leaves_what_is_needed_to_recognise_it(
    kind: Kind, text: str, hidden: str
) -> None:
    assert masked(kind, text) == hidden


def test_that_everything_personal_in_a_message_is_masked() -> None:
    message = f"申请人王小明，手机{MOBILE}，身份证{IDENTITY}，卡号{CARD}。"
    assert mask_all(message) == (
        "申请人王**，手机138****8000，身份证1101**********002X，卡号6222***********0128。"
    )


births = st.dates(date(1900, 1, 1), date(2026, 12, 31))
numbers = st.builds(
    "{}{:%Y%m%d}{:03d}".format,
    st.sampled_from(["110101", "340521", "659001", "830000"]),
    births,
    st.integers(0, 999),
)


def checked_by_iso_7064(seventeen: str) -> str:
    """The check sign as ISO 7064 MOD 11-2 makes it, digit by digit, without a table of weights."""
    rest = 0
    for digit in seventeen:
        rest = (rest + int(digit)) * 2 % 11
    return "X" if (sign := (12 - rest) % 11) == 10 else str(sign)


@given(numbers)
def test_that_exactly_one_check_sign_fits_an_identity_number(seventeen: str) -> None:
    fits = [sign for sign in "0123456789X" if is_identity_number(seventeen + sign)]
    assert fits == [checked_by_iso_7064(seventeen)]


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_that_a_mistyped_digit_is_no_identity_number(number: str, at: int, shift: int) -> None:
    right = number + checked_by_iso_7064(number)
    wrong = right[:at] + str((int(right[at]) + shift) % 10) + right[at + 1 :]
    assert is_identity_number(right)
    assert not is_identity_number(wrong)


@given(st.text("0123456789", min_size=12, max_size=18))
def test_that_exactly_one_check_digit_fits_a_card(body: str) -> None:
    assert sum(is_card_number(body + digit) for digit in "0123456789") == 1


@given(st.text("0123456789", min_size=15, max_size=19), st.integers(0, 14), st.integers(1, 9))
def test_that_a_mistyped_digit_is_no_card(body: str, at: int, shift: int) -> None:
    wrong = body[:at] + str((int(body[at]) + shift) % 10) + body[at + 1 :]
    assert not (is_card_number(body) and is_card_number(wrong))


def test_that_only_ascii_digits_reach_the_arithmetic() -> None:
    assert not is_identity_number("²" * 17 + "X")
    assert not is_identity_number("")
    assert not is_card_number("")


pieces = st.sampled_from(
    [
        MOBILE,
        IDENTITY,
        CARD,
        "申请人",
        "王小明",
        "、",
        "张三",
        " ",
        "-",
        "身份证",
        "元",
        "卡号",
        "138",
    ]
)
mixed = st.lists(pieces | st.text(max_size=5), max_size=12).map("".join)


@given(mixed)
def test_that_masking_keeps_the_length_and_leaves_nothing_to_mask(text: str) -> None:
    once = mask_all(text)
    assert len(once) == len(text)
    assert mask_all(once) == once


@given(mixed)
def test_that_finds_stand_in_order_and_never_over_each_other(text: str) -> None:
    places = [place for one in find(text) for place in (one.start, one.end)]
    assert places == sorted(places)


@given(numbers, st.sampled_from(["，", "号", "：", "\n"]))
def test_that_a_masked_text_no_longer_holds_the_number(seventeen: str, sign: str) -> None:
    number = seventeen + checked_by_iso_7064(seventeen)
    text = f"证件{sign}{number}{sign}"
    assert number not in mask_all(text)
    assert not re.search("[0-9]{9}", mask_all(text))


LONG = 200_000


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1-",
        "4",
        "6222 ",
        f"{MOBILE} ",
        f"{IDENTITY} ",
        "申请人",
        "申请人张三、",
        "张",
        "张三、",
    ],
)
def test_that_no_text_takes_long_to_search(piece: str) -> None:
    start = time.process_time()
    mask_all("申请人" + piece * (LONG // len(piece)))
    assert time.process_time() - start < 2
