"""Words that every report for people shares: answers, symbols, values with units, places."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from clearprint.answers import Answer, Declared, Finding, Report, Settle, Value
from clearprint.engine import units_of
from clearprint.rulebook import Limit, Rule, Rulebook

SYMBOLS = {"yes": "✓", "no": "✗", "na": "–", "ask": "?"}
WORDS = {"yes": "yes", "no": "no", "na": "n/a", "ask": "ask"}
LONG = {"yes": "Yes", "no": "No", "na": "Not applicable", "ask": "Open"}
BASES = {"checklist": "the checklist", "guideline": "a guideline", "project": "clearprint", "house": "the house"}

_KINDS = (("fault", "no"), ("advice", "advice"))

WORST = 3
"""Places shown under each `no` where there is no room for all."""
_COMMAND = re.compile(r"(?m)^(\s*)::")

_UNITS = {
    "pt": " pt",
    "mm": " mm",
    "percent": " %",
    "degrees": "°",
    "ppi": " pixels an inch",
    "characters": " characters",
    "em": " em",
}


def with_unit(value: Value | None, unit: str) -> str:
    """`11.5 pt`, `4.4 to 1`, `justified`: a measured value as people write it. A dash for None."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    return f"{value:.4g}{_UNITS.get(unit, '')}"


def limit_words(limit: Limit, unit: str, kind: str) -> list[str]:
    """A limit's bounds for `kind` (fault or advice) in words: ["under 12 pt"], ["over 2", "justified"]."""
    words = []
    for side in ("below", "above"):
        bound = getattr(limit, f"{kind}_{side}")
        if bound is not None:
            words.append(f"{'under' if side == 'below' else 'over'} {with_unit(bound, unit)}")
    words += ["so" if item is True else str(item) for item in getattr(limit, f"{kind}_in")]
    return words


def limit_lines(rule: Rule) -> list[str]:
    """The limits of a rule that make a `no`, in words, one a line."""
    units = units_of(rule)
    lines = []
    for limit in rule.limits:
        bounds = limit_words(limit, units.get(limit.measure, ""), "fault")
        if bounds:
            name = f"{limit.measure} ({limit.name})" if limit.name else limit.measure
            lines.append(f"{name.replace('-', ' ')}: no if {' or '.join(bounds)} ({BASES[limit.basis]}'s figure)")
    return lines


def worst(faults: Sequence[Finding], count: int = WORST) -> list[Finding]:
    """A few places, one of each style first: a style is mended once."""
    first: dict[tuple[str, str], Finding] = {}
    for finding in faults:
        first.setdefault((finding.measure, finding.style), finding)
    chosen = list(first.values())[:count]
    taken = {id(finding) for finding in chosen}
    return chosen + [finding for finding in faults if id(finding) not in taken][: count - len(chosen)]


def judged_by(report: Report, book: Rulebook) -> str:
    """By what a document was judged, in words: the checklist, the settings and the limits that they change."""
    settings = f", with the settings of {' and '.join(safe(name) for name in report.settings)}" if report.settings else ""
    changed = [
        f"{rule.name}, {limit_line(limit, units_of(rule).get(limit.measure, ''))}"
        for rule in book.rules
        for limit in rule.limits
        if limit.basis == "house"
    ]
    told = f" Changed limits: {'; '.join(changed)}." if changed else ""
    return f"Judged by “{book.title}”, version {book.version}{settings}.{told}"


def limit_line(limit: Limit, unit: str) -> str:
    """A limit in one line: `size: no if under 14 pt, advice if under 16 pt`."""
    bounds = [f"{label} if {' or '.join(found)}" for kind, label in _KINDS if (found := limit_words(limit, unit, kind))]
    return f"{limit.full_name}: {', '.join(bounds) or 'no limit'}"


def verdict_sentence(report: Report) -> str:
    """The verdict as one sentence."""
    if report.error is not None:
        return "This document could not be checked."
    overruled = sum(answer.is_overruled for answer in report.answers)
    counts = {word: sum(answer.answer == word for answer in report.answers) for word in ("yes", "no", "na", "ask")}
    skipped = sum(answer.cause == "skipped" for answer in report.answers)
    asks = counts["ask"] - skipped
    parts = [f"{counts['no'] - overruled} no", f"{asks} open", f"{counts['yes']} yes", f"{counts['na']} not applicable"]
    if overruled:
        parts.append(f"{overruled} overruled")
    if skipped:
        parts.append(f"{skipped} left out")
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class ToDo:
    """Open answers that have one reason, and what would settle them."""

    answers: tuple[Answer, ...]
    reason: str
    settle: Settle | None  # None where nothing but a better file or more time does

    @property
    def told(self) -> str:
        """The command, and what may stand in place of its value."""
        if self.settle is None:
            return ""
        choices = f" (or {', '.join(self.settle.choices)})" if self.settle.choices else ""
        return self.settle.command + choices


def to_do(report: Report) -> list[ToDo]:
    """What is still open of a document, in checklist order: one page that cannot be read leaves many questions open."""
    by_reason: dict[str, list[Answer]] = {}
    for answer in report.answers:
        if answer.answer == "ask" and answer.cause != "skipped":
            by_reason.setdefault(answer.reason, []).append(answer)
    result = []
    for reason, answers in by_reason.items():
        settle = answers[0].settle
        if settle is not None and len(answers) > 1:
            settle = Settle(f"clearprint declare {shlex.quote(report.path)}")  # asks of one after the other
        result.append(ToDo(tuple(answers), reason, settle))
    return result


def settled_by(report: Report, answer: Answer, rule: Rule) -> str:
    """Who or what answered: `measured`, `declared: paper = matt (order.jdf)`, `answered by Ann, 2026-11-22`, `open`."""
    if answer.answer == "no" and answer.is_overruled:
        said = answer.overruled or answer.faults[0].overruled
        return f"overruled by {said.by}, {said.date}" if said else "overruled"
    if answer.settled == "person" and answer.person is not None:
        until = f", until {answer.person.until}" if answer.person.until else ""
        return f"answered by {answer.person.by}, {answer.person.date}{until}"
    if answer.settled == "declared":
        told = [item for item in report.declared_by if item.name in rule.declares]
        return "declared" + (": " + ", ".join(declared_line(item) for item in told) if told else "")
    return answer.settled


def declared_line(item: Declared) -> str:
    """`paper = matt (leaflet.clearprint.toml, line 3; by Ann, 2026-11-22)`."""
    by = f"; by {item.by}" if item.by else ""
    date = f", {item.date}" if item.by and item.date else ""
    until = f", until {item.until}" if item.until else ""
    return f"{item.name} = {item.value} ({item.where}{by}{date}{until})"


def remarks(report: Report) -> list[str]:
    """What is said of a document as a whole: its own remarks, contradictions, and declarations that are past their day."""
    lines = list(report.remarks)
    for item in report.contradictions:
        other = f"{item.other.where} says {item.other.name} = {item.other.value}"
        lines.append(f"{other}, {item.used.where} {item.used.name} = {item.used.value}: the latter was used.")
    lines += [f"{declared_line(item)}: that is past, so it was not used." for item in report.expired]
    return lines


def where(finding: Finding) -> str:
    """`page 3`, `pages 2–9 (8 of them)`, `Under ‘Getting here’, paragraph 3`; of a laid out Word file both."""
    if finding.page is None:
        return finding.path or "the document"
    if len(finding.pages) <= 1:
        path = f", {finding.path[:1].lower()}{finding.path[1:]}" if finding.path else ""
        return f"page {finding.page}{path}"
    first, last = finding.pages[0], finding.pages[-1]
    if len(finding.pages) == last - first + 1:
        return f"pages {first}–{last}"
    return f"pages {first}–{last} ({len(finding.pages)} of them)"


def safe(text: str) -> str:
    """Text of a document with nothing in it that could steer a terminal, turn the reading direction or command a build server.

    `##[` starts a command of GitHub's and Azure's runners wherever it stands in a line.
    """
    return "".join(char if char.isprintable() else " " for char in text).replace("##[", "## [")


def inert(text: str) -> str:
    """Lines for a log in which none starts with `::`, which GitHub's runner would take for a command."""
    return _COMMAND.sub(r"\1: :", text)
