"""A short list for the terminal: what fails and where first, then what is open, then what is well."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Container, Mapping, Sequence
from types import MappingProxyType

from clearprint.answers import VALUE, Answer, Finding, Report
from clearprint.baseline import all_known, known_count, new_first
from clearprint.reports.asking import QUESTIONS
from clearprint.reports.speech import N_, Speech, speech_of
from clearprint.reports.words import SYMBOLS, ToDo, inert, safe, to_do, worst
from clearprint.rulebook import DEFAULT_CHECKLIST, Rule, Rulebook

_STATUS = {"known": N_("known:"), "overruled": N_("overruled:")}
_COLOURS = {"yes": "32", "no": "31;1", "na": "2", "ask": "33"}


def to_text(
    reports: Sequence[Report],
    book: Rulebook,
    *,
    books: Mapping[str, Rulebook] = MappingProxyType({}),
    fails: Callable[[Report, Answer], bool] = lambda report, answer: answer.answer == "no" and not all_known(answer),
    colour: bool = False,
    quiet: bool = False,
    verbose: bool = False,
    reasons: bool = True,
) -> str:
    """The reports as plain text.

    `quiet` says nothing of what is well: it shows each `no`, what else fails the gate, and what could not be read; with
    `verbose` also what is open. `verbose` alone shows every place and all advice. Without `reasons` the reader sees on
    standard error why a document could not be read. `books`, by path, are of documents judged by other limits than most.
    """
    parts = []
    speech = speech_of(book)
    for report in reports:
        shown = [answer for answer in report.answers if answer.cause != "skipped"]
        if quiet:
            loud = ("no", "ask") if verbose else ("no",)
            shown = [answer for answer in shown if fails(report, answer) or (answer.answer in loud and not all_known(answer))]
        if report.error is not None:
            why = _wrapped(safe(speech.failure(report)), 4) if reasons else []
            parts.append("\n".join([f"{safe(report.path)}: {speech.verdict_sentence(report)}", *why]) + "\n")
        elif shown or not quiet:
            own = books.get(report.path, book)
            lines = _document(report, shown, own, fails, speech, colour=colour, verbose=verbose)
            if verbose or (not quiet and (report.settings or own.name != DEFAULT_CHECKLIST)):
                lines[1:1] = _wrapped(speech.judged_by(report, own), 2)
            parts.append("\n".join(lines) + "\n")
    if len(reports) > 1 and not quiet:
        parts.append(_total(reports, speech))
    return inert("\n".join(parts))


def _document(
    report: Report,
    answers: Sequence[Answer],
    book: Rulebook,
    fails: Callable[[Report, Answer], bool],
    speech: Speech,
    *,
    colour: bool,
    verbose: bool,
) -> list[str]:
    pages = ", " + speech.language.counted("{count} page", "{count} pages", report.pages) if report.pages else ""
    lines = [f"{safe(report.path)}{pages}: {speech.verdict_sentence(report)}"]
    for remark in speech.remarks(report):
        lines += _wrapped(speech.say("Note: {remark}", remark=safe(remark)), 2)
    rules = {rule.name: rule for rule in book.rules}
    shown = {answer.name for answer in answers}
    opened = [item for item in to_do(report) if any(answer.name in shown for answer in item.answers)]
    lines += _opened(report, opened, rules, shown, fails, speech, colour=colour)
    if opened and any(answer.answer != "ask" for answer in answers):
        lines.append("  " + speech.say("The answers:"))
    for answer in answers:
        if answer.answer == "ask":
            continue
        rule = rules[answer.name]
        title = rule.title
        if known_count(answer):
            every = known_count(answer) == answer.fault_count
            some = {"some": known_count(answer), "all": f"{answer.fault_count:,}"}
            title += f"  ({speech.say('all known') if every else speech.say('{some} of {all} known', **some)})"
        let_pass = sum(finding.status == "overruled" for finding in answer.faults)
        if let_pass and not answer.is_overruled:
            title += f"  ({speech.say('{some} of {all} overruled', some=let_pass, all=f'{answer.fault_count:,}')})"
        how = speech.source(report, answer, rule)
        if how:
            title += f"  ({safe(how)})"
        lines += _answer(answer, title, speech, colour=colour, verbose=verbose)
    return lines


def _opened(
    report: Report,
    opened: Sequence[ToDo],
    rules: Mapping[str, Rule],
    shown: Container[str],
    fails: Callable[[Report, Answer], bool],
    speech: Speech,
    *,
    colour: bool,
) -> list[str]:
    """What is open, first of all and with what would settle it."""
    count = sum(len(item.answers) for item in opened)
    lines = ["  " + speech.say("Still open, and what settles it ({count}):", count=count)] if opened else []
    for item in opened:
        for answer in item.answers:
            if answer.name in shown:
                fail = f"  ({speech.say('fails')})" if fails(report, answer) else ""
                lines.append(f"  {_mark('ask', speech, colour)} {answer.number:2} {rules[answer.name].title}{fail}")
        asked = QUESTIONS.get(item.settle.fact) if item.settle is not None else None
        lines += _wrapped(" ".join([*([speech.say(asked)] if asked else []), safe(item.reason)]), 9)
        if item.settle is not None:
            lines.append(f"         $ {safe(item.settle.command)}")  # in one line, to be copied
            if item.settle.choices:
                lines.append(f"           {VALUE}: {safe(', '.join(item.settle.choices))}")
    return lines


def _mark(answer: str, speech: Speech, colour: bool) -> str:
    mark = f"{SYMBOLS[answer]} {speech.short(answer)}"
    return f"\x1b[{_COLOURS[answer]}m{mark}\x1b[0m" if colour else mark


def _answer(answer: Answer, title: str, speech: Speech, *, colour: bool, verbose: bool) -> list[str]:
    head = f"  {_mark(answer.answer, speech, colour)} {answer.number:2} {title}"
    if answer.answer == "yes" and answer.advice_count and not verbose:
        told = speech.language.counted("{count} piece of advice", "{count} pieces of advice", answer.advice_count)
        head += f"  ({told})"
    lines = [head]
    if verbose or answer.answer == "no" or answer.settled == "person":
        lines += _wrapped(safe(answer.reason), 9)
    if answer.is_overruled and not verbose:
        return lines
    shown = new_first(answer) if verbose else worst(new_first(answer))
    for finding in shown:
        lines += _finding(finding, speech, speech.say(_STATUS[finding.status]) if finding.status in _STATUS else "")
    left = answer.fault_count - len(shown)
    if left > 0:
        told = speech.language.counted("and {count} more place (-v shows all)", "and {count} more places (-v shows all)", left)
        lines.append(f"         … {told}")
    if verbose:
        for finding in answer.advice:
            lines += _finding(finding, speech, speech.say("advice:"))
    return lines


def _finding(finding: Finding, speech: Speech, label: str) -> list[str]:
    quoted = f" “{safe(finding.excerpt)}”" if finding.excerpt else ""
    lines = _wrapped(f"- {label}{' ' if label else ''}{safe(speech.where(finding))}:{quoted}", 9)
    lines += _wrapped(safe(finding.message), 11)
    if finding.fix and not label:
        lines += _wrapped(speech.say("Mend: {fix}", fix=safe(" ".join(finding.fix.split()))), 11)
    return lines


def _total(reports: Sequence[Report], speech: Speech) -> str:
    counts = {word: sum(report.verdict == word for report in reports) for word in ("yes", "no", "ask")}
    unreadable = sum(report.verdict is None for report in reports)
    text = speech.language.counted("{count} document:", "{count} documents:", len(reports))
    text += " " + speech.say("{no} no, {ask} open, {yes} yes", **counts)
    return text + (f", {speech.say('{count} could not be checked', count=unreadable)}\n" if unreadable else "\n")


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text, 110, initial_indent=" " * indent, subsequent_indent=" " * (indent + (2 if text[:1] == "-" else 0))
    )
