"""What a person is asked of a print job, in plain words: the question, and what each value that can be declared means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clearprint.reports.speech import N_

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "paper": N_("What paper will it be printed on?"),
        "fold": N_("How will the sheet be folded?"),
        "fold-positions": N_("How many mm from the left edge of the front will the folds lie?"),
        "panels": N_("How many equal panels are there, side by side and one under another?"),
        "binding": N_("How will the pages be held together?"),
    }
)
"""By what is declared; it is in the language of the code, as all texts that are translated where they are shown."""

MEANINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "paper": {
            "gloss": N_("glossy, it shines"),
            "silk": N_("silk or satin, a soft shine"),
            "matt": N_("matt coated"),
            "uncoated": N_("uncoated, as for copying"),
        },
        "fold": {
            "none": N_("not at all"),
            "half": N_("once, in half"),
            "tri": N_("in three, one panel tucked in"),
            "z": N_("in three, as a Z"),
            "gate": N_("both sides to the middle"),
            "double-gate": N_("both sides to the middle, then in half"),
            "double-parallel": N_("in half, then in half again the same way"),
            "accordion": N_("to and fro, in four or more panels"),
            "french": N_("in half, then in half across"),
            "map": N_("to and fro and across, as a map"),
        },
        "binding": {
            "none": N_("not at all"),
            "staple": N_("a staple at a corner or along the edge"),
            "saddle": N_("folded sheets, stapled through the fold"),
            "perfect": N_("glued into a soft cover"),
            "case": N_("bound into a hard cover"),
            "tape": N_("taped along the spine"),
            "wire": N_("wire through holes"),
            "spiral": N_("a spiral through holes"),
            "comb": N_("a plastic comb"),
            "ring": N_("a ring binder"),
        },
    }
)
