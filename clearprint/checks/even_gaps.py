"""Even gaps: word spaces against the face's own, line by line, and letters set apart, stretched or squeezed.

Spaces after a stop and tabs are left out. Cannot see: kerning pairs made by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import fmean, median
from typing import Any

from clearprint import lazily
from clearprint.answers import Observation, seen
from clearprint.layout.runs import likely_lines, runs, spaceless
from clearprint.layout.signs import symbol_face
from clearprint.model import Block, Line, Page, Style, Survey, letters

MEASURES = {
    "wide": "ratio",
    "narrow": "ratio",
    "spread": "ratio",
    "single": "ratio",
    "tracking": "percent",
    "width": "percent",
    "double-spaces": "count",
}
FACTS = {"role": "role", "lines": "count", "alignment": "word", "basis": "word"}

_OUT = frozenset(
    {"table", "contents", "code", "label", "form", "logotype", "watermark", "folio", "running-head", "running-foot"}
)
_DOUBLE = lazily.compile(r"(?<=[^\s.!?:;…])[ \u00a0]{2,}(?=\S)")

_ROW = lazily.compile(r"(?<=[^\s.!?:;…(\[_])[ \u00a0]{3,}(?=[^\s)\]_])")  # brackets round spaces are a box to tick

_KERNED = 6  # letters: fewer that stand close are kerned by hand, as those of a logotype within the text are
_ROUNDED = 0.0101  # share of size or width
_OTHER = 0.25  # share that the word spaces of two faces differ by: those of one family differ by less
_APART = 2.5  # times the face's own space: more parts things, not words


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for block in page.blocks:
        if block.role in _OUT or block.in_table or not block.size > 0 or not letters(block.text):
            continue
        heading = block.role in ("heading", "title")
        if heading and block.word_count <= 3:
            continue
        yield from _letters(block)
        if spaceless(block.text):
            continue
        if page.laid_out:
            yield from _lines(block, page)
        elif likely_lines(block, page) >= 2:
            yield from _unlaid(block)
        doubled = len(_DOUBLE.findall(block.text))
        if doubled:
            yield seen("double-spaces", block.place, doubled, amount=0, role=block.role)


def _unlaid(block: Block) -> Iterator[Observation]:
    """Without lines: only justified type has gaps that the words do not bring with them, or spaces typed in a row."""
    typed = max((len(found) for found in _ROW.findall(block.text)), default=0)
    if typed:
        yield seen("single", block.place, float(typed), amount=0, role=block.role, alignment=block.alignment, basis="face")
    if block.alignment == "justified":
        yield Observation.unmeasured("wide", block.place, "estimate", "justified", role=block.role)
    else:
        yield seen("wide", block.place, 1.0, role=block.role, alignment=block.alignment, basis="face")


def _lines(block: Block, page: Page) -> Iterator[Observation]:
    if len(block.lines) < 2:
        return
    own = _own_space(block.style)
    fields = [field.box for field in page.fields if field.box is not None and block.box and field.box.shared_area(block.box)]
    lines = [line for line in block.lines if line.gaps and not any(box.shared_area(line.box) for box in fields)]
    if own:
        lines = [line for line in lines if not _has_other_spaces(line, block.style.face.space or 0.0)]
    every = [gap / line.size for line in lines for gap in line.gaps if line.size > 0 and gap > 0]
    if not every:
        return
    space = own or median(every)
    lines = [line for line in lines if not _row(line, block, space)]
    if not lines:
        return
    means = sorted((fmean(line.gaps) / (line.size or block.size) / space, number) for number, line in enumerate(lines))
    facts: dict[str, Any] = {
        "role": block.role,
        "lines": len(lines),
        "alignment": block.alignment,
        "basis": "face" if own else "paragraph",
    }
    # "On two lines or more" is what the second widest and the second narrowest say. One line alone has no second.
    wide = means[-2][0] if len(means) > 1 else 1.0
    narrow = means[1][0] if len(means) > 1 else 1.0
    yield Observation("wide", _at(block, lines[means[-1][1]]), wide, len(lines), facts=facts)
    yield Observation("narrow", _at(block, lines[means[0][1]]), narrow, 0, facts=facts)
    several = [item for item in means if len(lines[item[1]].gaps) >= 2]
    if len(several) > 1 and several[0][0] > 0:
        spread = several[-1][0] / several[0][0]
        yield Observation("spread", _at(block, lines[several[-1][1]]), spread, 0, facts=facts)
    widest_gap, number = max((max(line.gaps) / (line.size or block.size) / space, index) for index, line in enumerate(lines))
    yield Observation("single", _at(block, lines[number]), widest_gap, 0, facts=facts)


def _has_other_spaces(line: Line, own: float) -> bool:
    """Whether some of a line is in a face whose word space is another, as code among text is: its gaps are that face's."""
    spaces = [span.style.face.space for span in line.spans]
    return any(space and abs(space - own) > _OTHER * own for space in spaces)


def _row(line: Line, block: Block, space: float) -> bool:
    """Whether a line is things set apart (options, links), not words: several wide gaps where no edge is to be filled."""
    if block.role != "other" or block.alignment == "justified" or line.size <= 0:
        return False
    return sum(1 for gap in line.gaps if gap / line.size > _APART * space) > 1


def _letters(block: Block) -> Iterator[Observation]:
    """Tracked and stretched runs."""
    if all(_plain(span.style) for span in block.spans):
        return
    for run in runs(block, _looks()):
        style = run.style
        if run.letters < 3 or _plain(style) or symbol_face(style.face):
            continue
        if (style.tracking or 0.0) < 0 and run.letters < _KERNED:
            continue
        facts = {"role": block.role}
        if style.tracking:
            yield Observation("tracking", run.place, style.tracking * 100, 1, facts=facts)
        if abs(style.stretch - 1) > 0.001:
            yield Observation("width", run.place, style.stretch * 100, 0 if style.tracking else 1, facts=facts)


def _plain(style: Style) -> bool:
    return not style.tracking and abs(style.stretch - 1) <= 0.001


def _looks() -> Callable[[Style], tuple[float, float]]:
    """Tracking and stretch of a style. Values that differ by no more than their rounding, line by line, are one."""
    known: list[tuple[float, float]] = []

    def look(style: Style) -> tuple[float, float]:
        own = (style.tracking or 0.0, style.stretch)
        for other in known:
            if bool(own[0]) == bool(other[0]) and max(abs(own[0] - other[0]), abs(own[1] - other[1])) < _ROUNDED:
                return other
        known.append(own)
        return own

    return look


def _own_space(style: Style) -> float | None:
    """The face's word space as set, in em: its own and what tracking adds."""
    if not style.face.space:
        return None
    space = (style.face.space + (style.tracking or 0.0)) * style.stretch
    return space if space > 0.05 else None


def _at(block: Block, line: Line) -> Any:
    """The place of one line, told apart by its own text."""
    return replace(block.place_of(line), text=line.text)
