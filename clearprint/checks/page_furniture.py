"""Page furniture: page numbers that are there, count, and keep their place and style; headings of one level that look alike.

Cannot see: whether a number would be easier to find elsewhere on the page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import pairwise
from statistics import median_low
from typing import Any, TypeVar

from clearprint import lazily
from clearprint.answers import Observation, seen
from clearprint.colour import Colour, look_alike, to_hex
from clearprint.model import FolioCandidate, HeadingUse, Numbering, PageSize, Place, StyleKey, Survey, letters
from clearprint.units import from_mm, to_mm

MEASURES = {
    "number": "word",
    "shift": "mm",
    "number-size": "pt",
    "number-face": "word",
    "sequence": "word",
    "number-smaller": "pt",
    "number-colour": "word",
    "heading": "word",
    "heading-size": "pt",
    "heading-face": "word",
    "heading-weight": "word",
    "heading-left": "mm",
    "heading-colour": "word",
}
FACTS = {
    "role": "role",
    "level": "count",
    "share": "percent",
    "size": "pt",
    "usual": "text",
    "found": "text",
    "pages": "count",
    "about": "word",
}

_ONE_EDGE = from_mm(2)  # left edges nearer than this are one edge, for telling which is the commonest
_ONE_SIZE = 0.2
_COMMON = 0.2  # of a level's headings that make an edge one of its usual ones

_FEW = 2  # pages that need no number
_PAGES_OF = {"default": "", "first": ", first page", "even": ", even pages"}

_NUMBERED = lazily.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.):]?\s")
_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)


def on_survey(survey: Survey) -> Iterator[Observation]:
    if survey.laid_out and survey.pages < 2:
        return
    if not survey.laid_out:
        yield from _without_layout(survey)
    elif survey.pages > _FEW:
        yield from _presence(survey)
        yield from _folios(survey)
    elif survey.unreadable and not survey.headings:
        yield Observation.unmeasured("heading", Place(), "unreadable", "unreadable", role="heading")
    for number, level in enumerate(survey.headings, 1):
        # An icon from a face of marks stands where a heading might, and says nothing.
        yield from _headings(tuple(use for use in level if letters(use.place.text)), number)


def _presence(survey: Survey) -> Iterator[Observation]:
    facts: dict[str, Any] = {"role": "folio", "pages": survey.pages, "about": ""}
    if not survey.folios and survey.unreadable:
        yield Observation.unmeasured("number", Place(), "unreadable", "unreadable", **facts)
        return
    if not survey.folios and survey.folios_missing:
        yield seen("number", Place(), "none", **facts)
        return
    for folio in survey.folios:
        yield seen("number", _place(folio), "present", **facts)
    for page in survey.folios_missing:
        yield seen("number", Place(page), "missing", **facts)


def _without_layout(survey: Survey) -> Iterator[Observation]:
    """Numbers that headers and footers carry, where the pages themselves are not known."""
    pages = survey.extent
    if 0 < pages.most <= _FEW:
        return
    facts: dict[str, Any] = {"role": "folio", "pages": pages.likely, "about": "about "}
    upright = [kind for kind in survey.numbering if not kind.turned] or list(survey.numbering)
    numbered = [kind for kind in upright if kind.number is not None]
    if not numbered:
        sure = pages.least > _FEW
        yield seen("number", Place(), "none", **facts) if sure else _open("number", Place())
        return
    for kind in upright:
        place = kind.number
        if place is not None:
            yield seen("number", place, "present", **facts)
        elif _lacks(kind, survey):
            place = Place(None, None, "", f"Section {kind.section}{_PAGES_OF[kind.kind]}")
            sure = pages.least > _FEW and pages.least == survey.counted_extent.least and kind.pages.least > 2
            sure = sure and kind.kind != "first"
            yield seen("number", place, "missing", **facts) if sure else _open("number", place)
    if len({kind.position for kind in numbered}) > 1:
        yield _open("shift", Place())
    yield from _alike([(kind.number, kind.key, kind.colour) for kind in numbered if kind.number and kind.key], survey)


def _open(measure: str, place: Place) -> Observation:
    return Observation.unmeasured(measure, place, "estimate", "estimate", role="folio")


def _lacks(kind: Numbering, survey: Survey) -> bool:
    """Whether pages of that kind may be without a number that ought to have one: page 1 may go without."""
    if kind.kind == "first":
        return kind.section > 1 and kind.opens
    if kind.kind == "even":
        return kind.pages.most > 1 or kind.section > 1
    first = any(other.kind == "first" and other.section == kind.section for other in survey.numbering) and kind.opens
    return kind.pages.most > (1 if first or kind.section == 1 else 0)


def _place(folio: FolioCandidate) -> Place:
    family, size, *_ = folio.key
    return Place(folio.page, folio.box, folio.text, style=f"{family} {size:g} pt")


def _folios(survey: Survey) -> Iterator[Observation]:
    folios = _on_usual_pages(survey)
    if not folios:
        return
    for folio, shift in zip(folios, _shifts(folios, survey), strict=True):
        yield seen("shift", _place(folio), to_mm(shift), amount=0, role="folio")
    yield from _sequence(folios, survey)
    yield from _alike([(_place(folio), folio.key, folio.colour) for folio in folios], survey)


def _alike(numbers: Sequence[tuple[Place, StyleKey, Colour | None]], survey: Survey) -> Iterator[Observation]:
    """Whether all page numbers are set alike, and as large as the text."""
    usual = _commonest(numbers, lambda number: (number[1][0], round(number[1][1], 1), number[1][2]))
    for place, (family, size, weight, _), _ in numbers:
        same = (family, weight) == (usual[0], usual[2])
        facts: dict[str, Any] = {
            "role": "folio",
            "size": size,
            "usual": f"{usual[0]} {usual[1]:g} pt",
            "found": f"{family} {size:g} pt",
        }
        yield seen("number-size", place, abs(size - usual[1]), amount=0, **facts)
        yield seen("number-face", place, "same" if same else "other", amount=0, **facts)
    first = numbers[0][0]
    if survey.body_size is not None:
        yield seen("number-smaller", first, survey.body_size - usual[1], amount=0, role="folio", size=usual[1])
    colours = [colour for _, _, colour in numbers if colour is not None]
    alike = all(look_alike(colours[0], colour) for colour in set(colours))
    yield seen("number-colour", first, "same" if alike else "other", amount=0, role="folio")


def _on_usual_pages(survey: Survey) -> list[FolioCandidate]:
    """Page numbers on pages of the commonest size: a landscape or larger page has its number elsewhere. No covers."""
    sizes = {size.page: size for size in survey.sizes}
    counts = Counter(_shape(size) for size in survey.sizes)
    if not counts:
        return list(survey.folios)
    usual = max(sorted(counts), key=lambda shape: counts[shape])
    return [
        folio
        for folio in survey.folios
        if folio.page not in survey.covers and (folio.page not in sizes or _shape(sizes[folio.page]) == usual)
    ]


def _shape(size: PageSize) -> tuple[int, int]:
    return round(size.width / 12), round(size.height / 12)


def _shifts(folios: list[FolioCandidate], survey: Survey) -> list[float]:
    """How far each number is from where the others stand, points. Left and right pages may mirror each other."""
    width = next((size.width for size in survey.sizes if size.page == folios[0].page), 0.0)
    across = [
        _across([folio.box.x0 for folio in folios], [folio.box.x1 for folio in folios]),
        _across(*_mirrored(folios, width)),
    ]
    sides = [[index for index, folio in enumerate(folios) if folio.page % 2 == side] for side in (0, 1)]
    if all(len(side) > 2 for side in sides):
        apart = [0.0] * len(folios)
        for side in sides:
            found = _across([folios[index].box.x0 for index in side], [folios[index].box.x1 for index in side])
            for index, shift in zip(side, found, strict=True):
                apart[index] = shift
        across.append(apart)
    sideways = min(across, key=sum)
    baselines = [folio.box.y1 for folio in folios]
    usual = median_low(baselines)
    return [max(dx, abs(y - usual)) for dx, y in zip(sideways, baselines, strict=True)]


def _mirrored(folios: list[FolioCandidate], width: float) -> tuple[list[float], list[float]]:
    """Left and right edges with those of even pages seen in a mirror."""
    lefts = [width - folio.box.x1 if folio.page % 2 == 0 else folio.box.x0 for folio in folios]
    rights = [width - folio.box.x0 if folio.page % 2 == 0 else folio.box.x1 for folio in folios]
    return lefts, rights


def _across(lefts: list[float], rights: list[float]) -> list[float]:
    """Each one's distance from the others sideways: by its left edge, middle or right edge, as 9 is narrower than 10."""
    middles = [(left + right) / 2 for left, right in zip(lefts, rights, strict=True)]
    usual = median_low(lefts), median_low(middles), median_low(rights)
    places = zip(lefts, middles, rights, strict=True)
    return [min(abs(edge - common) for edge, common in zip(place, usual, strict=True)) for place in places]


def _sequence(folios: list[FolioCandidate], survey: Survey) -> Iterator[Observation]:
    """Numbers that do not count on from the one before. Blank, picture and turned pages may be passed over in the count."""
    quiet = survey.blanks | {page for page, state in survey.states if state == "picture"} | survey.covers
    pace = 2 if _pace(folios) >= 2 else 1
    before: FolioCandidate | None = None
    for index, folio in enumerate(folios):
        right = True
        if before is not None and before.roman == folio.roman:
            pages = folio.page - before.page
            skipped = sum(1 for page in range(before.page + 1, folio.page) if page in quiet)
            step = folio.value - before.value
            right = pace * (pages - skipped) <= step <= pace * pages or folio.value == 1
        if right or _goes_on(folio, folios[index + 1 : index + 2], pace):
            before = folio
        facts: dict[str, Any] = {"role": "folio", "found": folio.text}
        yield seen("sequence", _place(folio), "right" if right else "wrong", amount=0, **facts)


def _pace(folios: list[FolioCandidate]) -> int:
    """How much the number grows from page to page: 2 in a file of spreads."""
    steps = [
        round((after.value - before.value) / (after.page - before.page))
        for before, after in pairwise(folios)
        if after.page > before.page
    ]
    return median_low(steps) if steps else 1


def _goes_on(folio: FolioCandidate, following: list[FolioCandidate], pace: int) -> bool:
    """Whether the next number counts on from this one: then this is where the count jumped, and not a single wrong number."""
    return any(other.value - folio.value == pace * (other.page - folio.page) for other in following)


# --- headings -------------------------------------------------------------------------------------------------------------


def _headings(level: tuple[HeadingUse, ...], number: int) -> Iterator[Observation]:
    count = len(level)
    if not count:
        return
    size = _commonest(level, lambda use: use.key[1])
    family = _commonest(level, lambda use: use.key[0])
    weight = _commonest(level, lambda use: use.key[2])
    colours = [use.colour for use in level if use.colour is not None]
    colour = _commonest(colours, lambda colour: colour) if colours else None
    aside = _aside(level)
    off = {
        "size": sum(1 for use in level if abs(use.key[1] - size) > _ONE_SIZE),
        "face": sum(1 for use in level if use.key[0] != family),
        "weight": sum(1 for use in level if use.key[2] != weight),
        "colour": sum(1 for use in level if use.colour and not look_alike(use.colour, colour)),
        "left": sum(1 for off_by in aside if off_by is not None and off_by > _ONE_EDGE),
    }

    def facts(kind: str, usual: object, found: object) -> dict[str, Any]:
        share = 100 * off[kind] / count
        return {"role": "heading", "level": use.level or number, "share": share, "usual": str(usual), "found": str(found)}

    for use, off_by in zip(level, aside, strict=True):
        mine = use.key
        yield seen("heading", use.place, "looked-at", role="heading", level=use.level or number)
        yield seen("heading-size", use.place, abs(mine[1] - size), 0, **facts("size", f"{size:g} pt", f"{mine[1]:g} pt"))
        same = "same" if mine[0] == family else "other"
        yield seen("heading-face", use.place, same, 0, **facts("face", family, mine[0]))
        same = "same" if mine[2] == weight or not mine[2] or not weight else "other"
        yield seen("heading-weight", use.place, same, 0, **facts("weight", weight, mine[2]))
        if use.colour is not None and colour is not None:
            same = "same" if look_alike(use.colour, colour) else "other"
            yield seen("heading-colour", use.place, same, 0, **facts("colour", to_hex(colour), to_hex(use.colour)))
        if off_by is not None:
            yield seen("heading-left", use.place, to_mm(off_by), 0, **facts("left", "", ""))


def _aside(level: Sequence[HeadingUse]) -> list[float | None]:
    """How far each heading begins from where its level usually begins, points; None where that is not known or it is centred.

    Headings whose number hangs before their text begin elsewhere than those without one, and are compared among themselves.
    """
    numbered = [bool(_NUMBERED.match(use.place.text)) for use in level]
    result: list[float | None] = [None] * len(level)
    for kind in (True, False):
        indices = [index for index, mine in enumerate(numbered) if mine == kind]
        for index, off_by in zip(indices, _off([level[index] for index in indices]), strict=True):
            result[index] = off_by
    return result


def _off(level: Sequence[HeadingUse]) -> list[float | None]:
    """How far each begins from where most begin.

    Measured from its column and from the page's edge, and the lesser taken: columns of one page, left and right pages, and an
    indented column above a heading each move one of the two.
    """
    usual = _edges([use.left for use in level if use.left is not None and not use.centred])[:1]
    places = _edges([use.place.box.x0 for use in level if use.place.box is not None and not use.centred])
    result: list[float | None] = []
    for use in level:
        if use.left is None or use.centred:
            result.append(None)
            continue
        near = [abs(use.left - edge) for edge in usual]
        if use.place.box is not None:
            near += [abs(use.place.box.x0 - edge) for edge in places]
        result.append(min(near, default=0.0))
    return result


def _edges(lefts: list[float]) -> list[float]:
    """Left edges that a fifth or more share, the commonest first."""
    cells: dict[int, list[float]] = defaultdict(list)
    for left in lefts:
        cells[round(left / _ONE_EDGE)].append(left)
    common = sorted(cells, key=lambda cell: (-len(cells[cell]), abs(cell)))
    return [median_low(cells[cell]) for cell in common if len(cells[cell]) >= _COMMON * len(lefts)]


def _commonest(items: Sequence[_T], key: Callable[[_T], _K]) -> _K:
    counts: Counter[_K] = Counter(map(key, items))
    return min(counts, key=lambda value: (-counts[value], repr(value)))
