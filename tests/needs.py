"""Programs that some tests need: they skip with the name where it is missing, and fail in CI."""

from __future__ import annotations

import os
import shutil

import pytest


def program(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    message = f"{names[0]} is not installed"
    if os.environ.get("CLEARPRINT_CI"):
        pytest.fail(f"{message}; .ci/run must install it")
    pytest.skip(message)
