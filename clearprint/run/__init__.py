"""Paths in, reports out: finding documents, isolation in workers, time limits, pictures."""

from __future__ import annotations

from clearprint.run.api import check, pairs
from clearprint.run.find import find
from clearprint.run.pool import check_many
from clearprint.run.work import Checked, Options, check_document

__all__ = ["Checked", "Options", "check", "check_document", "check_many", "find", "pairs"]
