"""Sentences with their placeholders filled, in the language of the reader.

`{value:.1f}` is a number as Python formats it; `{faults:# place is|# places are}` one of several forms by count, in
the order of the language's plural forms, after one for none at all if it begins so: `{faults:0=no places|# place|# places}`.
Words among the facts (`left`, `footnote`) are translated if the catalogue has them.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from clearprint.languages import ENGLISH, Language


def fill(sentence: str, words: Mapping[str, Any], language: Language = ENGLISH) -> str:
    """The sentence filled in. A missing or None value never fails: a sentence with a `?` beats a crash."""
    parts = [text if name is None else _shown(words.get(name, "?"), text, language) for text, name in _parts(sentence)]
    return "".join(parts).strip()


@lru_cache(maxsize=2048)
def _parts(sentence: str) -> tuple[tuple[str, str | None], ...]:
    """Text with no name, and the format of each placeholder with its name."""
    parts: list[tuple[str, str | None]] = []
    for text, name, spec, _ in string.Formatter().parse(sentence):
        parts.append((text, None))
        if name is not None:
            parts.append((spec or "", name))
    return tuple(parts)


def _shown(value: Any, spec: str, language: Language) -> str:
    if "|" in spec:
        forms = spec.split("|")
        if forms[0].startswith("0="):
            if value in (0, "?"):
                return forms[0][2:]
            del forms[0]
        form = forms[language.form(value, len(forms)) if isinstance(value, int | float) else -1]
        return form.replace("#", language.number(f"{value:,}") if isinstance(value, int) else str(value))
    if isinstance(value, str):
        value = language.word("fact", value) if len(value) < 30 else value
    try:
        written = format(value, spec)
    except (TypeError, ValueError):
        return "?" if value is None else str(value)
    return language.number(written) if isinstance(value, int | float) else written
