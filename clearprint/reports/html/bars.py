"""Measured against wanted as a small bar, and the colours of a fault of contrast with the nearest that would pass."""

from __future__ import annotations

from clearprint.answers import Finding
from clearprint.colour import from_hex, nearest_passing, to_hex
from clearprint.records import record
from clearprint.reports.speech import N_

_AIR = 1.25  # the bar ends this much beyond the greater of both


@record
class Bar:
    """Both values as percent of the bar's length."""

    measured: float
    wanted: float


def bar(finding: Finding) -> Bar | None:
    """The bar of a fault; None where a value is a word, a count of things that should not be there, or below nothing."""
    measured, wanted = finding.measured, finding.wanted
    if not isinstance(measured, int | float) or not isinstance(wanted, int | float):
        return None
    if isinstance(measured, bool) or isinstance(wanted, bool) or measured < 0 or wanted <= 0:
        return None
    end = max(measured, wanted) * _AIR
    return Bar(round(100 * measured / end, 1), round(100 * wanted / end, 1))


def swatches(finding: Finding) -> list[tuple[str, str]]:
    """The colours of a fault of contrast, named, and the nearest ink of the same hue that would pass, as `#rrggbb`."""
    facts = dict(finding.facts)
    ink, behind, wanted = facts.get("ink"), facts.get("behind"), finding.wanted
    if not isinstance(ink, str) or not isinstance(behind, str):
        return []
    shown = [(N_("Ink"), ink), (N_("Behind it"), behind)]
    if finding.measure == "ratio" and isinstance(wanted, float | int):
        passing = nearest_passing(from_hex(ink), from_hex(behind), wanted)
        if passing is not None:
            shown.append((N_("Nearest ink that passes"), to_hex(passing)))
    return shown
