"""Room to write by hand."""

from __future__ import annotations

from typing import Any

import pytest

from clearprint.geometry import Box
from clearprint.model import Field, Job
from tests.checks.judged import faults, hints, judged
from tests.checks.whole import mm, whole
from tests.handmade import TEXT, Document, page, para


def _form(*fields: Field, **job: Any) -> Document:
    return whole(page(para(TEXT), fields=fields), job=Job(**job))


def _field(kind: Any, height: float | None = 12, width: float | None = 80, **facts: Any) -> Field:
    points = (None if height is None else mm(height), None if width is None else mm(width))
    return Field(kind, Box(72, 100, 300, 130), *points, label="Name", page=1, **facts)


@pytest.mark.parametrize("kind", ["line", "text", "cell", "signature"])
@pytest.mark.parametrize(("height", "answer", "advice"), [(6, "no", 0), (7.9, "yes", 1), (9, "yes", 1), (12, "yes", 0)])
def test_room_to_write(kind: str, height: float, answer: str, advice: int) -> None:
    found = judged("writing-space", _form(_field(kind, height)))
    assert (found.answer, len(found.advice)) == (answer, advice)


def test_a_line_is_spoken_of_as_a_line() -> None:
    assert "above this line" in judged("writing-space", _form(_field("line", 5))).faults[0].message
    assert "place to write" in judged("writing-space", _form(_field("text", 5))).faults[0].message


def test_signatures_tick_boxes_and_combs_have_limits_of_their_own() -> None:
    assert hints(judged("writing-space", _form(_field("signature", 12, 40)))) == [("signature", 40.0)]
    assert hints(judged("writing-space", _form(_field("tick", 4, 3)))) == [("tick", 3.0)]
    assert judged("writing-space", _form(_field("tick", 5, 5))).advice == ()
    assert hints(judged("writing-space", _form(_field("comb", 7, 40, cells=10)))) == [("comb", 4.0)]


def test_an_unknown_height_is_asked_unless_a_fault_is_proven() -> None:
    found = judged("writing-space", _form(_field("line", None)))
    assert (found.answer, found.cause) == ("ask", "unmeasured")
    assert faults(judged("writing-space", _form(_field("line", None), _field("line", 4)))) == [("height", 4.0)]


def test_nowhere_to_write_or_nobody_who_writes_is_not_applicable() -> None:
    assert judged("writing-space", _form()).answer == "na"
    assert judged("writing-space", _form(_field("line", 4), hand_filled=False)).answer == "na"
    assert judged("writing-space", _form(_field("line", 4), hand_filled=True)).answer == "no"
