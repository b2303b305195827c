"""Page layout: overlaps, pictures behind text, type families and sizes, margins, how full the page is.

Cannot see: whether a page feels calm. A form (declared, or a page with several places to write) and a cover are judged on
overlaps alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from clearprint.answers import Observation, seen
from clearprint.folding import folds_of, panels_of
from clearprint.geometry import Box, hull
from clearprint.model import FaceUse, Page, Panel, Place, Survey
from clearprint.units import from_mm, to_mm

MEASURES = {
    "overlap": "word",
    "behind": "word",
    "family": "percent",
    "sizes": "count",
    "margin": "mm",
    "coverage": "percent",
    "frames": "count",
}
FACTS = {
    "stage": "word",
    "other": "text",
    "rank": "count",
    "family": "text",
    "families": "text",
    "side": "text",
    "panel": "count",
    "at_fold": "yes-no",
    "listed": "text",
}

_FORM = 3  # places to write that make a page a form
_FURNITURE = {"folio", "running-head", "running-foot", "label", "logotype", "watermark"}
_SIDES = ("left", "top", "right", "bottom")
_SHORTEST = from_mm(10)  # a rule or box smaller than this is an ornament or part of a drawing
_NEAR_TABLE = 6.0
_BLEED = 1.0  # points: nearer to the edge of the paper it runs off it


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    if page.state == "blank":
        return
    if not page.laid_out:
        yield from _without_layout(page, survey)
        return
    yield from _overlaps(page, survey)
    form = survey.job.kind == "form" or len(page.fields) >= _FORM
    if page.number in survey.covers or form or not page.blocks:
        return
    for place in page.text_behind:
        mark = _is_watermark(page, place)
        yield seen("behind", place, "watermark" if mark else "picture", amount=0, stage=survey.job.stage)
    yield from _sizes(page)
    yield from _page_margins(page, folds_of(page, survey.job).lines)
    if page.coverage is not None:
        yield seen("coverage", page.place, 100 * page.coverage, amount=0)
    yield seen("frames", page.place, len(_frames(page)), amount=0)


def _without_layout(page: Page, survey: Survey) -> Iterator[Observation]:
    """Text that stands in lines and cells does not overlap; a box that nothing makes room for may, and then nobody knows."""
    for place in page.loose:
        yield Observation.unmeasured("overlap", place, "estimate", "estimate")
    if not page.loose:
        yield seen("overlap", page.place, "none", stage=survey.job.stage)
    marked = any(block.hint == "watermark" for block in page.blocks)
    for place in page.text_behind:
        if survey.job.kind == "form":
            break
        if len(page.fields) >= _FORM or survey.extent.most != survey.counted_extent.least:
            yield Observation.unmeasured("behind", place, "estimate", "estimate")  # it may be a cover or a form
        else:
            yield seen("behind", place, "watermark" if marked else "picture", amount=0, stage=survey.job.stage)
    yield from _page_margins(page, ())


def _page_margins(page: Page, folds: Sequence[Box]) -> Iterator[Observation]:
    """The narrowest margin of a page; of a folded sheet that of each panel, by its paper edges and by its folds."""
    if not folds:
        if page.margins is not None:
            white, side = min(zip(page.margins, _SIDES, strict=True), key=lambda pair: pair[0])
            yield seen("margin", page.place, to_mm(white), amount=0, side=side)
        return
    boxes = [block.box for block in page.blocks if block.box is not None and block.role != "watermark" and block.text.strip()]
    boxes += [item.box for item in page.pictures if item.box is not None and item.use in ("picture", "logo", "code")]
    for number, panel in enumerate(panels_of(folds, page.width, page.height), 1):
        whites: dict[tuple[bool, str], float] = {}
        for box in boxes:
            if not panel.grow(0.1).contains(box):
                continue  # what lies across a fold is the business of `folds`
            gaps = (box.x0 - panel.x0, box.y0 - panel.y0, panel.x1 - box.x1, panel.y1 - box.y1)
            edges = (panel.x0 > 0, panel.y0 > 0, panel.x1 < page.width, panel.y1 < page.height)
            for side, white, at_fold in zip(_SIDES, gaps, edges, strict=True):
                if at_fold or white > _BLEED:  # a picture that runs off the paper leaves that side to the text
                    whites[at_fold, side] = min(white, whites.get((at_fold, side), white))
        for at_fold in (False, True):
            mine = [(white, side) for (fold, side), white in whites.items() if fold == at_fold]
            if mine:
                white, side = min(mine)
                place = Place(page.number, panel, f"panel {number}")
                yield seen("margin", place, to_mm(white), amount=0, side=side, panel=number, at_fold=at_fold)


def on_survey(survey: Survey) -> Iterator[Observation]:
    """Type families by their share of the letters, commonest first."""
    if survey.job.kind == "form":
        return
    families = _families(survey.letters_by_family)
    total = sum(families.values())
    ranked = sorted(families.items(), key=lambda item: (-item[1], item[0]))
    for rank, (family, count) in enumerate(ranked, 1):
        listed = ", ".join(name for name, _ in ranked[:rank])
        place = _first_place(family, survey.faces)
        yield seen("family", place, 100 * count / total, amount=0, rank=rank, family=family, families=listed)


def _overlaps(page: Page, survey: Survey) -> Iterator[Observation]:
    marks = {" ".join(block.text.split()) for block in page.blocks if block.role == "watermark"}
    overlaps = page.overlaps
    if not overlaps:
        yield seen("overlap", page.place, "none", stage=survey.job.stage)
    for index, overlap in enumerate(overlaps):
        texts = {" ".join(overlap.place.text.split()), " ".join(overlap.other.split())}
        value = "watermark" if marks & texts else "text"
        yield seen("overlap", overlap.place, value, amount=int(index == 0), stage=survey.job.stage, other=overlap.other[:60])


def _is_watermark(page: Page, place: Place) -> bool:
    return any(
        block.role == "watermark" and block.box is not None and place.box is not None and block.box.shared_area(place.box) > 0
        for block in page.blocks
    )


def _sizes(page: Page) -> Iterator[Observation]:
    """Type sizes to half a point: smaller steps are seen by nobody, and come from rounding."""
    sizes = {round(2 * block.size) / 2 for block in page.blocks if block.role not in _FURNITURE and not block.in_picture}
    if sizes:
        listed = ", ".join(f"{size:g}" for size in sorted(sizes))
        yield seen("sizes", page.place, len(sizes), amount=0, listed=listed)


def _frames(page: Page) -> list[Box]:
    """Boxes and rules that are no part of a table, drawing or place to write; a box's own edges are one with it."""
    cells = [block.box for block in page.blocks if block.in_table and block.box is not None]
    taken = [hull(cells).grow(_NEAR_TABLE)] if cells else []
    taken += [picture.box for picture in page.pictures if picture.box is not None]
    taken += [field.box.grow(_NEAR_TABLE) for field in page.fields if field.box is not None]
    whole = 0.9 * page.width * page.height
    found: list[Box] = []
    tints = [panel.box for panel in page.panels if not _is_white(panel)]
    marks = [
        panel.box
        for panel in page.panels
        if panel.box.area < whole and (not _is_white(panel) or any(tint.distance(panel.box) <= 0 for tint in tints))
    ]
    marks += [stroke.box for stroke in page.strokes]
    for box in sorted(marks, key=lambda box: (-box.area, box)):
        if max(box.width, box.height) < _SHORTEST or len(found) > 200:
            continue
        if not any(other.contains(box, room=2.0) for other in taken) and not any(
            other.contains(box, room=2.0) for other in found
        ):
            found.append(box)
    return found


def _is_white(panel: Panel) -> bool:
    """White and without an outline: seen only beside a tint."""
    return not panel.outlined and panel.fill is not None and min(panel.fill) >= 0.99


def _families(letters: tuple[tuple[str, int], ...]) -> Counter[str]:
    """Letters by family; "Arial Unicode MS" and "Arial Narrow" are "Arial": a name that begins another takes it in."""
    names = sorted((name for name, _ in letters if name), key=lambda name: (len(name), name))
    counts: Counter[str] = Counter()
    for name, count in letters:
        words = name.casefold().split()
        home = next((known for known in names if words[: len(known.split())] == known.casefold().split()), name)
        counts[home] += count
    return +counts


def _first_place(family: str, faces: tuple[FaceUse, ...]) -> Place:
    """The first text in that family, in page order."""
    return next((use.place for use in faces if use.face.family == family), Place())
