"""One question judged over hand-made pages, and the observations of its check."""

from __future__ import annotations

import importlib
from functools import cache

from clearprint.answers import Answer, Observation, merge_tallies
from clearprint.engine import answer, observe_page, observe_survey
from clearprint.rulebook import Rule, Rulebook, _read, parse, rules_folder
from tests.handmade import Document

FOLDER = rules_folder() / "rnib-clear-print"


@cache
def rule(name: str) -> Rule:
    """The rule of that name, read alone."""
    (path,) = FOLDER.glob(f"[0-9][0-9]-{name}.toml")
    return parse(_read(path), path)


@cache
def _book(name: str) -> Rulebook:
    head = _read(FOLDER / "checklist.toml")
    return Rulebook(**{**head, "rules": (rule(name),)})


def judged(name: str, document: Document) -> Answer:
    """The answer to one question about a document."""
    book = _book(name)
    tallies = [observe_page(book, rule(name), page, document.survey, True) for page in document.pages]
    tallies.append(observe_survey(book, rule(name), document.survey, True))
    return answer(book, rule(name), merge_tallies(tallies), document.survey)


def observed(name: str, document: Document) -> list[Observation]:
    """What the check of that name sees, page by page and then of the whole."""
    check = importlib.import_module(f"clearprint.checks.{name.replace('-', '_')}")
    seen: list[Observation] = []
    for page in document.pages:
        seen += check.on_page(page, document.survey) if hasattr(check, "on_page") else ()
    return seen + list(check.on_survey(document.survey) if hasattr(check, "on_survey") else ())


def faults(found: Answer) -> list[tuple[str, object]]:
    """Measure and value of each fault."""
    return [(item.measure, item.measured) for item in found.faults]


def hints(found: Answer) -> list[tuple[str, object]]:
    """Measure and value of each piece of advice."""
    return [(item.measure, item.measured) for item in found.advice]
