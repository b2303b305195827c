"""What fails a gate: which answers, and the exit code of a run. README.md lists the codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from clearprint.answers import Answer, Report
from clearprint.baseline import all_known

DIED = "crashed"
_GRAVE = ("timeout", "partial")  # part of the document was not seen: never a green gate where the unreadable fails


def fails(answer: Answer, fail_on: Sequence[str]) -> bool:
    """Whether the gate fails on this answer. `fail_on` as in settings.FAIL_ON."""
    if answer.cause == "skipped":
        return False
    if answer.answer == "no":
        if "overruled" in fail_on and (answer.overruled or any(item.status == "overruled" for item in answer.faults)):
            return True
        return ("no" in fail_on or "any" in fail_on) and not all_known(answer)
    if answer.answer == "ask" and answer.reopened and "stale" in fail_on:
        return True
    if answer.answer == "ask":
        return "any" in fail_on or answer.cause in fail_on or (answer.cause in _GRAVE and "unreadable" in fail_on)
    return False


def exit_code(reports: Sequence[Report], fails: Callable[[Report, Answer], bool], *, exit_zero: bool = False) -> int:
    """The highest code that any of the reports calls for; `fails` says whether the gate fails on an answer of a report."""
    code = 0
    for report in reports:
        if report.error is not None:
            code = max(code, 3 if report.error.code == DIED else 2)
        if any(answer.cause == DIED for answer in report.answers):
            code = max(code, 3)
        if not exit_zero and any(fails(report, answer) for answer in report.answers):
            code = max(code, 1)
    return code
