"""What one page says about the whole document: styles, headings, folios, contents, sizes. Cheap, and merges in any order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from clearprint import lazily
from clearprint.geometry import Box
from clearprint.layout.contents import LONGEST, entries_of
from clearprint.layout.furniture import may_be_furniture, outermost
from clearprint.layout.headings import candidates
from clearprint.layout.imposition import has_twin_halves
from clearprint.layout.language import votes
from clearprint.layout.levels import column_left
from clearprint.layout.patterns import counts_pages, ends_sentence, folio_values
from clearprint.model import (
    Block,
    Face,
    FaceUse,
    FolioCandidate,
    HeadingUse,
    Line,
    Page,
    PageSize,
    PageSummary,
    Span,
    StyleKey,
    letters,
)

FLOWING = 1.6  # em from line to line: more is white between the text and what stands in the head or foot
LARGE = 18.0  # points: a title may be set in as many lines as a paragraph
MANY_WORDS = 25  # more than a title has
_HYPHENATED = lazily.compile(r"\w+(?:[-\u2010\u2011]\w+)+")
_NOT_RUNNING = frozenset(
    {"heading", "title", "table", "contents", "running-head", "running-foot", "folio", "caption", "form", "label"}
)


def summarise(page: Page) -> PageSummary:
    """The page's part in what has to be known of the whole document."""
    by_style: Counter[StyleKey] = Counter()
    by_family: Counter[str] = Counter()
    running: Counter[StyleKey] = Counter()
    languages: Counter[str] = Counter()
    guesses: Counter[str] = Counter()
    hyphenated: set[str] = set()
    words = 0
    for block in page.blocks:
        runs = _is_running(block, page.laid_out)
        for span in block.spans:
            count = span.letters
            if not count:
                continue
            by_style[span.style.key] += count
            by_family[span.style.face.family] += count
            if runs:
                running[span.style.key] += count
        if block.language:
            languages[block.language.lower()] += letters(block.text)
        words += block.word_count
        guesses.update(votes(block.text))
        hyphenated.update(_hyphenated(block))
    number = page.number
    found = candidates(page)
    return PageSummary(
        pages=frozenset() if number is None else frozenset({number}),
        sections=1 if number is None else 0,
        extent=page.extent,
        uncounted=page.uncounted,
        numbering=page.numbering,
        laid_out=page.laid_out,
        letters_by_style=by_style,
        letters_by_family=by_family,
        running_by_style=running,
        languages=languages,
        guesses=guesses,
        faces=_faces(page),
        headings=tuple(sorted((_heading(page, page.blocks[index], over) for index, over in found.items()), key=repr)),
        folios=tuple(sorted(_folios(page), key=repr)),
        heads=tuple(sorted(_heads(page), key=repr)),
        flowing=tuple(sorted(_flowing(page), key=repr)),
        entries=tuple(sorted(entries_of(page), key=repr)),
        heading_texts=tuple(sorted(_heading_texts(page, found))),
        standing=page.standing,
        contents_field=not page.laid_out and any(block.hint == "contents" for block in page.blocks),
        sizes=(PageSize(number, page.width, page.height, page.path),),
        words=() if number is None else ((number, words),),
        long_paragraph_pages=frozenset({number}) if number is not None and _has_long_paragraph(page) else frozenset(),
        states=() if number is None else ((number, page.state),),
        hyphenated=frozenset(hyphenated),
        inner_margins=((number, page.margins[0], page.margins[2]),) if number is not None and page.margins else (),
        columns=Counter({max(1, sum(not column.aside for column in page.columns)): 1}) if running else Counter(),
        gutters=len(page.gutters),
        fields=len(page.fields),
        fold_lines=() if number is None else tuple(sorted((number, box) for box in page.fold_lines)),
        twins=frozenset({number}) if number is not None and has_twin_halves(page) else frozenset(),
        not_looked_at=tuple(sorted(page.not_looked_at, key=repr)),
    )


def zone_lines(page: Page, cells: bool = True) -> Iterator[Line]:
    """Lines in the head and foot of a page, of blocks too short to be its text; `cells`: of tables too."""
    ends = outermost(page)
    for block in page.blocks:
        if block.box is None or len(block.lines) > 4 or abs(block.angle) > 2 or (block.in_table and not cells):
            continue
        for line in block.lines:
            if may_be_furniture(line.box, page.height, ends) and len(line.text) <= 200:
                yield line


def _heads(page: Page) -> Iterator[tuple[int, str, Box]]:
    if page.number is not None:
        for line in zone_lines(page, cells=False):
            yield page.number, line.text, line.box


def _flowing(page: Page) -> Iterator[tuple[int, Box]]:
    """Lines in the head and foot that the text of the page leads on from or to, with no more than a line's step between."""
    if page.number is None:
        return
    lines = sorted((line for block in page.blocks for line in block.lines), key=lambda line: line.baseline)
    zone = {id(line) for line in zone_lines(page, cells=False)}
    middle = page.height / 2
    long = {id(line) for block in page.blocks if _is_long(block) for line in block.lines}
    apart = zone - long  # those that nothing leads to from the text, as far as is known
    feet = [index for index, line in enumerate(lines) if id(line) in zone and line.box.centre[1] > middle]
    tops = [index for index, line in enumerate(lines) if id(line) in zone and line.box.centre[1] <= middle]
    for index in (*feet, *reversed(tops)):  # from the text outwards
        line = lines[index]
        upwards = line.box.centre[1] > middle
        for place in range(index - 1, -1, -1) if upwards else range(index + 1, len(lines)):
            other = lines[place]
            if abs(other.baseline - line.baseline) > FLOWING * line.size:
                break
            level = abs(other.baseline - line.baseline) < 0.5 * line.size
            near = not level and other.box.x_overlap(line.box) > 0 and abs(other.size - line.size) <= 0.06 * line.size
            if near and id(other) not in apart:
                apart.discard(id(line))
                yield page.number, line.box
                break


def _is_running(block: Block, laid_out: bool) -> bool:
    """Whether a block reads as running text, as far as its own page can tell."""
    if block.in_table or block.in_picture or block.hint in _NOT_RUNNING or abs(block.angle) > 2:
        return False
    if not laid_out:
        return block.word_count >= 10 or ends_sentence(block.text)
    return len(block.lines) >= 2 and block.word_count >= 8


def _has_long_paragraph(page: Page) -> bool:
    """A paragraph of 3+ lines, or two in large type: one alone may be a cover's title, though it ends as a sentence does."""
    long = [block for block in page.blocks if _is_long(block)]
    return any(block.size < LARGE or block.word_count >= MANY_WORDS for block in long) or (
        sum(ends_sentence(block.text) for block in long) >= 2
    )


def _is_long(block: Block) -> bool:
    """Three lines and more of running text: not an address whose lines are broken by hand."""
    filled = sum(line.full is not False for line in block.lines)
    return len(block.lines) >= 3 and filled >= 2 and block.word_count >= 12


def _hyphenated(block: Block) -> Iterator[str]:
    texts = [line.text for line in block.lines] or [block.text]
    for text in texts:
        if "-" in text or "\u2010" in text or "\u2011" in text:
            for match in _HYPHENATED.finditer(text):
                yield re.sub("[\u2010\u2011]", "-", match.group()).casefold()


def _faces(page: Page) -> tuple[FaceUse, ...]:
    counts: dict[Face, tuple[int, int, int]] = {}  # letters, figures, figures in tables
    smallest: dict[Face, float] = {}
    first: dict[Face, tuple[tuple[bool, float, float], Block, Span]] = {}
    for block in page.blocks:
        table = block.in_table or block.hint == "table"
        for span in block.spans:
            count = span.letters
            if not count:
                continue
            face = span.style.face
            digits = sum(map(str.isdigit, span.text))
            known = counts.get(face, (0, 0, 0))
            counts[face] = known[0] + count, known[1] + digits, known[2] + (digits if table else 0)
            if digits and not span.style.raised:
                smallest[face] = min(smallest.get(face, span.style.size), span.style.size)
            at = (not digits, span.box.y0, span.box.x0) if span.box else (not digits, 0.0, 0.0)
            if face not in first or at < first[face][0]:
                first[face] = at, block, span
    uses = []
    for face, (amount, figures, tabled) in counts.items():
        _, block, span = first[face]
        uses.append(FaceUse(face, amount, figures, smallest.get(face), tabled, block.place_of(span)))
    return tuple(sorted(uses, key=lambda use: (use.face.name, repr(use.face))))


def _heading(page: Page, block: Block, over: StyleKey | None) -> HeadingUse:
    left = column_left(page, block)
    return HeadingUse(
        block.level if block.hint == "heading" else None,
        block.style.key,
        block.left if block.box is None else block.box.x0 - left if left is not None else None,
        block.style.colour,
        block.centred_on is not None or block.alignment == "centred",
        block.place,
        over,
    )


def _heading_texts(page: Page, found: Collection[int]) -> Iterator[tuple[int, str]]:
    if page.number is None:
        return
    chosen = set(found)
    for index, block in enumerate(page.blocks):
        if index in chosen or (len(block.lines) <= 3 and 0 < block.word_count <= 25 and not block.in_table):
            yield page.number, block.text[:LONGEST]


def _folios(page: Page) -> Iterator[FolioCandidate]:
    if page.number is None:
        return
    for line in zone_lines(page):
        for value, roman, _, written in folio_values(line.text):
            words = [word for word in line.words if written in word.text]
            first = counts_pages(line.text) or line.text.lstrip().startswith(written)  # "6 of 6": the first is the page's own
            word = words[0 if first else -1] if words else None
            where = word.box if word else line.box
            style = word.style if word else line.spans[0].style
            yield FolioCandidate(page.number, value, roman, line.text, where, style.key, style.colour)
