"""What a sentence says of the tables: a sentence in, each number with the cells it stands for out.

`12 received | received+carried_in` is the number 12, which may stand for either reckoning. The
total column is not named; groups of lines that are named together have a name in GROUPS.
"""

from __future__ import annotations

import pytest

from app.checks.claims import Claim, claims
from app.checks.speech import Axis, Vocabulary, vocabularies
from app.forms import Cell
from app.prose import read_prose
from app.totals import compute
from tests.reports import all_zeros, form

YEAR = 2026
ANY = "received | received+carried_in | processed"
NEW = "received | received+carried_in"
GROUPS = {
    "state_secret+forbidden_by_law+endangers_security+third_party"
    "+internal_affairs+deliberative+enforcement_files+administrative_inquiry": "refused",
    "not_held+needs_creation+unclear": "unavailable",
    "petition+repeated+publication+excessive+reconfirmation": "declined",
    "not_corrected+fee_unpaid+other": "otherwise",
    "direct_suit+suit_after_review": "suits",
    "business+research+charity+legal_service+other": "organisations",
}

RECEIVED = {
    **dict.fromkeys(
        (
            *("全年收到政府信息公开申请12件。", "受理政府信息公开申请12件。"),
            *("新收政府信息公开申请12件。", "本年新增政府信息公开申请１２件。"),
            *("接收政府信息公开申请12件。", "接到依申请公开事项 12 件。"),
            *("收办政府信息公开申请12件。", "政府信息公开申请收件12件。"),
            *("接办政府信息公开申请十二件。", "收到12件政府信息公开申请。"),
            *("全年通过网络、信函共收到政府信息公开申请12件。", "全镇收到政府信息公开申请12宗。"),
            *("1月至12月收到政府信息公开申请12件。", "2026年收到政府信息公开申请12件。"),
            *("我镇共收到公开申请12次，内容涉及补贴。", "收到政府信息公开申请共计12件。"),
        ),
        (f"12 {NEW}",),
    ),
    **dict.fromkeys(
        (
            *("办理政府信息公开申请12件。", "处理政府信息公开申请12件。", "依申请公开12件。"),
            *(
                "政府信息公开申请共12件。",
                "政府信息公开申请数量为12件。",
                "依申请公开办件共计12件。",
            ),
            *("政府信息公开申请12件。", "依申请公开：12件。"),
        ),
        (f"12 {ANY}",),
    ),
    "政府信息公开申请量为零。": (f"0 {ANY}",),
    "收到政府信息公开申请1.2万件。": (f"12000 {NEW}",),
}
PROCESSED = dict.fromkeys(
    (
        *("办结政府信息公开申请12件。", "答复政府信息公开申请12件。", "回复政府信息公开申请12件。"),
        *("办复政府信息公开申请12件。", "政府信息公开申请办理完毕12件。"),
        *("政府信息公开申请办理完成12件。", "政府信息公开申请处理完毕12件。"),
    ),
    ("12 processed",),
)
CARRIED = {
    **dict.fromkeys(
        (
            *("上年结转政府信息公开申请2件。", "去年结转政府信息公开申请2件。"),
            *("2025年度结转政府信息公开申请2件。", "结转上年政府信息公开申请2件。"),
            *("结转自上年的政府信息公开申请2件。", "上期结转政府信息公开申请2件。"),
            *("以前年度结转政府信息公开申请2件。", "上一年结转政府信息公开申请2件。"),
        ),
        ("2 carried_in",),
    ),
    **dict.fromkeys(
        (
            *("结转下年政府信息公开申请2件。", "政府信息公开申请结转至下一年2件。"),
            *("政府信息公开申请转下年度2件。", "政府信息公开申请顺延至下年2件。"),
            *("政府信息公开申请延续至下一年2件。", "政府信息公开申请转办下年2件。"),
            *("政府信息公开申请结转至2027年2件。", "政府信息公开申请下年度继续办理2件。"),
            *("政府信息公开申请下一年度答复2件。", "政府信息公开申请下年度再处理2件。"),
        ),
        ("2 carried_out",),
    ),
}
OUTCOMES = {
    **dict.fromkeys(
        (
            *("政府信息公开申请予以公开5件。", "政府信息公开申请同意公开5件。"),
            *("政府信息公开申请给予公开5件。", "政府信息公开申请准予公开5件。"),
            *("政府信息公开申请全部公开5件。", "5件政府信息公开申请均予以公开。"),
            "政府信息公开申请予以公开为5。",
        ),
        ("5 granted",),
    ),
    "政府信息公开申请部分公开5件。": ("5 partly_granted",),
    "政府信息公开申请部分予以公开5件。": ("5 partly_granted",),
    "政府信息公开申请区分处理5件。": ("5 partly_granted",),
    "政府信息公开申请不予公开5件。": ("5 refused",),
    "政府信息公开申请不同意公开5件。": ("5 refused",),
    "政府信息公开申请无法提供5件。": ("5 unavailable",),
    "政府信息公开申请不能提供5件。": ("5 unavailable",),
    "政府信息公开申请不予处理5件。": ("5 declined",),
    # beside a detail of its group it means what that group's last row counts
    "政府信息公开申请其他处理5件。": ("5 otherwise | other",),
    "政府信息公开申请其它方式的处理5件。": ("5 otherwise | other",),
}
DETAILS = {
    # what is said by a detail may be the detail, or all results of its kind
    f"政府信息公开申请{words}1件。": (f"1 {row} | {group}",)
    for words, row, group in (
        ("属于国家秘密", "state_secret", "refused"),
        ("法律、行政法规禁止公开", "forbidden_by_law", "refused"),
        ("危及“三安全一稳定”", "endangers_security", "refused"),
        ("保护第三方合法权益", "third_party", "refused"),
        ("属于内部事务信息", "internal_affairs", "refused"),
        ("属于过程性信息", "deliberative", "refused"),
        ("属于行政执法案卷", "enforcement_files", "refused"),
        ("属于行政查询事项", "administrative_inquiry", "refused"),
        ("属于国家秘密不予公开", "state_secret", "refused"),
        ("本机关不掌握", "not_held", "unavailable"),
        ("没有现成信息需要另行制作", "needs_creation", "unavailable"),
        ("补正后仍不明确", "unclear", "unavailable"),
        ("中的重复申请", "repeated", "declined"),
        ("要求提供公开出版物", "publication", "declined"),
        ("中的大量反复申请", "excessive", "declined"),
        ("要求重新出具", "reconfirmation", "declined"),
        ("未按要求补正", "not_corrected", "otherwise"),
    )
}
NOT_YET_READ = ("信访举报投诉类申请", "申请逾期未缴费")
"""What the vocabulary has a wording for, though no number beside it is read so far."""
APPLICANTS = {
    f"收到{who}提出的政府信息公开申请7件。": (
        f"7 received.{column} | received+carried_in.{column}",
    )
    for who, column in {
        "自然人": "person",
        "公民个人": "person",
        "法人或其他组织": "organisations",
        "法人和非法人组织": "organisations",
        "法人": "organisations",
        "商业企业": "business",
        "科研机构": "research",
        "社会公益组织": "charity",
        "法律服务机构": "legal_service",
    }.items()
}
DISPUTES = {
    "政府信息公开行政复议3件。": ("3 review",),
    "因政府信息公开申请复议3件。": ("3 review",),
    "政府信息公开行政诉讼3件。": ("3 suits",),
    "政府信息公开案件未经复议起诉3件。": ("3 direct_suit",),
    "政府信息公开案件直接起诉3件。": ("3 direct_suit",),
    "政府信息公开案件复议后再起诉3件。": ("3 suit_after_review",),
    "政府信息公开案件经复议程序起诉3件。": ("3 suit_after_review",),
    "政府信息公开行政复议3件，其中维持1件，纠正2件。": (
        *("3 review", "1 review.upheld", "2 review.corrected"),
    ),
    "政府信息公开行政复议3件，责令履行1件，其他结果1件，尚未审结1件。": (
        *("3 review", "1 review.corrected", "1 review.other", "1 review.pending"),
    ),
    "政府信息公开行政诉讼3件，未结案1件，正在审理1件，其他1件。": (
        *("3 suits", "1 suits.pending", "1 suits.pending", "1 suits.other"),
    ),
    "政府信息公开行政复议2件，被纠错1件。": ("2 review", "1 review.corrected"),
    "政府信息公开行政复议2件，均获维持。": ("2 review", "2 review.upheld"),
    "因政府信息公开申请行政复议1件、行政诉讼2件，其中复议后起诉1件。": (
        *("1 review", "2 suits", "1 suit_after_review"),
    ),
}
DOCUMENTS = {
    **dict.fromkeys(
        (
            *("制发规范性文件5件。", "制定行政规范性文件5件。", "印发规范性文件5份。"),
            *("出台规范性文件5件。", "新制规范性文件5件。", "制作规范性文件5件。"),
        ),
        ("5 normative.issued",),
    ),
    "废止规范性文件5件。": ("5 normative.repealed",),
    "宣布失效规范性文件5件。": ("5 normative.repealed",),
    "现行有效规范性文件5件。": ("5 normative.in_force",),
    "继续有效的规范性文件5件。": ("5 normative.in_force",),
    "制定规章2件，现行有效规章9件。": ("2 regulations.issued", "9 regulations.in_force"),
    "规范性文件制发5件，废止2件，现行有效8件。": (
        *("5 normative.issued", "2 normative.repealed", "8 normative.in_force"),
    ),
}
TOGETHER = {
    "收到政府信息公开申请12件，办结11件，结转下年1件。": (
        *(f"12 {NEW}", "11 processed", "1 carried_out"),
    ),
    "收到政府信息公开申请12件，其中自然人8件，法人或其他组织4件。": (
        f"12 {NEW}",
        "8 received.person | received+carried_in.person",
        "4 received.organisations | received+carried_in.organisations",
    ),
    "收到政府信息公开申请12件（其中上年结转2件）。": (f"12 {NEW}", "2 carried_in"),
    "予以公开、部分公开政府信息公开申请共5件。": ("5 granted+partly_granted",),
    "予以公开和部分公开的政府信息公开申请5件。": ("5 granted+partly_granted",),
    "予以公开以及部分公开的政府信息公开申请5件。": ("5 granted+partly_granted",),
    "政府信息公开行政复议、行政诉讼共5件。": ("5 review+suits",),
    "予以公开、部分公开、不予公开的政府信息公开申请分别为3件、2件、1件。": (
        *("3 granted", "2 partly_granted", "1 refused"),
    ),
    "不予公开、无法提供的政府信息公开申请均为0。": ("0 refused", "0 unavailable"),
    "予以公开、部分公开的政府信息公开申请均为0件。": ("0 granted", "0 partly_granted"),
    "政府信息公开行政复议和行政诉讼各1件。": ("1 review", "1 suits"),
    "政府信息公开行政复议、行政诉讼均为0件。": ("0 review", "0 suits"),
}
DENIED = {
    **dict.fromkeys(
        (
            *("未收到政府信息公开申请。", "没有收到政府信息公开申请。", "无政府信息公开申请。"),
            *("尚未收到政府信息公开申请。", "全年零申请政府信息公开。", "没有依申请公开事项。"),
        ),
        ("0 received",),
    ),
    "没有收到法人提出的政府信息公开申请。": ("0 received.organisations",),
    "未发生政府信息公开行政复议。": ("0 review",),
    "没有发生因政府信息公开引起的行政复议、行政诉讼案件。": ("0 review", "0 suits"),
    "政府信息公开工作没有被行政复议纠错。": ("0 review.corrected",),
    "未制发规范性文件。": ("0 normative.issued",),
    "没有废止规范性文件。": ("0 normative.repealed",),
}
DETAILS = {
    f"答复申请人，{said}3件。": (f"3 {row} | {group}",)
    for said, row, group in (
        ("属于国家秘密不予公开", "state_secret", "refused"),
        ("法律、行政法规禁止公开的", "forbidden_by_law", "refused"),
        ("危及“三安全一稳定”的", "endangers_security", "refused"),
        ("涉及第三方合法权益的", "third_party", "refused"),
        ("属于内部事务信息的", "internal_affairs", "refused"),
        ("属于过程性信息的", "deliberative", "refused"),
        ("属于行政执法案卷的", "enforcement_files", "refused"),
        ("属于行政查询事项不予公开", "administrative_inquiry", "refused"),
        ("因本机关不掌握等原因无法提供", "not_held", "unavailable"),
        ("没有现成信息的", "needs_creation", "unavailable"),
        ("申请内容仍不明确的", "unclear", "unavailable"),
        ("重复申请", "repeated", "declined"),
        ("要求提供公开出版物的", "publication", "declined"),
        ("大量反复申请", "excessive", "declined"),
        ("要求重新出具信息的", "reconfirmation", "declined"),
        ("逾期不补正的", "not_corrected", "otherwise"),
        ("逾期未按通知缴费的", "fee_unpaid", "otherwise"),
    )
}
SAYS = {
    **RECEIVED,
    **PROCESSED,
    **CARRIED,
    **OUTCOMES,
    **DETAILS,
    **DETAILS,
    **APPLICANTS,
    **DISPUTES,
    **DOCUMENTS,
    **TOGETHER,
    **DENIED,
}

SAYS_NOTHING = [
    # another year, or a difference between two
    *("2025年收到政府信息公开申请12件。", "上年收到政府信息公开申请12件。"),
    *("去年办结政府信息公开申请12件。", "历年收到政府信息公开申请120件。"),
    *("2025年，未收到政府信息公开申请。", "上年没有收到政府信息公开申请。"),
    *("收到政府信息公开申请同比增加3件。", "收到政府信息公开申请比上年多3件。"),
    "答复政府信息公开申请较上年减少3件。",
    # part of a year
    *("上半年收到政府信息公开申请3件。", "12月收到政府信息公开申请3件。"),
    *("一季度收到政府信息公开申请3件。", "平均每月收到政府信息公开申请3件。"),
    # one way to apply
    *("收到网上政府信息公开申请3件。", "通过信函收到政府信息公开申请3件。"),
    "通过窗口当面受理政府信息公开申请3件。",
    # something smaller than the township
    *("各村收到政府信息公开申请2件。", "各站所答复政府信息公开申请2件。"),
    # another matter
    *("受理12345热线30件，均公开答复。", "收到信访件3件，政府信息公开答复及时。"),
    *("政府信息公开意见建议答复5件。", "主动公开信息12条。", "收到救助申请12件。"),
    "按照公开属性，主动公开12件，依申请公开3件，不予公开2件。",
    *("备案规范性文件3件。", "清理规范性文件12件，其中废止3件。", "出台政策性文件6件。"),
    *("建立规章制度3件。", "党内规章3件。", "政府信息公开行政诉讼败诉1件。"),
    "政府信息公开行政复议机关3个，行政诉讼应诉率100%。",
    # what was not done, or not in time
    *("未按时答复政府信息公开申请2件。", "逾期答复政府信息公开申请2件。"),
    *("没有收到逾期答复政府信息公开申请的投诉。", "无逾期答复的政府信息公开申请。"),
    "没有发生对政府信息公开申请不满的情形。",
    # a matter that the sentence itself puts aside
    "发生行政复议3件，与政府信息公开无关。",
    # vague, or no count
    *("收到约12件政府信息公开申请。", "收到政府信息公开申请20余件。"),
    *("收到政府信息公开申请3至5件。", "政府信息公开申请20个工作日内答复。"),
    *("《条例》第三十三条规定答复政府信息公开申请。", "依申请公开办结率100%。"),
    # words that only begin like a denial
    *("政府信息公开申请无论大小。", "无法律规定的政府信息公开申请。", "未公开政府信息公开申请。"),
]

COUNTY = {
    # sentence: what it says of the table of a whole county, and of a township's or a department's
    "全县收到政府信息公开申请30件。": ([f"30 {NEW}"], [f"30 {NEW}"]),
    "县政府及其部门收到政府信息公开申请30件。": ([f"30 {NEW}"], [f"30 {NEW}"]),
    "县本级收到政府信息公开申请3件。": ([], [f"3 {NEW}"]),
    "县政府收到政府信息公开申请3件。": ([], [f"3 {NEW}"]),
    "市教育局收到政府信息公开申请3件。": ([], [f"3 {NEW}"]),
    "各乡镇收到政府信息公开申请3件。": ([], [f"3 {NEW}"]),
    "全县收到政府信息公开申请30件，其中县政府办3件，各乡镇27件。": ([f"30 {NEW}"], [f"30 {NEW}"]),
    "各村收到政府信息公开申请3件。": ([f"3 {NEW}"], []),
}

FORM_OF_2019 = {
    "收到政府信息公开申请12件，办结11件。": [f"12 {NEW}", "11 processed"],
    "政府信息公开申请其他处理5件。": ["5 other"],
    "新制作规范性文件5件，废止2件，现行有效3件。": ["5 normative.made"],
    "政府信息公开行政复议3件，维持1件。": ["3 review", "1 review.upheld"],
    "未制发规范性文件。": ["0 normative.made"],
}


def told(
    text: str, *, version: str = "2021", year: int = YEAR, whole_county: bool = False
) -> list[str]:
    return [shown(one) for one in found(text, version, year, whole_county)]


def found(
    text: str, version: str = "2021", year: int = YEAR, whole_county: bool = False
) -> list[Claim]:
    prose = read_prose("overview", text, compute(form(version), {}))
    return [
        claim
        for vocabulary in vocabularies(form(version)).values()
        for claim in claims(prose, vocabulary, year, whole_county)
    ]


def shown(claim: Claim) -> str:
    return f"{claim.quantity.value:.0f} {' | '.join(map(reckoning, claim.sums))}"


def reckoning(cells: tuple[Cell, ...]) -> str:
    """Name a sum of cells; it is all cells of some rows in some columns, each of them once."""
    rows = list(dict.fromkeys(one.row for one in cells))
    columns = list(dict.fromkeys(one.column for one in cells))
    assert len(set(cells)) == len(cells) == len(rows) * len(columns)
    row, column = (group_name(lines) for lines in (rows, columns))
    return row if column == "total" else f"{row}.{column}"


def group_name(lines: list[str]) -> str:
    name = "+".join(lines)
    for group, word in GROUPS.items():
        name = name.replace(group, word)
    return name


@pytest.mark.parametrize("sentence", SAYS)
def test_that_a_number_in_a_sentence_stands_for_its_cells(sentence: str) -> None:
    assert told(sentence) == list(SAYS[sentence])


@pytest.mark.parametrize("sentence", SAYS_NOTHING)
def test_that_a_sentence_of_something_else_says_nothing_of_the_tables(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize("sentence", COUNTY)
def test_that_an_office_is_less_than_a_county_but_all_of_a_township(sentence: str) -> None:
    county, township = COUNTY[sentence]
    assert told(sentence, whole_county=True) == county
    assert told(sentence, whole_county=False) == township


@pytest.mark.parametrize("sentence", FORM_OF_2019)
def test_that_a_sentence_speaks_of_the_form_of_its_year(sentence: str) -> None:
    assert told(sentence, version="2019", year=2020) == FORM_OF_2019[sentence]


def test_that_a_sentence_speaks_of_the_year_of_its_report() -> None:
    sentence = "2026年收到政府信息公开申请12件。"
    assert told(sentence, year=2026) == [f"12 {NEW}"]
    assert told(sentence, year=2025) == []


def test_that_what_was_named_last_is_what_the_next_sentence_means() -> None:
    text = "收到政府信息公开申请12件。办结政府信息公开申请11件。自然人8件。"
    assert told(text)[-1] == "8 processed.person"


def test_that_a_new_paragraph_begins_anew() -> None:
    assert told("收到政府信息公开申请12件。\n自然人8件。") == [f"12 {NEW}"]


def test_that_a_claim_quotes_its_clause_and_stands_where_its_number_stands() -> None:
    text = "本镇重视公开，全年收到政府信息公开申请十二件，未发生政府信息公开行政复议。"
    quotes = [(text[slice(*claim.place)], claim.said) for claim in found(text)]
    denial = "未发生政府信息公开行政复议"
    assert quotes == [("十二件", "全年收到政府信息公开申请十二件"), (denial, denial)]


def test_that_a_number_is_the_one_of_a_live_number() -> None:
    report = all_zeros()
    prose = read_prose(
        "overview",
        "收到政府信息公开申请{{requests.received.total}}件。",
        compute(report.form, report.cells),
    )
    (claim,) = claims(prose, vocabularies(report.form)["requests"], YEAR, whole_county=False)
    assert shown(claim) == f"0 {NEW}"


# ── the vocabulary ──


@pytest.mark.parametrize("table", sorted(vocabularies(form())))
def test_that_every_wording_of_the_vocabulary_is_said_in_a_sentence_here(table: str) -> None:
    vocabulary: Vocabulary = vocabularies(form())[table]
    for axis in (vocabulary.rows, vocabulary.columns):
        assert unsaid(axis) == []


def unsaid(axis: Axis) -> list[str]:
    """The wordings that no sentence of this file uses, each by its place in the axis."""
    sentences = (*SAYS, *NOT_YET_READ)
    clauses = [clause for sentence in sentences for clause in sentence.rstrip("。").split("，")]
    clauses += [clause.rstrip("件0123456789") for clause in clauses]
    said = {id(match.wording) for clause in clauses for match in axis.find(clause)}
    return [f"wording {at}" for at, one in enumerate(axis.wordings) if id(one) not in said]


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_that_a_form_without_a_heading_has_no_wording_for_it(version: str) -> None:
    columns = vocabularies(form(version))["disclosure"].columns.wordings
    assert len(columns) == {"2019": 1, "2021": 3}[version]


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_that_every_line_a_wording_means_is_of_its_table(version: str) -> None:
    fields = form(version).fields
    for table, vocabulary in vocabularies(form(version)).items():
        for axis, lines in (
            (vocabulary.rows, {cell.row for cell in fields if cell.table == table}),
            (vocabulary.columns, {cell.column for cell in fields if cell.table == table}),
        ):
            meant = {line for one in axis.wordings for way in one.sums for line in way}
            assert meant <= lines
