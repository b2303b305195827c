"""The whole document from the summaries of its pages: body style, heading levels, page numbers, contents, covers, language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

from clearprint import lazily
from clearprint.layout.contents import contents_of, named_further_on
from clearprint.layout.furniture import (
    OUTSIDE,
    follow,
    in_zone,
    is_running_head,
    missing,
    printed_numbers,
    running_heads,
    strays,
)
from clearprint.layout.headings import heavier, stands_out, text_styles
from clearprint.layout.imposition import sheets_of
from clearprint.layout.language import language_of
from clearprint.layout.levels import heading_order, levels
from clearprint.layout.patterns import ends_sentence, plain
from clearprint.model import Extent, HeadingUse, Job, PageSummary, StyleKey, Survey, place_order

_Key = TypeVar("_Key")

LIKE_SIZE = 0.06  # share by which a style may differ in size from the body and be like it
FEW_RUN = 0.2  # share of the letters in running text, under which the commonest style may be the body
NEARLY = 0.6  # times the letters of the style that sets most: a larger one that sets so many is the body
FEW_LETTERS = 60  # of running text: too few to know a style of body text by
MOSTLY = 0.5  # share of a style's letters that stand in running text
NAMELESS = lazily.compile(r"CID ?Font\+F\d+")  # what some producers write for every face of a document
COVER_WORDS = 60
COVER_PAGES = 4


def settle(summary: PageSummary, job: Job) -> Survey:
    """What one page needs to know of the whole."""
    body = _body(summary)
    alike = _alike(summary, body)
    states = dict(summary.states)
    blanks = frozenset(page for page, state in states.items() if state == "blank")
    unreadable = tuple(sorted(page for page, state in states.items() if state in ("scan", "outlined", "unreadable")))
    covers = _covers(summary, job, blanks, frozenset(unreadable))
    pages = len(summary.pages)
    heights = {size.page: size.height for size in summary.sizes if size.page is not None}
    heads = running_heads(summary.heads, pages, heights, summary.flowing, body[1] if body else None)
    runs = follow(summary.folios, pages, heads)
    stray = strays(runs, summary.folios, heads)
    folios = [item for run in runs for item in run.found.values()] + list(stray.values())
    folios.sort(key=lambda item: (item.page, item.box))
    pictures = frozenset(page for page, state in states.items() if state == "picture")
    excused = covers | blanks | pictures | frozenset(unreadable)
    numbers = printed_numbers(runs, summary.pages)
    contents, listed = contents_of(summary, numbers)
    spoken = frozenset(plain(entry.text).rstrip("0123456789") for entry in contents)
    listing = frozenset(entry.page for entry in contents)
    numbered = frozenset((item.page, item.text) for item in folios)
    texts = text_styles(summary, body)
    uses = [
        use
        for use in summary.headings
        if use.place.page not in covers
        and not (use.level is None and use.key in texts)
        and not (use.place.page in listing and plain(use.place.text).rstrip("0123456789") in spoken)
        and _is_heading(use, body)
        and not _is_furniture(use, heads, numbered, heights)
    ]
    by_level, styles = levels(sorted(uses, key=heading_order))
    return Survey(
        job=job,
        pages=pages,
        laid_out=summary.laid_out,
        letters=sum(summary.letters_by_style.values()),
        body=body,
        body_styles=alike,
        letters_by_style=_ranked(summary.letters_by_style),
        letters_by_family=_ranked(summary.letters_by_family),
        language=language_of(job.language, summary.languages, summary.guesses),
        faces=tuple(sorted(summary.faces, key=lambda use: place_order(use.place))),
        headings=by_level,
        text_styles=texts,
        heading_styles=tuple(sorted(styles.items(), key=lambda item: (item[1], item[0]))),
        folios=tuple(folios),
        folios_missing=missing(folios, summary.pages, excused, summary.sizes),
        running_heads=heads,
        contents=contents,
        named=named_further_on(summary, uses),
        contents_list=listed or summary.contents_field,
        covers=covers,
        blanks=blanks,
        counted_pages=len(summary.pages - covers - blanks),
        extent=summary.extent,
        counted_extent=_counted(summary, job),
        numbering=tuple(sorted(summary.numbering, key=lambda item: (item.section, item.kind))),
        sizes=tuple(sorted(summary.sizes, key=lambda size: (size.page or 0, size.path or "", size.width, size.height))),
        states=tuple(sorted(summary.states)),
        unreadable=unreadable,
        hyphenated=summary.hyphenated,
        inner_margins=tuple(sorted(summary.inner_margins)),
        columns=max(sorted(summary.columns, reverse=True), key=lambda count: summary.columns[count], default=1),
        fold_lines=tuple(sorted(summary.fold_lines)),
        sheets=sheets_of(summary),
        not_looked_at=tuple(sorted(summary.not_looked_at, key=lambda item: (item.page or 0, repr(item)))),
    )


def _body(summary: PageSummary) -> StyleKey | None:
    """The style that sets most letters of running paragraphs; of all text where there are none to speak of."""
    everything = sum(summary.letters_by_style.values())
    running = summary.running_by_style
    chosen = running if sum(running.values()) >= max(60, 0.05 * everything) else summary.letters_by_style
    if not chosen:
        return None
    body = max(sorted(chosen), key=lambda key: chosen[key])
    if chosen is running:  # a long note in small print beside the text is not what the text is measured by
        near = [key for key in running if running[key] >= NEARLY * running[body] and key[0] == body[0] and key[2:] == body[2:]]
        body = max(near, key=lambda key: (key[1], running[key], key))
    most = max(sorted(summary.letters_by_style), key=lambda key: summary.letters_by_style[key])
    if sum(running.values()) < FEW_RUN * everything and most[1] > body[1] and 2 * summary.letters_by_style[most] > everything:
        return most  # a sheet of cells or a poster: a few small lines that run on are no measure for it
    return body


def _alike(summary: PageSummary, body: StyleKey | None) -> frozenset[StyleKey]:
    """The body style and those like it: its bold and italic, sizes a hair off, and other styles that set much running text, or
    little else: slides and leaflets set theirs in several sizes."""
    if body is None:
        return frozenset()
    total = sum(summary.running_by_style.values()) or 1
    result = {body}
    for key in summary.letters_by_style:
        near = abs(key[1] - body[1]) <= max(0.3, LIKE_SIZE * body[1])
        share = summary.running_by_style.get(key, 0) / total
        runs = summary.running_by_style.get(key, 0)
        mostly = runs >= max(FEW_LETTERS, MOSTLY * summary.letters_by_style[key])
        if (
            (near and _one_family(key[0], body[0]))
            or (near and share >= 0.02)
            or (share >= 0.15 and 0.88 * body[1] <= key[1] <= 1.2 * body[1])
            or (mostly and share >= 0.02 and key[1] >= 0.88 * body[1] and not heavier(key, body))
        ):
            result.add(key)
    return frozenset(result)


def _one_family(one: str, other: str) -> bool:
    """Whether two faces may be of one family: for faces that are only numbered nothing tells."""
    return one == other or (NAMELESS.fullmatch(one) is not None and NAMELESS.fullmatch(other) is not None)


def _counted(summary: PageSummary, job: Job) -> Extent:
    """Pages that a document without a layout likely makes, without covers and blanks."""
    pages, out = summary.extent, summary.uncounted
    if job.cover is not None:
        out = Extent(len(job.cover), len(job.cover), len(job.cover))
    counts = (pages.least - out.most, pages.likely - out.likely, pages.most - out.least)
    return Extent(*(max(0, count) for count in counts))


def _covers(summary: PageSummary, job: Job, blanks: frozenset[int], unreadable: frozenset[int]) -> frozenset[int]:
    """Declared, or the first or last page of 4+ with under 60 words and no paragraph of 3+ lines."""
    if job.cover is not None:
        last = max(summary.pages, default=0)
        return frozenset(page if page > 0 else last + 1 + page for page in job.cover) & summary.pages
    if len(summary.pages) < COVER_PAGES:
        return frozenset()
    words = Counter(dict(summary.words))
    ends = {min(summary.pages), max(summary.pages)}
    return frozenset(
        page for page in ends - blanks - unreadable if words[page] < COVER_WORDS and page not in summary.long_paragraph_pages
    )


def _is_heading(use: HeadingUse, body: StyleKey | None) -> bool:
    """Named a heading, and not outvoted; else set larger or heavier than the body."""
    larger = body is not None and use.key[1] > body[1]
    if use.level is not None:
        return larger or len(use.place.text.split()) < 8 or not ends_sentence(use.place.text)
    return stands_out(use.key, body, use.place.text, use.over)


def _is_furniture(
    use: HeadingUse, heads: Mapping[str, float], folios: frozenset[tuple[int, str]], zones: Mapping[int, float]
) -> bool:
    """A running head or page number, not a heading of the text."""
    page, box = use.place.page, use.place.box
    if page is None or box is None:
        return False
    if (page, use.place.text) in folios:
        return True
    height = zones.get(page, 0.0)
    return (in_zone(box, height) or box.y1 < OUTSIDE * height) and is_running_head(use.place.text, box, heads)


def _ranked(counts: Counter[_Key]) -> tuple[tuple[_Key, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], repr(item[0]))))
