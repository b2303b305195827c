"""What checks say and what the engine makes of it: Observation, Tally, Finding, Answer, Report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, Literal

from clearprint.model import Job, LayoutBasis, NotLookedAt, Place
from clearprint.records import record

Yes = Literal["yes", "no", "na", "ask"]
Cause = Literal[
    "undeclared",  # a declaration would settle it
    "unreadable",  # a scan, outlined text, letters that cannot be told
    "unmeasured",  # seen, but could not be measured
    "estimate",  # needs the lines and pages of a real layout
    "person",  # only a person can answer
    "timeout",
    "partial",  # some pages were not read
    "skipped",  # left out by the user
    "crashed",  # a bug in clearprint
]
CAUSES: tuple[Cause, ...] = (
    "crashed",
    "timeout",
    "partial",
    "unreadable",
    "unmeasured",
    "estimate",
    "undeclared",
    "person",
    "skipped",
)
"""Gravest first: of several causes an answer names the first."""

Value = float | str | bool


@record
class Observation:
    """One thing a check saw: a measure, its value, and the facts that the rule's limits may ask about.

    `amount` is how much of the question's counted thing was seen: letters in questions about text, else 1 an element; 0 for a
    further measure of an element already counted. `error` is the value's own measuring error, in the measure's unit. A value
    with the cause `estimate` or `unmeasured` counts where it is surely on one side of its limit, and is open elsewhere.
    """

    measure: str
    place: Place
    value: Value | None
    amount: int = 1
    error: float = 0.0
    facts: Mapping[str, Any] = field(default_factory=dict)
    cause: Cause | None = None  # set when there is no value
    why: str = ""  # key of the rule's [asks], or a plain reason for "not looked at"

    @staticmethod
    def unmeasured(measure: str, place: Place, cause: Cause, why: str = "", amount: int = 1, **facts: Any) -> Observation:
        """Something of the kind stands here, and its measure is not known."""
        return Observation(measure, place, None, amount, 0.0, facts, cause, why)


def seen(measure: str, place: Place, value: Value, amount: int = 1, error: float = 0.0, **facts: Any) -> Observation:
    """An observation with its facts as keywords: `seen("ratio", block.place, 1.08, lines=4, role="body")`."""
    return Observation(measure, place, value, amount, error, facts)


@record
class Said:
    """What a person said of a question, or of one place: an answer to what was open, or that a `no` is overruled.

    It holds while what it rests on is unchanged: `rests_on` has the fingerprint of each of `pages` as they were, or one of the
    whole document when `pages` is empty. Of a `place` it is the fault's own fingerprint, with what was `measured` there.
    """

    question: str
    word: Literal["yes", "no", "na", "overruled"]
    by: str
    why: str
    date: str  # of the day it was said, 2026-11-22
    until: str | None = None  # the last day on which it holds
    format: str | None = None  # pdf, docx: what it was said of
    pages: tuple[int, ...] = ()
    rests_on: tuple[str, ...] = ()
    place: str | None = None
    measured: Value | None = None
    excerpt: str = ""
    source: str = ""  # the file it stands in, with its line


@record
class Reopened:
    """What a person said that no longer holds.

    edited: what it rests on was changed; expired: its last day is past; added: it does not speak of all that is open now.
    """

    said: Said
    because: Literal["edited", "expired", "added"]
    pages: tuple[int, ...] = ()  # those that were edited (numbers as they were), or that it does not speak of


@record
class Declared:
    """One thing known of the print job, and who says so."""

    name: str  # as declared: paper, fold-positions
    value: str  # as it would be written
    where: str  # "--declare", "leaflet.clearprint.toml, line 4", "order.jdf", "the PDF itself"
    by: str | None = None
    why: str | None = None
    date: str | None = None
    until: str | None = None


@record
class Contradiction:
    """Two sources that say different things of the print job: the stronger was believed."""

    name: str
    used: Declared
    other: Declared


VALUE = "VALUE"
"""What stands in a command for a value that only a person knows: any one of them would read as advice."""


@record
class Settle:
    """What settles an open answer: a command, and the line that does the same in a file.

    Both have VALUE where one of `choices` goes, or the form of what is written (MM,MM).
    """

    command: str
    line: str = ""
    file: str = ""  # where the line goes: "leaflet.clearprint.toml", under [declare]
    choices: tuple[str, ...] = ()
    fact: str = ""  # what of the print job it declares: paper, fold, binding


@record
class Finding:
    """One place where a question fails (a fault) or could be better (advice). Boxes in points, see model.Place."""

    measure: str
    role: str | None
    style: str
    page: int | None
    pages: tuple[int, ...]
    box: tuple[float, float, float, float] | None
    path: str | None
    excerpt: str
    measured: Value
    wanted: Value | None
    unit: str
    message: str
    fix: str
    basis: str
    fingerprint: str
    status: Literal["new", "known", "worse", "ignored", "overruled"] = "new"
    facts: tuple[tuple[str, str | float | bool], ...] = ()  # the extra measures a report shows: ink, ground …
    overruled: Said | None = None  # by whom and why, where its status is overruled


@record
class Answer:
    """The answer to one question about one document."""

    number: int
    name: str
    question: str
    answer: Yes
    reason: str
    cause: Cause | None = None
    settled: Literal["measured", "declared", "person", "open"] = "measured"
    counted: int = 0
    faults: tuple[Finding, ...] = ()
    fault_count: int = 0
    advice: tuple[Finding, ...] = ()
    advice_count: int = 0
    not_looked_at: tuple[NotLookedAt, ...] = ()
    measures: tuple[str, ...] = ()  # "1.31 (median of 42 paragraphs)": what was measured, for the report
    pages_open: tuple[int, ...] = ()  # of an ask: the pages that leave it open; empty when it is the whole document
    person: Said | None = None  # who answered it, where `settled` is person
    overruled: Said | None = None  # who overruled a `no` as a whole; it stays a no, and fails nothing
    reopened: tuple[Reopened, ...] = ()  # what people said that no longer holds
    settle: Settle | None = None  # of an ask: what would settle it

    @property
    def is_overruled(self) -> bool:
        """Whether a person overruled this `no`: as a whole, or every one of its places."""
        if self.answer != "no":
            return False
        complete = bool(self.faults) and len(self.faults) == self.fault_count
        return self.overruled is not None or (complete and all(item.status == "overruled" for item in self.faults))


@record
class Failure:
    """Why a document could not be checked.

    `code` is that of the UnreadableFile, or one that only a run knows: empty-folder, timeout, memory, crashed, crashed-engine.
    """

    code: str
    message: str


@record
class Report:
    """Everything known about one document."""

    path: str  # as the user gave it
    format: str | None = None  # pdf, docx, odt, rtf
    sha256: str | None = None
    pages: int | None = None
    layout: Literal["exact", "libreoffice", "estimate"] | None = None
    layout_basis: LayoutBasis | None = None
    profile: str | None = None  # the output intent that colours are shown by; None: the PDF engine's own profiles
    answers: tuple[Answer, ...] = ()
    declared: Job = field(default_factory=Job)
    error: Failure | None = None
    not_looked_at: tuple[NotLookedAt, ...] = ()
    checklist: str = ""
    settings: tuple[str, ...] = ()  # the settings files that hold for it, the farthest first
    declared_by: tuple[Declared, ...] = ()  # who says each thing in `declared`
    contradictions: tuple[Contradiction, ...] = ()
    expired: tuple[Declared, ...] = ()  # declared once, for a time that is past
    remarks: tuple[str, ...] = ()  # what is said of the document as a whole: "Pages 2 and 3 show two pages each."
    fingerprints: tuple[str, ...] = ()  # of the content of each page, in order

    @property
    def verdict(self) -> Literal["yes", "no", "ask"] | None:
        """no if any no counts, else ask if any ask, else yes; None when the document could not be read.

        A `no` that a person overruled does not count.
        """
        if self.error is not None or not self.answers:
            return None
        counted = [answer for answer in self.answers if answer.cause != "skipped"]
        if any(answer.answer == "no" and not answer.is_overruled for answer in counted):
            return "no"
        if any(answer.answer == "ask" for answer in counted):
            return "ask"
        if counted and all(answer.answer == "na" for answer in counted):
            return "ask"  # a blank document: nothing was looked at
        return "yes" if counted else "ask"

    def answer(self, name: str) -> Answer:
        """The answer to the question of that name. KeyError when there is none."""
        for answer in self.answers:
            if answer.name == name:
                return answer
        raise KeyError(name)


@record(frozen=False)
class Tally:
    """What the engine keeps of one question while pages go by. Merging is associative and free of order.

    Whether faults are many enough to count ("3 pairs or 5 % of pairs") is judged from `faults` and `held` at the end.
    """

    seen: int = 0  # amount looked at and measured
    missed: dict[tuple[Cause, str], int] = field(default_factory=dict)  # amount not measured, by cause and why
    missed_at: list[tuple[Place, Cause, str]] = field(default_factory=list)
    faults: list[tuple[int, Observation]] = field(default_factory=list)  # index of the limit, what was seen
    advice: list[tuple[int, Observation]] = field(default_factory=list)
    held: dict[int, int] = field(default_factory=dict)  # by limit: how many observations it judged
    values: dict[str, dict[float, int]] = field(default_factory=dict)  # by measure: rounded value to amount
    crashed: str | None = None

    def add(self, other: Tally) -> None:
        """Take in what another page, or another worker, saw."""
        self.seen += other.seen
        for key, amount in other.missed.items():
            self.missed[key] = self.missed.get(key, 0) + amount
        for index, count in other.held.items():
            self.held[index] = self.held.get(index, 0) + count
        for measure, values in other.values.items():
            mine = self.values.setdefault(measure, {})
            for value, amount in values.items():
                mine[value] = mine.get(value, 0) + amount
        self.missed_at += other.missed_at
        self.faults += other.faults
        self.advice += other.advice
        self.crashed = min(filter(None, (self.crashed, other.crashed)), default=None)


def merge_tallies(tallies: Iterable[Tally]) -> Tally:
    """All of them as one. Linear in what they hold."""
    result = Tally()
    for tally in tallies:
        result.add(tally)
    return result


@record
class PagePicture:
    """One page as a picture: encoded bytes, the page's size in points that the whole picture shows, and its pixels an inch."""

    data: bytes
    mime: str  # image/webp, image/png
    width: float
    height: float
    dpi: float = 150.0
