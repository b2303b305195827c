"""The words of all reports for people, in the reader's language: answers, places, values with units, limits, roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearprint.answers import Answer, Declared, Finding, Reopened, Report, Said, Value
from clearprint.engine import units_of
from clearprint.languages import Language, language
from clearprint.languages.retold import failure, retold
from clearprint.reports import ways
from clearprint.reports.words import safe
from clearprint.rulebook import Limit, Rule, Rulebook

if TYPE_CHECKING:
    from clearprint.reports.html.groups import Group


def N_(text: str) -> str:
    """Marks a text for the catalogue that is translated where it is shown."""
    return text


SHORT = {"yes": N_("yes"), "no": N_("no"), "na": N_("n/a"), "ask": N_("ask")}  # beside a symbol, in a terminal
ANSWERS = {"yes": N_("Yes"), "no": N_("No"), "na": N_("Not applicable"), "ask": N_("Open")}
BASES = {
    "checklist": N_("the checklist’s figure"),
    "guideline": N_("a published guideline’s figure"),
    "project": N_("clearprint’s own figure"),
    "house": N_("changed by your settings"),
}
SETTLED = {"measured": N_("measured"), "declared": N_("declared"), "person": N_("answered by a person"), "open": N_("open")}
ROLES = {
    "body": N_("Body text"),
    "heading": N_("Headings"),
    "title": N_("The title"),
    "list": N_("Lists"),
    "quote": N_("Quotations and panels"),
    "caption": N_("Captions"),
    "table": N_("Tables"),
    "note": N_("Notes and small print"),
    "running-head": N_("Running heads"),
    "running-foot": N_("Running feet"),
    "folio": N_("Page numbers"),
    "contents": N_("The contents list"),
    "address": N_("Addresses"),
    "verse": N_("Verse"),
    "code": N_("Code"),
    "form": N_("Labels of a form"),
    "label": N_("Labels in drawings"),
    "logotype": N_("Logotypes"),
    "watermark": N_("Watermarks"),
    "other": N_("Other text"),
}
DIGITS = {"mm": 1, "percent": 1, "degrees": 1, "characters": 1, "ppi": 0}
"""Decimals that a reader needs of a unit; 2 of the others. None are added."""
_UNSEEN = ("unreadable", "crashed", "timeout", "partial")  # causes for which "no fault was found" would say too much
UNITS = {
    "pt": N_("{value} pt"),
    "mm": N_("{value} mm"),
    "percent": N_("{value} %"),
    "degrees": N_("{value}°"),
    "ppi": N_("{value} pixels an inch"),
    "characters": N_("{value} characters"),
    "em": N_("{value} em"),
}


class Speech:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._ = language.text

    def say(self, text: str, **values: object) -> str:
        """A sentence in the language, its `{names}` filled in. Nothing within the values is filled in again."""
        return re.sub(r"\{(\w+)\}", lambda name: str(values.get(name[1], name[0])), self._(text))

    def answer(self, word: str) -> str:
        """Yes, No, Not applicable, Open."""
        return self._(ANSWERS[word])

    def short(self, word: str) -> str:
        """yes, no, n/a, ask: filled up to one width, for a list."""
        return f"{self._(SHORT[word]):{max(len(self._(text)) for text in SHORT.values())}}"

    def settled(self, word: str) -> str:
        """How an answer came about: measured, declared, answered by a person, open."""
        return self._(SETTLED[word])

    def basis(self, word: str) -> str:
        """Whose figure a limit is."""
        return self._(BASES[word])

    def value(self, value: Value | None, unit: str) -> str:
        """`11.5 pt`, `4.4`, `justified`: a value as people write it. A dash for None."""
        if value is None:
            return "–"
        if isinstance(value, bool):
            return self._("yes") if value else self._("no")
        if isinstance(value, str):
            return self.language.word("fact", value)
        written = self._number(value, unit)
        return self._(UNITS[unit]).replace("{value}", written) if unit in UNITS else written

    def measured(self, group: Group) -> str:
        """What was measured in a group: one value, or the least and the greatest."""
        if group.spread is None:
            return self.value(group.first.measured, group.first.unit)
        least, most = group.spread
        said = self._("{least} to {most}").replace("{most}", self.value(most, group.first.unit))
        return said.replace("{least}", self._number(least, group.first.unit))

    def _number(self, value: float, unit: str) -> str:
        written = f"{value:.{DIGITS.get(unit, 2)}f}"
        return self.language.number(written.rstrip("0").rstrip(".") if "." in written else written)

    def measure(self, name: str) -> str:
        """`x-height`, `inner margin`: what a measure is called, as in settings but for the hyphens."""
        return self.language.word("measure", name.replace("-", " "))

    def role(self, role: str) -> str:
        """`Notes and small print`: all text of one role."""
        return self._(ROLES[role]) if role in ROLES else role

    def pages(self, pages: tuple[int, ...]) -> str:
        """`page 3`, `pages 2–9`, `pages 2, 5 and 7`; of many, the first and the last with their number."""
        if len(pages) == 1:
            return self._("page {number}").replace("{number}", str(pages[0]))
        first, last = pages[0], pages[-1]
        if len(pages) == last - first + 1:
            return self._("pages {first}–{last}").replace("{first}", str(first)).replace("{last}", str(last))
        if len(pages) <= 4:
            return self._("pages {list}").replace("{list}", ", ".join(map(str, pages)))
        said = self.language.counted(
            "pages {first}–{last}, {count} of them", "pages {first}–{last}, {count} of them", len(pages)
        )
        return said.replace("{first}", str(first)).replace("{last}", str(last))

    def where(self, finding: Finding) -> str:
        """The page or pages of a place, else its way through a document without pages; the whole document without either."""
        path = ways.told(safe(finding.path), self._) if finding.path else ""
        if finding.page is None:
            return path or self._("the whole document")
        pages = self.pages(finding.pages or (finding.page,))
        return f"{pages}, {path[:1].lower()}{path[1:]}" if path and len(finding.pages) <= 1 else pages

    def from_there_on(self, finding: Finding, more: int) -> str:
        """The first of several places and how many there are after it: for documents without pages."""
        said = self.language.counted("{place} and {count} more place", "{place} and {count} more places", more)
        return said.replace("{place}", self.where(finding))

    def bounds(self, limit: Limit, unit: str, kind: str) -> str:
        """A limit's bounds for `kind` (fault or advice) in words: `under 12 pt`, `justified or centred`; empty without any."""
        words = []
        for side, said in (("below", self._("under {value}")), ("above", self._("over {value}"))):
            bound = getattr(limit, f"{kind}_{side}")
            if bound is not None:
                words.append(said.replace("{value}", self.value(bound, unit)))
        words += [self.value(item, unit) for item in getattr(limit, f"{kind}_in")]
        return self._(" or ").join(words)

    def limit(self, limit: Limit) -> str:
        """What a limit is called: its measure, and for which things it is."""
        name = self.measure(limit.measure)
        return f"{name} ({self.language.word('limit', limit.name.replace('-', ' '))})" if limit.name else name

    def wanted(self, finding: Finding) -> str:
        """`at least 12 pt`, `at most 80 characters`; the bare value where it is a word."""
        if finding.wanted is None:
            return ""
        written = self.value(finding.wanted, finding.unit)
        if isinstance(finding.wanted, str | bool) or isinstance(finding.measured, str | bool):
            return written
        said = self._("at least {value}") if finding.measured < finding.wanted else self._("at most {value}")
        return said.replace("{value}", written)

    def retold(self, text: str) -> str:
        """A sentence of a reader or a job ticket, which speak English."""
        return retold(text, self.language)

    def failure(self, report: Report) -> str:
        """Why a document could not be checked; empty where it could."""
        error = report.error
        return failure(error.code, error.message, report.path, self.language) if error is not None else ""

    def verdict(self, report: Report, goal: str) -> str:
        """The verdict in a few words."""
        if report.error is not None:
            return self._("Not checked")
        said = {
            "no": self._("Not {goal} yet"),
            "ask": self._("Nothing to mend was found, but some questions are open"),
            "yes": self._("This is {goal}"),
        }
        if report.verdict == "ask" and any(answer.cause in _UNSEEN for answer in report.answers):
            return self._("Not answered yet: part of it could not be read")
        return said[report.verdict or "ask"].replace("{goal}", goal)

    def verdict_sentence(self, report: Report) -> str:
        """The verdict as one sentence: how often which answer was given."""
        if report.error is not None:
            return self._("This document could not be checked.")
        counts = {word: sum(answer.answer == word for answer in report.answers) for word in ("yes", "no", "na", "ask")}
        overruled = sum(answer.is_overruled for answer in report.answers)
        skipped = sum(answer.cause == "skipped" for answer in report.answers)
        parts = [
            self.say("{count} no", count=counts["no"] - overruled),
            self.say("{count} open", count=counts["ask"] - skipped),
            self.say("{count} yes", count=counts["yes"]),
            self.say("{count} not applicable", count=counts["na"]),
        ]
        if overruled:
            parts.append(self.say("{count} overruled", count=overruled))
        if skipped:
            parts.append(self.say("{count} left out", count=skipped))
        return ", ".join(parts)

    def judged_by(self, report: Report, book: Rulebook) -> str:
        """By what a document was judged, in words: the checklist, the settings and the limits that they change."""
        said = self.say("Judged by “{title}”, version {version}.", title=book.title, version=book.version)
        if report.settings:
            said += " " + self.say("Settings: {files}.", files=", ".join(safe(name) for name in report.settings))
        changed = [
            f"{rule.name}, {limit.full_name}: {self.judges(limit, units_of(rule).get(limit.measure, ''))}"
            for rule in book.rules
            for limit in rule.limits
            if limit.basis == "house"
        ]
        return said + (" " + self.say("Changed limits: {limits}.", limits="; ".join(changed)) if changed else "")

    def judges(self, limit: Limit, unit: str) -> str:
        """What a limit makes of a value: `no if under 14 pt, advice if under 16 pt`."""
        fault, advice = self.bounds(limit, unit, "fault"), self.bounds(limit, unit, "advice")
        parts = [self.say("no if {bounds}", bounds=fault)] if fault else []
        parts += [self.say("advice if {bounds}", bounds=advice)] if advice else []
        return ", ".join(parts) or self._("no limit")

    def limit_lines(self, rule: Rule) -> list[str]:
        """The limits of a rule that make a `no`, in words, one a line."""
        units = units_of(rule)
        lines = []
        for limit in rule.limits:
            fault = self.bounds(limit, units.get(limit.measure, ""), "fault")
            if fault:
                judged = self.say("no if {bounds}", bounds=fault)
                lines.append(f"{self.limit(limit)}: {judged} ({self.basis(limit.basis)})")
        return lines

    def source(self, report: Report, answer: Answer, rule: Rule) -> str:
        """Who or what answered, where it is not the measuring of the file; empty where it is, and while it is open."""
        plain = answer.settled in ("measured", "open") and not answer.is_overruled
        return "" if plain else self.settled_by(report, answer, rule)

    def settled_by(self, report: Report, answer: Answer, rule: Rule) -> str:
        """Who or what answered: measured, declared (by whom), answered by Ann on a day, overruled, open."""
        said = answer.person
        if answer.answer == "no" and answer.is_overruled:
            said = answer.overruled or answer.faults[0].overruled
            return self.said(self._("overruled by {by}, {date}"), said) if said else self._("overruled")
        if answer.settled == "person" and said is not None:
            return self.said(self._("answered by {by}, {date}"), said)
        told = [item for item in report.declared_by if item.name in rule.declares] if answer.settled == "declared" else []
        words = self.settled(answer.settled)
        return f"{words}: {', '.join(self.declared(item) for item in told)}" if told else words

    def said(self, sentence: str, said: Said) -> str:
        """A sentence about what a person said, with who and when."""
        until = self._(", until {date}").replace("{date}", said.until) if said.until else ""
        return sentence.replace("{date}", said.date).replace("{by}", safe(said.by)) + until

    def declared(self, item: Declared) -> str:
        """`paper = matt (leaflet.clearprint.toml, line 3; Ann, 2026-11-22)`."""
        parts = [safe(self.retold(item.where))]
        if item.by:
            parts.append(", ".join(filter(None, (safe(item.by), item.date))))
        if item.until:
            parts.append(self._("until {date}").replace("{date}", item.until))
        return f"{item.name} = {safe(item.value)} ({'; '.join(parts)})"

    def reopened(self, item: Reopened) -> str:
        """Why what a person said no longer holds."""
        because = {
            "edited": self._("{by} answered on {date}; what that rests on was changed since."),
            "expired": self._("{by} answered on {date}; the last day of that answer is past."),
            "added": self._("{by} answered on {date}; more has become open since."),
        }[item.because]
        pages = f" ({self.pages(item.pages)})" if item.pages else ""
        return because.replace("{date}", item.said.date).replace("{by}", safe(item.said.by)) + pages

    def remarks(self, report: Report) -> list[str]:
        """What is said of the document as a whole: remarks, contradictions, declarations past their day."""
        lines = [safe(self.retold(line)) for line in report.remarks]
        for item in report.contradictions:
            said = self._("Two sources differ: {other}, but {used}. The latter was used.")
            lines.append(said.replace("{other}", self.declared(item.other)).replace("{used}", self.declared(item.used)))
        gone = self._("{declared}: its last day is past, so it was not used.")
        return lines + [gone.replace("{declared}", self.declared(item)) for item in report.expired]


def speech_of(book: Rulebook) -> Speech:
    """The words of the language that a rulebook's sentences are in."""
    return Speech(language(book.language))
