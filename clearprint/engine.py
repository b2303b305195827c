"""The judge: observations held against the rulebook's limits, one Answer a question. No file is opened here.

Pass two of a document: every page (with its roles assigned) goes through every check once; tallies of pages merge in any
order; `answers` turns the merged tallies into the 27 answers.
"""

from __future__ import annotations

import importlib
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import Any

from clearprint import declaration
from clearprint.answers import CAUSES, Answer, Cause, Finding, Observation, Tally
from clearprint.findings import EXCERPTS, compare, room_of, weighed
from clearprint.languages import Language, language
from clearprint.languages.filling import fill
from clearprint.model import Job, NotLookedAt, Page, Place, Survey, place_order
from clearprint.rulebook import Rule, Rulebook

FAULTS = 20_000
"""Faults of one question that are kept; more are counted and said."""
_PLACES_MISSED = 1_000
_DECLARED = frozenset({"kind", "paper", "fold", "binding", "hand_filled", "stage"})  # of what [[na]] may ask


def judge(
    book: Rulebook,
    pages: Iterable[Page],
    survey: Survey,
    *,
    skip: frozenset[str] = frozenset(),
    unread: Cause | None = None,
    raise_crashes: bool = False,
) -> tuple[Answer, ...]:
    """The answers about one document, in checklist order.

    `skip` names questions to leave out; `unread` says why not all pages are among `pages` (partial, timeout). A crash in a
    check is an answer of its own (cause crashed) unless `raise_crashes`.
    """
    tallies = observe(book, pages, survey, skip=skip, raise_crashes=raise_crashes)
    return conclude(book, [tallies], survey, skip=skip, unread=unread, raise_crashes=raise_crashes)


def observe(
    book: Rulebook, pages: Iterable[Page], survey: Survey, *, skip: frozenset[str] = frozenset(), raise_crashes: bool = False
) -> dict[str, Tally]:
    """What all checks saw on these pages, by question. Several workers may each see a part of the document's pages."""
    rules = [rule for rule in book.rules if rule.name not in skip and _runs(rule, survey)]
    tallies = {rule.name: Tally() for rule in rules}
    for page in pages:
        for rule in rules:
            tallies[rule.name].add(observe_page(book, rule, page, survey, raise_crashes))
    return tallies


def conclude(
    book: Rulebook,
    parts: Iterable[Mapping[str, Tally]],
    survey: Survey,
    *,
    skip: frozenset[str] = frozenset(),
    unread: Cause | None = None,
    raise_crashes: bool = False,
) -> tuple[Answer, ...]:
    """The answers that what was observed amounts to; `parts` are what `observe` gave, in any order."""
    merged: dict[str, Tally] = defaultdict(Tally)
    for part in parts:
        for name, tally in part.items():
            merged[name].add(tally)
    for rule in book.rules:
        if rule.name not in skip and _runs(rule, survey):
            merged[rule.name].add(observe_survey(book, rule, survey, raise_crashes))
    return tuple(answer(book, rule, merged[rule.name], survey, skipped=rule.name in skip, unread=unread) for rule in book.rules)


def observe_page(book: Rulebook, rule: Rule, page: Page, survey: Survey, raise_crashes: bool = False) -> Tally:
    """What one check saw on one page, judged."""
    return _collect(book, rule, lambda check: check.on_page(page, survey), "on_page", raise_crashes)


def observe_survey(book: Rulebook, rule: Rule, survey: Survey, raise_crashes: bool = False) -> Tally:
    """What one check saw of the whole document, judged."""
    return _collect(book, rule, lambda check: check.on_survey(survey), "on_survey", raise_crashes)


def answer(
    book: Rulebook,
    rule: Rule,
    tally: Tally,
    survey: Survey,
    *,
    skipped: bool = False,
    unread: Cause | None = None,
) -> Answer:
    """The answer that a question's tally amounts to."""
    if skipped:
        return _plain(rule, "ask", book.sentences["skipped"], "skipped")
    if _blank(survey) and unread is None:
        return _plain(rule, "na", book.sentences["blank"])
    facts = document_facts(survey)
    for case in rule.na:
        if case.when.holds(facts):
            return _plain(rule, "na", case.reason, settled="declared" if case.when.facts & _DECLARED else "measured")

    tongue = language(book.language)
    faults, advice = weighed(book, rule, tally, units_of(rule))
    values = {**_held(rule, tally), **_statistics(rule, tally)}
    values |= {"faults": len(faults), "advice": len(advice), "counted": tally.seen}
    shown: dict[str, Any] = {
        "faults": tuple(faults[:FAULTS]),
        "fault_count": len(faults),
        "advice": tuple(advice[:FAULTS]),
        "advice_count": len(advice),
        "counted": tally.seen,
        "not_looked_at": _not_looked_at(rule, tally, survey),
        "measures": _measures(tally),
    }
    settled: Any = "declared" if is_declared(rule, survey.job) else "measured"

    def say(kind: Any, reason: str, cause: Cause | None = None) -> Answer:
        how: Any = "open" if kind == "ask" else settled
        pages = _pages_open(tally, survey, cause) if kind == "ask" else ()
        return Answer(rule.number, rule.name, rule.question, kind, reason, cause, how, pages_open=pages, **shown)

    if tally.crashed:
        return say("ask", book.sentences["crashed"].format(error=tally.crashed), "crashed")
    if faults:
        return say("no", fill(_no(rule, faults), values, tongue))
    if unread is not None:
        return say("ask", fill(book.sentences[unread], {"error": tongue.text("a page could not be looked at")}, tongue), unread)
    if rule.about == "text" and survey.unreadable:
        return say("ask", book.sentences["unreadable"].format(pages=_page_list(survey.unreadable, tongue)), "unreadable")
    missed = sum(tally.missed.values())
    if missed and (_material(book, rule, missed, tally.seen) or not tally.seen):
        cause, why = min(tally.missed, key=lambda key: (CAUSES.index(key[0]), -tally.missed[key], key[1]))
        sentence = rule.asks.get(why) or rule.asks.get(cause) or book.sentences[cause]
        amount = (
            tongue.counted("{count} letter", "{count} letters", missed)
            if rule.counts == "letters"
            else tongue.counted("{count} place", "{count} places", missed)
        )
        return say("ask", fill(sentence, {**values, "amount": amount}, tongue), cause)
    if not tally.seen:
        return _plain(rule, "na", rule.reasons["na"])
    if advice and "advice" in rule.reasons:
        return say("yes", fill(rule.reasons["advice"], values, tongue))
    return say("yes", fill(rule.reasons["yes"], values, tongue))


def is_declared(rule: Rule, job: Job) -> bool:
    """Whether what answers a question of the print job was declared of it."""
    return any(getattr(job, key.field) not in (None, ()) for key in declaration.KEYS if key.name in rule.declares)


def document_facts(survey: Survey) -> dict[str, Any]:
    """What a rule's [[na]] may ask about the whole document."""
    job = survey.job
    return {
        "kind": job.kind,
        "paper": job.paper,
        "fold": job.fold,
        "binding": job.binding,
        "hand_filled": job.hand_filled,
        "stage": job.stage,
        # Without a layout the most that there may be: a rule that excuses short documents needs to be sure.
        "pages": survey.pages if survey.laid_out else survey.extent.most or None,
        "counted_pages": survey.counted_pages if survey.laid_out else survey.counted_extent.most or None,
        "laid_out": survey.laid_out,
        "letters": survey.letters,
    }


def units_of(rule: Rule) -> Mapping[str, str]:
    """The unit of each measure of a question; empty for one that only a person can answer."""
    units: Mapping[str, str] = getattr(_check(rule.name), "MEASURES", {})
    return units


# --- pass two ------------------------------------------------------------------------------------------------------


def _runs(rule: Rule, survey: Survey) -> bool:
    facts = document_facts(survey)
    return not any(case.when.holds(facts) for case in rule.na)


def _check(name: str) -> ModuleType | None:
    """The check of that name; None for a question that only a person can answer."""
    module = f"clearprint.checks.{name.replace('-', '_')}"
    return sys.modules.get(module) or _imported(module)


@cache  # asked of every page
def _imported(module: str) -> ModuleType | None:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name == module:
            return None
        raise


def _collect(
    book: Rulebook,
    rule: Rule,
    run: Callable[[Any], Iterator[Observation]],
    method: str,
    raise_crashes: bool,
) -> Tally:
    tally = Tally()
    check = _check(rule.name)
    if check is None:
        if method == "on_survey":
            _take(book, rule, {}, tally, Observation.unmeasured("", Place(), "person"))
        return tally
    if not hasattr(check, method):
        return tally
    try:
        for observation in run(check):
            _take(book, rule, check.MEASURES, tally, observation)
    except Exception as error:
        if raise_crashes:
            raise
        tally.crashed = f"{type(error).__name__}: {error}"[:200]
    return tally


def _take(book: Rulebook, rule: Rule, units: Mapping[str, str], tally: Tally, observation: Observation) -> None:
    value = observation.value
    cause = observation.cause
    amount = observation.amount
    if cause in ("estimate", "unmeasured") and value is not None:
        if _settled(book, rule, units, observation):
            cause = None
        else:
            amount = max(1, amount)
    if cause is None and (value is None or (isinstance(value, float) and not math.isfinite(value))):
        cause = "unmeasured"
    if cause is not None:
        if amount:
            key = (cause, observation.why)
            tally.missed[key] = tally.missed.get(key, 0) + amount
            if len(tally.missed_at) < _PLACES_MISSED:
                tally.missed_at.append((observation.place, cause, observation.why))
        return
    assert value is not None
    measure = observation.measure
    if amount:
        tally.seen += amount
        if not isinstance(value, (str, bool)):
            known = tally.values.setdefault(measure, {})
            rounded = round(value, 2)
            known[rounded] = known.get(rounded, 0) + amount
    index = rule.limit_for(measure, observation.facts)
    if index is None:
        return
    tally.held[index] = tally.held.get(index, 0) + 1
    verdict = compare(rule.limits[index], value, *room_of(book, units.get(measure, ""), observation))
    if verdict is not None:
        (tally.faults if verdict[0] == "fault" else tally.advice).append((index, observation))


def _settled(book: Rulebook, rule: Rule, units: Mapping[str, str], observation: Observation) -> bool:
    """Whether an estimate is on one side of the limit, however far off it may be."""
    value, index = observation.value, rule.limit_for(observation.measure, observation.facts)
    if index is None or isinstance(value, str | bool) or value is None:
        return True
    room = book.room.get(units.get(observation.measure, ""), 0.0)
    ends = {compare(rule.limits[index], value + side * observation.error, room) for side in (-1, 1)}
    return len({verdict is not None and verdict[0] == "fault" for verdict in ends}) == 1


# --- from tallies to answers ---------------------------------------------------------------------------------------


def _material(book: Rulebook, rule: Rule, missed: int, seen: int) -> bool:
    enough = book.unmeasured["letters" if rule.counts == "letters" else "elements"]
    return missed >= enough and missed > book.unmeasured["share"] * (seen + missed)


def _not_looked_at(rule: Rule, tally: Tally, survey: Survey) -> tuple[NotLookedAt, ...]:
    seen: dict[tuple[int | None, object, str], NotLookedAt] = {}
    for place, _, why in sorted(tally.missed_at, key=lambda item: place_order(item[0]))[:EXCERPTS]:
        item = NotLookedAt(place.page, place.box, why or "could not be measured")
        seen.setdefault((item.page, item.box, item.reason), item)
    general = survey.not_looked_at if rule.about == "text" else ()
    return (*general[:EXCERPTS], *seen.values())


def _no(rule: Rule, faults: Sequence[Finding]) -> str:
    """The reason for a no: that of the one thing that is wrong everywhere (`no-number-none`), where the rule has one."""
    kinds = {f"no-{fault.measure}-{fault.measured}" for fault in faults}
    return rule.reasons.get(kinds.pop(), rule.reasons["no"]) if len(kinds) == 1 else rule.reasons["no"]


def _held(rule: Rule, tally: Tally) -> dict[str, int]:
    """How many of each measure were looked at, by its name: sentences say `{heading:# heading|# headings}`."""
    counts = dict.fromkeys((limit.measure for limit in rule.limits), 0)
    for index, count in tally.held.items():
        counts[rule.limits[index].measure] += count
    return counts


def _statistics(rule: Rule, tally: Tally) -> dict[str, float]:
    measure = rule.limits[0].measure if rule.limits else ""
    values = tally.values.get(measure) or next(iter(tally.values.values()), {})
    if not values:
        return {}
    ordered = sorted(values)
    return {"least": ordered[0], "most": ordered[-1], "median": _median(values)}


def _median(values: Mapping[float, int]) -> float:
    half = sum(values.values()) / 2
    passed = 0
    for value in sorted(values):
        passed += values[value]
        if passed >= half:
            return value
    return math.nan


def _measures(tally: Tally) -> tuple[str, ...]:
    lines = []
    for measure, values in sorted(tally.values.items()):
        ordered = sorted(values)
        if not ordered:
            continue
        spread = f"{ordered[0]:g} to {ordered[-1]:g}, median {_median(values):g}" if len(ordered) > 1 else f"{ordered[0]:g}"
        lines.append(f"{measure}: {spread}")
    return tuple(lines)


def _plain(rule: Rule, kind: Any, reason: str, cause: Cause | None = None, settled: Any = "measured") -> Answer:
    return Answer(rule.number, rule.name, rule.question, kind, reason, cause, "open" if kind == "ask" else settled)


def _pages_open(tally: Tally, survey: Survey, cause: Cause | None) -> tuple[int, ...]:
    """The pages that leave a question open; none when it is the whole document, or when not all of them are known."""
    if cause not in ("unreadable", "unmeasured"):
        return ()
    missed = [place.page for place, _, _ in tally.missed_at]
    if None in missed or len(missed) >= _PLACES_MISSED:
        return ()
    unread = survey.unreadable if cause == "unreadable" else ()
    return tuple(sorted({*unread, *(page for page in missed if page is not None)}))


def _blank(survey: Survey) -> bool:
    if survey.letters or not survey.states:
        return False
    return all(state == "blank" for _, state in survey.states)


def _page_list(pages: tuple[int, ...], tongue: Language) -> str:
    shown = ", ".join(str(page) for page in pages[:8]) + (" …" if len(pages) > 8 else "")
    return tongue.counted("page {pages}", "pages {pages}", len(pages)).replace("{pages}", shown)
