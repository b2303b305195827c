"""What GitHub Actions shows: annotations (workflow commands for standard output) and a job summary in Markdown.

Of one step GitHub keeps 10 annotations a level, and of its summary 1 MiB or nothing at all: what is left out here is said.
Sources: docs.github.com, "Workflow commands for GitHub Actions"; problem-matchers.md of github.com/actions/toolkit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clearprint import lazily
from clearprint.answers import VALUE, Answer, Finding, Report
from clearprint.baseline import all_known, new_first
from clearprint.records import record
from clearprint.reports import Run
from clearprint.reports.speech import N_, Speech, speech_of
from clearprint.reports.words import SYMBOLS, safe, worst

ANNOTATIONS = 10
"""Annotations a level that GitHub keeps of one step."""
SUMMARY = 2**20
"""Bytes that the summary of one step may have."""
_NOTE = 400  # bytes kept free for saying what was left out
_MARKDOWN = lazily.compile(r"([\\`*_\[\]<>#|~@&$]|:(?=\S))")  # :name: is a picture, http: a link


# --- annotations ------------------------------------------------------------------------------------------------------------


@record
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
    speech = speech_of(run.book)
    for level in ("error", "warning", "notice"):
        wanted = [item for item in found if item.level == level]
        kept = wanted if len(wanted) <= ANNOTATIONS else wanted[: ANNOTATIONS - 1]
        lines += [_command(run, item) for item in kept]
        if len(wanted) > len(kept):
            told = N_("{left} more are not shown here: GitHub keeps {kept}. The job summary lists them.")
            text = speech.say(told, left=len(wanted) - len(kept), kept=ANNOTATIONS)
            lines.append(f"::{level} title=clearprint::{_data(text)}")
    return "".join(line + "\n" for line in lines)


def _annotations(run: Run) -> Iterator[_Annotation]:
    titles = {rule.name: rule.title for rule in run.book.rules}
    speech = speech_of(run.book)
    for report in run.reports:
        if report.error is not None:
            yield _Annotation("error", -1, report.path, speech.say("Could not be checked"), speech.failure(report))
        rank = 0
        opened: dict[tuple[str, str | None], list[Answer]] = {}
        for answer in report.answers:
            fails = run.fails(report, answer)
            if _is_new(answer) or (fails and answer.answer == "no"):
                level = "error" if fails else "warning"
                yield _Annotation(level, rank, report.path, titles.get(answer.name, answer.name), _no(answer, speech))
                rank += 1
            elif answer.answer == "ask" and (fails or (run.verbose and answer.cause != "skipped")):
                opened.setdefault(("error" if fails else "notice", answer.cause), []).append(answer)
        for (level, cause), answers in opened.items():  # one page that cannot be read leaves many questions open
            names = ", ".join(titles.get(answer.name, answer.name) for answer in answers)
            title = speech.say("{count} not answered ({cause})", count=len(answers), cause=cause)
            told = speech.say("This leaves open: {names}.", names=names)
            yield _Annotation(level, rank, report.path, title, f"{answers[0].reason} {told}")
            rank += 1


def _is_new(answer: Answer) -> bool:
    """A `no` that no baseline knows all places of: it is told even where the gate lets it through."""
    return answer.answer == "no" and not all_known(answer)


def _no(answer: Answer, speech: Speech) -> str:
    if not answer.faults:
        return answer.reason
    first = new_first(answer)[0]
    more = answer.fault_count - 1
    text = f"{_place(first, speech)}{first.message} {speech.say('Mend: {fix}', fix=first.fix)}"
    return f"{text} {_more(more, speech)}" if more > 0 else text


def _more(count: int, speech: Speech) -> str:
    return speech.language.counted("And {count} more place.", "And {count} more places.", count)


def _place(finding: Finding, speech: Speech) -> str:
    quoted = f" “{finding.excerpt}”" if finding.excerpt else ""
    where = speech.where(finding)
    return f"{where[:1].upper()}{where[1:]}{quoted}: "


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
    speech = speech_of(run.book)
    add(f"## clearprint: {_headline(len(failing), count, speech)}\n\n")
    heads = [speech.say(head) for head in (N_("Document"), N_("Pages"), N_("Gate"))]
    heads += [speech.answer(word) for word in ("no", "ask", "yes", "na")]
    add(f"| {' | '.join(heads)} |\n|---|--:|---|--:|--:|--:|--:|\n")
    rows = sum(add(_row(run, report)) for report in (*failing, *passing))
    told = sum(add(_document(run, report)) for report in listed)
    missing = []
    if rows < count:
        missing.append(speech.say("{left} of {all} documents are not in the table", left=count - rows, all=count))
    if told < len(listed):
        said = N_("what fails is not listed for {left} of {all} documents")
        missing.append(speech.say(said, left=len(listed) - told, all=len(listed)))
    if missing:
        said = N_("**Cut short:** {missing}. GitHub takes {room} KiB; the other reports have all.")
        parts.append(f"\n{speech.say(said, missing='; '.join(missing), room=room // 1024)}\n")
    return "".join(parts)


def _headline(failing: int, count: int, speech: Speech) -> str:
    if not count:
        return speech.say("no documents")
    if not failing:
        return speech.say("nothing fails") if count > 1 else speech.say("it passes")
    if count == 1:
        return speech.say("it fails")
    said = speech.language.counted("{count} of {all} documents fails", "{count} of {all} documents fail", failing)
    return said.replace("{all}", f"{count:,}")


def _row(run: Run, report: Report) -> str:
    name = markdown(report.path)
    if report.error is not None:
        return f"| {name} | | ! {speech_of(run.book).say('not checked')} | | | | |\n"
    counted = [answer for answer in report.answers if answer.cause != "skipped"]
    fails = any(run.fails(report, answer) for answer in counted)
    counting = [answer for answer in counted if not answer.is_overruled]
    numbers = [sum(answer.answer == word for answer in counting) for word in ("no", "ask", "yes", "na")]
    cells = " | ".join(map(str, numbers))
    speech = speech_of(run.book)
    gate = f"✗ {speech.say('fails')}" if fails else f"✓ {speech.say('passes')}"
    return f"| {name} | {report.pages or ''} | {gate} | {cells} |\n"


def _document(run: Run, report: Report) -> str:
    lines = [f"\n### {markdown(report.path)}\n"]
    speech = speech_of(run.book)
    if report.error is not None:
        return "\n".join([*lines, f"**{speech.say('Not checked')}.** {markdown(speech.failure(report))}", ""])
    book = run.book_of(report)
    titles = {rule.name: rule.title for rule in book.rules}
    by = f" {markdown(speech.judged_by(report, book))}" if report.settings or book is not run.book else ""
    lines.append(f"{speech.verdict_sentence(report)}.{by}\n")
    no = f"{SYMBOLS['no']} {speech.answer('no')}"
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
            lines.append(f"- {no}, {speech.say('overruled')}: {head}. {markdown(answer.reason)}")
            continue
        lines.append(f"- {no}: {head}. {markdown(answer.reason)}")
        shown = worst(answer.faults)
        lines += [f"  - {_told(finding, speech)}" for finding in shown]
        if answer.fault_count > len(shown):
            left = answer.fault_count - len(shown)
            lines.append(f"  - {speech.language.counted('and {count} more place', 'and {count} more places', left)}")
    for reason, heads in failing.items():
        told = speech.say("Not answered: {reason}", reason=f"{', '.join(heads)}. {markdown(reason)}")
        lines.append(f"- {SYMBOLS['ask']} {told}")
    if opened:
        lines += [
            "",
            f"<details><summary>{speech.say('{count} open', count=len(opened))}</summary>",
            "",
            *opened,
            "",
            "</details>",
        ]
    return "\n".join(lines) + "\n"


def _settled(answer: Answer) -> str:
    """The command that settles an open answer, to be copied."""
    if answer.settle is None or "`" in answer.settle.command:
        return ""
    words = f" ({VALUE}: {', '.join(answer.settle.choices)})" if answer.settle.choices else ""
    return f" `{safe(answer.settle.command)}`{words}"


def _told(finding: Finding, speech: Speech) -> str:
    quoted = f" “{markdown(finding.excerpt)}”" if finding.excerpt else ""
    place = markdown(speech.where(finding))
    mend = f" *{speech.say('Mend:')}* {markdown(' '.join(finding.fix.split()))}" if finding.fix else ""
    return f"{place[:1].upper()}{place[1:]}{quoted}: {markdown(finding.message)}{mend}"


def markdown(text: str) -> str:
    """Text of a document as Markdown that shows it letter for letter: no markup, link, mention, formula or HTML."""
    escaped = _MARKDOWN.sub(r"\\\1", safe(" ".join(text.split())))
    return re.sub(r"(?i)\bwww\.", lambda match: f"{match[0][:3]}\\.", escaped)
