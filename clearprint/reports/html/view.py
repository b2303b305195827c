"""A document as the templates see it: its questions with their groups of faults, its pages with their marks."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from clearprint.answers import Answer, PagePicture, Report
from clearprint.engine import units_of
from clearprint.records import record
from clearprint.reports.html.groups import Group, Step, grouped, steps
from clearprint.reports.html.windows import ABOVE, SHARP, Edges, Mark, window, with_numbers
from clearprint.reports.words import ToDo, declare, safe, to_do
from clearprint.rulebook import Limit, Rule, Rulebook

GROUPS = 20
"""Groups of faults shown as cards under one question; the rest are counted."""
PLACES = 6
"""Places listed in a group at once; the rest up to MORE unfold."""
MORE = 100
MARKS = 150
"""Boxes on one page picture."""
ADVICE = 8
FIRST = 3
"""Things under "Change first", and KINDS the kinds of faults named under each."""
KINDS = 5
ALSO = 4
"""Further groups of one kind that are named under it."""
TOLD = 2
"""Pieces of advice shown at once under a question; the rest up to ADVICE unfold."""


@record
class Question:
    """An answer with what the report shows under it."""

    answer: Answer
    rule: Rule
    ident: str
    groups: list[Group]
    left: int  # faults in groups that are not shown
    advice: list[Group]

    @property
    def limits(self) -> list[tuple[Limit, str]]:
        return limits_of(self.rule)

    @property
    def fix(self) -> str:
        """What mends all its groups; empty where they need different things."""
        fixes = {group.worst.finding.fix for group in self.groups}
        return fixes.pop() if len(fixes) == 1 else ""

    def fixed_as(self, group: Group) -> Group:
        """The first of its groups that is mended in the same way: itself, or one that stands before it."""
        return next(one for one in self.groups if one.worst.finding.fix == group.worst.finding.fix)


@record
class Explained:
    """A question without an answer, to be explained."""

    rule: Rule

    @property
    def limits(self) -> list[tuple[Limit, str]]:
        return limits_of(self.rule)


def limits_of(rule: Rule) -> list[tuple[Limit, str]]:
    """The limits that can make a no or give advice, with their units."""
    units = units_of(rule)
    bound = ("fault_below", "fault_above", "fault_in", "advice_below", "advice_above", "advice_in")
    meant = (limit for limit in rule.limits if any(getattr(limit, key) not in (None, ()) for key in bound))
    return [(limit, units.get(limit.measure, "")) for limit in meant]


@record
class PageView:
    """One page as a picture with boxes, or as text where it has none."""

    ident: str
    number: int
    legend: list[tuple[Group, int]]  # the groups that have places on it, with how many
    picture: str = ""  # data: URI
    width: float = 0.0
    height: float = 0.0
    most: float = 0.0  # mm that it may be wide in print without being coarse
    marks: tuple[Mark, ...] = ()


@record
class Document:
    """Everything the report shows of one document."""

    report: Report
    book: Rulebook
    ident: str
    name: str
    folder: str
    questions: list[Question]
    pages: list[PageView]
    bare: list[PageView]  # pages with faults and no picture
    first: list[Step]
    otherwise: bool  # judged by other limits than the rest of the run

    def with_answer(self, *words: str) -> list[Question]:
        """The questions with one of these answers; those left out and those overruled are none of them."""
        meant = (one for one in self.questions if one.answer.answer in words and one.answer.cause != "skipped")
        return [one for one in meant if not one.answer.is_overruled]

    @property
    def overruled(self) -> list[Question]:
        return [one for one in self.questions if one.answer.is_overruled]

    @property
    def to_do(self) -> list[ToDo]:
        return to_do(self.report)

    @property
    def said_at_once(self) -> str:
        """The command that declares all that can be declared of it, to be filled in; empty where nothing can."""
        facts = [item.settle for item in self.to_do if item.settle is not None and item.settle.fact]
        sets = (f" --set {settle.command.rpartition(' --set ')[2]}" for settle in facts)
        return f"{declare(self.report.path)}{''.join(sets)}" if facts else ""

    @property
    def skipped(self) -> list[Question]:
        return [one for one in self.questions if one.answer.cause == "skipped"]

    @property
    def by_layout(self) -> list[Question]:
        """The open questions that laying the document out answers."""
        return [one for one in self.questions if one.answer.answer == "ask" and one.answer.cause == "estimate"]

    @property
    def begin(self) -> PageView | None:
        """The page that shows where to begin: that of the first thing to change, with the boxes of those things alone."""
        meant = {group.ident for step in self.first for group in step.groups}
        wanted = [place.finding.page for step in self.first for place in step.main.places if place.box_ident]
        page = next((page for number in wanted for page in self.pages if page.number == number), None)
        if page is None:
            return None
        marks: dict[object, Mark] = {}
        for mark in page.marks:
            if mark.group in meant:  # the same place once, by the number of what is wrong with it first
                known = marks.get(mark.box)
                marks[mark.box] = mark if known is None or _in_order(mark) < _in_order(known) else known
        return replace(page, marks=tuple(with_numbers(list(marks.values()), page.height, sparse=True)))


def document(
    report: Report, book: Rulebook, pictures: Mapping[int, PagePicture], prefix: str, *, otherwise: bool = False
) -> Document:
    """A report made ready. `prefix` begins every id, so that several documents fit one file."""
    rules = {rule.name: rule for rule in book.rules}
    questions = [_question(answer, rules[answer.name], pictures, prefix) for answer in report.answers]
    shown = [group for question in questions for group in question.groups]
    pages, bare = _pages(shown, pictures, prefix)
    failed = [
        group
        for question in questions
        if question.answer.answer == "no" and not question.answer.is_overruled
        for group in question.groups
    ]
    path = PurePath(report.path)
    return Document(
        report,
        book,
        prefix,
        safe(path.name or report.path),
        safe(str(path.parent)) if path.parent.name else "",
        questions,
        pages,
        bare,
        steps(failed, FIRST, report.pages or 1),
        otherwise,
    )


def _question(answer: Answer, rule: Rule, pictures: Mapping[int, PagePicture], prefix: str) -> Question:
    groups = grouped(rule, answer.faults)
    for number, group in enumerate(groups[:GROUPS], 1):
        group.number = f"{answer.number}.{number}"
        group.ident = f"{prefix}{rule.name}-{group.first.fingerprint}"
        _windowed(group, pictures)
    left = answer.fault_count - sum(group.count for group in groups[:GROUPS])
    return Question(answer, rule, f"{prefix}q{answer.number}", groups[:GROUPS], left, grouped(rule, answer.advice)[:ADVICE])


def _windowed(group: Group, pictures: Mapping[int, PagePicture]) -> None:
    """Give the group its window, onto the first of its places that a picture shows."""
    for place in (group.worst, *group.places):
        finding = place.finding
        if finding.page is not None and finding.box is not None and finding.page in pictures:
            group.window = window(finding.page, _edges(finding.box), pictures[finding.page])
            return


def _pages(groups: Sequence[Group], pictures: Mapping[int, PagePicture], prefix: str) -> tuple[list[PageView], list[PageView]]:
    """The pages with faults: those with a picture and their boxes, and those without."""
    marks: dict[int, list[Mark]] = {}
    legends: dict[int, dict[str, tuple[Group, int]]] = {}
    for group in groups:
        for number, place in enumerate(group.places, 1):
            for page in place.finding.pages:
                legend = legends.setdefault(page, {})
                legend[group.ident] = (group, legend.get(group.ident, (group, 0))[1] + 1)
                own = marks.setdefault(page, [])
                box = place.finding.box
                if page not in pictures or box is None or len(own) == MARKS:
                    continue
                ident = f"{group.ident}-{number}"
                if page == place.finding.page:
                    place.box_ident = ident
                else:
                    ident += f"-p{page}"
                width, height = max(6.0, box[2] - box[0] + 4), max(6.0, box[3] - box[1] + 4)
                around = (box[0] - 2, box[1] - 2 - ABOVE, width, height + ABOVE)
                own.append(Mark(ident, group.ident, group.number, around))
    shown: list[PageView] = []
    bare: list[PageView] = []
    for number in sorted(legends):
        page_view = PageView(f"{prefix}page-{number}", number, list(legends[number].values()))
        if number in pictures:
            picture = pictures[number]
            page_view = replace(
                page_view,
                picture=f"data:{picture.mime};base64,{base64.b64encode(picture.data).decode('ascii')}",
                width=picture.width,
                height=picture.height,
                most=picture.width * picture.dpi / SHARP / 72 * 25.4,
                marks=tuple(with_numbers(marks[number], picture.height)),
            )
        (shown if number in pictures else bare).append(page_view)
    return shown, bare


def _in_order(mark: Mark) -> list[int]:
    """`10.2` after `9.1`."""
    return [int(part) for part in mark.number.split(".")]


def _edges(box: Sequence[float]) -> Edges:
    return box[0], box[1], box[2], box[3]
