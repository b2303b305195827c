"""The judge: observations held against the rulebook's limits, one Answer a question. No file is opened here.

Pass two of a document: every page (with its roles assigned) goes through every check once; tallies of pages merge in any
order; `answers` turns the merged tallies into the 27 answers.
"""

from __future__ import annotations

import hashlib
import importlib
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from clearprint import declaration
from clearprint.answers import CAUSES, Answer, Cause, Finding, Observation, Tally, Value
from clearprint.colour import passing
from clearprint.languages import Language, language
from clearprint.languages.filling import fill
from clearprint.model import Job, NotLookedAt, Page, Place, Survey, place_order
from clearprint.rulebook import Limit, Rule, Rulebook

EXCERPTS = 200
"""Faults of one question that carry an excerpt; the rest are places and measures, so that a report stays small."""
FAULTS = 20_000
"""Faults of one question that are kept; more are counted and said."""
_PLACES_MISSED = 1_000
_DECLARED = frozenset({"kind", "paper", "fold", "binding", "hand_filled", "stage"})  # of what [[na]] may ask
_EXCERPT_LENGTH = 90


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
    if rule.needs == "layout" and not survey.laid_out:
        return _plain(rule, "ask", rule.asks.get("estimate", book.sentences["estimate"]), "estimate")

    tongue = language(book.language)
    faults, advice = _weighed(book, rule, tally)
    values = {**_statistics(rule, tally), "faults": len(faults), "advice": len(advice), "counted": tally.seen}
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
        return say("no", fill(rule.reasons["no"], values, tongue))
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
        "pages": survey.pages if survey.laid_out else None,
        "counted_pages": survey.counted_pages if survey.laid_out else None,
        "laid_out": survey.laid_out,
        "letters": survey.letters,
    }


def compare(limit: Limit, value: Value, room: float, error: float = 0.0) -> tuple[str, str] | None:
    """How a value stands to a limit: ("fault"|"advice"|"at-limit", "below"|"above"|"in"), None when it is well.

    An exact limit gives no room but to the measuring error.
    """
    if isinstance(value, str | bool):
        if value in limit.fault_in:
            return "fault", "in"
        return ("advice", "in") if value in limit.advice_in else None
    room = error if limit.exact else room + error + 1e-9
    if limit.fault_below is not None and value < limit.fault_below:
        return ("fault" if limit.fault_below - value > room else "at-limit"), "below"
    if limit.fault_above is not None and value > limit.fault_above:
        return ("fault" if value - limit.fault_above > room else "at-limit"), "above"
    if limit.advice_below is not None and limit.advice_below - value > room:
        return "advice", "below"
    if limit.advice_above is not None and value - limit.advice_above > room:
        return "advice", "above"
    return None


def sentence_keys(limit: Limit, verdict: str, side: str, value: Value) -> tuple[str, ...]:
    """Where a finding's sentence is looked up in [messages] and [fixes], most special first."""
    own = limit.message if verdict != "advice" else limit.advice_message
    start = "advice-" if verdict == "advice" else ""
    plain = (f"{limit.measure}-{value}".lower(), f"{limit.measure}-{side}")
    return ((own,) if own else ()) + tuple(start + key for key in plain)


def units_of(rule: Rule) -> Mapping[str, str]:
    """The unit of each measure of a question; empty for one that only a person can answer."""
    units: Mapping[str, str] = getattr(_check(rule.name), "MEASURES", {})
    return units


# --- pass two ------------------------------------------------------------------------------------------------------


def _runs(rule: Rule, survey: Survey) -> bool:
    if rule.needs == "layout" and not survey.laid_out:
        return False
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
    if cause == "estimate" and value is not None:
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
    verdict = compare(rule.limits[index], value, *_room(book, units.get(measure, ""), observation))
    if verdict is not None:
        (tally.faults if verdict[0] == "fault" else tally.advice).append((index, observation))


def _room(book: Rulebook, unit: str, seen: Observation) -> tuple[float, float]:
    """What a value may be on the wrong side by, and its error. An estimate counts only where its error changes nothing."""
    return book.room.get(unit, 0.0), seen.error if seen.cause is None else 0.0


def _settled(book: Rulebook, rule: Rule, units: Mapping[str, str], observation: Observation) -> bool:
    """Whether an estimate is on one side of the limit, however far off it may be."""
    value, index = observation.value, rule.limit_for(observation.measure, observation.facts)
    if index is None or isinstance(value, str | bool) or value is None:
        return True
    room = book.room.get(units.get(observation.measure, ""), 0.0)
    ends = {compare(rule.limits[index], value + side * observation.error, room) for side in (-1, 1)}
    return len({verdict is not None and verdict[0] == "fault" for verdict in ends}) == 1


# --- from tallies to answers ---------------------------------------------------------------------------------------


def _weighed(book: Rulebook, rule: Rule, tally: Tally) -> tuple[list[Finding], list[Finding]]:
    """Findings in page order: faults that count, and advice with the faults that are too few to count."""
    by_limit: dict[int, int] = defaultdict(int)
    for index, _ in tally.faults:
        by_limit[index] += 1
    counts = {
        index: rule.limits[index].several.enough(faults, tally.held.get(index, faults)) for index, faults in by_limit.items()
    }
    faults = [pair for pair in tally.faults if counts[pair[0]]]
    advice = [pair for pair in tally.faults if not counts[pair[0]]] + tally.advice
    return _findings(book, rule, faults), _findings(book, rule, advice)


def _findings(book: Rulebook, rule: Rule, pairs: list[tuple[int, Observation]]) -> list[Finding]:
    ordered = sorted(pairs, key=lambda pair: (place_order(pair[1].place), pair[0], repr(pair[1].value)))
    groups: dict[tuple[object, ...], list[tuple[int, Observation]]] = {}
    for number, (index, seen) in enumerate(ordered):
        place = seen.place
        spot = tuple(round(edge) for edge in place.box) if place.box else None
        alike = spot is not None and bool(place.text)
        key: tuple[object, ...] = (index, seen.measure, place.text, spot) if alike else (number,)
        groups.setdefault(key, []).append((index, seen))
    found: list[Finding] = []
    twins: dict[str, int] = defaultdict(int)
    units = units_of(rule)
    for members in groups.values():
        index, seen = members[0]
        pages = sorted({one.place.page for _, one in members if one.place.page is not None})
        found.append(_finding(book, rule, rule.limits[index], seen, tuple(pages), len(found), twins, units))
    return found


def _finding(
    book: Rulebook,
    rule: Rule,
    limit: Limit,
    seen: Observation,
    pages: tuple[int, ...],
    number: int,
    twins: dict[str, int],
    units: Mapping[str, str],
) -> Finding:
    value = seen.value
    assert value is not None
    unit = units.get(seen.measure, "")
    verdict, side = compare(limit, value, *_room(book, unit, seen)) or ("fault", "in")
    bounds: dict[str, Value | None] = {
        "below": limit.advice_below if verdict == "advice" else limit.fault_below,
        "above": limit.advice_above if verdict == "advice" else limit.fault_above,
        "in": None,
    }
    wanted = bounds[side]
    words = {**seen.facts, "value": value, "limit": wanted, "unit": unit}
    ink, behind = seen.facts.get("ink"), seen.facts.get("behind")
    if isinstance(ink, str) and isinstance(behind, str) and isinstance(wanted, int | float):
        words["passing"] = passing(ink, behind, wanted)
    keys = sentence_keys(limit, verdict, side, value)
    tongue = language(book.language)
    message = fill(_first(rule.messages, keys, rule.title), words, tongue)
    if verdict == "at-limit":
        message = fill(book.sentences["at-limit"], {"message": message, "value": value}, tongue)
    plain = tuple(key.removeprefix("advice-") for key in keys)
    fix = fill(_first(rule.fixes, keys + plain, rule.advice), words, tongue)
    place = seen.place
    role = seen.facts.get("role")
    return Finding(
        measure=seen.measure,
        role=role if isinstance(role, str) else None,
        style=place.style,
        page=pages[0] if pages else None,
        pages=pages,
        box=place.box.rounded(1) if place.box else None,
        path=place.path,
        excerpt=excerpt(place.text) if number < EXCERPTS else "",
        measured=round(value, 3) if isinstance(value, float) else value,
        wanted=wanted,
        unit=unit,
        message=message,
        fix=fix,
        basis=limit.basis,
        fingerprint=_fingerprint(rule, seen, role, twins),
        facts=_plain_facts(seen.facts),
    )


def excerpt(text: str) -> str:
    """The start of a text on one line, cut at a word, with nothing in it that could steer a terminal."""
    start = text[: _EXCERPT_LENGTH * 4]
    if not start.isprintable():
        start = "".join([char if char.isprintable() else " " for char in start])
    clean = " ".join(start.split())
    if len(clean) <= _EXCERPT_LENGTH:
        return clean
    cut = clean[:_EXCERPT_LENGTH].rsplit(" ", 1)[0]
    return (cut if len(cut) > _EXCERPT_LENGTH // 2 else clean[:_EXCERPT_LENGTH]) + " …"


def _fingerprint(rule: Rule, seen: Observation, role: object, twins: dict[str, int]) -> str:
    place = seen.place
    parts = (rule.name, seen.measure, str(role or ""), place.text, place.before, place.after, place.digest)
    text = "\x1f".join(" ".join(part.split()).casefold() for part in parts)
    digest = hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
    twins[digest] += 1
    return digest if twins[digest] == 1 else f"{digest}-{twins[digest]}"


def _plain_facts(facts: Mapping[str, Any]) -> tuple[tuple[str, str | float | bool], ...]:
    return tuple(
        (key, round(value, 3) if isinstance(value, float) else value)
        for key, value in sorted(facts.items())
        if isinstance(value, str | bool | int | float) and key != "role"
    )


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


def _first(table: Mapping[str, str], keys: Iterable[str], otherwise: str) -> str:
    return next((table[key] for key in keys if key in table), otherwise)
