"""How often the answers about Word files are right, by writer: on those of `fixtures/labelled_word`, without LibreOffice."""

from __future__ import annotations

import json

import pytest

from benchmarks import accuracy
from benchmarks.accuracy import Outcome
from fixtures.labelled_word.build import HERE, NAMES
from fixtures.labelled_word.documents import DOCUMENTS

EVERY = 4  # documents: one of so many is checked here; `python -m benchmarks.accuracy --word` checks all
MEAN, LEAST = 0.96, 0.90


@pytest.fixture(scope="module")
def found() -> list[Outcome]:
    return [outcome for outcome, _, _ in accuracy.outcomes(accuracy.word_cases()[::EVERY], jobs=2)]


def test_labels_are_those_of_the_documents() -> None:
    labels = {f"{document.name}.docx": document.labels for document in DOCUMENTS}
    for name in NAMES:
        table = json.loads((HERE / name / "labels.json").read_text(encoding="utf-8"))
        assert {file: entry["labels"] for file, entry in table.items()}.items() <= labels.items()
        assert len(table) >= 0.9 * len(labels)


def test_every_question_is_answered_rightly_by_every_writer(found: list[Outcome]) -> None:
    scores = [accuracy.score(group).balanced for group in accuracy.by("question", found).values()]
    assert sum(scores) / len(scores) >= MEAN
    assert min(scores) >= LEAST
    assert min(accuracy.score(group).balanced for group in accuracy.by("producer", found).values()) >= MEAN
    assert accuracy.score(found).false_yes == 0
