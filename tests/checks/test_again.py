"""Checking a changed report again: what runs anew, what waits, what moves along with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checks import Checked, catalogue, check, check_again
from app.checks.finding import Fault, Finding
from app.checks.rule import READS, RULES, Reads, Rule, Subject
from app.forms import form_for_year
from app.report import Kind, Report
from app.settings import Settings
from tests.reports import NEUTRAL, all_zeros, at, tabled

FIGURE_RULES = {key for key, reads in READS.items() if Reads.FIGURES in reads}
TEXT_RULES = {key for key, reads in READS.items() if Reads.TEXTS in reads}
BEGINNING = "本镇高度重视信息公开。"
FAULTY = "全年收到政府信息公开申请12件。一是公开及时。三是答复及时。具体网址为XX。"
DETAILS: dict[str, Callable[[Report], Report]] = {
    "year": lambda report: replace(report, year=2025),
    "organ": lambda report: replace(report, organ="白水乡人民政府"),
    "kind": lambda report: replace(report, stated_kind=Kind.COUNTY),
    "title": lambda report: replace(report, stated_title="年度报告"),
    "date": lambda report: replace(report, date=date(2027, 1, 12)),
    "last year": lambda report: replace(report, previous=all_zeros(year=2025)),
}


@pytest.fixture
def faulty(sound_report: Report) -> Report:
    """A report with some mistakes in the middle of a text and one in a table."""
    report = tabled(sound_report, "requests", "row person\nreceived 3")
    return report.with_text("overview", f"{BEGINNING}\n{FAULTY}\n{NEUTRAL['overview']}")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Callable[[Checked], set[str]]:
    """Tells which rules run when somebody asks for the findings."""
    calls: list[str] = []

    def noted(key: str, rule: Rule) -> Rule:
        def rule_that_notes(subject: Subject) -> Iterator[Fault]:
            calls.append(key)
            return rule(subject)

        return rule_that_notes

    for key, rule in RULES.items():
        monkeypatch.setitem(RULES, key, noted(key, rule))

    def run(checked: Checked) -> set[str]:
        calls.clear()
        assert checked.findings is checked.findings
        assert len(calls) == len(set(calls)), "a rule ran twice"
        return set(calls)

    return run


Ran = Callable[[Checked], set[str]]


def quotes(checked: Checked) -> list[tuple[str, str]]:
    """Each rule that quotes a text, with what now stands at the place it quotes."""
    passages = [(one.rule, one.fault.text) for one in checked.findings]
    return [
        (rule, checked.report.text(place.part)[place.start : place.end])
        for rule, place in passages
        if place and place.start < place.end
    ]


def rewritten(report: Report, old: str, new: str) -> Report:
    assert old in report.text("overview")
    return report.with_text("overview", report.text("overview").replace(old, new))


# ── what runs again ──


def test_that_every_rule_runs_on_a_report_that_is_new(ran: Ran, faulty: Report) -> None:
    assert ran(check(faulty)) == set(RULES)


def test_that_no_rule_runs_where_nothing_has_changed(ran: Ran, faulty: Report) -> None:
    before = check(faulty)
    ran(before)
    assert ran(check_again(before, faulty)) == set()
    assert ran(check_again(before, replace(faulty))) == set()


def test_that_a_changed_figure_runs_just_the_rules_that_look_at_figures(
    ran: Ran, faulty: Report
) -> None:
    before = check(faulty)
    ran(before)
    after = check_again(before, tabled(faulty, "requests", "row person\ngranted 3"))
    assert ran(after) == FIGURE_RULES < set(RULES)
    assert not after.waiting


def test_that_a_changed_text_runs_just_the_rules_that_look_at_texts(
    ran: Ran, faulty: Report
) -> None:
    before = check(faulty)
    ran(before)
    after = check_again(before, faulty.with_text("problems", "无"))
    assert ran(after) == TEXT_RULES < set(RULES)
    assert not after.waiting


@pytest.mark.parametrize("later", [False, True])
def test_that_a_live_number_makes_figures_matter_to_texts(
    later: bool, ran: Ran, faulty: Report
) -> None:
    live = faulty.with_text("other", "收到政府信息公开申请{{requests.received.total}}件。")
    before = check(live)
    ran(before)
    changed = tabled(live, "requests", "row person\ngranted 3")
    after = check_again(before, changed, texts_later=later)
    assert ran(after) == (FIGURE_RULES - TEXT_RULES if later else set(RULES))
    assert after.waiting is later


@pytest.mark.parametrize("detail", DETAILS)
def test_that_a_changed_detail_runs_every_rule(detail: str, ran: Ran, faulty: Report) -> None:
    before = check(faulty)
    ran(before)
    assert ran(check_again(before, DETAILS[detail](faulty))) == set(RULES)


def test_that_a_rule_switched_off_stays_off(ran: Ran, faulty: Report) -> None:
    off = {one.id for one in catalogue().values() if one.name == "numbering"}
    before = check(faulty, Settings({"numbering": "off"}))
    assert ran(before) == set(RULES) - off
    after = check_again(before, faulty.with_text("problems", "无"))
    assert ran(after) == TEXT_RULES - off
    assert "numbering" not in {one.rule for one in after.findings}


# ── what waits ──


def test_that_no_rule_runs_while_a_text_is_being_written(ran: Ran, faulty: Report) -> None:
    before = check(faulty)
    ran(before)
    after = check_again(before, faulty.with_text("problems", "无"), texts_later=True)
    assert ran(after) == set()
    assert after.waiting
    assert after.findings == before.findings


def test_that_figures_are_checked_at_once_while_texts_wait(ran: Ran, faulty: Report) -> None:
    before = check(faulty)
    ran(before)
    writing = check_again(before, faulty.with_text("problems", "无"), texts_later=True)
    ran(writing)
    typed = tabled(writing.report, "requests", "row person\ngranted 3")
    after = check_again(writing, typed, texts_later=True)
    assert ran(after) == FIGURE_RULES - TEXT_RULES
    assert after.waiting
    assert "balance" in {one.rule for one in before.findings}
    assert "balance" not in {one.rule for one in after.findings}


def test_that_a_figure_alone_makes_nothing_wait(ran: Ran, faulty: Report) -> None:
    before = check(faulty)
    ran(before)
    typed = tabled(faulty, "requests", "row person\ngranted 3")
    after = check_again(before, typed, texts_later=True)
    assert ran(after) == FIGURE_RULES
    assert not after.waiting


def test_that_the_texts_that_waited_are_read_though_nothing_has_changed_since(
    ran: Ran, faulty: Report
) -> None:
    before = check(faulty)
    ran(before)
    changed = rewritten(faulty, "三是", "二是")
    writing = check_again(before, changed, texts_later=True)
    ran(writing)
    after = check_again(writing, changed)
    assert ran(after) == TEXT_RULES
    assert not after.waiting
    assert after.findings == check(changed).findings


# ── what moves along ──


def test_that_another_form_is_checked_at_once_so_that_no_finding_names_a_cell_it_lacks(
    sound_report: Report,
) -> None:
    before = check(sound_report.with_text("overview", "政府信息公开申请其他处理3件。"))
    older = form_for_year(2020)
    assert older
    after = check_again(before, replace(before.report, form=older, year=2020), texts_later=True)
    cells = [cell for finding in after.findings for cell in finding.cells]
    assert not after.waiting
    assert cells
    assert set(cells) <= older.fields.keys()


def test_that_the_reports_of_others_stay_beside_a_changed_one(sound_report: Report) -> None:
    own = "本镇安排专人逐村核对补贴名册，先公示后发放，村民有疑问的当场解释并登记在册。" * 3
    report = sound_report.with_text("problems", own)
    other = replace(report, organ="白水乡人民政府")
    before = check(report, others=[other])
    after = check_again(before, report.with_cells({at("disclosure.penalties.decisions"): 1}))
    assert [one.rule for one in before.findings].count("copied") == 1
    assert [one.rule for one in after.findings].count("copied") == 1


def test_that_findings_move_along_with_the_words_behind_a_change(faulty: Report) -> None:
    before = check(faulty)
    told = quotes(before)
    assert {"numbering", "placeholder", "text-vs-table"} <= {rule for rule, _ in told}
    for new in ("", "本镇。", f"{BEGINNING}村村公开。"):
        changed = rewritten(faulty, BEGINNING, new)
        assert quotes(check_again(before, changed, texts_later=True)) == told


def test_that_findings_stay_with_the_words_before_a_change(faulty: Report) -> None:
    before = check(faulty)
    changed = rewritten(faulty, NEUTRAL["overview"], "")
    assert quotes(check_again(before, changed, texts_later=True)) == quotes(before)


@pytest.mark.parametrize(("old", "new"), [("12件", "1件"), ("12件", "123件"), ("12件", "")])
def test_that_a_finding_goes_when_its_own_words_are_changed(
    old: str, new: str, faulty: Report
) -> None:
    before = check(faulty)
    after = check_again(before, rewritten(faulty, old, new), texts_later=True)
    assert quotes(after) == [one for one in quotes(before) if one[0] != "text-vs-table"]


def test_that_a_change_of_another_part_moves_nothing(faulty: Report) -> None:
    before = check(faulty)
    changed = faulty.with_text("preface", f"{BEGINNING}{faulty.text('preface')}")
    assert check_again(before, changed, texts_later=True).findings == before.findings


def test_that_a_finding_on_a_whole_part_stays_while_it_is_being_written(
    sound_report: Report,
) -> None:
    before = check(sound_report.with_text("problems", "无"))
    whole = [one for one in before.findings if one.rule == "empty-section"]
    after = check_again(before, sound_report.with_text("problems", "存在问题"), texts_later=True)
    assert whole
    assert [one for one in after.findings if one.rule == "empty-section"] == whole


# ── any edits ──

FRAGMENTS = (
    *(
        "全年收到政府信息公开申请12件。",
        "一是公开。",
        "三是答复。",
        "XX",
        "政府政府",
        "\n",
        "，",
        "。",
    ),
    *(
        "{{requests.received.total}}件",
        "共10条，其中网站3条、公众号4条。",
        "我局",
        "2024年",
        "𬇙滩",
        "１２",
    ),
    *("电话13812345678。", "办结率50%", "以下三项工作：一是甲。", "\u3000", "无", "至12月30日"),
)
parts = st.sampled_from(["preface", "overview", "problems", "other"])
places = st.integers(0, 400)
Edit = Callable[[Report], Report]


def write(part: str, start: int, cut: int, new: str) -> Edit:
    """Write something in the place of some characters."""

    def edit(report: Report) -> Report:
        text = report.text(part)
        return report.with_text(part, f"{text[:start]}{new}{text[start + cut :]}")

    return edit


def fill(address: str, figure: int | None) -> Edit:
    return lambda report: report.with_cells({at(address): figure})


def name(organ: str) -> Edit:
    return lambda report: replace(report, organ=organ)


def choose(year: int) -> Edit:
    """Choose a year; its form comes with it."""
    form = form_for_year(year)
    assert form
    return lambda report: replace(report, year=year, form=form)


edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(write, parts, places, st.integers(0, 30), st.sampled_from(FRAGMENTS)),
    st.builds(write, parts, places, st.integers(0, 400), st.just("")),
    st.builds(
        fill,
        st.sampled_from(
            ["requests.received.person", "requests.granted.person", "disputes.review.upheld"]
        ),
        st.sampled_from([None, 0, 3, 12]),
    ),
    st.builds(name, st.sampled_from(["青石镇人民政府", "白水县人民政府", ""])),
    st.builds(choose, st.sampled_from([2020, 2025, 2026])),
)


def quotes_its_own_words(finding: Finding, report: Report) -> bool:
    """What is personal is masked sign for sign; all else stands in the text as it is quoted."""
    place = finding.fault.text
    if place is None:
        return True
    words = report.text(place.part)[place.start : place.end]
    signs = zip(words, place.quote, strict=True) if len(words) == len(place.quote) else [("", "-")]
    return all(sign in (word, "*") for word, sign in signs)


@settings(max_examples=60)
@given(st.lists(st.tuples(edits, st.booleans()), min_size=1, max_size=8))
def test_that_any_edits_checked_one_by_one_end_like_a_check_of_their_result(
    steps: list[tuple[Edit, bool]],
) -> None:
    checked = check(all_zeros().with_text("overview", f"{BEGINNING}{FAULTY}{NEUTRAL['overview']}"))
    for edit, later in steps:
        checked = check_again(checked, edit(checked.report), texts_later=later)
        assert all(quotes_its_own_words(one, checked.report) for one in checked.findings)
        if not checked.waiting:
            assert checked.findings == check(checked.report).findings
    everything_read = check_again(checked, checked.report)
    assert everything_read.findings == check(checked.report).findings
    assert not everything_read.waiting
