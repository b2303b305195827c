"""Matt paper: the finish and weight of the paper, which only a declaration can tell."""

from __future__ import annotations

from collections.abc import Iterator

from clearprint.answers import Observation, seen
from clearprint.model import Place, Survey

MEASURES = {"paper": "word", "weight": "count"}
FACTS = {"both_sides": "yes-no"}


def on_survey(survey: Survey) -> Iterator[Observation]:
    job = survey.job
    if job.paper is None:
        yield Observation.unmeasured("paper", Place(), "undeclared", "undeclared", both_sides=job.both_sides)
    else:
        yield seen("paper", Place(), job.paper, both_sides=job.both_sides)
    if job.paper_weight is not None:
        yield seen("weight", Place(), job.paper_weight, amount=0, both_sides=job.both_sides)
