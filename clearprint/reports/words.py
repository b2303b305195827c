"""What every report for people shares whatever its language: symbols, the worst places, what is open, inert text."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from clearprint import lazily
from clearprint.answers import VALUE, Answer, Finding, Report, Settle
from clearprint.records import record

SYMBOLS = {"yes": "✓", "no": "✗", "na": "–", "ask": "?"}
WORST = 3
"""Places shown under each `no` where there is no room for all."""
_COMMAND = lazily.compile(r"(?m)^(\s*)::")


def worst(faults: Sequence[Finding], count: int = WORST) -> list[Finding]:
    """A few places, one of each style first: a style is mended once."""
    first: dict[tuple[str, str], Finding] = {}
    for finding in faults:
        first.setdefault((finding.measure, finding.style), finding)
    chosen = list(first.values())[:count]
    taken = {id(finding) for finding in chosen}
    return chosen + [finding for finding in faults if id(finding) not in taken][: count - len(chosen)]


@record
class ToDo:
    """Open answers that have one reason, and what would settle them."""

    answers: tuple[Answer, ...]
    reason: str
    settle: Settle | None  # None where nothing but a better file or more time does


def to_do(report: Report) -> list[ToDo]:
    """What is still open of a document, in checklist order: one page that cannot be read leaves many questions open."""
    by_reason: dict[str, list[Answer]] = {}
    for answer in report.answers:
        if answer.answer == "ask" and answer.cause != "skipped":
            by_reason.setdefault(answer.reason, []).append(answer)
    result = []
    for reason, answers in by_reason.items():
        settle = answers[0].settle
        if settle is not None and len(answers) > 1:
            settle = Settle(declare(report.path))
        result.append(ToDo(tuple(answers), reason, settle))
    return result


def declare(path: str) -> str:
    """The command that asks for all that is open of a document, one question after the other."""
    return f"clearprint declare {shlex.quote(path)}"


def command(answer: Answer) -> str:
    """What settles an open answer, for a log: the command and what VALUE in it may be. Empty where nothing does."""
    settle = answer.settle
    if settle is None:
        return ""
    return f"{settle.command} ({VALUE}: {', '.join(settle.choices)})" if settle.choices else settle.command


def safe(text: str) -> str:
    """Text of a document with nothing in it that could steer a terminal, turn the reading direction or command a build server.

    `##[` starts a command of GitHub's and Azure's runners wherever it stands in a line.
    """
    return "".join(char if char.isprintable() else " " for char in text).replace("##[", "## [")


def inert(text: str) -> str:
    """Lines for a log in which none starts with `::`, which GitHub's runner would take for a command."""
    return _COMMAND.sub(r"\1: :", text)
