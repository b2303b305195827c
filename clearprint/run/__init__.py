"""Paths in, reports out: finding documents, isolation in workers, time limits, pictures."""

from __future__ import annotations

from clearprint.run.api import check, pairs
from clearprint.run.find import find
from clearprint.run.pool import check_many
from clearprint.run.results import Results, View
from clearprint.run.tasks import Asked, Planner
from clearprint.run.typeset import check_all
from clearprint.run.work import Checked, Options, Task, check_document, room_for_pictures

__all__ = [
    "Asked",
    "Checked",
    "Options",
    "Planner",
    "Results",
    "Task",
    "View",
    "check",
    "check_all",
    "check_document",
    "check_many",
    "find",
    "pairs",
    "room_for_pictures",
]
