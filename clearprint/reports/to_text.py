"""A short list for the terminal: what fails and where first, then what is open, then what is well."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from clearprint.answers import Answer, Finding, Report
from clearprint.baseline import all_known, known_count, new_first
from clearprint.reports.words import SYMBOLS, WORDS, inert, judged_by, safe, verdict_sentence, where, worst
from clearprint.rulebook import DEFAULT_CHECKLIST, Rulebook

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
    for report in reports:
        shown = [answer for answer in report.answers if answer.cause != "skipped"]
        if quiet:
            loud = ("no", "ask") if verbose else ("no",)
            shown = [answer for answer in shown if fails(report, answer) or (answer.answer in loud and not all_known(answer))]
        if report.error is not None:
            why = _wrapped(safe(report.error.message), 4) if reasons else []
            parts.append("\n".join([f"{safe(report.path)}: {verdict_sentence(report)}", *why]) + "\n")
        elif shown or not quiet:
            own = books.get(report.path, book)
            lines = _document(report, shown, own, fails, colour=colour, verbose=verbose)
            if verbose or (not quiet and (report.settings or own.name != DEFAULT_CHECKLIST)):
                lines[1:1] = _wrapped(judged_by(report, own), 2)
            parts.append("\n".join(lines) + "\n")
    if len(reports) > 1 and not quiet:
        parts.append(_total(reports))
    return inert("\n".join(parts))


def _document(
    report: Report,
    answers: Sequence[Answer],
    book: Rulebook,
    fails: Callable[[Report, Answer], bool],
    *,
    colour: bool,
    verbose: bool,
) -> list[str]:
    pages = f", {report.pages} page{'s' if report.pages != 1 else ''}" if report.pages else ""
    lines = [f"{safe(report.path)}{pages}: {verdict_sentence(report)}"]
    titles = {rule.name: rule.title for rule in book.rules}
    before = ""
    for answer in answers:
        title = titles.get(answer.name, answer.name)
        if answer.answer == "ask" and fails(report, answer):
            title += "  (fails)"
        if known_count(answer):
            title += f"  ({'all' if all_known(answer) else f'{known_count(answer)} of {answer.fault_count:,}'} known)"
        again = answer.reason == before  # one page that cannot be read leaves twenty questions open: once is enough
        lines += _answer(answer, title, colour=colour, verbose=verbose, again=again)
        before = answer.reason
    return lines


def _answer(answer: Answer, title: str, *, colour: bool, verbose: bool, again: bool) -> list[str]:
    mark = f"{SYMBOLS[answer.answer]} {WORDS[answer.answer]:3}"
    if colour:
        mark = f"\x1b[{_COLOURS[answer.answer]}m{mark}\x1b[0m"
    head = f"  {mark} {answer.number:2} {title}"
    if answer.answer == "yes" and answer.advice_count and not verbose:
        head += f"  ({answer.advice_count} piece{'s' if answer.advice_count != 1 else ''} of advice)"
    lines = [head]
    if verbose or answer.answer == "no" or (answer.answer == "ask" and not again):
        lines += _wrapped(safe(answer.reason), 9)
    shown = new_first(answer) if verbose else worst(new_first(answer))
    for finding in shown:
        lines += _finding(finding, "known: " if finding.status == "known" else "")
    left = answer.fault_count - len(shown)
    if left > 0:
        lines.append(f"         … and {left} more place{'s' if left != 1 else ''} (-v shows all)")
    if verbose:
        for finding in answer.advice:
            lines += _finding(finding, "advice: ")
    return lines


def _finding(finding: Finding, label: str) -> list[str]:
    quoted = f" “{safe(finding.excerpt)}”" if finding.excerpt else ""
    lines = _wrapped(f"- {label}{safe(where(finding))}:{quoted}", 9)
    lines += _wrapped(safe(finding.message), 11)
    if finding.fix and not label:
        lines += _wrapped("Mend: " + safe(" ".join(finding.fix.split())), 11)
    return lines


def _total(reports: Sequence[Report]) -> str:
    counts = {word: sum(report.verdict == word for report in reports) for word in ("yes", "no", "ask")}
    unreadable = sum(report.verdict is None for report in reports)
    text = f"{len(reports)} documents: {counts['no']} no, {counts['ask']} open, {counts['yes']} yes"
    return text + (f", {unreadable} could not be checked\n" if unreadable else "\n")


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text, 110, initial_indent=" " * indent, subsequent_indent=" " * (indent + (2 if text[:1] == "-" else 0))
    )
