"""Findings: what a check saw on the wrong side of a limit, in words, with the place and the mend."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from clearprint.answers import Finding, Observation, Tally, Value
from clearprint.colour import passing
from clearprint.languages import language
from clearprint.languages.filling import fill
from clearprint.model import place_order
from clearprint.rulebook import Limit, Rule, Rulebook

EXCERPTS = 200
"""Faults of one question that carry an excerpt; the rest are places and measures, so that a report stays small."""
_EXCERPT_LENGTH = 90
_ADDRESS_LENGTH = 240


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


def room_of(book: Rulebook, unit: str, seen: Observation) -> tuple[float, float]:
    """What a value may be on the wrong side by, and its error. An estimate counts only where its error changes nothing."""
    return book.room.get(unit, 0.0), seen.error if seen.cause is None else 0.0


def weighed(book: Rulebook, rule: Rule, tally: Tally, units: Mapping[str, str]) -> tuple[list[Finding], list[Finding]]:
    """Findings in page order: faults that count, and advice with the faults that are too few to count."""
    by_limit: dict[int, int] = defaultdict(int)
    for index, _ in tally.faults:
        by_limit[index] += 1
    counts = {
        index: rule.limits[index].several.enough(faults, tally.held.get(index, faults)) for index, faults in by_limit.items()
    }
    faults = [pair for pair in tally.faults if counts[pair[0]]]
    advice = [pair for pair in tally.faults if not counts[pair[0]]] + tally.advice
    return _findings(book, rule, faults, units), _findings(book, rule, advice, units)


def _findings(book: Rulebook, rule: Rule, pairs: list[tuple[int, Observation]], units: Mapping[str, str]) -> list[Finding]:
    ordered = sorted(pairs, key=lambda pair: (place_order(pair[1].place), pair[0], repr(pair[1].value)))
    groups: dict[tuple[object, ...], list[tuple[int, Observation]]] = {}
    for number, (index, seen) in enumerate(ordered):
        place = seen.place
        spot = tuple(round(edge) for edge in place.box) if place.box else None
        told = spot is not None and bool(place.text)
        key: tuple[object, ...] = (index, seen.measure, place.text, spot) if told else (number,)
        groups.setdefault(key, []).append((index, seen))
    found: list[Finding] = []
    twins: dict[str, int] = defaultdict(int)
    alike: dict[Any, Any] = {}  # thousands of faults say the same: each sentence is kept once
    for members in groups.values():
        index, seen = members[0]
        pages = sorted({one.place.page for _, one in members if one.place.page is not None})
        found.append(_finding(book, rule, rule.limits[index], seen, tuple(pages), len(found), twins, units, alike))
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
    alike: dict[Any, Any],
) -> Finding:
    value = seen.value
    assert value is not None
    unit = units.get(seen.measure, "")
    verdict, side = compare(limit, value, *room_of(book, unit, seen)) or ("fault", "in")
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
    facts = _plain_facts(seen.facts)
    return Finding(
        measure=seen.measure,
        role=role if isinstance(role, str) else None,
        style=place.style,
        page=pages[0] if pages else None,
        pages=alike.setdefault(pages, pages),
        box=place.box.rounded(1) if place.box else None,
        path=place.path,
        excerpt=excerpt(place.text) if number < EXCERPTS else "",
        measured=round(value, 3) if isinstance(value, float) else value,
        wanted=wanted,
        unit=unit,
        message=alike.setdefault(message, message),
        fix=alike.setdefault(fix, fix),
        basis=limit.basis,
        fingerprint=_fingerprint(rule, seen, role, twins),
        facts=alike.setdefault((facts, *(type(value) for _, value in facts)), facts),  # 1 and True are equal
    )


def excerpt(text: str) -> str:
    """The start of a text on one line, cut at a word, with nothing in it that could steer a terminal.

    A web address that begins it is kept whole, so that it can be copied.
    """
    start = text[: _EXCERPT_LENGTH * 4]
    if not start.isprintable():
        start = "".join([char if char.isprintable() else " " for char in start])
    clean = " ".join(start.split())
    if len(clean) <= _EXCERPT_LENGTH:
        return clean
    head, space, _ = clean[:_EXCERPT_LENGTH].rpartition(" ")
    if len(head) > _EXCERPT_LENGTH // 2:
        return head + " …"
    word = clean[len(head + space) :].partition(" ")[0]
    kept = head + space + word if "/" in word and len(word) <= _ADDRESS_LENGTH else clean[:_EXCERPT_LENGTH]
    return kept if kept == clean else kept + " …"


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


def _first(table: Mapping[str, str], keys: Iterable[str], otherwise: str) -> str:
    return next((table[key] for key in keys if key in table), otherwise)
