"""What people said of a document, held against the document as it is now: answers, overruled faults, and what re-opened.

An answer holds while what it rests on is unchanged and its last day is not past. A `no` that a person overruled stays a `no`,
and no longer counts. What would settle each open answer is said here too.
"""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from clearprint import declaration
from clearprint.answers import VALUE, Answer, Finding, Reopened, Report, Said, Settle
from clearprint.baseline import is_worse
from clearprint.languages import language
from clearprint.rulebook import Rule, Rulebook

SIDECAR = ".clearprint.toml"
"""How the file beside a document ends that says what the document cannot."""
_WORDS: tuple[Literal["no", "yes", "na"], ...] = ("no", "yes", "na")  # the worst first


def whole(fingerprints: Iterable[str]) -> str:
    """The fingerprint of a whole document, from those of its pages."""
    return hashlib.blake2s("\n".join(fingerprints).encode(), digest_size=8).hexdigest()


def sidecar_of(path: str) -> Path:
    """The sidecar of a document: `leaflet.clearprint.toml`, of leaflet.pdf and leaflet.docx alike."""
    document = Path(path)
    return document.with_name(document.stem + SIDECAR)


def held(report: Report, said: Sequence[Said], today: str, book: Rulebook) -> Report:
    """The report with what people said of it. `today` is a date, 2026-11-22; sentences and room for error are the book's."""
    mine = [item for item in said if item.format in (None, report.format)]
    judge = _Judge(report.fingerprints, today, book)
    rules = {rule.name: rule for rule in book.rules}
    answers = []
    for answer in report.answers:
        own = [item for item in mine if item.question == answer.name]
        if own and answer.answer == "ask" and answer.cause != "skipped":
            answer = judge.answered(answer, own)
        elif own and answer.answer == "no":
            answer = judge.overruled(answer, own)
        if answer.answer == "ask":
            answer = replace(answer, settle=settle(report, answer, rules[answer.name]))
        answers.append(answer)
    return replace(report, answers=tuple(answers))


def state(report: Report, said: Said, today: str, book: Rulebook) -> Literal["holds", "edited", "expired", "moot"]:
    """Whether what was said still holds; moot when the question is neither open nor a `no` any more, or of another format."""
    judge = _Judge(report.fingerprints, today, book)
    lost = judge.lost(said)
    if lost is not None:
        return "expired" if lost.because == "expired" else "edited"
    answer = next((item for item in report.answers if item.name == said.question), None)
    wanted = "no" if said.word == "overruled" else "ask"
    if answer is None or answer.answer != wanted or said.format not in (None, report.format):
        return "moot"
    if said.place is None:
        return "holds"
    return "holds" if any(item.status == "overruled" for item in judge.overruled(answer, [said]).faults) else "edited"


def settle(report: Report, answer: Answer, rule: Rule) -> Settle | None:
    """What would settle an open answer; None where nobody is asked."""
    if answer.cause in ("skipped", None):
        return None
    file = shlex.quote(report.path)
    keys = [key for key in declaration.KEYS if key.name in rule.declares]
    if answer.cause == "undeclared" and keys:
        keys.sort(key=lambda key: rule.declares.index(key.name))
        open_keys = [key for key in keys if not getattr(report.declared, key.field)]
        key = open_keys[0] if open_keys else keys[0]
        value = VALUE if key.values else key.form
        line = f'{key.name} = "{VALUE}"' if key.values else f"{key.name} = [{key.form}]"
        command = f"clearprint declare {file} --set {key.name}={value}"
        return Settle(command, line, str(sidecar_of(report.path)), key.values, key.name)
    command = f'clearprint declare {file} --set {answer.name}={VALUE} --by "YOUR NAME" --why "WHAT YOU LOOKED AT"'
    return Settle(command, choices=("yes", "no", "na"))


class _Judge:
    """Whether what was said still holds for a document with these fingerprints of its pages."""

    def __init__(self, fingerprints: Sequence[str], today: str, book: Rulebook) -> None:
        self._pages: dict[str, set[int]] = {}
        for number, fingerprint in enumerate(fingerprints, 1):
            if not fingerprint:
                continue  # a page that could not be read is like no other
            self._pages.setdefault(fingerprint, set()).add(number)
        self._whole = whole(fingerprints)
        self._today = today
        self._book = book

    def answered(self, answer: Answer, said: Sequence[Said]) -> Answer:
        """An open answer with what people said of it: settled by them, or still open and why."""
        good: dict[int | None, Said] = {}  # by page, None for all; what was said last holds
        lost: list[Reopened] = []
        for item in said:
            if item.word == "overruled":
                continue
            wrong = self.lost(item)
            if wrong is not None:
                lost.append(wrong)
            elif not item.pages:
                good = {None: item}
            else:
                good |= dict.fromkeys(self._now(item), item)
        missing = () if None in good else tuple(page for page in answer.pages_open if page not in good)
        if not good or missing:
            if good:
                lost.append(Reopened(next(iter(good.values())), "added", missing))
            lost = _newest(lost)
            return replace(answer, reason=self._again(answer.reason, lost), reopened=tuple(lost))
        speaking = [good.get(page) or good[None] for page in answer.pages_open] or [*good.values()]
        word = next(word for word in _WORDS if any(item.word == word for item in speaking))
        said_so = next(item for item in speaking if item.word == word)
        reason = self._told("answered", said_so)
        return replace(answer, answer=word, cause=None, settled="person", reason=reason, person=said_so, pages_open=())

    def overruled(self, answer: Answer, said: Sequence[Said]) -> Answer:
        """A `no` with the places that people overruled, or overruled as a whole."""
        lost: list[Reopened] = []
        places: dict[str, Said] = {}
        pages: dict[int, Said] = {}
        everything: Said | None = None
        for item in said:
            if item.word != "overruled":
                continue
            wrong = self.lost(item)
            if wrong is not None:
                lost.append(wrong)
            elif item.place is not None:
                places[item.place] = item
            elif item.pages:
                pages |= dict.fromkeys(self._now(item), item)
            else:
                everything = item
        met: set[str] = set()
        faults = []
        for finding in answer.faults:
            own = places.get(finding.fingerprint)
            if own is not None:
                met.add(finding.fingerprint)
                if self._worse(finding, own):
                    own = None
                    lost.append(Reopened(places[finding.fingerprint], "edited", finding.pages))
            by = own or everything or _of_all(finding.pages, pages)
            faults.append(finding if by is None else replace(finding, status="overruled", overruled=by))
        lost += [Reopened(item, "edited", item.pages) for place, item in places.items() if place not in met]
        lost = _newest(lost)
        result = replace(answer, faults=tuple(faults), overruled=everything, reopened=tuple(lost))
        if result.is_overruled:
            first = everything or next(item.overruled for item in faults if item.overruled is not None)
            reason = f"{answer.reason} {self._told('overruled', first)}"
            return replace(result, reason=reason, overruled=everything or (first if _one(faults) else None))
        return replace(result, reason=self._again(answer.reason, lost))

    def lost(self, item: Said) -> Reopened | None:
        """Why something said no longer holds; None while it does. Of a place only its time is looked at."""
        if item.until is not None and item.until < self._today:
            return Reopened(item, "expired")
        if item.place is not None:
            return None
        if not item.pages:
            return None if item.rests_on == (self._whole,) else Reopened(item, "edited")
        pairs = zip(item.pages, item.rests_on, strict=False)
        gone = tuple(page for page, fingerprint in pairs if fingerprint not in self._pages)
        return Reopened(item, "edited", gone) if gone else None

    def _now(self, item: Said) -> set[int]:
        """The pages it rests on, as they are numbered now."""
        return {page for fingerprint in item.rests_on for page in self._pages.get(fingerprint, ())}

    def _worse(self, finding: Finding, item: Said) -> bool:
        if item.measured is None:
            return False
        return is_worse(finding, item.measured, self._book.room.get(finding.unit, 0.0))

    def _told(self, key: str, item: Said, **more: str) -> str:
        spoken = "n/a" if item.word == "na" else item.word
        word = language(self._book.language).text(spoken)
        words = {"by": item.by, "date": item.date, "why": item.why.rstrip("."), "until": item.until or "", "word": word}
        return self._book.sentences[key].format(**words, **more)

    def _again(self, reason: str, lost: Sequence[Reopened]) -> str:
        return " ".join([reason, *(self.again(item) for item in lost)])

    def again(self, item: Reopened) -> str:
        """Why what was said no longer holds, as a sentence."""
        return self._told(item.because, item.said, what=self._page_words(item.pages))

    def _page_words(self, pages: Sequence[int]) -> str:
        tongue = language(self._book.language)
        if not pages:
            return tongue.text("the document")
        return tongue.counted("page {pages}", "pages {pages}", len(pages)).replace("{pages}", ", ".join(map(str, pages)))


def _newest(lost: Iterable[Reopened]) -> list[Reopened]:
    """Of several things said of the same pages or place, the one that was said last."""
    latest = {(item.said.place, item.said.pages if item.said.place is None else ()): item for item in lost}
    return list(latest.values())


def _of_all(finding_pages: Sequence[int], pages: Mapping[int, Said]) -> Said | None:
    if not pages or not finding_pages or not all(page in pages for page in finding_pages):
        return None
    return pages[finding_pages[0]]


def _one(faults: Sequence[Finding]) -> bool:
    """Whether one and the same word overrules them all."""
    return len({id(finding.overruled) for finding in faults}) == 1
