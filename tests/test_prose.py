"""A written part as it reads: one spelling, and every place leads back to what the clerk wrote."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.checks.rule import Subject
from app.prose import FAR, WIDEST_WRAP, Places, Prose, Span, read_prose
from app.totals import compute
from tests.reports import all_zeros, tabled

REPORT = tabled(all_zeros(), "requests", "row person business\nreceived 3 1\ncarried_in - 0")
FIGURES = compute(REPORT.form, REPORT.cells)

READS_AS = {
    # one spelling of letters, digits and signs
    "收到申请１２件": "收到申请12件",
    "办结率１００％": "办结率100%",
    "Ｗｏｒｄ版": "Word版",
    "收到,办结;其中:甲(乙)!对?": "收到，办结；其中：甲（乙）！对？",
    "收到，办结；其中：甲（乙）！对？": "收到，办结；其中：甲（乙）！对？",
    "“公开”、《条例》〔2021〕30号": "“公开”、《条例》〔2021〕30号",
    # thousands separators
    "公开信息3,119件": "公开信息3119件",
    "公开信息３，１１９件": "公开信息3119件",
    "点击12,345,678次": "点击12345678次",
    "收费123,456.78元": "收费123456.78元",
    "2021,2022年": "2021，2022年",
    "2021，2022年": "2021，2022年",
    "共1234,567件": "共1234，567件",
    "1,0000件": "1，0000件",
    "3,4件": "3，4件",
    # spaces inside
    "收到 12 件": "收到12件",
    "2026 年 1 月": "2026年1月",
    "政 府\u3000信\xa0息\u200b公开": "政府信息公开",
    "\u3000\u3000本年度": "本年度",
    "本年度\u3000 ": "本年度",
    "Word 2016": "Word 2016",
    "附件1\u30002": "附件1 2",
    # line ends
    "一。\r\n二。": "一。\n二。",
    "一。\r二。": "一。\n二。",
    "一。\n\n\n\u3000\u3000二。": "一。\n二。",
    "一。 \u2028二。": "一。\n二。",
    # live numbers
    "新收{{requests.received.total}}件": "新收4件",
    "新收{{ requests.received.person }} 件": "新收3件",
    "结转{{requests.carried_in.person}}件": "结转（待填）件",
    "新收{{requests.received.nobody}}件": "新收{{requests.received.nobody}}件",
    "{{title}}": "{{title}}",
    # characters outside the first plane
    "𬇙滩镇收到１件": "𬇙滩镇收到1件",
    "": "",
    " \u3000": "",
}

PAGE = """本镇坚持以公开为常态、不公开为例外，围绕群众关心的惠农补贴、
低保救助、村庄规划等事项，在便民服务中心和各村公示栏及时公布办
理依据、办理流程和办理结果，方便群众查看和监督。全年主动公开政
府信息1203条。"""


def prose(text: str) -> Prose:
    return read_prose("overview", text, FIGURES)


def wrote(text: str, words: str) -> str:
    """What the clerk wrote where the reading says `words`."""
    read = prose(text)
    start = read.plain.index(words)
    place = read.in_raw(start, start + len(words))
    return text[place.start : place.end]


def pieces(read: Prose, spans: tuple[Span, ...]) -> list[str]:
    return [read.plain[one.start : one.end] for one in spans]


# ── one spelling ──


@pytest.mark.parametrize("text", READS_AS)
def test_that_a_text_reads_in_one_spelling(text: str) -> None:
    assert prose(text).plain == READS_AS[text]


def test_that_the_text_itself_is_kept_as_the_clerk_wrote_it() -> None:
    assert prose("收到 １２ 件\r\n").raw == "收到 １２ 件\r\n"


def test_that_a_live_number_reads_anew_when_its_figure_changes() -> None:
    text = "新收{{requests.received.total}}件"
    more = tabled(REPORT, "requests", "row other\nreceived 5")
    assert prose(text).plain == "新收4件"
    assert read_prose("overview", text, compute(more.form, more.cells)).plain == "新收9件"


# ── lines of a page ──


def test_that_lines_wrapped_by_a_page_are_joined() -> None:
    assert prose(PAGE).plain == PAGE.replace("\n", "")


@pytest.mark.parametrize("number", ["- 3 -", "—3—", "－ ３ －", "– 12 –"])
def test_that_a_page_number_between_two_lines_is_dropped(number: str) -> None:
    first, rest = PAGE.split("\n", 1)
    assert prose(f"{first}\n{number}\n{rest}").plain == PAGE.replace("\n", "")


def test_that_a_wrapped_line_that_ends_its_sentence_ends_its_paragraph() -> None:
    text = f"{PAGE}\n{PAGE}"
    assert pieces(prose(text), prose(text).paragraphs) == [PAGE.replace("\n", "")] * 2


def test_that_a_short_heading_between_wrapped_lines_stays_apart() -> None:
    text = f"{PAGE}\n（二）依申请公开\n{PAGE}"
    assert "\n（二）依申请公开\n" in prose(text).plain


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况\n（一）主动公开\n公开栏每月更换一次\n",
        f"{'甲' * (WIDEST_WRAP + 1)}\n{PAGE}",  # a paragraph that was typed is longer than a line
        "全年主动公开政府信息一千二百零三条其中公众号推送\n第二段从这里开始说的是别的事情没有写完",
    ],
    ids=["headings", "a typed paragraph", "two lines"],
)
def test_that_typed_paragraphs_stay_apart(text: str) -> None:
    assert prose(text).plain == text


def test_that_a_number_broken_by_a_wrapped_line_is_one_number() -> None:
    wrapped = PAGE.replace("政\n府信息1203条", "政府信息12\n03条")
    assert "1203条" in prose(wrapped).plain
    assert wrote(wrapped, "1203条") == "12\n03条"


# ── a table pasted into the text ──


@pytest.mark.parametrize(
    "table",
    [
        "第二十条第（一）项\n信息内容\n本年制发件数",
        "第二十条第（一）项\t信息内容\t本年制发件数",
        "第二十条 第(一)项\r\n规章\t0\t0\t0",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n申请人情况",
    ],
)
def test_that_a_table_of_the_form_ends_the_text(table: str) -> None:
    assert prose(f"主动公开信息12条。\n{table}\n现行有效3件").plain == "主动公开信息12条。\n"


def test_that_an_article_named_in_a_sentence_is_no_table() -> None:
    text = "按照《条例》第二十条第（一）项\n第二十条第（一）项规定的信息已公开。"
    assert prose(text).plain == text


# ── places ──


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        ("公开信息3,119件。", "3119件", "3,119件"),
        ("收到 １２ 件。", "12件", "１２ 件"),
        ("新收{{requests.received.total}}件。", "4", "{{requests.received.total}}"),
        ("结转{{requests.carried_in.person}}件。", "待填", "{{requests.carried_in.person}}"),
        ("𬇙滩镇 收到𬇙滩村 ３件。", "村3件", "村 ３件"),
        ("一。\r\n\u3000\u3000收到3件。", "收到3件", "收到3件"),
        (PAGE, "政府信息1203条", "政\n府信息1203条"),
    ],
)
def test_that_a_place_leads_back_to_what_was_written(text: str, words: str, written: str) -> None:
    assert wrote(text, words) == written


def test_that_an_empty_place_leads_to_an_empty_place() -> None:
    read = prose("收到 12 件")
    assert read.in_raw(2, 2) == (3, 3)
    assert read.in_raw(5, 5) == (7, 7)
    assert prose("").in_raw(0, 0) == (0, 0)


signs = st.sampled_from("收到政府公开件年一𬇙12３０,，。；：（）%~ \u3000\xa0\u200bAｂ-—.")
line_ends = st.sampled_from(["\n", "\r\n", "\r", "\n- 3 -\n", "\n\n", "\u2028"])
live = st.sampled_from(["{{requests.received.total}}", "{{ requests.carried_in.person }}", "{{x}}"])
pasted = st.lists(st.text(signs, max_size=40) | line_ends | live, max_size=12).map("".join)
one_line = st.text(signs, max_size=60) | st.text(
    st.characters(exclude_characters="{}\n\r\v\f\x85\u2028\u2029"), max_size=30
)


@given(pasted | st.text(max_size=60))
def test_that_every_sign_of_the_reading_stands_for_signs_that_were_written(text: str) -> None:
    read = prose(text)
    places = [read.in_raw(at, at + 1) for at in range(len(read.plain))]
    assert all(0 <= one.start < one.end <= len(text) for one in places)
    assert places == sorted(places)
    assert all(one.end <= two.start or one == two for one, two in pairwise(places))


@given(one_line, st.data())
def test_that_what_was_written_at_a_place_reads_like_that_place(
    text: str, data: st.DataObject
) -> None:
    read = prose(text)
    assume(read.plain)
    start = data.draw(st.integers(0, len(read.plain) - 1))
    end = data.draw(st.integers(start + 1, len(read.plain)))
    place = read.in_raw(start, end)
    again = prose(text[place.start : place.end]).plain
    # A comma or a space at the edge reads by what stands around it.
    assert _bare(again) == _bare(read.plain[start:end])


def _bare(plain: str) -> str:
    return plain.replace(" ", "").replace("，", "")


@given(pasted)
def test_that_a_reading_read_again_stays_as_it_is(text: str) -> None:
    once = prose(text).plain
    assume("{" not in once and once.count("\n") < 2)
    assume("，" not in once and "  " not in once)
    assert prose(once).plain == once


# ── sentences and paragraphs ──


def test_that_sentences_end_with_their_signs_and_their_lines() -> None:
    read = prose("收到3件。办结3件！对吗？还有…\n二、公开\n\n没有句号")
    assert pieces(read, read.sentences) == [
        "收到3件",
        "办结3件",
        "对吗",
        "还有",
        "二、公开",
        "没有句号",
    ]


def test_that_a_point_within_a_number_ends_no_sentence() -> None:
    read = prose("办结率93.75%，收费0.5万元；其中1.2万条。")
    assert len(read.sentences) == 1


def test_that_paragraphs_end_with_their_lines() -> None:
    read = prose("一。二。\n\n\u3000\u3000三。\n")
    assert pieces(read, read.paragraphs) == ["一。二。", "三。"]


@given(pasted)
def test_that_every_sentence_lies_within_one_paragraph(text: str) -> None:
    read = prose(text)
    for sentence in read.sentences:
        paragraph = read.paragraph_at(sentence.start)
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end
        assert read.sentence_at(sentence.start) == sentence
        assert read.sentence_at(sentence.end - 1) == sentence


def test_that_the_sentence_of_its_final_sign_is_the_one_it_ends() -> None:
    read = prose("收到3件。办结2件。")
    assert read.sentence_at(4) == read.sentences[0]
    assert read.sentence_at(5) == read.sentences[1]


def test_that_a_sentence_around_a_place_stops_at_its_ends() -> None:
    read = prose("甲。全年收到3件，均已办结。乙。")
    at = read.plain.index("3件")
    assert read.sentence_around(at, at + 2) == ("全年收到", "，均已办结")


def test_that_a_reader_does_not_look_farther_than_words_have_to_do_with_each_other() -> None:
    read = prose(f"{'甲' * (FAR + 50)}3件{'乙' * (FAR + 50)}")
    at = read.plain.index("3件")
    assert read.sentence_around(at, at + 2) == ("甲" * FAR, "乙" * FAR)


def test_that_places_know_what_lies_within_them() -> None:
    places = Places([(2, 4), (4, 5), (8, 10)])
    within = [place for place in range(12) if place in places]
    assert within == [2, 3, 4, 8, 9]
    assert 0 not in Places([])


def test_that_the_written_parts_of_a_report_are_read_in_the_order_of_the_form() -> None:
    report = REPORT.with_text("other", " ").with_text(
        "overview", "收到{{requests.received.total}}件"
    )
    read = Subject(report, FIGURES).prose
    assert list(read) == ["preface", "overview", "problems"]
    assert read["overview"].plain == "收到4件"
