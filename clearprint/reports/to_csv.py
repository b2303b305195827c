"""The answers of many documents as a table for other programs: a row a document, a column a question.

Its columns and words are the same in every language, as those of JSON are: programs read them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from clearprint.answers import Report
from clearprint.reports.words import safe
from clearprint.rulebook import Rulebook

COLUMNS = ("path", "format", "pages", "verdict", "error", "no", "ask", "yes", "na")
_FORMULA = ("=", "+", "-", "@")


def to_csv(reports: Sequence[Report], book: Rulebook) -> str:
    """The table with a head. Answers are yes, no, na, ask or skipped; a document that was not read has none."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([*COLUMNS, *(rule.name for rule in book.rules)])
    for report in reports:
        answers = {answer.name: "skipped" if answer.cause == "skipped" else answer.answer for answer in report.answers}
        counts = ["" if report.error else list(answers.values()).count(word) for word in ("no", "ask", "yes", "na")]
        error = _cell(report.error.message) if report.error else ""
        facts = [_cell(report.path), report.format or "", report.pages or "", report.verdict or "", error, *counts]
        table.writerow([*facts, *(answers.get(rule.name, "") for rule in book.rules)])
    return out.getvalue()


def _cell(text: str) -> str:
    """Text that is no formula for a spreadsheet and steers no terminal."""
    plain = safe(text)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
