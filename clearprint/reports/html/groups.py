"""Faults of one kind in one style together, so that a style is mended once."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint import lazily
from clearprint.answers import Finding
from clearprint.records import record
from clearprint.reports.html.bars import Bar, bar, swatches
from clearprint.reports.html.windows import Window
from clearprint.reports.speech import Speech
from clearprint.reports.words import safe
from clearprint.rulebook import Rule

_SIZED = lazily.compile(r".* [\d.]+ pt(?= |$)")  # how a reader names a style: face, size, then weight and slant
_ROLES = 3  # kinds of text that are named in one heading
_LOOKED_AT = 20  # places in which a quotation is looked for


@record(frozen=False)
class Place:
    """One of a group's faults: where it is, and the box on a page picture that shows it."""

    finding: Finding
    box_ident: str = ""  # empty where no picture shows it


@record(frozen=False)
class Group:
    """Faults of one kind in one style: mended once."""

    rule: Rule
    places: list[Place]
    ident: str = ""
    number: str = ""  # 12.3: the third group of question 12
    window: Window | None = None

    @property
    def first(self) -> Finding:
        return self.places[0].finding

    @property
    def worst(self) -> Place:
        """The place that is farthest from what is wanted; the first of several."""
        return max(self.places, key=lambda place: _distance(place.finding))

    @property
    def spread(self) -> tuple[float, float] | None:
        """The least and the greatest value measured, where they differ."""
        values = [place.finding.measured for place in self.places]
        numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
        return (min(numbers), max(numbers)) if numbers and min(numbers) < max(numbers) else None

    @property
    def count(self) -> int:
        return len(self.places)

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(sorted({page for place in self.places for page in place.finding.pages}))

    @property
    def reach(self) -> int:
        """How much is mended by mending it: its places, each on every page it stands on."""
        return sum(max(1, len(place.finding.pages)) for place in self.places)

    @property
    def of_all(self) -> bool:
        """Whether it is the document as a whole that is at fault, and no place in it."""
        return self.count == 1 and self.first.page is None and not self.first.path and not self.first.style

    @property
    def bar(self) -> Bar | None:
        return bar(self.worst.finding)

    @property
    def swatches(self) -> list[tuple[str, str]]:
        return swatches(self.worst.finding)

    @property
    def statuses(self) -> dict[str, int]:
        """How many of its places are known, worse or overruled."""
        counts: dict[str, int] = {}
        for place in self.places:
            if place.finding.status not in ("new", "ignored"):
                counts[place.finding.status] = counts.get(place.finding.status, 0) + 1
        return counts

    def label(self, speech: Speech) -> str:
        """`Notes and small print, Arial 8.5 pt`; the question's title where neither role nor style is known."""
        parts = [speech.role(self.first.role)] if self.first.role else []
        if self.first.style:
            parts.append(safe(self.first.style))
        return ", ".join(parts) or self.rule.title

    def where(self, speech: Speech) -> str:
        """Where its places are, in words: one place by its own, several by their pages, else by the first of them."""
        if self.count == 1:
            return speech.where(self.first)
        return speech.pages(self.pages) if self.pages else speech.from_there_on(self.first, self.count - 1)


def grouped(rule: Rule, findings: Sequence[Finding]) -> list[Group]:
    """The faults of a question in groups, the largest first."""
    groups: dict[tuple[object, ...], Group] = {}
    for finding in findings:
        word = finding.measured if isinstance(finding.measured, str | bool) else None
        colours = tuple(value for key, value in finding.facts if key in ("ink", "behind"))
        key = (finding.measure, finding.role, finding.style, finding.wanted, word, colours)
        groups.setdefault(key, Group(rule, [])).places.append(Place(finding))
    return sorted(groups.values(), key=lambda group: -group.count)


def _distance(finding: Finding) -> float:
    measured, wanted = finding.measured, finding.wanted
    return abs(measured - wanted) if isinstance(measured, int | float) and isinstance(wanted, int | float) else 0.0


@record
class Kind:
    """One kind of fault within a step: the groups of one measure, of however many styles."""

    groups: list[Group]

    @property
    def main(self) -> Group:
        """The one of its groups that has most places."""
        return max(self.groups, key=lambda group: group.count)

    @property
    def others(self) -> list[Group]:
        return [group for group in self.groups if group is not self.main]

    @property
    def rule(self) -> Rule:
        return self.groups[0].rule

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


@record
class Step:
    """One thing to change, with all that is wrong with it: text of one face and size, else one kind of fault."""

    groups: list[Group]

    @property
    def main(self) -> Group:
        """The one of its groups that has most places."""
        return max(self.groups, key=lambda group: group.reach)

    @property
    def quoted(self) -> Finding:
        """The place that is quoted for it: the first with three words or more, of what has most places."""
        found = (place.finding for group in self._by_reach for place in group.places[:_LOOKED_AT])
        return next((one for one in found if len(one.excerpt.split()) > 2), self.main.worst.finding)

    @property
    def kinds(self) -> list[Kind]:
        """What is wrong with it, in checklist order."""
        kinds: dict[tuple[int, str], Kind] = {}
        for group in self.groups:
            kinds.setdefault((group.rule.number, group.first.measure), Kind([])).groups.append(group)
        return list(kinds.values())

    def label(self, speech: Speech) -> str:
        """`Body text, lists, headings: Arial 11 pt`; of one style what its group is called."""
        roles = list(dict.fromkeys(speech.role(group.first.role) for group in self._by_reach if group.first.role))
        if not self.main.first.style or len(roles) < 2:
            return self.main.label(speech)
        if len(roles) > _ROLES:
            roles = [speech.say("All kinds of text")]
        said = ", ".join([roles[0], *(role[:1].lower() + role[1:] for role in roles[1:])])
        return f"{said}: {safe(_face_and_size(self.main.first.style))}"

    @property
    def _by_reach(self) -> list[Group]:
        return sorted(self.groups, key=lambda group: -group.reach)

    def where(self, speech: Speech) -> str:
        """Where all of it is: its pages, else what is quoted and how many places there are beside it."""
        pages = {page for group in self.groups for page in group.pages}
        if pages:
            return speech.pages(tuple(sorted(pages)))
        places = {(place.finding.path, place.finding.excerpt) for group in self.groups for place in group.places}
        return speech.from_there_on(self.quoted, len(places) - 1) if len(places) > 1 else speech.where(self.quoted)


def steps(groups: Sequence[Group], count: int, pages: int = 1) -> list[Step]:
    """What to change first: the `count` things that mend most, in a document of so many `pages`.

    All text of one face and size is one thing, bold or not, in lists or out of them: who changes that size, or the style that
    its styles rest on, mends all of it. Faults of no style (pictures, margins, page numbers) are one thing a measure; what is
    wrong with the document as a whole weighs as a place on every page does.
    """
    things: dict[tuple[object, ...], list[Group]] = {}
    for group in groups:
        style = _face_and_size(group.first.style)
        things.setdefault((style,) if style else (group.rule.number, group.first.measure), []).append(group)

    def weight(own: list[Group]) -> int:
        return sum(pages if group.of_all else group.reach for group in own)

    ordered = sorted(things.values(), key=lambda own: (-weight(own), own[0].rule.number))
    return [Step(own) for own in ordered[:count]]


def _face_and_size(style: str) -> str:
    """`Arial 11 pt` of `Arial 11 pt bold`; the style itself where it does not say so."""
    found = _SIZED.match(style)
    return found[0] if found else style
