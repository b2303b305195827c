"""Contrast as painted beside a checker that takes all paper for white: `python -m benchmarks.contrast` writes docs/contrast.md.

The other checker does what is simplest: it holds the colour that the file gives a text against white. Both are asked about each
case of known contrast, and held against the truth and against the answer that the ratio means (4.5 to 1, text of 12 to 16 pt).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contrast import measure
from benchmarks.contrast.cases import cases
from benchmarks.contrast.page import FLAT, UNEVEN, Case

PAGE = Path(__file__).resolve().parents[2] / "docs" / "contrast.md"

_HEAD = f"""# Contrast as painted

Written by `python -m benchmarks.contrast`: change it there. Each case is a page or a Word document of one line whose contrast
is known: by arithmetic, and for colours of a profile by LittleCMS. A measure is right within {FLAT} of the true ratio
({UNEVEN} over gradients and photographs) and, where the ground is uneven, with its box on the part that is worst. *White paper*
is a checker that holds the colour of a text against white. Both answers are held against the limit of {measure.ASKED} to 1:
a *wrong yes* passes text that few can read, a *wrong no* faults text that is fine.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A case and what both say of it."""

    case: Case
    white: measure.Measured
    ours: measure.Measured


def rows() -> list[Row]:
    """Every case, measured both ways."""
    return [Row(case, measure.on_white(case), measure.clearprint(case)) for case in cases()]


def page(found: Sequence[Row]) -> str:
    """The page for the docs: a summary by kind, then every case."""
    kinds: dict[str, list[Row]] = {}
    for row in found:
        kinds.setdefault(row.case.kind, []).append(row)
    lines = [_HEAD, _totals(found), "## By kind of ink and ground", ""]
    lines += [
        "| Kind | cases | white paper: ratio right | wrong yes | wrong no | clearprint: ratio right | wrong yes | wrong no |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for kind, group in kinds.items():
        lines.append("| " + " | ".join([kind, str(len(group)), *_counts(group)]) + " |")
    lines += ["", "## Case by case", "", "A figure that is off, or an answer that is wrong, is set in bold.", ""]
    lines += ["| Kind | Case | True ratio | White paper | clearprint |", "|---|---|---|---|---|"]
    for row in found:
        case = row.case
        cells = [case.kind, case.name, f"{case.ratio:.2f}", _cell(case, row.white), _cell(case, row.ours)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _totals(found: Sequence[Row]) -> str:
    white, ours = _counts(found)[:3], _counts(found)[3:]
    return (
        f"Of {len(found)} cases white paper gets {white[0]} ratios right, with {white[1]} wrong yes and {white[2]} wrong no; "
        f"clearprint {ours[0]}, with {ours[1]} and {ours[2]}.\n"
    )


def _counts(found: Sequence[Row]) -> list[str]:
    cells = []
    for said in (lambda row: row.white, lambda row: row.ours):
        cells.append(str(sum(measure.right(row.case, said(row)) for row in found)))
        for wanted, given in (("fails", "passes"), ("passes", "fails")):
            wrong = [
                row for row in found if measure.verdict(row.case.ratio) == wanted and measure.verdict(said(row).ratio) == given
            ]
            cells.append(str(len(wrong)))
    return cells


def _cell(case: Case, measured: measure.Measured) -> str:
    shown = "not measured" if measured.ratio is None else f"{measured.ratio:.2f}"
    answers = measure.verdict(case.ratio), measure.verdict(measured.ratio)
    wrong = {("fails", "passes"): ", wrong yes", ("passes", "fails"): ", wrong no"}.get(answers, "")
    return f"{shown}" if measure.right(case, measured) and not wrong else f"**{shown}{wrong}**"


def main() -> None:
    """Measure, write the page, and print its sum."""
    found = rows()
    PAGE.write_text(page(found), encoding="utf-8")
    sys.stdout.write(_totals(found))


if __name__ == "__main__":
    main()
