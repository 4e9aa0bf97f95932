"""The catalogue of rules and its examples."""

from __future__ import annotations

import pytest

from app.checks import Entry, Level, catalogue, check
from app.checks.rule import RULES, Subject
from app.report import Report
from app.totals import compute
from tests.reports import changed
from tests.sentences import assert_sentence

ENTRIES = list(catalogue().values())
EVERY_RULE = pytest.mark.parametrize("entry", ENTRIES, ids=[entry.id for entry in ENTRIES])
CONTRACT = {
    *("sum", "balance", "blank", "not-a-number", "negative", "township-regulations"),
    *("form-of-year", "stock", "fee-unit", "carried-over", "in-force-chain", "items-chain"),
    *("jump", "text-vs-table", "parts-sum", "item-count", "numbering", "percentage", "year"),
    *("period", "citation", "topics", "accountability", "fee-report", "empty-section"),
    *("placeholder", "personal-data", "wrong-body", "doubled-words", "copied", "length"),
    "glyph",  # ours, too: what the fonts that come with the program lack
    "unconfirmed",  # ours: numbers taken over from last year's text
    "disputes-without-requests",  # ours: the contract has no name for this relation of its domain
}
"""The names the contract gives to the rules."""


@EVERY_RULE
def test_that_a_rule_finds_the_example_that_breaks_it(entry: Entry, sound_report: Report) -> None:
    assert entry.id in rules_that_speak(changed(sound_report, entry.breaks))


@EVERY_RULE
def test_that_a_rule_is_silent_on_the_example_that_keeps_it(
    entry: Entry, sound_report: Report
) -> None:
    assert entry.id not in rules_that_speak(changed(sound_report, entry.keeps))


@EVERY_RULE
def test_that_a_finding_bears_the_name_and_the_level_of_its_rule(
    entry: Entry, sound_report: Report
) -> None:
    findings = check(changed(sound_report, entry.breaks)).findings
    assert (entry.name, entry.level) in {(one.rule, one.level) for one in findings}


@EVERY_RULE
def test_that_a_finding_is_told_in_a_sentence_for_a_clerk(
    entry: Entry, sound_report: Report
) -> None:
    for finding in check(changed(sound_report, entry.breaks)).findings:
        assert_sentence(finding.message)


@EVERY_RULE
def test_that_a_rule_tells_a_clerk_what_why_and_what_to_do(entry: Entry) -> None:
    assert_sentence(entry.sentence)
    assert entry.advice.endswith("。")
    assert entry.basis


@EVERY_RULE
def test_that_a_rule_bears_a_name_of_the_contract(entry: Entry) -> None:
    assert entry.name in CONTRACT


def test_that_the_catalogue_lists_every_rule_and_no_other() -> None:
    assert set(catalogue()) == set(RULES)


def test_that_the_rules_are_numbered_without_gap_or_repeat() -> None:
    assert [entry.number for entry in ENTRIES] == list(range(1, len(ENTRIES) + 1))


def test_that_nothing_is_found_in_a_sound_report(sound_report: Report) -> None:
    assert check(sound_report).findings == ()


def test_that_just_errors_and_blanks_keep_an_export_from_being_clean() -> None:
    assert [level for level in Level if level.blocks] == [Level.ERROR, Level.BLANK]


def rules_that_speak(report: Report) -> set[str]:
    """The ids of the rules that find something; several rules may share a name."""
    subject = Subject(report, compute(report.form, report.cells))
    return {name for name, rule in RULES.items() if list(rule(subject))}
