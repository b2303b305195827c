"""Sentences that are made before the reader's language is known, said in that language.

A reader, a job ticket or a worker speaks English, whatever report is asked for: one sentence may go into several. Its template
is found here by its pattern. Why a document could not be read has too many forms for that: it is said anew by its code.
Other languages lose what only the English sentence tells; JSON and standard error keep it.
"""

from __future__ import annotations

import re
from functools import cache

from clearprint.languages import DEFAULT, Language

TEMPLATES = (
    "the coating {words} does not say how much the paper shines.",
    "several papers are used ({words}); the shiniest is judged.",
    "the binding {words} is not known here; declare one that is like it.",
    "the folding {words} is not known here; declare where the folds lie: fold-positions=99,198.",
    "it folds across the sheet, and does not say how high the sheet is: declare fold-heights.",
    "text inside a picture is not read",
    "its letters cannot be told: the font has no usable code map",
    "text drawn as outlines is not read",
    "could not be measured",
    "{number} characters whose letters cannot be told",
    "what lies behind text is guessed: this PDF engine cannot draw a page without its text",
    "clearprint failed on this page ({error})",
    "A document put in from another file is not read.",
    "Words inside a chart or diagram are not read.",
    "{file}, line {number}",
    "the PDF itself",
)
FAILURES = {
    "missing": "{file} does not exist. Check how it is written.",
    "unreadable": "{file} may not be read, or its disk fails.",
    "empty": "{file} is empty. Export or copy it again.",
    "encrypted": "{file} is locked with a password. Give it with --password, or save a copy without one.",
    "damaged": "{file} is damaged. Export or save it again.",
    "not-supported": "{file} is no PDF and no Word document. Export a PDF of it.",
    "too-large": "{file} is larger than is safe to read. Split or simplify it.",
    "changed": "{file} was changed or taken away while it was read. Check it again.",
    "empty-folder": "{file}: no .pdf, .docx or .dotx file in this folder.",
    "timeout": "{file}: the time limit ended the work. Give it more with --timeout.",
    "memory": "{file}: it needs more memory than a worker may take. Split or simplify the file.",
    "crashed": "{file}: clearprint itself failed. Please report this.",
    "crashed-engine": "{file}: the engine that reads it failed. Export it again, or please report this.",
    "layout": "{file}: LibreOffice could not lay it out. Export it to PDF and check that.",
    "no-room": "{file}: there is no room left on the disk to work in.",
}


def retold(text: str, language: Language) -> str:
    """A sentence in the reader's language; itself where it is of no template. A ticket's name before it stays."""
    if language.code == DEFAULT:
        return text
    lead, colon, rest = text.partition(": ")
    for head, said in (("", text), (lead + colon, rest)):
        for template, pattern in _patterns():
            found = pattern.fullmatch(said) if said else None
            if found is not None:
                shown = language.text(template)
                return head + re.sub(r"\{(\w+)\}", lambda name, found=found: found[name[1]], shown)  # type: ignore[misc]
    return language.text(text)


def failure(code: str, message: str, path: str, language: Language) -> str:
    """Why a document could not be checked."""
    if language.code == DEFAULT or code not in FAILURES:
        return message
    return language.text(FAILURES[code]).replace("{file}", path)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((template, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template)))) for template in TEMPLATES)
