"""What GitHub Actions shows: annotations (workflow commands for standard output) and a job summary in Markdown.

Of one step GitHub keeps 10 annotations a level, and of its summary 1 MiB or nothing at all: what is left out here is said.
Sources: docs.github.com, "Workflow commands for GitHub Actions"; problem-matchers.md of github.com/actions/toolkit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clearprint.answers import Answer, Finding, Report
from clearprint.baseline import all_known, new_first
from clearprint.reports import Run
from clearprint.reports.words import LONG, SYMBOLS, judged_by, safe, verdict_sentence, where, worst

ANNOTATIONS = 10
"""Annotations a level that GitHub keeps of one step."""
SUMMARY = 2**20
"""Bytes that the summary of one step may have."""
_NOTE = 400  # bytes kept free for saying what was left out
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~@&$]|:(?=\S))")  # :name: is a picture, http: a link


# --- annotations ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Annotation:
    level: str  # error, warning, notice
    rank: int  # in its document: the first of every document comes before the second of any
    path: str
    title: str
    message: str


def commands(run: Run) -> str:
    """Workflow commands, one a line: an error for all that fails, a warning for a `no` that does not; open with `verbose`."""
    found = sorted(_annotations(run), key=lambda item: item.rank)
    lines = []
    for level in ("error", "warning", "notice"):
        wanted = [item for item in found if item.level == level]
        kept = wanted if len(wanted) <= ANNOTATIONS else wanted[: ANNOTATIONS - 1]
        lines += [_command(run, item) for item in kept]
        if len(wanted) > len(kept):
            text = f"{len(wanted) - len(kept)} more are not shown here: GitHub keeps {ANNOTATIONS}. The job summary lists them."
            lines.append(f"::{level} title=clearprint::{_data(text)}")
    return "".join(line + "\n" for line in lines)


def _annotations(run: Run) -> Iterator[_Annotation]:
    titles = {rule.name: rule.title for rule in run.book.rules}
    for report in run.reports:
        if report.error is not None:
            yield _Annotation("error", -1, report.path, "Could not be checked", report.error.message)
        rank = 0
        opened: dict[tuple[str, str | None], list[Answer]] = {}
        for answer in report.answers:
            fails = run.fails(report, answer)
            if _is_new(answer) or (fails and answer.answer == "no"):
                level = "error" if fails else "warning"
                yield _Annotation(level, rank, report.path, titles.get(answer.name, answer.name), _no(answer))
                rank += 1
            elif answer.answer == "ask" and (fails or (run.verbose and answer.cause != "skipped")):
                opened.setdefault(("error" if fails else "notice", answer.cause), []).append(answer)
        for (level, cause), answers in opened.items():  # one page that cannot be read leaves many questions open
            names = ", ".join(titles.get(answer.name, answer.name) for answer in answers)
            title = f"{len(answers)} not answered ({cause})"
            yield _Annotation(level, rank, report.path, title, f"{answers[0].reason} This leaves open: {names}.")
            rank += 1


def _is_new(answer: Answer) -> bool:
    """A `no` that no baseline knows all places of: it is told even where the gate lets it through."""
    return answer.answer == "no" and not all_known(answer)


def _no(answer: Answer) -> str:
    if not answer.faults:
        return answer.reason
    first = new_first(answer)[0]
    more = answer.fault_count - 1
    text = f"{_place(first)}{first.message} Mend: {first.fix}"
    return f"{text} And {more} more place{'s' if more != 1 else ''}." if more > 0 else text


def _place(finding: Finding) -> str:
    quoted = f" “{finding.excerpt}”" if finding.excerpt else ""
    return f"{where(finding).capitalize() if finding.page else where(finding)}{quoted}: "


def _command(run: Run, item: _Annotation) -> str:
    inside = run.tree.within(item.path)
    fields = [f"file={_property(inside)}"] if not inside.startswith(("/", "../")) and ":" not in inside[1:2] else []
    fields.append(f"title={_property(item.title)}")
    text = item.message if item.path in item.message else f"{item.path}: {item.message}"
    return f"::{item.level} {','.join(fields)}::{_data(text)}"


def _data(text: str) -> str:
    return safe(" ".join(text.split())).replace("%", "%25")


def _property(text: str) -> str:
    return safe(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


# --- summary ----------------------------------------------------------------------------------------------------------------


def summary(run: Run, room: int = SUMMARY) -> str:
    """The job summary: an overview, then what fails in each document. At most `room` bytes; what was left out is said.

    Empty when there is no room to say anything.
    """
    left = room - _NOTE
    if left < _NOTE:
        return ""
    parts: list[str] = []

    def add(part: str) -> bool:
        nonlocal left
        size = len(part.encode("utf-8", "replace"))
        if size > left:
            return False
        parts.append(part)
        left -= size
        return True

    failing: list[Report] = []
    passing: list[Report] = []
    for report in run.reports:
        fails = report.error is not None or any(run.fails(report, answer) for answer in report.answers)
        (failing if fails else passing).append(report)
    listed = [*failing, *(report for report in passing if any(_is_new(answer) for answer in report.answers))]
    count = len(run.reports)
    add(f"## clearprint: {_headline(len(failing), count)}\n\n")
    add("| Document | Pages | Gate | No | Open | Yes | Not applicable |\n|---|--:|---|--:|--:|--:|--:|\n")
    rows = sum(add(_row(run, report)) for report in (*failing, *passing))
    told = sum(add(_document(run, report)) for report in listed)
    missing = []
    if rows < count:
        missing.append(f"{count - rows} of {count} documents are not in the table")
    if told < len(listed):
        missing.append(f"what fails is not listed for {len(listed) - told} of {len(listed)} documents")
    if missing:
        parts.append(f"\n**Cut short:** {'; '.join(missing)}. GitHub takes {room // 1024} KiB; the other reports have all.\n")
    return "".join(parts)


def _headline(failing: int, count: int) -> str:
    if not count:
        return "no documents"
    if not failing:
        return "nothing fails" if count > 1 else "it passes"
    return f"{failing} of {count} documents fail{'s' if failing == 1 else ''}" if count > 1 else "it fails"


def _row(run: Run, report: Report) -> str:
    name = markdown(report.path)
    if report.error is not None:
        return f"| {name} | | ! not checked | | | | |\n"
    counted = [answer for answer in report.answers if answer.cause != "skipped"]
    fails = any(run.fails(report, answer) for answer in counted)
    counting = [answer for answer in counted if not answer.is_overruled]
    numbers = [sum(answer.answer == word for answer in counting) for word in ("no", "ask", "yes", "na")]
    cells = " | ".join(map(str, numbers))
    return f"| {name} | {report.pages or ''} | {'✗ fails' if fails else '✓ passes'} | {cells} |\n"


def _document(run: Run, report: Report) -> str:
    lines = [f"\n### {markdown(report.path)}\n"]
    if report.error is not None:
        return "\n".join([*lines, f"**Not checked.** {markdown(report.error.message)}", ""])
    book = run.book_of(report)
    titles = {rule.name: rule.title for rule in book.rules}
    by = f" {markdown(judged_by(report, book))}" if report.settings or book is not run.book else ""
    lines.append(f"{verdict_sentence(report)}.{by}\n")
    opened = []
    failing: dict[str, list[str]] = {}  # by reason: one page that cannot be read leaves many questions open
    for answer in report.answers:
        if answer.cause == "skipped" or answer.answer not in ("no", "ask"):
            continue
        head = f"**{answer.number}. {titles.get(answer.name, answer.name)}**"
        if answer.answer == "ask" and run.fails(report, answer):
            failing.setdefault(answer.reason, []).append(head)
            continue
        if answer.answer == "ask":
            opened.append(f"- {SYMBOLS['ask']} {head}: {markdown(answer.reason)}{_settled(answer)}")
            continue
        if answer.is_overruled:
            lines.append(f"- {SYMBOLS['no']} {LONG['no']}, overruled: {head}. {markdown(answer.reason)}")
            continue
        lines.append(f"- {SYMBOLS['no']} {LONG['no']}: {head}. {markdown(answer.reason)}")
        shown = worst(answer.faults)
        lines += [f"  - {_told(finding)}" for finding in shown]
        if answer.fault_count > len(shown):
            lines.append(f"  - and {_places(answer.fault_count - len(shown))}")
    for reason, heads in failing.items():
        lines.append(f"- {SYMBOLS['ask']} Not answered: {', '.join(heads)}. {markdown(reason)}")
    if opened:
        lines += ["", f"<details><summary>{len(opened)} open</summary>", "", *opened, "", "</details>"]
    return "\n".join(lines) + "\n"


def _settled(answer: Answer) -> str:
    """The command that settles an open answer, to be copied."""
    command = answer.settle.command if answer.settle is not None else ""
    return f" `{safe(command)}`" if command and "`" not in command else ""


def _told(finding: Finding) -> str:
    quoted = f" “{markdown(finding.excerpt)}”" if finding.excerpt else ""
    place = markdown(where(finding))
    mend = f" *Mend:* {markdown(' '.join(finding.fix.split()))}" if finding.fix else ""
    return f"{place[:1].upper()}{place[1:]}{quoted}: {markdown(finding.message)}{mend}"


def _places(count: int) -> str:
    return f"{count} more place{'s' if count != 1 else ''}"


def markdown(text: str) -> str:
    """Text of a document as Markdown that shows it letter for letter: no markup, link, mention, formula or HTML."""
    escaped = _MARKDOWN.sub(r"\\\1", safe(" ".join(text.split())))
    return re.sub(r"(?i)\bwww\.", lambda match: f"{match[0][:3]}\\.", escaped)
