"""A short list for the terminal: what fails and where first, then what is open, then what is well."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from clearprint.answers import Answer, Finding, Report
from clearprint.reports.words import SYMBOLS, WORDS, safe, verdict_sentence, where
from clearprint.rulebook import Rulebook

WORST = 3
"""Places shown under each `no` unless -v asks for all."""
_COLOURS = {"yes": "32", "no": "31;1", "na": "2", "ask": "33"}


def to_text(
    reports: Sequence[Report], book: Rulebook, *, colour: bool = False, quiet: bool = False, verbose: bool = False
) -> str:
    """The reports as plain text. `quiet` leaves out documents without a `no`; `verbose` shows every place and all advice."""
    parts = []
    for report in reports:
        if report.error is not None or (quiet and report.verdict != "no"):
            continue  # errors go to standard error
        parts.append(_document(report, book, colour=colour, quiet=quiet, verbose=verbose))
    if len(reports) > 1 and not quiet:
        parts.append(_total(reports))
    return "\n".join(parts)


def _document(report: Report, book: Rulebook, *, colour: bool, quiet: bool, verbose: bool) -> str:
    pages = f", {report.pages} page{'s' if report.pages != 1 else ''}" if report.pages else ""
    lines = [f"{safe(report.path)}{pages}: {verdict_sentence(report)}"]
    titles = {rule.name: rule.title for rule in book.rules}
    for answer in report.answers:
        if answer.cause == "skipped" or (quiet and answer.answer != "no"):
            continue
        lines += _answer(answer, titles.get(answer.name, answer.name), colour=colour, verbose=verbose)
    return "\n".join(lines) + "\n"


def _answer(answer: Answer, title: str, *, colour: bool, verbose: bool) -> list[str]:
    mark = f"{SYMBOLS[answer.answer]} {WORDS[answer.answer]:3}"
    if colour:
        mark = f"\x1b[{_COLOURS[answer.answer]}m{mark}\x1b[0m"
    head = f"  {mark} {answer.number:2} {title}"
    if answer.answer == "yes" and answer.advice_count and not verbose:
        head += f"  ({answer.advice_count} piece{'s' if answer.advice_count != 1 else ''} of advice)"
    lines = [head]
    if answer.answer in ("no", "ask") or verbose:
        lines += _wrapped(safe(answer.reason), 9)
    shown = answer.faults if verbose else _worst(answer.faults)
    for finding in shown:
        lines += _finding(finding, "")
    left = answer.fault_count - len(shown)
    if left > 0:
        lines.append(f"         … and {left} more place{'s' if left != 1 else ''} (-v shows all)")
    if verbose:
        for finding in answer.advice:
            lines += _finding(finding, "advice: ")
    return lines


def _worst(faults: Sequence[Finding]) -> list[Finding]:
    """A few places, one of each style first: a style is mended once."""
    chosen: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    for finding in faults:
        key = (finding.measure, finding.style)
        if key not in seen and len(chosen) < WORST:
            seen.add(key)
            chosen.append(finding)
    for finding in faults:
        if len(chosen) >= WORST:
            break
        if finding not in chosen:
            chosen.append(finding)
    return chosen


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
