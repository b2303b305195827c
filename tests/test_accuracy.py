"""How often the answers are right: the README's table, and the labelled documents it was counted on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from benchmarks import accuracy
from benchmarks.accuracy import Case, Outcome
from clearprint.answers import Finding
from clearprint.geometry import Box

EVERY = 30  # documents: one of so many is checked again
MEAN, LEAST, FALSE_YES = 0.99, 0.95, 2  # what holds now; the aims are 0.97, 0.93 and none


def _outcome(label: str, answer: str, **more: Any) -> Outcome:
    return Outcome("a/b.pdf", "typst", "leading", label, answer, **more)


def test_the_table_in_the_readme_is_that_of_the_kept_outcomes() -> None:
    text = accuracy.README.read_text(encoding="utf-8")
    assert accuracy.START in text
    assert accuracy.with_table(text, accuracy.kept()) == text, "run python -m benchmarks.accuracy --write-readme"


def test_kept_outcomes_are_those_of_the_labels_but_for_one_in_a_hundred() -> None:
    kept = {(outcome.path, outcome.question): outcome.label for outcome in accuracy.kept()}
    labels = {
        (case.path.relative_to(accuracy.FIXTURES).as_posix(), question): label
        for case in accuracy.cases()
        for question, label in case.labels.items()
    }
    same = sum(labels.get(key) == label for key, label in kept.items())
    assert same >= 0.99 * max(len(labels), len(kept)), "run python -m benchmarks.accuracy --write-readme"


def _some() -> Sequence[Case]:
    return accuracy.cases()[::EVERY]


def test_checked_again_the_answers_are_those_kept() -> None:
    kept = {(outcome.path, outcome.question): outcome for outcome in accuracy.kept()}
    changed = [
        f"{now.path} {now.question}: {before.answer} then, {now.answer} now"
        for now, _, _ in accuracy.outcomes(_some(), jobs=2)
        if (before := kept[now.path, now.question]).right and not now.right
    ]
    assert not changed, "\n".join(changed)


def test_the_aims_held_so_far_are_kept() -> None:
    found = accuracy.kept()
    scores = {name: accuracy.score(group) for name, group in accuracy.by("question", found).items()}
    assert sum(each.balanced for each in scores.values()) / len(scores) >= MEAN
    assert min(each.balanced for each in scores.values()) >= LEAST
    assert accuracy.score(found).false_yes <= FALSE_YES


def test_scores_are_counted_as_the_page_says() -> None:
    group = [
        _outcome("yes", "na"),
        _outcome("yes", "no"),
        _outcome("na", "ask"),
        _outcome("no", "no"),
        _outcome("no", "yes"),
        _outcome("no", "ask"),
    ]
    score = accuracy.score(group)
    assert (score.yes_right, score.yes_all, score.no_right, score.no_all) == (1, 3, 1, 3)
    assert (score.false_yes, score.asks) == (1, 2)
    assert score.balanced == pytest.approx(1 / 3)
    assert accuracy.precision(score) == pytest.approx(1 / 3)  # the ask on a pass counts as a wrong no


def _finding(**more: Any) -> Finding:
    facts = {
        "measure": "size",
        "page": 1,
        "box": Box(10, 10, 50, 20),
        "excerpt": "Small print here",
        "measured": 9.0,
        "pages": (1,),
    }
    return type("Found", (), {**facts, **more})()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("fault", "found", "boxed", "exact"),
    [
        ({"text": "small print", "box": [0, 0, 20, 15], "measured": 9.01, "within": 0.02}, True, True, True),
        ({"text": "small print", "box": [0, 0, 20, 15], "measured": 9.1, "within": 0.02}, True, True, False),
        ({"text": "small print", "box": [60, 0, 80, 15]}, True, False, False),  # the words of another place
        ({"text": "large print", "box": [0, 0, 20, 15]}, True, False, False),  # the place without its words
        ({"text": "large print", "box": [60, 0, 80, 15]}, False, False, False),
        ({"page": 2, "text": "small print"}, False, False, False),
        ({"measure": "x-height"}, False, False, False),
    ],
)
def test_a_planted_fault_is_found_at_its_place(fault: dict[str, Any], found: bool, boxed: bool, exact: bool) -> None:
    said = accuracy.judged({"question": "type-size", "page": 1, **fault}, [_finding(box=(10, 10, 50, 20))])
    assert (said["found"], said["boxed"], said["exact"]) == (found, boxed, exact)
