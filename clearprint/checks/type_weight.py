"""Type weight: how strong, upright and plain the letters are, by their outlines where the file has them.

Cannot see: letters inside pictures, and how far ink spreads in print.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clearprint.answers import Observation, seen
from clearprint.layout.runs import Run, ends_sentence, runs, spaceless
from clearprint.layout.signs import symbol_face
from clearprint.model import Block, Page, Style, Survey

MEASURES = {
    "stem": "percent",
    "weight": "weight",
    "italic": "count",
    "genre": "word",
    "condensed": "yes-no",
    "underlined": "yes-no",
}
FACTS = {"role": "role", "face": "text", "weight": "weight", "light": "yes-no", "outlines": "yes-no", "sentence": "yes-no"}
_LINK = ("http", "www.", "@", "://")
_RING = "o"  # Word's bullet of the second level: the letter in a typewriter face, read as a ring


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for block in page.blocks:
        for run in runs(block, _look):
            if any(map(str.isalpha, run.text)) and not symbol_face(run.style.face) and run.text.strip() != _RING:
                yield from _strength(run)
        if any(span.style.italic or span.style.underlined for span in block.spans):
            yield from _slant(block)
            yield from _underlines(block)


def _strength(run: Run) -> Iterator[Observation]:
    style, face = run.style, run.style.face
    outlines = face.stem is not None and not style.synthetic_bold and not spaceless(run.text)
    facts: dict[str, Any] = {
        "role": run.block.role,
        "face": face.family or face.name,
        "weight": style.weight,
        "light": face.named_light,
        "outlines": outlines,
    }
    place = run.place
    if outlines and face.stem is not None:
        yield Observation("stem", place, face.stem * 100, run.letters, facts=facts)
    if style.weight is not None:
        yield Observation("weight", place, style.weight, 0 if outlines else run.letters, facts=facts)
    elif not outlines:
        yield Observation.unmeasured("weight", place, "unmeasured", "unknown-face", run.letters, **facts)
    if face.genre is not None:
        yield Observation("genre", place, face.genre, 0, facts=facts)
    if face.condensed:
        yield Observation("condensed", place, True, 0, facts=facts)


def _slant(block: Block) -> Iterator[Observation]:
    """How many words each slanted stretch has, whatever else changes in it."""
    before = ""
    for run in runs(block, lambda style: bool(style.italic)):
        words = [word for word in run.text.split() if any(map(str.isalpha, word))]
        if run.style.italic and words and not symbol_face(run.style.face):
            starts = not before.strip() or ends_sentence(before)
            yield seen(
                "italic",
                run.place,
                len(words),
                amount=0,
                role=block.role,
                face=run.style.face.family,
                sentence=starts and ends_sentence(run.text),
            )
        before = run.text


def _underlines(block: Block) -> Iterator[Observation]:
    for run in runs(block, lambda style: style.underlined and not style.link):
        style = run.style
        if not style.underlined or style.link or not any(map(str.isalpha, run.text)):
            continue
        if not any(mark in run.text.lower() for mark in _LINK):
            yield seen("underlined", run.place, True, amount=0, role=block.role, face=style.face.family)


def _look(style: Style) -> tuple[str, int | None, float | None]:
    return style.face.name, style.weight, style.face.stem
