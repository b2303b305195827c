"""Settings of a house: changed limits, skipped questions, what fails the gate, what is declared.

`Finder(…).of(document)` gives the Settings that hold for a document; `read(path).of(document)` those of one file.
"""

from __future__ import annotations

from clearprint.settings.model import (
    DEFAULT_FAIL_ON,
    FAIL_ON,
    LAYOUTS,
    LEAST_TIMEOUT,
    MOST_TIMEOUT,
    Settings,
    SettingsFile,
    fail_on,
)
from clearprint.settings.nearest import Finder
from clearprint.settings.reader import read

__all__ = [
    "DEFAULT_FAIL_ON",
    "FAIL_ON",
    "LAYOUTS",
    "LEAST_TIMEOUT",
    "MOST_TIMEOUT",
    "Finder",
    "Settings",
    "SettingsFile",
    "fail_on",
    "read",
]
