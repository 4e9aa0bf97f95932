"""Labelled texts: what a reviewer names is found, and nothing else is said."""

from __future__ import annotations

import pytest

from tests.checks.judging import CORPUS, Case, corpus_cases, invented_cases, judge

INVENTED = invented_cases()
PUBLISHED = corpus_cases()
FEWEST = 150
"""Cases the project promised itself, half of them innocent."""

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the published reports are not part of the repository"
)


@pytest.mark.parametrize("case", INVENTED, ids=[case.name for case in INVENTED])
def test_that_just_what_a_reviewer_names_is_found_in(case: Case) -> None:
    assert_judged_rightly(case)


@needs_corpus
@pytest.mark.parametrize("case", PUBLISHED, ids=[case.name for case in PUBLISHED])
def test_that_just_the_known_faults_are_found_in_the_published(case: Case) -> None:
    assert_judged_rightly(case)


def test_that_there_are_enough_cases_and_half_of_them_are_innocent() -> None:
    innocent = [case for case in INVENTED if not case.must]
    assert len(INVENTED) >= FEWEST
    assert len(innocent) * 2 >= len(INVENTED)


def assert_judged_rightly(case: Case) -> None:
    verdict = judge(case)
    assert bool(verdict.missed) == bool(case.known_miss), [one.rule for one in verdict.missed]
    assert [one.message for one in verdict.wrong] == []
