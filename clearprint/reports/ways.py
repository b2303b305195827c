"""The way to a place in a Word file, as readers write it in English, said in the language of the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from clearprint import lazily

# Collected by tests/catalogues.py.
STEPS: Mapping[str, str] = MappingProxyType(
    {
        word: f"{word} {{number}}"
        for word in (
            "paragraph",
            "after paragraph",
            "table",
            "row",
            "column",
            "text box",
            "footnote",
            "endnote",
            "section",
        )
    }
    | {
        word: word
        for word in (
            "before its first paragraph",
            "first page",
            "even pages",
            "header",
            "header of the first page",
            "header of even pages",
            "footer",
            "footer of the first page",
            "footer of even pages",
        )
    }
)
QUOTED: Mapping[str, str] = MappingProxyType({"Under": "Under ‘{name}’", "Heading": "Heading ‘{name}’"})

_NAMED = lazily.compile(r"(Under|Heading) ‘(.*)’(?=$|, (?:paragraph|after|before|table|text box)\b)", re.DOTALL)
_STEP = lazily.compile(r"([a-z ]*[a-z])(?: (\d+))?")


def told(path: str, say: Callable[[str], str]) -> str:
    """`Under ‘How to apply’, table 2, row 3` with each step as `say` puts it; what is no step of ours as it stands."""
    named = _NAMED.match(path)
    said = [say(QUOTED[named[1]]).replace("{name}", named[2])] if named else []
    rest = path[named.end() :].removeprefix(", ") if named else path
    for part in rest.split(", ") if rest else []:
        step = _STEP.fullmatch(part[:1].lower() + part[1:])
        words = say(STEPS[step[1]]).replace("{number}", step[2] or "") if step and step[1] in STEPS else part
        said.append(words[:1].upper() + words[1:] if part[:1].isupper() else words)
    return ", ".join(said)
