"""The full record as JSON, schema `clearprint-report/1`. Everything else can be drawn from it.

Deterministic: no clock, no absolute path that was not given, keys in a fixed order.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from clearprint import __version__, lazily
from clearprint.answers import Answer, Declared, Finding, Report, Said, Settle
from clearprint.declaration import described
from clearprint.model import LayoutBasis, NotLookedAt
from clearprint.rulebook import Limit, Rulebook

SCHEMA = "clearprint-report/1"


# What could steer a terminal, turn the reading direction, or is no character: C1 controls, format characters, lone surrogates.
_UNSAFE = lazily.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)


def to_json(reports: Sequence[Report], book: Rulebook, books: Mapping[str, Rulebook] = MappingProxyType({})) -> str:
    """All reports as one JSON document, ending in a line break. `books`, by path, are of documents judged otherwise."""
    return dumps(as_data(reports, book, books))


def dumps(data: Any) -> str:
    """Data as JSON that is the same data and yet inert in a terminal and in a build server's log; ends in a line break."""
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    text = _UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text)
    return text.replace("##[", "##\\u005b") + "\n"


def as_data(reports: Sequence[Report], book: Rulebook, books: Mapping[str, Rulebook] = MappingProxyType({})) -> dict[str, Any]:
    """The same as plain dicts and lists."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "clearprint", "version": __version__},
        "checklist": _checklist(book),
        "documents": [_document(report, books.get(report.path)) for report in reports],
        "summary": summary(reports),
    }


def summary(reports: Sequence[Report]) -> dict[str, Any]:
    """How many documents came out how."""
    verdicts = Counter(report.verdict or "unreadable" for report in reports)
    questions: dict[str, Counter[str]] = {}
    for report in reports:
        for answer in report.answers:
            questions.setdefault(answer.name, Counter())[answer.answer] += 1
    return {
        "documents": len(reports),
        "verdicts": {word: verdicts[word] for word in ("yes", "no", "ask", "unreadable")},
        "answers": {name: {word: counts[word] for word in ("yes", "no", "na", "ask")} for name, counts in questions.items()},
    }


def _checklist(book: Rulebook) -> dict[str, Any]:
    limits = {rule.name: [_limit(limit) for limit in rule.limits] for rule in book.rules if rule.limits}
    return {"name": book.name, "version": book.version, "limits": limits}


def _document(report: Report, own: Rulebook | None) -> dict[str, Any]:
    return {
        "path": report.path,
        "format": report.format,
        "sha256": report.sha256,
        "pages": report.pages,
        "verdict": report.verdict,
        "error": {"code": report.error.code, "message": report.error.message} if report.error else None,
        "settings": list(report.settings),
        "checklist": _checklist(own) if own is not None else None,
        "declared": described(report.declared),
        "declared_by": [_declared(item) for item in report.declared_by],
        "expired": [_declared(item) for item in report.expired],
        "contradictions": [
            {"name": item.name, "used": _declared(item.used), "other": _declared(item.other)} for item in report.contradictions
        ],
        "remarks": list(report.remarks),
        "layout": report.layout,
        "layout_basis": _basis(report.layout_basis),
        "colours": _colours(report),
        "answers": [_answer(answer) for answer in report.answers],
        "not_looked_at": [_not_looked_at(item) for item in report.not_looked_at],
    }


def _colours(report: Report) -> dict[str, str] | None:
    """By which profiles the colours of a PDF were made visible; a Word document gives them as they are seen."""
    if report.format != "pdf" or report.error is not None:
        return None
    if report.profile is not None:
        return {"by": "output-intent", "profile": report.profile}
    return {"by": "engine", "profile": "MuPDF: Artifex CMYK SWOP, sRGB and sGray"}


def _basis(basis: LayoutBasis | None) -> dict[str, Any] | None:
    if basis is None:
        return None
    stand_ins = [{"face": item.face, "used": item.used, "error": round(item.error, 3)} for item in basis.stand_ins]
    return {"engine": basis.engine, "version": basis.version, "stand_ins": stand_ins}


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "number": answer.number,
        "name": answer.name,
        "question": answer.question,
        "answer": answer.answer,
        "reason": answer.reason,
        "settled": answer.settled,
        "person": _said(answer.person),
        "overruled": _said(answer.overruled),
        "reopened": [
            {"because": item.because, "pages": list(item.pages), "said": _said(item.said)} for item in answer.reopened
        ],
        "cause": answer.cause,
        "pages_open": list(answer.pages_open),
        "settle": _settle(answer.settle),
        "counted": answer.counted,
        "measures": list(answer.measures),
        "fault_count": answer.fault_count,
        "faults": [_finding(finding) for finding in answer.faults],
        "advice_count": answer.advice_count,
        "advice": [_finding(finding) for finding in answer.advice],
        "not_looked_at": [_not_looked_at(item) for item in answer.not_looked_at],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "measure": finding.measure,
        "role": finding.role,
        "style": finding.style,
        "page": finding.page,
        "pages": list(finding.pages),
        "box": list(finding.box) if finding.box else None,
        "path": finding.path,
        "excerpt": finding.excerpt,
        "measured": finding.measured,
        "wanted": finding.wanted,
        "unit": finding.unit,
        "message": finding.message,
        "fix": finding.fix,
        "basis": finding.basis,
        "status": finding.status,
        "overruled": _said(finding.overruled),
        "fingerprint": finding.fingerprint,
        "facts": dict(finding.facts),
    }


def _said(said: Said | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {
        "answer": said.word,
        "by": said.by,
        "why": said.why,
        "date": said.date,
        "until": said.until,
        "pages": list(said.pages),
        "place": said.place,
        "excerpt": said.excerpt,
        "source": said.source,
    }


def _declared(item: Declared) -> dict[str, Any]:
    keys = ("name", "value", "where", "by", "why", "date", "until")
    return {key: getattr(item, key) for key in keys}


def _settle(settle: Settle | None) -> dict[str, Any] | None:
    if settle is None:
        return None
    return {"command": settle.command, "line": settle.line, "file": settle.file, "choices": list(settle.choices)}


def _not_looked_at(item: NotLookedAt) -> dict[str, Any]:
    return {"page": item.page, "box": list(item.box.rounded(1)) if item.box else None, "reason": item.reason}


def _limit(limit: Limit) -> dict[str, Any]:
    bounds = {
        key: getattr(limit, key)
        for key in ("fault_below", "fault_above", "advice_below", "advice_above")
        if getattr(limit, key) is not None
    }
    words = {key: list(getattr(limit, key)) for key in ("fault_in", "advice_in") if getattr(limit, key)}
    when = {f"{fact}_{operator}" if operator != "is" else fact: wanted for fact, operator, wanted in limit.when.tests}
    return {
        "measure": limit.measure,
        "name": limit.name,
        "when": when,
        **bounds,
        **words,
        "basis": limit.basis,
        "because": limit.because,
    }
