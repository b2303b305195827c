"""clearprint: will people with sight problems be able to read this page?

    import clearprint
    report = clearprint.check("leaflet.pdf", declare={"paper": "matt"})
    report.verdict                      # "yes", "no", "ask" or None
    report.answer("leading").faults     # each with page, box, excerpt, measured, wanted, fix

Importing this module loads nothing else; the work is loaded on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clearprint.answers import Answer, Finding, Report
    from clearprint.errors import ClearprintError, UnreadableFile
    from clearprint.run import check

__version__ = "0.1.0"

__all__ = ["Answer", "ClearprintError", "Finding", "Report", "UnreadableFile", "__version__", "check"]

_HOMES = {
    "check": "clearprint.run",
    "Report": "clearprint.answers",
    "Answer": "clearprint.answers",
    "Finding": "clearprint.answers",
    "ClearprintError": "clearprint.errors",
    "UnreadableFile": "clearprint.errors",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'clearprint' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
