"""Settings of the whole test run."""

from __future__ import annotations

import os
import signal

from hypothesis import HealthCheck, settings

# Time limits an example would fail on a busy machine, which says nothing about the code. CI repeats the same examples.
settings.register_profile(
    "clearprint", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("clearprint")

# A shell that starts the tests in the background has interrupts ignored, and what the tests start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
