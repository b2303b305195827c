"""The report a designer opens: one self-contained HTML file, no script, nothing fetched.

Each page with faults is one picture, defined once; every place is a window onto it (`<svg viewBox>` in points), so a hundred
crops cost no more than one page.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from clearprint import __version__
from clearprint.answers import Answer, Finding, PagePicture, Report
from clearprint.colour import from_hex, nearest_passing, to_hex
from clearprint.declaration import described
from clearprint.reports import words
from clearprint.rulebook import Rule, Rulebook

GROUPS = 20
"""Groups of faults shown with a picture under one question; further ones are a list."""
PLACES = 12
"""Places listed in a group."""
_MARGIN = 36.0  # points of page shown round a fault
_LEAST_WIDTH, _MOST_HEIGHT = 300.0, 320.0


@dataclass(frozen=True, slots=True)
class Crop:
    """A window onto a page picture: all in points of the page."""

    page_id: str
    view: str  # "x y width height" for viewBox
    width: float
    box: tuple[float, float, float, float]
    label: str


@dataclass(slots=True)
class Group:
    """Faults of one kind in one style: mended once."""

    first: Finding
    places: list[Finding] = field(default_factory=list)
    crop: Crop | None = None
    ident: str = ""
    number: str = ""

    @property
    def count(self) -> int:
        return len(self.places)

    @property
    def known(self) -> str:
        """How many of its places are in the baseline, in words; empty for none."""
        count = sum(finding.status == "known" for finding in self.places)
        return "" if not count else "known" if count == self.count else f"{count} of them known"

    @property
    def swatches(self) -> list[tuple[str, str]]:
        """The colours of a fault of contrast and the nearest ink of the same hue that would pass, as `#rrggbb`."""
        facts = dict(self.first.facts)
        ink, behind, wanted = facts.get("ink"), facts.get("behind"), self.first.wanted
        if not isinstance(ink, str) or not isinstance(behind, str):
            return []
        shown = [("Ink", ink), ("Behind it", behind)]
        if self.first.measure == "ratio" and isinstance(wanted, float | int):
            passing = nearest_passing(from_hex(ink), from_hex(behind), wanted)
            if passing is not None:
                shown.append(("Nearest ink that passes", to_hex(passing)))
        return shown


@dataclass(frozen=True, slots=True)
class Question:
    """An answer with what the report shows under it."""

    answer: Answer
    rule: Rule
    groups: list[Group]
    left: int  # faults in groups that are not shown
    advice: list[Group]
    ident: str

    @property
    def settles(self) -> str:
        """The option or step that would settle an open answer; none settles what could not be looked at."""
        unseen = self.answer.cause in ("unreadable", "timeout", "partial", "crashed")
        return "" if unseen or "--declare" in self.answer.reason else self.rule.settles


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as the template sees it."""

    report: Report
    ident: str
    questions: list[Question]
    pages: list[dict[str, Any]]
    declared: dict[str, object]
    sentence: str
    judged_by: str  # empty where it is what the run is judged by
    goal: str  # clear print, large print


def to_html(
    reports: Sequence[Report],
    book: Rulebook,
    pictures: Mapping[str, Mapping[int, PagePicture]],
    books: Mapping[str, Rulebook] = MappingProxyType({}),
) -> str:
    """All reports as one HTML page. `pictures` by path and page number; `books`, by path, of documents judged otherwise."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("clearprint.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["unit"] = words.with_unit
    environment.filters["safe_text"] = words.safe
    environment.filters["by_reason"] = _by_reason
    environment.globals.update(symbols=words.SYMBOLS, answers=words.LONG, where=words.where)
    shown = [
        _shown(report, index, books.get(report.path, book), pictures.get(report.path, {}), report.path in books)
        for index, report in enumerate(reports, 1)
    ]
    return environment.get_template("report.html.j2").render(
        documents=shown, book=book, version=__version__, limit_words=words.limit_lines, listed=PLACES
    )


def _shown(report: Report, index: int, book: Rulebook, pictures: Mapping[int, PagePicture], otherwise: bool) -> Shown:
    ident = f"d{index}"
    rules = {rule.name: rule for rule in book.rules}
    questions = []
    marks: dict[int, list[tuple[Group, Finding]]] = {}
    for answer in report.answers:
        groups = _grouped(answer.faults)
        for number, group in enumerate(groups[:GROUPS], 1):
            group.ident = f"{ident}q{answer.number}f{number}"
            group.number = f"{answer.number}.{number}"
            group.crop = _crop(ident, group.first, pictures, group.number)
            for finding in group.places:
                for page in finding.pages:
                    marks.setdefault(page, []).append((group, finding))
        left = sum(group.count for group in groups[GROUPS:])
        questions.append(
            Question(answer, rules[answer.name], groups[:GROUPS], left, _grouped(answer.advice)[:6], f"{ident}q{answer.number}")
        )
    pages = [
        {
            "id": f"{ident}p{number}",
            "number": number,
            "data": f"data:{item.mime};base64,{base64.b64encode(item.data).decode('ascii')}",
            "width": round(item.width, 2),
            "height": round(item.height, 2),
            "marks": [(group, finding.box) for group, finding in marks.get(number, []) if finding.box is not None],
        }
        for number, item in sorted(pictures.items())
    ]
    judged_by = words.judged_by(report, book) if otherwise or report.settings else ""  # else the end of the report says it
    sentence = words.verdict_sentence(report)
    return Shown(report, ident, questions, pages, described(report.declared), sentence, judged_by, book.goal)


def _by_reason(questions: Sequence[Question]) -> list[list[Question]]:
    """Questions that one thing leaves open together: a scanned page would say the same twenty times."""
    groups: dict[tuple[str, str], list[Question]] = {}
    for question in questions:
        groups.setdefault((question.answer.reason, question.settles), []).append(question)
    return list(groups.values())


def _grouped(findings: Sequence[Finding]) -> list[Group]:
    groups: dict[tuple[object, ...], Group] = {}
    for finding in findings:
        key = (finding.measure, finding.role, finding.style, finding.wanted, finding.measured if finding.style else None)
        group = groups.setdefault(key, Group(finding))
        group.places.append(finding)
    return sorted(groups.values(), key=lambda group: -group.count)


def _crop(ident: str, finding: Finding, pictures: Mapping[int, PagePicture], number: str) -> Crop | None:
    if finding.page is None or finding.box is None or finding.page not in pictures:
        return None
    page = pictures[finding.page]
    x0, y0, x1, y1 = finding.box
    x0, x1 = max(0.0, min(x0, page.width)), max(0.0, min(x1, page.width))
    y0, y1 = max(0.0, min(y0, page.height)), max(0.0, min(y1, page.height))
    width = min(page.width, max(x1 - x0 + 2 * _MARGIN, _LEAST_WIDTH))
    height = min(page.height, max(60.0, min(y1 - y0 + 2 * _MARGIN, _MOST_HEIGHT)))
    left = min(max(0.0, (x0 + x1 - width) / 2), page.width - width)
    top = min(max(0.0, min((y0 + y1 - height) / 2, y0 - _MARGIN / 2)), page.height - height)
    quoted = f": “{words.safe(finding.excerpt)}”" if finding.excerpt else ""
    return Crop(
        page_id=f"{ident}p{finding.page}",
        view=f"{left:.1f} {top:.1f} {width:.1f} {height:.1f}",
        width=round(width, 1),
        box=(round(x0 - 2, 1), round(y0 - 2, 1), round(x1 - x0 + 4, 1), round(y1 - y0 + 4, 1)),
        label=f"Part of page {finding.page} with the place of fault {number} boxed{quoted}",
    )
