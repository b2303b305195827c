"""Faults of one kind in one style together, so that a style is mended once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clearprint.answers import Finding
from clearprint.reports.html.bars import Bar, bar, swatches
from clearprint.reports.html.windows import Window
from clearprint.reports.speech import Speech
from clearprint.reports.words import safe
from clearprint.rulebook import Rule


@dataclass(slots=True)
class Place:
    """One of a group's faults: where it is, and the box on a page picture that shows it."""

    finding: Finding
    box_ident: str = ""  # empty where no picture shows it


@dataclass(slots=True)
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


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to change: a style with all that is wrong with it, in checklist order; else one kind of fault."""

    number: int
    groups: list[Group]

    @property
    def main(self) -> Group:
        """The one of its groups that has most places."""
        return max(self.groups, key=lambda group: group.reach)

    @property
    def by_question(self) -> list[tuple[Group, int]]:
        """Of each question the group that has most places, with the places of all of them, in checklist order."""
        largest: dict[int, Group] = {}
        counts: dict[int, int] = {}
        for group in self.groups:
            number = group.rule.number
            counts[number] = counts.get(number, 0) + group.count
            if number not in largest or group.count > largest[number].count:
                largest[number] = group
        return [(group, counts[number]) for number, group in largest.items()]

    def where(self, speech: Speech) -> str:
        """Where all of it is: its pages, else the first of its main places."""
        pages = {page for group in self.groups for page in group.pages}
        several = len(self.groups) > 1 and self.main.count > 1
        return speech.pages(tuple(sorted(pages))) if several and pages else self.main.where(speech)


def steps(groups: Sequence[Group], count: int) -> list[Step]:
    """What to change first: the `count` things that mend most.

    Who designs a document changes its styles, so that faults of several questions in one style are one thing to change.
    Where no style is known, it is the largest group of a question.
    """
    things: dict[tuple[object, ...], list[Group]] = {}
    for group in groups:
        key = (group.first.role, group.first.style) if group.first.style else (group.rule.number,)
        known = things.setdefault(key, [])
        if not group.first.style and known:  # one kind of fault at a time, the one with most places
            known[:] = [max(known[0], group, key=lambda one: one.reach)]
        else:
            known.append(group)
    ordered = sorted(things.values(), key=lambda own: (-sum(group.reach for group in own), own[0].rule.number))
    return [Step(number, own) for number, own in enumerate(ordered[:count], 1)]
