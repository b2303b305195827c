"""Reports made by hand, hostile text, and golden files: for the tests of all formats."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from clearprint import rulebook
from clearprint.answers import Answer, Failure, Finding, Report
from clearprint.model import Job, NotLookedAt

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = '<script>alert(1)</script>\x1b[2J\u202egnp.& "quoted" {{ "q"*9 }}'


def finding(**changes: Any) -> Finding:
    values: dict[str, Any] = {
        "measure": "size",
        "role": "note",
        "style": "Arial 8.5 pt",
        "page": 1,
        "pages": (1,),
        "box": (40.0, 700.0, 300.0, 712.0),
        "path": None,
        "excerpt": "Registered charity",
        "measured": 8.5,
        "wanted": 12.0,
        "unit": "pt",
        "message": "This text is 8.5 pt; 12 pt is asked.",
        "fix": "Set it in 12 pt.",
        "basis": "checklist",
        "fingerprint": "00ff",
    }
    return Finding(**{**values, **changes})


def report(**changes: Any) -> Report:
    answers = []
    for rule in rulebook.load().rules:
        kind: Any = {1: "no", 24: "ask", 16: "na"}.get(rule.number, "yes")
        faults = (finding(), finding(page=2, pages=(2, 3), excerpt="Second")) if kind == "no" else ()
        cause: Any = "undeclared" if kind == "ask" else None
        settled: Any = "open" if kind == "ask" else "measured"
        answers.append(
            Answer(
                rule.number, rule.name, rule.question, kind, f"Reason {rule.number}.", cause, settled, 5, faults, len(faults)
            )
        )
    values: dict[str, Any] = {
        "path": "drafts/leaflet.pdf",
        "format": "pdf",
        "sha256": "ab" * 32,
        "pages": 3,
        "layout": "exact",
        "answers": tuple(answers),
        "declared": Job(kind="leaflet", paper="matt"),
        "not_looked_at": (NotLookedAt(2, None, "Text inside a picture is not read."),),
        "checklist": "rnib-clear-print",
    }
    return Report(**{**values, **changes})


UNREADABLE = Report(path="torn.pdf", error=Failure("damaged", "torn.pdf: it is damaged. Save it again."))


def golden(name: str, text: str) -> None:
    """Compare with a golden file; CLEARPRINT_GOLDEN=1 writes it anew."""
    path = GOLDEN / name
    if os.environ.get("CLEARPRINT_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
