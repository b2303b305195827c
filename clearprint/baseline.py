"""Known faults: what a house lives with for now, so that the gate fails only on what is new or has become worse.

A file of fingerprints, which are about content: a known fault stays known when its page changes. What was measured is kept too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from clearprint.answers import Answer, Finding, Report, Value
from clearprint.errors import BadSettings
from clearprint.records import record

SCHEMA = "clearprint-baseline/1"
_LET_BE = ("known", "overruled")
Known = Mapping[str, Mapping[str, Value]]
"""What was measured, by question and fingerprint."""


@record
class Baseline:
    """The known faults by document, whose paths begin in the folder `root`."""

    documents: Mapping[str, Known]
    root: Path

    def of(self, path: str) -> Known:
        """What is known of the document at that path."""
        return self.documents.get(within(path, self.root), {})

    def held(self, report: Report, room: Mapping[str, float]) -> Report:
        """The report with each fault marked new, known or worse. `room` is what measuring may be off by, by unit."""
        known = self.of(report.path)
        answers = tuple(_held(answer, known.get(answer.name, {}), room) for answer in report.answers)
        return replace(report, answers=answers) if known else report

    def mended(self, report: Report) -> int:
        """How many known faults of a document are gone, among the questions that were asked."""
        count = 0
        for answer in report.answers:
            known = self.of(report.path).get(answer.name, {})
            if answer.cause is None:
                count += len(known.keys() - {finding.fingerprint for finding in answer.faults})
        return count


def read(path: Path) -> Baseline:
    """A baseline file. BadSettings when it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadSettings(f"There is no baseline {str(path)!r}. `clearprint baseline PATH… -o FILE` writes one.") from None
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSettings(
            f"{path}: this baseline cannot be read ({reason}). Write it anew with clearprint baseline."
        ) from error
    if not _is_baseline(data):
        raise BadSettings(f"{path}: this is no baseline of clearprint. `clearprint baseline PATH… -o FILE` writes one.")
    return Baseline(data["documents"], Path(os.path.abspath(path)).parent)


def written(reports: Iterable[Report], root: Path) -> str:
    """The faults of those reports as the text of a baseline file in the folder `root`. Documents in order of their paths."""
    documents = {}
    for report in reports:
        known = {
            answer.name: {finding.fingerprint: finding.measured for finding in answer.faults}
            for answer in report.answers
            if answer.faults and answer.fault_count == len(answer.faults)
        }
        if known:
            documents[within(report.path, root)] = known
    data = {"schema": SCHEMA, "documents": dict(sorted(documents.items()))}
    return json.dumps(data, indent=1, ensure_ascii=True) + "\n"


def within(path: str, root: Path) -> str:
    """A document's path as a baseline in that folder writes it: with slashes on every system."""
    whole = os.path.abspath(path)
    try:
        return Path(os.path.relpath(whole, root)).as_posix()
    except ValueError:  # on another drive
        return Path(whole).as_posix()


def all_known(answer: Answer) -> bool:
    """Whether nothing of a `no` is news: every fault is known, or overruled by a person."""
    complete = bool(answer.faults) and len(answer.faults) == answer.fault_count
    return answer.is_overruled or (complete and all(finding.status in _LET_BE for finding in answer.faults))


def known_count(answer: Answer) -> int:
    """How many faults of an answer are known."""
    return sum(finding.status == "known" for finding in answer.faults)


def new_first(answer: Answer) -> list[Finding]:
    """The faults of an answer, the known and the overruled ones last."""
    return sorted(answer.faults, key=lambda finding: finding.status in _LET_BE)


def _held(answer: Answer, known: Mapping[str, Value], room: Mapping[str, float]) -> Answer:
    if not known or not answer.faults:
        return answer
    return replace(answer, faults=tuple(_marked(finding, known, room.get(finding.unit, 0.0)) for finding in answer.faults))


def _marked(finding: Finding, known: Mapping[str, Value], room: float) -> Finding:
    if finding.fingerprint not in known or finding.status == "overruled":
        return finding
    return replace(finding, status="worse" if is_worse(finding, known[finding.fingerprint], room) else "known")


def is_worse(finding: Finding, before: Value, room: float) -> bool:
    """Whether what is measured now is farther from what is wanted than before, by more than room."""
    now, wanted = finding.measured, finding.wanted
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (now, before, wanted))
    if not numbers:
        return now != before
    assert not isinstance(now, str)
    assert not isinstance(before, str)
    assert not isinstance(wanted, str | None)
    return before - now > room if now < wanted else now - before > room


def _is_baseline(data: Any) -> bool:
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("documents"), dict):
        return False
    return all(
        isinstance(questions, dict)
        and all(
            isinstance(known, dict) and all(isinstance(value, str | int | float) for value in known.values())
            for known in questions.values()
        )
        for questions in data["documents"].values()
    )
