"""Patterns that are compiled when they are first asked: a leaflet in English needs less than half of all that there are."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def compile(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The same as `re.compile`, later. A text that is no pattern is told when it is first used: a test uses each."""
    return cast("re.Pattern[AnyStr]", Later(text, flags))


class Later:
    """Stands in for a compiled pattern. What was asked of it once is its own from then on."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what copying and pickling look for
            raise AttributeError(name)
        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found
