"""What the text says of the tables: each number, or 没有, with the cells it must agree with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from app.checks.clauses import (
    is_carried,
    is_disclaimed,
    is_of_a_part,
    is_of_all,
    is_of_other_time,
    is_something_else,
)
from app.checks.speech import Match, Sums, Vocabulary
from app.forms import Cell
from app.patterns import pattern
from app.prose import FAR, Prose, Span
from app.quantities import Quantity, quantities_in

GENERAL = 1
HEAD = 30
"""Characters: the heading a paragraph may begin with."""
CLAUSE_END = pattern("[，；：（）。]")
_SIGNS = "，；（、"
_DATES = frozenset(("年", "年度", "月", "日", "工作日", "个工作日", "天"))
_ALL_OF_THEM = pattern("，?(?:其中)?(?:均|全部|都)(?:获|被|为|予以|是|已)?[^，。；：（）\\d]{2,8}")
_THE_ONE = pattern("[，（](?P<how>[^，。；：（）\\d]{2,12})(?=[，；。）])")
_NOT_SO = pattern("[不没]|未(?!审结)")
_THINGS = pattern("(?:申请|文件|规章|复议|诉讼|公开|提供|处理|结转|案件)(?:共计?|为|有)?$")
_THINGS_END = pattern("[，。；、（）\n]|全部|均|都|$")
"""What 项, 个 and 部 count, too, where nothing of another name follows: 「规范性文件18个，」."""
_LAST_ASIDE = pattern("（(?P<said>[^（）]{0,80})）$")
_AND_OTHERS = pattern("等(?!级)")
_TAIL_END = pattern("[，；：（）。、]")
_ASIDE = pattern("（[^（）]{0,80}）")
_FILLER = pattern(
    r"(?:一?共计?|合计|总计|累计|总数|数量|件数|总量|均为|各为|为|是|有|计|全部|其中|申请|分别|达到?|[、“”]|总共)*"
)
_JOINT = pattern("(?:件|案件|案)?(?:[、和及与或]|以及)(?:政府信息公开)?")
_HEADING = pattern(
    r"(?:（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、])[^。：，\n]{2,24}(?=[。：\n])"
)
_NEGATION = pattern(
    r"(?P<not>未|没有|没(?!收)|尚未|无(?![法正需效误论故偿障缝纸])|零(?!散|距))(?P<what>[^，。；：（）\n]{1,60})"
)
_NONE_CORRECTED = pattern("复议[^，。；]{0,6}(?:纠错|纠正)")
_NOT_THAT = pattern(
    "逾期|超期|超时|投诉|纠错|纠正|败诉|撤销|不满|异议|拒绝|违[法规]|[问追]责|收费|不答|重大|复杂|疑难|延期|泄|维持|完成|需要|不足|不够"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number the text states, and the sums of cells it may stand for."""

    prose: Prose
    place: Span
    """In the plain text."""
    quantity: Quantity
    sums: tuple[tuple[Cell, ...], ...]
    said: str
    """The clause that says it."""
    general: bool = False
    """Told by a word that counts other things too (收到, 答复)."""


@lru_cache(maxsize=64)
def claims(
    prose: Prose, vocabulary: Vocabulary, year: int, whole_county: bool
) -> tuple[Claim, ...]:
    """What a part says of one table and this year.

    Where the table covers a `whole_county`, a clause that names an office or a department speaks
    of something smaller and is left alone.
    """
    found: list[Claim] = []
    for paragraph in prose.paragraphs:
        if vocabulary.about.search(prose.plain, *paragraph):
            reader = _Reader(prose, vocabulary, year, whole_county, paragraph)
            found += [*reader.stated(), *reader.denied()]
    return tuple(found)


@dataclass(eq=False)
class _Reader:
    """Reads one paragraph from left to right; what was named last is what later clauses mean."""

    prose: Prose
    vocabulary: Vocabulary
    year: int
    whole_county: bool
    paragraph: Span
    rows: Sums = ()
    told: list[Sums] = field(default_factory=list)
    """The rows that got a number in this sentence; what 其中自然人 may belong to."""
    aside: bool = False
    """The sentence has begun to count something smaller or something else."""
    elsewhere: bool = False
    """The whole sentence counts something else."""
    behind: bool = False
    """What the last number counts was named behind it."""
    waiting: list[Sums] = field(default_factory=list)
    """Rows named before 分别 whose numbers are still to come."""

    def stated(self) -> Iterator[Claim]:
        """The claims made by numbers."""
        plain, before, sentence = self.prose.plain, self.paragraph.start, Span(-1, -1)
        here = quantities_in(self.prose, self.paragraph)
        for index, quantity in enumerate(here):
            if quantity.start >= sentence.end:
                sentence = self.prose.sentence_at(quantity.start)
                self.rows = self._told_of() if self.vocabulary.whole else ()
                self.waiting.clear()
                self.told.clear()
                self.aside = False
                self.elsewhere = self._counts_elsewhere(sentence)
            if not self._counts(quantity):
                continue
            lead = plain[max(before, sentence.start, quantity.start - FAR) : quantity.start]
            following = self._next(here[index + 1 : index + 4], sentence)
            tail = self._tail(quantity.end, min(following, sentence.end), sentence)
            self.behind = False
            yield from self._claims(quantity, lead, tail)
            before = quantity.end + (len(tail) if self.behind else 0)

    def _counts(self, quantity: Quantity) -> bool:
        """A number without a unit counts where the sentence leads up to it (均为0)."""
        before = self.prose.plain[max(quantity.start - 1, 0) : quantity.start]
        bare = not quantity.unit and (before in ("为", "是", "：") or not quantity.value)
        bare = bare and quantity.value < 10_000  # a telephone or QQ number is none
        return quantity.counts_pieces or bare or self._counts_things(quantity)

    def _counts_things(self, quantity: Quantity) -> bool:
        plain, start = self.prose.plain, quantity.start
        named = quantity.unit in ("项", "个", "部") and _THINGS.search(
            plain, max(start - 8, 0), start
        )
        return bool(named and _THINGS_END.match(plain, quantity.end))

    def _next(self, following: Sequence[Quantity], sentence: Span) -> int:
        """Where the next number begins that counts something; dates are passed over."""
        counted = (one.start for one in following if one.unit not in _DATES)
        return next(counted, sentence.end)

    def _tail(self, start: int, stop: int, sentence: Span) -> str:
        """What follows a number up to the next sign; '' where it leads up to another number."""
        end = _TAIL_END.search(self.prose.plain, start, stop)
        at = end.start() if end else stop
        return "" if at == stop < sentence.end else self.prose.plain[start : min(at, start + FAR)]

    def _claims(self, quantity: Quantity, lead: str, tail: str) -> Iterator[Claim]:
        before = _last_clause(lead) + self._told_in_brackets(lead)
        self.aside = self._turns_aside(f"{before}{tail}")
        number_first = not lead or lead[-1] in _SIGNS
        for clause in (tail, before) if number_first else (before, tail):
            rows, columns = self.vocabulary.rows.find(clause), self.vocabulary.columns.find(clause)
            if columns and not rows:
                rows = self.vocabulary.rows.find(lead)
            if rows and not columns and clause is before:
                columns = self.vocabulary.columns.find(tail)
            if clause is tail:
                rows = [one for one in rows if one.wording.rank != GENERAL]
            if rows or columns or self.waiting:
                self.behind = clause is tail
                break
        place = Span(quantity.start, quantity.end)
        for sums in self._meant(clause, rows, columns):
            if sums and self._speaks_of_this(quantity, f"{before}{tail}", rows):
                general = any(one.wording.rank > 0 for one in rows)
                said = self._said(quantity, before)
                yield Claim(self.prose, place, quantity, sums, said, general)
                if not columns:
                    yield from self._same_for_all(quantity)

    def _told_in_brackets(self, lead: str) -> str:
        """「无法提供（本机关不掌握）3件」: the bracket names the row more closely."""
        match = _LAST_ASIDE.search(lead)
        rows = self.vocabulary.rows.find(match["said"]) if match else []
        return match["said"] if match and any(one.wording.rank < 0 for one in rows) else ""

    def _same_for_all(self, quantity: Quantity) -> Iterator[Claim]:
        """「2件，均获维持」, 「1件，结果维持」: the outcome of every one is told in words."""
        outcome = _THE_ONE if quantity.value == 1 else _ALL_OF_THEM
        match = outcome.match(self.prose.plain, quantity.end)
        columns = self.vocabulary.columns.find(match.group()) if match else []
        if match and columns and quantity.value and not _NOT_SO.search(match.group()):
            sums = self._cells(self.rows, _added(_nearest(match.group(), columns)))
            said = self.prose.plain[quantity.start : match.end()]
            yield Claim(self.prose, Span(quantity.start, match.end()), quantity, sums, said)

    def _turns_aside(self, clause: str) -> bool:
        other = is_of_a_part(clause, self.whole_county) or self.vocabulary.beside.search(clause)
        return bool(other) or (self.aside and not is_of_all(clause))

    def _said(self, quantity: Quantity, clause: str) -> str:
        return clause.lstrip("，；：。、（）") + self.prose.plain[quantity.start : quantity.end]

    def _meant(
        self, clause: str, rows: list[Match], columns: list[Match]
    ) -> Iterator[tuple[tuple[Cell, ...], ...]]:
        named = _nearest(clause, rows)
        if self.waiting and not rows and _FILLER.fullmatch(clause):
            named = [self.waiting.pop(0)]
        elif not rows and not columns:
            return
        if "分别" in clause and len(named) > 1:
            self.waiting, named = named[1:], named[:1]
        each = re.search("均|各|都|分别", clause)
        groups = [_added(named)] if named and not each else named or [self._told_of()]
        self.rows = groups[-1]
        if named:
            self.told.append(self.rows)
        which = [_added(_nearest(clause, columns))] if columns else [self.vocabulary.whole]
        for group in groups:
            yield from (self._cells(group, one) for one in which)

    def _told_of(self) -> Sums:
        """The rows a column belongs to: any that were told before, or all of them together."""
        each = list(dict.fromkeys(self.told))
        if len(each) < 2:
            return self.rows
        ways = [*(one for told in each for one in told), *_added(each)]
        return tuple(dict.fromkeys(ways))

    def _counts_elsewhere(self, sentence: Span) -> bool:
        """The sentence counts documents by how they may be made public, or the like."""
        about = self.vocabulary.elsewhere
        end = min(sentence.end, sentence.start + FAR)
        return bool(about and about.search(self.prose.plain, sentence.start, end))

    def _cells(self, rows: Sums, columns: Sums) -> tuple[tuple[Cell, ...], ...]:
        table = self.vocabulary.table
        return tuple(
            tuple(Cell(table, row, column) for row in one for column in other)
            for one in rows
            for other in columns
        )

    def _speaks_of_this(self, quantity: Quantity, clause: str, rows: list[Match]) -> bool:
        said, behind = self.prose.sentence_around(quantity.start, quantity.end)
        if quantity.vague or self.aside or self.elsewhere or is_something_else(clause, behind):
            return False
        if rows and _AND_OTHERS.search(clause, rows[-1].end):
            return False
        if is_disclaimed(behind) or self._of_other_time(said, clause, rows):
            return False
        if any(one.wording.rank > 0 for one in rows):
            return self._is_about_this(said, clause, behind)
        near = self._context(quantity.start) + clause + behind
        return bool(self.vocabulary.about.search(near))

    def _is_about_this(self, said: str, clause: str, behind: str) -> bool:
        """A general word (收到) needs its sentence, or the heading, to say what was received."""
        if said.count("（") > said.count("）"):
            return False
        about = self.vocabulary.about
        if about.search(said + clause + behind):
            return True
        return "申请" in said + clause and bool(about.search(self._heading()))

    def _heading(self) -> str:
        """The heading the paragraph begins with, '' where it has none."""
        match = _HEADING.match(self.prose.plain, *self.paragraph)
        return match.group() if match else ""

    def _context(self, place: int) -> str:
        """How the paragraph begins, and what it says shortly before a place."""
        start = self.paragraph.start
        head = self.prose.plain[start : min(start + HEAD, place)]
        return head + "，" + self.prose.plain[max(start, place - FAR // 2) : place]

    def _of_other_time(self, said: str, clause: str, rows: list[Match]) -> bool:
        carried = any(one.wording.rank <= 0 for one in rows) and is_carried(clause)
        return not carried and is_of_other_time(said, clause, self.year)

    def denied(self) -> Iterator[Claim]:
        """The claims made by 未, 没有, 无."""
        for match in _NEGATION.finditer(self.prose.plain, *self.paragraph):
            if _NONE_CORRECTED.search(match["what"]):
                yield from self._none_corrected(Span(*match.span()), match["what"])
            denied = self.vocabulary.denied.fullmatch(match["what"])
            if denied is None or _NOT_THAT.search(match["what"]):
                continue
            if match["not"] in ("未", "尚未") and not denied["verb"]:
                continue
            said = self.prose.sentence_around(match.start(), match.end())[0] + match.group()
            near = self._context(match.start()) + said
            if not self.vocabulary.about.search(near) or self._of_other_time(said, said, []):
                continue
            yield from self._none_of(Span(*match.span()), match["what"])

    def _none_corrected(self, place: Span, what: str) -> Iterator[Claim]:
        """「没有被行政复议纠错」: the column is named by the very word."""
        columns = self.vocabulary.columns.find("纠正")
        rows = self.vocabulary.rows.find(what)[:1]
        if columns and rows and self.vocabulary.about.search(self._context(place.start) + what):
            sums = self._cells(rows[0].wording.sums, columns[0].wording.sums)
            said = self.prose.plain[slice(*place)]
            yield Claim(self.prose, place, Quantity(Decimal(0), "", *place), sums, said)

    def _none_of(self, place: Span, what: str) -> Iterator[Claim]:
        columns = self.vocabulary.columns.find(what)
        which = columns[0].wording.sums if columns else self.vocabulary.whole
        found = self.vocabulary.rows.find(what)
        rank = min((one.wording.rank for one in found), default=0)
        rows = [one.wording.sums[:1] for one in found if one.wording.rank == rank]
        for group in dict.fromkeys(rows or [self.vocabulary.denied_rows]):
            zero = Quantity(Decimal(0), "", *place)
            if sums := self._cells(group, which):
                yield Claim(self.prose, place, zero, sums, self.prose.plain[slice(*place)])


def _last_clause(lead: str) -> str:
    """The clause a number ends; where it holds nothing but 共 and its kin, the one before too."""
    clauses = CLAUSE_END.split(_ASIDE.sub("", lead))
    clause = clauses.pop()
    while clauses and _FILLER.fullmatch(clause):
        clause = clauses.pop() + clause
    return clause


def _nearest(clause: str, found: list[Match]) -> list[Sums]:
    """What is named nearest to the number, with what is joined to it by 和 or 、, in order.

    Of the general wordings in one clause (受理并办结) either may be meant.
    """
    if not found:
        return []
    rank = min(one.wording.rank for one in found)
    found = [one for one in found if one.wording.rank == rank]
    if rank:
        return [tuple(dict.fromkeys(ways for one in found for ways in one.wording.sums))]
    joined = [found.pop()]
    while found and _JOINT.fullmatch(clause[found[-1].end : joined[0].start]):
        joined.insert(0, found.pop())
    return list(dict.fromkeys(one.wording.sums for one in joined))


def _added(groups: list[Sums]) -> Sums:
    """The wordings together: their first reckonings added; one alone keeps all of its own."""
    if len(groups) < 2:
        return groups[0] if groups else ()
    return (tuple(line for one in groups for line in one[0]),)
