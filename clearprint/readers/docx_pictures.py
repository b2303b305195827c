"""Pictures of a DOCX as they will print, the text that stands beside them and the text they lie behind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from clearprint.formats.docx import Package, W, points
from clearprint.formats.docx_drawings import Drawing
from clearprint.formats.docx_images import Image
from clearprint.formats.looks import Look, shows_nothing, tones_of
from clearprint.formats.raster_files import Shown, shown
from clearprint.formats.scanned_codes import MODULE, module_of
from clearprint.geometry import Box
from clearprint.model import Picture, Place, Wrap
from clearprint.readers.docx_blocks import Section, Set
from clearprint.units import from_mm

SMALLEST = from_mm(10)  # less than this either way is an icon
NARROWEST = 72.0  # text runs beside a drawing only where an inch is left for it, as Word does it
LARGEST_LOGO = 0.03  # share of the page, of a picture in its head or foot
LARGEST_FILE = 60_000_000  # bytes of a picture that are looked into
_VECTOR = (".emf", ".wmf", ".svg", ".emz", ".wmz")


class Pictures:
    """What prints of the pictures of a document; each file is read once for each part of it that shows."""

    def __init__(self, package: Package, scale: float) -> None:
        self._package = package
        self._scale = scale
        self._known: dict[tuple[object, ...], tuple[Shown | None, str]] = {}

    def of(self, drawing: Drawing, part: str, path: str, section: Section, story: str, ground: bool) -> list[Picture]:
        """The pictures of one drawing."""
        found = [self._picture(image, part, path, section, story, ground) for image in drawing.images]
        if drawing.chart and not drawing.images:
            width, height = drawing.width * self._scale, drawing.height * self._scale
            if min(width, height) >= SMALLEST:
                found.append(Picture(None, "drawing", path=path, name=drawing.name))
        return found

    def _picture(self, image: Image, part: str, path: str, section: Section, story: str, ground: bool) -> Picture:
        relation = self._package.relations(part).get(image.target or "")
        name = relation.target if relation is not None else None
        width, height = image.width * self._scale, image.height * self._scale
        use: Literal["picture", "ground", "logo", "icon"] = "picture"
        if ground:
            use = "ground"
        elif min(width, height) < SMALLEST:
            use = "icon"
        elif story in ("header", "footer") and image.width * image.height < LARGEST_LOGO * section.width * section.height:
            use = "logo"
        seen, digest = self._look_into(name, image, width, height) if name is not None else (None, "")
        lines = image.vector or (name is not None and name.lower().endswith(_VECTOR))
        picture = Picture(None, "drawing" if lines else "raster", use, path=path, name=image.name, digest=digest)
        if lines or seen is None:
            return picture
        picture = replace(picture, pixels_per_inch=seen.per_inch)
        return _judged(picture, seen.look, seen.blur, image) if seen.look is not None else picture

    def _look_into(self, name: str, image: Image, width: float, height: float) -> tuple[Shown | None, str]:
        key = name, image.vector, round(width, 1), round(height, 1), image.cut, image.opacity
        if key not in self._known:
            self._known[key] = self._read(name, image, width, height)
        return self._known[key]

    def _read(self, name: str, image: Image, width: float, height: float) -> tuple[Shown | None, str]:
        data = self._package.bytes(name, LARGEST_FILE)
        if data is None:
            return None, ""
        digest = hashlib.sha256(data).hexdigest()[:16]
        if image.vector or name.lower().endswith(_VECTOR):
            return None, digest
        return shown(data, width, height, image.cut, image.opacity), digest


def _judged(picture: Picture, look: Look, blur: float | None, image: Image) -> Picture:
    """A picture with what its pixels say: its tones, whether it is a code or shows nothing, how sharp it is."""
    if not look.share():
        return replace(picture, use="ground")  # nothing of it is painted
    tones, _ = tones_of(look)
    picture = replace(picture, tonal_range=None if image.recoloured else tones)
    if picture.use != "picture":
        return picture
    module = module_of(look)
    if module is not None and (module == 0 or module >= MODULE):
        return replace(picture, use="code")
    if shows_nothing(look):
        return replace(picture, use="ground")
    return replace(picture, blur=blur)


def placed(drawing: Drawing, section: Section) -> Box | None:
    """Where a floating drawing stands on its page, when it stands by page or margin. None: it goes with its text."""
    across, down = position(drawing, section)
    if across is None or down is None:
        return None
    return Box(across, down, across + drawing.width, down + drawing.height)


def position(drawing: Drawing, section: Section) -> tuple[float | None, float | None]:
    """Left and top of a floating drawing on its page; None: it goes with its text in that direction."""
    left, top, right, bottom = section.margins
    spans = {
        "page": (0.0, section.width),
        "margin": (left, section.width - right),
        "leftMargin": (0.0, left),
        "rightMargin": (section.width - right, section.width),
        "column": (left, left + section.text_width),
        "character": (left, left + section.text_width),
    }
    heights = {
        "page": (0.0, section.height),
        "margin": (top, section.height - bottom),
        "topMargin": (0.0, top),
        "bottomMargin": (section.height - bottom, section.height),
    }
    return _along(drawing.across, spans, drawing.width), _along(drawing.down, heights, drawing.height)


def _along(position: tuple[str, float | None, str | None], spans: dict[str, tuple[float, float]], size: float) -> float | None:
    relative, offset, align = position
    if relative not in spans:
        return None
    start, end = spans[relative]
    if align in ("right", "bottom", "outside"):
        return end - size
    if align == "center":
        return (start + end - size) / 2
    if align is not None:
        return start
    return start + (offset or 0.0)


def wrap(drawing: Drawing, item: Set, following: list[Set], section: Section) -> Wrap | None:
    """How text stands beside a floating drawing; None when none does."""
    if drawing.wrapping not in ("square", "tight", "through") or item.paragraph.where.shape is not None:
        return None
    if not (drawing.images or drawing.shapes or drawing.chart or drawing.filled):
        return None
    if min(drawing.width, drawing.height) < SMALLEST:
        return None  # an icon in a line of text
    cell = item.paragraph.where.cell
    room = (cell.width or section.text_width) if cell is not None else section.text_width
    inside = room - drawing.width - drawing.distance[0] - drawing.distance[2]
    across, down = position(drawing, section)
    if across is not None and cell is None:
        left, right = section.margins[0], section.width - section.margins[2]
        free = across - drawing.distance[0] - left, right - across - drawing.width - drawing.distance[2]
        if min(free) <= 1 - drawing.width:
            return None  # it stands in the margin
        inside = max(free)
    if down is not None and cell is None:
        bottom = section.height - section.margins[3]
        if down + drawing.height <= section.margins[1] or down >= bottom:
            return None  # in the head or foot of the page
    if inside < NARROWEST:
        return None
    beside = _beside([item, *following], drawing.height)
    if not beside:
        return None
    around: Literal["picture", "box"] = "picture" if drawing.images or drawing.chart else "box"
    moved = any(_turns(other, inside) for other in beside)
    for other in beside:
        other.beside = True
    return Wrap(around, Place(None, None, _excerpt(beside), item.path or beside[0].path, before=drawing.name), moved)


def frame_wrap(item: Set, following: list[Set], section: Section) -> Wrap | None:
    """How text stands beside a frame (w:framePr, ECMA-376-1, 17.3.1.11): an old way to set a picture or note in text."""
    frame = item.props.get("framePr")
    if frame is None or frame.get(f"{W}dropCap", "none") != "none" or item.paragraph.where.story != "body":
        return None
    drawings = item.paragraph.drawings
    if frame.get(f"{W}wrap", "around") in ("none", "notBeside") or not (drawings or frame.get(f"{W}vAnchor") == "text"):
        return None  # a frame of text that stands by the page is an address or a margin note as often as not
    width = points(frame.get(f"{W}w")) or max((drawing.width for drawing in drawings), default=0.0)
    height = points(frame.get(f"{W}h")) or max((drawing.height for drawing in drawings), default=0.0) or 36.0
    left = points(frame.get(f"{W}x")) or 0.0
    space = points(frame.get(f"{W}hSpace")) or 0.0
    if frame.get(f"{W}hAnchor") != "page":
        left += section.margins[0]
    right = section.width - section.margins[2]
    inside = max(left - space - section.margins[0], right - left - width - space)
    if frame.get(f"{W}xAlign") or not left:
        inside = section.text_width - width - 2 * space
    if width < SMALLEST or left >= right or inside < NARROWEST:
        return None
    beside = _beside([other for other in following if "framePr" not in other.props], height)
    if not any(_turns(other, inside) for other in beside):
        return None
    for other in beside:
        other.beside = True
    return Wrap("picture" if drawings else "box", Place(None, None, _excerpt(beside), item.path or beside[0].path), True)


def _turns(item: Set, width: float) -> bool:
    """Whether a paragraph takes more than one line in the width that is left, so that its lines make room."""
    return item.block is not None and len(item.block.text) * 0.45 * item.style.size > width


def _beside(items: list[Set], height: float) -> list[Set]:
    """The paragraphs that a drawing of that height reaches past, from where it is anchored."""
    found = []
    room = height
    for item in items:
        if room <= 0:
            break
        if item.block is not None and item.paragraph.where.shape is None:
            found.append(item)
        room -= rough_height(item)
    return found


def rough_height(item: Set, width: float = 400.0) -> float:
    """About how high a paragraph is: half an em a letter."""
    size = item.style.size
    pitch = item.pitch if item.pitch is not None else 1.2 * size
    text = item.block.text if item.block is not None else ""
    return pitch * max(1, -(-len(text) * 0.5 * size // width))


def _excerpt(items: list[Set]) -> str:
    block = items[0].block
    return " ".join(block.text.split())[:60] if block is not None else ""


def behind(drawing: Drawing, section: Section, story: str) -> bool:
    """Whether a drawing behind the text lies behind paragraphs, as far as its place tells."""
    return drawing.behind and _over_text(drawing, section, story)


def covers(drawing: Drawing, section: Section) -> bool:
    """Whether a picture before the text may stand over paragraphs. Text boxes in front mostly stand where nothing is."""
    pictured = bool(drawing.images or drawing.chart) and not drawing.shapes
    return drawing.wrapping == "none" and not drawing.behind and pictured and _over_text(drawing, section, "body")


def loose(items: Sequence[Set], section: Section) -> Iterator[Place]:
    """Drawings and boxes of text that no other text makes room for: whether they lie over or under it only a layout tells."""
    left, top, right, bottom = section.margins
    text = Box(left, top, section.width - right, section.height - bottom)
    for item in items:
        for drawing in item.paragraph.drawings:
            printed = drawing.images or drawing.chart or drawing.filled or drawing.words or drawing.shapes
            if drawing.wrapping != "none" or not printed or min(drawing.width, drawing.height) < SMALLEST:
                continue
            box = placed(drawing, section)
            if box is None or box.shared_area(text) > 0:
                yield Place(None, None, drawing.name, item.path or f"Section {section.number}")


def _over_text(drawing: Drawing, section: Section, story: str) -> bool:
    """Whether a drawing that no text makes room for stands where paragraphs are, as far as its place tells."""
    if not (drawing.images or drawing.chart or drawing.filled or drawing.words):
        return False
    if min(drawing.width, drawing.height) < SMALLEST / 2:
        return False
    box = placed(drawing, section)
    left, top, right, bottom = section.margins
    body = Box(left, top, section.width - right, section.height - bottom)
    if box is not None:
        # Which paragraphs stand there only a layout tells; over a quarter of the text's area some do for sure.
        return box.shared_area(body) > (0.02 if drawing.words else 0.25) * body.area
    if drawing.across[1] is not None and story == "body":
        columns = (left, left + section.text_width)
        start = drawing.across[1] + (0.0 if drawing.across[0] == "page" else left)
        if start + drawing.width <= columns[0] or start >= section.width - right:
            return False
    if story == "header":
        offset = drawing.down[1] or 0.0
        return section.header + offset + drawing.height > top + 36 or drawing.down[2] == "center"
    if story == "footer":
        return drawing.height > bottom + 36 or drawing.down[2] == "center"
    return True
