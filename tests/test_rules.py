"""The rules and their checks say the same things: names, measures, facts, sentences."""

from __future__ import annotations

import importlib
import string
from pathlib import Path
from types import ModuleType

import pytest

from clearprint.findings import sentence_keys
from clearprint.languages.filling import fill
from clearprint.rulebook import Limit, Rule, load, parse, rules_folder

FOLDER = rules_folder() / "rnib-clear-print"
CHECKS = Path(importlib.import_module("clearprint.checks").__file__ or "").parent
EXAMPLES = {
    "pt": 9.5,
    "mm": 3.2,
    "ratio": 1.1,
    "percent": 12.0,
    "degrees": 4.0,
    "characters": 85.0,
    "count": 3,
    "em": 0.2,
    "ppi": 120.0,
    "weight": 400,
    "word": "picture",
    "yes-no": True,
    "text": "Arial",
    "role": "body",
    "colour": "#777777",
}
WHOLE = {
    "kind": "leaflet",
    "paper": "gloss",
    "fold": "tri",
    "binding": "staple",
    "hand_filled": True,
    "stage": "final",
    "pages": 4,
    "counted_pages": 3,
    "laid_out": True,
    "letters": 900,
}
COUNTED = {"counted": 40, "faults": 2, "advice": 1, "least": 9.0, "most": 12.0, "median": 10.0, "amount": "41 letters"}


def _rules() -> list[Rule]:
    import tomllib

    return [parse(tomllib.loads(path.read_text(encoding="utf-8")), path) for path in sorted(FOLDER.glob("[0-9]*.toml"))]


RULES = _rules()
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def _check(rule: Rule) -> ModuleType:
    return importlib.import_module(f"clearprint.checks.{rule.name.replace('-', '_')}")


def _used(sentence: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(sentence) if name}


def _sides(limit: Limit) -> list[tuple[str, str, object]]:
    """Every way a value can stand to a limit: verdict, side, an example of such a value."""
    ways: list[tuple[str, str, object]] = []
    for verdict in ("fault", "advice"):
        for side in ("below", "above"):
            if getattr(limit, f"{verdict}_{side}") is not None:
                ways.append((verdict, side, 1.0))
        ways += [(verdict, "in", value) for value in getattr(limit, f"{verdict}_in")]
    return ways


def test_the_checklist_has_27_questions_numbered_in_order() -> None:
    book = load()
    assert [rule.number for rule in book.rules] == list(range(1, 28))
    assert all(rule.question.endswith("?") for rule in book.rules)


def test_every_check_has_a_rule() -> None:
    checks = {path.stem.replace("_", "-") for path in CHECKS.glob("*.py") if not path.stem.startswith("_")}
    assert checks == {rule.name for rule in RULES}


@each_rule
def test_a_check_names_its_measures_and_facts(rule: Rule) -> None:
    check = _check(rule)
    assert hasattr(check, "on_page") or hasattr(check, "on_survey")
    assert {limit.measure for limit in rule.limits} == set(check.MEASURES)
    asked = {fact for limit in rule.limits for fact in limit.when.facts} - rule.define.keys()
    asked |= {fact for conditions in rule.define.values() for condition in conditions for fact in condition.facts}
    assert asked <= set(check.FACTS), f"not passed by the check: {asked - set(check.FACTS)}"
    for unit in (*check.MEASURES.values(), *check.FACTS.values()):
        assert unit in EXAMPLES, f"unknown unit {unit!r}"


@each_rule
def test_conditions_on_the_whole_document_are_known(rule: Rule) -> None:
    assert {fact for case in rule.na for fact in case.when.facts} <= set(WHOLE)
    assert all(case.reason.endswith(".") for case in rule.na)


@each_rule
def test_every_way_to_fail_has_a_sentence_and_a_fix(rule: Rule) -> None:
    check = _check(rule)
    for limit in rule.limits:
        for verdict, side, value in _sides(limit):
            keys = sentence_keys(limit, verdict, side, value)  # type: ignore[arg-type]
            sentence = next((rule.messages[key] for key in keys if key in rule.messages), None)
            assert sentence is not None, f"{rule.name}: no sentence among {keys}"
            plain = tuple(key.removeprefix("advice-") for key in keys)
            fix = next((rule.fixes[key] for key in keys + plain if key in rule.fixes), rule.advice)
            known = {name: EXAMPLES[unit] for name, unit in check.FACTS.items()}
            bound = getattr(limit, f"{verdict}_{side}") if side != "in" else None
            known |= {"value": value if side == "in" else EXAMPLES[check.MEASURES[limit.measure]]}
            known |= {"passing": EXAMPLES["colour"]} if {"ink", "behind"} <= set(check.FACTS) else {}
            known |= {"unit": check.MEASURES[limit.measure]} | ({} if bound is None else {"limit": bound})
            for text in (sentence, fix):
                assert _used(text) <= set(known), f"{rule.name}: {text!r} uses {_used(text) - set(known)}"
                assert fill(text, known).endswith((".", "?", ":")) or "\n" in text


@each_rule
def test_no_sentence_is_left_over(rule: Rule) -> None:
    wanted: set[str] = set()
    for limit in rule.limits:
        for verdict, side, value in _sides(limit):
            keys = sentence_keys(limit, verdict, side, value)  # type: ignore[arg-type]
            wanted |= {*keys, *(key.removeprefix("advice-") for key in keys)}
    assert set(rule.messages) <= wanted, f"never said: {set(rule.messages) - wanted}"
    assert set(rule.fixes) <= wanted, f"never said: {set(rule.fixes) - wanted}"


@each_rule
def test_reasons_and_asks_can_be_filled(rule: Rule) -> None:
    assert {"yes", "na"} <= set(rule.reasons)
    if any(limit.fault_in or limit.fault_below is not None or limit.fault_above is not None for limit in rule.limits):
        assert "no" in rule.reasons
    counted = {**{limit.measure: 3 for limit in rule.limits}, **COUNTED}
    for sentence in (*rule.reasons.values(), *rule.asks.values()):
        assert _used(sentence) <= set(counted), f"{rule.name}: {sentence!r}"
        assert fill(sentence, counted).endswith((".", "?", ")"))


@each_rule
def test_limits_say_whose_they_are(rule: Rule) -> None:
    for limit in rule.limits:
        assert limit.because.endswith("."), limit
        if limit.fault_below is not None and limit.advice_below is not None:
            assert limit.advice_below >= limit.fault_below
        if limit.fault_above is not None and limit.advice_above is not None:
            assert limit.advice_above <= limit.fault_above
    names = [(limit.measure, limit.name) for limit in rule.limits]
    assert len(names) == len(set(names)), "two limits of one measure need names"


@each_rule
def test_advice_can_be_acted_on_in_the_three_programs(rule: Rule) -> None:
    for program in ("InDesign", "Word", "LibreOffice"):
        assert program in rule.advice, f"{rule.name}: nothing about {program}"
