"""JUnit XML that Jenkins and GitLab show: a suite a document, a case a question.

A `no`, and whatever else fails the gate, is a failure; a document that could not be read, or a question that crashed, is an
error; what is open or does not apply is skipped, with its reason. Schema: junit-10.xsd of Jenkins' xunit plugin.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from clearprint import __version__
from clearprint.answers import Answer, Finding, Report
from clearprint.baseline import all_known
from clearprint.gate import DIED
from clearprint.reports import Run
from clearprint.reports.speech import N_, Speech, speech_of
from clearprint.reports.words import command, safe

PLACES = 20
"""Places listed under a failure."""
_SKIPPED = {"na": N_("Does not apply: {reason}"), "skipped": N_("Left out: {reason}"), "open": N_("Open: {reason}")}


def to_junit(run: Run) -> str:
    """All reports as one XML document in UTF-8."""
    root = ET.Element("testsuites", name="clearprint")
    root.extend(_suite(run, report) for report in run.reports)
    for word in ("tests", "failures", "errors"):
        root.set(word, str(sum(int(suite.get(word, "0")) for suite in root)))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(run: Run, report: Report) -> ET.Element:
    path = safe(run.tree.within(report.path))
    speech = speech_of(run.book)
    suite = ET.Element("testsuite", name=path)
    known = {
        "clearprint": __version__,
        "checklist": report.checklist,
        "settings": ", ".join(report.settings),
        "format": report.format,
        "pages": report.pages,
        "sha256": report.sha256,
        "verdict": report.verdict,
    }
    properties = ET.SubElement(suite, "properties")
    for name, value in known.items():
        if value is not None and value != "":
            ET.SubElement(properties, "property", name=name, value=safe(str(value)))
    if report.error is not None:
        case = _case(suite, path, "0 readable: " + speech.say("Can the document be checked?"))
        _outcome(case, "error", report.error.code, speech.failure(report), "")
    for answer in report.answers:
        _answer(run, report, answer, speech, _case(suite, path, f"{answer.number} {answer.name}: {answer.question}"))
    suite.set("tests", str(len(suite.findall("testcase"))))
    for word, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(word, str(len(suite.findall(f"testcase/{tag}"))))
    return suite


def _case(suite: ET.Element, path: str, name: str) -> ET.Element:
    # Jenkins takes what stands before the last full stop of a class name for its package.
    return ET.SubElement(suite, "testcase", classname=f"clearprint.{path.replace('.', '_')}", name=safe(name))


def _answer(run: Run, report: Report, answer: Answer, speech: Speech, case: ET.Element) -> None:
    if answer.answer == "no" and run.fails(report, answer) and answer.is_overruled:
        _outcome(case, "failure", "overruled", answer.reason, "")
    elif answer.is_overruled:
        _outcome(case, "skipped", "overruled", answer.reason, "")
    elif all_known(answer):
        _outcome(case, "skipped", "known", speech.say("Known: {reason}", reason=answer.reason), "")
    elif answer.answer == "no":
        places = [_place(finding, speech) for finding in answer.faults[:PLACES]]
        if answer.fault_count > len(places):
            left = answer.fault_count - len(places)
            places.append(speech.language.counted("and {count} more place", "and {count} more places", left))
        _outcome(case, "failure", "no", answer.reason, "\n".join(places))
    elif answer.cause == DIED:
        _outcome(case, "error", DIED, answer.reason, "")
    elif answer.answer == "ask" and run.fails(report, answer):
        told = speech.say("Not answered: {reason}", reason=answer.reason)
        _outcome(case, "failure", answer.cause or "ask", told, _with_command(told, answer))
    elif answer.answer != "yes":
        kind = "na" if answer.answer == "na" else "skipped" if answer.cause == "skipped" else "open"
        told = speech.say(_SKIPPED[kind], reason=answer.reason)
        _outcome(case, "skipped", answer.cause or answer.answer, told, _with_command(told, answer))


def _with_command(told: str, answer: Answer) -> str:
    return safe(told) + (f"\n{safe(command(answer))}" if answer.answer == "ask" and answer.settle else "")


def _outcome(case: ET.Element, tag: str, kind: str, message: str, body: str) -> None:
    element = ET.SubElement(case, tag, type=kind, message=safe(message))
    element.text = body or safe(message)


def _place(finding: Finding, speech: Speech) -> str:
    quoted = f" “{finding.excerpt}”" if finding.excerpt else ""
    mend = speech.say("Mend: {fix}", fix=" ".join(finding.fix.split()))
    return safe(f"- {speech.where(finding)}{quoted}: {finding.message} {mend}")
