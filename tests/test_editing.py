"""Edits in any order: undo, redo, checks and views always agree with the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.checks import Checked, Finding, check, check_again
from app.checks.reasons import takes_reason
from app.drafting import Pair
from app.forms import Cell, Form, all_forms
from app.numbers import Figure, InputError
from app.report import Kind, Report
from app.search import Wanted, replace_all
from app.session import Session, Update
from app.taking import confirm, next_unconfirmed, take_paragraph
from app.writing.pairs import with_pair
from app.zeros import blanks
from tests.reports import all_zeros, form

typed = st.sampled_from(
    ["", "0", "1", "2", "17", "-3", "1.5", "２", "十二", "/", "2（含1件）", "9" * 16]
)
cells = st.sampled_from(sorted({cell for one in all_forms() for cell in one.fields}))
texts = st.sampled_from(
    [
        *("", "一", "收取信息处理费2950元。", "{{requests.received.total}}件", "政府政府", "𬇙\n"),
        *("2025年，我镇公开信息5条。", "收到政府信息公开申请3件。", "一是查；三是改。", "\r\n"),
    ]
)

reasons = st.sampled_from(
    ["", "情况属实", "已和县里核对过登记表，确有其事", "2025年的件数已逐件核对"]
)
LAST = replace(
    all_zeros(year=2025),
    texts={"overview": "2025年，我镇公开信息5条，收到申请3件。", "other": "无。"},
)


class Editing(RuleBasedStateMachine):
    """Anything a clerk can do, in any order; a view repaints only what it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.first = all_zeros()
        self.session = Session(self.first)
        self.kept = self.first
        self.session.listen(self.repaint)
        self.told = 0
        self.painted_texts: dict[str, str] = {}
        self.painted: dict[Cell, tuple[Figure | None, tuple[Finding, ...]]] = {}
        self.painted_form = ""
        self.repaint_all()

    def repaint(self, update: Update) -> None:
        self.told += 1
        if self.session.report.form.version != self.painted_form:
            assert update.details
            self.repaint_all()
        for cell in update.cells & self.painted.keys():
            self.painted[cell] = self.look(cell)
        for part in update.parts:
            self.painted_texts[part] = self.session.report.text(part)

    def repaint_all(self) -> None:
        report = self.session.report
        self.painted_form = report.form.version
        self.painted = {cell: self.look(cell) for cell in report.form.fields}
        self.painted_texts = {part.id: report.text(part.id) for part in report.form.text_sections}

    def look(self, cell: Cell) -> tuple[Figure | None, tuple[Finding, ...]]:
        checked = self.session.checked
        return checked.figures.shown(cell), checked.marks.get(cell, ())

    def once_read(self) -> Checked:
        """What will be said once the texts that wait are read; the session lets them wait on."""
        return check_again(self.session.checked, self.session.report)

    @rule(cell=cells, text=typed)
    def type(self, cell: Cell, text: str) -> None:
        if cell in self.session.report.form.fields:
            self.session.type(cell, text)

    @rule(pasted=st.dictionaries(cells, typed, max_size=12))
    def paste(self, pasted: dict[Cell, str]) -> None:
        known = self.session.report.form.fields.keys()
        self.session.fill({cell: text for cell, text in pasted.items() if cell in known}, "粘贴")

    @rule(part=st.sampled_from([one.id for one in form().text_sections]), text=texts)
    def write(self, part: str, text: str) -> None:
        self.session.write(part, text)

    @rule(part=st.sampled_from(["overview", "problems"]), at=st.integers(0, 80), text=texts)
    def write_on(self, part: str, at: int, text: str) -> None:
        written = self.session.report.text(part)
        self.session.write(part, written[:at] + text + written[at:])

    @rule(organ=st.sampled_from(["", "青石镇人民政府", "白水街道办事处", "青石市人民政府"]))
    def name(self, organ: str) -> None:
        self.session.name_organ(organ)

    @rule(kind=st.sampled_from([None, *Kind]))
    def choose_kind(self, kind: Kind | None) -> None:
        self.session.choose_kind(kind)

    @rule(title=st.sampled_from(["", "年度报告"]))
    def entitle(self, title: str) -> None:
        self.session.entitle(title)

    @rule(day=st.sampled_from([None, date(2027, 1, 12)]))
    def sign(self, day: date | None) -> None:
        self.session.sign(day)

    @rule(year=st.sampled_from([2019, 2020, 2021, 2026]), chosen=st.sampled_from(all_forms()))
    def choose_year(self, year: int, chosen: Form) -> None:
        self.session.choose_year(year, chosen)

    @rule(place=st.sampled_from(["overview", "requests.received.person"]), text=texts)
    def note(self, place: str, text: str) -> None:
        self.session.note(place, text)

    @rule(key=st.sampled_from(["overview.site", "other.fee"]), text=texts)
    def answer(self, key: str, text: str) -> None:
        self.session.answer(key, text)

    @rule(row=st.integers(0, 3), problem=texts, measure=texts)
    def pair(self, row: int, problem: str, measure: str) -> None:
        report = self.session.report
        row = min(row, len(report.drafting.pairs))
        drafting = with_pair(report.drafting, row, Pair(problem, measure))
        self.session.adopt(replace(report, drafting=drafting), "填写问题与措施", f"pair {row}")

    @rule(at=st.integers(0, 30), reason=reasons)
    def accept(self, at: int, reason: str) -> None:
        queries = [one for one in self.session.checked.findings if takes_reason(one)]
        if queries:
            before = self.session.report
            try:
                self.session.accept(queries[at % len(queries)], reason)
            except InputError:
                assert self.session.report is before

    @rule(part=st.sampled_from(["overview", "other"]), sentence=texts)
    def add(self, part: str, sentence: str) -> None:
        self.session.add(part, sentence, "加一句")

    @rule(table=st.sampled_from(["disclosure", "requests", "disputes"]))
    def fill_zeros(self, table: str) -> None:
        self.session.fill(dict.fromkeys(blanks(self.session.report, table), "0"), "其余填 0")

    @rule(some=st.sets(cells, max_size=8))
    def clear(self, some: set[Cell]) -> None:
        self.session.put(dict.fromkeys(some & self.session.report.form.fields.keys()), "清除")

    @rule(words=st.sampled_from(["政府", "3", "件"]), by=texts)
    def replace_all(self, words: str, by: str) -> None:
        session = self.session
        done = replace_all(session.report, session.checked.figures, Wanted(words, alike=True), by)
        session.adopt(done.report, "全部替换")

    @rule(last=st.sampled_from([None, LAST]))
    def compare(self, last: Report | None) -> None:
        self.session.compare_with(last)

    @rule(at=st.integers(0, 60))
    def take_last_years_words(self, at: int) -> None:
        report = self.session.report
        at = min(at, len(report.text("overview")))
        report, _ = take_paragraph(report, "overview", at, LAST.text("overview"))
        self.session.adopt(report, "取用上年一段")

    @rule()
    def confirm(self) -> None:
        report = self.session.report
        if (there := next_unconfirmed(report, "", 0)) is not None:
            part, start, end, _ = there
            self.session.adopt(confirm(report, part, start, end), "确认取自上年的数字")

    @rule()
    def keep(self) -> None:
        self.kept = self.session.report

    @rule()
    def restore(self) -> None:
        self.session.restore(self.kept, "1月8日 14:03")

    @rule()
    def read(self) -> None:
        self.session.read_texts()

    @rule()
    def pause(self) -> None:
        self.session.end_step()

    @precondition(lambda self: self.session.undo_name)
    @rule()
    def undo_and_redo(self) -> None:
        before, told = self.session.report, self.told
        self.session.undo()
        self.session.redo()
        assert self.session.report == before
        assert self.told == told + 2

    @precondition(lambda self: self.session.undo_name)
    @rule()
    def undo(self) -> None:
        self.session.undo()

    @precondition(lambda self: self.session.redo_name)
    @rule()
    def redo(self) -> None:
        self.session.redo()

    @rule()
    def undo_all_and_redo_all(self) -> None:
        self.redo_all()
        last = self.session.report
        self.undo_all()
        assert self.session.report == self.first
        self.redo_all()
        assert self.session.report == last

    def undo_all(self) -> None:
        while self.session.undo_name:
            self.session.undo()

    def redo_all(self) -> None:
        while self.session.redo_name:
            self.session.redo()

    @invariant()
    def what_waits_to_be_said_stands_beside_its_own_words(self) -> None:
        for finding in self.session.checked.findings:
            if place := finding.fault.text:
                text = self.session.report.text(place.part)
                assert text[place.start : place.end] == place.quote

    @invariant()
    def what_the_checks_say_is_of_the_report_as_it_stands(self) -> None:
        afresh = check(self.session.report)
        assert self.once_read().findings == afresh.findings
        assert self.session.checked.figures == afresh.figures

    @invariant()
    def the_checks_do_not_depend_on_the_way_the_report_was_made(self) -> None:
        report = self.session.report
        again = replace(report, cells=dict(sorted(report.cells.items())))
        assert check(again).findings == self.once_read().findings

    @invariant()
    def a_view_that_repaints_only_what_it_is_told_is_never_stale(self) -> None:
        report = self.session.report
        assert self.painted == {cell: self.look(cell) for cell in report.form.fields}
        assert self.painted_texts == {part: report.text(part) for part in self.painted_texts}


Editing.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestEditing = Editing.TestCase
