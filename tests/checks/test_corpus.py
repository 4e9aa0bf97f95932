"""Published reports: the sound ones pass, the known faults of the others are found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.checks import check
from app.drafts import load
from app.forms import all_forms, form_named
from app.report import Report
from tests.reports import found

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the published reports are not part of the repository"
)

SOUND = [
    "duoba_2020",
    "huaian_city_2024",
    "shanghai_office_2025",
    "shuyang_county_2025",
    "stcsm_shanghai_2024",
    "suqian_city_2023",
    "suqian_city_2024",
]
PART_OF_A_REPORT = [
    "changge_tongjiang_2021",
    "fenghuang_zhashui_2021",
    "minzhi_longhua_2022",
    "nilka_town_2023",
    "sijiazi_2020",
    "wuhan_eco_2020",
    "xintian_lintao_2022",
]
FAULTS = {
    "huiyi_town_2021": [("sum", "received.total"), ("sum", "granted.total")],
    "jinhu_county_2023": [("sum", "direct_suit.total")],
    "nilka_town_2023": [("township-regulations", "regulations.in_force")],
    "shanghai_office_2025": [
        ("not-a-number", "regulations.issued"),
        ("not-a-number", "normative.repealed"),
    ],
}


def report(name: str) -> Report:
    return load(CORPUS / f"{name}.json").report


def errors(name: str) -> list[tuple[str, str]]:
    checked = check(report(name))
    blocking = {one.rule for one in checked.findings if one.level.value == "error"}
    return [one for one in found(checked) if one[0] in blocking]


@needs_corpus
@pytest.mark.parametrize("name", [*SOUND, *PART_OF_A_REPORT])
def test_that_no_sum_and_no_balance_is_found_wrong_in(name: str) -> None:
    assert not {"sum", "balance"} & {rule for rule, _ in errors(name)}


@needs_corpus
@pytest.mark.parametrize("name", SOUND)
def test_that_every_sum_and_every_balance_of_a_whole_report_holds_in(name: str) -> None:
    checked = check(report(name))
    tables = {table for form in all_forms() for table in form.tables}
    verdicts = [one for table in sorted(tables) for one in checked.verdicts(table)]
    assert len(verdicts) in (40, 42)
    assert all(holds for _, holds in verdicts)


@needs_corpus
@pytest.mark.parametrize("name", FAULTS)
def test_that_the_known_faults_are_all_the_errors_found_in(name: str) -> None:
    assert errors(name) == FAULTS[name]


@needs_corpus
def test_that_every_error_found_in_the_corpus_is_a_known_one() -> None:
    names = sorted(path.stem for path in CORPUS.glob("*.json"))
    assert set(names) == {*SOUND, *PART_OF_A_REPORT, *FAULTS}
    assert {name: errors(name) for name in names if errors(name)} == FAULTS


def test_that_the_example_delivered_with_the_program_is_sound() -> None:
    example = load(ROOT / "resources" / "examples" / "qingshi-2026.json").report
    assert found(example) == []


def test_that_the_faults_put_into_the_practice_report_are_all_that_is_found() -> None:
    practice = load(ROOT / "resources" / "examples" / "practice-2026.json").report
    assert sorted(found(practice)) == sorted(
        [
            ("township-regulations", "regulations.in_force"),
            ("stock", "normative.issued"),
            ("negative", "coercion.decisions"),
            ("fee-unit", "fees.amount"),
            ("balance", "business"),
            ("not-a-number", "received.legal_service"),
            ("sum", "not_held.total"),
            ("blank", "suit_after_review.corrected"),
            ("citation", "preface"),
            ("year", "overview"),
            ("doubled-words", "overview"),
            ("item-count", "overview"),
            ("numbering", "problems"),
            ("text-vs-table", "carried_out.total"),
            # The text is right here; it disagrees with figures that are wrong in the tables.
            ("text-vs-table", "normative.issued"),
            ("text-vs-table", "received.business"),
        ]
    )


SEED = ROOT.parent / "shared" / "seed" / "duoba-2020.txt"


@pytest.mark.skipif(not SEED.is_file(), reason="the seed is not part of the repository")
def test_that_the_contradictions_of_the_seed_are_all_named() -> None:
    assert found(seed_report()) == [
        ("year", ""),
        ("topics", "overview"),
        ("accountability", "overview"),
        ("placeholder", "overview"),
        ("item-count", "problems"),
    ]


def seed_report() -> Report:
    """The seed as published: its figures, its texts, and its title without a year."""
    lines = SEED.read_text("utf-8").splitlines()
    form = form_named("2019")
    assert form
    heads = [one.heading for one in form.sections if one.heading]
    at = {head: lines.index(head) for head in heads}
    stops = sorted([*at.values(), len(lines)])
    texts = {
        part.id: "\n".join(lines[at[part.heading] + 1 : stops[stops.index(at[part.heading]) + 1]])
        for part in form.text_sections
        if part.heading
    }
    title = next(line for line in lines if line.strip())
    return replace(report("duoba_2020"), stated_title=title, texts=texts)
