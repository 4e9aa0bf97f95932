"""How much of what a reviewer names is found, and what is said beyond that, rule by rule."""

from __future__ import annotations

from collections.abc import Sequence

from tests.checks.judging import Case, Score, corpus_cases, invented_cases, judge, score


def print_judgement() -> None:
    """Print recall and wrong alarms by rule, for our own cases and for the published reports."""
    _print("自编例文", invented_cases())
    if published := corpus_cases():
        _print("已公布的报告（../shared/corpus）", published)


def _print(name: str, cases: Sequence[Case]) -> None:
    total = score(map(judge, cases))
    innocent = sum(not case.must for case in cases)
    print(f"\n{name}：{len(cases)} 份，其中应当无话可说的 {innocent} 份")
    print(f"{'rule':18}{'named':>7}{'found':>7}{'recall':>9}{'wrong':>7}")
    for rule in sorted({*total.hits, *total.missed, *total.wrong}):
        _line(rule, total.hits[rule], total.missed[rule], total.wrong[rule])
    _line("all", *_sums(total))
    print(f"误报：每 10 份 {10 * sum(total.wrong.values()) / len(cases):.2f} 处")


def _sums(total: Score) -> tuple[int, int, int]:
    return tuple(sum(one.values()) for one in (total.hits, total.missed, total.wrong))  # type: ignore[return-value]


def _line(rule: str, hits: int, missed: int, wrong: int) -> None:
    named = hits + missed
    recall = f"{100 * hits / named:8.0f}%" if named else f"{'-':>9}"
    print(f"{rule:18}{named:7}{hits:7}{recall}{wrong:7}")
