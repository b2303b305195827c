"""SARIF 2.1.0 for code scanning: a result a fault, a rule a question, a notification for each file that could not be read.

A PDF has no lines, so a place is line 1 with its page and box beside it. What is over GitHub's limits is cut, and said.
Source of the limits: docs.github.com, "SARIF support for code scanning".
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from typing import Any

from clearprint import __version__
from clearprint.answers import Answer, Finding, Report
from clearprint.reports import Run
from clearprint.reports.speech import N_, Speech, speech_of
from clearprint.reports.to_json import dumps
from clearprint.reports.words import command, safe
from clearprint.rulebook import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RESULTS = 5_000
"""Results a run that GitHub keeps; it refuses a file of more than 25,000."""
SIZE = 10_000_000
"""Bytes of the file, once compressed, that GitHub takes."""
READABLE = "readable"
"""The rule of ours that no checklist has: the document can be checked."""
_MIME = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}

Data = dict[str, Any]


def to_sarif(run: Run) -> str:
    """All reports as one SARIF log with one run."""
    found = [result for index, report in enumerate(run.reports) for result in _results(run, report, index)]
    if any("suppressions" in result for result in found):  # on every result or on none (SARIF 2.1.0, 3.27.23)
        for result in found:
            result.setdefault("suppressions", [])
    answers = [answer for report in run.reports for answer in report.answers if answer.faults]
    count = len(found) + sum(answer.fault_count - len(answer.faults) for answer in answers)
    limit = RESULTS
    while True:
        kept = _kept(found, limit)
        text = dumps(_log(run, kept, count))
        if limit == 0 or len(text) <= SIZE or len(gzip.compress(text.encode("utf-8", "replace"), mtime=0)) <= SIZE:
            return text
        limit = min(limit, len(kept)) // 2


def _kept(results: list[Data], limit: int) -> list[Data]:
    """At most `limit` results: errors before warnings, and the first of every question before the second of any."""
    if len(results) <= limit:
        return results
    ranks: Counter[tuple[int, str]] = Counter()
    keys = []
    for place, result in enumerate(results):
        group = (result["locations"][0]["physicalLocation"]["artifactLocation"]["index"], result["ruleId"])
        keys.append((result["level"] != "error", ranks[group], place))
        ranks[group] += 1
    return [results[place] for place in sorted(key[2] for key in sorted(keys)[:limit])]


def _log(run: Run, results: list[Data], found: int) -> Data:
    unread = [(index, report) for index, report in enumerate(run.reports) if report.error is not None]
    notes = [_notification(run, index, report) for index, report in unread]
    if len(results) < found:
        said = N_("{left} of {found} results are left out, to keep within what code scanning takes.")
        text = speech_of(run.book).say(said, left=found - len(results), found=found)
        notes.append({"level": "warning", "message": {"text": _plain(text)}})
    whole = not unread and not any(answer.cause == "crashed" for report in run.reports for answer in report.answers)
    driver = {
        "name": "clearprint",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [*(_rule(rule, speech_of(run.book)) for rule in run.book.rules), _readable(speech_of(run.book))],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "invocations": [
                    {"executionSuccessful": whole, "exitCode": run.code, "toolExecutionNotifications": notes},
                ],
                "artifacts": [_artifact(run, report) for report in run.reports],
                "results": results,
                "properties": {"checklist": run.book.name, "checklistVersion": run.book.version, "resultsFound": found},
            }
        ],
    }


def _rule(rule: Rule, speech: Speech) -> Data:
    limits = speech.limit_lines(rule)
    advice = [line.strip() for line in rule.advice.splitlines() if line.strip()]
    plain = [rule.why, *limits, *advice]
    marked = [rule.why, "", f"**{speech.say('Limits')}**", ""]
    marked += [*(f"- {line}" for line in limits or [speech.say("none: a person answers")]), ""]
    marked += [f"**{speech.say('What to do')}**", "", *(f"- {line}" for line in advice)]
    # A name that says no more than the identifier must not be given (SARIF 2.1.0, 3.49.7).
    name = "".join(word[:1].upper() + word[1:] for word in re.findall(r"\w+", rule.title))
    return {
        "id": rule.name,
        **({"name": name} if name.lower() != rule.name else {}),
        "shortDescription": {"text": _plain(rule.title)},
        "fullDescription": {"text": _plain(rule.question)},
        "help": {"text": _plain("\n".join(plain)), "markdown": _braces("\n".join(marked))},
        "defaultConfiguration": {"level": "error"},
        "properties": {"number": rule.number, "precision": "high", "problem.severity": "error", "tags": ["accessibility"]},
    }


def _readable(speech: Speech) -> Data:
    """The rule of ours."""
    told = speech.say("What cannot be read has not been checked, so it never passes. The message says what to do.")
    return {
        "id": READABLE,
        "shortDescription": {"text": speech.say("The document can be checked")},
        "fullDescription": {"text": speech.say("Can the document be opened and read?")},
        "help": {"text": told, "markdown": told},
        "defaultConfiguration": {"level": "error"},
        "properties": {"number": 0, "precision": "high", "problem.severity": "error", "tags": ["accessibility"]},
    }


def _artifact(run: Run, report: Report) -> Data:
    artifact: Data = {"location": {"uri": run.tree.uri(report.path)}, "roles": ["analysisTarget"]}
    if report.format is not None:
        artifact["mimeType"] = _MIME[report.format]
    if report.sha256 is not None:
        artifact["hashes"] = {"sha-256": report.sha256}
    answers = {answer.name: answer.answer for answer in report.answers if answer.cause != "skipped"}
    artifact["properties"] = {"pages": report.pages, "verdict": report.verdict, "answers": answers}
    artifact["properties"] |= {"checklist": report.checklist, "settings": [safe(name) for name in report.settings]}
    return artifact


def _results(run: Run, report: Report, index: int) -> list[Data]:
    if report.error is not None:
        told = speech_of(run.book).failure(report)
        return [_result(run, report, index, READABLE, True, told, f"{READABLE}:{report.error.code}")]
    results = []
    for answer in report.answers:
        fails = run.fails(report, answer)
        if answer.answer == "no":
            results += [_fault(run, report, index, answer, finding, fails) for finding in answer.faults]
            if not answer.faults:
                results.append(_result(run, report, index, answer.name, fails, answer.reason, f"{answer.name}:no"))
        elif answer.answer == "ask" and fails:
            text = speech_of(run.book).say("Not answered ({cause}): {reason}", cause=answer.cause, reason=answer.reason)
            told = " ".join(filter(None, (text, command(answer))))
            results.append(_result(run, report, index, answer.name, True, told, f"{answer.name}:{answer.cause}"))
    return results


def _fault(run: Run, report: Report, index: int, answer: Answer, finding: Finding, fails: bool) -> Data:
    quoted = f" “{finding.excerpt}”" if finding.excerpt else ""
    where = speech_of(run.book).where(finding)
    text = f"{where[:1].upper()}{where[1:]}{quoted}: {finding.message} {finding.fix}"
    result = _result(run, report, index, answer.name, fails, text, finding.fingerprint)
    place: Data = {"name": safe(where), "kind": "page" if finding.page else "element"}
    result["locations"][0]["logicalLocations"] = [place]
    if run.baseline:
        result["baselineState"] = {"known": "unchanged", "worse": "updated"}.get(finding.status, "new")
        result["level"] = "note" if finding.status == "known" else result["level"]
    if finding.status == "overruled" and finding.overruled is not None:
        said = finding.overruled
        why = safe(f"{said.by}: {said.why}")
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    result["properties"] = {
        "page": finding.page,
        "pages": list(finding.pages),
        "box": list(finding.box) if finding.box else None,
        "measure": finding.measure,
        "measured": safe(finding.measured) if isinstance(finding.measured, str) else finding.measured,
        "wanted": safe(finding.wanted) if isinstance(finding.wanted, str) else finding.wanted,
        "unit": finding.unit,
        "role": finding.role,
        "style": safe(finding.style),
        "basis": finding.basis,
        "status": finding.status,
    }
    return result


def _result(run: Run, report: Report, index: int, rule: str, fails: bool, text: str, fingerprint: str) -> Data:
    rules = [item.name for item in run.book.rules]
    result: Data = {
        "ruleId": rule,
        "ruleIndex": rules.index(rule) if rule in rules else len(rules),
        "level": "error" if fails else "warning",
        "message": {"text": _plain(text)},
        "locations": [_location(run, report, index)],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint, "clearprintFinding/v1": fingerprint},
    }
    if run.baseline:  # on every result or on none (SARIF 2.1.0, 3.27.24)
        result["baselineState"] = "new"
    return result


def _location(run: Run, report: Report, index: int) -> Data:
    where_file = {"uri": run.tree.uri(report.path), "index": index}
    return {"physicalLocation": {"artifactLocation": where_file, "region": {"startLine": 1}}}


def _notification(run: Run, index: int, report: Report) -> Data:
    assert report.error is not None
    return {
        "descriptor": {"id": report.error.code},
        "associatedRule": {"id": READABLE, "index": len(run.book.rules)},
        "level": "error",
        "message": {"text": _plain(speech_of(run.book).failure(report))},
        "locations": [_location(run, report, index)],
    }


def _plain(text: str) -> str:
    """A plain message: brackets would be a link, braces a placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    lines = "\n".join(safe(line) for line in text.splitlines())
    return _braces(lines.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]"))


def _braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
