"""What a county may settle of the level of a rule, and what nobody may change."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from app.checks import Entry, Level, catalogue, check
from app.checks.finding import Fault
from app.checks.levels import CHOICES, levels
from app.checks.rule import RULES, Subject
from app.drafts import load
from app.paths import examples
from app.report import Report
from app.settings import Settings, SettingsError
from tests.reports import all_zeros, changed
from tests.sentences import assert_sentence

ENTRIES = list(catalogue().values())
FIXED_NAMES = {entry.name for entry in ENTRIES if entry.fixed}
FIXED = [entry for entry in ENTRIES if entry.fixed]
FREE = [entry for entry in ENTRIES if not entry.fixed]
TOPICS = next(entry for entry in ENTRIES if entry.name == "topics")
PERCENTAGES = [entry for entry in ENTRIES if entry.name == "percentage"]
ARITHMETIC = ("sum", "balance", "blank", "not-a-number", "negative", "carried-over")

free_names = pytest.mark.parametrize("name", sorted({one.name for one in FREE} - FIXED_NAMES))
choices = pytest.mark.parametrize("choice", CHOICES)


def by_rule(report: Report, settings: Settings) -> dict[str, set[Level]]:
    found: dict[str, set[Level]] = {}
    for one in check(report, settings).findings:
        found.setdefault(one.rule, set()).add(one.level)
    return found


@pytest.fixture
def without_topics(sound_report: Report) -> Report:
    """A report that one rule, and maybe others, say something of."""
    return changed(sound_report, TOPICS.breaks)


# ── what a county may change ──


def test_that_a_rule_has_the_level_of_the_catalogue_where_nothing_is_settled() -> None:
    assert levels(Settings()) == {entry.id: entry.level for entry in ENTRIES}


@free_names
@choices
def test_that_a_county_chooses_the_level_of_a_rule_by_its_name(name: str, choice: str) -> None:
    chosen = levels(Settings({name: choice}))
    assert {chosen[one.id] for one in ENTRIES if one.name == name} == {CHOICES[choice]}


@pytest.mark.parametrize("entry", FREE, ids=[entry.id for entry in FREE])
@choices
def test_that_a_county_chooses_the_level_of_one_rule_by_its_number(
    entry: Entry, choice: str
) -> None:
    chosen = levels(Settings({str(entry.number): choice}))
    others = {one.id: one.level for one in ENTRIES if one is not entry}
    assert chosen == others | {entry.id: CHOICES[choice]}


def test_that_a_name_means_all_its_rules_and_a_number_just_one() -> None:
    first, second = PERCENTAGES
    chosen = levels(Settings({"percentage": "off", str(second.number): "hint"}))
    assert (chosen[first.id], chosen[second.id]) == (None, Level.HINT)


def test_that_what_is_written_last_holds() -> None:
    first, second = PERCENTAGES
    chosen = levels(Settings({str(second.number): "hint", "percentage": "off"}))
    assert (chosen[first.id], chosen[second.id]) == (None, None)


@pytest.mark.parametrize("choice", ["hint", "query", "error"])
def test_that_a_finding_has_the_level_the_county_chose(choice: str, without_topics: Report) -> None:
    assert by_rule(without_topics, Settings({"topics": choice}))["topics"] == {CHOICES[choice]}


def test_that_raising_a_rule_to_an_error_keeps_an_export_from_being_clean(
    without_topics: Report,
) -> None:
    assert check(without_topics, Settings({"topics": "hint"})).clean
    assert not check(without_topics, Settings({"topics": "error"})).clean


# ── a rule that is switched off ──


def test_that_a_rule_switched_off_says_nothing_and_the_others_what_they_said(
    without_topics: Report,
) -> None:
    said = by_rule(without_topics, Settings())
    assert by_rule(without_topics, Settings({"topics": "off"})) == {
        rule: found for rule, found in said.items() if rule != "topics"
    }


def test_that_a_rule_switched_off_does_not_run(
    without_topics: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    rule = RULES[TOPICS.id]

    def noted(subject: Subject) -> Iterator[Fault]:
        calls.append(TOPICS.id)
        return rule(subject)

    monkeypatch.setitem(RULES, TOPICS.id, noted)
    assert by_rule(without_topics, Settings({"topics": "off"})).get("topics") is None
    assert calls == []
    assert "topics" in by_rule(without_topics, Settings())
    assert calls == [TOPICS.id]


def test_that_a_rule_switched_off_does_not_count_among_those_that_ran(sound_report: Report) -> None:
    all_rules = check(sound_report).rules_run
    assert check(sound_report, Settings({"topics": "off"})).rules_run == all_rules - 1
    assert check(sound_report, Settings({"percentage": "off"})).rules_run == all_rules - 2
    assert check(sound_report, Settings({"19": "off"})).rules_run == all_rules - 1
    assert check(sound_report, Settings({"topics": "hint"})).rules_run == all_rules


def test_that_each_equation_of_the_form_counts_as_a_rule_that_ran(sound_report: Report) -> None:
    equations = len(sound_report.form.equations)
    arithmetic = [entry for entry in ENTRIES if entry.name in ("sum", "balance")]
    assert check(sound_report).rules_run == equations + len(ENTRIES) - len(arithmetic)


# ── what nobody may change ──


@pytest.mark.parametrize("name", ARITHMETIC)
def test_that_what_arithmetic_proves_is_fixed(name: str) -> None:
    assert name in FIXED_NAMES


@pytest.mark.parametrize("entry", FIXED, ids=[entry.id for entry in FIXED])
@choices
def test_that_a_fixed_rule_keeps_its_level_whatever_it_is_called(entry: Entry, choice: str) -> None:
    for name in (entry.name, str(entry.number)):
        with pytest.raises(SettingsError) as told:
            levels(Settings({name: choice}))
        assert_sentence(str(told.value), f"“{name}”", "不能改")


# ── mistakes ──


@pytest.mark.parametrize("name", ["topic", "Topics", "0", "999", "", "TOPICS", "主题"])
def test_that_a_rule_nobody_knows_is_told_by_its_name(name: str) -> None:
    with pytest.raises(SettingsError) as told:
        levels(Settings({name: "off"}))
    assert_sentence(str(told.value), f"“{name}”", "gongkai rules")


@pytest.mark.parametrize("choice", ["blank", "Error", "关闭", "", "none", "0"])
def test_that_a_level_nobody_knows_is_told_with_those_there_are(choice: str) -> None:
    told = f"规则“topics”的级别“{choice}”不对；可以写 error、query、hint 或 off。"
    with pytest.raises(SettingsError, match=f"^{re.escape(told)}$"):
        levels(Settings({"topics": choice}))


@pytest.mark.parametrize("name", ["practice-2026", "qingshi-2026"])
@pytest.mark.parametrize("settings", [Settings(), Settings({"item-count": "error"})])
def test_that_an_export_is_clean_just_when_no_finding_forbids_it(
    name: str, settings: Settings
) -> None:
    report = load(examples() / f"{name}.json").report
    forbidden = any(one.level.blocks for one in check(report, settings).findings)
    assert check(report, settings).clean is not forbidden


def test_that_a_query_made_an_error_forbids_a_clean_export() -> None:
    report = all_zeros().with_text("overview", all_zeros().text("overview") + "政府政府公开。")
    assert check(report).clean
    assert not check(report, Settings({"doubled-words": "error"})).clean
